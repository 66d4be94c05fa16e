"""The lists of a question: read from the preserved originals with the mappings of its plan, linked, and what was found put on record.

A record is named by its item and the line of its row ("I4:12"), which no later list, mapping or reading changes.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.linked_lists import warnings_of_linkage
from witnessmark.case.stages import step_of
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.link.judgements import Judgement, worth_asking
from witnessmark.link.linkage import Linkage, link_lists
from witnessmark.link.mapping import Mapping
from witnessmark.link.reading import read_list
from witnessmark.link.records import ListRecord, VictimList
from witnessmark.model.counting import CountedQuestion, LinkedCount, ListCounted, PairToJudge, PlannedList
from witnessmark.model.deed import ListsLinked
from witnessmark.store import queries

LINK, VERSION = "link", "1"

Tell = Callable[[str], None]


def original_of(case: Case, item: str, number: str) -> bytes:
    """The bytes of a preserved list, which are what was received. Raises UsageError where they are not."""
    try:
        with case.vault.open_original(item) as original:
            content = original.read()
    except OSError as error:
        raise UsageError(
            f"The original of {number} cannot be read ({error}). `witnessmark verify {typed(case.folder.root)}` tells more."
        ) from error
    if hashlib.sha256(content).hexdigest() != item:
        raise UsageError(f"The original of {number} is not what was received. `witnessmark verify {typed(case.folder.root)}` tells more.")
    return content


def read_planned(case: Case, lists: Sequence[PlannedList]) -> list[VictimList]:
    """Each list, its records named by item and line. Raises UsageError for one that its mapping does not fit."""
    with case.asking() as connection:
        names = {item: said[0].name for item, said in queries.receipts(connection).items()}
    found = []
    for one in lists:
        if one.item not in names:
            raise UsageError(f"The list {one.name} ({one.number}) is not in the case any more. Plan the question anew without it.")
        mapping = Mapping.decode(one.mapping.encode(), f"The mapping of {one.number}")
        read = read_list(original_of(case, one.item, one.number), f"{one.number} ({names[one.item]})", mapping)
        records = tuple(msgspec.structs.replace(record, id=f"{one.number}:{record.line}") for record in read.records)
        found.append(msgspec.structs.replace(read, records=records))
    return found


def link_question(case: Case, question: CountedQuestion, judgements: Sequence[Judgement], *, tell: Tell = lambda _: None) -> None:
    """Link the lists of a question and record what was found.

    Raises:
        UsageError: a list cannot be read as planned.
        MissingPartError: the libraries for linking are not installed.
    """
    plan = question.plan
    lists = read_planned(case, plan.lists)
    known = {record.id for one in lists for record in one.records}
    said = [one for one in judgements if one.one in known and one.other in known]
    linkage = link_lists(lists, once=plan.once, judgements=said, draws=plan.draws, seed=plan.seed, by=plan.by, tell=tell)
    found = _on_record(question, lists, linkage, len(said))
    case.record([ListsLinked(step_of(LINK, VERSION, None, linked_from(question, judgements)), question.id, found)])


def linked_from(question: CountedQuestion, judgements: Sequence[Judgement]) -> str:
    """A hash of all that a linkage of this question is made from: its plan, and what was said of pairs on its lists."""
    numbers = {one.number for one in question.plan.lists}
    said = [one for one in judgements if {one.one.partition(":")[0], one.other.partition(":")[0]} <= numbers]
    plan = msgspec.to_builtins(question.plan)
    del plan["strata_methods"]  # nothing is linked otherwise for them, and hashes from before they were chosen stay what they were
    return hashlib.sha256(msgspec.json.encode((plan, said))).hexdigest()


def _on_record(question: CountedQuestion, lists: Sequence[VictimList], linkage: Linkage, judgements: int) -> LinkedCount:
    counts = [linkage.people, *(sum(n for _, n in drawn) for drawn in linkage.drawn)]
    people = _people(linkage)
    return LinkedCount(
        lists=tuple(_counted(planned, read) for planned, read in zip(question.plan.lists, lists, strict=True)),
        records=len(linkage.records),
        pairs=len(linkage.pairs),
        threshold=linkage.threshold,
        people=linkage.people,
        fewest=min(counts),
        most=max(counts),
        judgements=judgements,
        warnings=tuple(_warnings(question, lists, linkage)),
        groups=tuple(tuple(record.id for record in group) for group in people if len(group) > 1),
        to_judge=tuple(
            PairToJudge(pair.one, pair.other, round(pair.probability, 6)) for pair in worth_asking(linkage.pairs, linkage.threshold)
        ),
        chosen=linkage.histories,
        drawn=linkage.drawn,
        at_thresholds={f"{bar:.2f}": histories for bar, histories in linkage.at_thresholds.items()},
        chosen_labelled=linkage.labelled,
        drawn_labelled=linkage.drawn_labelled,
        by_year=tuple(sorted(Counter(_year(group) for group in people).items(), key=lambda pair: (pair[0] is None, pair[0] or ""))),
    )


def _counted(planned: PlannedList, read: VictimList) -> ListCounted:
    faults = Counter(problem.what for problem in read.problems)
    return ListCounted(
        name=read.name,
        item=planned.item,
        source=read.source,
        compiled=read.compiled,
        status=Mapping.decode(planned.mapping.encode()).status,
        records=len(read.records),
        unnamed=len(read.unnamed),
        faults=dict(sorted(faults.items())),
    )


def _warnings(question: CountedQuestion, lists: Sequence[VictimList], linkage: Linkage) -> Iterator[str]:
    yield from warnings_of_linkage({one.name: len(one.records) for one in lists}, linkage)
    for dimension, people in zip(linkage.by, linkage.disagreeing, strict=True):
        if people:
            yield f"The records of {people:,} people state more than one {dimension}; theirs counts as not known."
    stated = {one.name: status for one in question.plan.lists if (status := Mapping.decode(one.mapping.encode()).status) is not None}
    if len(set(stated.values())) > 1:
        told = "; ".join(f"{name}: {status.replace('_', ' ')}" for name, status in stated.items())
        yield f"The lists report people as different things ({told}). Whoever is missing on one and dead on another stands in the count once; missing is never dead."


def _people(linkage: Linkage) -> list[list[ListRecord]]:
    """The records of each person of the linkage chosen, in the order of the lists."""
    found: dict[str, list[ListRecord]] = defaultdict(list)
    for record, person in zip(linkage.records, linkage.person, strict=True):
        found[person].append(record)
    return list(found.values())


def _year(group: Sequence[ListRecord]) -> str | None:
    """The year of a person's date: the one all their records that have a date can be of; None where there is no such year, or more than one."""
    spans = [record.died for record in group if record.died is not None]
    if not spans:
        return None
    first, last = max(span.earliest.year for span in spans), min(span.latest.year for span in spans)
    return f"{first}" if first == last else None
