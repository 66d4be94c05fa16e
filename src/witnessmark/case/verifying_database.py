"""Checking `case.db` for what it is: drawn from the logs once more, in a temporary folder, and compared row by row.

The case is not written to: a copy of the database is compared, since SQLite keeps files beside a database even to read it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from witnessmark.case.access import Access
from witnessmark.case.folder import CaseFolder
from witnessmark.case.sealed_names import forms_in
from witnessmark.case.telling import Standing, Tell, typed
from witnessmark.case.verifying_deeds import decode_deed
from witnessmark.case.work_folder import work_folder
from witnessmark.errors import CaseError, CustodyError, StorageError
from witnessmark.ledger.records import Record
from witnessmark.ledger.survey import Survey, sound_entries, sound_records
from witnessmark.ledger.untrusted import kind_of, open_plain, verdict_on
from witnessmark.model.deed import CaseWeighed, Deed
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.store.comparing import differing_rows, drawing, drawn_sizes
from witnessmark.store.findings import replace_findings
from witnessmark.store.projection import apply_all
from witnessmark.store.sealing import set_mask

SUBJECT = "case.db"
FINDINGS = {"answer", "incident"}
_TRIES = 3
_DIGITS = 18
_RUN = 500
"""How many entries are drawn at once, so that a run of received items is one statement for each table."""


def check_database(  # noqa: PLR0913 -- what a comparison rests on, each by its name
    folder: CaseFolder,
    surveys: Mapping[Stream, Survey],
    *,
    complete: bool,
    busy: bool,
    access: Access | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Check]:
    """Compare the database with the logs; `complete` says that all of them could be read, `access` opens an encrypted case."""
    rebuild = _way_on(folder)
    if kind_of(folder.database) is None:
        yield Check(SUBJECT, Verdict.NOT_CHECKED, "There is no database; the next command draws it from the records.")
    elif busy:
        yield Check(SUBJECT, Verdict.NOT_CHECKED, "Another process may be writing to it just now.")
    else:
        try:
            with work_folder(access) as scratch:
                yield from _compare(folder, surveys, scratch, access, complete=complete, tell=tell)
        except StorageError as error:
            yield Check(SUBJECT, Verdict.NOT_CHECKED, f"There was no room to draw it a second time: {error}")
        except PermissionError as error:
            yield Check(SUBJECT, *verdict_on(error))
        except (CustodyError, CaseError, OSError) as error:
            yield Check(SUBJECT, Verdict.FAIL, f"{verdict_on(error)[1]} {rebuild}")


def _compare(  # noqa: PLR0913 -- as check_database
    folder: CaseFolder, surveys: Mapping[Stream, Survey], scratch: Path, access: Access | None, *, complete: bool, tell: Tell
) -> Iterator[Check]:
    key = access.database_key if access is not None else None
    found, drawn = scratch / "found.db", scratch / "drawn.db"
    rebuild = _way_on(folder)
    if not _copy(folder.root, found):
        yield Check(SUBJECT, Verdict.NOT_CHECKED, "It changed while it was copied; run verify again when nobody writes.")
        return
    sizes = drawn_sizes(found, key)
    lengths = _check_lengths(sizes, surveys) if all(survey.opened for survey in surveys.values()) else None
    if lengths is not None:
        yield Check(SUBJECT, lengths.verdict, lengths.detail if lengths.verdict is Verdict.NOT_CHECKED else f"{lengths.detail} {rebuild}")
        return
    if not complete:
        yield Check(SUBJECT, Verdict.NOT_CHECKED, "The logs or their records are damaged, so what it should hold is not known.")
        return
    weighed_by = draw(folder.root, surveys, drawn, key=key, tell=tell)
    differing = differing_rows(found, drawn, key)
    ours = _our_version() if weighed_by is not None else None
    if weighed_by != ours:
        yield Check(
            SUBJECT, Verdict.NOT_CHECKED, f"Its findings were derived by weigh@{weighed_by}; this program has weigh@{ours}. {rebuild}"
        )
        differing = {table: rows for table, rows in differing.items() if table not in FINDINGS}
    for table, rows in differing.items():
        yield Check(SUBJECT, Verdict.FAIL, f"Table {table}: {rows} rows are not what the logs say. {rebuild}")
    if not differing and weighed_by == ours:
        yield Check(SUBJECT, Verdict.PASS, "It holds what the logs say: drawn from them once more and compared row by row.")


def _our_version() -> str:
    from witnessmark.corroborate import VERSION  # many cases are verified in which nothing was weighed

    return VERSION


def _way_on(folder: CaseFolder) -> str:
    return f"Run `witnessmark rebuild {typed(folder.root)}`."


def _copy(case: Path, found: Path) -> bool:
    """Copy the database with what SQLite keeps beside it; whether it stood still meanwhile."""
    for _ in range(_TRIES):
        before = _stamp(case)
        for beside in ("", "-wal", "-journal"):
            target = found.with_name(found.name + beside)
            target.unlink(missing_ok=True)
            if kind_of(case / f"{SUBJECT}{beside}") is not None:
                with open_plain(case, f"{SUBJECT}{beside}") as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
        if _stamp(case) == before:
            return True
    return False


def _stamp(case: Path) -> list[tuple[int, int, int]]:
    paths = [case / SUBJECT, case / f"{SUBJECT}-wal", case / f"{SUBJECT}-journal"]
    facts = [path.lstat() for path in paths if kind_of(path) is not None]
    return [(fact.st_ino, fact.st_size, fact.st_mtime_ns) for fact in facts]


def _check_lengths(sizes: Mapping[Stream, str], surveys: Mapping[Stream, Survey]) -> Check | None:
    """A check where the database says it has drawn less or more than the logs hold, None where it has drawn just that."""
    behind = []
    for stream, survey in surveys.items():
        size, length = sizes[stream], len(survey.entries)
        if not (size.isascii() and size.isdigit() and len(size) <= _DIGITS):
            return Check(SUBJECT, Verdict.FAIL, f"Table meta: size/{stream} is {size[:40]!r}, not a number of entries.")
        if int(size) > length:
            return Check(
                SUBJECT,
                Verdict.FAIL,
                f"It knows {size} entries of the {stream} log, which holds {length}: entries were removed, or it is another's.",
            )
        if int(size) < length:
            behind.append(stream)
    if not behind:
        return None
    return Check(SUBJECT, Verdict.NOT_CHECKED, f"It is behind the {' and '.join(behind)} log; the next command catches it up.")


def draw(case: Path, surveys: Mapping[Stream, Survey], drawn: Path, *, key: str | None = None, tell: Tell = lambda _: None) -> str | None:
    """Draw the logs into a new database as a rebuild does; the version that derived the findings, None where nothing was weighed.

    Raises CustodyError where what the records say does not fit together, StorageError where there is no room for it.
    """
    done, total = 0, sum(len(survey.entries) for survey in surveys.values())
    action, version = str(CaseWeighed.__struct_config__.tag), None
    try:
        with drawing(drawn, key) as connection:
            set_mask(connection, forms_in(sound_records(case, surveys[Stream.ANALYSIS])))
            for survey in surveys.values():
                last = max((entry.seq for entry in survey.entries if entry is not None and entry.action == action), default=-1)
                for run in _runs(_decoded(sound_entries(case, survey)), last):
                    apply_all(connection, run)
                    done += len(run)
                    tell(Standing("entries drawn", done, total))
                    entry, deed = run[-1]
                    if entry.seq == last and isinstance(deed, CaseWeighed):
                        from witnessmark.case.findings import derive_findings

                        replace_findings(connection, *derive_findings(connection, tell=tell))
                        version = deed.step.version
    except (ValueError, LookupError, ArithmeticError, RecursionError) as error:
        raise CustodyError(f"The logs cannot be drawn into a database ({error}).") from error
    return version


def _decoded(pairs: Iterable[tuple[Entry, Record | None]]) -> Iterator[tuple[Entry, Deed | None]]:
    return ((entry, decode_deed(entry, bytes(record.body)) if record is not None else None) for entry, record in pairs)


def _runs(pairs: Iterable[tuple[Entry, Deed | None]], last: int) -> Iterator[list[tuple[Entry, Deed | None]]]:
    """Entries and deeds in runs to be drawn at once, one of which ends with entry `last`."""
    run: list[tuple[Entry, Deed | None]] = []
    for pair in pairs:
        run.append(pair)
        if len(run) == _RUN or pair[0].seq == last:
            yield run
            run = []
    if run:
        yield run
