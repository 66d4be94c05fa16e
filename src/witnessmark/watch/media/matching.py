"""Which items of a case show one picture: by a hash of the whole, by a coarser one, and by keypoints, each also of the mirror image, and of films by their key frames.

What is too plain to be hashed is not compared by hashes: blank pages match each other. Every threshold was chosen on one half of the photographs that `bench/media_matching.py` lists, and measured on the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from witnessmark.model.matching import Look, Looks, Match, MatchStage
from witnessmark.watch.media.candidates import candidate_pairs
from witnessmark.watch.media.geometry import Placement, placement
from witnessmark.watch.media.hamming import HashIndex
from witnessmark.watch.media.keypoints import Keypoints
from witnessmark.watch.media.perceptual import LEAST_QUALITY

VERSION = "1"
FINE_BITS = 47
COARSE_BITS = 10
LEAST_AGREEING = 7
LEAST_COVERED = 0.08
"""Share of either picture that the agreeing keypoints must span: a logo or a strip of words that two pictures share spans less."""
LEAST_OF_DETAIL = 0.25
"""Or else share, in both pictures, of what all their keypoints span: of a galaxy on a dark ground they span a fiftieth of the picture, and all that is in it. Of 9,375 pairs of other photographs under one bar of words, of the half that thresholds
are chosen on, one reached .21 and the next .06."""

_SUREST = {stage: place for place, stage in enumerate(MatchStage)}


class _Sign(NamedTuple):
    """What shows that picture `one` and picture `other` (rows) are one."""

    stage: MatchStage
    mirrored: bool
    differing: int | None
    placed: Placement | None


class _Picture(NamedTuple):
    """A picture or frame, with the item it is of."""

    item: str
    look: Look
    keypoints: Keypoints


def is_comparable(look: Look) -> bool:
    """Whether there is enough in a picture for it to be told from others: details to hash, or keypoints."""
    return look.quality >= LEAST_QUALITY or len(_keypoints(look)) >= LEAST_AGREEING


def matches_among(items: Sequence[Looks]) -> list[Match]:
    """The pairs of different items that show one picture, in the order of their ids. Bytes are not compared: the same bytes are one item."""
    pictures = [_Picture(looks.item, look, _keypoints(look)) for looks in items for look in looks.looks if is_comparable(look)]
    signs: dict[tuple[int, int], _Sign] = {}
    for pair, sign in (*_by_hash(pictures), *_by_keypoints(pictures)):
        if pictures[pair[0]].item != pictures[pair[1]].item and (pair not in signs or _order(sign) < _order(signs[pair])):
            signs[pair] = sign
    return _of_items(pictures, signs)


def _by_hash(pictures: Sequence[_Picture]) -> Iterator[tuple[tuple[int, int], _Sign]]:
    rows = [row for row, picture in enumerate(pictures) if picture.look.quality >= LEAST_QUALITY]
    looks = [pictures[row].look for row in rows]
    if not looks:
        return
    for stage, radius, plain, mirrored in (
        (MatchStage.FINE, FINE_BITS, [look.fine for look in looks], [look.fine_mirrored for look in looks]),
        (MatchStage.COARSE, COARSE_BITS, [look.coarse for look in looks], [look.coarse_mirrored for look in looks]),
    ):
        index = HashIndex(np.array([np.frombuffer(one, dtype=np.uint8) for one in plain]))
        for turned, wanted in ((False, plain), (True, mirrored)):
            for place, one in enumerate(wanted):
                found, differing = index.near(np.frombuffer(one, dtype=np.uint8), radius)
                for other, bits in zip(found.tolist(), differing.tolist(), strict=True):
                    if place < other and (stage is MatchStage.FINE or _agree(looks[place], looks[other], mirrored=turned)):
                        yield (rows[place], rows[other]), _Sign(stage, turned, bits, None)


def _agree(one: Look, other: Look, *, mirrored: bool) -> bool:
    """Alone, the coarse hash takes one bright spot on a dark ground for any other (150 of 116,000 pairs of photographs of the sky)."""
    return placement_of(_keypoints(one), _keypoints(other), mirrored=mirrored) is not None


def _by_keypoints(pictures: Sequence[_Picture]) -> Iterator[tuple[tuple[int, int], _Sign]]:
    for mirrored, pairs in zip((False, True), candidate_pairs([picture.keypoints for picture in pictures]), strict=True):
        for one, other in pairs.tolist():
            if pictures[one].item == pictures[other].item:
                continue
            first, second = sorted((one, other), key=lambda row: (pictures[row].item, row))  # as the match will be told
            placed = placement_of(pictures[first].keypoints, pictures[second].keypoints, mirrored=mirrored)
            if placed is not None:
                yield (one, other), _Sign(MatchStage.KEYPOINTS, mirrored, None, placed)


def placement_of(one: Keypoints, other: Keypoints, *, mirrored: bool) -> Placement | None:
    """How the first lies in the second (`mirrored`: in its mirror image), where enough keypoints over enough of the picture agree."""
    placed = placement(one, other.mirrored() if mirrored else other, least=LEAST_AGREEING)
    if placed is None or placed.inliers < LEAST_AGREEING:
        return None
    return placed if max(placed.covers) >= LEAST_COVERED or min(placed.of_detail) >= LEAST_OF_DETAIL else None


def _order(sign: _Sign) -> tuple[int, int, bool]:
    return _SUREST[sign.stage], sign.differing or 0, sign.mirrored


def _of_items(pictures: Sequence[_Picture], signs: Mapping[tuple[int, int], _Sign]) -> list[Match]:
    """One match for each pair of items: that of the surest pair of frames."""
    by_items: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one, other in signs:
        first, second = sorted((one, other), key=lambda row: (pictures[row].item, row))
        by_items[pictures[first].item, pictures[second].item].append((first, second))
    found = []
    for items, pairs in sorted(by_items.items()):
        first, second = min(pairs, key=lambda pair: (_order(_sign(signs, pair)), pair))
        found.append(_match(items, pictures[first], pictures[second], _sign(signs, (first, second)), len(pairs)))
    return found


def _sign(signs: Mapping[tuple[int, int], _Sign], pair: tuple[int, int]) -> _Sign:
    return signs[min(pair), max(pair)]


def _match(items: tuple[str, str], one: _Picture, other: _Picture, sign: _Sign, frames: int) -> Match:
    """The evidence laid out; keypoints are compared for those too that a hash found, to show how one lies in the other."""
    placed = placement_of(one.keypoints, other.keypoints, mirrored=sign.mirrored)
    return Match(
        one=items[0],
        other=items[1],
        stage=sign.stage,
        mirrored=sign.mirrored,
        differing=sign.differing,
        agreeing=placed.inliers if placed else None,
        scale=round(placed.scale * _zoom(other.look) / _zoom(one.look), 3) if placed else None,
        turned=round(placed.turned, 1) if placed else None,
        matrix=placed.matrix if placed else None,
        covers=(round(placed.covers[0], 3), round(placed.covers[1], 3)) if placed else None,
        outline=_outline(placed, one.look.looked_at, other.look.looked_at, mirrored=sign.mirrored) if placed else (),
        seconds=(one.look.seconds, other.look.seconds),
        frames=frames,
    )


def _zoom(look: Look) -> float:
    """Pixels of the picture itself to one in which keypoints were looked for."""
    return look.width / look.looked_at[0]


def _outline(placed: Placement, one: tuple[int, int], other: tuple[int, int], *, mirrored: bool) -> tuple[tuple[float, float], ...]:
    corners = np.array([[0, 0], [one[0], 0], [one[0], one[1]], [0, one[1]]])
    matrix = np.array(placed.matrix)
    shares = (corners @ matrix[:, :2].T + matrix[:, 2]) / other
    if mirrored:
        shares[:, 0] = 1 - shares[:, 0]
    return tuple((round(float(across), 4), round(float(down), 4)) for across, down in shares)


def _keypoints(look: Look) -> Keypoints:
    return Keypoints.unpacked(look.keypoints, look.looked_at)
