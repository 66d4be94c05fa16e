"""A claim in its place: the item it stands in and when that was published. What corroboration compares.

Comparisons here are of names, acts, places and dates as they were read; wording and vectors of meaning propose what belongs together and never decide whether it agrees,
since both rate a claim and its negation alike.
"""

from __future__ import annotations

import msgspec

from witnessmark.corroborate.days import Days, days_of, days_of_interval
from witnessmark.corroborate.naming import name_keys, name_words
from witnessmark.model.claim import Act, Claim, Kind, PartyRole, Stance

VERSION = "6"
"""Version of the whole stage; raised when its results can change."""

HAPPENINGS = frozenset(Act) - {Act.AGREEMENT, Act.MEETING, Act.INVESTIGATION, Act.SUPPORT, Act.OTHER}
"""Acts that can be alleged against somebody; meetings and agreements are context."""

ACCUSED = frozenset({PartyRole.PERPETRATOR, PartyRole.COMMANDER})


class PlacedClaim(msgspec.Struct, frozen=True):
    """A claim, the sha256 of its item, and its document's publication date (ISO, or only a year or month) where known.

    `answers_decided` says that a person decided what it answers, which may be nothing; `meaning` is the vector of the paragraph it stands in, empty where none was made.
    """

    claim: Claim
    item: str
    published: str | None = None
    answers_decided: bool = False
    meaning: bytes = b""

    @property
    def is_allegation(self) -> bool:
        """Whether it asserts, as fact, that something of the domain was done."""
        return self.claim.stance is Stance.ASSERTS and self.claim.kind is Kind.FACTUAL and self.claim.act in HAPPENINGS

    @property
    def days(self) -> Days:
        """When it was said, else when the document that says it was published; nothing is published before it is said."""
        said, published = days_of_interval(self.claim.said), days_of(self.published)
        if said.first is None and said.last is None:
            return published
        if said.last is None or (published.last is not None and (said.first or 0) <= published.last < said.last):
            return Days(said.first, published.last)
        return said

    @property
    def place_key(self) -> str | None:
        """The place's id, else its name folded; None where no place is stated."""
        where = self.claim.where
        if where is None:
            return None
        return where.id or (where.name or where.text).casefold()

    @property
    def accused(self) -> frozenset[str]:
        """Name keys of those said to have done or ordered it; empty where they are named by a pronoun only."""
        return frozenset(key for party in self.claim.parties if party.role in ACCUSED for key in name_keys(party.name or party.text))

    @property
    def speaker_name(self) -> str:
        """The speaker as resolved, else as mentioned; empty for the document's own voice."""
        speaker = self.claim.speaker
        return (speaker.name or (speaker.mention.text if speaker.mention else "")) if speaker else ""

    @property
    def speaker_words(self) -> frozenset[str]:
        """Name words of the speaker; empty for the document's own voice and for whom no name tells apart."""
        return name_words(self.speaker_name)
