"""What people said of pairs of rows: one person, two people, or unsure; and which pairs are most worth asking about.

Judgements are lines that are added to, never changed: the last one of a pair counts, and "unsure" takes back what was said before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from math import log

import msgspec

from witnessmark.errors import UsageError
from witnessmark.link.records import ScoredPair

SURE = 1 - 1e-12
"""A pair judged to be one person weighs as much as the surest score; one judged to be two, as much against."""
COLUMNS = ("one", "other", "verdict")
VERDICTS = {"y": "same", "n": "different", "h": "unsure", "same": "same", "different": "different", "unsure": "unsure"}
ASKED = 200


class Judgement(msgspec.Struct, frozen=True):
    """Two records by their ids, and `same`, `different` or `unsure`."""

    one: str
    other: str
    verdict: str


def read_judgements(content: bytes, filename: str) -> list[Judgement]:
    """Judgements from a CSV file with the columns one, other and verdict (y, n or h; or same, different, unsure). Lines without a verdict are not judged yet.

    Raises UsageError that names the line.
    """
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header = tuple(rows.fieldnames or ())
        if not set(COLUMNS) <= set(header):
            raise UsageError(f"{filename}: judgements have the columns {', '.join(COLUMNS)}; here they are {', '.join(header) or 'none'}.")
        return [_judgement(row, rows.line_num, filename) for row in rows if (row["verdict"] or "").strip()]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{filename} is no CSV file in UTF-8 ({error}).") from error


def judged(pairs: Sequence[ScoredPair], judgements: Iterable[Judgement], ids: Sequence[str]) -> list[ScoredPair]:
    """The pairs with what people said in place of their scores, in the order of `ids`; a judged pair that was never scored is added.

    Raises UsageError where a judgement names a record that is not there, or one record twice.
    """
    order = {one: number for number, one in enumerate(ids)}
    said = verdicts_of(judgements, ids)
    chances = {(order[pair.one], order[pair.other]): pair.probability for pair in pairs}
    chances |= {key: SURE if verdict == "same" else 1 - SURE for key, verdict in said.items() if verdict != "unsure"}
    return [ScoredPair(ids[one], ids[other], chance) for (one, other), chance in sorted(chances.items())]


def verdicts_of(judgements: Iterable[Judgement], ids: Sequence[str]) -> dict[tuple[int, int], str]:
    """The last verdict on each pair, by the places of its records in `ids`, the lower first.

    Raises UsageError where a judgement names a record that is not there, or one record twice.
    """
    return {key: one.verdict for key, one in _last(judgements, {one: number for number, one in enumerate(ids)}).items()}


def contradicted(judgements: Iterable[Judgement], group: Mapping[str, int]) -> tuple[Judgement, ...]:
    """The judgements that a grouping (group by record id) does not keep."""
    order = {one: number for number, one in enumerate(group)}
    said = (one for one in _last(judgements, order).values() if one.verdict != "unsure")
    return tuple(one for one in said if (group[one.one] == group[one.other]) != (one.verdict == "same"))


def worth_asking(pairs: Sequence[ScoredPair], threshold: float, most: int = ASKED) -> list[ScoredPair]:
    """The pairs whose scores lie nearest the threshold, on the scale of log-odds: an answer moves the linkage most where the score decides least."""
    if not 0 < threshold < 1:
        return []
    bar = log(threshold / (1 - threshold))
    open_pairs = [pair for pair in pairs if 1 - SURE < pair.probability < SURE]
    return sorted(open_pairs, key=lambda pair: abs(log(pair.probability / (1 - pair.probability)) - bar))[:most]


def _judgement(row: dict[str, str], line: int, filename: str) -> Judgement:
    verdict = VERDICTS.get(row["verdict"].strip().lower())
    if verdict is None:
        raise UsageError(f"{filename}, line {line}: {row['verdict']!r} is no verdict. Write y (same person), n (different) or h (unsure).")
    return Judgement((row["one"] or "").strip(), (row["other"] or "").strip(), verdict)


def _last(judgements: Iterable[Judgement], order: dict[str, int]) -> dict[tuple[int, int], Judgement]:
    return {_key(one, order): one for one in judgements}


def _key(judgement: Judgement, order: dict[str, int]) -> tuple[int, int]:
    unknown = next((one for one in (judgement.one, judgement.other) if one not in order), None)
    if unknown is not None:
        raise UsageError(f"A judgement names the record {unknown!r}, which is on none of these lists.")
    if judgement.one == judgement.other:
        raise UsageError(f"A judgement compares the record {judgement.one!r} with itself.")
    one, other = sorted((order[judgement.one], order[judgement.other]))
    return one, other
