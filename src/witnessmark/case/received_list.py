"""The list of receipts: a table in which a person says of each file what they received with it, and what they decided of it.

It is read and checked whole before anything is stored: a column nobody knows, a value that does not fit, a row twice or a row
of a file that is not there is an error that names the line. An empty cell says nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from witnessmark.case.translators import TRANSLATOR, named, refuse_name_in_reason
from witnessmark.errors import UsageError
from witnessmark.model.consent import Purpose
from witnessmark.model.item import Protection, ReleaseState, Sensitivity
from witnessmark.text.encoding import NotTextError, decode_text

RECEIPT = ("source", "published", "received_from", "already_public")
"""Columns that go onto the receipt of the file."""

DECISIONS: dict[str, type[StrEnum]] = {"sensitivity": Sensitivity, "protection": Protection, "release": ReleaseState, "consent": Purpose}
TRANSLATION_OF = "translation_of"
"""Columns that become decisions, with their values; a translation's value is another file, its translator's a name."""

COLUMNS = ("file", *RECEIPT, *DECISIONS, "why", TRANSLATION_OF, TRANSLATOR)
_DELIMITERS = ",;\t"
_NUMBER = re.compile(r"[Ii]\d+")
_YES = {"yes": True, "no": False}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Row(msgspec.Struct, frozen=True):
    """What the list says of one file, by `line` of the list; None where its cell is empty.

    `decisions` are field and value; `why` is the reason, naming the list, empty where nothing is decided. `translation_of` and
    `translator` are as typed.
    """

    line: int
    file: str
    source: str | None = None
    published: str | None = None
    received_from: str | None = None
    already_public: bool | None = None
    decisions: tuple[tuple[str, str], ...] = ()
    why: str = ""
    translation_of: str | None = None
    translator: str | None = None


class ReceivedList(msgspec.Struct, frozen=True):
    """A list that was read: its `path` and its rows, each well formed; whether their files are there is asked by `case.listed.place`."""

    path: Path
    rows: tuple[Row, ...]


def read_list(path: Path) -> ReceivedList:
    """Read a list (CSV with commas, semicolons or tabs in UTF-8, or the first sheet of a workbook). Raises UsageError naming the line."""
    lines = _workbook_lines(path) if path.suffix.lower() == ".xlsx" else _text_lines(path)
    header = next(lines, None)
    if header is None:
        raise UsageError(f"{path} is empty. Its first line names the columns: {', '.join(COLUMNS)}.")
    columns = _columns(path, *header)
    return ReceivedList(path, tuple(_row(path, line, columns, cells) for line, cells in lines))


def is_number(typed: str) -> bool:
    """Whether what was typed as an original is a short number (I3)."""
    return _NUMBER.fullmatch(typed) is not None


def fault(path: Path, line: int, what: str) -> UsageError:
    """The error of one line of a list."""
    return UsageError(f"{path}, line {line}: {what} Nothing was added.")


def _text_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each filled row with the line it begins on."""
    try:
        text, doubts = decode_text(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The list {path} cannot be read: {error.strerror or error}. Nothing was added.") from error
    except NotTextError as error:
        raise UsageError(f"The list {path} is no text: {error}. Save it as CSV in UTF-8, or as .xlsx. Nothing was added.") from error
    if doubts:
        raise UsageError(
            f"The list {path} is not in UTF-8, so names in it could come out wrong. Save it as CSV in UTF-8. Nothing was added."
        )
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, [" ".join(cell.split()) for cell in cells]
            before = reader.line_num
    except csv.Error as error:
        raise fault(path, before + 1, f"the row cannot be read ({error}).") from error


def _workbook_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            rows = [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
            book.close()
    except OSError as error:
        raise UsageError(f"The list {path} cannot be read: {error.strerror or error}. Nothing was added.") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise UsageError(
            f"The list {path} is no Excel workbook ({error}). Save it as .xlsx or as CSV in UTF-8. Nothing was added."
        ) from error
    yield from ((line, cells) for line, cells in enumerate(rows, 1) if any(cells))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return " ".join(str(value).split()) if value is not None else ""


def _columns(path: Path, line: int, header: list[str]) -> list[str]:
    columns = [re.sub(r"[\s-]+", "_", cell.casefold()) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    for name, written in zip(columns, header, strict=False):
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(COLUMNS)}."
            raise fault(path, line, f"there is no column {written!r}. {hint}")
        if columns.count(name) > 1:
            raise fault(path, line, f"the column {name} is there twice.")
    if "file" not in columns:
        raise fault(path, line, "the column file is missing; it says of which file a row speaks.")
    return columns


def _row(path: Path, line: int, columns: list[str], cells: list[str]) -> Row:
    if any(cells[len(columns) :]):
        raise fault(
            path,
            line,
            f"there are {len(cells)} cells for {len(columns)} columns. Put a cell that holds a separator between quotation marks.",
        )
    said = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
    if "file" not in said:
        raise fault(path, line, "the file is not named.")
    decisions = tuple((field, _value(path, line, field, said[field])) for field in DECISIONS if field in said)
    if (decisions or TRANSLATION_OF in said) and "why" not in said:
        decided = decisions[0][0] if decisions else TRANSLATION_OF
        raise fault(path, line, f"{decided} is a decision, and a decision needs its reason: fill the column why.")
    if TRANSLATOR in said:
        _refuse_translator(path, line, said)
    if "published" in said and not is_day(said["published"]):
        raise fault(path, line, f"published is {said['published']!r}, which is no day. Write it as year-month-day, such as 2017-05-16.")
    if said.get("already_public", "yes").casefold() not in _YES:
        raise fault(path, line, f"already_public is {said['already_public']!r}. Choose one of: yes, no.")
    return Row(
        line=line,
        file=said["file"],
        source=said.get("source"),
        published=said.get("published"),
        received_from=said.get("received_from"),
        already_public=_YES[said["already_public"].casefold()] if "already_public" in said else None,
        decisions=decisions,
        why=f"{said['why']} (as listed in {path.name})" if decisions or TRANSLATION_OF in said else "",
        translation_of=said.get(TRANSLATION_OF),
        translator=said.get(TRANSLATOR),
    )


def _refuse_translator(path: Path, line: int, said: dict[str, str]) -> None:
    """Raise UsageError where a row names a translator of nothing, a machine as if it were a person, or a person in its reason."""
    if TRANSLATION_OF not in said:
        raise fault(path, line, f"{TRANSLATOR} says who made a translation: fill {TRANSLATION_OF}, too.")
    try:
        refuse_name_in_reason(named(said[TRANSLATOR]), said["why"])
    except UsageError as error:
        raise fault(path, line, str(error)) from error


def _value(path: Path, line: int, field: str, written: str) -> str:
    """The value as a decision keeps it. Raises UsageError where it is none of the field's."""
    known, several = list(DECISIONS[field]), field == "consent"
    values = [value.strip().casefold() for value in (written.split(",") if several else [written])]
    if several and values == ["none"]:
        return "none"
    for value in values:
        if value not in known:
            choice = "Choose from" if several else "Choose one of"
            raise fault(path, line, f"{field} cannot be {value!r}. {choice}: {', '.join(known)}.")
    return ",".join(dict.fromkeys(values))


def is_day(written: str) -> bool:
    """Whether it is a day as receipts have it, such as 2017-05-16."""
    try:
        dt.date.fromisoformat(written)
    except ValueError:
        return False
    return _DAY.fullmatch(written) is not None
