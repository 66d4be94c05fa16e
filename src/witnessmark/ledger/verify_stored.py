"""Checking the segments of an encrypted case as they are stored, with no key: each the one that an entry names, and none missing.

The first entry of every append names the SHA-256 of its segment, so the log covers the encrypted bytes. What they say inside is
checked apart, with the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from witnessmark.errors import CustodyError
from witnessmark.ledger.records import segment_name
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import hash_plain, kind_of, shown, verdict_on
from witnessmark.model.verdict import Check, Verdict


def renewed_segments(custody: Survey) -> dict[str, str]:
    """The segments that were sealed anew without what was disposed of ("analysis/12"), and the sha256 that each has since by the custody log."""
    named = (name.partition("=") for entry in custody.entries if entry is not None for name in entry.renewed)
    return {segment: sha256 for segment, _, sha256 in named}


def check_stored_segments(case: Path, survey: Survey, renewed: Mapping[str, str], *, busy: bool) -> Iterator[Check]:
    """Check that every segment an entry names is there and is what was stored, those of `renewed` as they were sealed last; `check_records` names what is there besides."""
    folder, faults, held = f"records/{survey.stream}", 0, 0
    for seq, entry in enumerate(survey.entries):
        if entry is None or (entry.segment is None and seq):
            continue
        name = f"{folder}/{segment_name(seq, survey.ending)}"
        check = _check(case, name, renewed.get(f"{survey.stream}/{seq}", entry.segment), excused=busy and survey.is_newer(seq))
        if check is None:
            held += 1
        else:
            faults += 1
            yield check
    if survey.locked:
        yield from _check_others(case, survey, folder)
    if held and not faults:
        yield Check(folder, Verdict.PASS, f"{held} encrypted segments are as they were stored, each the one its entry names.")


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
