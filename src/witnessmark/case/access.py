"""What an encrypted case is opened with: its keys, its cipher, and its private folder for working copies. A plain case has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from witnessmark.case.folder import CaseFolder
from witnessmark.case.private_place import make_private_place, private_place, private_places, wipe
from witnessmark.case.sealed_keys import KEY_FILE, Keys, locked, open_keys, read_key_file, unlocked_keys
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


@contextmanager
def opened_once(root: Path, key_file: Path | None) -> Iterator[Access | None]:
    """What opens the case for one command, which leaves it locked if it was; None without a key file, and for a plain case."""
    folder = CaseFolder(root)
    if key_file is None or not folder.settings().encrypted:
        yield None
        return
    with access_once(folder, open_keys(folder, KEY_FILE, read_key_file(key_file))[1]) as access:
        yield access


@contextmanager
def access_once(folder: CaseFolder, keys: Keys) -> Iterator[Access]:
    """Access to a case by its keys, after which it is locked again if it was."""
    was_unlocked = unlocked_keys(folder) is not None
    try:
        yield Access(keys)
    finally:
        for place in private_places(keys.case) if not was_unlocked else ():
            wipe(place)
