"""Carrying out decisions to dispose: bodies first, then the original, the dossier that shows it, and last the database.

The decision is on record before anything is destroyed, so a crash leaves something that the next writer finishes, never something missing
without a reason. What is destroyed is overwritten once where it lies; copies elsewhere (backups, exports, snapshots) are not reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from witnessmark.case.folder import CaseFolder
from witnessmark.durable import destroy_file
from witnessmark.errors import UsageError
from witnessmark.ledger.log import Log
from witnessmark.ledger.tombstones import put_in_place, without_bodies
from witnessmark.model.deed import CustodyDeed, DossierPublished, ItemDisposed
from witnessmark.model.entry import Stream
from witnessmark.preserve.vault import Vault

if TYPE_CHECKING:
    from witnessmark.store.database import Connection

ACTION = str(ItemDisposed.__struct_config__.tag)
_DEED = msgspec.json.Decoder(CustodyDeed)


def disposals_on_record(custody: Log) -> list[ItemDisposed]:
    """All decisions to dispose, in order. Raises CustodyError where a body is missing or altered."""
    if not custody.holds_action(ACTION):
        return []
    deeds = (_DEED.decode(record.body) for entry, record in custody.entries_with_records() if entry.action == ACTION)
    return [deed for deed in deeds if isinstance(deed, ItemDisposed)]


def disposed_bodies(deeds: Iterable[ItemDisposed]) -> dict[Stream, set[int]]:
    """The numbers of the entries of each log whose bodies these decisions name."""
    named: dict[Stream, set[int]] = {stream: set() for stream in Stream}
    for deed in deeds:
        named[Stream.CUSTODY].update(deed.custody)
        named[Stream.ANALYSIS].update(deed.analysis)
    return named


def destroy_disposed(folder: CaseFolder, logs: Mapping[Stream, Log], vault: Vault, renewed: Callable[[tuple[str, ...]], None]) -> None:
    """Destroy all that decisions on record name, the database excepted; what is gone already is left. Raises OSError.

    Of an encrypted case, whose log names segments by their sha256, `renewed` puts on record before anything is destroyed which of them get another
    ("analysis/12=<sha256>").
    """
    deeds = disposals_on_record(logs[Stream.CUSTODY])
    named = disposed_bodies(deeds)
    segments = {stream: list(without_bodies(log.records, named[stream])) for stream, log in logs.items()}
    anew = tuple(
        f"{stream}/{one.first}={one.sha256}" for stream, found in segments.items() for one in found if logs[stream].records.sealing
    )
    if anew:
        renewed(anew)
    for found in segments.values():
        for one in found:
            put_in_place(one)
    for deed in deeds:
        vault.destroy(deed.item)
    if _last_published(logs[Stream.ANALYSIS]) < max((deed.drafts for deed in deeds), default=0):
        destroy_dossier(folder)


def _last_published(analysis: Log) -> int:
    action = DossierPublished.__struct_config__.tag
    return max((entry.seq for entry in analysis.entries() if entry.action == action), default=-1)


def destroy_dossier(folder: CaseFolder) -> None:
    """Destroy the working draft, and what a crash left of one. Raises OSError."""
    for draft in (folder.dossier, *(folder.dossier.with_name(f"{folder.dossier.name}.{which}") for which in ("new", "old"))):
        for path in sorted(draft.rglob("*"), reverse=True) if draft.is_dir() else ():
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                destroy_file(path)


def refuse_disposed(connection: Connection, number: str) -> None:
    """Raise UsageError where the item of this short number was disposed of."""
    from witnessmark.store import queries  # verify, which never asks this, is to start without a database

    for one in queries.disposals(connection):
        if one.number == number.upper():
            raise UsageError(
                f"{one.number} was disposed of on {one.at[:10]}, by authority of {one.authority}. Nothing of it is left to work on."
            )
