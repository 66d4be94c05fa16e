"""Denials in the wording: which negated propositions deny something, and which only say how things are not.

"Nobody was killed", "there is no furnace" and "I signed nothing" deny; "it is not an average", "he could not get up" and "I do not know who fired" do not. What
is left out is a wish, an omission, an inability, an obligation, a name that a thing is only said not to have, and what the speaker does not know.
Any other negation denies only where somebody else in the document puts the same thing forward, which `answers` finds out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.claims.acts import PEACEFUL, Found
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.wordings import words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIVE = frozenset({"no", "nobody", "none", "nothing", "never", "neither", "nowhere"})
WISHES = frozenset({"receive", "want", "wish", "need", "expect", "like", "intend", "plan"})
OMISSION = frozenset(
    [
        "allow",
        "let",
        "permit",
        "provide",
        "respond",
        "reply",
        "return",
        "protect",
        "come",
        "spare",
        "reach",
        "help",
        "give",
        "answer",
        "comment",
        "stop",
        "prevent",
        "intervene",
        "show",
    ]
)
EPISTEMIC = frozenset({"know", "verify", "confirm", "identify", "establish", "determine", "recognise", "recognize"})
PERCEIVING = frozenset({"see", "hear", "witness", "watch", "meet"})
UNBELIEVING = frozenset({"believe", "think"})
NOBODY = frozenset({"nobody", "no-one", "noone"})
FIRST = frozenset({"i", "we"})
ALLEGED = frozenset({"report", "claim", "allege", "suggest", "assert"})
NO_THING = frozenset(
    [
        "reason",
        "idea",
        "choice",
        "intention",
        "comment",
        "doubt",
        "need",
        "plan",
        "information",
        "time",
        "way",
        "question",
        "answer",
        "right",
        "hurry",
        "alternative",
        "option",
        "difference",
        "sense",
        "point",
    ]
)
OPENING = re.compile(
    r"^(?:and |but |so |yes |that )?(?:there (?:is|are|was|were|has been|have been|had been) )?(?:not (?:one|a|an|any|my|our|here|tonight|today)|no|nobody|no-one|none|nothing|never|neither|nor|at no time)\b"
)
"""A proposition that opens so is negative, whatever the parser hung its first word on."""
EMPHATIC = re.compile(
    r"\b(?:never|not (?:one|any)|(?:has|have|had) no|(?:not|no|never|nobody|nothing)\b.* (?:at all|whatever|whatsoever|of any kind))\b"
)
"""A negation that leaves no exception."""
NEVER = re.compile(r"^(?:that )?[^,;]{1,60} (?:is|are|was|were|has|have|had)(?: been)? never (?:\w+ly )?\w+ed\b")
ANY = re.compile(r"\bany(?:one|body|thing)?\b")
BOUND = re.compile(
    r"\b(?:no|not|never) (?:fewer|less|more|later|earlier|only|least|long|far|doubt|longer)\b|\bno one knows\b|\bnot \w+ alone$|\b(?:since|again|yet)$|\bnot (?:for|like|by itself|obliged|put to)\b"
)
"""A "no" that negates no happening, and what was not seen again: "no fewer than 40", "not only", "have not been seen since"."""

LACKED = re.compile(
    r"\b(?:no|not any|never any) (?:\w+ )?(?:light|lights|electricity|water|food|bread|milk|doctors?|nurses?|medicines?|medication|an[a]?esthetic|bandages?|ambulances?"
    r"|windows?|blankets?|beds?|toilets?|lawyers?|shelter|fuel|heating|soap|warning|insignia|reason|explanation|answer|help|school|trial|funeral)\b(?! to\b| (?:was|were|is|are|has been) \w+ed\b)"
    r"|\b(?:not|n't|never|nobody|none|no one|no \w+)\b.{0,40}\b(?:eat|eaten|ate|drink|drunk|sleep|slept|help|helped|warn|warned|explain|explained|tell|told|speak|spoke|spoken"
    r"|feed|fed|bandaged|washed|survived?|bark|barked|come home|came home|came back|came out|left to)\b"
)
"""What was wanting, left undone or fell silent: hardship, where whoever tells of it is not the one who answers for it."""


def is_hardship(proposition: Proposition) -> bool:
    """Whether a negation tells what people lacked or what nobody did for them: "there was no water", "nobody warned us"."""
    return LACKED.search(words_of(proposition)) is not None


def is_denial(proposition: Proposition, found: Found | None) -> bool:
    """Whether the wording alone makes this a denial; `found` is the act the proposition speaks of.

    Whoever puts it forward denies by any plain negation of what was done or is so. That takes a few for denials that only tell how things were not,
    and misses few that answer somebody, which is the costlier error.
    """
    words = words_of(proposition)
    root = proposition.root
    opens = OPENING.search(words) is not None
    if BOUND.search(words) or not may_deny(proposition) or (root.pos_ not in {"VERB", "AUX"} and not opens):
        return False
    subject = subject_of(root)
    return (
        opens
        or EMPHATIC.search(words) is not None
        or _denies_act(root, found)
        or _names_allegation(root)
        or (root.lemma_ not in WISHES and not _is_remark(root, subject))
    )


def may_deny(proposition: Proposition) -> bool:
    """Whether a proposition is negated and not by an omission, an inability, an obligation or what the speaker does not know."""
    root = proposition.root
    if not is_negated(proposition) or (root.lemma_ in EPISTEMIC | UNBELIEVING and not _was_unaware(root)):
        return False
    subject = subject_of(root)
    opens = (
        OPENING.search(words_of(proposition)) is not None
        or (subject is not None and subject.lower_ in NEGATIVE | NOBODY)
        or _is_never(root)
    )
    modals = {child.lower_ for child in root.children if child.dep_ == "aux"}
    if modals & {"have", "’ve", "'ve"} and modals & {"could", "would"}:
        return True
    if root.lemma_ in OMISSION | PERCEIVING and not opens and not _is_own_sight(root) and not _is_empty(proposition, modals):
        return False
    thing = child_of(root, "dobj", "attr", "acomp")
    if thing is not None and thing.lemma_ in NO_THING | {"able", "possible", "sure", "certain"}:
        return False
    return not modals & {"can", "ca", "could", "may", "might", "should", "ought", "must", "will", "wo", "would"}


def _is_empty(proposition: Proposition, modals: set[str]) -> bool:
    """Whether an omission is one by rule or without exception: "depots do not come in", "did not give any", "had seen nothing"."""
    thing = child_of(proposition.root, "dobj")
    return (
        bool(modals & {"do", "does"}) or ANY.search(words_of(proposition)) is not None or (thing is not None and thing.lower_ in NEGATIVE)
    )


def _was_unaware(root: Token) -> bool:
    """Whether somebody says of themselves that they did not know of a thing then, which denies knowledge of it: "I did not know there were people in it"."""
    subject = subject_of(root)
    own = root.lemma_ == "know" and subject is not None and subject.lower_ in FIRST
    clause = child_of(root, "ccomp")
    open_ = clause is None or any(token.tag_ in {"WP", "WRB", "WDT"} or token.lower_ in {"if", "whether"} for token in clause.children)
    return own and not open_ and any(child.dep_ == "aux" and child.lower_ == "did" for child in root.children)


def _is_remark(root: Token, subject: Token | None) -> bool:
    """Whether "it" is only said not to be called so: "it was not an average"."""
    return root.lemma_ == "be" and subject is not None and subject.lower_ == "it" and child_of(root, "attr", "acomp") is not None


def _is_own_sight(root: Token) -> bool:
    """Whether somebody says what they themselves did not see or hear: "I saw no insignia"."""
    subject = subject_of(root)
    own = subject.lower_ in FIRST if subject is not None else root.dep_ == "ROOT"
    return root.lemma_ in PERCEIVING and own


def is_negated(proposition: Proposition) -> bool:
    """Whether the main clause is negated: by its verb, its subject or its object; "a ceiling, not an average" is no negation."""
    for child in proposition.root.children:
        if (child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ == "never")) and not _is_contrast(child):
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"} and _is_negative(child):
            return True
        if child.dep_ in {"prep", "acomp", "xcomp"} and any(
            _is_negative(grand) for grand in child.children if grand.dep_ in {"pobj", "dobj"}
        ):
            return True
        if child.dep_ == "cc" and child.lower_ == "nor":
            return True
    words = words_of(proposition)
    return OPENING.search(words) is not None or NEVER.search(words) is not None


def _is_contrast(negation: Token) -> bool:
    return negation.i > 0 and negation.nbor(-1).text in {",", ";", "—", "–"}


def _is_negative(noun: Token) -> bool:
    """Whether a noun phrase is empty: "nobody", "no soldier", "not one soldier", "none of them"."""
    if noun.lower_ in NEGATIVE:
        return True
    return any(
        (child.lower_ in {"no", "neither"} and child.dep_ in {"det", "preconj"}) or (child.dep_ == "neg" and not _is_contrast(child))
        for child in noun.children
    )


def _denies_act(root: Token, found: Found | None) -> bool:
    """Whether the act is what is negated: the act word heads the clause or is its subject or object."""
    if found is None or found.act in PEACEFUL:
        return False
    token = found.token
    return token == root or (token.head == root and token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "xcomp"})


def _is_never(root: Token) -> bool:
    return any(child.lower_ == "never" for child in root.children)


def _names_allegation(root: Token) -> bool:
    """Whether what is negated is said to have been alleged: "was not drunk, as some papers reported"."""
    return any(
        child.dep_ == "advcl" and child.lemma_ in ALLEGED and any(grand.lower_ == "as" for grand in child.children)
        for child in root.children
    )
