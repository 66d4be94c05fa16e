"""Verifying: every original re-hashed, every log entry, body, page and row compared, each called pass, fail or not-checked.

The order is the point: what lies in the vault is listed first, then the logs say what should, so that a verify beside a
working writer does not cry wolf. Nothing is believed of the database, nothing is written, and no fault ends the checking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from witnessmark.case.case import Tell
from witnessmark.case.comparing_checkpoints import Outside, compare
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder
from witnessmark.case.telling import typed
from witnessmark.case.verifying_checkpoints import check_checkpoints
from witnessmark.case.verifying_database import check_database
from witnessmark.case.verifying_deeds import Recorded, read_recorded
from witnessmark.case.verifying_dossier import check_dossier
from witnessmark.case.verifying_roster import check_roster
from witnessmark.case.verifying_vault import check_vault
from witnessmark.durable import UNFINISHED
from witnessmark.errors import CaseError, CustodyError
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, Found, kind_of, list_plain, open_plain, shown, verdict_on, walk_plain
from witnessmark.ledger.verify import check_logs, new_surveys
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict

_KNOWN = {
    "case.toml": FILE,
    "write.lock": FILE,
    "write.holder": FILE,
    "vault": FOLDER,
    "ledger": FOLDER,
    "records": FOLDER,
    "keys": FOLDER,
    "dossier": FOLDER,
    "dossier.new": FOLDER,
    "dossier.old": FOLDER,
}
_DATABASES = ("case.db", "members.db")
"""Whatever begins with these is a database or what SQLite keeps beside it."""


def verify_case(root: Path, *, outside: Outside | None = None, tell: Tell = lambda _: None) -> Iterator[Check]:
    """All checks of a case folder, and of its logs against what was kept `outside`. Raises CaseError where it is none or of a newer format; whatever else is wrong is a check that fails."""
    folder = CaseFolder(root)
    _refuse_what_is_no_case(folder)
    with _writer_at_work(folder.lock) as busy:
        if busy:
            yield Check("write.lock", Verdict.NOT_CHECKED, "Another process is writing; run verify again when it is done.")
        listed, faults = walk_plain(root, "vault")
        surveys, recorded = new_surveys(), Recorded()
        yield from check_recorded(folder, surveys, recorded, busy=busy, outside=outside)
        yield from _check_root(root)
        yield check_roster(root, busy=busy)
        yield from faults
        yield from check_vault(root, listed, recorded, surveys[Stream.CUSTODY], busy=busy, tell=tell)
        yield from check_dossier(root, recorded, surveys[Stream.ANALYSIS], busy=busy)
        complete = all(recorded.is_complete(survey) for survey in surveys.values())
        if recorded.format_version is not None and recorded.format_version < FORMAT_VERSION:
            yield Check(
                folder.database.name,
                Verdict.NOT_CHECKED,
                f"The case is in format {recorded.format_version}, and this program draws the database of format {FORMAT_VERSION}. "
                f"`witnessmark upgrade {typed(root)}` draws it anew.",
            )
        else:
            yield from check_database(folder, surveys, complete=complete, busy=busy, tell=tell)


def check_recorded(
    folder: CaseFolder, surveys: Mapping[Stream, Survey], recorded: Recorded, *, busy: bool = False, outside: Outside | None = None
) -> Iterator[Check]:
    """Check the logs, their records, the settings and what checkpoints left: all that the rest is compared with. Raises CaseError for a newer format."""
    yield from check_logs(folder.root, busy=busy, surveys=surveys, outside=outside is not None)
    yield from read_recorded(folder.root, surveys, recorded)
    yield _check_settings(folder, recorded, surveys[Stream.CUSTODY])
    yield from check_checkpoints(folder.root, recorded, surveys, busy=busy)
    if outside is not None:
        yield from compare(outside, recorded, surveys)


def _refuse_what_is_no_case(folder: CaseFolder) -> None:
    try:
        if kind_of(folder.settings_file) is None and kind_of(folder.root / "ledger") is None:
            folder.settings()
    except PermissionError as error:
        raise CaseError(f"{folder.root} cannot be opened: {error.strerror}.") from error


@contextmanager
def _writer_at_work(path: Path) -> Iterator[bool]:
    """Whether another process holds the case for writing; if none does, keep it so where this user may.

    The lock is taken without a note of who holds it, and never made: verifying leaves no file behind.
    """
    from filelock import FileLock, Timeout

    lock, busy = FileLock(path), False
    if kind_of(path) == FILE:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            busy = True
        except OSError:  # read-only: not ours to lock, and whoever may write is not known
            busy = False
    try:
        yield busy
    finally:
        lock.release()


def _check_settings(folder: CaseFolder, recorded: Recorded, custody: Survey) -> Check:
    opened, version = recorded.opened, recorded.format_version
    if version is not None and version > FORMAT_VERSION:
        raise CaseError(
            f"{folder.root} is in format {version}; this program knows {FORMAT_VERSION}. Install a newer witnessmark to verify it."
        )
    subject = folder.settings_file.name
    try:
        open_plain(folder.root, subject).close()
        settings = folder.settings()
    except CaseError as error:
        return Check(subject, Verdict.FAIL, shown(str(error)))
    except (OSError, CustodyError, ValueError, RecursionError) as error:
        return Check(subject, *verdict_on(error))
    if opened is None:
        return Check(subject, Verdict.NOT_CHECKED, "The entry that opened the case cannot be read, so there is nothing to compare it with.")
    if settings.title != opened.title:
        return Check(
            subject,
            Verdict.FAIL,
            f"title is {settings.title!r}; the case was opened with {opened.title!r}, and the record is what counts.",
        )
    if settings.format_version != version:
        return _check_format(subject, settings.format_version, recorded, custody)
    return Check(subject, Verdict.PASS, "Title and format as the record has them.")


def _check_format(subject: str, stated: int, recorded: Recorded, custody: Survey) -> Check:
    """A format that is not the recorded one: an upgrade interrupted just before its end, or somebody's doing."""
    seq, upgraded = recorded.upgraded or (-1, None)
    if upgraded is not None and stated == upgraded.before and seq == len(custody.entries) - 1:
        return Check(subject, Verdict.NOT_CHECKED, "An interrupted upgrade; run `witnessmark upgrade` once more.")
    return Check(
        subject,
        Verdict.FAIL,
        f"format_version is {stated!r}; by the record it is {recorded.format_version!r}, and the record is what counts.",
    )


def _check_root(root: Path) -> Iterator[Check]:
    """Everything at the top of the folder that has no business there, or is not the kind of thing it should be."""
    try:
        inside = list_plain(root, "")
    except OSError as error:
        yield Check(shown(root.name), *verdict_on(error))
        return
    for found in inside:
        wanted = FILE if found.name.startswith((*_DATABASES, "case.toml.")) else _KNOWN.get(found.name)
        check = _check_at_top(found, wanted)
        if check:
            yield check


def _check_at_top(found: Found, wanted: str | None) -> Check | None:
    subject = shown(found.name)
    interrupted = found.name.startswith("case.toml.") and found.name.endswith(UNFINISHED)
    if wanted is None or (found.name.startswith("case.toml.") and not interrupted):
        return Check(subject, Verdict.FAIL, f"A {found.kind} that is no part of a case.")
    if found.kind != wanted:
        return Check(subject, Verdict.FAIL, f"In the place of a {wanted} there is a {found.kind}.")
    if interrupted:
        return Check(subject, Verdict.NOT_CHECKED, "An interrupted write; it can be removed.")
    if found.name in {"dossier.new", "dossier.old"}:
        return Check(subject, Verdict.NOT_CHECKED, "An interrupted publish; the next command that writes settles it.")
    return None
