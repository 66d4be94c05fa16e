"""Tables: one line of text for each row, cells as written with " | " between them, each row anchored.

A table is text for people and rules to read here; lists of victims are read again, cell by cell, where they are linked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from witnessmark.model.document import AnchorKind
from witnessmark.read.archive import UNPACKING_FAULTS, check_archive
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, described
from witnessmark.read.held_pictures import HeldPictures, keep_of_archive
from witnessmark.read.plain import MAX_TEXT_BYTES, read_bytes
from witnessmark.read.request import ReadParams
from witnessmark.text.cells import cell_text
from witnessmark.text.encoding import NotTextError, decode_text

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_DELIMITERS = ",;\t|"
_SNIFFED = 8192
_CELL_JOIN = " | "
MOST_COLUMNS = 1000
"""Cells of a row that are read; sheets that claim their 16,384 columns are formatting, not data."""
MOST_CELLS = 20_000_000
"""Cells of a sheet that are looked at, empty ones too, 4 s of work here: a few bytes put a value into the last column of each of a million rows."""
MOST_EMPTY_ROWS = 10_000
"""Empty rows in a row after which a sheet is taken to have ended; some claim a million."""


def read_delimited(original: Original, params: ReadParams) -> Extract:
    """CSV and its kin, the delimiter found from the first lines."""
    try:
        text, doubts = decode_text(read_bytes(original.path, MAX_TEXT_BYTES, "table"))
    except NotTextError as error:
        raise UnreadableError(f"The table is not text: {error}.") from error
    delimiter = _delimiter(text, original.media_type)
    passages, problems = Passages("\n"), list(doubts)
    csv.field_size_limit(MAX_TEXT_BYTES)
    try:
        _add_rows(passages, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), "", params, problems)
    except csv.Error as error:
        problems.append(f"The table could not be read to its end ({error}).")
    metadata = described({"delimiter": "tab" if delimiter == "\t" else delimiter})
    return Extract(passages.text, anchors=tuple(passages.anchors), problems=tuple(problems), metadata=metadata, dates_itself=False)


def read_workbook(original: Original, params: ReadParams) -> Extract:
    """All sheets of an Excel workbook, hidden ones included; formulas as the values last computed, pictures as children."""
    check_archive(original.path, "xl/workbook.xml", "Excel workbook")
    from xml.etree.ElementTree import ParseError

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    passages, problems = Passages("\n"), list[str]()
    try:
        with original.path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    problems.append(f"The sheet {sheet.title} is hidden in the workbook; it was read too.")
                _add_rows(passages, _sheet_rows(sheet, problems), f"{sheet.title} row ", params, problems)
            stated = book.properties
            book.close()
        pictures = HeldPictures()
        keep_of_archive(pictures, original.path, "xl/media/")
    except (
        InvalidFileException,
        ParseError,
        SyntaxError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        *UNPACKING_FAULTS,
    ) as error:
        raise UnreadableError(f"The Excel workbook is damaged ({error}).") from error
    return Extract(
        passages.text,
        title=stated.title or None,
        author=stated.creator or None,
        anchors=tuple(passages.anchors),
        problems=(*problems, *pictures.problems()),
        metadata=described(
            {
                "sheets": ", ".join(book.sheetnames),
                "created": stated.created,
                "modified": stated.modified,
                "last modified by": stated.lastModifiedBy,
                "subject": stated.subject,
                **pictures.told(),
            }
        ),
        children=pictures.children,
        dates_itself=False,
    )


def _delimiter(text: str, media_type: str) -> str:
    if media_type == "text/tab-separated-values":
        return "\t"
    try:
        return csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS).delimiter
    except csv.Error:
        first = text[:_SNIFFED].partition("\n")[0]
        return max(_DELIMITERS, key=first.count)


def _add_rows(passages: Passages, rows: Iterable[list[str]], label: str, params: ReadParams, problems: list[str]) -> None:
    kept = 0
    for number, cells in enumerate(rows, 1):
        line = _CELL_JOIN.join(" ".join(cell.split()) for cell in cells)
        if not any(cells) or not line.strip(" |"):
            continue
        if kept == params.table_rows:
            where = f" of the sheet {label.removesuffix(' row ')}" if label else ""
            problems.append(f"Only the first {params.table_rows:,} filled rows{where} were read.")
            return
        kept += 1
        passages.add(line, AnchorKind.ROW, f"{label}{number}")


def _sheet_rows(sheet: ReadOnlyWorksheet, problems: list[str]) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file claims of its size is often wrong
    empty = seen = 0
    cut = False
    for row in sheet.iter_rows(values_only=True):
        seen += len(row)
        if seen > MOST_CELLS:
            problems.append(f"Only the first {MOST_CELLS:,} cells of the sheet {sheet.title} were read, empty ones counted.")
            return
        cells = [cell_text(value) for value in row[:MOST_COLUMNS]]
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if len(row) > MOST_COLUMNS and not cut:
            cut = True
            problems.append(f"Only the first {MOST_COLUMNS:,} columns of the sheet {sheet.title} were read.")
        while cells and not cells[-1]:
            cells.pop()
        yield cells


DELIMITED = Reader("table", "1", read_delimited)
WORKBOOK = Reader("workbook", "2", read_workbook)
