"""Putting a list of receipts to use: which offered file each row speaks of, and the decisions it holds, recorded once.

A decision that was ever made as listed is not made again, not even after somebody took it back: what people decide later
counts for more than a list that is read again.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.received_list import TRANSLATION_OF, ReceivedList, Row, fault, is_number
from witnessmark.case.translating import refuse_circle, standing_originals
from witnessmark.case.translators import TRANSLATOR, named, on_record
from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DecisionMade
from witnessmark.preserve.vault import hash_file
from witnessmark.store import queries


class Offered(msgspec.Struct, frozen=True):
    """A file about to be added: its name as the receipt will give it (relative to the folder given), and where it really lies."""

    name: str
    path: Path


class Placed(msgspec.Struct, frozen=True):
    """The rows of a list by the file (its resolved path) each is about, and the file each translation was made from where the list names one."""

    listed: ReceivedList
    rows: dict[Path, Row]
    originals: dict[Path, Path]


def place(listed: ReceivedList, offered: Sequence[Offered]) -> Placed:
    """Find the file of each row among what is offered. Raises UsageError for one that is not there, is not the only one, or has two rows."""
    finder = _Finder(listed.path, offered)
    rows: dict[Path, Row] = {}
    for row in listed.rows:
        path = finder.find(row.line, row.file)
        if path in rows:
            raise fault(listed.path, row.line, f"{row.file} has a row already, on line {rows[path].line}.")
        rows[path] = row
    originals = {
        path: finder.find(row.line, row.translation_of)
        for path, row in rows.items()
        if row.translation_of and not (is_number(row.translation_of) and not finder.knows(row.translation_of))
    }
    return Placed(listed, rows, originals)


def refuse_unknown_originals(placed: Placed, case: Case | None) -> None:
    """Raise UsageError, before anything is stored, for an original that is not in the case, or a translation that goes in a circle.

    `case` is None where there is no case yet, hence no short number.
    """
    if case is not None:
        for _ in _translations(case, placed, _hash):
            pass
        return
    for path, row in placed.rows.items():
        if row.translation_of and path not in placed.originals:
            raise fault(placed.listed.path, row.line, f"there is no {row.translation_of} in a case that is only being made.")


def decide_as_listed(case: Case, placed: Placed, kept: Mapping[Path, str]) -> int:
    """Record the decisions of a list on the items its files became (`kept`: resolved path to sha256); how many were new."""
    with case.asking() as connection:
        made = {(d.subject, d.field, d.value, d.why) for d in queries.decisions(connection)}
        count = queries.decision_count(connection)
    wanted = [(kept[path], field, value, row.why) for path, row in placed.rows.items() if path in kept for field, value in row.decisions]
    wanted += [(item, TRANSLATION_OF, original, row.why) for row, item, original in _translations(case, placed, kept.get)]
    wanted += [
        (kept[path], TRANSLATOR, on_record(case, named(row.translator)), row.why)
        for path, row in placed.rows.items()
        if path in kept and row.translator is not None
    ]
    at, by = now(), case.actor
    fresh = [one for one in dict.fromkeys(wanted) if one not in made]
    case.record(
        [
            DecisionMade(Decision(f"decision-{count + place}", item, field, value, why, by, at))
            for place, (item, field, value, why) in enumerate(fresh, 1)
        ]
    )
    return len(fresh)


def _translations(case: Case, placed: Placed, item_at: Callable[[Path], str | None]) -> Iterator[tuple[Row, str, str]]:
    """Each row that names an original with the two items, but for files that could not be received, and decisions made before."""
    with case.asking() as connection:
        decisions = queries.decisions(connection)
        labels = {label.number: item for item, label in queries.labels(connection).items() if label.number.startswith("I")}
    made = {(d.subject, d.value, d.why) for d in decisions if d.field == TRANSLATION_OF}
    originals = standing_originals(decisions)
    for path, row in placed.rows.items():
        if row.translation_of is None:
            continue
        if path not in placed.originals and row.translation_of.upper() not in labels:
            raise fault(placed.listed.path, row.line, f"there is no item {row.translation_of.upper()} in this case.")
        item = item_at(path)
        original = item_at(placed.originals[path]) if path in placed.originals else labels[row.translation_of.upper()]
        if item is None or original is None or (item, original, row.why) in made:
            continue
        try:
            refuse_circle(originals, item, original)
        except UsageError as error:
            raise fault(placed.listed.path, row.line, str(error)) from error
        originals[item] = original
        yield row, item, original


def _hash(path: Path) -> str | None:
    try:
        return hash_file(path)
    except OSError:
        return None  # it will be refused on record when it is to be preserved


class _Finder:
    """Finds offered files by what a person typed: the path in the folder given, the path from the list, or a file name that only one has."""

    def __init__(self, path: Path, offered: Sequence[Offered]) -> None:
        self._list = path
        self._names: dict[str, set[Path]] = {}
        self._last: dict[str, set[Path]] = {}
        self._paths = {one.path for one in offered}
        for one in offered:
            name = unicodedata.normalize("NFC", one.name)
            self._names.setdefault(name, set()).add(one.path)
            self._last.setdefault(PurePosixPath(name).name, set()).add(one.path)

    def find(self, line: int, typed: str) -> Path:
        """The file. Raises UsageError where none or more than one fits."""
        fitting = [found for found in self._fitting(typed) if found]
        single = next((found for found in fitting if len(found) == 1), None)
        if single is not None:
            return next(iter(single))
        if fitting:
            raise fault(
                self._list, line, f"{len(fitting[0])} of the files to be added are called {typed}. Write the path from the folder given."
            )
        near = difflib.get_close_matches(typed, self._names, n=1)
        hint = f"Did you mean {near[0]}?" if near else "Write its path from the folder given, or from the list."
        raise fault(self._list, line, f"{typed} is not among the files to be added. {hint}")

    def knows(self, typed: str) -> bool:
        """Whether any file fits."""
        return any(self._fitting(typed))

    def _fitting(self, typed: str) -> Iterator[set[Path]]:
        for way in dict.fromkeys([typed, typed.replace("\\", "/")]):
            name = unicodedata.normalize("NFC", way).removeprefix("./")
            yield self._names.get(name, set())
            yield {(self._list.parent / way).resolve()} & self._paths
            yield self._last.get(name, set())
