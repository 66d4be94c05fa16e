"""Certainty: how sure the speaker says to be, and how a relay hedges what it passes on.

Only hedges that govern the proposition count: its modal verb, its adverbs, the speaker's "we believe", the class of the cue. A hedge standing
outside the quotation marks of quoted words is the relay's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.claims.attributions import Attribution, Quotes
from witnessmark.claims.lexicon import CueClass
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.wordings import words_of
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
    HEARD, Certainty.UNKNOWN
)
"""What a relay's hedge is worth: who only passes on what is said has no view of their own."""
RUMOUR = frozenset({"say", "report", "allege", "rumour", "rumor", "believe", "understand", "claim"})
"""Passive verbs without an agent that hedge what they introduce: "is said to have", "it has been reported that"."""
OPEN = re.compile(
    r"\b(?:do not|don't|does not|doesn't|not|n't) know (?:who|how|what|where|when|why|which|whether|if)\b|\b(?:do not|don't|does not|doesn't) know$|\b(?:nobody|no one) knows\b"
    r"|\b(?:cannot|can't|could not|couldn't|unable to|not able to|no means of|not possible to|impossible to|(?:not|n't) in a position to|nobody else to) (?:\w+ ){0,3}"
    r"(?:tell|say|swear|verif\w+|confirm|corroborat\w+|check|vouch|know|determine|establish|be (?:sure|certain|verified|confirmed|substantiated|corroborated))\b"
    r"|\bno (?:idea|conclusions?|information|means)\b|\b(?:not|un)[ -]?clear\b|\bunverified\b|\bunconfirmed\b|\bnot aware of any\w*\b|\bno witness could\b|\bnot (?:yet )?(?:been )?(?:\w+ )?(?:verified|confirmed|corroborated|substantiated)\b"
)
"""Words that leave the matter open."""
LIKELY = re.compile(
    r"\b(?:must (?:have|be)|looks? (?:to (?:me|us) )?(?:like|as if)|almost certainly|in (?:my|our) (?:view|opinion)|consistent with|in all likelihood|(?:i|we) took (?:it|this|that) to)\b"
)
CONCEIVABLE = re.compile(
    r"\b(?:cannot|can't|could not|couldn't|will not|won't|would not|wouldn't|not) (?:be )?(?:exclud\w+|rul\w+ (?:\w+ )?out)\b|\bcould (?:also |well |just |easily )?(?:have|be)\b(?! not)|\bcould (?:rise|run|reach|grow|climb|worsen)\b"
    r"|\bwould not be (?:astonished|surprised)\b|\bit may be\b|\bdoes(?:n't| not) mean\b"
)
SUSPECTING = frozenset({"suspect", "fear", "suggest", "speculate", "wonder", "doubt", "worry"})
"""Cues of whoever does not commit to what follows."""
REGARDING = frozenset({"regard", "consider", "deem", "see", "view", "perceive", "fear"})
"""Cues of judging, not of guessing."""
FIRST = frozenset({"i", "we"})


def read_certainty(proposition: Proposition, cue: CueClass | None, quotes: Quotes, lemma: str | None = None) -> Certainty:
    """The certainty of the proposition as worded by its speaker, under a cue of this class and lemma."""
    return certainty_by(proposition, cue, quotes, lemma)[0]


def certainty_by(proposition: Proposition, cue: CueClass | None, quotes: Quotes, lemma: str | None = None) -> tuple[Certainty, str]:
    """The certainty, and the hedge it was read from."""
    root = proposition.root
    words = _governing(root, proposition, quotes)
    whole = words_of(proposition)
    if OPEN.search(whole) or (_unknowing(root) and not _was_ignorant(root)) or words & UNKNOWN:
        return Certainty.UNKNOWN, "words of not knowing"
    if words & POSSIBLE or CONCEIVABLE.search(whole) or lemma in SUSPECTING:
        return Certainty.POSSIBLE, f"a hedge: {', '.join(sorted(words & POSSIBLE)) or 'a wording of what may be'}"
    believed = cue is CueClass.BELIEVE and lemma not in REGARDING
    if words & PROBABLE or LIKELY.search(whole) or believed or cue is CueClass.ESTIMATE or _own_belief(proposition):
        return Certainty.PROBABLE, f"a hedge: {', '.join(sorted(words & PROBABLE)) or 'a belief or an estimate'}"
    return Certainty.CERTAIN, "no hedge is worded"


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
    if attribution.construction == "adverb":
        return RELAYED.get(attribution.anchor.lower_)
    return Certainty.UNKNOWN if _is_rumoured(attribution.anchor) else None


def _is_rumoured(anchor: Token) -> bool:
    """Whether nobody is named behind a passive cue, its own or the one it stands under: "is said to have told us that"."""
    verbs = [anchor, anchor.head] if anchor.dep_ == "xcomp" else [anchor]
    return any(
        verb.lemma_ in RUMOUR and child_of(verb, "auxpass") is not None and child_of(verb, "agent") is None and verb.tag_ in {"VBN", "VBD"}
        for verb in verbs
    )


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


def _was_ignorant(root: Token) -> bool:
    """Whether it was then that somebody did not know: "I did not know there were people in it"."""
    return root.lemma_ == "know" and any(child.dep_ == "aux" and child.lower_ == "did" for child in root.children)


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
