"""What is kept of how a picture looks, so that it is found again when somebody prints it cropped, turned or mirrored; and what matching found.

Nothing here can be turned back into the picture, nor does any of it look at faces: keypoints are corners and blobs wherever they are.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import msgspec

SAME_PICTURE = "same_picture"
"""Whether two items show one picture, as a person decided: the field, of an item, whose value names the other, behind `NOT` where they do not."""
NOT = "not "


class Look(msgspec.Struct, frozen=True):
    """One picture, or one frame of a film at `seconds` from its start. `width` and `height` are as it is shown, upright; `looked_at` is the size, across and down, in which keypoints were looked for.

    `fine` is its PDQ hash (32 bytes) and `coarse` the coarsest 64 bits of the same, each also of the mirror image; `quality` says from 0 to 100 how much there is in it to hash. `keypoints` are packed.
    """

    seconds: float | None
    width: int
    height: int
    fine: bytes
    fine_mirrored: bytes
    coarse: bytes
    coarse_mirrored: bytes
    quality: int
    looked_at: tuple[int, int]
    keypoints: bytes


class Looks(msgspec.Struct, frozen=True):
    """How the pictures of one item look: one of a photograph, one for each key frame of a film. `problems` are sentences on what was looked at with doubt or not at all."""

    item: str
    looks: tuple[Look, ...]
    method: str
    problems: tuple[str, ...] = ()


class MatchStage(StrEnum):
    """What shows that two pictures are one, the surest first."""

    SAME_BYTES = "same bytes"
    FINE = "hash of the whole"
    COARSE = "coarse hash of the whole"
    KEYPOINTS = "keypoints"


class Match(msgspec.Struct, frozen=True):
    """That picture `one` and picture `other` are the same or cut from the same, with the evidence. The item with the lesser id comes first.

    `differing` are the bits in which the hashes differ, None where no hash shows it. `agreeing` is how many keypoints lie in one as in the other, `matrix` takes their places from the first to the second
    (2 x 3, in pixels of `looked_at`), `covers` is the share of each within the rectangle around them. `scale` is how much larger things are in the second, in pixels of the pictures themselves, `turned` by how many degrees it is turned. `mirrored` where the second is a mirror image. `seconds` are the frames of films.
    `outline` is where the corners of the first lie in the second, as shares of its width and height; `frames` how many pairs of frames match.
    """

    one: str
    other: str
    stage: MatchStage
    mirrored: bool = False
    differing: int | None = None
    agreeing: int | None = None
    scale: float | None = None
    turned: float | None = None
    matrix: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None
    covers: tuple[float, float] | None = None
    outline: tuple[tuple[float, float], ...] = ()
    seconds: tuple[float | None, float | None] = (None, None)
    frames: int = 1


class MatchedPictures(msgspec.Struct, frozen=True):
    """Two items that match, by their short numbers and names, with what people decided (None: nothing yet) and why.

    `told_apart` is what people said of both otherwise by which they are not one picture ("scenes of W1, taken on ..."), None where they said nothing of the kind; what they decide of the pair itself stands above it.
    """

    match: Match
    numbers: tuple[str, str]
    names: tuple[str, str]
    documents: tuple[tuple[str, ...], tuple[str, ...]]
    confirmed: bool | None = None
    why: str | None = None
    told_apart: str | None = None

    @property
    def ties(self) -> bool:
        """Whether documents that show the two show one picture, as far as is known."""
        return self.confirmed if self.confirmed is not None else self.told_apart is None


class NotCompared(msgspec.Struct, frozen=True):
    """A picture that was not compared, and why, in one sentence."""

    item: str
    number: str
    reason: str


class PicturesCompared(msgspec.Struct, frozen=True):
    """What was compared of the pictures and films of a case, and what matches; `compared` are items, `problems` an item and what was doubtful about it."""

    compared: tuple[str, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    matches: tuple[MatchedPictures, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    def without(self, gone: Collection[str]) -> PicturesCompared:
        """The same as if these items were not held."""
        there = tuple(one for one in self.matches if one.match.one not in gone and one.match.other not in gone)
        return msgspec.structs.replace(
            self,
            compared=tuple(item for item in self.compared if item not in gone),
            not_compared=tuple(one for one in self.not_compared if one.item not in gone),
            matches=there,
            problems=tuple(one for one in self.problems if one[0] not in gone),
        )
