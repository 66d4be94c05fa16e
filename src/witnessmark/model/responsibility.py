"""Responsibility as alleged: who is said to have done, ordered, supported, let happen or gained from what, and who denies it.

A graph of parties. Each edge is a set of claims and a set of denials, and nothing else: none of it is stated in the system's own voice, no legal class is given to it, and no two names are
made one party unless they are written alike.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.claim import Act, PartyRole

ANSWERABLE = (PartyRole.PERPETRATOR, PartyRole.COMMANDER, PartyRole.SUPPORTER, PartyRole.ACQUIESCING, PartyRole.BENEFICIARY)
"""The roles that make somebody answerable, in the order in which they are shown."""

NAMED_RESPONSIBILITY = "named_responsibility"
"""The field of a decision that a named person may stand in published responsibility; it takes two people."""

PARTY_KIND = "party_kind"
"""The field of a decision on what carries a name: a body or a person."""

PARTY = "party "
"""Begins the subject of a decision on a party: "party corvane", the name folded."""

DECIDERS = 2
"""People who must have decided, each for themselves, before a named person is published as responsible."""


class PartyKind(StrEnum):
    """What carries the name. `UNSETTLED` is treated as a person wherever something is published."""

    BODY = "body"
    PERSON = "person"
    UNSETTLED = "unsettled"


class AllegedParty(msgspec.Struct, frozen=True):
    """Somebody said to have had a part. `key` is the name folded; `names` are the ways it is written, `office` the office or unit that claims give, None where none does.

    `may_be_named` is whether a public dossier may show the name.
    """

    key: str
    names: tuple[str, ...]
    kind: PartyKind
    office: str | None
    may_be_named: bool


class AllegedPart(msgspec.Struct, frozen=True):
    """One edge: the part `party` is said to have had in `act`, or in what `of` (the key of the party supported) does; either may not be stated.

    `said` are the claims that say so, `denied` those that deny this part or one of these claims, `answered` doubts and concessions about them.
    """

    party: str
    role: PartyRole
    act: Act | None
    of: str | None
    said: tuple[str, ...]
    denied: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


class Responsibility(msgspec.Struct, frozen=True):
    """All parties that have a part or are what a part is in, and all parts. `nameless` are claims that give a part to somebody they do not name."""

    parties: tuple[AllegedParty, ...] = ()
    parts: tuple[AllegedPart, ...] = ()
    nameless: tuple[str, ...] = ()
