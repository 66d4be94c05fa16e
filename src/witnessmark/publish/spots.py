"""Groups claims by the place they name into spots a map can show, each an area as wide as the place is vaguely known.

A place that is known as a point, a facility, a locality, a district or a region is a circle of a stated radius, a country its own shape. What has
no position here, or none whose precision is on record, is no spot: it is listed, and never drawn where nobody put it. Pure.
"""

from __future__ import annotations

import msgspec

from witnessmark.model.claim import ClaimPlace, Precision
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import answers_back
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.coarse import GRID_KM, Discretion, Position

RADIUS_KM = {Precision.POINT: 0.0, Precision.FACILITY: 1.0, Precision.LOCALITY: 5.0, Precision.DISTRICT: 25.0, Precision.REGION: 100.0}
"""How far from the position of such a place something in it may have been: a stated convention, not a measurement of each place."""

_GEONAMES = "geonames:"


class Spot(msgspec.Struct, frozen=True):
    """One place on the map with the claims that name it, in the order of the evidence.

    `position` with `radius` in kilometres (0 for a point), or `country` (its GeoNames id) where a whole country is meant.
    `denied` of its claims are denied or doubted by others, wherever those were made.
    """

    number: int
    names: tuple[str, ...]
    precision: Precision
    position: Position | None
    radius: float
    country: int | None
    reads: tuple[ReadClaim, ...]
    denied: int = 0

    @property
    def answering(self) -> int:
        """How many of its claims deny, doubt or take back."""
        return sum(1 for read in self.reads if answers_back(read))

    @property
    def asserting(self) -> int:
        """How many of its claims do not."""
        return len(self.reads) - self.answering


class Unplaced(msgspec.Struct, frozen=True):
    """A place that is named and cannot be drawn: its words, why, and the claims that name it."""

    words: str
    reason: str
    reads: tuple[ReadClaim, ...]


class Places(msgspec.Struct, frozen=True):
    """All places of a case: those to draw, those to list, and the claims that state none."""

    spots: tuple[Spot, ...]
    unplaced: tuple[Unplaced, ...]
    nowhere: tuple[ReadClaim, ...]


class _Pile(msgspec.Struct):
    names: list[str]
    reads: list[ReadClaim]


_Key = tuple[Precision, Position | None, int | None]


def places_of(casebook: Casebook, with_shape: frozenset[int]) -> Places:
    """The places of the claims that stand; `with_shape` are the countries (GeoNames ids) the map has a shape of."""
    denied = denied_claims(casebook)
    piles: dict[_Key, _Pile] = {}
    beside: dict[tuple[str, str], list[ReadClaim]] = {}
    nowhere: list[ReadClaim] = []
    for read in casebook.standing:
        place = read.claim.where
        if place is None:
            nowhere.append(read)
            continue
        key = _key(place, casebook.discretion, with_shape)
        name = place.name or place.text
        if isinstance(key, str):
            beside.setdefault((name, key), []).append(read)
            continue
        pile = piles.setdefault(key, _Pile([], []))
        pile.reads.append(read)
        if name not in pile.names:
            pile.names.append(name)
    spots = tuple(_spot(number, key, pile, denied) for number, (key, pile) in enumerate(piles.items(), start=1))
    unplaced = tuple(Unplaced(words, reason, tuple(found)) for (words, reason), found in beside.items())
    return Places(spots, unplaced, tuple(nowhere))


def denied_claims(casebook: Casebook) -> frozenset[str]:
    """The ids of claims that others deny or doubt, wherever those were made."""
    return frozenset(answer.about for answer in casebook.answers if (by := casebook.standing_by_id.get(answer.claim)) and answers_back(by))


def narrowed(spot: Spot, reads: tuple[ReadClaim, ...], denied: frozenset[str]) -> Spot:
    """The same spot as these of its claims name it."""
    return msgspec.structs.replace(spot, reads=reads, names=names_of(reads), denied=sum(read.claim.id in denied for read in reads))


def names_of(reads: tuple[ReadClaim, ...]) -> tuple[str, ...]:
    """What the claims call their places, each name once."""
    return tuple(dict.fromkeys(read.claim.where.name or read.claim.where.text for read in reads if read.claim.where is not None))


def _key(place: ClaimPlace, discretion: Discretion, with_shape: frozenset[int]) -> _Key | str:
    """What makes two claims name one spot; or why there is none, in words."""
    if place.precision is Precision.COUNTRY:
        country = _geonames(place)
        return (Precision.COUNTRY, None, country) if country in with_shape else "a country of which this map has no shape"
    position = discretion.position(place)
    if position is None:
        return "position not known"
    if place.precision is None:
        return "how exactly its position is known is not on record"
    return place.precision, position, None


def _geonames(place: ClaimPlace) -> int | None:
    number = (place.id or "").removeprefix(_GEONAMES)
    return int(number) if number.isascii() and number.isdigit() else None


def _spot(number: int, key: _Key, pile: _Pile, denied: frozenset[str]) -> Spot:
    precision, position, country = key
    radius = RADIUS_KM.get(precision, 0.0)
    if position is not None and position.reason is not None:
        radius += GRID_KM
    number_denied = sum(1 for read in pile.reads if read.claim.id in denied)
    return Spot(number, tuple(pile.names), precision, position, radius, country, tuple(pile.reads), number_denied)
