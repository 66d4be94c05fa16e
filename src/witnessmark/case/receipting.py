"""The receipt that a recipient sends back: held against what was handed over, kept as an item, and recorded in the custody log."""

from __future__ import annotations

from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.handing_over_papers import stated_id, stated_root, unfilled
from witnessmark.case.intake import Packed, add_packed
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.deed import ReceiptReturned
from witnessmark.preserve.vault import hash_file
from witnessmark.store import queries

_MOST_TEXT = 1024 * 1024


class Receipted(msgspec.Struct, frozen=True):
    """The hand-over that a receipt is for, its recipient, and whether the receipt states the root of what was handed over (None: it could not be read)."""

    handover: str
    recipient: str
    root_matches: bool | None


def record_receipt(case: Case, path: Path, *, handover: str | None = None) -> Receipted:
    """Keep the receipt at `path` and record that it came back. `handover` names what it is for where the file does not say so (a scan).

    Raises UsageError where it fits no hand-over, states another root, or has no name and date; nothing is recorded then.
    """
    try:
        content = path.read_bytes()[:_MOST_TEXT]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error
    text = content.decode(errors="replace")
    stated, root = stated_id(text), stated_root(text)
    with case.asking() as connection:
        known = {stored.deed.handover: stored.deed for stored in queries.handovers(connection)}
    deed = known.get(_which(case, path, stated, handover))
    if deed is None:
        listed = "; ".join(f"{one.handover} for {one.recipient}" for one in known.values()) or "none"
        raise UsageError(f"This case knows no hand-over {handover or stated}. It knows: {listed}.")
    if root is not None and root != deed.root:
        raise UsageError(
            f"{path} states the root {root}; what was handed over has {deed.root}. Nothing was recorded: ask the recipient what they received."
        )
    if stated is not None and unfilled(text):
        raise UsageError(f"{path} is not filled in: “{unfilled(text)[0]}” is empty. Nothing was recorded.")
    add_packed(case, [Packed(name=path.name, how=f"receipt for hand-over {deed.handover}", path=path)])
    case.record([ReceiptReturned(deed.handover, hash_file(path), root)])
    return Receipted(deed.handover, deed.recipient, root == deed.root if root is not None else None)


def _which(case: Case, path: Path, stated: str | None, given: str | None) -> str:
    if stated is not None and given is not None and stated != given:
        raise UsageError(f"{path} is the receipt for {stated}, not for {given}. Nothing was recorded.")
    if stated is None and given is None:
        raise UsageError(
            f"{path} does not say which hand-over it is for. Say it with --handover ID; `witnessmark status {typed(case.folder.root)}` lists them."
        )
    return stated or given or ""
