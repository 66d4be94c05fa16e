"""What is derived of a view's claims besides answers and incidents: pledges as they stand on its day, responsibility as alleged, and what was known before later acts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from witnessmark.corroborate.notice import notice_timelines
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.corroborate.pledges import track_pledges
from witnessmark.corroborate.responsibility import PartyDecisions, alleged_responsibility
from witnessmark.errors import UsageError
from witnessmark.model.decision import Status
from witnessmark.model.incident import Answer
from witnessmark.model.notice import NoticeTimeline
from witnessmark.model.pledge import Pledge
from witnessmark.model.responsibility import Responsibility
from witnessmark.model.view import AsOf, CaseView

VERSION = "1"
"""Raised when what is tracked of the same claims can change."""


class Tracked(msgspec.Struct, frozen=True):
    """Pledges, parties and notices, derived from the same claims."""

    pledges: tuple[Pledge, ...]
    responsibility: Responsibility
    notices: tuple[NoticeTimeline, ...]


def track(view: CaseView, placed: list[PlacedClaim], answers: Collection[Answer], decided: PartyDecisions) -> Tracked:
    """What these claims of a view tell of pledges and parties, on the day the view shows."""
    found = tuple(answers)
    responsibility = alleged_responsibility(placed, found, decided)
    return Tracked(
        tuple(track_pledges(placed, found, on=day_of(view))), responsibility, tuple(notice_timelines(responsibility, placed, view.items))
    )


def with_tracked(view: CaseView, decided: PartyDecisions) -> CaseView:
    """The view with what its claims tell of pledges and parties; those that a person called misread tell nothing."""
    standing = {read.claim.id for read in view.claims if read.status is not Status.REJECTED}
    tracked = track(view, placed_claims(view, standing), view.answers, decided)
    return msgspec.structs.replace(view, pledges=tracked.pledges, responsibility=tracked.responsibility, notices=tracked.notices)


def placed_claims(view: CaseView, chosen: Collection[str]) -> list[PlacedClaim]:
    """These claims of a view, each with its item and that one's date; what they answer is cut down to them too."""
    documents = {held.document.id: held.document for held in view.items if held.document is not None}
    return [
        PlacedClaim(
            msgspec.structs.replace(read.claim, answers=tuple(about for about in read.claim.answers if about in chosen)),
            read.item,
            document.published.value if (document := documents.get(read.document)) and document.published else None,
            any(made.field == "answers" for made in read.decisions),
        )
        for read in view.claims
        if read.claim.id in chosen
    ]


def day_of(view: CaseView) -> str:
    """The ISO day a view shows: the one asked for, else that of the newest entry of its logs; the last of all days where it has none."""
    return view.cut.asked.day if view.cut is not None else view.as_of[:10] or date.max.isoformat()


def asked_day(day: str | None, *, known_to_us: bool) -> AsOf | None:
    """A question about an earlier ISO day, None where none is named. Raises UsageError."""
    if day is None:
        if known_to_us:
            raise UsageError("--known-to-us says which days count, so it needs one: add --as-of 2031-05-16.")
        return None
    return AsOf(day, known_to_us)
