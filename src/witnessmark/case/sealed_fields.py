"""Sealed fields: a name that must not stand in the case is encrypted before it is recorded, and shown only to who has the key and a reason, on record."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.deed import FieldSealed, SealingKeyNamed, SealOpened
from witnessmark.protect.sealing import check_recipient, new_key, seal, unseal
from witnessmark.store import queries

ID_BYTES = 8


class Shown(msgspec.Struct, frozen=True):
    """A sealed field, opened: for the screen of who opened it, and for nothing that is kept."""

    field: str
    words: str


def make_key(case: Case, path: Path) -> str:
    """Make a key outside the case and have the case seal to it from now on; its recipient. Raises UsageError."""
    if path.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{path} lies inside the case. Whoever takes the case would have the key: keep it elsewhere.")
    return use_key(case, new_key(path))


def use_key(case: Case, recipient: str) -> str:
    """Have the case seal to this recipient from now on; what was sealed before stays with the key it was sealed to. Raises UsageError."""
    known = check_recipient(recipient)
    case.record([SealingKeyNamed(known)])
    return known


def seal_fields(case: Case, subject: str, words: Mapping[str, str | None]) -> dict[str, str]:
    """Seal what was said of each field of a subject; the ids of the sealed fields. Raises UsageError where the case has no recipient to seal to."""
    said = {field: " ".join(value.split()) for field, value in words.items() if value and value.strip()}
    if not said:
        return {}
    with case.asking() as connection:
        recipient = queries.sealing_recipient(connection)
    if recipient is None:
        raise UsageError(
            f"{' and '.join(said)} would be stored encrypted, and this case has no key to seal to. Make one that you keep elsewhere: "
            f"`witnessmark sealed-key {typed(case.folder.root)} new FILE`. Nothing was recorded."
        )
    ids = {field: f"s-{secrets.token_hex(ID_BYTES)}" for field in said}
    case.record([FieldSealed(ids[field], subject, field, seal(value, recipient)) for field, value in said.items()])
    return ids


def show_fields(case: Case, subject: str, key: Path, *, why: str) -> list[Shown]:
    """Open the sealed fields of a subject. That, and the reason, is recorded before anything is shown. Raises ProtectionError, UsageError."""
    if not why.strip():
        raise UsageError("A seal is opened for a reason: add --why TEXT.")
    with case.asking() as connection:
        sealed = queries.sealed_fields(connection, subject)
    if not sealed:
        raise UsageError("Nothing is sealed of it, so nothing was opened.")
    shown = [Shown(each.field, unseal(each.sealed, key)) for each in sealed]
    case.record([SealOpened(subject, tuple(each.field for each in shown), why.strip())])
    return shown
