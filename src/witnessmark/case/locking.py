"""Unlocking and locking a case: its keys put into the private folder in memory, and wiped from there with all working copies."""

from __future__ import annotations

from pathlib import Path

import msgspec

from witnessmark.case.access import Access, access_to
from witnessmark.case.case import open_case
from witnessmark.case.folder import CaseFolder
from witnessmark.case.lock import writer_of
from witnessmark.case.private_place import is_in_memory, private_places, wipe
from witnessmark.case.sealed_dossier import show_pages
from witnessmark.case.sealed_keys import (
    add_opener,
    keep_unlocked,
    open_keys,
    openers,
    remove_opener,
    unlocked_keys,
)
from witnessmark.errors import CaseError, StorageError
from witnessmark.model.deed import KeysChanged
from witnessmark.store import queries


class Unlocked(msgspec.Struct, frozen=True):
    """A case unlocked: by which opener, where its working copies lie now, whether that is in memory, and the draft's first page if there is one."""

    case: str
    opener: str
    place: str
    in_memory: bool
    dossier: str | None


class Locked(msgspec.Struct, frozen=True):
    """A case locked: whether it was unlocked before, and who was still at work on it with keys of its own."""

    case: str
    was_unlocked: bool
    at_work: str | None


class KeysOf(msgspec.Struct, frozen=True):
    """What opens a case, and the public key that `collect --to` takes."""

    openers: list[str]
    recipient: str


def unlock_case(root: Path, kind: str, secret: str, *, on_disk: bool = False) -> Unlocked:
    """Unlock the case at `root` with a passphrase, a key file's identity or recovered shares. Raises LockedError, CaseError, StorageError."""
    folder = encrypted_case(root)
    opener, keys = open_keys(folder, kind, secret)
    place = keep_unlocked(keys, on_disk=on_disk)
    return Unlocked(str(root), opener, str(place), is_in_memory(place), _lay_out_dossier(root))


def lock_case(root: Path) -> Locked:
    """Wipe the keys and all working copies of the case at `root` from this computer. Raises CaseError where it is not encrypted, StorageError."""
    folder = encrypted_case(root)
    was_unlocked, writer = unlocked_keys(folder) is not None, writer_of(folder.lock)
    places = private_places(folder.settings().id)
    try:
        for place in places:
            wipe(place)
    except OSError as error:
        raise StorageError(
            f"{place} could not be wiped ({error}). Its keys are still there: remove that folder, or switch the computer off."
        ) from error
    return Locked(str(root), was_unlocked, writer)


def keys_of(root: Path) -> KeysOf:
    """What opens the unlocked case at `root`. Raises LockedError, CaseError."""
    folder = encrypted_case(root)
    access = access_to(folder)
    assert access is not None  # noqa: S101 -- encrypted, and unlocked or raised
    return KeysOf(openers(folder), access.cipher.recipient)


def change_openers(
    root: Path, *, add: list[tuple[str, str]], remove: str | None = None, member: str | None = None, access: Access | None = None
) -> list[str]:
    """Add openers to an unlocked case, then take one away, each on record; the names of those added. Raises LockedError, UsageError, StorageError."""
    folder = encrypted_case(root)
    with open_case(root, write="keys", member=member, access=access) as case:
        assert case.access is not None  # noqa: S101 -- an encrypted case that is open has its access
        try:
            added = [add_opener(folder, case.access.keys, kind, secret) for kind, secret in add]
            case.record([KeysChanged(name, "added") for name in added])
            if remove is not None:
                remove_opener(folder, remove)
                case.record([KeysChanged(remove, "removed")])
        except OSError as error:
            raise StorageError(f"{folder.keys} cannot be written: {error.strerror or error}.") from error
    return added


def encrypted_case(root: Path) -> CaseFolder:
    """The folder of an encrypted case. Raises CaseError where it is none."""
    folder = CaseFolder(root)
    if not folder.settings().encrypted:
        raise CaseError(f"{root} is not encrypted: there is nothing to lock or unlock. Keep it on an encrypted disk.")
    return folder


def _lay_out_dossier(root: Path) -> str | None:
    """Lay the working draft out in the clear, in memory; its first page, None where nothing was published or it is not as it was published."""
    with open_case(root) as case, case.asking() as connection:
        published = queries.published_files(connection)
        if case.access is None or not published or not case.stores_dossier(case.folder.dossier, published):
            return None
        show_pages(case.access, case.folder.dossier, published)
        return str(case.dossier / "index.html")
