"""Triage on record: what was received and looked at and is not kept, with the reason, so that nothing is left out in silence.

The bytes do not enter the case. Names, sizes and hashes go into the record, which the log commits to with a salt: whoever later holds such a file can
show that it was among these, and nobody can read it from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.intake import files_offered
from witnessmark.case.telling import Standing, Tell, typed
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.deed import ItemsNotKept
from witnessmark.model.item import NotKept
from witnessmark.preserve.vault import hash_file
from witnessmark.store import queries


class Triaged(msgspec.Struct, frozen=True):
    """What is on record now: files of this run, their bytes, how many were on record before, and names that are no files."""

    files: int
    bytes: int
    unchanged: int
    passed_over: tuple[str, ...]


def record_not_kept(
    case: Case, paths: Iterable[Path], *, why: str, received_from: str | None = None, tell: Tell = lambda _: None
) -> Triaged:
    """Put on record that the files at and below these paths were received and not kept. Raises UsageError where one of them is an item of the case."""
    _refuse_no_reason(why)
    offered, refusals = files_offered(case.folder.root, paths)
    files = []
    for done, (name, path) in enumerate(offered):
        tell(Standing("files hashed", done, len(offered)))
        try:
            files.append(NotKept(name, path.stat().st_size, hash_file(path)))
        except OSError as error:
            raise StorageError(f"{name} cannot be read: {error.strerror or error}. Nothing was recorded.") from error
    recorded = record_files_not_kept(case, files, why=why, received_from=received_from)
    return msgspec.structs.replace(recorded, passed_over=tuple(refusal.name for refusal in refusals))


def record_files_not_kept(case: Case, files: Sequence[NotKept], *, why: str, received_from: str | None = None) -> Triaged:
    """Put on record that these files were received and not kept. Raises UsageError where one of them is an item of the case."""
    _refuse_no_reason(why)
    fresh = _fresh(case, files)
    if fresh:
        case.record([ItemsNotKept(tuple(fresh), why.strip(), received_from)])
    return Triaged(len(fresh), sum(file.size for file in fresh), len(files) - len(fresh), ())


def _refuse_no_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("What is not kept needs its reason: add --why TEXT.")


def _fresh(case: Case, files: Sequence[NotKept]) -> list[NotKept]:
    with case.asking() as connection:
        known = {file for deed in queries.not_kept(connection) for file in deed.files}
        labels = queries.labels(connection)
        kept = [(file, labels[file.sha256].number) for file in files if queries.is_held(connection, file.sha256)]
    if kept:
        file, number = kept[0]
        raise UsageError(
            f"{file.name} is kept: the case holds these bytes as {number}. Nothing was recorded. To destroy it: witnessmark dispose {typed(case.folder.root)} {number} --why TEXT --authority TEXT"
        )
    return [file for file in dict.fromkeys(files) if file not in known]
