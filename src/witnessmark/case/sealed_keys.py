"""The keys of an encrypted case, and the openers that give them back: a passphrase, a key file, recovery shares.

All keys stand together in one small bundle. `keys/` holds the bundle once for each opener, as an age file that only this opener
opens; nothing else in the case gives it back. While a case is unlocked, the bundle lies in its private folder in memory.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
import pyrage

from witnessmark.case.folder import CaseFolder
from witnessmark.case.private_place import make_private_place, private_places
from witnessmark.case.telling import typed
from witnessmark.durable import sync_folder, write_durably
from witnessmark.errors import CaseError, LockedError, StorageError, UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.protect import passphrase
from witnessmark.protect.age import new_identity, recipient_of, sealed_to
from witnessmark.protect.passphrase import RANDOM_LOG_N, DamagedError, WrongPassphraseError, open_with, seal_with

PASSPHRASE, KEY_FILE, RECOVERY = "passphrase", "key-file", "recovery"
"""The kinds of openers; an opener's file is `keys/<kind>-<number>.age`."""

SHORTEST_PASSPHRASE = 12
"""Characters. Each guess costs an attacker about a second of scrypt; fewer characters than this are found all the same."""

_OF_ANOTHER_KEY = "No matching keys found"
"""What the age library says of a file that is whole and encrypted to another key."""

_OPENER = re.compile(rf"({PASSPHRASE}|{KEY_FILE}|{RECOVERY})-([1-9][0-9]{{0,3}})")
_ENDING = ".age"
_BUNDLE = "keys.json"
_HEX_32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Keys(msgspec.Struct, frozen=True):
    """The keys of one case: `identity` (age, X25519) for originals, records and dossier; 32-byte `database` key; 32-byte Ed25519 `signing` seed."""

    case: str
    identity: str
    database: _HEX_32
    signing: _HEX_32


_KEYS = msgspec.json.Decoder(Keys)


def new_keys() -> Keys:
    """Fresh keys of a case with a fresh random id."""
    return Keys(secrets.token_hex(16), new_identity(), secrets.token_hex(32), secrets.token_hex(32))


def openers(folder: CaseFolder) -> list[str]:
    """The names of the openers of a case ("passphrase-1"), in order."""
    found = folder.keys.iterdir() if folder.keys.is_dir() else ()
    return sorted(path.stem for path in found if path.suffix == _ENDING and _OPENER.fullmatch(path.stem))


def add_opener(folder: CaseFolder, keys: Keys, kind: str, secret: str) -> str:
    """Let `secret` open the case: a passphrase, the identity of a key file, or a recovered secret. The opener's name. Raises OSError, UsageError."""
    if kind == PASSPHRASE and len(secret) < SHORTEST_PASSPHRASE:
        raise UsageError(
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters; six words drawn at random are best. Nothing was changed."
        )
    taken = set(openers(folder))
    name = next(name for number in range(1, 10_000) if (name := f"{kind}-{number}") not in taken)
    content = canonical_json(keys)
    if kind == KEY_FILE:
        sealed = sealed_to(recipient_of(secret), content)
    else:
        sealed = seal_with(secret, content, log_n=passphrase.LOG_N if kind == PASSPHRASE else RANDOM_LOG_N)
    folder.keys.mkdir(exist_ok=True)
    write_durably(folder.keys / f"{name}{_ENDING}", sealed)
    return name


def remove_opener(folder: CaseFolder, name: str) -> None:
    """Take an opener away. Raises UsageError where there is none of this name, or it is the last."""
    known = openers(folder)
    if name not in known:
        raise UsageError(f"There is no opener {name!r}. Nothing was changed. There are: {', '.join(known)}.")
    if len([opener for opener in known if not opener.startswith(RECOVERY)]) == 1 and not name.startswith(RECOVERY):
        raise UsageError(f"{name} is the last opener, and without one nobody opens the case again. Nothing was changed. Add another first.")
    (folder.keys / f"{name}{_ENDING}").unlink()
    sync_folder(folder.keys)


def open_keys(folder: CaseFolder, kind: str, secret: str) -> tuple[str, Keys]:
    """The opener that `secret` fits, and the keys. Raises LockedError where it fits none."""
    names = [name for name in openers(folder) if name.startswith(kind)]
    if not names:
        raise LockedError(f"{folder.root} has no {_in_words(kind)} to open it with: {_what_opens(folder)} Nothing was unlocked.")
    damaged = []
    for name in names:
        try:
            return name, _checked(folder, name, _opened((folder.keys / f"{name}{_ENDING}").read_bytes(), kind, secret))
        except WrongPassphraseError:
            continue
        except DamagedError:
            damaged.append(name)
        except OSError as error:
            raise StorageError(f"keys/{name}{_ENDING} cannot be read: {error.strerror or error}.") from error
    if damaged:
        raise LockedError(
            f"keys/{damaged[0]}{_ENDING} is damaged and opens with nothing. Nothing was unlocked. Restore that file from a backup of the case, or use another opener. {_what_opens(folder)}"
        )
    raise LockedError(f"That is not the {_in_words(kind)} of {folder.root}. Nothing was unlocked; try again.")


def keep_unlocked(keys: Keys, *, on_disk: bool = False) -> Path:
    """Put the keys into the private folder of their case; where that is. Raises StorageError."""
    place = make_private_place(keys.case, on_disk=on_disk)
    try:
        descriptor = os.open(place / f"{_BUNDLE}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(canonical_json(keys))
        (place / f"{_BUNDLE}.new").replace(place / _BUNDLE)
    except OSError as error:
        raise StorageError(f"{place} cannot be written: {error.strerror or error}. Nothing was unlocked.") from error
    return place


def unlocked_keys(folder: CaseFolder) -> Keys | None:
    """The keys of an unlocked case, None where it is locked. Raises StorageError where the private folder is not this user's own."""
    for place in private_places(folder.settings().id):
        with suppress(OSError):
            return _KEYS.decode((place / _BUNDLE).read_bytes())
    return None


def locked(folder: CaseFolder) -> LockedError:
    """What to say of a case that is locked."""
    return LockedError(f"{folder.root} is encrypted and locked. Open it: witnessmark unlock {typed(folder.root)}")


def read_key_file(path: Path) -> str:
    """The identity in a key file: an age identity file, of which one line is the secret key. Raises LockedError where there is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise LockedError(f"There is no key file {path}. Nothing was unlocked. Bring the medium on which it is kept.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise LockedError(
            f"The key file {path} cannot be read: {getattr(error, 'strerror', None) or error}. Nothing was unlocked."
        ) from error
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(found) != 1 or not found[0].startswith("AGE-SECRET-KEY-1"):
        raise LockedError(f"{path} is no key file: it does not hold one line that begins with AGE-SECRET-KEY-1. Nothing was unlocked.")
    return found[0]


def make_key_file(path: Path, case: Path) -> str:
    """Make a new key file outside the case; its identity. Raises UsageError for a place inside the case, StorageError."""
    if path.resolve().is_relative_to(case.resolve()):
        raise UsageError(
            f"{path} lies inside the case, and a key beside its lock protects nothing. Nothing was made. Name a place on another medium."
        )
    identity = new_identity()
    text = f"# The key file of a witnessmark case. Whoever has it opens the case.\n# public key: {recipient_of(identity)}\n{identity}\n"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"The key file {path} cannot be written: {error.strerror or error}. Nothing was made.") from error
    return identity


def _opened(content: bytes, kind: str, secret: str) -> bytes:
    """The bundle in an opener's file. Raises WrongPassphraseError, DamagedError."""
    if kind != KEY_FILE:
        return open_with(secret, content)
    try:
        clear: bytes = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(secret)])
    except pyrage.DecryptError as error:
        raise (WrongPassphraseError if str(error) == _OF_ANOTHER_KEY else DamagedError) from error
    return clear


def _checked(folder: CaseFolder, name: str, content: bytes) -> Keys:
    """The keys in a bundle, held to be this case's. Raises CaseError: whoever knows a key file's public half can make a bundle for it."""
    try:
        keys = _KEYS.decode(content)
        fits = keys.case == folder.settings().id and _opens_records(folder, keys)
    except msgspec.MsgspecError:
        fits = False
    if not fits:
        raise CaseError(
            f"keys/{name}{_ENDING} holds the keys of another case: somebody put it there. Nothing was unlocked. Restore keys/ from a backup of the case."
        )
    return keys


def _opens_records(folder: CaseFolder, keys: Keys) -> bool:
    """Whether the first segment of the custody log opens with these keys; a case that has none yet is taken as it is."""
    first = next(iter(sorted((folder.root / "records" / "custody").glob("*.age"))), None)
    if first is None:
        return True
    try:
        pyrage.decrypt(first.read_bytes(), [pyrage.x25519.Identity.from_str(keys.identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        return False
    return True


def _in_words(kind: str) -> str:
    return {PASSPHRASE: "passphrase", KEY_FILE: "key file", RECOVERY: "set of recovery shares"}[kind]


def _what_opens(folder: CaseFolder) -> str:
    kinds = [_in_words(kind) for kind in (PASSPHRASE, KEY_FILE, RECOVERY) if any(name.startswith(kind) for name in openers(folder))]
    return f"what opens it is a {' or a '.join(kinds)}." if kinds else "its folder keys/ is empty."
