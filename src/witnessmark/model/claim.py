"""A claim: one proposition put forward by one speaker, tied to exact characters of a document.

These structs are the project's outward contract (one JSON line a claim, `docs/reference/claim.md`): fields may be
added, never changed. Every struct with a `text` also carries the `start` and `end` it was cut from. A field that the
text does not settle is None or empty; it never holds a default that looks like knowledge.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from witnessmark.model.span import Span


class Form(StrEnum):
    """How the speaker's words reach us; a paraphrase is never shown as the speaker's words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Kind(StrEnum):
    """Only factual claims are weighed."""

    FACTUAL = "factual"
    OPINION = "opinion"
    POSITION = "position"


class Polarity(StrEnum):
    """What the content of a denial is: the rejected statement itself, or the statement already negated."""

    REJECTED = "rejected"
    NEGATED = "negated"


class Stance(StrEnum):
    """What the speaker does with the proposition."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    CONCEDES = "concedes"
    RETRACTS = "retracts"
    CORRECTS = "corrects"
    DEMANDS = "demands"
    PLEDGES = "pledges"
    PREDICTS = "predicts"


ANSWERING = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.CONCEDES, Stance.RETRACTS, Stance.CORRECTS})
"""Stances that speak about another claim, whatever their kind."""


class Certainty(StrEnum):
    """How sure the speaker is, as worded by the speaker (or, for a relay's hedge, by the relay)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """What is said to have been done. `docs/reference/acts.md` maps these to published vocabularies."""

    KILLING = "killing"
    DEATH_IN_CUSTODY = "death_in_custody"
    TORTURE = "torture"
    ENFORCED_DISAPPEARANCE = "enforced_disappearance"
    DETENTION = "detention"
    SEXUAL_VIOLENCE = "sexual_violence"
    ATTACK = "attack"
    CHEMICAL_ATTACK = "chemical_attack"
    DESTRUCTION = "destruction"
    DISPLACEMENT = "displacement"
    PILLAGE = "pillage"
    DENIAL_OF_AID = "denial_of_aid"
    RECRUITMENT_OF_CHILDREN = "recruitment_of_children"
    CONCEALMENT = "concealment"
    THREAT = "threat"
    ATROCITY = "atrocity"
    SUPPORT = "support"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    INVESTIGATION = "investigation"
    OTHER = "other"


class PartyRole(StrEnum):
    """The part somebody is said to have played."""

    PERPETRATOR = "perpetrator"
    COMMANDER = "commander"
    SUPPORTER = "supporter"
    ACQUIESCING = "acquiescing"
    BENEFICIARY = "beneficiary"
    VICTIM = "victim"
    WITNESS = "witness"
    RECIPIENT = "recipient"


class Per(StrEnum):
    """The period of a rate."""

    HOUR = "hour"
    DAY = "day"
    NIGHT = "night"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Harm(StrEnum):
    """What is said to have happened to the victims counted."""

    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    MISSING = "missing"
    DISPLACED = "displaced"
    FOUND = "found"
    AFFECTED = "affected"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a place is known; anything but a point is drawn as an area."""

    POINT = "point"
    FACILITY = "facility"
    LOCALITY = "locality"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class BasisKind(StrEnum):
    """On what the speaker rests the claim."""

    SUFFERED = "suffered"
    SAW = "saw"
    WAS_TOLD = "was_told"
    DOCUMENT = "document"
    IMAGE = "image"
    SENSOR = "sensor"
    INFERENCE = "inference"
    UNSTATED = "unstated"


class Speaker(msgspec.Struct, frozen=True):
    """Who puts the claim forward.

    `mention` is the whole noun phrase that names the speaker at this claim; `name` the canonical name (None for a
    pronoun that cannot be resolved, or no named source); `via` the relays named in the text, nearest the speaker first.
    """

    name: str | None = None
    mention: Span | None = None
    role: str | None = None
    anonymous: bool = False
    via: tuple[str, ...] = ()


class ClaimParty(msgspec.Struct, frozen=True):
    """Somebody the claim is about, with the role it gives them and the words that name them."""

    name: str | None
    role: PartyRole
    start: int
    end: int
    text: str


class Addressee(msgspec.Struct, frozen=True):
    """To whom a demand or pledge is made."""

    name: str | None
    start: int
    end: int
    text: str


class VictimCount(msgspec.Struct, frozen=True):
    """A number of victims as an interval: "at least 13" is [13, None], "as many as 50 a day" [None, 50] per day.

    `includes` is the index of the entry this one is a part of; `derived` marks a figure the speaker computed.
    """

    min: int | None
    max: int | None
    per: Per | None
    harm: Harm | None
    group: str | None
    includes: int | None
    approximate: bool
    derived: bool
    start: int
    end: int
    text: str


class Interval(msgspec.Struct, frozen=True):
    """ISO dates, both included, either None where it is open or not known; `text` is the expression as written."""

    earliest: str | None
    latest: str | None
    start: int
    end: int
    text: str


class ClaimPlace(msgspec.Struct, frozen=True):
    """Where it is said to have happened: `id` is `geonames:N` or `site:slug`; degrees are WGS 84."""

    name: str | None
    id: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision | None
    start: int
    end: int
    text: str


class Basis(msgspec.Struct, frozen=True):
    """What the speaker says the claim rests on. `held` is the item of this case that is that basis, or None."""

    kind: BasisKind
    held: str | None
    start: int
    end: int
    text: str


class OriginalSpan(msgspec.Struct, frozen=True):
    """Code points `start` to `end` of the text of `document`, of which the words of a claim are the translation: whole paragraphs, never less."""

    document: str
    start: int
    end: int


class Claim(msgspec.Struct, frozen=True):
    """One proposition by one speaker. `speaker` None means the document's own voice (then `cue` is empty).

    `original` is None unless the claim was read in a translation and its paragraph has a sure place in the original. `confidence` is how often, in 100,
    the learned reader is right about speaker, cue and content together where it is as sure as here (0 to 1); None where it had no part in the reading.
    """

    id: str
    attribution: str
    form: Form
    kind: Kind
    polarity: Polarity | None
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Speaker | None
    stance: Stance
    certainty: Certainty
    relay_certainty: Certainty | None = None
    act: Act | None = None
    parties: tuple[ClaimParty, ...] = ()
    addressee: Addressee | None = None
    purpose: Span | None = None
    victims: tuple[VictimCount, ...] = ()
    when: Interval | None = None
    said: Interval | None = None
    due: Interval | None = None
    where: ClaimPlace | None = None
    basis: tuple[Basis, ...] = ()
    answers: tuple[str, ...] = ()
    original: OriginalSpan | None = None
    confidence: float | None = None

    @property
    def quote(self) -> str:
        """The content as written, pieces joined by an ellipsis where it is discontinuous."""
        return " … ".join(span.text for span in self.content)


def claim_id(item: str, content: tuple[Span, ...], cue: tuple[Span, ...], mention: Span | None) -> str:
    """The identity of a claim: where it stands in which original, and nothing that a better reader could change.

    `item` is the original's sha256. Fields and reader version never enter, so decisions survive upgrades.
    """
    return "c-" + _place_hash(item, content, cue, mention)


def attribution_id(item: str, content: tuple[Span, ...], cue: tuple[Span, ...], mention: Span | None) -> str:
    """The identity shared by all claims cut from one source, cue and content."""
    return "a-" + _place_hash(item, content, cue, mention)


def _place_hash(item: str, content: tuple[Span, ...], cue: tuple[Span, ...], mention: Span | None) -> str:
    places = [[(s.start, s.end) for s in content], [(s.start, s.end) for s in cue], mention and (mention.start, mention.end)]
    return hashlib.sha256(msgspec.json.encode([item, places])).hexdigest()[:20]
