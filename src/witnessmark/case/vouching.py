"""What vouches for the custody entries in a package: proofs that each is in the log, and the checkpoint that says where the log stood.

The one module of the hand-over that knows how the ledger proves things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.proofs import Tree, prove_inclusion, verify_inclusion
from witnessmark.ledger.untrusted import shown
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead


def custody_lines(case: Case) -> list[bytes]:
    """The custody log's entries as they stand, without line ends."""
    return list(case.logs[Stream.CUSTODY].lines())


def proofs_of(lines: Sequence[bytes], wanted: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """For each wanted entry the hashes (hex) that prove it is in the log of these lines."""
    tree = Tree([leaf_hash(line) for line in lines])
    return {seq: tuple(node.hex() for node in prove_inclusion(tree.perfect, seq, tree.size)) for seq in wanted}


def is_proven(line: bytes, seq: int, proof: Sequence[str], head: LogHead) -> bool:
    """Whether the proof shows that entry `seq` of the log with this head is `line`."""
    try:
        nodes = tuple(bytes.fromhex(node) for node in proof)
        return verify_inclusion(leaf_hash(line), seq, head.size, nodes, bytes.fromhex(head.root))
    except ValueError:
        return False


def checkpoint_of(case: Case) -> bytes:
    """Where both logs stand, in the form of `ledger/heads.json`."""
    return canonical_json([case.logs[stream].head for stream in Stream]) + b"\n"


def check_checkpoint(content: bytes | None, head: LogHead, subject: str, *, trust: str | None) -> Iterator[Check]:
    """Whether the checkpoint in a package covers the log that the entries were proven against, and who signed it."""
    if content is None:
        yield Check(subject, Verdict.FAIL, "It is missing or cannot be read.")
        return
    try:
        heads = msgspec.json.decode(content, type=tuple[LogHead, ...])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield Check(subject, Verdict.FAIL, f"It is no checkpoint: {shown(str(error))}.")
        return
    if head not in heads or canonical_json(heads) + b"\n" != content:
        yield Check(subject, Verdict.FAIL, "It does not state the custody log that the record states.")
        return
    yield Check(subject, Verdict.PASS, f"It states the custody log of {head.size} entries that the entries were proven against.")
    key = f" by {trust}" if trust else ""
    yield Check(subject, Verdict.NOT_CHECKED, f"It is not signed{key}: that these logs are the case's is not proven by the package.")
