"""What is compared of each claim, worked out once, and the repeats of one allegation folded to its tellings.

Two allegations are one and the same, told twice, when speaker, act, place, accused, time and every figure are equal and a place or a figure
is stated: with neither, nothing says that two general remarks mean one thing. What has no named speaker repeats nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from witnessmark.corroborate.days import Days, days_of_interval
from witnessmark.corroborate.naming import name_keys
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Precision, Stance

TAKING_BACK = frozenset({Stance.RETRACTS, Stance.CORRECTS})
"""The answers a speaker gives to their own earlier words."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One claim with everything corroboration compares of it. `voice` tells speakers apart: their name words, or the item where nobody is named.
    A `wide` place is a whole country: it meets places inside it, and which those are is not known here.
    """

    placed: PlacedClaim
    speaker: frozenset[str]
    speaker_keys: frozenset[str]
    voice: frozenset[str] | str
    accused: frozenset[str]
    place: str | None
    wide: bool
    when: Days
    days: Days

    @classmethod
    def of(cls, placed: PlacedClaim) -> Compared:
        """Work out what is compared of a claim."""
        speaker, where = placed.speaker_words, placed.claim.where
        return cls(
            placed,
            speaker,
            name_keys(placed.speaker_name) if speaker else frozenset(),
            speaker or placed.item,
            placed.accused,
            placed.place_key,
            where is not None and where.precision is Precision.COUNTRY,
            days_of_interval(placed.claim.when),
            placed.days,
        )

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.placed.claim.id

    @property
    def item(self) -> str:
        """The sha256 of the item it stands in."""
        return self.placed.item

    def is_later_than(self, other: Compared) -> bool:
        """Whether it was certainly said later; where a date is missing or vague, nothing is known against it."""
        return self.days.first is not None and other.days.last is not None and self.days.first > other.days.last


@dataclass(frozen=True, slots=True)
class Allegation:
    """One allegation and its tellings, the oldest of each item, oldest first; those of unknown date come last."""

    tellings: tuple[Compared, ...]

    @property
    def oldest(self) -> Compared:
        """The first telling known."""
        return self.tellings[0]

    @property
    def first_day(self) -> int:
        """The day of the first telling; 0 where it is not known."""
        return self.oldest.days.first or 0

    def telling_outside(self, answering: Compared) -> Compared | None:
        """The oldest telling in another item than the answer's, unless it is later than the answer."""
        found = next((one for one in self.tellings[:2] if one.item != answering.item), None)
        return found if found is not None and not found.is_later_than(answering) else None


ONE_PERSON = (1, 1)
"""A count that two killings share more often than not, so that it tells no telling of one from a telling of another."""


def repeat_key(compared: Compared) -> object:
    """Equal for tellings of one allegation; the claim's own id where nothing tells that it repeats anything."""
    claim = compared.placed.claim
    figures = frozenset((v.min, v.max, v.per, v.harm) for v in claim.victims)
    if not compared.speaker or not (compared.place or any((least, most) != ONE_PERSON for least, most, _, _ in figures)):
        return compared.id
    return compared.speaker, claim.act, compared.place, compared.accused, compared.when, figures


def allegation_of(repeats: Iterable[Compared]) -> Allegation:
    """One allegation from all its tellings, given in the order of the case."""
    by_item: dict[str, Compared] = {}
    for one in sorted(repeats, key=lambda one: (one.days.first is None, one.days.first or 0)):
        by_item.setdefault(one.item, one)
    return Allegation(tuple(by_item.values()))


def fold_repeats(allegations: Iterable[Compared]) -> list[Allegation]:
    """The distinct allegations, in order of their oldest telling, those of unknown date first."""
    groups: dict[object, list[Compared]] = {}
    for compared in allegations:
        groups.setdefault(repeat_key(compared), []).append(compared)
    return sorted(map(allegation_of, groups.values()), key=lambda allegation: allegation.first_day)
