"""Checking what checkpoints left in a case: the signed notes, the tiles of both logs, and the key that signs.

All of it is held against the logs and what the custody log says was made. A tile names the very entry that was altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from witnessmark.case.keys import KEYS, SIGNING_KEY
from witnessmark.case.verifying_deeds import Recorded
from witnessmark.durable import UNFINISHED
from witnessmark.errors import CustodyError, UsageError
from witnessmark.ledger.checkpoint import CHECKPOINTS, Checkpoint, note_name, parse_checkpoint
from witnessmark.ledger.notes import Kind, VerifierKey, parse_private, parse_verifier
from witnessmark.ledger.proofs import Tree, root_of
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.tiles import HASH_BYTES, TILES, WIDTH, Tile, tile_content, tile_named, tiles_of
from witnessmark.ledger.untrusted import FILE, FOLDER, open_plain, shown, verdict_on, walk_plain
from witnessmark.model.deed import CheckpointMade
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict

_KEY_LIMIT = 4096


def check_checkpoints(root: Path, recorded: Recorded, surveys: Mapping[Stream, Survey], *, busy: bool) -> Iterator[Check]:
    """Check notes, tiles and key of the case at `root`, whose logs were surveyed and read; `busy` while another process may be writing."""
    if busy:
        yield Check(CHECKPOINTS, Verdict.NOT_CHECKED, "Checkpoints, tiles and key are compared when nobody is writing.")
        return
    trees = {stream: Tree(survey.leaves) for stream, survey in surveys.items()}
    yield from _check_key(root, recorded)
    yield from _check_notes(root, recorded, surveys, trees)
    last = recorded.checkpoints[-1] if recorded.checkpoints else None
    for stream, size in ((Stream.CUSTODY, last.custody if last else 0), (Stream.ANALYSIS, last.analysis if last else 0)):
        yield from _check_tiles(root, stream, size, trees[stream])


def case_keys(recorded: Recorded) -> list[VerifierKey]:
    """The keys with which the case signed, the newest last."""
    keys: list[VerifierKey] = []
    for began in recorded.signing:
        with suppress(UsageError):  # a case made by somebody else may record anything; what is no key has signed nothing
            keys.append(parse_verifier(began.key))
    return keys


def _check_key(root: Path, recorded: Recorded) -> Iterator[Check]:
    found, faults = walk_plain(root, KEYS)
    yield from faults
    for thing in found:
        if thing.name.startswith(f"{SIGNING_KEY}.") and thing.name.endswith(UNFINISHED) and thing.kind == FILE:
            yield Check(shown(thing.name), Verdict.NOT_CHECKED, "An interrupted write; it can be removed.")
        elif thing.name != SIGNING_KEY:
            yield Check(shown(thing.name), Verdict.FAIL, f"A {thing.kind} that is no part of a case.")
    if recorded.signing:
        yield _compare_key(root, recorded.signing[-1].key)
    elif any(thing.name == SIGNING_KEY for thing in found):
        yield Check(
            SIGNING_KEY, Verdict.NOT_CHECKED, "No entry names it: it was drawn for a checkpoint that was interrupted, or put there."
        )


def _compare_key(root: Path, line: str) -> Check:
    try:
        with open_plain(root, SIGNING_KEY) as file:
            content = file.read(_KEY_LIMIT).decode()
        key = parse_private(content)
    except FileNotFoundError:
        return Check(
            SIGNING_KEY, Verdict.FAIL, "It is missing. What was signed stands; restore the file from a copy, or begin with a new key."
        )
    except (OSError, CustodyError, UsageError, UnicodeDecodeError) as error:
        return Check(SIGNING_KEY, *verdict_on(CustodyError(str(error)) if isinstance(error, UsageError) else error))
    if content != f"{key.line}\n":
        return Check(SIGNING_KEY, Verdict.FAIL, "It is not as it was written.")
    if key.verifier(Kind.NOTE).line != line:
        return Check(SIGNING_KEY, Verdict.FAIL, "It is another key than the one the case recorded when it began to sign.")
    return Check(SIGNING_KEY, Verdict.PASS, f"The key of {key.name} that the case recorded.")


def _check_notes(root: Path, recorded: Recorded, surveys: Mapping[Stream, Survey], trees: Mapping[Stream, Tree]) -> Iterator[Check]:
    made = {note_name(deed.custody, deed.analysis): deed for deed in recorded.checkpoints}
    found, faults = walk_plain(root, CHECKPOINTS)
    yield from faults
    whole = not recorded.misses(surveys[Stream.CUSTODY], str(CheckpointMade.__struct_config__.tag))
    for thing in found:
        if thing.kind == FILE and thing.name.endswith(UNFINISHED):
            yield Check(shown(thing.name), Verdict.NOT_CHECKED, "An interrupted write; it can be removed.")
        elif thing.kind != FILE or (thing.name not in made and whole and not _could_be_ours(root, thing.name, recorded, trees)):
            yield Check(shown(thing.name), Verdict.FAIL, f"A {thing.kind} that is no checkpoint of this case.")
        elif thing.name not in made:
            yield Check(shown(thing.name), Verdict.NOT_CHECKED, "No entry names it: a checkpoint that was interrupted. It can be removed.")
    for name, deed in made.items():
        yield _check_note(root, name, deed, recorded, trees)


def _check_note(root: Path, name: str, deed: CheckpointMade, recorded: Recorded, trees: Mapping[Stream, Tree]) -> Check:
    try:
        with open_plain(root, name) as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != deed.sha256:
            return Check(name, Verdict.FAIL, "It is not as it was written.")
        checkpoint = parse_checkpoint(content)
    except (OSError, CustodyError) as error:
        return Check(name, *verdict_on(error))
    disagreeing = [head.stream for head in checkpoint.heads if not covers(trees[head.stream], head.size, head.root)]
    if disagreeing:
        return Check(
            name,
            Verdict.FAIL,
            f"The {' and '.join(disagreeing)} log does not begin with what this checkpoint covers: entries were removed or altered.",
        )
    if not signed_by_case(checkpoint, recorded):
        return Check(name, Verdict.FAIL, "Its signature is not that of the key which the case recorded.")
    return Check(
        name, Verdict.PASS, f"Made {checkpoint.at}: both logs begin with the {deed.custody} and {deed.analysis} entries it covers."
    )


def covers(tree: Tree, size: int, root: str) -> bool:
    """Whether the log has `size` entries or more, and the first of them give this root."""
    return size <= tree.size and root_of(tree.perfect, size).hex() == root


def signed_by_case(checkpoint: Checkpoint, recorded: Recorded) -> bool:
    """Whether one of the keys that the case recorded signed the checkpoint."""
    return any(key.verifies(checkpoint.text, signature) for key in case_keys(recorded) for signature in checkpoint.signatures)


def _could_be_ours(root: Path, name: str, recorded: Recorded, trees: Mapping[Stream, Tree]) -> bool:
    """Whether an interrupted command may have left this note: signed by the case, and covering what the logs hold."""
    try:
        with open_plain(root, name) as file:
            checkpoint = parse_checkpoint(file.read())
    except (OSError, CustodyError):
        return False
    return signed_by_case(checkpoint, recorded) and all(covers(trees[head.stream], head.size, head.root) for head in checkpoint.heads)


def _check_tiles(root: Path, stream: Stream, size: int, tree: Tree) -> Iterator[Check]:
    """Each tile that a log of `size` entries must have, then whatever else lies there."""
    folder = f"ledger/{stream}"
    if size > tree.size:
        yield Check(
            f"{folder}/{TILES}",
            Verdict.FAIL,
            f"The last checkpoint covers {size} entries, and the log holds {tree.size}: entries were removed.",
        )
        return
    needed = {f"{folder}/{tile.name}": tile for tile in tiles_of(size)}
    found, faults = walk_plain(root, f"{folder}/{TILES}")
    yield from faults
    checks = [_check_tile(root, name, tile, tree) for name, tile in needed.items()]
    failed = [check for check in checks if check.verdict is not Verdict.PASS]
    yield from failed
    if checks and not failed:
        yield Check(f"{folder}/{TILES}", Verdict.PASS, f"The hashes of {size} entries, in {len(checks)} files.")
    kept: set[str] = set(needed)
    for thing in found:
        if thing.name in needed or thing.kind == FOLDER:
            continue
        kept.add(thing.name)
        yield _judge_tile_beside(root, thing.name, thing.kind, folder, tree)
    for thing in found:
        if thing.kind == FOLDER and not any(name.startswith(f"{thing.name}/") for name in kept):
            yield Check(shown(thing.name), Verdict.FAIL, "A folder that is no part of a case.")


def _check_tile(root: Path, name: str, tile: Tile, tree: Tree) -> Check:
    try:
        with open_plain(root, name) as file:
            content = file.read(WIDTH * HASH_BYTES + 1)
    except (OSError, CustodyError) as error:
        return Check(name, *verdict_on(error))
    if len(content) != tile.width * HASH_BYTES:
        return Check(name, Verdict.FAIL, f"The tile has not the {tile.width * HASH_BYTES} bytes of {tile.width} hashes.")
    first, span = tile.number * WIDTH, WIDTH**tile.level
    if (first + tile.width) * span > tree.size:
        return Check(name, Verdict.NOT_CHECKED, f"It covers {(first + tile.width) * span} entries, and the log holds {tree.size} now.")
    good = tile_content(tree.perfect, tile)
    wrong = [first + at for at in range(tile.width) if content[at * HASH_BYTES :][:HASH_BYTES] != good[at * HASH_BYTES :][:HASH_BYTES]]
    if wrong:
        at = f"entry {wrong[0]}" if tile.level == 0 else f"entries {wrong[0] * span} to {(wrong[0] + 1) * span - 1}"
        return Check(
            name,
            Verdict.FAIL,
            f"{len(wrong)} of its hashes are not those of the log, the first that of {at}: the tile or the log was altered.",
        )
    return Check(name, Verdict.PASS, f"{tile.width} hashes as the log gives them.")


def _judge_tile_beside(root: Path, name: str, kind: str, folder: str, tree: Tree) -> Check:
    """Something that the last checkpoint does not need: a right tile is what an interrupted one left, all else has no business there."""
    if kind == FILE and name.endswith(UNFINISHED):
        return Check(shown(name), Verdict.NOT_CHECKED, "An interrupted write; it can be removed.")
    tile = tile_named(name.removeprefix(f"{folder}/"))
    if kind != FILE or tile is None:
        return Check(shown(name), Verdict.FAIL, f"A {kind} that is no part of a case.")
    check = _check_tile(root, name, tile, tree)
    if check.verdict is Verdict.PASS:
        return Check(
            name,
            Verdict.NOT_CHECKED,
            "A right tile that the last recorded checkpoint does not need; the next checkpoint settles it, or remove it.",
        )
    return (
        check if check.verdict is Verdict.FAIL else Check(name, Verdict.FAIL, f"A tile of more entries than were recorded. {check.detail}")
    )
