"""Lists as Excel workbooks (.xlsx): the values as Excel last showed them, with formulas and merged cells told and not interpreted.

The archive is looked at before it is unpacked: zip bombs, document types (which can name files and addresses to load) and other kinds of archive are refused.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from witnessmark.errors import UsageError
from witnessmark.link.tables import Doubt, Table, TableRow, refuse_size
from witnessmark.text.cells import cell_text
from witnessmark.text.prolog import LOOKED_AT, has_plain_beginning

MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 5_000
MOST_RATIO = 200
"""Times its packed size that a member of over 10 MB may unpack to; sheets of 60,000 rows measured 10 to 16 times."""
MOST_CELLS = 20_000_000

_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ParseError, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)  # fmt: skip
"""What openpyxl and the archive raise for damaged, encrypted or unknown content."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7})(:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PIECE = 1 << 20
_ACROSS = 200
"""Characters by which pieces overlap, so that no tag falls between two."""


def workbook_table(content: bytes, filename: str, *, sheet: str | None) -> Table:
    """The rows of one sheet: the one named, else the first visible one that holds anything.

    Raises UsageError where it is no such workbook, has no such sheet, or is larger than any list.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_archive(content, filename)
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        chosen = _chosen(values, filename, sheet)
        markup = _markup(content, chosen)
        table = Table([], [], _other_sheets(values, chosen), values.epoch.date(), from_sheet=True)
        if any(_FORMULA.search(piece) for piece in markup()):
            written = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            _read(table, chosen, written[chosen.title], filename)
        else:
            _read(table, chosen, None, filename)
        table.doubts.extend(_merged(markup()))
    except (InvalidFileException, *_FAULTS) as error:
        raise UsageError(
            f"{filename} is no Excel workbook that can be read ({error}). Save it as .xlsx again, or as CSV in UTF-8."
        ) from error
    return table


def _check_archive(content: bytes, filename: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            raise UsageError(f"{filename} is an archive, but no .xlsx workbook. Save the list as .xlsx or as CSV in UTF-8.")
        unpacked = sum(info.file_size for info in members)
        bomb = any(info.file_size > 10_000_000 and info.file_size > MOST_RATIO * max(1, info.compress_size) for info in members)
        if bomb or unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
            raise UsageError(
                f"{filename} looks like a zip bomb: {len(content) / 1e6:,.1f} MB would unpack to {unpacked / 1e6:,.0f} MB in {len(members):,} parts. It was not opened."
            )
        for info in members:
            if info.filename.lower().endswith((".xml", ".rels", ".vml")) and info.file_size:
                with archive.open(info) as part:
                    if not has_plain_beginning(part.read(LOOKED_AT)):
                        raise UsageError(
                            f"{filename} is not read: its part {info.filename} declares a document type, which Excel never writes and which can name files and addresses to load."
                        )


def _chosen(book: Any, filename: str, wanted: str | None) -> Any:  # noqa: ANN401 -- openpyxl publishes no types
    sheets = book.worksheets
    names = ", ".join(repr(sheet.title) for sheet in sheets)
    if wanted is not None:
        found = next((sheet for sheet in sheets if sheet.title == wanted), None)
        if found is None:
            raise UsageError(f"{filename} has no sheet {wanted!r}. Its sheets: {names}.")
        return found
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file claims of its size is often wrong
        if sheet.sheet_state == "visible" and any(
            value is not None for row in sheet.iter_rows(max_row=50, values_only=True) for value in row
        ):
            return sheet
    raise UsageError(f"{filename} has no visible sheet with anything in it. Its sheets: {names}. Name one as sheet in the mapping.")


def _other_sheets(book: Any, chosen: Any) -> list[Doubt]:  # noqa: ANN401
    others = [sheet.title for sheet in book.worksheets if sheet.title != chosen.title]
    what = (
        f"Only the sheet {chosen.title!r} was read. If another is meant, name it as sheet in the mapping; each sheet is a list of its own."
    )
    return [Doubt(1, None, ", ".join(others), what)] if others else []


def _markup(content: bytes, chosen: Any) -> Callable[[], Iterator[bytes]]:  # noqa: ANN401
    """A function that gives the sheet's XML in overlapping pieces."""

    def pieces() -> Iterator[bytes]:
        before = b""
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(chosen._worksheet_path) as part:  # noqa: SLF001 -- which part a sheet is in, openpyxl says nowhere else
            while piece := part.read(_PIECE):
                yield before + piece
                before = piece[-_ACROSS:]

    return pieces


def _read(table: Table, values: Any, formulas: Any, filename: str) -> None:  # noqa: ANN401
    values.reset_dimensions()
    if formulas is not None:
        formulas.reset_dimensions()
    written = iter(()) if formulas is None else formulas.iter_rows(values_only=True)
    seen = 0
    for line, row in enumerate(values.iter_rows(values_only=True), 1):
        cells, days = _cells(row)
        seen += len(row)
        _formulas(table, line, next(written, ()), cells)
        while cells and not cells[-1]:
            cells.pop()
        refuse_size(filename, line, len(cells))
        if seen > MOST_CELLS:
            raise UsageError(f"{filename} has more than {MOST_CELLS:,} cells, empty ones counted. Copy the list alone into a new workbook.")
        table.add(TableRow(line, tuple(cells), days))


def _cells(row: tuple[object, ...]) -> tuple[list[str], dict[int, dt.date]]:
    days = {number: value.date() for number, value in enumerate(row) if isinstance(value, dt.datetime)}
    return [_text(value) for value in row], days


def _text(value: object) -> str:
    """The text of a cell; a whole number that a spreadsheet keeps as a fraction ("33.0") is a whole number."""
    return cell_text(int(value) if isinstance(value, float) and value.is_integer() else value)


def _formulas(table: Table, line: int, row: tuple[object, ...], cells: list[str]) -> None:
    """Tells each formula; one that was never computed stands as itself in place of its value."""
    for number, cell in enumerate(row):
        formula = getattr(cell, "text", cell)  # an array formula is an object of its own
        if not (isinstance(formula, str) and formula.startswith("=")):
            continue
        if number < len(cells) and cells[number]:
            if cells[number] != formula:
                table.doubts.append(Doubt(line, number, formula, "A formula; what it last gave was taken."))
            continue
        cells.extend([""] * (number + 1 - len(cells)))
        cells[number] = formula
        table.doubts.append(Doubt(line, number, formula, "A formula that was never computed. Open and save the workbook in a spreadsheet."))


def _merged(pieces: Iterator[bytes]) -> list[Doubt]:
    found = dict.fromkeys(match.groups() for piece in pieces for match in _MERGED.finditer(piece))
    return [
        Doubt(
            int(row),
            _column(letters.decode()),
            (letters + row + last).decode(),
            "Merged cells: the value stands in the first only, and nothing was filled into the others.",
        )
        for letters, row, last in found
    ]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
