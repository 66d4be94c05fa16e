"""Checkpoints of a case: both logs' heads under one signature, and proofs that entries are covered by it.

What is written, in this order: the tiles of both logs, the signed note in `ledger/checkpoints/`, and last the custody entry that it was made. So an
interruption leaves at most files that no entry names, which the next checkpoint takes over or `verify` names. A checkpoint is worth something once a
copy lies where nobody who can write to the case can reach it.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.keys import SIGNING_KEY, case_key, keep_case_key, read_key
from witnessmark.case.telling import typed
from witnessmark.durable import write_durably
from witnessmark.errors import CaseError, CustodyError, StorageError, UsageError
from witnessmark.ledger.checkpoint import CHECKPOINTS, Checkpoint, note_name, parse_checkpoint
from witnessmark.ledger.notes import Kind, SigningKey, new_key
from witnessmark.ledger.tiles import TILES, WIDTH, tile_named, tiles_of, write_tiles
from witnessmark.model.deed import CheckpointMade, SigningBegan
from witnessmark.model.entry import Stream

_SIGNS = msgspec.json.Decoder(SigningBegan | CheckpointMade)
_ACTIONS = {str(deed.__struct_config__.tag) for deed in (SigningBegan, CheckpointMade)}


class Signing(msgspec.Struct):
    """What the custody log says of signing: the last key begun with, the last checkpoint made, and the number of the latter's entry."""

    began: SigningBegan | None = None
    made: CheckpointMade | None = None
    seq: int = -1


def signed_checkpoint(case: Case, *, replace_key: bool = False) -> str:
    """Make a checkpoint of a case opened for writing; the last one where nothing has happened since. The text of the signed note.

    Raises CustodyError where the key is not the recorded one, which `replace_key` settles by beginning with a new one, on record; StorageError.
    """
    signing = _signing(case)
    try:
        known = None if replace_key else _standing(case, signing)
        return known or _make(case, _signing_key(case, signing, replace=replace_key), signing)
    except OSError as error:
        raise StorageError(
            f"The checkpoint of {case.folder.root} cannot be written: {error.strerror or error}. Free some space, then run the command again."
        ) from error


def case_verifier(case: Case) -> str | None:
    """The verifier key, as a line, of what the case signs with; None before its first checkpoint."""
    began = _signing(case).began
    return began.key if began else None


def add_cosignature(checkpoint: str, key_file: Path, *, at: int | None = None) -> str:
    """The checkpoint with a second person's signature and the time (seconds since 1970 UTC, now by default). Raises UsageError, CustodyError."""
    signed, key = parse_checkpoint(checkpoint.encode()), read_key(key_file)
    return signed.with_signature(key.cosign(signed.text, int(time.time()) if at is None else at)).form


def refuse_place(case: Path, out: Path) -> None:
    """Raise UsageError unless a checkpoint of the case can be kept at `out`."""
    if out.resolve().is_relative_to(case.resolve()):
        raise UsageError(
            f"{out} lies inside the case, where whoever changes the case changes it too. Write it elsewhere, best to another medium."
        )
    if out.exists():
        raise UsageError(
            f"{out} exists already, and a checkpoint is never written over: an older one is what shows that something was removed. Choose another name."
        )


def keep_outside(signed: str, out: Path) -> None:
    """Write a checkpoint to a file outside the case. Raises StorageError."""
    try:
        write_durably(out, signed.encode())
    except OSError as error:
        raise StorageError(
            f"{out} cannot be written: {error.strerror or error}. The checkpoint stands in the case; run the command again."
        ) from error


def cosign_file(path: Path, key_file: Path) -> Checkpoint:
    """Add a second person's signature to the checkpoint in a file. Raises UsageError, CaseError where it is none, StorageError."""
    checkpoint = read_outside(path)
    refuse_inside(path)
    signed = add_cosignature(checkpoint.form, key_file)
    try:
        write_durably(path, signed.encode())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}. It is as it was.") from error
    return parse_checkpoint(signed.encode())


def read_outside(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises CaseError where it is none."""
    try:
        return parse_checkpoint(path.read_bytes())
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror or error}.") from error
    except CustodyError as error:
        raise CaseError(f"{path} is not a checkpoint: {error}.") from error


def refuse_inside(path: Path) -> None:
    """Raise UsageError where a checkpoint lies inside a case: what is there stays as it was recorded."""
    if path.resolve().parent.as_posix().endswith(f"/{CHECKPOINTS}"):
        raise UsageError(f"{path} lies inside a case, where its log says what is in it. Copy it out, and work on the copy.")


def _signing(case: Case) -> Signing:
    signing = Signing()
    for entry, record in case.logs[Stream.CUSTODY].entries_with_records():
        if entry.action in _ACTIONS:
            deed = _SIGNS.decode(record.body)
            if isinstance(deed, SigningBegan):
                signing.began = deed
            else:
                signing.made, signing.seq = deed, entry.seq
    return signing


def _standing(case: Case, signing: Signing) -> str | None:
    """The last checkpoint, where it is whole and nothing has been recorded since but that it was made."""
    made, sizes = signing.made, {stream: log.size for stream, log in case.logs.items()}
    if made is None or signing.seq != sizes[Stream.CUSTODY] - 1 or made.analysis != sizes[Stream.ANALYSIS]:
        return None
    path = case.folder.root / note_name(made.custody, made.analysis)
    content = path.read_bytes() if path.is_file() else b""
    return content.decode() if hashlib.sha256(content).hexdigest() == made.sha256 else None


def _signing_key(case: Case, signing: Signing, *, replace: bool) -> SigningKey:
    """The key with which the case signs, made at first need; its name is the public name of the case."""
    root, began = case.folder.root, signing.began
    if case.access is not None:
        return _bundled_key(case, began, bytes.fromhex(case.access.keys.signing), replace=replace)
    key = None if replace else case_key(root)
    if began is not None and not replace:
        if key is None or key.verifier(Kind.NOTE).line != began.key:
            raise CustodyError(
                f"{root / SIGNING_KEY} is {'missing' if key is None else 'another key than the recorded one'}, so no checkpoint was made. Restore it from a copy "
                f"of the case; where there is none, `witnessmark checkpoint {typed(root)} --new-key` begins with a new one, on record."
            )
        return key
    if key is None:
        key = new_key(began.origin if began else f"witnessmark.invalid/{secrets.token_hex(8)}")
        keep_case_key(root, key)
    case.record([SigningBegan(key.name, key.verifier(Kind.NOTE).line)])
    return key


def _bundled_key(case: Case, began: SigningBegan | None, private: bytes, *, replace: bool) -> SigningKey:
    """The key with which an encrypted case signs: it lies with its other keys, and is opened with them."""
    if replace:
        raise UsageError(
            "An encrypted case signs with a key that was drawn with its others, and cannot begin with a new one. Nothing was changed."
        )
    key = SigningKey(began.origin if began else f"witnessmark.invalid/{secrets.token_hex(8)}", private)
    line = key.verifier(Kind.NOTE).line
    if began is None:
        case.record([SigningBegan(key.name, line)])
    elif began.key != line:
        raise CustodyError(
            f"The signing key among the keys of {case.folder.root} is another than the recorded one, so no checkpoint was made. Restore keys/ from a copy of the case."
        )
    return key


def _make(case: Case, key: SigningKey, signing: Signing) -> str:
    root = case.folder.root
    _refuse_inconsistent(case, signing)
    custody, analysis = (case.logs[stream].head for stream in (Stream.CUSTODY, Stream.ANALYSIS))
    checkpoint = Checkpoint(key.name, custody, analysis, now())
    signed = checkpoint.with_signature(key.sign(checkpoint.text)).form
    for head in (custody, analysis):
        write_tiles(root, root / "ledger" / head.stream, head.stream, head.size, with_entries=False)
    (root / CHECKPOINTS).mkdir(exist_ok=True)
    write_durably(root / note_name(custody.size, analysis.size), signed.encode())
    case.record([CheckpointMade(hashlib.sha256(signed.encode()).hexdigest(), custody.size, analysis.size)])
    for head in (custody, analysis):
        _drop_narrower(root / "ledger" / head.stream, head.size)
    return signed


def _refuse_inconsistent(case: Case, signing: Signing) -> None:
    """No checkpoint is signed that does not go on from the one before: two such would make the case's own word worthless."""
    made = signing.made
    path = case.folder.root / note_name(made.custody, made.analysis) if made else None
    if path is None or not path.is_file():
        return
    before = parse_checkpoint(path.read_bytes())
    for head in before.heads:
        log = case.logs[head.stream]
        if head.size > log.size or log.root_at(head.size) != head.root:
            raise CustodyError(
                f"The {head.stream} log does not go on from the checkpoint of {before.at}, so no checkpoint was made: entries were removed or altered. "
                f"`witnessmark verify {typed(case.folder.root)}` tells more."
            )


def _drop_narrower(folder: Path, size: int) -> None:
    """Remove the tiles that wider ones of a log of `size` entries have taken the place of."""
    needed = {tile.name for tile in tiles_of(size)}
    for path in (folder / TILES).rglob("*.p/*"):
        name = path.relative_to(folder).as_posix()
        tile = tile_named(name)
        if tile is not None and tile.width < WIDTH and name not in needed:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
