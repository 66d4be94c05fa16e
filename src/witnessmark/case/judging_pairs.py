"""Judging pairs of records: a person says whether two rows are about one person. A judgement is a decision like any other: with who, when and why, and taken back by `undo`."""

from __future__ import annotations

import re
from collections.abc import Mapping as Given
from itertools import chain

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.counting_lists import read_planned
from witnessmark.case.deciding import record_decisions
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.link.judgements import VERDICTS, Judgement
from witnessmark.link.mapping import FIELDS, Mapping
from witnessmark.link.records import ListRecord
from witnessmark.model.counting import CountedQuestion
from witnessmark.model.decision import PAIR, SAME_PERSON, Decision
from witnessmark.store import queries
from witnessmark.text.masking import Mask

_RECORD = re.compile(r"I[1-9][0-9]{0,8}:[1-9][0-9]{0,8}")


class PairShown(msgspec.Struct, frozen=True):
    """Two records as written, side by side: by what each column holds (a field of the mapping), then by the headings of the others. Names of sealed people are covered. `verdict` is what was last said of them."""

    one: str
    other: str
    probability: float
    lists: tuple[str, str]
    written: tuple[dict[str, str], dict[str, str]]
    verdict: str | None


def judgements_of(case: Case) -> list[Judgement]:
    """What people said of pairs, the last word on each."""
    with case.asking() as connection:
        made = [d for d in queries.decisions(connection) if d.field == SAME_PERSON and not d.undone]
    latest = {d.subject: d.value for d in made}
    pairs = (subject.removeprefix(PAIR).split(" ") for subject in latest)
    return [Judgement(one, other, verdict) for (one, other), verdict in zip(pairs, latest.values(), strict=True)]


def pairs_of(case: Case, question: CountedQuestion) -> list[PairShown]:
    """The pairs most worth a person's look, in that order, from the newest linkage. Raises UsageError where the lists were not linked yet."""
    if question.linked is None:
        raise UsageError(
            f"The lists of {question.number} are not linked yet. Link and count them: witnessmark count run {typed(case.folder.root)} {question.number}"
        )
    lists = read_planned(case, question.plan.lists)
    records = {record.id: record for one in lists for record in one.records}
    columns = {one.name: Mapping.decode(planned.mapping.encode()).columns for planned, one in zip(question.plan.lists, lists, strict=True)}
    said = {frozenset((one.one, one.other)): one.verdict for one in judgements_of(case)}
    mask = _mask(case)
    asked = (pair for pair in question.linked.linkage.to_judge if pair.one in records and pair.other in records)
    return [
        PairShown(
            one=pair.one,
            other=pair.other,
            probability=pair.probability,
            lists=(records[pair.one].list, records[pair.other].list),
            written=(_by_field(records[pair.one], columns, mask), _by_field(records[pair.other], columns, mask)),
            verdict=said.get(frozenset((pair.one, pair.other))),
        )
        for pair in asked
    ]


def pair_subject(one: str, other: str) -> str:
    """What a decision on two records is about. Raises UsageError where one is no record ("I4:12")."""
    if not (_RECORD.fullmatch(one) and _RECORD.fullmatch(other)) or one == other:
        raise UsageError(f"{one[:40]!r} and {other[:40]!r} are no two records. A record is named by its list and line, such as I4:12.")
    return PAIR + " ".join(sorted((one, other), key=_in_order))


def judge_pair(case: Case, one: str, other: str, verdict: str, *, why: str) -> Decision:
    """Record that two records are of the same person, of different ones, or that it cannot be told. Raises UsageError."""
    said = VERDICTS.get(verdict)
    if said is None:
        raise UsageError(f"{verdict!r} is no verdict. Say y (same person), n (different people) or h (cannot be told).")
    return record_decisions(case, [Prepared(pair_subject(one, other), SAME_PERSON, said)], why=why)[0]


def _by_field(record: ListRecord, columns: Given[str, Given[str, str]], mask: Mask) -> dict[str, str]:
    """The cells of a row, those that the mapping reads under what they are read as: lists in two languages share no heading."""
    mapped = columns[record.list]
    cells = {field: record.written[column] for field in FIELDS if (column := mapped.get(field)) in record.written}
    cells |= {column: cell for column, cell in record.written.items() if column not in mapped.values()}
    return {name: mask.cover(cell) for name, cell in cells.items()}


def _mask(case: Case) -> Mask:
    """Covers the names of whoever is sealed, as everything does that the case shows."""
    from witnessmark.case.persons import persons_of

    return Mask(chain.from_iterable((person.name, *person.forms) for person in persons_of(case) if person.is_sealed))


def _in_order(record: str) -> tuple[int, int]:
    number, _, line = record.partition(":")
    return int(number[1:]), int(line)
