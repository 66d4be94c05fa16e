"""Lines derived anew from the claims that leave: pledges, responsibility as alleged and notice always, claims and incidents where an earlier day is asked about.

What is held back is not held as far as these lines go, and a party that may not be named in public is not named in them either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.findings import derive_findings
from witnessmark.case.tracking import placed_claims, track
from witnessmark.case.viewing import view_case
from witnessmark.corroborate.responsibility import party_decisions
from witnessmark.model.canonical import canonical_json
from witnessmark.model.decision import Status
from witnessmark.model.view import AsOf, CaseView
from witnessmark.publish.public_parties import public_notices, public_responsibility
from witnessmark.store import queries
from witnessmark.text.masking import Covers

CLAIMS = "claims-jsonl"
INCIDENTS = "incidents-jsonl"
PLEDGES = "pledges-jsonl"
RESPONSIBILITY = "responsibility-jsonl"
NOTICE = "notice-jsonl"
TRACKED = (PLEDGES, RESPONSIBILITY, NOTICE)


def derived_lines(case: Case, kind: str, held_back: Collection[str], asked: AsOf | None) -> Iterator[bytes]:
    """The lines of an export of this kind, as if the items `held_back` were not held; `asked` about an earlier day, as it was then."""
    view = view_case(case, asked)
    view = msgspec.structs.replace(view, items=tuple(held for held in view.items if held.item.id not in held_back))
    here = {held.item.id for held in view.items}
    if kind == CLAIMS:
        yield from _claims(view, here)
        return
    with case.asking() as connection:
        gone = {stored.id for stored in queries.items(connection)} - here
        answers, incidents = derive_findings(connection, without=gone)
        decided = party_decisions(queries.decisions(connection))
    if kind == INCIDENTS:
        yield from map(canonical_json, incidents)
        return
    standing = {read.claim.id for read in view.claims if read.item in here and read.status is not Status.REJECTED}
    tracked = track(view, placed_claims(view, standing), answers, decided)
    if kind == PLEDGES:
        yield from map(canonical_json, tracked.pledges)
    elif kind == NOTICE:
        yield from map(canonical_json, public_notices(tracked.notices, tracked.responsibility, Covers()))
    else:
        shown = public_responsibility(tracked.responsibility, Covers())
        yield from (canonical_json({"record": "party", **msgspec.to_builtins(party)}) for party in shown.parties)
        yield from (canonical_json({"record": "part", **msgspec.to_builtins(part)}) for part in shown.parts)


def _claims(view: CaseView, here: Collection[str]) -> Iterator[bytes]:
    names = {held.item.id: held.receipts[0].name for held in view.items}
    for read in view.claims:
        if read.item in here:
            yield canonical_json(
                {
                    "file": names[read.item],
                    **msgspec.to_builtins(read.claim),
                    "item": read.item,
                    "number": read.number,
                    "status": read.status,
                }
            )
