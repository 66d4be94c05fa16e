"""What a public dossier is proved by: its items' commitments and its list of pages as entries of the logs, each with its inclusion proof."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from witnessmark.case.case import Case
from witnessmark.case.checkpointing import case_verifier, signed_checkpoint
from witnessmark.durable import write_durably
from witnessmark.errors import StorageError, UsageError
from witnessmark.ledger.checkpoint import CHECKPOINTS, parse_checkpoint
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.proofs import Tree, prove_inclusion
from witnessmark.ledger.records import Record
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Stream
from witnessmark.model.public import (
    FORM,
    OPENINGS_FORM,
    DossierProofs,
    ItemOpening,
    Opened,
    Openings,
    Proven,
    ShownClaim,
    ShownItem,
    text_file,
)
from witnessmark.model.view import CaseView
from witnessmark.store import queries


class _Prover:
    """The first `size` entries of a log, and proofs that lead to their root."""

    def __init__(self, case: Case, stream: Stream, size: int) -> None:
        self.lines = list(case.logs[stream].lines())[:size]
        self._tree = Tree([leaf_hash(line) for line in self.lines])
        self._size = size

    def proven(self, seq: int) -> Proven:
        path = prove_inclusion(self._tree.perfect, seq, self._size)
        return Proven(self.lines[seq].decode(), tuple(node.hex() for node in path))


def dossier_proofs(case: Case, shown: CaseView) -> bytes:
    """`dossier.json` of the public dossier recorded last, which shows this view."""
    with case.asking() as connection:
        released, committed = queries.released(connection), queries.committed(connection)
    if released is None:
        raise UsageError("No public dossier is on record.")
    note = _checkpoint(case, released)
    covered = parse_checkpoint(note.encode())
    custody = _Prover(case, Stream.CUSTODY, covered.custody.size)
    analysis = _Prover(case, Stream.ANALYSIS, covered.analysis.size)
    names = {held.item.id: held.public_id for held in shown.items}
    proofs = DossierProofs(
        form=FORM,
        program=f"witnessmark {version('witnessmark')}",
        checkpoint=note,
        signed_by=case_verifier(case) or "",
        released=analysis.proven(released.seq),
        released_opening=_opened(_record(case, Stream.ANALYSIS, {released.seq})[released.seq]),
        items=tuple(
            ShownItem(
                held.public_id,
                custody.proven(committed[held.item.id]),
                held.item.id if held.item.already_public else None,
                text_file(held.public_id) if held.document else None,
            )
            for held in shown.items
        ),
        claims=tuple(ShownClaim(read.public_id, names[read.item], read.claim.content) for read in shown.claims),
    )
    return canonical_json(proofs) + b"\n"


def _checkpoint(case: Case, released: queries.Released) -> str:
    """The earliest checkpoint of the case that covers the record of the dossier, so that the same dossier has the same; made now where there is none."""
    for path in sorted((case.folder.root / CHECKPOINTS).glob("*.note")):
        note = path.read_bytes()
        covered = parse_checkpoint(note)
        if covered.analysis.size > released.seq and covered.custody.size >= released.deed.custody:
            return note.decode()
    return signed_checkpoint(case)


def write_openings(case: Case, items: dict[str, str], out: Path, made_for: str) -> int:
    """Write the openings of these items' commitments (public id by item) for one named reader, readable by this user alone; how many. Raises StorageError."""
    with case.asking() as connection:
        committed = queries.committed(connection)
    records = _record(case, Stream.CUSTODY, {committed[item] for item in items})
    opened = tuple(ItemOpening(public_id, item, _opened(records[committed[item]])) for item, public_id in items.items())
    try:
        out.touch(mode=0o600)
        write_durably(out, canonical_json(Openings(OPENINGS_FORM, made_for, opened)) + b"\n")
        out.chmod(0o600)
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
    return len(opened)


def _record(case: Case, stream: Stream, seqs: set[int]) -> dict[int, Record]:
    return {entry.seq: record for entry, record in case.logs[stream].entries_with_records(min(seqs, default=0)) if entry.seq in seqs}


def _opened(record: Record) -> Opened:
    return Opened(bytes(record.body).decode(), record.salt)
