"""Links whole lists: scores, one clustering at the threshold the scores choose, draws of plausible linkages, and what other thresholds would give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import msgspec

from witnessmark.errors import UsageError
from witnessmark.link.clusters import clustered
from witnessmark.link.draws import DRAWS, capture_histories, draw_linkages
from witnessmark.link.graph import Ints, bits_of, graph_of
from witnessmark.link.judgements import Judgement, contradicted, judged
from witnessmark.link.labels import RecordLabels, known_dimensions
from witnessmark.link.linking import calibrated_threshold, score_pairs
from witnessmark.link.records import ListRecord, ScoredPair, VictimList
from witnessmark.model.counting import Histories, LabelledHistories

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Thresholds the lists are linked at besides, to show how far a count rests on the one chosen."""


class Linkage(msgspec.Struct, frozen=True):
    """Lists linked.

    `person` names for each record of `records`, in order, the first record of its person. `histories` counts the people by the `lists` they are on, `drawn` does so once for each
    plausible linkage, `at_thresholds` once for each of THRESHOLDS. `pairs` are all that were worth scoring. `unkept` are judgements that others, or a list that names everyone
    once, stand against. Where people were to be divided, `by` names the dimensions, `labelled` and `drawn_labelled` are `histories` and `drawn` with labels, and `disagreeing`
    counts for each dimension the people, in the linkage chosen, of whom the records state different things: their label is None.
    """

    lists: tuple[str, ...]
    records: tuple[ListRecord, ...]
    pairs: tuple[ScoredPair, ...]
    threshold: float
    person: tuple[str, ...]
    histories: Histories
    drawn: tuple[Histories, ...]
    at_thresholds: dict[float, Histories]
    seed: int
    unkept: tuple[Judgement, ...] = ()
    by: tuple[str, ...] = ()
    labelled: LabelledHistories = ()
    drawn_labelled: tuple[LabelledHistories, ...] = ()
    disagreeing: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """How many people the lists name, at the threshold."""
        return sum(count for _, count in self.histories)


def link_lists(  # noqa: PLR0913 -- what it may be told, each by its name
    lists: Sequence[VictimList],
    *,
    once: Collection[str] = (),
    judgements: Sequence[Judgement] = (),
    by: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> Linkage:
    """Link the rows of these lists.

    Every row that names someone is a record; on the lists named in `once` no two rows are one person; what people judged of a pair stands over its score, and
    the others are scored by what it teaches. `by` names the dimensions (`DIMENSIONS`) that the people are to be counted by besides.

    Raises:
        UsageError: two lists have one name, or `once`, `by` or a judgement names what is not there.
        MissingPartError: the libraries for linking are not installed.
    """
    names = tuple(one.name for one in lists)
    again = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if again is not None:
        raise UsageError(f"Two lists are named {again!r}. Give one of them another name in its mapping.")
    records = tuple(record for one in lists for record in one.records)
    if not records:
        raise UsageError("No row of these lists names anyone. Do the mappings name the right columns?")
    ids = [record.id for record in records]
    bits_of(names, once)
    known_dimensions(by)
    judged([], judgements, ids)
    tell(f"comparing {len(records):,} records")
    scored = score_pairs(records, judgements=judgements, seed=seed)
    threshold = calibrated_threshold(scored)
    pairs = judged(scored, judgements, ids) if judgements else scored
    tell(f"linking {len(records):,} records")
    graph = graph_of(records, pairs, once=once)
    group = clustered(graph, threshold)
    tell(f"drawing {draws} plausible linkages")
    drawn = draw_linkages(graph, group, draws=draws, seed=seed)

    labels = RecordLabels.of(records, by) if by else None

    def counted(one: Ints) -> Histories:
        return tuple(capture_histories(records, one, names))

    return Linkage(
        lists=names,
        records=records,
        pairs=tuple(pairs),
        threshold=threshold,
        person=tuple(records[first].id for first in group.tolist()),
        histories=counted(group),
        drawn=tuple(counted(one) for one in drawn),
        at_thresholds={bar: counted(clustered(graph, bar)) for bar in THRESHOLDS},
        seed=seed,
        unkept=contradicted(judgements, dict(zip(ids, group.tolist(), strict=True))),
        by=tuple(by),
        labelled=labels.people(records, group, names) if labels else (),
        drawn_labelled=tuple(labels.people(records, one, names) for one in drawn) if labels else (),
        disagreeing=labels.disagreeing(group) if labels else (),
    )
