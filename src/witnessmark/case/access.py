"""What an encrypted case is opened with: its keys, its cipher, and its private folder for working copies. A plain case has none."""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.folder import CaseFolder
from witnessmark.case.private_place import make_private_place, private_place
from witnessmark.case.sealed_keys import Keys, locked, unlocked_keys
from witnessmark.protect.age import Age

WORK, DOSSIER = "work", "dossier"


class Access:
    """The keys of one encrypted case at work. `cipher` seals originals, records and dossier; `database_key` opens both databases (64 hex digits)."""

    def __init__(self, keys: Keys) -> None:
        """Raises UsageError where the keys are none."""
        self.keys = keys
        self.cipher = Age(keys.identity)
        self.database_key = keys.database

    @property
    def work(self) -> Path:
        """Where working copies lie, a folder for each process's own. Raises StorageError where no private folder can be."""
        return self._place(WORK)

    @property
    def dossier(self) -> Path:
        """Where the pages of the working draft lie in the clear while the case is unlocked."""
        return self._place(DOSSIER)

    def _place(self, name: str) -> Path:
        place = private_place(self.keys.case) or make_private_place(self.keys.case)
        folder = place / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def access_to(folder: CaseFolder) -> Access | None:
    """What an unlocked case is opened with, None for a plain one. Raises LockedError where it is locked."""
    access = access_if_unlocked(folder)
    if access is None and folder.settings().encrypted:
        raise locked(folder)
    return access


def access_if_unlocked(folder: CaseFolder) -> Access | None:
    """What an unlocked case is opened with, None for a plain one and a locked one."""
    if not folder.settings().encrypted:
        return None
    keys = unlocked_keys(folder)
    return Access(keys) if keys is not None else None
