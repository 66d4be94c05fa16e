"""Checking the segments of an encrypted case as they are stored, with no key: each the one that an entry names, and none missing.

The first entry of every append names the SHA-256 of its segment, so the log covers the encrypted bytes. What they say inside is
checked apart, with the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from witnessmark.errors import CustodyError
from witnessmark.ledger.records import segment_name
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import hash_plain, kind_of, numbers, shown, verdict_on
from witnessmark.model.entry import Entry
from witnessmark.model.verdict import Check, Verdict

RENEWING = frozenset({"segments.renewed", "person.erased"})
"""The actions that seal segments anew; of any other entry, that it says so is not believed."""


def renewed_segments(custody: Survey) -> dict[str, Entry]:
    """The segments that were sealed anew ("analysis/12=<sha256>", as each is since), and the custody entry that says so last."""
    last: dict[str, tuple[str, Entry]] = {}
    for entry in custody.entries:
        if entry is not None and entry.action in RENEWING:
            last.update({name.partition("=")[0]: (name, entry) for name in entry.renewed})
    return dict(last.values())


def check_stored_segments(case: Path, survey: Survey, renewed: Mapping[str, Entry], *, busy: bool) -> Iterator[Check]:
    """Check that every segment an entry names is there and is what was stored, those of `renewed` as they were sealed last; `check_records` names what is there besides."""
    folder, faults, held = f"records/{survey.stream}", 0, 0
    anew = {segment: (sha256, entry) for (segment, _, sha256), entry in ((name.partition("="), entry) for name, entry in renewed.items())}
    exchanged: dict[int, list[int]] = {}
    for seq, entry in enumerate(survey.entries):
        if entry is None or (entry.segment is None and seq):
            continue
        name = f"{folder}/{segment_name(seq, survey.ending)}"
        sha256, by = anew.get(f"{survey.stream}/{seq}", (entry.segment, None))
        check = _check(case, name, sha256, excused=busy and survey.is_newer(seq))
        if check is None and by is not None:
            exchanged.setdefault(by.seq, []).append(seq)
        elif check is None:
            held += 1
        else:
            faults += 1
            yield check
    if survey.locked:
        yield from _check_others(case, survey, folder)
    for seq, firsts in sorted(exchanged.items()):
        yield _check_exchanged(folder, survey, seq, firsts)
    if held and not faults:
        yield Check(folder, Verdict.PASS, f"{held} encrypted segments are as they were stored, each the one its entry names.")


def _check_exchanged(folder: str, survey: Survey, by: int, firsts: Sequence[int]) -> Check:
    """Segments in the place of others: with the key each body in them is asked for its commitment, without it nobody can tell."""
    said = f"The segments that begin with {numbers(firsts)} were sealed anew, and are as custody entry {by} names them."
    if survey.locked:
        return Check(folder, Verdict.NOT_CHECKED, f"{said} The case is locked: what was taken out of them is seen once it is unlocked.")
    return Check(folder, Verdict.PASS, f"{said} What is in them is checked apart.")


def _check(case: Path, name: str, sha256: str | None, *, excused: bool) -> Check | None:
    if sha256 is None:
        return Check(shown(name), Verdict.FAIL, "The log begins with an entry that names no segment, which no encrypted case does.")
    try:
        found, _ = hash_plain(case, name)
    except FileNotFoundError as error:
        return Check(name, Verdict.NOT_CHECKED, "Being written by another process.") if excused else Check(name, *verdict_on(error))
    except (OSError, CustodyError) as error:
        return Check(name, *verdict_on(error))
    return (
        None if found == sha256 else Check(name, Verdict.FAIL, f"It was altered: its sha256 is now {found}, and its entry names {sha256}.")
    )


def _check_others(case: Path, survey: Survey, folder: str) -> Iterator[Check]:
    """What lies among the segments and no entry names; with the key, each record is asked instead."""
    named = {
        segment_name(seq, survey.ending) for seq, entry in enumerate(survey.entries) if entry is not None and entry.segment is not None
    }
    if kind_of(case / folder) != "folder":
        return
    for name in sorted(path.name for path in (case / folder).iterdir()):
        if name in named:
            continue
        newer = name == segment_name(len(survey.entries), survey.ending) or name.endswith(".new")
        yield Check(
            shown(f"{folder}/{name}"),
            Verdict.NOT_CHECKED if newer else Verdict.FAIL,
            "An append that never finished; the next write removes it." if newer else "No entry names it: somebody put it there.",
        )
