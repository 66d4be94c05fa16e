"""Parties and pledges as a public dossier may show them: a person who may not be named stands by their office, or withheld.

Keys of parties are names folded, so each is drawn anew. Whoever `may_be_named` was decided by two people, or is a body.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.model.notice import Known, NoticeTimeline
from witnessmark.model.pledge import LaterClaim, Pledge
from witnessmark.model.responsibility import AllegedParty, PartyKind, Responsibility
from witnessmark.text.masking import Cover

WITHHELD_NAME = "a named person, withheld"
"""Stands for a name that two people have not decided to publish, where claims give no office."""


WITHHELD_UNSETTLED = "a name withheld, of a person or a body"
"""The same where it is not settled which of the two carries it."""


def public_name(party: AllegedParty) -> str:
    """What a public dossier shows in place of a name that it may not show."""
    return party.office or (WITHHELD_UNSETTLED if party.kind is PartyKind.UNSETTLED else WITHHELD_NAME)


def public_responsibility(responsibility: Responsibility, cover: Cover) -> Responsibility:
    """The same graph with no name in it that may not be published."""
    keys = _keys(responsibility)
    return Responsibility(
        tuple(_party(each, keys[each.key], cover) for each in responsibility.parties),
        tuple(
            msgspec.structs.replace(part, party=keys[part.party], of=keys[part.of] if part.of else None) for part in responsibility.parts
        ),
        responsibility.nameless,
    )


def public_notices(notices: Sequence[NoticeTimeline], responsibility: Responsibility, cover: Cover) -> tuple[NoticeTimeline, ...]:
    """Timelines of the parties of `responsibility`, which is the graph before names were taken out."""
    keys = _keys(responsibility)
    named = {each.key: each.may_be_named for each in responsibility.parties}

    def known(one: Known, party: str) -> Known:
        to = one.delivered_to and (cover.cover(one.delivered_to) if named[party] else WITHHELD_NAME)
        return msgspec.structs.replace(one, delivered_to=to)

    return tuple(
        msgspec.structs.replace(
            timeline,
            party=keys[timeline.party],
            acts=tuple(
                msgspec.structs.replace(
                    act,
                    known=tuple(known(one, timeline.party) for one in act.known),
                    during=tuple(known(one, timeline.party) for one in act.during),
                )
                for act in timeline.acts
            ),
        )
        for timeline in notices
    )


def public_pledges(pledges: Sequence[Pledge], cover: Cover) -> tuple[Pledge, ...]:
    """Pledges with the names in them covered where they must be."""
    return tuple(
        msgspec.structs.replace(
            pledge,
            by=tuple(map(cover.cover, pledge.by)),
            to=tuple(map(cover.cover, pledge.to)),
            later=tuple(_later(one, cover) for one in pledge.later),
        )
        for pledge in pledges
    )


def _later(one: LaterClaim, cover: Cover) -> LaterClaim:
    return msgspec.structs.replace(one, why=cover.cover(one.why))


def _party(party: AllegedParty, key: str, cover: Cover) -> AllegedParty:
    office = cover.cover(party.office) if party.office else None
    names = tuple(map(cover.cover, party.names)) if party.may_be_named else (cover.cover(public_name(party)),)
    return msgspec.structs.replace(party, key=key, names=names, office=office)


def _keys(responsibility: Responsibility) -> dict[str, str]:
    return {each.key: f"party-{number}" for number, each in enumerate(responsibility.parties, 1)}
