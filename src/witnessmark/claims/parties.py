"""Parties: who a claim says acted, suffered or supported, with the words that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.acts import QUANTITY, Found, act_word_at
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import child_of, noun_phrase, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.speaker_words import LEADING, PRONOUNS
from witnessmark.claims.speakers import Speakers, one_line
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


DOINGS = frozenset(
    {
        "action",
        "operation",
        "offensive",
        "fire",
        "crossfire",
        "gunfire",
        "clash",
        "war",
        "conflict",
        "violence",
        "measure",
    }
)
"""What is done, and does nothing itself."""
DOERS = ("er", "or", "ist", "man", "woman")
"""How nouns end that name who does something by what is done: "attacker", "perpetrator"."""
STATES = frozenset(
    {"be", "have", "say", "deny", "know", "believe", "die", "see", "hear", "remain", "want", "seem", "claim", "suffer", "report"}
)
"""Verbs whose subject does nothing to anybody."""
ARMED = frozenset(
    [
        "soldier",
        "gendarme",
        "militia",
        "militiaman",
        "police",
        "policeman",
        "constable",
        "army",
        "troop",
        "regiment",
        "brigade",
        "battalion",
        "division",
        "guard",
        "guardsman",
        "warder",
        "warden",
        "jailer",
        "rebel",
        "insurgent",
        "guerrilla",
        "fighter",
        "gunman",
        "marine",
        "navy",
        "artillery",
        "aircraft",
        "helicopter",
        "gunboat",
        "sniper",
        "paramilitary",
        "constabulary",
        "force",
        "squad",
        "abductor",
        "kidnapper",
        "interrogator",
        "officer",
        "commander",
        "lieutenant",
        "captain",
        "sergeant",
        "corporal",
        "peacekeeper",
        "patrol",
        "cavalry",
        "commando",
        "ranger",
        "agent",
    ]
)


def parties_of(text: str, proposition: Proposition, found: Found | None, speakers: Speakers) -> tuple[ClaimParty, ...]:
    """The parties of the proposition's act, perpetrators first; empty where no act is named."""
    if found is None:
        return _by_force(text, proposition, speakers)
    parties: list[ClaimParty] = []
    roles = (
        (found.agents, PartyRole.PERPETRATOR),
        (found.supporters, PartyRole.SUPPORTER),
        (found.patients, PartyRole.VICTIM),
        (found.supported, PartyRole.RECIPIENT),
    )
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
    if found.word.harm is not None and not any(party.role is PartyRole.PERPETRATOR for party in parties):
        parties = [*_by_force(text, proposition, speakers), *parties]
    return tuple(parties)


def _by_force(text: str, proposition: Proposition, speakers: Speakers) -> tuple[ClaimParty, ...]:
    """Armed men and bodies that the sentence lets act, whatever it says that they did; of a passive, its agent."""
    found = []
    for token in _doers(proposition):
        party = _party(text, proposition.parsed, token, PartyRole.PERPETRATOR, speakers)
        if party is not None and party not in found:
            found.append(party)
    return tuple(found)


def _doers(proposition: Proposition) -> list[Token]:
    inside = {token.i for token in proposition.tokens}
    root = proposition.root
    agents = [child_of(child, "pobj") for child in root.children if child.dep_ == "agent"]
    subject = proposition.subject()
    acts = root.pos_ == "VERB" and root.lemma_ not in STATES and subject is not None and subject.dep_ == "nsubj"
    verbs = [token for token in proposition.tokens if token.dep_ in {"advcl", "relcl", "ccomp", "acl"} and token.pos_ == "VERB"]
    others = [child for verb in verbs for child in verb.children if child.dep_ == "nsubj" and verb.lemma_ not in STATES]
    found = [subject] if acts and subject is not None else []
    return [t for t in (*agents, *found, *others) if t is not None and (t.i in inside or t is subject) and _is_armed(t)]


def _is_armed(token: Token) -> bool:
    """Whether a noun phrase is one of armed or official force: "soldiers of the 3rd Brigade", "the Special Branch", "government aircraft"."""
    words = {t.lemma_.lower() for t in token.subtree if t.i <= token.i or t.head == token or t.dep_ == "pobj"}
    words |= {t.lower_ for t in token.subtree}
    return token.pos_ in {"NOUN", "PROPN"} and bool(words & ARMED)


def _cannot_be(token: Token, role: PartyRole) -> bool:
    """Whether a noun names a happening or a thing, to which nothing is done; or a happening or a day, which does nothing."""
    lemma = token.lemma_.lower()
    if role is PartyRole.VICTIM:
        return token.lemma_ in THINGS or token.lemma_ in QUANTITY or act_word_at(token) is not None
    if role is not PartyRole.PERPETRATOR or token.pos_ != "NOUN":
        return False
    happens = act_word_at(token) is not None and not lemma.endswith(DOERS)
    return lemma in DOINGS or token.ent_type_ in {"DATE", "TIME"} or happens


def _party(text: str, parsed: Parsed, token: Token, role: PartyRole, speakers: Speakers) -> ClaimParty | None:
    if token.lower_ in NOBODY or token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        return None
    if any(child.dep_ == "det" and child.lower_ in {"no", "any"} for child in token.children):
        return None
    if _cannot_be(token, role):
        return None
    first, last = noun_phrase(token)
    extent = trimmed(text, *parsed.extent(first, last))
    if extent is None:
        return None
    words = text[extent[0] : extent[1]]
    if token.lower_ in PRONOUNS and token.pos_ == "PRON":
        return ClaimParty(speakers.meaning(parsed, token), role, extent[0], extent[1], words)
    known = speakers.known_name(parsed, token)
    return ClaimParty(known or LEADING.sub("", one_line(text, *extent)), role, extent[0], extent[1], words)
