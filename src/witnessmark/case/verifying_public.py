"""Verifying a public dossier on a machine that has never seen the case: pages, commitments and quotes against the proofs it carries.

What only the holder of an original can see is not-checked, and says with what it could be: the originals of a public dossier are not in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from witnessmark.case.comparing_checkpoints import Outside
from witnessmark.errors import CustodyError, UsageError
from witnessmark.ledger.checkpoint import Checkpoint, parse_checkpoint
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.notes import parse_verifier
from witnessmark.ledger.proofs import verify_inclusion
from witnessmark.ledger.untrusted import FILE, FOLDER, hash_plain, kind_of, open_plain, shown, verdict_on, walk_plain
from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import DossierReleased, ItemCommitted
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.public import FORM, OPENINGS_FORM, PROOFS, DossierProofs, Opened, Openings, Proven, ShownClaim, ShownItem
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

_FAULTS = (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError)


_SHA256 = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def is_public_dossier(path: Path) -> bool:
    """Whether a folder is a public dossier and no case."""
    return kind_of(path / PROOFS) == FILE and kind_of(path / "ledger") is None


def verify_public(root: Path, openings: Path | None = None, *, outside: Outside | None = None) -> Iterator[Check]:
    """All checks of a public dossier; `openings` are those a named reader was given, `outside` checkpoints that came another way, and trusted keys."""
    try:
        with open_plain(root, PROOFS) as file:
            proofs = msgspec.json.decode(file.read(), type=DossierProofs)
    except _FAULTS as error:
        yield Check(PROOFS, *verdict_on(error))
        return
    if proofs.form > FORM:
        yield Check(PROOFS, Verdict.NOT_CHECKED, f"It is in form {proofs.form}; this program knows {FORM}. Install a newer witnessmark.")
        return
    checkpoint, check = _check_checkpoint(proofs)
    yield check
    if checkpoint is None:
        return
    heads = {head.stream: head for head in checkpoint.heads}
    released = _released(proofs, heads)
    if isinstance(released, str):
        yield Check("pages", Verdict.FAIL, released)
    else:
        yield from _check_pages(root, released.files)
    opened = _openings(openings)
    printed = _hashes_on(root, released.files) if isinstance(released, DossierReleased) else None
    for item in proofs.items:
        yield from _check_item(item, heads.get(Stream.CUSTODY), opened)
        if item.sha256 is not None and printed is not None and item.sha256 not in printed:
            yield Check(
                f"item {shown(item.public_id)}", Verdict.FAIL, f"{PROOFS} gives it a sha256 that stands on no page: it was altered."
            )
    yield from _check_claims(root, proofs)
    yield from _check_outside(checkpoint, outside)


def _check_checkpoint(proofs: DossierProofs) -> tuple[Checkpoint | None, Check]:
    """The checkpoint that all proofs lead to, where it is one and signed with the key the dossier names."""
    try:
        checkpoint, key = parse_checkpoint(proofs.checkpoint.encode()), parse_verifier(proofs.signed_by)
    except (CustodyError, UsageError) as error:
        return None, Check("checkpoint", Verdict.FAIL, f"It cannot be read: {shown(str(error))}.")
    if not any(key.verifies(checkpoint.text, signature) for signature in checkpoint.signatures):
        return None, Check("checkpoint", Verdict.FAIL, "It is not signed with the key that the dossier names.")
    return checkpoint, Check("checkpoint", Verdict.PASS, f"Signed with {shown(proofs.signed_by)}, over both logs as of {checkpoint.at}.")


def _check_outside(checkpoint: Checkpoint, outside: Outside | None) -> Iterator[Check]:
    """The dossier's checkpoint beside what came another way; a dossier carries no proof between two lengths of a log."""
    for name, kept, _ in outside.checkpoints if outside else ():
        subject = f"checkpoint {shown(name)}"
        if kept.origin != checkpoint.origin:
            yield Check(subject, Verdict.FAIL, "It is of another case than the dossier.")
            continue
        for ours, theirs in zip(checkpoint.heads, kept.heads, strict=True):
            if ours.size != theirs.size:
                what = f"It covers {theirs.size} entries of the {ours.stream} log, the dossier {ours.size}: only the case can prove that one begins with the other."
                yield Check(subject, Verdict.NOT_CHECKED, what)
            else:
                same = ours.root == theirs.root
                yield Check(
                    subject, Verdict.PASS if same else Verdict.FAIL, f"The {ours.stream} log is {'the same' if same else 'another'} there."
                )
    trusted = any(
        key.verifies(checkpoint.text, signature) for key in (outside.trusted if outside else ()) for signature in checkpoint.signatures
    )
    if trusted:
        yield Check("signature", Verdict.PASS, "The checkpoint is signed with a key that you trust.")
    else:
        what = (
            "Whose key it is cannot be seen in the dossier: compare it with one that came another way (--against CHECKPOINT --trust KEY)."
        )
        yield Check("signature", Verdict.NOT_CHECKED, what)


def _released(proofs: DossierProofs, heads: Mapping[Stream, LogHead]) -> DossierReleased | str:
    """The recorded list of pages, or what is wrong with its record."""
    fault = _fault(proofs.released, heads.get(Stream.ANALYSIS), proofs.released_opening)
    if fault:
        return f"The list of pages is not what the log holds: {fault}"
    try:
        return msgspec.json.decode(proofs.released_opening.body, type=DossierReleased)
    except _FAULTS as error:
        return f"The list of pages cannot be read: {shown(str(error))}."


def _fault(proven: Proven, head: LogHead | None, opening: Opened | None) -> str | None:
    """What is wrong with an entry, its proof or its opening; None where all hold."""
    try:
        entry = msgspec.json.decode(proven.entry, type=Entry)
        proof, root = [bytes.fromhex(node) for node in proven.proof], bytes.fromhex(head.root) if head else b""
    except _FAULTS as error:
        return f"it cannot be read ({shown(str(error))})."
    if head is None or entry.stream != head.stream or canonical_json(entry).decode() != proven.entry:
        return "its entry is not in canonical form, or of a log without a head."
    if not verify_inclusion(leaf_hash(proven.entry.encode()), entry.seq, head.size, proof, root):
        return "the proof does not lead from its entry to the log's head."
    if opening is not None:
        return None if _commits(opening, entry.commitment) else "the opening is not what the entry committed to."
    return None


def _commits(opening: Opened, commitment: str) -> bool:
    try:
        return hashlib.sha256(bytes.fromhex(opening.salt) + opening.body.encode()).hexdigest() == commitment
    except ValueError:
        return False


def _check_pages(root: Path, files: Mapping[str, str]) -> Iterator[Check]:
    wrong = 0
    for name, sha256 in files.items():
        try:
            digest, _ = hash_plain(root, name)
        except _FAULTS as error:
            wrong += 1
            yield Check(shown(name), *verdict_on(error))
            continue
        if digest != sha256:
            wrong += 1
            yield Check(shown(name), Verdict.FAIL, "The page is not the one that was published.")
    met, faults = walk_plain(root, "")
    yield from faults
    folders = {str(parent) for name in files for parent in Path(name).parents}
    for found in met:
        if found.name not in files and found.name != PROOFS and not (found.kind == FOLDER and found.name in folders):
            wrong += 1
            yield Check(shown(found.name), Verdict.FAIL, f"A {found.kind} that was not published with the dossier.")
    if not wrong:
        yield Check("pages", Verdict.PASS, f"{len(files)} files as the analysis log records them.")


def _hashes_on(root: Path, files: Mapping[str, str]) -> set[str]:
    """Every sha256 that stands on a page as it was published; of what the proofs say of an item besides its commitment, only the pages vouch."""
    found: set[str] = set()
    for name, sha256 in files.items():
        try:
            with open_plain(root, name) as file:
                content = file.read()
        except _FAULTS:
            continue
        if hashlib.sha256(content).hexdigest() == sha256:
            found |= {run.decode() for run in _SHA256.findall(content)}
    return found


def _check_item(item: ShownItem, head: LogHead | None, opened: Mapping[str, tuple[str, Opened]]) -> Iterator[Check]:
    subject = f"item {shown(item.public_id)}"
    sha256, opening = opened.get(item.public_id, (None, None))
    fault = _fault(item.committed, head, opening)
    if fault is None and opening is not None and _committed_item(opening) != sha256:
        fault = "the opening is of another original."
    if fault:
        yield Check(subject, Verdict.FAIL, f"Its commitment does not hold: {fault}")
        return
    yield Check(subject, Verdict.PASS, "The custody log holds its commitment" + (f", which is of {sha256}." if opening else "."))
    if item.sha256 is not None:
        what = f"It was public already: compare your copy's sha256 with {shown(item.sha256)}."
    elif opening is not None:
        what = f"Compare the original's sha256 with {sha256}."
    else:
        what = "It is withheld, and its commitment was not opened to you: ask for the opening (--openings)."
    yield Check(f"{subject}, original", Verdict.NOT_CHECKED, f"The original is not in the dossier. {what}")


def _committed_item(opening: Opened) -> str | None:
    try:
        return msgspec.json.decode(opening.body, type=ItemCommitted).item
    except _FAULTS:
        return None


def _openings(path: Path | None) -> dict[str, tuple[str, Opened]]:
    if path is None:
        return {}
    try:
        openings = msgspec.json.decode(path.read_bytes(), type=Openings)
    except _FAULTS as error:
        raise UsageError(f"{path} holds no openings of a dossier: {error}.") from error
    if openings.form > OPENINGS_FORM:
        raise UsageError(f"{path} is in form {openings.form}; this program knows {OPENINGS_FORM}. Install a newer witnessmark.")
    return {each.public_id: (each.sha256, each.opening) for each in openings.items}


def _check_claims(root: Path, proofs: DossierProofs) -> Iterator[Check]:
    """Each quote against the text that is shown; that the text is the original's is for the check of the original."""
    texts = {item.public_id: item.text for item in proofs.items}
    read: dict[str, str] = {}
    held = 0
    for claim in proofs.claims:
        fault = _claim_fault(root, claim, texts, read)
        held += fault is None
        if fault is not None:
            yield Check(f"claim {shown(claim.public_id)}", *fault)
    if proofs.claims and held == len(proofs.claims):
        yield Check("quotes", Verdict.PASS, f"{held} claims quote the texts that are shown, character for character.")
    if proofs.claims:
        yield Check(
            "quotes, originals",
            Verdict.NOT_CHECKED,
            "Whether those texts are what the originals say needs the originals, which are withheld.",
        )


def _claim_fault(root: Path, claim: ShownClaim, texts: Mapping[str, str | None], read: dict[str, str]) -> tuple[Verdict, str] | None:
    name = texts.get(claim.item)
    if name is None:
        return Verdict.FAIL, "It stands in no text of this dossier."
    try:
        if name not in read:
            with open_plain(root, name) as file:
                read[name] = file.read().decode()
    except _FAULTS as error:
        return verdict_on(error)
    if not claim.content:
        return Verdict.NOT_CHECKED, "It quotes nothing, so there is nothing to compare."
    if not all(span.holds_in(read[name]) for span in claim.content):
        return Verdict.FAIL, "Its quote is not what the text shown holds at that place."
    return None
