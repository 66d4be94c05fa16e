"""The tables as CSV and as a workbook, in which nothing out of hostile evidence is ever a formula.

A text that a spreadsheet would take for a formula has an apostrophe before it (OWASP, CSV injection), and so has one that begins with an apostrophe: whoever
takes one apostrophe off the front of every text that has one has the text again. Control characters and those that turn the reading direction are written out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime

from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.tables import Cell, Table, tables
from witnessmark.publish.exports.workbook import Sheet, workbook
from witnessmark.publish.visible import visible

BOM = "\ufeff"
"""Without it spreadsheets read UTF-8 as something else, and Arabic is lost."""

_OPENS_A_FORMULA = frozenset("=+-@|%＝＋－＠'")

CREATOR = "Witnessmark"


def csv_files(book: Casebook) -> dict[str, bytes]:
    """`claims.csv`, `incidents.csv`, `items.csv`, `answers.csv` and `places.csv`: RFC 4180, UTF-8 with a byte-order mark."""
    return {f"{table.name}.csv": _csv(table) for table in tables(book)}


def xlsx(book: Casebook) -> bytes:
    """One workbook with a sheet for each table; an id leads to its row."""
    found = tables(book)
    rows = {table.name: {row[0]: place for place, row in enumerate(table.rows)} for table in found if table.name != "answers"}
    made = datetime.fromisoformat(book.view.as_of).replace(tzinfo=None) if book.view.as_of else datetime(1980, 1, 1)  # noqa: DTZ001 -- a workbook's times know no zone
    return workbook((_sheet(table, rows) for table in found), creator=CREATOR, made=made)


def _csv(table: Table) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([harmless(value) for value in row] for row in table.rows)
    return (BOM + written.getvalue()).encode()


def harmless(value: Cell) -> Cell:
    """A cell that no spreadsheet runs; numbers are ours and stay numbers."""
    if not isinstance(value, str):
        return value
    text = cell_text(value)
    return f"'{text}" if text[:1] in {"\t", "\n"} or text.lstrip()[:1] in _OPENS_A_FORMULA else text


def cell_text(value: str) -> str:
    """A text as a cell can hold it: line ends as one character, every other control character written out."""
    return visible(value.replace("\r\n", "\n").replace("\r", "\n")).replace("\x0c", "⟦U+000C⟧")


def _sheet(table: Table, rows: Mapping[str, Mapping[Cell, int]]) -> Sheet:
    links = {
        (at, place): (column.leads_to, rows[column.leads_to][value])
        for place, column in enumerate(table.columns)
        if column.leads_to
        for at, row in enumerate(table.rows)
        if (value := row[place]) in rows[column.leads_to]
    }
    shown = [tuple(cell_text(value) if isinstance(value, str) else value for value in row) for row in table.rows]
    return Sheet(table.name, [(column.name, column.width) for column in table.columns], shown, links)
