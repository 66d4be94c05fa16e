"""Comparing a case with checkpoints that were kept outside it: what no check inside the folder can show.

Each log must begin with all that each checkpoint covers. A log that is shorter was cut or put back to an earlier state; one whose beginning gives
another root was rewritten, reordered or forked, and an older checkpoint that still agrees says from where on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from witnessmark.case.checkpoint_page import parse_page
from witnessmark.case.verifying_checkpoints import case_keys, covers, signed_by_case
from witnessmark.case.verifying_deeds import Recorded
from witnessmark.errors import CaseError, CustodyError, UsageError
from witnessmark.ledger.checkpoint import Checkpoint, parse_checkpoint
from witnessmark.ledger.notes import NOTE_LIMIT, Kind, Signature, VerifierKey, signed_at
from witnessmark.ledger.proofs import Tree
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.timestamps import TOKEN_LIMIT, check_token, read_token
from witnessmark.ledger.untrusted import numbers, shown
from witnessmark.model.deed import ItemDisposed, PersonErased
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

TAKING = {
    str(PersonErased.__struct_config__.tag): "replaced bodies",
    str(ItemDisposed.__struct_config__.tag): "destroyed bodies",
}
"""What entries do to the bodies of others, by their action."""
STAMP = ".tsr"
"""Ending of the name of a timestamp token beside its checkpoint."""


class Outside(msgspec.Struct, frozen=True):
    """What was kept outside: checkpoints by the name of their file with the token beside each, whose signature counts, and authorities' certificates (PEM)."""

    checkpoints: tuple[tuple[str, Checkpoint, bytes | None], ...] = ()
    trusted: tuple[VerifierKey, ...] = ()
    authority: bytes | None = None


def read_kept(files: Sequence[Path], trusted: Sequence[VerifierKey], authority: Path | None) -> Outside:
    """Read what was kept outside. Raises CaseError where a file is no checkpoint, UsageError where something cannot be read."""
    kept = tuple((str(path), _read(path), _token(path)) for path in files)
    try:
        return Outside(kept, tuple(trusted), authority.read_bytes() if authority else None)
    except OSError as error:
        raise UsageError(f"{authority} cannot be read: {error.strerror or error}.") from error


def compare(outside: Outside, recorded: Recorded, surveys: Mapping[Stream, Survey]) -> Iterator[Check]:
    """Check the logs of a case, which were surveyed and read, against what was kept outside."""
    trees = {stream: Tree(survey.leaves) for stream, survey in surveys.items()}
    agreeing: dict[Stream, int] = dict.fromkeys(Stream, 0)
    ordered = sorted(outside.checkpoints, key=lambda kept: kept[1].custody.size)
    for name, checkpoint, token in ordered:
        yield from _check_origin(name, checkpoint, recorded)
        for head in checkpoint.heads:
            if not surveys[head.stream].opened:
                yield Check(f"{name} {head.stream}", Verdict.NOT_CHECKED, "The log cannot be read, so there is nothing to compare.")
                continue
            check = _check_head(name, checkpoint, head, trees[head.stream], agreeing[head.stream])
            if check.verdict is Verdict.PASS:
                agreeing[head.stream] = max(agreeing[head.stream], head.size)
            yield check
        yield from _check_signatures(name, checkpoint, outside.trusted, recorded)
        yield _check_time(name, checkpoint, token, outside.authority)
    yield from _say_what_was_taken(surveys[Stream.CUSTODY], recorded, agreeing)
    yield from _say_what_is_newer(surveys, agreeing)


def _check_origin(name: str, checkpoint: Checkpoint, recorded: Recorded) -> Iterator[Check]:
    origins = {began.origin for began in recorded.signing}
    if origins and checkpoint.origin not in origins:
        own = shown(recorded.signing[-1].origin)
        yield Check(name, Verdict.FAIL, f"It is a checkpoint of another case: it names {checkpoint.origin}, and this case is {own}.")
    elif not origins:
        yield Check(
            name,
            Verdict.FAIL,
            "This case never recorded that it made a checkpoint: it is another case, or was put back to a state from before its first one.",
        )


def _check_head(name: str, checkpoint: Checkpoint, head: LogHead, tree: Tree, agreeing: int) -> Check:
    subject = f"{name} {head.stream}"
    if head.size > tree.size:
        return Check(
            subject,
            Verdict.FAIL,
            f"Truncated or rolled back: on {checkpoint.at} the log held {head.size} entries, now {tree.size}: {head.size - tree.size} gone from its end, or the whole case was put back to an earlier state.",
        )
    if not covers(tree, head.size, head.root):
        since = f"Up to entry {agreeing - 1} it agrees with an older checkpoint, so it was changed after that." if agreeing else ""
        return Check(
            subject,
            Verdict.FAIL,
            f"Rewritten or forked: the first {head.size} entries are not those of {checkpoint.at}. Entries were altered, reordered or replaced. {since}".rstrip(),
        )
    return Check(
        subject,
        Verdict.PASS,
        f"The log begins with the {head.size} entries of {checkpoint.at}: none was removed, altered or reordered since.",
    )


def _check_signatures(name: str, checkpoint: Checkpoint, trusted: Sequence[VerifierKey], recorded: Recorded) -> Iterator[Check]:
    subject = f"{name} signature"
    own, bad = signed_by_case(checkpoint, recorded), _broken(checkpoint, [*trusted, *case_keys(recorded)])
    for key in bad:
        yield Check(subject, Verdict.FAIL, f"The signature of {key.name} does not hold: the checkpoint was altered after it was signed.")
    if checkpoint.signatures and recorded.signing and not own and not bad:
        yield Check(subject, Verdict.FAIL, "No key that this case recorded has signed it: it was altered, or somebody else made it.")
    good = [
        f"{key.name}{_when(key, signature)}"
        for key in trusted
        for signature in checkpoint.signatures
        if key.verifies(checkpoint.text, signature)
    ]
    if good:
        yield Check(subject, Verdict.PASS, f"Signed by {', '.join(good)}, as you trust.")
    elif trusted:
        yield Check(subject, Verdict.FAIL, f"Not one of the {len(trusted)} keys you trust has signed it.")
    elif not checkpoint.signatures:
        yield Check(
            subject, Verdict.NOT_CHECKED, "It carries none, having been printed: it is worth what the keeping of the paper is worth."
        )
    else:
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            "Whose signature counts was not said (--trust), and the key inside a case proves nothing against who holds the case. The heads were compared all the same.",
        )


def _broken(checkpoint: Checkpoint, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """The keys of which the checkpoint carries a signature that does not hold."""
    return [key for key in keys for s in checkpoint.signatures if key.has_made(s) and not key.verifies(checkpoint.text, s)]


def _when(key: VerifierKey, signature: Signature) -> str:
    if key.kind is not Kind.COSIGNATURE:
        return ""
    try:
        return f" on {datetime.fromtimestamp(signed_at(signature), UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return " at a time no calendar has"


def _check_time(name: str, checkpoint: Checkpoint, token: bytes | None, authority: bytes | None) -> Check:
    subject = f"{name} time"
    if token is None:
        return Check(
            subject,
            Verdict.NOT_CHECKED,
            f"No timestamp of an outside authority lies beside it ({name}{STAMP}): {checkpoint.at} is what the clock of the machine said.",
        )
    try:
        if authority is None:
            stamp = read_token(token, checkpoint.text)
            return Check(
                subject,
                Verdict.NOT_CHECKED,
                f"A token says that it existed on {stamp.at}; who made it was not checked (--authority CERT.pem).",
            )
        stamp = check_token(token, checkpoint.text, authority)
    except CustodyError as error:
        return Check(subject, Verdict.FAIL, f"The token beside it does not hold: {shown(str(error))}.")
    return Check(subject, Verdict.PASS, f"It existed on {stamp.at}, by the clock of {shown(stamp.authority)}.")


def _say_what_was_taken(custody: Survey, recorded: Recorded, agreeing: Mapping[Stream, int]) -> Iterator[Check]:
    """What newer entries replaced or destroyed of what the checkpoints cover: whoever can write to the case can write such an entry."""
    known = {taken.entry.seq: taken for taken in recorded.taken}
    for entry in custody.entries[agreeing[Stream.CUSTODY] :]:
        if entry is None or entry.action not in TAKING:
            continue
        taken = known.get(entry.seq)
        covered = {} if taken is None else {s: [n for n in seqs if n < agreeing[s]] for s, seqs in taken.bodies.items()}
        which = " and ".join(f"{stream} {numbers(seqs)}" for stream, seqs in covered.items() if seqs)
        if taken is not None and not which:
            continue
        yield Check(
            f"custody entry {entry.seq}",
            Verdict.NOT_CHECKED,
            f"It is newer than the checkpoints given here ({shown(entry.at)}, by {shown(entry.actor)}), and {TAKING[entry.action]} that they cover: "
            f"{which or 'which, cannot be read here'}. Whoever can write to the case can write such an entry: ask who decided it, and on what authority.",
        )


def _say_what_is_newer(surveys: Mapping[Stream, Survey], agreeing: Mapping[Stream, int]) -> Iterator[Check]:
    newer = {stream: len(survey.leaves) - agreeing[stream] for stream, survey in surveys.items()}
    if any(newer.values()):
        count = " and ".join(f"{number} of {stream}" for stream, number in newer.items() if number)
        yield Check(
            "roll-back",
            Verdict.NOT_CHECKED,
            f"The newest entries ({count}) are covered by no checkpoint given here: whether there were others in their place cannot be seen.",
        )


def _read(path: Path) -> Checkpoint:
    try:
        with path.open("rb") as file:
            content = file.read(NOTE_LIMIT + 1)
    except OSError as error:
        raise CaseError(f"The checkpoint {path} cannot be read: {error.strerror or error}.") from error
    try:
        return parse_page(content) or parse_checkpoint(content)
    except CustodyError as error:
        raise CustodyError(f"{path} is not a checkpoint, or was damaged: {error}.") from error


def _token(path: Path) -> bytes | None:
    beside = path.with_name(path.name + STAMP)
    try:
        with beside.open("rb") as file:
            return file.read(TOKEN_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{beside} cannot be read: {error.strerror or error}.") from error
