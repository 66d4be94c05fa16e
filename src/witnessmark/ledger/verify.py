"""Checking a log from its files alone: entries canonical and in order, root as in the heads file, every body the committed one.

Nothing here trusts the database, uses the code that wrote the files, or stops at the first fault: each damaged, missing or
additional thing is named. What is newer than the heads file as it was read first is never a pass and, while another process writes, never a fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path

import msgspec

from witnessmark.durable import UNFINISHED
from witnessmark.errors import CustodyError
from witnessmark.ledger.checkpoint import CHECKPOINTS
from witnessmark.ledger.erasing import replaced_in
from witnessmark.ledger.heads import HEADS_FILE
from witnessmark.ledger.merkle import CompactRange, leaf_hash
from witnessmark.ledger.records import Sealing
from witnessmark.ledger.survey import Survey, is_one_append
from witnessmark.ledger.tiles import TILES
from witnessmark.ledger.untrusted import FILE, list_plain, open_plain, shown, verdict_on
from witnessmark.ledger.verify_records import check_records
from witnessmark.ledger.verify_stored import renewed_segments
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

_HEADS = msgspec.json.Decoder(list[LogHead])
_ENTRY = msgspec.json.Decoder(Entry)


def check_logs(case: Path, *, busy: bool = False, surveys: Mapping[Stream, Survey] | None = None, outside: bool = False) -> Iterator[Check]:
    """Check both logs of a case folder, their heads and their records; `busy` while another process may be writing.

    `outside` where they are going to be compared with a checkpoint kept outside: without one, it is said that roll-back was not checked.
    What was found is noted in `surveys`, for those who go on from it.
    """
    surveys = surveys if surveys is not None else new_surveys()
    heads, faults = _read_heads(case)
    yield from faults
    custody = surveys[Stream.CUSTODY]
    replaced = replaced_in(case, custody.sealing) if not custody.locked else {stream: {} for stream in Stream}
    for stream, survey in surveys.items():
        survey.head = heads.get(stream)
        survey.replaced = replaced[stream]
        yield from _check_log(case, survey, busy=busy)
        yield from check_records(case, survey, busy=busy, renewed=renewed_segments(surveys[Stream.CUSTODY]))
    yield from _check_folder(case)
    if not outside:
        yield Check(
            "roll-back",
            Verdict.NOT_CHECKED,
            "Whether both logs were cut back or rewritten together with their heads file cannot be seen from inside this folder. Make a checkpoint "
            "(`witnessmark checkpoint CASE --out FILE`), keep it elsewhere, and compare: `witnessmark verify CASE --against FILE`.",
        )


def new_surveys(*, sealed: bool = False, sealing: Sealing | None = None) -> dict[Stream, Survey]:
    """An empty survey of each log. `sealed` says that the case is encrypted, `sealing` opens its records."""
    return {stream: Survey(stream, sealed=sealed, sealing=sealing) for stream in Stream}


def _read_heads(case: Path) -> tuple[dict[Stream, LogHead], list[Check]]:
    subject = f"ledger/{HEADS_FILE}"
    try:
        with open_plain(case, subject) as file:
            content = file.read()
        heads = _HEADS.decode(content)
    except FileNotFoundError:
        return {}, [Check(subject, Verdict.FAIL, "It is missing: nothing on this machine tells how long the logs were.")]
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return {}, [Check(subject, *verdict_on(error))]
    if (
        sorted(head.stream for head in heads) != sorted(Stream)
        or canonical_json(heads) + b"\n" != content
        or any(h.size < 0 for h in heads)
    ):
        return {}, [Check(subject, Verdict.FAIL, "It does not hold one head for each of the two logs, as it was written.")]
    return {head.stream: head for head in heads}, []


def _check_log(case: Path, survey: Survey, *, busy: bool) -> Iterator[Check]:
    subject, tree, prefix, faults = f"ledger/{survey.stream}", CompactRange(), None, 0
    size = survey.head.size if survey.head else None
    try:
        with open_plain(case, f"{subject}/log.jsonl") as file:
            for line in _whole_lines(file, survey):
                prefix = tree.root.hex() if tree.size == size else prefix
                survey.leaves.append(leaf_hash(line))
                tree.append(survey.leaves[-1])
                check = _check_entry(survey, line)
                if check:
                    faults += 1
                    yield check
    except FileNotFoundError:
        pass  # a log without entries has no file yet; whether it should have any is for the heads file to say
    except (OSError, CustodyError) as error:
        survey.opened = survey.whole = False
        yield Check(f"{subject}/log.jsonl", *verdict_on(error))
        return
    prefix = tree.root.hex() if tree.size == size else prefix
    survey.whole = survey.whole and not faults and size is not None and tree.size >= size
    yield from _check_length(case, survey, prefix, busy=busy)


def _whole_lines(file: BufferedReader, survey: Survey) -> Iterator[bytes]:
    for line in file:
        if line.endswith(b"\n"):
            yield line[:-1]
        else:
            survey.torn = len(line)


def _check_entry(survey: Survey, line: bytes) -> Check | None:
    number = len(survey.entries)
    subject = f"ledger/{survey.stream} entry {number}"
    try:
        entry = _ENTRY.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        survey.entries.append(None)
        return Check(subject, Verdict.FAIL, f"Not an entry: {shown(str(error))}.")
    survey.entries.append(entry)
    if entry.seq != number or entry.stream != survey.stream or canonical_json(entry) != line:
        return Check(subject, Verdict.FAIL, "The entry is out of place or not in canonical form.")
    return None


def _check_length(case: Path, survey: Survey, prefix: str | None, *, busy: bool) -> Iterator[Check]:
    """Set the log beside its head: what the head covers, what is newer, and a last line without its end."""
    subject, head, length = f"ledger/{survey.stream}", survey.head, len(survey.entries)
    if head is None:
        yield Check(subject, Verdict.NOT_CHECKED, f"No head says how long this log was; it holds {length} entries.")
    elif length < head.size and survey.torn:
        yield Check(
            subject,
            Verdict.FAIL,
            f"Entry {length} lost its end, and the heads file counts {head.size}: the log was cut or edited. Restore it from a copy.",
        )
    elif length < head.size:
        yield Check(subject, Verdict.FAIL, f"The log holds {length} entries; the heads file says {head.size}. Entries were removed.")
    elif prefix != head.root:
        survey.whole = False
        yield Check(
            subject,
            Verdict.FAIL,
            f"The first {head.size} entries do not give the recorded root: an entry was altered, reordered or replaced.",
        )
    elif head.size or not length:
        yield Check(subject, Verdict.PASS, f"{head.size} entries give the recorded root {head.root[:16]}….")
    if head is not None and length > head.size:
        yield _check_newer(case, survey, head, busy=busy)
    if survey.torn and (head is None or length >= head.size):
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            f"{survey.torn} bytes after the last whole entry: an append that never finished; the next write removes them.",
        )


def _check_newer(case: Path, survey: Survey, head: LogHead, *, busy: bool) -> Check:
    """Entries beyond the head. A case is made with its first custody entry; only the first append to the analysis log can be cut off from a head of 0."""
    subject, newer = f"ledger/{survey.stream}", len(survey.entries) - head.size
    interrupted = survey.stream is Stream.ANALYSIS and is_one_append(case, survey)
    if head.size == 0 and not busy and not interrupted:
        return Check(subject, Verdict.FAIL, f"The heads file says that this log is empty; it holds {newer} entries.")
    return Check(subject, Verdict.NOT_CHECKED, f"{newer} entries are newer than the heads file (an interrupted append, or added by hand).")


def _check_folder(case: Path) -> Iterator[Check]:
    """Everything in `ledger/` and `records/` themselves that has no business there."""
    known = {f"ledger/{HEADS_FILE}", *(f"ledger/{stream}/log.jsonl" for stream in Stream)}
    known |= {f"{top}/{stream}" for top in ("ledger", "records") for stream in Stream}
    known |= {CHECKPOINTS, *(f"ledger/{stream}/{TILES}" for stream in Stream)}  # what lies in these, the case checks
    for folder in ("ledger", *(f"ledger/{stream}" for stream in Stream), "records"):
        try:
            inside = list_plain(case, folder)
        except (OSError, CustodyError) as error:
            yield Check(folder, *verdict_on(error))
            continue
        for found in inside:
            if found.kind == FILE and found.name.startswith(f"ledger/{HEADS_FILE}.") and found.name.endswith(UNFINISHED):
                yield Check(shown(found.name), Verdict.NOT_CHECKED, "An interrupted write; it can be removed.")
            elif found.name not in known:
                yield Check(shown(found.name), Verdict.FAIL, f"A {found.kind} that is no part of a case.")
