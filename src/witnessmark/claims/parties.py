"""Parties: who a claim says acted, suffered or supported, with the words that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.acts import QUANTITY, Found, act_word_at
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import noun_phrase, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.speakers import LEADING, PRONOUNS, Speakers, one_line
from witnessmark.model.claim import ClaimParty, PartyRole

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = frozenset({"nobody", "none", "noone", "anyone", "anybody", "someone", "somebody", "everyone", "what", "that", "this", "nothing"})
THINGS = frozenset(
    {
        "building",
        "village",
        "house",
        "home",
        "shop",
        "town",
        "camp",
        "vehicle",
        "truck",
        "car",
        "bomb",
        "missile",
        "shell",
        "attack",
        "explosion",
        "blast",
        "deal",
        "agreement",
    }
)


def parties_of(text: str, proposition: Proposition, found: Found | None, speakers: Speakers) -> tuple[ClaimParty, ...]:
    """The parties of the proposition's act, perpetrators first; empty where no act is named."""
    if found is None:
        return ()
    parties: list[ClaimParty] = []
    roles = ((found.agents, PartyRole.PERPETRATOR), (found.supporters, PartyRole.SUPPORTER), (found.patients, PartyRole.VICTIM))
    for tokens, role in roles:
        if (
            role is PartyRole.PERPETRATOR
            and found.word.harm is None
            and found.word.act.value in {"agreement", "meeting", "investigation", "support"}
        ):
            continue
        for token in tokens:
            party = _party(text, proposition.parsed, token, role, speakers)
            if party is not None and party not in parties:
                parties.append(party)
    return tuple(parties)


def _party(text: str, parsed: Parsed, token: Token, role: PartyRole, speakers: Speakers) -> ClaimParty | None:
    if token.lower_ in NOBODY or token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        return None
    if any(child.dep_ == "det" and child.lower_ in {"no", "any"} for child in token.children):
        return None
    if role is PartyRole.VICTIM and (token.lemma_ in THINGS or token.lemma_ in QUANTITY or act_word_at(token) is not None):
        return None
    first, last = noun_phrase(token)
    extent = trimmed(text, *parsed.extent(first, last))
    if extent is None:
        return None
    words = text[extent[0] : extent[1]]
    if token.lower_ in PRONOUNS and token.pos_ == "PRON":
        return ClaimParty(None, role, extent[0], extent[1], words)
    known = speakers.known_name(parsed, token)
    return ClaimParty(known or LEADING.sub("", one_line(text, *extent)), role, extent[0], extent[1], words)
