"""Two people reading the same claims apart from each other, and how far they agree.

A second reading is taken without the first in view. Agreement is stated as the share of claims judged alike, and as Krippendorff's alpha for
nominal values (Krippendorff, Content Analysis, 2004, chapter 11), which leaves out what chance alone would give and takes any number of readers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.model.decision import Decision, standing_of_each
from witnessmark.store import queries
from witnessmark.store.decided import judgements


class Apart(msgspec.Struct, frozen=True):
    """A claim that people judged differently: its number, and who (by key) said what."""

    number: str
    said: dict[str, str]


class Agreement(msgspec.Struct, frozen=True):
    """`claims` were judged by two or more; `alike` of the pairs of judgements on them are the same. `alpha` is None where nothing could differ."""

    claims: int
    pairs: int
    alike: int
    alpha: float | None
    apart: tuple[Apart, ...]


def agreement(case: Case) -> Agreement:
    """How far all who judged the same claims agree."""
    with case.asking() as connection:
        said = by_claim(judgements(connection))
        several = {claim: judged for claim, judged in said.items() if len(judged) > 1}
        numbers = queries.numbers_of(connection, sorted(several))
    return measured({numbers.get(claim, claim): judged for claim, judged in several.items()})


def measured(judged: Mapping[str, Mapping[str, str]]) -> Agreement:
    """The agreement on claims of which each was judged by two or more."""
    pairs = alike = 0
    for of_one in judged.values():
        counts = Counter(of_one.values())
        pairs += len(of_one) * (len(of_one) - 1) // 2
        alike += sum(n * (n - 1) // 2 for n in counts.values())
    apart = tuple(Apart(number, dict(of_one)) for number, of_one in judged.items() if len(set(of_one.values())) > 1)
    return Agreement(len(judged), pairs, alike, alpha_of([list(of_one.values()) for of_one in judged.values()]), apart)


def alpha_of(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values, a sequence of judgements for each unit judged at least twice; None where all values are one."""
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        for one, n in counts.items():
            for other, m in counts.items():
                weights[one, other] += (n * (m - 1) if one == other else n * m) / (len(values) - 1)
    totals: defaultdict[str, float] = defaultdict(float)
    for (one, _), weight in weights.items():
        totals[one] += weight
    n_all = sum(totals.values())
    expected = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in weights.items() if one != other)
    return 1 - (n_all - 1) * observed / expected


def waiting_for_second(case: Case, reader: str) -> list[str]:
    """The claims that one other person has judged and `reader` (a key) has not, in the order of their numbers."""
    with case.asking() as connection:
        said = by_claim(judgements(connection))
        rows = queries.claim_rows(connection)
    return [row.id for row in rows if len(said.get(row.id, {})) == 1 and reader not in said[row.id]]


def by_claim(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """What each person (by key) last said of each claim."""
    of: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        of[decision.subject].append(decision)
    return {claim: said for claim, made in of.items() if (said := standing_of_each(made))}
