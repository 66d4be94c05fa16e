"""A claim in its place: the item it stands in and when that was published. What corroboration compares.

Comparisons here are of names, acts, places and dates as they were read; wording and embeddings never decide, since
embeddings rate a claim and its negation alike.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from witnessmark.model.claim import Act, Claim, Kind, PartyRole, Stance

VERSION = "1"
"""Version of the whole stage; raised when its results can change."""

HAPPENINGS = frozenset(Act) - {Act.AGREEMENT, Act.MEETING, Act.INVESTIGATION, Act.SUPPORT, Act.OTHER}
"""Acts that can be alleged against somebody; meetings and agreements are context."""

ACCUSED = frozenset({PartyRole.PERPETRATOR, PartyRole.COMMANDER})


class PlacedClaim(msgspec.Struct, frozen=True):
    """A claim, the sha256 of its item, and its document's publication date (ISO) where known."""

    claim: Claim
    item: str
    published: str | None = None

    @property
    def is_allegation(self) -> bool:
        """Whether it asserts, as fact, that something of the domain was done."""
        return self.claim.stance is Stance.ASSERTS and self.claim.kind is Kind.FACTUAL and self.claim.act in HAPPENINGS

    @property
    def day(self) -> str | None:
        """When it was said, else when the document that says it was published (ISO)."""
        said = self.claim.said
        return (said.latest or said.earliest if said else None) or self.published

    @property
    def place_key(self) -> str | None:
        """The place's id, else its name folded; None where no place is stated."""
        where = self.claim.where
        if where is None:
            return None
        return where.id or (where.name or where.text).casefold()

    @property
    def accused(self) -> frozenset[str]:
        """Name words of those said to have done or ordered it."""
        return frozenset(word for party in self.claim.parties if party.role in ACCUSED for word in name_words(party.name or party.text))

    @property
    def speaker_words(self) -> frozenset[str]:
        """Name words of the speaker; empty for the document's own voice."""
        speaker = self.claim.speaker
        if speaker is None:
            return frozenset()
        return name_words(speaker.name or (speaker.mention.text if speaker.mention else ""))


_COMMON = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "s",
        "its",
        "his",
        "her",
        "their",
        "ministry",
        "minister",
        "foreign",
        "defence",
        "defense",
        "interior",
        "government",
        "governments",
        "regime",
        "state",
        "official",
        "officials",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "forces",
        "force",
        "army",
        "military",
        "president",
        "security",
        "police",
        "authorities",
        "authority",
        "republic",
        "department",
        "office",
        "statement",
        "unnamed",
    }
)
"""Words that any state's bodies share, so they tell no body from another."""


@lru_cache(maxsize=65536)
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell one body from another, folded ("Foreign Ministry of Karvel" gives karvel)."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    return frozenset(word for word in words if word not in _COMMON and len(word) > 1)
