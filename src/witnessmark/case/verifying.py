"""Verifying: every original re-hashed, every log entry, body, page and row compared, each called pass, fail or not-checked.

The order is the point: what lies in the vault is listed first, then the logs say what should, so that a verify beside a
working writer does not cry wolf. Nothing is believed of the database, nothing is written, and no fault ends the checking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from witnessmark.case.access import Access, access_if_unlocked
from witnessmark.case.comparing_checkpoints import Outside, compare
from witnessmark.case.drawing_aside import drawing_aside
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder
from witnessmark.case.telling import Tell, typed
from witnessmark.case.verifying_checkpoints import check_checkpoints
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
from witnessmark.text.masking import is_covered

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


def verify_case(
    root: Path, *, outside: Outside | None = None, tell: Tell = lambda _: None, access: Access | None = None
) -> Iterator[Check]:
    """All checks of a case folder, and of its logs against what was kept `outside`; of a locked one all that needs no key, unless `access` opens it.

    Raises CaseError where it is none or of a newer format; whatever else is wrong is a check that fails.
    """
    folder = CaseFolder(root)
    _refuse_what_is_no_case(folder)
    encrypted, access = _standing_of(folder, access)
    with _writer_at_work(folder.lock) as busy, drawing_aside(folder, encrypted=encrypted, busy=busy) as aside:
        if busy:
            yield Check("write.lock", Verdict.NOT_CHECKED, "Another process is writing; run verify again when it is done.")
        listed, faults = walk_plain(root, "vault")
        surveys, recorded = new_surveys(sealed=encrypted, sealing=access.cipher if access else None), Recorded()
        yield from check_recorded(folder, surveys, recorded, busy=busy, outside=outside)
        if not _is_of_older_format(recorded):
            aside.ask(folder, surveys, complete=_is_complete(surveys, recorded))
        yield from _check_root(root)
        yield from faults
        if encrypted:
            from witnessmark.case.verifying_sealed import check_keys, check_sealed_dossier, check_sealed_vault

            yield from check_keys(root)
            yield from check_sealed_vault(root, listed, recorded, surveys[Stream.CUSTODY], access, busy=busy, tell=tell)
            yield check_sealed_dossier(root, recorded, surveys[Stream.ANALYSIS], access, busy=busy)
        else:
            yield from check_vault(root, listed, recorded, surveys[Stream.CUSTODY], busy=busy, tell=tell)
            yield from check_dossier(root, recorded, surveys[Stream.ANALYSIS], busy=busy)
        if encrypted and access is None:
            for name in _DATABASES:
                yield Check(name, Verdict.NOT_CHECKED, "The case is locked: what is in it is seen once it is unlocked.")
            return
        yield check_roster(root, access, busy=busy)
        drawn = aside.checks(tell)
        yield from drawn if drawn is not None else _check_drawn(folder, surveys, recorded, access, busy=busy, tell=tell)


def _standing_of(folder: CaseFolder, access: Access | None) -> tuple[bool, Access | None]:
    """Whether a case is encrypted, and what opens it; a case whose settings cannot be read is taken for one that is not."""
    try:
        open_plain(folder.root, folder.settings_file.name).close()  # never a pipe that would be waited for
        return folder.settings().encrypted, access or access_if_unlocked(folder)
    except (CaseError, CustodyError, OSError, ValueError, RecursionError):
        return False, None


def _check_drawn(  # noqa: PLR0913 -- what a comparison rests on, each by its name
    folder: CaseFolder, surveys: Mapping[Stream, Survey], recorded: Recorded, access: Access | None, *, busy: bool, tell: Tell
) -> Iterator[Check]:
    if _is_of_older_format(recorded):
        yield Check(
            folder.database.name,
            Verdict.NOT_CHECKED,
            f"The case is in format {recorded.format_version}, and this program draws the database of format {FORMAT_VERSION}. "
            f"`witnessmark upgrade {typed(folder.root)}` draws it anew.",
        )
        return
    from witnessmark.case.verifying_database import check_database

    yield from check_database(folder, surveys, access=access, complete=_is_complete(surveys, recorded), busy=busy, tell=tell)


def _is_of_older_format(recorded: Recorded) -> bool:
    return recorded.format_version is not None and recorded.format_version < FORMAT_VERSION


def _is_complete(surveys: Mapping[Stream, Survey], recorded: Recorded) -> bool:
    return all(recorded.is_complete(survey) for survey in surveys.values())


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
        locked = "The case is locked: what the record says of it is seen once it is unlocked."
        unread = "The entry that opened the case cannot be read, so there is nothing to compare it with."
        return Check(subject, Verdict.NOT_CHECKED, locked if custody.locked else unread)
    if not settings.encrypted and settings.title != opened.title:
        return _check_title(subject, settings.title, opened.title, erased=0 in custody.replaced)
    if settings.format_version != version:
        return _check_format(subject, settings.format_version, recorded, custody)
    what = "Format" if settings.encrypted else "Title and format"
    return Check(subject, Verdict.PASS, f"{what} as the record has them." if not settings.encrypted else f"{what} as the record has it.")


def _check_title(subject: str, stated: str, recorded: str, *, erased: bool) -> Check:
    """A title that is not the recorded one: an erasure interrupted just before its end, or somebody's doing."""
    if erased and is_covered(stated, recorded):
        return Check(subject, Verdict.NOT_CHECKED, "An interrupted erasure; the next command that writes takes the name out of the title.")
    what = f"title is {stated!r}; the case was opened with {recorded!r}, and the record is what counts."
    return Check(subject, Verdict.FAIL, what)


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
