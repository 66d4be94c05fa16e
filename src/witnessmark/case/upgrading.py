"""Upgrading: a case of an older format is brought to the one this program writes, in place and for good.

Nothing that was recorded is rewritten: the database is drawn anew, the upgrade is put on record in the custody log, and only
then does `case.toml` name the new format. So an interruption anywhere leaves a case that still says it is the older one, and the
same command finishes it. What each format is stands in docs/internals/formats.md.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from witnessmark.case.case import Case, default_member
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder
from witnessmark.case.lock import write_lock
from witnessmark.case.telling import Tell, typed
from witnessmark.errors import CaseError, StorageError
from witnessmark.ledger.heads import refuse_to_go_on
from witnessmark.ledger.log import Log
from witnessmark.model.deed import CaseUpgraded, action_of
from witnessmark.model.entry import Stream

OLDEST_FORMAT = 1
"""The oldest format that can be upgraded. All since then differ in what is recorded, not in where it lies."""

_BODY = msgspec.json.Decoder(CaseUpgraded)


class Upgraded(msgspec.Struct, frozen=True):
    """The format the case was in, the one it is in now, and whether anything had to be done."""

    before: int
    after: int
    changed: bool


def upgrade_case(root: Path, *, member: str | None = None, tell: Tell = lambda _: None, announce: Tell = lambda _: None) -> Upgraded:
    """Bring the case at `root` to the current format; a case that is in it already is left alone.

    Raises CaseError for a newer or unknown format, CustodyError where its logs are not what was recorded, StorageError.
    """
    folder = CaseFolder(root)
    _refuse_unknown(folder)
    with write_lock(folder.lock, "upgrade", tell=announce):
        before = _refuse_unknown(folder)
        if before == FORMAT_VERSION:
            return Upgraded(before, before, changed=False)
        try:
            _upgrade(folder, before, member or default_member(), tell)
        except OSError as error:
            raise StorageError(
                f"{root} could not be upgraded: {error.strerror or error}. It is still a case of format {before}; free some space, then run the command again."
            ) from error
    return Upgraded(before, FORMAT_VERSION, changed=True)


def _refuse_unknown(folder: CaseFolder) -> int:
    version = folder.settings().format_version
    if version < OLDEST_FORMAT:
        raise CaseError(
            f"{folder.settings_file} says format {version}, which never was one. `witnessmark verify {typed(folder.root)}` tells more."
        )
    return version


def _upgrade(folder: CaseFolder, before: int, member: str, tell: Tell) -> None:
    refuse_to_go_on(folder.root, tuple(Log(folder.root, stream) for stream in Stream))
    folder.drop_database()
    case = Case(folder, member)
    try:
        case.recover(tell=tell)
        if _recorded_format(case, before) < FORMAT_VERSION:
            case.record([CaseUpgraded(before, FORMAT_VERSION)])
    finally:
        case.close()
    folder.state_format(FORMAT_VERSION)


def _recorded_format(case: Case, before: int) -> int:
    """The format by the custody log, which is the newer one where an upgrade was interrupted after it was put on record."""
    action = action_of(CaseUpgraded(before, before))
    bodies = (record.body for entry, record in case.logs[Stream.CUSTODY].entries_with_records() if entry.action == action)
    return max((_BODY.decode(body).after for body in bodies), default=before)
