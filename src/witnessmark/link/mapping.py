"""The mapping file of a list: which column holds what, how the list writes dates, whose list it is and how it was compiled.

It is TOML. An unknown key or field is an error with a suggestion: a misspelt one that is silently ignored would be believed.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from witnessmark.errors import UsageError
from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import DateOrder
from witnessmark.model.person import PersonStatus

NAMES = ("given", "father", "grandfather", "family", "mother", "full_name")
FIELDS = (*NAMES, "birth", "age", "sex", "place", "container", "died", "id")
"""What a column can hold. `died` is the date of death or disappearance, `place` where that was, `container` the larger place around it, `id` the list's own number."""
MEANS = {
    "given": "given names",
    "father": "names of fathers",
    "grandfather": "names of grandfathers",
    "family": "family names",
    "mother": "names of mothers",
    "full_name": "full names",
    "birth": "dates of birth",
    "age": "ages",
    "sex": "sexes",
    "place": "places",
    "container": "larger places",
    "died": "dates of death or disappearance",
    "id": "numbers of the list's own",
}
"""What a column of each field holds, in words."""
STATUSES = tuple(status.value for status in PersonStatus if status is not PersonStatus.UNKNOWN)
_NAMING = ("given", "family", "full_name")
_DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";"}
_NAME = re.compile(r"[^\W_](?:[\w .-]*\w)?")


_ASKED_FOR = {
    "source": '# source = "who compiled the list"',
    "compiled": '# compiled = "how: whom it could reach and whom it could not"',
    "status": '# status = "detained", "missing", "reported_dead" or "confirmed_dead": what it reports everyone on it as',
}
"""What no file tells, as lines to be filled in above the columns."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one list is read.

    `name` names the list among those it is linked to; `source` is the Source that compiled it and `compiled` how, in a person's own words; `status` is what the list reports everyone on it as (`STATUSES`). `columns` gives for
    a field of `FIELDS` the column that holds it, by its heading. What is None is not stated: the delimiter and encoding are then found from the
    file, the sheet is the first one with anything in it, the headings are the first filled row (else `header` is their line).
    """

    name: str
    columns: dict[str, str]
    source: str | None = None
    compiled: str | None = None
    status: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header: int | None = None
    date_order: DateOrder | None = None
    calendar: Calendar = Calendar.GREGORIAN

    @classmethod
    def load(cls, path: Path) -> Mapping:
        """Read a mapping file. Raises UsageError that says what does not fit."""
        try:
            return cls.decode(path.read_bytes(), str(path))
        except OSError as error:
            raise UsageError(f"The mapping {path} cannot be read: {error.strerror or error}.") from error

    @classmethod
    def decode(cls, content: bytes, filename: str = "The mapping") -> Mapping:
        """Read the content of a mapping file. Raises UsageError that says what does not fit."""
        try:
            stated = tomllib.loads(content.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(f"{filename} is no TOML file in UTF-8 ({error}).{_twice(str(error))}") from error
        _refuse_unknown(filename, "key", stated, cls.__struct_fields__)
        if isinstance(stated.get("columns"), dict):
            _refuse_unknown(filename, "field in columns", stated["columns"], FIELDS)
        _refuse_unknown_value(filename, stated, "date_order", DateOrder)
        _refuse_unknown_value(filename, stated, "calendar", Calendar)
        _refuse_unknown_value(filename, stated, "status", STATUSES)
        try:
            mapping = msgspec.convert(stated, cls)
        except msgspec.ValidationError as error:
            raise UsageError(f"{filename} does not fit: {error}.") from error
        mapping.check(filename)
        return mapping

    def check(self, filename: str = "The mapping") -> None:
        """Raise UsageError where what is stated contradicts itself or cannot be used."""
        _refuse_unknown(filename, "field in columns", self.columns, FIELDS)
        if not _NAME.fullmatch(self.name):
            raise UsageError(f"{filename} names the list {self.name!r}. Use letters, figures, spaces, points and hyphens.")
        if not any(field in self.columns for field in _NAMING):
            raise UsageError(f"{filename} maps no column to a name. Map at least one of: {', '.join(_NAMING)}.")
        for field, column in self.columns.items():
            other = next((name for name in self.columns if self.columns[name] == column), field)
            if other != field:
                raise UsageError(f"{filename} maps the column {column!r} both to {other} and to {field}. Leave one of them out.")
            if not column.strip():
                raise UsageError(f"{filename} maps {field} to a column without a name. Leave the field out, or name its column.")
        if self.delimiter is not None and len(self.cut or "") != 1:
            raise UsageError(
                f'{filename} states the delimiter {self.delimiter!r}. It is one character, or "tab"; leave it out to have it found.'
            )
        if self.cut in {'"', "\r", "\n"}:
            raise UsageError(f"{filename} states the delimiter {self.delimiter!r}, which cannot stand between cells.")
        if self.header is not None and self.header < 1:
            raise UsageError(f"{filename} states header = {self.header}. It is the line of the headings, counted from 1.")
        _refuse_encoding(filename, self.encoding)

    @property
    def cut(self) -> str | None:
        """The delimiter as a character; None where it is to be found."""
        return None if self.delimiter is None else _DELIMITERS.get(self.delimiter.lower(), self.delimiter)

    def toml(self, notes: dict[str, str] | None = None) -> str:
        """The mapping as a file for a person to look through, what is not stated left out. `notes` are remarks that stand above keys, by key."""
        stated = msgspec.to_builtins(self)
        remarks = {key: f"# {note}\n" for key, note in (notes or {}).items()}
        lines = [
            f"{remarks.get(key, '')}{key} = {_toml_value(value)}" for key, value in stated.items() if key != "columns" and value is not None
        ]
        lines += [hint for key, hint in _ASKED_FOR.items() if stated[key] is None]
        columns = [f"{field} = {_toml_value(column)}" for field, column in self.columns.items()]
        return "\n".join([*lines, "", f"{remarks.get('columns', '')}[columns]", *columns, ""])


def suggestion(word: str, known: Iterable[str]) -> str:
    """Did you mean ...? or else what is known."""
    known = [str(name) for name in known]
    lowered = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), lowered, n=1)
    return f"Did you mean {lowered[near[0]]!r}?" if near else f"Known: {', '.join(known)}."


def _refuse_unknown(filename: str, what: str, stated: Iterable[str], known: Iterable[str]) -> None:
    for key in stated:
        if key not in known:
            raise UsageError(f"{filename} has an unknown {what}: {key!r}. {suggestion(key, known)}")


def _refuse_unknown_value(filename: str, stated: dict[str, Any], key: str, known: Iterable[str]) -> None:
    value = stated.get(key)
    if isinstance(value, str) and value not in list(known):
        raise UsageError(f"{filename} states {key} = {value!r}. {suggestion(value, known)}")


def _refuse_encoding(filename: str, encoding: str | None) -> None:
    try:
        b" ".decode(encoding or "utf-8")
    except UnicodeError:  # one byte is too little in this encoding, which is therefore known
        return
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"{filename} states the encoding {encoding!r}, which is not known. Usual ones: utf-8, windows-1256, iso-8859-6, windows-1252."
        ) from error


def _twice(fault: str) -> str:
    return " State each key and each field once, with one column." if re.search(r"overwrite|duplicate|twice", fault, re.IGNORECASE) else ""


def _toml_value(value: str | int) -> str:
    """A TOML basic string is a JSON string but for DEL, which JSON leaves as it is."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
