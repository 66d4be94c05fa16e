"""What vouches for the custody entries in a package: a signed checkpoint made now, and proofs that each entry is in the log it covers.

The one module of the hand-over that knows how the ledger proves things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.checkpointing import signed_checkpoint
from witnessmark.errors import CustodyError, UsageError
from witnessmark.ledger.checkpoint import Checkpoint, parse_checkpoint
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.notes import VerifierKey, parse_verifier
from witnessmark.ledger.proofs import Tree, prove_inclusion, verify_inclusion
from witnessmark.ledger.untrusted import shown
from witnessmark.model.deed import SigningBegan
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

SIGNING_BEGAN = str(SigningBegan.__struct_config__.tag)


class Vouched(msgspec.Struct, frozen=True):
    """A signed checkpoint as it is written, the head of the custody log it states, and the entries it covers as they stand in the log.

    `signing` is what the log says of the public name of the case and of the key that the checkpoint is signed with.
    """

    checkpoint: bytes
    signing: SigningBegan
    head: LogHead
    lines: tuple[bytes, ...]


def vouch(case: Case) -> Vouched:
    """Make a checkpoint of a case that is open for writing. Raises CustodyError, StorageError."""
    note = signed_checkpoint(case).encode()
    head = parse_checkpoint(note).custody
    pairs = case.logs[Stream.CUSTODY].entries_with_records()
    began = [record.body for entry, record in pairs if entry.action == SIGNING_BEGAN and entry.seq < head.size]
    signing = msgspec.json.decode(began[-1], type=SigningBegan)
    return Vouched(note, signing, head, tuple(case.logs[Stream.CUSTODY].lines())[: head.size])


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


def check_checkpoint(
    content: bytes | None, head: LogHead, subject: str, *, named: SigningBegan | None, trust: Sequence[VerifierKey]
) -> Iterator[Check]:
    """Whether the checkpoint in a package covers the log that the entries were proven against, and who signed it.

    `named` is what the log itself says of the key it signs with; `trust` is a key come by another way, which alone proves whose case it is.
    """
    if content is None:
        yield Check(subject, Verdict.FAIL, "It is missing or cannot be read.")
        return
    try:
        checkpoint = parse_checkpoint(content)
    except CustodyError as error:
        yield Check(subject, Verdict.FAIL, f"It is no checkpoint: {shown(str(error))}.")
        return
    if checkpoint.custody != head:
        yield Check(subject, Verdict.FAIL, "It does not state the custody log that the record states.")
        return
    yield Check(
        subject,
        Verdict.PASS,
        f"It states the custody log of {head.size} entries that the entries were proven against, for {checkpoint.origin}.",
    )
    yield _check_signature(checkpoint, subject, named=named, trust=trust)


def _check_signature(checkpoint: Checkpoint, subject: str, *, named: SigningBegan | None, trust: Sequence[VerifierKey]) -> Check:
    if trust:
        made = [(key, signature) for key in trust for signature in checkpoint.signatures if key.has_made(signature)]
        names = ", ".join(key.name for key in trust)
        if not made:
            return Check(subject, Verdict.FAIL, f"It is not signed with any key that you trust ({names}).")
        if all(key.verifies(checkpoint.text, signature) for key, signature in made):
            return Check(subject, Verdict.PASS, f"It is signed with a key that you trust: {', '.join(key.name for key, _ in made)}.")
        return Check(
            subject, Verdict.FAIL, f"A signature that claims to be of {names} is not over this checkpoint: one of them was altered."
        )
    key = _key_named(named)
    if key is None:
        return Check(
            subject, Verdict.NOT_CHECKED, "The package does not say with which key the case signs, so its signature was not checked."
        )
    if not any(key.verifies(checkpoint.text, signature) for signature in checkpoint.signatures):
        return Check(subject, Verdict.FAIL, "It is not signed with the key that the custody log names: it or its signature was altered.")
    return Check(
        subject,
        Verdict.NOT_CHECKED,
        f"It is signed with the key that the package itself names ({key.line}). Whether that is the key of the keepers is not known here: "
        "ask them another way, and give it with --trust.",
    )


def _key_named(named: SigningBegan | None) -> VerifierKey | None:
    try:
        return parse_verifier(named.key) if named else None
    except UsageError:
        return None
