"""Which of several places of one name is meant.

Every name votes for the provinces, countries and surroundings where its candidates lie, each candidate by how likely it is; the votes of the others
make candidates more likely or less, and after a few rounds each name has its sense: a county and the towns in it find one another. A name has one
sense in a document, unless what follows it says otherwise ("Alexandria, Egypt").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from witnessmark.text.gazetteer import Entry, Mark

_ROUNDS = 4
_MOST_ENTRIES = 60
"""Candidates of one name that are weighed, the largest first: "San José" has hundreds."""
_SIZE, _MAIN, _CAPITAL = 1.2, 2.5, 3.0
_WHOLE_COUNTRY, _PART_NAMED_LIKE_TOWN = 1.8, -2.5
_PROVINCE, _COUNTRY, _NEAR = 9.0, 4.5, 4.0
"""What it adds when all other names lie in the same province, country or within about a degree. These and the weights around them were searched for on one half of LGL
(right id there 86 %, 83 % on the other). Changes of a fifth to a double of single ones, tried by hand, moved either figure by 1.2 points at most."""
_QUALIFIED, _KIND, _TOLD_ELSEWHERE = 20.0, 6.0, 12.0
_TOLD_WEIGHT = 3.0
"""What a name with its state or country after it counts in the vote; any other counts 1."""
_SITE_IN_CUSTODY = 30.0
Cell = tuple[int, int]


class Name(NamedTuple):
    """A name as one document uses it: what it may stand for, the state or country said after it, and the kind of place the words around it say."""

    key: str
    entries: Sequence[Entry]
    wholes: Sequence[Entry] = ()
    kind: str | None = None


class _Votes:
    """How much the names of a document speak for each province, country and cell of a degree."""

    def __init__(self) -> None:
        self.provinces: dict[tuple[str, str], float] = defaultdict(float)
        self.countries: dict[str, float] = defaultdict(float)
        self.cells: dict[Cell, float] = defaultdict(float)
        self.total = 0.0

    def add(self, entries: Sequence[Entry], shares: Sequence[float], weight: float = 1.0) -> None:
        for entry, share in zip(entries, shares, strict=True):
            self.countries[entry.country] += weight * share
            if entry.admin1:
                self.provinces[entry.country, entry.admin1] += weight * share
            if entry.precision not in {"region", "country"}:
                self.cells[_cell(entry)] += weight * share
        self.total += weight


def choose(names: Sequence[Name], *, in_custody: bool) -> list[Entry]:
    """The place meant by each name, in their order."""
    names = [name._replace(entries=_largest(name.entries)) for name in names]
    priors = [[_prior(entry, name, in_custody=in_custody) for entry in name.entries] for name in names]
    shares = [_shares(prior) for prior in priors]
    for _ in range(_ROUNDS):
        votes = _Votes()
        for name, share in zip(names, shares, strict=True):
            votes.add(name.entries, share, _TOLD_WEIGHT if name.wholes else 1.0)
        told = _told(names, shares)
        shares = [
            _shares([p + _support(e, s, votes) + _told_elsewhere(e, n, told) for p, e, s in zip(prior, n.entries, share, strict=True)])
            for prior, n, share in zip(priors, names, shares, strict=True)
        ]
    return [max(zip(share, name.entries, strict=True), key=lambda one: one[0])[1] for name, share in zip(names, shares, strict=True)]


def _largest(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.population, entry.id))[:_MOST_ENTRIES]


def _prior(entry: Entry, name: Name, *, in_custody: bool) -> float:
    """How likely this one is by itself, in powers of ten of population."""
    if entry.id.startswith("site:"):
        return _SITE_IN_CUSTODY if in_custody else 0.0
    score = _SIZE * math.log10(entry.population + 10)
    score += _CAPITAL if entry.mark is Mark.CAPITAL else 0.0
    score += _MAIN if entry.mark is not Mark.OTHER else 0.0
    if entry.precision == "country":
        score += _WHOLE_COUNTRY
    if entry.precision in {"region", "district"} and _has_town(entry, name):
        score += _PART_NAMED_LIKE_TOWN
    if name.kind == entry.precision:
        score += _KIND
    if any(_lies_in(entry, whole) for whole in name.wholes):
        score += _QUALIFIED
    return score


def _has_town(entry: Entry, name: Name) -> bool:
    return any(e.precision == "locality" and (e.country, e.admin1) == (entry.country, entry.admin1) for e in name.entries)


def _lies_in(entry: Entry, whole: Entry) -> bool:
    return entry.id != whole.id and entry.country == whole.country and whole.admin1 in {"", entry.admin1} and entry.precision != "country"


def _shares(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    weights = [math.exp(score - most) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def _support(entry: Entry, share: float, votes: _Votes) -> float:
    """What the other names say for it: shares of their votes, its own left out."""
    others = max(votes.total - 1.0, 1.0)
    score = _COUNTRY * max(votes.countries[entry.country] - share, 0.0) / others
    if entry.admin1:
        score += _PROVINCE * max(votes.provinces[entry.country, entry.admin1] - share, 0.0) / others
    if entry.precision not in {"region", "country"}:
        score += _NEAR * max(_around(entry, votes) - share, 0.0) / others
    return score


def _cell(entry: Entry) -> Cell:
    return math.floor(entry.latitude), math.floor(entry.longitude)


def _around(entry: Entry, votes: _Votes) -> float:
    north, east = _cell(entry)
    return sum(votes.cells.get((north + i, east + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _told(names: Sequence[Name], shares: Sequence[Sequence[float]]) -> dict[str, set[str]]:
    """The ids that a name stands for where its state or country is said after it."""
    told: dict[str, set[str]] = defaultdict(set)
    for name, share in zip(names, shares, strict=True):
        if name.wholes:
            best = max(zip(share, name.entries, strict=True), key=lambda one: one[0])[1]
            if any(_lies_in(best, whole) for whole in name.wholes):
                told[name.key].add(best.id)
    return told


def _told_elsewhere(entry: Entry, name: Name, told: dict[str, set[str]]) -> float:
    return _TOLD_ELSEWHERE if not name.wholes and entry.id in told.get(name.key, ()) else 0.0
