"""Exports: claims and incidents as JSON lines in the published shapes, in the order of their short numbers, and the same facts in the forms of other programs.

Exports leave the case, so they keep to what was decided: what was read in an item that is sealed, withheld or lacks consent is left out, and so is a line that points
at it, for half a claim would be a claim nobody made. Incidents are derived anew from the claims that leave, as if nothing else were held: what is held back must
not show in how well something is supported. How many were left out and under which rule is said. More leaves only with a reason, which is recorded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.exporting_derived import CLAIMS, INCIDENTS, TRACKED, derived_lines
from witnessmark.case.exporting_facts import FORMS, facts_of
from witnessmark.case.exporting_files import digest_of, refuse_occupied, write_files
from witnessmark.case.findings import derive_findings
from witnessmark.case.handing_over_look import look_over_lines
from witnessmark.case.leaving import Selection, select_readings
from witnessmark.case.telling import Standing, Tell
from witnessmark.errors import UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import LinesExported
from witnessmark.model.view import AsOf
from witnessmark.store import queries

_ID = re.compile(rb'"[0-9a-z-]{10,}"')
"""What can be an id in a line of JSON: a string of nothing else, so never a part of a text."""


class Exported(msgspec.Struct, frozen=True):
    """How many lines (in other forms: claims and incidents) were written, how many left out, and the short numbers of the items that were held back, by rule."""

    lines: int
    left_out: int
    held_back: dict[str, tuple[str, ...]]


def export(  # noqa: PLR0913 -- what is exported and how far, each by its name
    case: Case,
    kind: str,
    out: Path,
    *,
    recipient: str = "",
    sealed: str | None = None,
    asked: AsOf | None = None,
    tell: Tell = lambda _: None,
) -> Exported:
    """Write an export to `out`. `recipient` is whom consent to share has to name; `sealed` the reason for letting out what is sealed or withheld, too.
    `asked` is about an earlier day: the lines are of what was there then.

    Raises UsageError for an unknown format, ProtectionError or LeakError where what is finished holds what stays behind or cannot be searched for it, StorageError.
    """
    if kind not in {*FORMATS, *TRACKED, *FORMS}:
        raise UsageError(
            f"There is no export to {kind!r}. Choose one of: handover, bagit, ocfl, {', '.join((*FORMATS, *TRACKED, *FORMS))}."
        )
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write exports elsewhere, so that nothing of the case is ever overwritten.")
    selection = select_readings(case, recipient, include_sealed=sealed is not None)
    made = _facts(case, kind, selection, tell, tell_all=sealed is not None) if kind in FORMS else _lines(case, kind, selection, asked, tell)
    refuse_occupied(out, made.files)
    look_over_lines(case, made.files, selection, tell_all=sealed is not None)
    held_back: dict[str, tuple[str, ...]] = {}
    for held, rule in selection.held_back:
        held_back[rule] = (*held_back.get(rule, ()), held.item.number)
    if sealed is not None:
        counts = Counter(rule.value for _, rule in selection.held_back)
        case.record([LinesExported(kind, recipient, made.lines, dict(counts), digest_of(made.files), sealed)])
    write_files(out, made.files)
    return Exported(made.lines, made.left_out, held_back)


class _Made(msgspec.Struct, frozen=True):
    """What is to be written: one content, or files by name; of how many lines, claims or incidents, and how many were left out."""

    files: bytes | dict[str, bytes]
    lines: int
    left_out: int


def _lines(case: Case, kind: str, selection: Selection, asked: AsOf | None, tell: Tell) -> _Made:
    lines, left_out = lines_leaving(case, kind, selection, asked=asked, tell=tell)
    return _Made(b"".join(line + b"\n" for line in lines), len(lines), left_out)


def _facts(case: Case, kind: str, selection: Selection, tell: Tell, *, tell_all: bool) -> _Made:
    """The facts in a form of another program: those that would leave as lines, and no other."""
    claims, fewer_claims = lines_leaving(case, CLAIMS, selection, tell=tell)
    incidents, fewer_incidents = lines_leaving(case, INCIDENTS, selection)
    facts = facts_of(case, selection, claims, incidents, tell_all=tell_all)
    tell(f"Writing {len(claims):,} claims and {len(incidents):,} incidents as {kind}")
    return _Made(FORMS[kind](facts), len(claims) + len(incidents), fewer_claims + fewer_incidents)


def lines_leaving(
    case: Case, kind: str, selection: Selection, *, asked: AsOf | None = None, tell: Tell = lambda _: None
) -> tuple[list[bytes], int]:
    """The lines that point at nothing held back, and how many others there are."""
    hidden, kept, left_out = _ids_held_back(case, selection), [], 0
    anew = asked is not None or kind in TRACKED
    held_back = {held.item.id for held, _ in selection.held_back}
    for line in derived_lines(case, kind, held_back, asked) if anew else FORMATS[kind](case):
        if not hidden.isdisjoint(_ID.findall(line)):
            left_out += 1
            continue
        kept.append(line)
        tell(Standing("lines made", len(kept)))
    if left_out and kind == INCIDENTS and not anew:
        kept = [line for line in _incidents_without(case, selection) if hidden.isdisjoint(_ID.findall(line))]
    return kept, left_out


def _incidents_without(case: Case, selection: Selection) -> list[bytes]:
    """The incidents as the claims that leave give them."""
    with case.asking() as connection:
        found = derive_findings(connection, without={held.item.id for held, _ in selection.held_back})[1]
    return [canonical_json(incident) for incident in found]


def _ids_held_back(case: Case, selection: Selection) -> frozenset[bytes]:
    """The ids of everything held back and of everything read in it, each in quotation marks as it stands where a line uses it."""
    hidden = {held.item.id for held, _ in selection.held_back}
    documents = [held.document.id for held, _ in selection.held_back if held.document]
    with case.asking() as connection:
        claims = [stored.claim for stored in queries.claims(connection) if stored.item in hidden]
    ids = {*hidden, *documents, *(claim.id for claim in claims), *(claim.attribution for claim in claims)}
    return frozenset(map(canonical_json, ids))


def _claims(case: Case) -> Iterator[bytes]:
    with case.asking() as connection:
        names = {item: receipts[0].name for item, receipts in queries.receipts(connection).items()}
        for stored in queries.claims(connection):
            yield canonical_json(
                {
                    "file": names[stored.item],
                    **msgspec.to_builtins(stored.claim),
                    "item": stored.item,
                    "number": f"C{stored.number}",
                    "status": stored.status,
                }
            )


def _incidents(case: Case) -> Iterator[bytes]:
    with case.asking() as connection:
        yield from (canonical_json(incident) for incident in queries.incidents(connection))


FORMATS: dict[str, Callable[[Case], Iterator[bytes]]] = {CLAIMS: _claims, INCIDENTS: _incidents}
