"""A list's file as a table: its filled rows in order, every cell as it stands, and where a row is not what it seems.

A file is taken for a workbook or for text by how it begins, whatever it is called. Sizes that no list of persons has are refused here; the decoding of
files from strangers belongs into a limited process besides.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from witnessmark.errors import UsageError

MOST_BYTES = 128_000_000
MOST_COLUMNS = 1_000
MOST_ROWS = 1_100_000
"""Excel's own limit is 1,048,576."""

_ZIP = b"PK"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGES = (b"<!doctype html", b"<html", b"<table")


class TableRow(NamedTuple):
    """A row: the line it begins on (the sheet's row number in a workbook), its cells as written, and of those that hold a real date the day."""

    line: int
    cells: tuple[str, ...]
    days: dict[int, dt.date]


class Doubt(NamedTuple):
    """Something about the cells themselves: the line, the number of the column from 0 or None, the value, and what is to be known of it."""

    line: int
    column: int | None
    value: str
    what: str


class Table(NamedTuple):
    """The filled rows of a file, the lines of its blank ones, and what is doubtful in it. `day_zero` is the day that its day numbers are counted from;
    the empty cells at the end of a row are not written in a sheet.
    """

    rows: list[TableRow]
    blank_lines: list[int]
    doubts: list[Doubt]
    day_zero: dt.date = dt.date(1899, 12, 30)
    from_sheet: bool = False

    def add(self, row: TableRow) -> None:
        """Put a row at the end."""
        if any(cell.strip() for cell in row.cells):
            self.rows.append(row)
        else:
            self.blank_lines.append(row.line)


def empty(filename: str) -> UsageError:
    """The error of a file with nothing in it."""
    return UsageError(f"{filename} is empty. A list has a line that names its columns, and a row for each person.")


def refuse_no_list(content: bytes, filename: str) -> None:
    """Raise UsageError for bytes that are plainly no list: nothing at all, far too many, an old Excel file, a web page."""
    if not content.strip():
        raise empty(filename)
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"{filename} has {len(content) / 1e6:,.0f} MB; a list has at most {MOST_BYTES // 1_000_000}. Split it, or leave out what is no list."
        )
    if content.startswith(_OLD_OFFICE):
        raise UsageError(
            f"{filename} is a workbook of an old kind or one with a password. Save it as .xlsx without a password, or as CSV in UTF-8."
        )
    if content.lstrip()[:20].lower().startswith(_PAGES):
        raise UsageError(
            f"{filename} is a web page, whatever it is called. Open it in a spreadsheet and save it as .xlsx or as CSV in UTF-8."
        )


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are those of a ZIP archive, as .xlsx is one."""
    return content.startswith(_ZIP)


def refuse_size(filename: str, rows: int, columns: int) -> None:
    """Raise UsageError where a table is larger than any list."""
    if columns > MOST_COLUMNS:
        raise UsageError(f"{filename} has a row of {columns:,} cells; a list has at most {MOST_COLUMNS:,} columns. Is the delimiter right?")
    if rows > MOST_ROWS:
        raise UsageError(f"{filename} has more than {MOST_ROWS:,} rows. Split it into several lists.")
