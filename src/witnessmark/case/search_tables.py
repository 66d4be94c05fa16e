"""The hits of searches as a table: a row each, with the fields of the claim and of the item it stands in, and the address that opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.search_hits import ClaimHit, DocumentHit
from witnessmark.case.search_question import Question
from witnessmark.case.searching import AT_ONCE, each_hit, search_case
from witnessmark.errors import UsageError
from witnessmark.model.claim import Claim
from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.item import Sensitivity
from witnessmark.publish.exports.spreadsheet import BOM, CREATOR, cell_text, harmless
from witnessmark.publish.exports.workbook import Sheet, workbook
from witnessmark.publish.words import count_words
from witnessmark.store import queries, search
from witnessmark.store.claims import parties_of
from witnessmark.text.encoding import NotTextError, decode_text

MOST_ROWS = 10_000
"""Hits of one search in a table: as many as are counted."""
MOST_QUERIES, MOST_OF_EACH = 200, 1000
"""Queries that are read from one list, and hits of each in the table."""
BETWEEN = "; "

COLUMNS: tuple[tuple[str, int], ...] = (
    ("query", 24), ("kind", 10), ("number", 9), ("address", 30), ("words", 60), ("source", 24), ("stance", 10), ("act", 16), ("parties", 30), ("place", 20),
    ("event_earliest", 12), ("event_latest", 12), ("victims", 24), ("reading", 16), ("item", 8), ("item_address", 30), ("file", 30), ("title", 30),
    ("language", 10), ("sensitivity", 12),
)  # fmt: skip
"""What each column is called, and how wide it is in a workbook, in characters."""

FILTERS = {
    "source": "sources",
    "act": "acts",
    "place": "places",
    "party": "parties",
    "stance": "stances",
    "status": "statuses",
    "language": "languages",
    "sensitivity": "sensitivities",
    "item": "items",
}
"""What each filter is called in an address and in a list of queries, and in a question."""
_OTHERS = ("query", "from", "to", "fuzzy")


class Line(NamedTuple):
    """A line of a list of queries: its place there, and what it asks."""

    line: int
    question: Question


class Answered(msgspec.Struct, frozen=True):
    """What a line of a list found: numbers of claims and documents, or the problem."""

    line: int
    question: Question
    totals: dict[str, int | str]
    problem: str = ""


Row = tuple[str | None, ...]


def rows_of(case: Case, question: Question, *, base: str, most: int = MOST_ROWS) -> list[Row]:
    """A row for each hit, the first `most` of claims and of documents; `base` is what addresses begin with, such as "http://127.0.0.1:8642"."""
    rows: list[Row] = []
    hits = each_hit(case, question, most)
    while several := list(islice(hits, AT_ONCE)):
        rows += _rows(case, question, several, base)
    return rows


def _rows(case: Case, question: Question, hits: Sequence[ClaimHit | DocumentHit], base: str) -> list[Row]:
    with case.asking() as connection:
        claims = {
            f"C{hit.number}": hit.claim
            for hit in search.claims_to_show(connection, [int(hit.number[1:]) for hit in hits if isinstance(hit, ClaimHit)])
        }
        items = {number: queries.subject_of(connection, number) or "" for number in dict.fromkeys(hit.item for hit in hits)}
        languages, decided = search.languages_of(connection, list(items.values())), search.sensitivities(connection)
    return [
        (
            question.query,
            *_of_hit(hit, claims, base),
            hit.item,
            f"{base}/{hit.item}",
            hit.name,
            hit.title,
            languages.get(items[hit.item]),
            decided.get(items[hit.item], Sensitivity.UNKNOWN.value),
        )
        for hit in hits
    ]


def _of_hit(hit: ClaimHit | DocumentHit, claims: dict[str, Claim], base: str) -> Row:
    words = " … ".join(passage.text for passage in hit.passages)
    if isinstance(hit, DocumentHit):
        return ("document", hit.number, f"{base}/{hit.number}", words, hit.publisher, *(None,) * 8)
    claim = claims[hit.number]
    return (
        "claim",
        hit.number,
        f"{base}/{hit.number}",
        words,
        hit.source,
        hit.stance,
        hit.act,
        BETWEEN.join(parties_of(claim)),
        hit.place,
        hit.earliest,
        hit.latest,
        BETWEEN.join(count_words(count) for count in claim.victims),
        STATUS_WORDS[hit.status],
    )


def as_csv(rows: Iterable[Row]) -> bytes:
    """The table as CSV in UTF-8 that no spreadsheet takes a formula from."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return (BOM + written.getvalue()).encode("utf-8", "replace")


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """The table as a workbook."""
    shown = [tuple(cell_text(value) if value is not None else None for value in row) for row in rows]
    return workbook(
        [Sheet("hits", COLUMNS, shown)], creator=CREATOR, made=datetime.fromisoformat(now()).replace(tzinfo=None, microsecond=0)
    )


def read_queries(content: bytes) -> list[Line]:
    """The queries of a list: CSV whose first line names the columns (`query`, and any filter of a search), or a query on each line.

    A cell of a filter holds several values with semicolons between them. Raises UsageError where it is no such list or too long.
    """
    try:
        text, _ = decode_text(content)
    except NotTextError as error:
        raise UsageError(f"The list of queries is no text: {error}. Save it as CSV in UTF-8.") from error
    try:
        rows = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), 1)]
    except csv.Error as error:
        raise UsageError(f"The list of queries cannot be read as CSV: {error}.") from error
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows or len(rows) > MOST_QUERIES + 1:
        raise UsageError(f"A list holds from 1 to {MOST_QUERIES} queries; this one holds {len(rows)} lines.")
    head = [cell.casefold() for cell in rows[0][1]]
    if "query" not in head:
        return [Line(number, Question(query=cells[0] or None)) for number, cells in rows]
    unknown = [name for name in head if name and name not in FILTERS and name not in _OTHERS]
    if unknown:
        raise UsageError(f"There is no column {unknown[0]!r}. There are: {', '.join((*_OTHERS, *FILTERS))}.")
    return [Line(number, _question(dict(zip(head, cells, strict=False)))) for number, cells in rows[1:]]


def _question(cells: dict[str, str]) -> Question:
    filters = {field: tuple(one.strip() for one in cells.get(name, "").split(";") if one.strip()) for name, field in FILTERS.items()}
    return Question(
        query=cells.get("query") or None,
        earliest=cells.get("from") or None,
        latest=cells.get("to") or None,
        fuzzy=cells.get("fuzzy", "").casefold() == "yes",
        **filters,  # type: ignore[arg-type]
    )


def answer_all(case: Case, lines: Iterable[Line]) -> list[Answered]:
    """How much each line of a list finds; one that cannot be read says why and stops no other."""
    answered = []
    for line in lines:
        try:
            answered.append(Answered(line.line, line.question, search_case(case, msgspec.structs.replace(line.question, limit=2)).totals))
        except UsageError as error:
            answered.append(Answered(line.line, line.question, {}, str(error)))
    return answered


def rows_of_all(case: Case, lines: Iterable[Line], *, base: str) -> list[Row]:
    """The rows of every line of a list in its order; a line that cannot be read gives one row that says why."""
    rows: list[Row] = []
    for line in lines:
        try:
            rows += rows_of(case, line.question, base=base, most=MOST_OF_EACH)
        except UsageError as error:
            rows.append((line.question.query, "problem", None, None, str(error), *(None,) * (len(COLUMNS) - 5)))
    return rows
