"""The bundled demo case: where its evidence lies, and the list of how it was received, in an installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path

from witnessmark.errors import CaseError

DEMO_TITLE = "Demo case (all invented)"
_PACKAGED = Path(__file__).parents[1] / "demo"
_CHECKOUT = Path(__file__).parents[3] / "examples"


def demo_evidence() -> Path:
    """The folder with the demo's evidence. Raises CaseError where this installation lacks it."""
    for place in (_PACKAGED / "evidence", *sorted(_CHECKOUT.glob("*/evidence"))):
        if place.is_dir():
            return place
    raise CaseError("This installation has no demo evidence. Install the package again, or run scripts/demo in a checkout.")


def demo_list() -> Path | None:
    """The list of receipts beside the evidence, None where there is none. Raises CaseError as `demo_evidence` does."""
    path = demo_evidence().with_name("received.csv")
    return path if path.is_file() else None
