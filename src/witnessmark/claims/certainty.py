"""Certainty: how sure the speaker says to be, and how a relay hedges what it passes on.

Only hedges that govern the proposition count: its modal verb, its adverbs, the speaker's "we believe", the class of the cue. A hedge standing
outside the quotation marks of quoted words is the relay's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.attributions import Attribution, Quotes
from witnessmark.claims.lexicon import CueClass
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.propositions import Proposition
from witnessmark.model.claim import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSIBLE = frozenset(["may", "might", "possibly", "perhaps", "maybe", "possible", "conceivably", "potentially"])
PROBABLE = frozenset(
    [
        "probably",
        "likely",
        "apparently",
        "seemingly",
        "presumably",
        "believe",
        "think",
        "suspect",
        "appear",
        "seem",
        "assess",
        "consistent",
        "assume",
        "presume",
        "evidently",
    ]
)
HEARD = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "reputedly"])
UNKNOWN = frozenset(["unknown", "unclear", "unverified", "unconfirmed", "undetermined"])
UNKNOWING = frozenset({"know", "verify", "confirm", "identify", "establish", "determine", "recognise", "recognize"})
RELAYED = {"seemingly": Certainty.PROBABLE, "apparently": Certainty.PROBABLE, "evidently": Certainty.PROBABLE} | dict.fromkeys(
    HEARD, Certainty.POSSIBLE
)
FIRST = frozenset({"i", "we"})


def read_certainty(proposition: Proposition, cue: CueClass | None, quotes: Quotes) -> Certainty:
    """The certainty of the proposition as worded by its speaker."""
    root = proposition.root
    words = _governing(root, proposition, quotes)
    if _unknowing(root) or words & UNKNOWN:
        return Certainty.UNKNOWN
    if words & POSSIBLE or (cue is None and words & HEARD):
        return Certainty.POSSIBLE
    if words & PROBABLE or cue is CueClass.BELIEVE or _own_belief(proposition):
        return Certainty.PROBABLE
    return Certainty.CERTAIN


def relay_certainty(attribution: Attribution | None, proposition: Proposition, quotes: Quotes) -> Certainty | None:
    """The hedge of whoever passes the words on, where one stands outside the quoted words or at the cue."""
    if attribution is None:
        return None
    quoted = any(start < q.inner_end and q.inner_start < end for start, end in proposition.extents for q in quotes.all)
    if quoted:
        for token in proposition.tokens:
            if token.lower_ in RELAYED and quotes.holding(proposition.parsed.start(token)) is None:
                return RELAYED[token.lower_]
    for child in attribution.anchor.children:
        if child.dep_ == "advmod" and child.lower_ in RELAYED:
            return RELAYED[child.lower_]
    return RELAYED.get(attribution.anchor.lower_) if attribution.construction == "adverb" else None


def _governing(root: Token, proposition: Proposition, quotes: Quotes) -> set[str]:
    own = {token.i for token in proposition.tokens}
    near = [root, *root.children]
    if root.dep_ == "xcomp" and root.head.i in own:
        near += [root.head, *root.head.children]
    near += [
        token
        for token in proposition.tokens
        if token.dep_ == "advmod" and token.head.pos_ in {"NUM", "ADJ", "ADP", "NOUN"} and token.lower_ in POSSIBLE
    ]
    near += [grand for child in root.children if child.dep_ in {"acomp", "oprd"} for grand in [child, *child.children]]
    relays = quotes.holding(proposition.start) is not None
    kept = [t for t in near if t.dep_ in {"aux", "advmod", "acomp", "oprd", "amod"} or t in (root, root.head)]
    kept = [t for t in kept if not (relays and quotes.holding(proposition.parsed.start(t)) is None)]
    return {t.lower_ for t in kept} | {t.lemma_.lower() for t in kept if t.pos_ in {"VERB", "ADJ"}}


def _unknowing(root: Token) -> bool:
    negated = any(child.dep_ == "neg" for child in root.children)
    if negated and root.lemma_ in UNKNOWING:
        return True
    unable = child_of(root, "acomp")
    if unable is not None and unable.lower_ in {"unable", "unclear", "unknown"}:
        return True
    thing = child_of(root, "dobj", "attr")
    return thing is not None and thing.lemma_ in {"information", "idea"} and any(child.lower_ == "no" for child in thing.children)


def _own_belief(proposition: Proposition) -> bool:
    """Whether the speaker calls part of it a belief: "what we believe is", "in our view likely"."""
    for token in proposition.tokens:
        if token.lemma_ in {"believe", "think", "suspect", "assess"} and token.pos_ == "VERB":
            subject = subject_of(token)
            if subject is not None and subject.lower_ in FIRST:
                return True
    return False
