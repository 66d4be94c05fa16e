"""Two scenes on one grid, checked against each other and mended; what cannot be checked is refused, or believed on somebody's word and said to be."""

from __future__ import annotations

import msgspec

from witnessmark.watch.grids import Laid
from witnessmark.watch.registration import Registration, register, require_registered
from witnessmark.watch.scene import Scene
from witnessmark.watch.warping import Motion, moved_back, reached

MENDED_FROM = 0.2
"""Pixels at the corner that is off most: resampling for less costs more sharpness than it mends."""
LARGE_RESIDUAL = 0.5
"""Pixels; beyond it edges alone pass for change."""


def align(laid: Laid, before: Scene, name: str, aligned_by: str | None) -> tuple[Laid, Registration]:
    """The second scene as it lies on the first, and how well; `name` is that of the second scene.

    Raises:
        RegistrationError: tiles do not agree how it lies, no georeference says so, and nobody vouches for it.
    """
    far = not laid.by_georeference and aligned_by is None
    found = register(before.pixels, laid.pixels, before.valid, laid.valid, far=far)
    if far:
        require_registered(found, f"{before.name} and {name}")
    if found.refused is not None:
        word = f"that {aligned_by} laid them over each other" if aligned_by else "of their georeferences"
        said = f"How well the scenes lie over each other could not be measured: {found.refused} They were compared on the word {word}."
        return _told(laid, said), msgspec.structs.replace(found, motion=Motion())
    if found.residual > LARGE_RESIDUAL:
        laid = _told(laid, f"Tiles differ by {found.residual:.2f} pixels from the common shift: edges may pass for change.")
    reach = found.motion.reach(before.shape)
    if reach < MENDED_FROM:
        return laid, found
    mended = Laid(moved_back(laid.pixels, found.motion), reached(laid.valid, found.motion), laid.by_georeference, laid.problems)
    rows, columns, degrees = (round(each, 2) + 0.0 for each in (*found.motion.shift, found.motion.rotation))
    said = f"{name} was moved by {rows:.2f} rows, {columns:.2f} columns and {degrees:.2f} degrees to lie on {before.name}; {found.agreeing} of {found.tiles} tiles agree."
    return _told(mended, said), found


def _told(laid: Laid, said: str) -> Laid:
    return msgspec.structs.replace(laid, problems=(*laid.problems, said))
