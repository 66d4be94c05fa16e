"""How the tests of synthetic victim lists judge a rate, and a list without faults to which one is added at a time."""

from __future__ import annotations

from math import sqrt

import msgspec

from witnessmark.evaluate.victim_lists import Population, generate
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_rows import Record
from witnessmark.evaluate.victim_settings import CaptureClass, Column, ListSettings, Missing, Settings, Spelling

PARTED: tuple[Column, ...] = ("given", "father", "grandfather", "family", "mother", "sex", "age", "born", "gov", "place", "date")
FAULTS = (
    "slip",
    "kunya",
    "initial",
    "swapped",
    "other_family",
    "titled",
    "sex_wrong",
    "age_off",
    "age_rounded",
    "date_off",
    "date_swapped",
    "date_impossible",
)
MORE_FAULTS = (
    "month_only",
    "year_only",
    "hijri",
    "place_wrong",
    "place_coarse",
    "place_nested",
    "duplicated",
    "duplicated_exactly",
    "garbage",
)


def as_set(hits: int, of: int, rate: float) -> bool:
    """Whether a count is within four standard deviations of a binomial with this rate; one more for small expectations."""
    return of > 100 and abs(hits - of * rate) <= 4.0 * sqrt(of * rate * (1.0 - rate)) + 1.0


def faultless(system: str) -> ListSettings:
    """A list that says of everyone in each column what is so."""
    nothing_missing = Missing(**dict.fromkeys(Missing.__struct_fields__, 0.0))
    exact = Spelling(**dict.fromkeys(Spelling.__struct_fields__, 0.0))
    plain = ListSettings(name="only", columns=PARTED, systems=("arabic",), missing=nothing_missing, spelling=exact)
    return msgspec.convert(msgspec.to_builtins(plain) | {"systems": (system,)} | dict.fromkeys((*FAULTS, *MORE_FAULTS), 0.0), ListSettings)


def alone(habits: ListSettings, people: int = 3000, seed: int = 5) -> Population:
    """A population all on one list."""
    everyone = CaptureClass(share=1.0, coverage=(1.0,))
    return generate(Settings(people=people, lists=(habits,), classes=(everyone,), dependence=None, copying=None), seed)


def pairs(population: Population) -> list[tuple[Record, Person]]:
    """The rows that are somebody, with whom they are."""
    return [(row, population.people[row.pid]) for row in population.records if row.pid is not None]
