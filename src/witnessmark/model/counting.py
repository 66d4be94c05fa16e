"""Counting in a case: the question as it was recorded before any result, how its lists were linked, and every run with what it gave.

A record of a list is named by the item and the line of its row ("I4:12"); what it says stays in the original.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from witnessmark.model.estimate import Diagnostic, Estimate, Interval

Verdict = Literal["agree", "disagree", "one estimate", "no estimate"]
Histories = tuple[tuple[int, int], ...]
"""Pairs of a history (bit j set for list j) and how many people have it."""
Labels = tuple[str | None, ...]
"""One label a dimension, None where it is not known."""
LabelledHistories = tuple[tuple[int, Labels, int], ...]
"""A history, labels in the order of the dimensions, and how many people have both."""

LIST_CHECKS = frozenset({"empty list", "empty overlap", "lists alike", "list within another"})
"""Diagnostics of the lists themselves, one for each list or pair."""


class ListSize(msgspec.Struct, frozen=True):
    """A list: how many people it holds, and how many of them stand on no other."""

    name: str
    people: int
    alone: int


class PairOverlap(msgspec.Struct, frozen=True):
    """Two lists: how many people stand on both, and what share of the first and of the second that is (None where the list holds no one)."""

    first: str
    second: str
    people: int
    share_of_first: float | None
    share_of_second: float | None


class Intersection(msgspec.Struct, frozen=True):
    """How many people stand on all of these lists and on no other: a column of an UpSet plot (Lex and others, IEEE TVCG 20, 2014)."""

    lists: tuple[str, ...]
    people: int


class Overlaps(msgspec.Struct, frozen=True):
    """Everything that is to be seen of a capture table without an estimate; `intersections` are those that hold anyone, the largest first."""

    documented: int
    sizes: tuple[ListSize, ...]
    pairs: tuple[PairOverlap, ...]
    intersections: tuple[Intersection, ...]
    warnings: tuple[Diagnostic, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Two methods: whether their intervals meet, or, where one is a lower bound, whether the other does not stay under it."""

    first: str
    second: str
    agree: bool
    detail: str


class SensitivityRun(msgspec.Struct, frozen=True):
    """One method once more with one thing set otherwise; `shift` is its total over that of the method as it stands, less 1 (None where either has none)."""

    method: str
    setting: str
    estimate: Estimate
    shift: float | None


class AtThreshold(msgspec.Struct, frozen=True):
    """What one clustering at a threshold would give: people named, and estimates by the quick methods."""

    threshold: float
    documented: int
    estimates: dict[str, Estimate]


class StratumEstimate(msgspec.Struct, frozen=True):
    """One stratum: its labels, the people whose known labels put them there, the fewest and most with imputed ones, and its estimate or the reason why there is none."""

    labels: tuple[str, ...]
    documented: int
    fewest: int
    most: int
    estimate: Estimate


class StratifiedEstimate(msgspec.Struct, frozen=True):
    """Strata in order of their labels, the total over them, and one sentence on what of it rests on documented people alone or on imputed labels."""

    dimensions: tuple[str, ...]
    strata: tuple[StratumEstimate, ...]
    total: Estimate
    note: str


class PlannedList(msgspec.Struct, frozen=True):
    """A list of a plan: the item that holds it (sha256 and short number), its name among the lists, and its mapping as it was written (TOML)."""

    item: str
    number: str
    name: str
    mapping: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a number of people, and all that decides how it will be answered.

    `lists` are linked and counted; nobody stands twice on those named in `once`; `by` are the dimensions of the strata and `strata_methods` the methods they are estimated by (none in
    plans from before these were chosen, which use the quick ones of `methods`); `draws` is how many plausible linkages are drawn. `instead_of` is the
    id of the question this one takes the place of and `why` the reason; `known` are the ids of questions about any of these lists whose results had been seen when this was planned.
    """

    question: str
    population: str
    lists: tuple[PlannedList, ...]
    methods: tuple[str, ...]
    once: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    strata_methods: tuple[str, ...] = ()
    draws: int
    level: float
    seed: int
    instead_of: str | None = None
    why: str | None = None
    known: tuple[str, ...] = ()


class ListCounted(msgspec.Struct, frozen=True):
    """A list as it was read for a question: who compiled it and how, in the words of its mapping; rows that name someone, and that name no one; each kind of fault with how often it was met."""

    name: str
    item: str
    source: str | None
    compiled: str | None
    status: str | None
    records: int
    unnamed: int
    faults: dict[str, int]


class PairToJudge(msgspec.Struct, frozen=True, array_like=True):
    """Two records and the probability that they are about one person."""

    one: str
    other: str
    probability: float


class LinkedCount(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of a question linked.

    `people` is at the threshold, `fewest` and `most` over that and the plausible linkages. `groups` are the records of each person who has more than one. `chosen`, `drawn` and `at_thresholds` count the people by the lists they are on; `chosen_labelled` and `drawn_labelled` by their
    labels besides, where the question has dimensions. `by_year` counts the people of the linkage chosen by the year of their date, None where it is not known.
    """

    lists: tuple[ListCounted, ...]
    records: int
    pairs: int
    threshold: float
    people: int
    fewest: int
    most: int
    judgements: int
    warnings: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    to_judge: tuple[PairToJudge, ...]
    chosen: Histories
    drawn: tuple[Histories, ...]
    at_thresholds: dict[str, Histories]
    chosen_labelled: LabelledHistories = ()
    drawn_labelled: tuple[LabelledHistories, ...] = ()
    by_year: tuple[tuple[str | None, int], ...] = ()


class CountResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one run gave.

    To be shown in this order: `documented`, the fewest people any linkage leaves; `interval`, from the lowest to the highest end of the methods that agree (None where they disagree, or fewer than two have an estimate); what each method
    assumes; each estimate, its total never alone. `strata` are by method. Estimates other than those of `estimates` carry no draws.
    """

    documented: int
    linkages: int
    interval: Interval | None
    estimates: dict[str, Estimate]
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    sentence: str
    sensitivity: tuple[SensitivityRun, ...]
    at_thresholds: tuple[AtThreshold, ...]
    overlaps: Overlaps
    strata: dict[str, StratifiedEstimate] = {}


class Linked(msgspec.Struct, frozen=True):
    """A linkage on record: where its entry stands in the analysis log, when it was made, and by which version. `input` is a hash of all it was made from, judgements too."""

    seq: int
    at: str
    version: str
    linkage: LinkedCount
    input: str = ""


class Run(msgspec.Struct, frozen=True):
    """A run on record, and the linkage it counted (its entry)."""

    seq: int
    at: str
    version: str
    linked: int
    result: CountResult


class CountedQuestion(msgspec.Struct, frozen=True):
    """A question with all that was done about it, in order. `seq` and `at` are of the entry that recorded it, before any result; `takes_place_of` and `known` are numbers."""

    id: str
    number: str
    public_id: str
    seq: int
    at: str
    plan: Plan
    linkages: tuple[Linked, ...]
    runs: tuple[Run, ...]
    takes_place_of: str | None
    known: tuple[str, ...]
    released: bool

    @property
    def latest(self) -> Run | None:
        """The newest run, None before the first."""
        return self.runs[-1] if self.runs else None

    @property
    def linked(self) -> Linked | None:
        """The newest linkage, None before the first."""
        return self.linkages[-1] if self.linkages else None
