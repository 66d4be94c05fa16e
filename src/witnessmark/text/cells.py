"""What stands in a cell of a workbook, as text: the value a person sees there, in no language's own form."""

from __future__ import annotations

import datetime as dt


def cell_text(value: object) -> str:
    """The text of a value as openpyxl gives it: a date in ISO 8601, with its time where it has one; TRUE and FALSE as every spreadsheet keeps them; nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return str(value)
