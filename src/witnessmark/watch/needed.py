"""The libraries for imagery are an extra; whoever has not installed them is told how."""

from __future__ import annotations

from importlib.util import find_spec

from witnessmark.errors import MissingPartError

NEEDED = ("rasterio", "scipy", "skimage", "pvlib")


def require_imagery() -> None:
    """Raises MissingPartError, with the install command, where a library of the extra `[imagery]` is missing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingPartError(
            f"Watching a site needs {' and '.join(missing)}. Install what is missing with: pip install 'witnessmark[imagery]'"
        )
