"""What the incidents of one document would fill into the templates of MUC-3 and MUC-4.

Of each incident that corroboration makes: the kind of terror it is, by its act and the means its claims name; its places and time; who did it, and how sure the text is of that; how many suffered what. An incident
whose act has no kind there makes no template. What no claim of it states of the time is filled with "up to the date of the document", since it is told as something that was done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from witnessmark.claims.lexicon import nouns
from witnessmark.claims.people import PEOPLE
from witnessmark.corroborate import PlacedClaim
from witnessmark.evaluate.muc_keys import Time, Words
from witnessmark.evaluate.numbers import Interval, words_of
from witnessmark.model.claim import Act, Certainty, Claim, ClaimParty, ClaimPlace, Harm, PartyRole
from witnessmark.model.incident import Incident, Role

ATTACK, BOMBING, KIDNAPPING, ARSON, ROBBERY = "ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY"
FACT, CLAIMED, SUSPECTED, BY_AUTHORITIES, POSSIBLE = (
    "REPORTED AS FACT",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "POSSIBLE",
)
KINDS: Mapping[Act, str] = {
    Act.KILLING: ATTACK,
    Act.DEATH_IN_CUSTODY: ATTACK,
    Act.TORTURE: ATTACK,
    Act.ATTACK: ATTACK,
    Act.CHEMICAL_ATTACK: ATTACK,
    Act.ATROCITY: ATTACK,
    Act.DESTRUCTION: ATTACK,
    Act.ENFORCED_DISAPPEARANCE: KIDNAPPING,
    Act.PILLAGE: ROBBERY,
}
SUREST = (CLAIMED, FACT, BY_AUTHORITIES, SUSPECTED, POSSIBLE)
MANY = frozenset({"people", "men", "women", "group", "band", "gang", "commandoe", "soldiers", "troops", "member", "element", "individual"})
PRONOUNS = frozenset(
    {
        "he",
        "him",
        "i",
        "it",
        "its",
        "me",
        "my",
        "one",
        "our",
        "she",
        "that",
        "their",
        "them",
        "these",
        "they",
        "this",
        "those",
        "us",
        "we",
        "which",
        "who",
        "whose",
    }
)
MOST_DAYS = 10**6
EFFECTS = {Harm.KILLED: "DEATH", Harm.INJURED: "INJURY"}
_BLAST = re.compile(
    r"\b(?:bomb|dynamit|explo(?:sive|sion|de)|blast|blow\w* up|blew up|blown up|detonat|grenade|(?:land ?)?mines?\b)", re.IGNORECASE
)
_FIRE = re.compile(r"\b(?:arson|set (?:fire|ablaze)|set \w+(?: \w+)? on fire|burn(?:ed|t|ing)|incendiary)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:kidnap|abduct|hostage|held captive)", re.IGNORECASE)
_ACCUSING = re.compile(
    r"\b(?:accus|blam|suspect|alleg|attribut|charg|implicat|point(?:ed)? (?:to|at)|held? \w+ responsible|responsible for)", re.IGNORECASE
)
_CLAIMING = re.compile(
    r"\b(?:claim\w*|took|taken?|assum\w*|admit\w*) (?:\w+ )?(?:responsibility|credit)|\b(?:confess|admitt)", re.IGNORECASE
)
_AUTHORITY = re.compile(
    r"\b(?:army|armed forces|military|polic\w+|government|officials?|authorit\w+|minist\w+|president|command|battalion|brigade|judge|court|prosecutor|attorney|garrison|guard|colonel|general|captain)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Accused:
    """A perpetrator by the words for it, how sure the text is, and whether it is a body ("the army") and not people called by what they are ("soldiers")."""

    words: Words
    confidence: str
    is_body: bool


@dataclass(frozen=True, slots=True)
class Suffered:
    """How many of whom suffered what: an effect of the keys, None where it has no word for it."""

    words: Words
    number: Interval | None
    effect: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one incident fills in: each perpetrator once."""

    kind: str
    time: Time | None
    place: ClaimPlace | None
    perpetrators: tuple[Accused, ...]
    suffered: tuple[Suffered, ...]


def told_of(incidents: Iterable[Incident], claims: Sequence[PlacedClaim], published: date | None) -> list[Told]:
    """What each incident of a document fills in, those with no kind left out."""
    known = {placed.claim.id: placed.claim for placed in claims}
    found = (_told(incident, known, published) for incident in incidents)
    return [each for each in found if each is not None]


def _told(incident: Incident, known: Mapping[str, Claim], published: date | None) -> Told | None:
    claims = [known[one.id] for one in incident.claims if one.role in {Role.SUPPORTS, Role.CONTEXT}]
    supporting = [known[one.id] for one in incident.claims if one.role is Role.SUPPORTS]
    kind = _kind(supporting)
    if kind is None:
        return None
    return Told(
        kind,
        _time(supporting, published),
        _place(claims),
        _perpetrators(supporting),
        tuple(dict.fromkeys(each for one in supporting for each in _suffered(one))),
    )


def _kind(claims: Sequence[Claim]) -> str | None:
    """The kind that most of the claims are of; the means decides between kinds of attack."""
    kinds = Counter(kind for claim in claims if (kind := _kind_of(claim)) is not None)
    if not kinds:
        return None
    words = " ".join(claim.quote for claim in claims)
    most = max(kinds, key=lambda kind: kinds[kind])
    if most != ATTACK:
        return most
    return BOMBING if _BLAST.search(words) else ARSON if _FIRE.search(words) else ATTACK


def _kind_of(claim: Claim) -> str | None:
    if claim.act is Act.DETENTION:
        return KIDNAPPING if _TAKEN.search(claim.quote) else None
    return KINDS.get(claim.act) if claim.act is not None else None


def _time(claims: Sequence[Claim], published: date | None) -> Time | None:
    """The shortest time that a claim states with its end."""
    closed = [(when.earliest, when.latest) for claim in claims if (when := claim.when) is not None and when.latest is not None]
    times = [(date.fromisoformat(first) if first else None, date.fromisoformat(last)) for first, last in closed]
    return min(times, key=_length, default=(None, published) if published is not None else None)


def _length(time: Time) -> int:
    first, last = time
    return (last - first).days if first is not None else MOST_DAYS


def _place(claims: Sequence[Claim]) -> ClaimPlace | None:
    """The first place that the gazetteer knows, else the first."""
    stated = [claim.where for claim in claims if claim.where is not None]
    return next((where for where in stated if where.id is not None), stated[0] if stated else None)


def _perpetrators(claims: Sequence[Claim]) -> tuple[Accused, ...]:
    """Each perpetrator once, with the surest of what the claims say of it."""
    found: dict[Words, Accused] = {}
    for claim in claims:
        for party in claim.parties:
            words = _words(party)
            if party.role is PartyRole.PERPETRATOR and words:
                surest = min((*(one.confidence for one in [found.get(words)] if one), _confidence(claim, party)), key=SUREST.index)
                found[words] = Accused(words, surest, _is_body(party))
    return tuple(found.values())


def _is_body(party: ClaimParty) -> bool:
    """Whether the head of a noun phrase names no sort of people."""
    head = re.split(r"\s+(?:of|from|who|in|at|with|belonging|wearing)\b|,", (party.name or party.text).casefold())[0].split()
    last = head[-1] if head else ""
    return not {last, last.removesuffix("s"), last.removesuffix("es"), re.sub(r"men$", "man", last)} & people()


@cache
def people() -> Words:
    """Words for sorts of people."""
    return PEOPLE | nouns("person") | MANY


def _confidence(claim: Claim, party: ClaimParty) -> str:
    """How sure the text is of a perpetrator: what a party says of itself is claimed, what a source says without a hedge is fact unless it is an accusation."""
    around = " ".join([*(span.text for span in claim.cue), claim.quote])
    speaker = claim.speaker
    name = f"{speaker.name or ''} {speaker.mention.text if speaker.mention else ''}" if speaker else ""
    if words_of(name) & _words(party) or _CLAIMING.search(around):
        return CLAIMED
    if claim.certainty is Certainty.POSSIBLE or claim.relay_certainty is Certainty.POSSIBLE:
        return POSSIBLE
    if _ACCUSING.search(around) or claim.certainty is Certainty.PROBABLE or claim.relay_certainty is not None:
        return BY_AUTHORITIES if _AUTHORITY.search(name) else SUSPECTED
    return FACT


def _words(party: ClaimParty) -> Words:
    """The words that name a party; none where a pronoun stands for nobody the text names."""
    return words_of(f"{party.name or ''} {party.text}") - PRONOUNS


def _suffered(claim: Claim) -> Iterator[Suffered]:
    """The victims a claim counts, and those it names without a number."""
    counted: set[str] = set()
    for count in claim.victims:
        if count.per is None:
            words = words_of(f"{count.text} {count.group or ''}")
            counted |= words
            yield Suffered(words, (count.min, count.max), EFFECTS.get(count.harm) if count.harm else None)
    for party in claim.parties:
        words = _words(party)
        if party.role is PartyRole.VICTIM and words and not words & counted:
            yield Suffered(words, None, EFFECTS[Harm.KILLED] if claim.act is Act.KILLING else None)
