"""Relays: through whom a statement reached the document, as the text itself names them.

"..., according to the agency", "in a statement carried by the agency", "told the radio station", or one person's words inside another's. The document's own
publisher is its source and is not repeated here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.claims.attributions import Attribution
from witnessmark.claims.people import PEOPLE, ROLES
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.speakers import Entity, Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

CARRYING = frozenset({"carry", "publish", "quote", "report", "broadcast", "release", "distribute", "cite", "relay", "post", "air", "issue"})
OUTLETS = frozenset(
    [
        "agency",
        "station",
        "newspaper",
        "channel",
        "network",
        "broadcaster",
        "daily",
        "magazine",
        "radio",
        "television",
        "tv",
        "website",
        "outlet",
        "paper",
        "journal",
        "bureau",
        "weekly",
        "news",
        "wire",
        "fm",
        "times",
        "post",
        "press",
    ]
)
WORDS = frozenset(
    {
        "statement",
        "interview",
        "remark",
        "comment",
        "letter",
        "communique",
        "communiqué",
        "message",
        "speech",
        "video",
        "post",
        "say",
        "quote",
    }
)
UNNAMED = frozenset({"unnamed", "unidentified", "anonymous"})


def relays_of(attribution: Attribution, others: list[Attribution], speakers: Speakers) -> list[Entity]:
    """The relays of one attribution, nearest the speaker first."""
    parsed = attribution.parsed
    found: list[Entity] = []
    sentence = attribution.anchor.sent
    for token in sentence:
        if token.tag_ == "VBN" and token.lemma_ in CARRYING and _carries_words(token):
            agent = child_of(token, "agent")
            thing = child_of(agent, "pobj") if agent is not None else None
            if thing is not None:
                found.append(_entity(attribution, thing, speakers))
    hearer = subject_of(attribution.anchor)
    if (
        attribution.anchor.lemma_ in {"hear", "learn", "understand"}
        and hearer is not None
        and hearer != attribution.source
        and hearer.lower_ not in {"i", "we"}
    ):
        found.append(_entity(attribution, hearer, speakers))
    addressee = attribution.addressee
    if addressee is not None and (_is_outlet(addressee) or _publishes(addressee, speakers.text)):
        found.append(_entity(attribution, addressee, speakers))
    for other in others:
        same_sentence = other.parsed is parsed and sentence.start <= other.anchor.i < sentence.end
        if other is attribution or other.source is None or not same_sentence:
            continue
        if (
            other.construction == "according"
            and other.source != attribution.source
            and attribution.construction != "according"
            and _covers(other, attribution)
        ):
            found.append(_entity(other, other.source, speakers))
    return list(dict.fromkeys(found))


def _carries_words(participle: Token) -> bool:
    """Whether what is carried or published is somebody's words, not a deed that is carried out."""
    if child_of(participle, "prt") is not None:
        return False
    agent = child_of(participle, "agent")
    thing = child_of(agent, "pobj") if agent is not None else None
    return participle.head.lemma_ in WORDS or (thing is not None and _is_outlet(thing))


def _covers(outer: Attribution, inner: Attribution) -> bool:
    cue = inner.cue_extent[0]
    return any(start <= cue[0] and cue[1] <= end for start, end in outer.extents)


def _is_outlet(token: Token) -> bool:
    words = {t.lower_ for t in token.subtree}
    return bool(words & OUTLETS)


def _publishes(token: Token, text: str) -> bool:
    """Whether the document elsewhere speaks of what this name published or broadcast."""
    if token.pos_ != "PROPN":
        return False
    return re.search(rf"\b(?:published|carried|broadcast|aired|printed) (?:\w+ )?by (?:the )?{re.escape(token.text)}\b", text) is not None


def _entity(attribution: Attribution, token: Token, speakers: Speakers) -> Entity:
    return speakers.read(attribution.parsed, token).entity


def quoted_by(attribution: Attribution) -> Token | None:
    """Whose words an outlet passes on: "the agency said, quoting *an official at the ministry*"."""
    subjects = [attribution.source, *(child for child in attribution.anchor.children if child.dep_ == "nsubj")]
    if attribution.source is None or not any(subject is not None and _is_outlet(subject) for subject in subjects):
        return None
    for child in attribution.anchor.children:
        if child.lemma_ in {"cite", "quote"} and child.dep_ in {"advcl", "prep", "xcomp"}:
            thing = child_of(child, "dobj", "pobj")
            if thing is not None and thing.lemma_.lower() in PEOPLE | ROLES:
                return thing
    return None


def is_unnamed_behind(anchor: Token) -> bool:
    """Whether the saying rests on somebody unnamed: "it added, citing an unnamed official"."""
    for child in anchor.children:
        if child.lemma_ in {"cite", "quote"} and child.dep_ in {"advcl", "prep", "xcomp", "conj"}:
            thing = child_of(child, "dobj", "pobj")
            if thing is not None and any(token.lower_ in UNNAMED for token in thing.subtree):
                return True
    return False
