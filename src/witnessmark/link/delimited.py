"""Lists as text with delimiters (CSV): nothing is dropped, and a quotation mark that is never closed costs its own row, not all rows after it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from witnessmark.errors import UsageError
from witnessmark.link.tables import Doubt, Table, TableRow, empty, refuse_size
from witnessmark.text.encoding import NotTextError, decode_text, unicode_by_shape

DELIMITERS = ",;\t|"
LOOKED_AT = 20
MOST_LINES = 100
"""Lines that one row may run over; beyond, a quotation mark is taken to be unclosed."""
MOST_IN_LINE = 2_000_000
_WIDE = ("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")
_SUSPECT_LINES = 5
_UNCLOSED = "A quotation mark in this line does not fit; the line was cut at its delimiters, quotation marks and all."
_LONG = "This row runs over several lines. Is a quotation mark unclosed, and are the lines within it rows of their own?"


def decoded(content: bytes, filename: str, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    """The file as characters with what is doubtful in them. `encoding` counts where the bytes do not show themselves to be Unicode.

    Raises UsageError where it is no text, or not in the encoding that was stated.
    """
    if encoding and encoding.lower().startswith(_WIDE):
        return _wide(content, filename, encoding), ()
    try:
        text, doubts = decode_text(content, encoding)
    except NotTextError as error:
        raise UsageError(
            f"{filename} is no text: {error}. Save it as CSV in UTF-8 or as .xlsx, or state its encoding in the mapping."
        ) from error
    if encoding and doubts and unicode_by_shape(content)[0] is None:
        raise UsageError(f"{filename} is not in the encoding {encoding!r} that the mapping states. Leave encoding out to have it guessed.")
    return text, doubts


def _wide(content: bytes, filename: str, encoding: str) -> str:
    """Text in a stated encoding of two or four bytes a character, whose zeros are no sign of anything else."""
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        raise UsageError(
            f"{filename} is not in the encoding {encoding!r} that the mapping states. Leave encoding out to have it guessed."
        ) from error


def delimited_table(content: bytes, filename: str, *, delimiter: str | None, encoding: str | None, columns: Iterable[str] = ()) -> Table:
    """The rows of a delimited text. Without a `delimiter`, the one that gives most of these `columns`, then most cells in the first filled line."""
    text, doubts = decoded(content, filename, encoding)
    if not text.strip():
        raise empty(filename)
    lines = list(io.StringIO(text, newline=""))
    longest = max(map(len, lines))
    if longest > MOST_IN_LINE:
        raise UsageError(f"{filename} has a line of {longest:,} characters; a list has at most {MOST_IN_LINE:,}. Is it a list of persons?")
    cut = delimiter or _delimiter(lines, {name.strip() for name in columns})
    table = Table([], [], [Doubt(1, None, "", doubt) for doubt in doubts])
    start = 0
    while start < len(lines):
        cells, used, fault = _row(lines, start, cut)
        refuse_size(filename, len(table.rows), len(cells))
        table.add(TableRow(start + 1, cells, {}))
        if fault:
            table.doubts.append(Doubt(start + 1, None, lines[start].rstrip("\r\n"), fault))
        start += used
    return table


def _delimiter(lines: list[str], columns: set[str]) -> str:
    """The one that gives most of these columns in a line, then most cells in the first filled line, of the first lines."""
    starts = [number for number, line in enumerate(lines[:LOOKED_AT]) if line.strip()][:LOOKED_AT]

    def fit(delimiter: str) -> tuple[int, int]:
        rows = [{cell.strip() for cell in _row(lines, start, delimiter)[0]} for start in starts]
        return max(len(row & columns) for row in rows), len(rows[0])

    return max(DELIMITERS, key=fit)


def _row(lines: list[str], start: int, delimiter: str) -> tuple[tuple[str, ...], int, str | None]:
    """The row that begins at this line: its cells, the lines it takes, and what is wrong with it."""
    reader = csv.reader((lines[number] for number in range(start, min(start + MOST_LINES, len(lines)))), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return tuple(lines[start].rstrip("\r\n").split(delimiter)), 1, _UNCLOSED
    return tuple(cells), reader.line_num, _LONG if reader.line_num > _SUSPECT_LINES else None
