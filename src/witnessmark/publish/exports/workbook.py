"""A workbook as analysts and registries open it: heads frozen and filtered, rows linked, nothing in it a formula, the same bytes for the same content.

Every text is stored as a text, whatever it begins with, so that nothing out of hostile evidence becomes a formula.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

Value = str | int | float | datetime | None

_MOST_CHARACTERS = 32_000
"""A cell holds 32,767."""

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can state; the time of writing would make two copies of one content differ."""


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its columns by name and width in characters, and its rows. `links` sends a cell (row and column, from 0) to a row of another sheet by title and number from 0."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    links: Mapping[tuple[int, int], tuple[str, int]] = {}


def workbook(sheets: Iterable[Sheet], *, creator: str, made: datetime) -> bytes:
    """The workbook's bytes. `made` is the time it states of itself, in UTC; texts come without characters that a cell cannot hold."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book, sheet)
    book.properties.creator = creator
    book.properties.created = book.properties.modified = made
    return _with_fixed_times(book)


def _write(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 -- openpyxl publishes no types
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    written, wrapped, link = (
        book.create_sheet(sheet.title),
        Alignment(wrap_text=True, vertical="top"),
        Font(color="0B4F8A", underline="single"),
    )
    for place, (name, width) in enumerate(sheet.columns, 1):
        cell = written.cell(1, place, name)
        cell.font, cell.fill, cell.alignment = Font(bold=True), PatternFill("solid", fgColor="E8E4DA"), wrapped
        written.column_dimensions[cell.column_letter].width = width
    number = 1
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row):
            if value is None:
                continue
            cell = written.cell(number, place + 1)
            cell.alignment = wrapped
            _put(cell, value)
            if target := sheet.links.get((number - 2, place)):
                _lead(cell, *target)
                cell.font = link
    written.freeze_panes = "B2"
    written.auto_filter.ref = f"A1:{written.cell(1, len(sheet.columns)).column_letter}{number}"
    written.print_title_rows = "1:1"
    written.page_setup.orientation, written.page_setup.fitToWidth, written.page_setup.fitToHeight = "landscape", 1, 0
    written.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(cell: Any, value: str | float | datetime) -> None:  # noqa: ANN401 -- openpyxl publishes no types
    """A text stays a text: openpyxl would make a formula of one that begins with "=", and a spreadsheet of one typed in again."""
    if isinstance(value, str):
        cell.value = value[:_MOST_CHARACTERS]
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd" if value.hour == value.minute == value.second == 0 else "yyyy-mm-dd hh:mm:ss"


def _lead(cell: Any, title: str, row: int) -> None:  # noqa: ANN401 -- openpyxl publishes no types
    """Makes of a cell a way to a row inside the workbook, never out of it."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A{row + 2}")


def _with_fixed_times(book: Any) -> bytes:  # noqa: ANN401 -- openpyxl publishes no types
    written, fixed = io.BytesIO(), io.BytesIO()
    modified = book.properties.modified
    book.save(written)
    stamp = modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":  # openpyxl states the time of saving as that of the last change
                content = content.replace(book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), stamp)
            info = zipfile.ZipInfo(member.filename, _FIXED_TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, content)
    return fixed.getvalue()
