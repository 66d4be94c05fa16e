"""The bundled demo case: where its evidence lies, in an installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path

from witnessmark.errors import CaseError

DEMO_TITLE = "Demo case (all invented)"
_PACKAGED = Path(__file__).parents[1] / "demo"
_CHECKOUT = Path(__file__).parents[3] / "examples"


def demo_evidence() -> Path:
    """The folder with the demo's evidence. Raises CaseError where this installation lacks it."""
    for place in (_PACKAGED, *sorted(_CHECKOUT.glob("*/evidence"))):
        if place.is_dir():
            return place
    raise CaseError("This installation has no demo evidence. Install the package again, or run scripts/demo in a checkout.")
