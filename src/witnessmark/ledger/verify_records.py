"""Checking the records of one log: each body the committed one, each segment and record in its place, nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from witnessmark.durable import UNFINISHED
from witnessmark.errors import CustodyError
from witnessmark.ledger.records import Record, Tombstone, segment_name
from witnessmark.ledger.survey import Damage, Survey, read_records
from witnessmark.ledger.untrusted import CANNOT_OPEN, FILE, list_plain, numbers, shown, verdict_on
from witnessmark.ledger.verify_stored import check_stored_segments
from witnessmark.model.entry import Entry
from witnessmark.model.verdict import Check, Verdict


def check_records(case: Path, survey: Survey, *, busy: bool, renewed: Mapping[str, Entry] | None = None) -> Iterator[Check]:
    """Check the records of a log whose entries were surveyed; which bodies are sound is noted in the survey."""
    subject = f"records/{survey.stream}"
    if not survey.opened:
        survey.ordered = False
        yield Check(subject, Verdict.NOT_CHECKED, "The log cannot be read, so there is nothing to compare the bodies with.")
        return
    if survey.sealed:
        yield from check_stored_segments(case, survey, renewed or {}, busy=busy)
    if survey.locked:
        survey.ordered = False
        yield Check(
            subject, Verdict.NOT_CHECKED, "The case is locked: whether the bodies are the committed ones is seen once it is unlocked."
        )
        return
    seen: set[int] = set()
    checks = [*_check_segments(case, survey, seen)]
    denied = any(check.verdict is Verdict.NOT_CHECKED and check.detail.startswith(CANNOT_OPEN) for check in checks)
    checks += _check_missing(survey, seen, busy=busy, denied=denied)
    survey.ordered = not denied and not any(check.verdict is Verdict.FAIL for check in checks)
    yield from checks
    yield from _check_exchanged(subject, survey)
    if survey.sound and survey.ordered and survey.complete:
        yield Check(subject, Verdict.PASS, f"{len(survey.sound - survey.exchanged)} bodies are the ones their entries committed to.")


def _check_exchanged(subject: str, survey: Survey) -> Iterator[Check]:
    """Every body that is not the one its entry committed to, by the entry that says so: whoever can write to the case can write such an entry."""
    for by in sorted({survey.replaced[seq].by.seq for seq in survey.exchanged}):
        seqs = [seq for seq in survey.exchanged if survey.replaced[seq].by.seq == by]
        entry = survey.replaced[seqs[0]].by
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            f"The bodies of {numbers(seqs)} took the place of others when somebody was erased: custody entry {by}, {shown(entry.at)}, by {shown(entry.actor)}. "
            "They are the ones that entry commits to. What stood before is gone, so that no more than a name was taken out cannot be seen.",
        )


def _check_segments(case: Path, survey: Survey, seen: set[int]) -> Iterator[Check]:
    folder = f"records/{survey.stream}"
    try:
        inside = list_plain(case, folder)
    except (OSError, CustodyError) as error:
        yield Check(folder, *verdict_on(error))
        return
    follows = 0
    for found in inside:
        if found.name.endswith(survey.ending):
            checks, follows = _check_segment(case, found.name, survey, seen, follows)
            yield from checks
        elif found.name.endswith(UNFINISHED) and found.kind == FILE:
            yield Check(shown(found.name), Verdict.NOT_CHECKED, "An interrupted write; the next write removes it.")
        else:
            yield Check(shown(found.name), Verdict.FAIL, f"A {found.kind} that no append has written.")


def _check_segment(case: Path, segment: str, survey: Survey, seen: set[int], follows: int) -> tuple[list[Check], int]:
    """The checks of one segment, and the number that should come after it where `follows` should come first."""
    checks: list[Check] = []
    number = -1
    for number, record in enumerate(read_records(case, segment, survey.sealing)):
        if isinstance(record, Damage):
            checks.append(Check(shown(segment), record.verdict, record.fault))
            continue
        checks += _check_place(shown(segment), survey, record, follows, first=number == 0)
        seen.add(record.seq)
        follows = max(follows, record.seq + 1)
    if number < 0:
        checks.append(Check(shown(segment), Verdict.FAIL, "The segment is empty."))
    return checks, follows


def _check_place(segment: str, survey: Survey, record: Record | Tombstone, follows: int, *, first: bool) -> Iterator[Check]:
    """`follows` is the number that should come next. What skips over entries is named as missing; what comes late or beyond the log, here."""
    subject, seq = f"{segment} record {record.seq}", record.seq
    if first and segment.rpartition("/")[2] != segment_name(seq, survey.ending):
        yield Check(segment, Verdict.FAIL, f"The segment begins with record {seq}, which is not what its name says.")
    if seq < follows or seq > follows >= len(survey.entries):
        yield Check(subject, Verdict.FAIL, f"The record is repeated or out of order: {follows} should come next.")
    yield from _check_body(subject, survey, record)


def _check_body(subject: str, survey: Survey, record: Record | Tombstone) -> Iterator[Check]:
    entry, seq = survey.entry(record.seq), record.seq
    if isinstance(record, Tombstone):
        if entry is not None:
            survey.disposed.add(seq)  # whether that was decided is told once all decisions to dispose are read
        else:
            yield Check(subject, Verdict.FAIL, "The place of a disposed body that belongs to no readable entry.")
    elif entry is not None and entry.seq == seq and survey.commits_to(entry, record.commitment):
        survey.sound.add(seq)
        if record.commitment != entry.commitment:
            survey.exchanged.add(seq)
        elif seq in survey.replaced:
            yield Check(
                subject, Verdict.NOT_CHECKED, "Somebody was erased from this body, which is still there; the next write replaces it."
            )
    elif entry is not None:
        yield Check(subject, Verdict.FAIL, f"The body is not the one entry {seq} ({shown(entry.action)}) committed to.")
    elif seq < len(survey.entries) or (survey.head is not None and not survey.is_newer(seq)):
        yield Check(subject, Verdict.FAIL, "A body that belongs to no readable entry.")
    else:
        yield Check(subject, Verdict.NOT_CHECKED, "A body newer than the log: an append that never finished; the next write removes it.")


def _check_missing(survey: Survey, seen: set[int], *, busy: bool, denied: bool) -> Iterator[Check]:
    """Entries without a body, run by run, so that a lost segment is one line."""
    missing = [seq for seq, entry in enumerate(survey.entries) if entry is not None and seq not in seen]
    starts = [seq for before, seq in pairwise([-2, *missing]) if seq != before + 1]
    for start, after in pairwise([*starts, len(survey.entries)]):
        last = max(seq for seq in missing if start <= seq < after)
        subject = f"records/{survey.stream} record {start}" + (f" to {last}" if last > start else "")
        if denied:
            yield Check(subject, Verdict.NOT_CHECKED, "Not among the records that can be opened.")
        elif busy and survey.is_newer(start):
            yield Check(subject, Verdict.NOT_CHECKED, "Newer than the heads file, and not there yet.")
        else:
            yield Check(subject, Verdict.FAIL, f"{last - start + 1} of the bodies the log commits to are missing.")
