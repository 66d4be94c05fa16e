"""The headings of a list: each column's name, made unique, and the column that a mapping means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from witnessmark.errors import UsageError
from witnessmark.link.calendars import plain_words
from witnessmark.link.mapping import suggestion
from witnessmark.link.records import RowProblem
from witnessmark.link.tables import Table, TableRow

_TWICE = "An earlier column has this heading, too. This one was given a name of its own; map that name where it is the one that is meant."
_FEW = "The row has fewer cells than the list has columns; the missing ones are taken for empty. Is a delimiter missing?"
_MANY = "The row has more cells than the list has columns; those beyond were kept. Does a cell hold a delimiter?"
LOOKED_AT = 20
"""Rows at the beginning among which headings are looked for; lists often have a title or a note above them."""


class Headings:
    """The names of the columns, from left to right, and the line they stand in."""

    def __init__(self, line: int, names: list[str], problems: list[RowProblem], *, may_be_short: bool) -> None:
        self.line = line
        self.names = names
        self.problems = problems
        self._named = len(names)
        self._may_be_short = may_be_short

    @classmethod
    def of(cls, table: Table, filename: str, *, line: int | None = None, columns: Iterable[str] = ()) -> Headings:
        """The headings in that line; or else in the first of the first rows that holds these columns, or the first row.

        Raises UsageError where there is nothing in that line.
        """
        row = _first_with(table.rows[:LOOKED_AT], columns) if line is None else _in_line(table.rows, line)
        if row is None:
            raise UsageError(f"{filename} has nothing in line {line or 1}, where its headings should be.")
        written = [" ".join(cell.split()) for cell in row.cells]
        while written and not written[-1]:
            written.pop()
        names, problems = list[str](), list[RowProblem]()
        for number, heading in enumerate(written, 1):
            plain = heading or f"(column {number})"
            name, again = plain, 2
            while name in names or (name != plain and name in written):
                name, again = f"{plain} ({again})", again + 1
            if name != plain:
                problems.append(RowProblem(row.line, name, heading, _TWICE))
            names.append(name)
        return cls(row.line, names, problems, may_be_short=table.from_sheet)

    def name(self, number: int) -> str:
        """The name of a column by its number from 0; one beyond the headings has a number for a name."""
        while number >= len(self.names):
            name = f"(column {len(self.names) + 1})"
            while name in self.names:
                name += " (beyond)"
            self.names.append(name)
        return self.names[number]

    def written(self, row: TableRow) -> tuple[dict[str, str], str | None]:
        """The row as written, column by column, and whether it has more or fewer cells than there are headings."""
        written = {self.name(number): cell for number, cell in enumerate(row.cells)}
        if any(cell.strip() for cell in row.cells[self._named :]):
            return written, _MANY
        return written, _FEW if len(row.cells) < self._named and not self._may_be_short else None

    def find(self, columns: dict[str, str], filename: str) -> dict[str, int]:
        """The number of the column for each field. Raises UsageError where one is not there, with what is there."""
        return {field: self._find(field, column, filename) for field, column in columns.items()}

    def _find(self, field: str, column: str, filename: str) -> int:
        if column in self.names:
            return self.names.index(column)
        alike = [number for number, name in enumerate(self.names) if plain_words(name) == plain_words(column)]
        if len(alike) == 1:
            return alike[0]
        hint = suggestion(column, self.names)
        there = "" if hint.startswith("Known") else f" Its columns: {', '.join(self.names)}."
        only = " It has one column: is the delimiter in the mapping right?" if len(self.names) == 1 else ""
        raise UsageError(
            f"{filename} has no column {column!r}, which the mapping takes for {field}. {hint.replace('Known', 'Its columns')}{there}{only}"
        )


def _first_with(rows: Sequence[TableRow], columns: Iterable[str]) -> TableRow | None:
    wanted = {plain_words(column) for column in columns}
    return next((row for row in rows if wanted <= {plain_words(cell) for cell in row.cells}), rows[0] if rows else None)


def _in_line(rows: Sequence[TableRow], line: int) -> TableRow | None:
    return next((row for row in rows if row.line == line), None)
