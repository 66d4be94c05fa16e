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

    def __init__(self, settings: Settings, dice: Dice) -> None:
        self.settings, self.dice = settings, dice
        self.reaches = Weighted(range(len(settings.classes)), [one.share for one in settings.classes])
        names = [one.name for one in settings.lists]
        tie = settings.dependence
        self.pair = (names.index(tie.first), names.index(tie.second)) if tie else None
        self.rates: dict[tuple[int, str], tuple[float, ...]] = {}

    def draw(self, person: Person) -> tuple[int, list[bool]]:
        """The class of someone, and for each list whether it holds them."""
        reach = self.dice.of(self.reaches)
        key = (reach, person.place.governorate)
        rates = self.rates.get(key) or self.rates.setdefault(key, coverage(self.settings, *key))
        held = [self.dice.chance(rate) for rate in rates]
        if self.pair and self.settings.dependence:
            first, second = self.pair
            joint = both(rates[first], rates[second], self.settings.dependence.odds_ratio)
            rest = rates[second] - joint
            held[second] = (
                self.dice.chance(joint / rates[first] if held[first] else rest / (1.0 - rates[first]))
                if 0.0 < rates[first] < 1.0
                else held[second]
            )
        return reach, held
