"""Checking the records of one log: each body the committed one, each segment and record in its place, nothing besides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from witnessmark.durable import UNFINISHED
from witnessmark.errors import CustodyError
from witnessmark.ledger.records import Record, Tombstone, segment_name
from witnessmark.ledger.survey import SEGMENT, Damage, Survey, read_records
from witnessmark.ledger.untrusted import CANNOT_OPEN, FILE, list_plain, shown, verdict_on
from witnessmark.model.verdict import Check, Verdict


def check_records(case: Path, survey: Survey, *, busy: bool) -> Iterator[Check]:
    """Check the records of a log whose entries were surveyed; which bodies are sound is noted in the survey."""
    subject = f"records/{survey.stream}"
    if not survey.opened:
        survey.ordered = False
        yield Check(subject, Verdict.NOT_CHECKED, "The log cannot be read, so there is nothing to compare the bodies with.")
        return
    seen: set[int] = set()
    checks = [*_check_segments(case, survey, seen)]
    denied = any(check.verdict is Verdict.NOT_CHECKED and check.detail.startswith(CANNOT_OPEN) for check in checks)
    checks += _check_missing(survey, seen, busy=busy, denied=denied)
    survey.ordered = not denied and not any(check.verdict is Verdict.FAIL for check in checks)
    yield from checks
    if survey.rewritten:
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            f"{len(survey.rewritten)} bodies took the place of others when somebody was erased. They are the ones the erasure committed to; what stood before is gone.",
        )
    if survey.sound and survey.ordered and survey.complete:
        yield Check(subject, Verdict.PASS, f"{len(survey.sound - survey.rewritten.keys())} bodies are the ones their entries committed to.")


def _check_segments(case: Path, survey: Survey, seen: set[int]) -> Iterator[Check]:
    folder = f"records/{survey.stream}"
    try:
        inside = list_plain(case, folder)
    except (OSError, CustodyError) as error:
        yield Check(folder, *verdict_on(error))
        return
    follows = 0
    for found in inside:
        if found.name.endswith(SEGMENT):
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
    for number, record in enumerate(read_records(case, segment)):
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
    if first and segment.rpartition("/")[2] != segment_name(seq):
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
    elif entry is not None and entry.seq == seq and record.commitment in {entry.commitment, survey.rewritten.get(seq)}:
        survey.sound.add(seq)
        if seq in survey.rewritten and record.commitment == entry.commitment:
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
