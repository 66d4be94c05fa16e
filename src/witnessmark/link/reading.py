"""Brings a victim list in: from the bytes of a CSV or Excel file and its mapping to records, each beside its row as written.

Nothing is lost: a row becomes a record or, where it names no one, stands among the unnamed; what a cell or a row cannot give is told as a problem.
Only a file that cannot be a list with this mapping is refused as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from witnessmark.errors import UsageError
from witnessmark.link.dated import DateStyle
from witnessmark.link.delimited import delimited_table
from witnessmark.link.fields import FieldReader
from witnessmark.link.headings import Headings
from witnessmark.link.mapping import MEANS, Mapping
from witnessmark.link.records import ListRecord, RowProblem, VictimList
from witnessmark.link.tables import Table, TableRow, is_workbook, refuse_no_list
from witnessmark.link.workbooks import workbook_table

_NAMES_NO_ONE = "The row names no one; it was kept apart from those that are linked."
_ABOVE = "This row stands above the headings; it was kept apart from those that are linked."
_ID_AGAIN = "This id was given to an earlier row, too. Both rows were kept, the later one under an id of its own."
_ONE_COLUMN = "The list has one column: names alone link poorly, and tell no place or date."
_NO_ROWS = "The list has headings and no row below them."
_BLANK = "Empty rows between filled ones were passed over."
_WRONG_COLUMN = (
    "Most cells of this column could not be read as what the mapping says. Is it the right column, and are date_order and calendar right?"
)
_FEW_VALUES = "Nearly every row has one of two values in this column. Does it hold what the mapping says?"
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
_FEWEST_NAMES = 2
_MANY_ROWS = 50
_ENOUGH = 10


def read_list(content: bytes, filename: str, mapping: Mapping) -> VictimList:
    """The list in a CSV or XLSX file. `filename` is for messages alone.

    Raises UsageError where the file is empty, too large or no table, where a mapped column is not there, or where the mapping contradicts itself.
    """
    mapping.check()
    table = table_of(content, filename, mapping)
    headings = Headings.of(table, filename, line=mapping.header, columns=mapping.columns.values())
    places = headings.find(mapping.columns, filename)
    reading = _Reading(mapping, headings, places, table)
    for row in table.rows:
        reading.add(row)
    reading.refuse_misfits(filename)
    return reading.result()


def table_of(content: bytes, filename: str, mapping: Mapping) -> Table:
    """The cells of the file as they stand. Raises UsageError where it is no table."""
    refuse_no_list(content, filename)
    if is_workbook(content):
        return workbook_table(content, filename, sheet=mapping.sheet)
    return delimited_table(content, filename, delimiter=mapping.cut, encoding=mapping.encoding, columns=mapping.columns.values())


class _Reading:
    """A list while it is read, row by row."""

    def __init__(self, mapping: Mapping, headings: Headings, places: dict[str, int], table: Table) -> None:
        self._mapping = mapping
        self._headings = headings
        self._places = places
        self._fields = FieldReader(mapping, places, DateStyle(order=mapping.date_order, calendar=mapping.calendar, day_zero=table.day_zero))
        self._records: list[ListRecord] = []
        self._unnamed: list[tuple[int, dict[str, str]]] = []
        self._problems = list(_of_the_file(table, headings))
        self._ids: set[str] = set()
        self._stated: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def add(self, row: TableRow) -> None:
        """Put a row where it belongs."""
        if row.line == self._headings.line:
            return
        written, ragged = self._headings.written(row)
        if row.line < self._headings.line:
            self._put_apart(row.line, written, _ABOVE)
            return
        if ragged:
            self._tell(row.line, None, "", ragged)
        said, faults = self._fields.read(row)
        for fault in faults:
            column = self._headings.names[self._places[fault.field]]
            self._tell(row.line, column, written.get(column, ""), fault.what)
        self._count(said, {fault.field for fault in faults})
        for fault in faults:
            if fault.field not in said:
                self._examples.setdefault(fault.field, row.cells[self._places[fault.field]])
        if not any(said.get(part) for part in ("given", "family", "full_name")):
            self._put_apart(row.line, written, _NAMES_NO_ONE)
            return
        number = said.pop("id", None)
        self._records.append(
            ListRecord(
                id=self._id(number, row.line), list=self._mapping.name, source=self._mapping.source, written=written, line=row.line, **said
            )
        )

    def refuse_misfits(self, filename: str) -> None:
        """Raise UsageError where hardly any cell of a column can be read as what the mapping says of it: linked so, nothing would fit, and all would count as different people."""
        for field, unread in self._unread.items():
            whole = unread + self._stated[field]
            if whole >= _ENOUGH and unread > _NEARLY_ALL * whole:
                column, example = self._headings.names[self._places[field]], self._examples[field]
                raise UsageError(
                    f"{filename}: the mapping says that the column {column!r} holds {MEANS[field]}, and {unread:,} of its {whole:,} filled cells cannot be read as that, the first one {example!r}. "
                    f"Name the right column for {field} in the mapping, or leave {field} out; of dates, see that date_order and calendar are right."
                )

    def result(self) -> VictimList:
        """The list, and what is to be known of it as a whole."""
        for field, unread in self._unread.items():
            whole = unread + self._stated[field]
            if whole >= _ENOUGH and unread > _MOSTLY * whole:
                self._tell(self._headings.line, self._headings.names[self._places[field]], f"{unread} of {whole}", _WRONG_COLUMN)
        for field in ("given", "family", "full_name"):
            values = {getattr(record, field) for record in self._records} - {None}
            if len(self._records) >= _MANY_ROWS and 0 < len(values) <= _FEWEST_NAMES:
                self._tell(self._headings.line, self._headings.names[self._places[field]], " and ".join(sorted(values)), _FEW_VALUES)
        if not self._records and not self._unnamed:
            self._tell(self._headings.line, None, "", _NO_ROWS)
        return VictimList(
            name=self._mapping.name,
            source=self._mapping.source,
            records=tuple(self._records),
            unnamed=tuple(self._unnamed),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.line)),
            compiled=self._mapping.compiled,
        )

    def _put_apart(self, line: int, written: dict[str, str], why: str) -> None:
        self._unnamed.append((line, written))
        self._tell(line, None, "", why)

    def _tell(self, line: int, column: str | None, value: str, what: str) -> None:
        self._problems.append(RowProblem(line, column, value, what))

    def _count(self, said: dict[str, Any], faulty: set[str]) -> None:
        for field in self._places:
            stated = said.get("age_span" if field == "age" else field) is not None
            self._stated[field] += stated
            self._unread[field] += not stated and field in faulty

    def _id(self, number: str | None, line: int) -> str:
        """An id no other record has: the list and its own number of the row or, where it has none, the line."""
        plain = f"{self._mapping.name}/{number}" if number else f"{self._mapping.name}/line {line}"
        if number and plain in self._ids:
            self._tell(line, self._headings.names[self._places["id"]], number, _ID_AGAIN)
        unique, again = plain, 2
        while unique in self._ids:
            unique, again = f"{plain} ({again})", again + 1
        self._ids.add(unique)
        return unique


def _of_the_file(table: Table, headings: Headings) -> Iterable[RowProblem]:
    for doubt in table.doubts:
        yield RowProblem(
            doubt.line,
            None if doubt.column is None or doubt.column >= len(headings.names) else headings.names[doubt.column],
            doubt.value,
            doubt.what,
        )
    yield from headings.problems
    last = table.rows[-1].line if table.rows else 0
    between = [line for line in table.blank_lines if headings.line < line < last]
    if between:
        yield RowProblem(between[0], None, f"{len(between)}", _BLANK)
    if len(headings.names) == 1:
        yield RowProblem(headings.line, headings.names[0], "", _ONE_COLUMN)
