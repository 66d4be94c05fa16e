"""Whom each list holds: by classes of capture, where its compilers live, and one pair of lists that share informants."""

from __future__ import annotations

from math import sqrt

from witnessmark.evaluate.victim_dice import Dice, Weighted
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_settings import Settings


def both(first: float, second: float, odds_ratio: float) -> float:
    """The chance of two things at once, from the chance of each and their odds ratio (Plackett 1965)."""
    if odds_ratio == 1.0:
        return first * second
    total = 1.0 + (first + second) * (odds_ratio - 1.0)
    return (total - sqrt(total * total - 4.0 * odds_ratio * (odds_ratio - 1.0) * first * second)) / (2.0 * (odds_ratio - 1.0))


def coverage(settings: Settings, reach: int, governorate: str) -> tuple[float, ...]:
    """How likely each list holds someone of this class who died in this governorate."""
    rates = settings.classes[reach].coverage
    return tuple(
        _with_odds(rate, one.home_odds if governorate in one.home else 1.0) for rate, one in zip(rates, settings.lists, strict=True)
    )


def _with_odds(rate: float, factor: float) -> float:
    return rate * factor / (1.0 - rate + rate * factor)


class Capture:
    """Draws the lists that hold each person."""

    def __init__(self, settings: Settings, dice: Dice, for_lists: list[Dice]) -> None:
        self.settings, self.dice, self.for_lists = settings, dice, for_lists
        self.reaches = Weighted(range(len(settings.classes)), [one.share for one in settings.classes])
        tie = settings.dependence
        self.first = [one.name for one in settings.lists].index(tie.first) if tie else 0
        self.rates: dict[tuple[int, str], tuple[float, ...]] = {}

    def draw(self, person: Person) -> tuple[int, list[bool]]:
        """The class of someone, and for each list whether it holds them."""
        reach = self.dice.of(self.reaches)
        key = (reach, person.place.governorate)
        rates = self.rates.get(key) or self.rates.setdefault(key, coverage(self.settings, *key))
        held: list[bool] = []
        for j, dice in enumerate(self.for_lists):
            held.append(dice.chance(self._given(held, j, rates)))
        return reach, held

    def _given(self, held: list[bool], j: int, rates: tuple[float, ...]) -> float:
        """How likely list `j` holds someone whom the lists before it hold or do not."""
        tie = self.settings.dependence
        if tie is None or self.settings.lists[j].name != tie.second:
            return rates[j]
        first = rates[self.first]
        joint = both(first, rates[j], tie.odds_ratio)
        return joint / first if held[self.first] else (rates[j] - joint) / (1.0 - first)
