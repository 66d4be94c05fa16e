"""Counted: what a number counts, and what happened to those it counts.

A number counts the noun it stands at, or stands alone where people would. What happened is read beside it ("10 *dead*"), else on the way up the parse to where
somebody suffers: through lists, appositions, "of", "including" and "along with". On that way those who act are met as well; they are no victims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.acts import act_word_at
from witnessmark.claims.lexicon import nouns
from witnessmark.claims.people import PEOPLE, ROLES
from witnessmark.claims.phrases import child_of
from witnessmark.claims.suffering import BODIES, CERTAIN_HARMS, STATES, Suffering
from witnessmark.model.claim import Harm

if TYPE_CHECKING:
    from spacy.tokens import Token

HUMAN_VERBS = frozenset(
    [
        "count",
        "find",
        "leave",
        "return",
        "come",
        "remain",
        "survive",
        "escape",
        "treat",
        "dress",
        "release",
        "stay",
        "flee",
        "bury",
        "identify",
        "name",
        "wound",
        "hear",
        "be",
    ]
)
"""Verbs at which a number alone stands for people."""
DOINGS = frozenset(
    [
        "see",
        "meet",
        "interview",
        "gather",
        "send",
        "deploy",
        "include",
        "have",
        "join",
        "elect",
        "recruit",
        "involve",
        "accuse",
        "charge",
        "dispatch",
        "station",
        "assign",
        "hire",
        "train",
        "expect",
        "need",
        "use",
        "employ",
        "mobilize",
        "attend",
        "vote",
        "march",
        "demonstrate",
        "participate",
        "protest",
        "rally",
        "believe",
        "belong",
        "enter",
        "arrive",
        "approach",
        "act",
        "work",
        "live",
        "exist",
        "number",
        "total",
        "represent",
        "speak",
        "ask",
        "know",
        "want",
        "question",
        "interrogate",
        "pay",
        "invite",
        "welcome",
        "thank",
        "lead",
        "protect",
        "guard",
        "help",
        "serve",
        "sign",
        "observe",
        "support",
        "testify",
        "say",
        "tell",
        "get",
        "go",
    ]
)
"""What people do, or what is done with them, without their coming to harm."""
ACTIVE = frozenset(
    [
        "soldier",
        "fighter",
        "rebel",
        "officer",
        "policeman",
        "guard",
        "militant",
        "insurgent",
        "recruit",
        "conscript",
        "member",
        "other",
        "crew",
        "staff",
        "peacekeeper",
        "volunteer",
        "employee",
        "worker",
        "local",
        "constituent",
        "driver",
        "demonstrator",
        "protester",
        "protestor",
        "activist",
        "journalist",
        "lawyer",
    ]
)
"""Nouns for people who act as often as they suffer: victims only where harm of the act list is said to have come to them."""
PARTS = frozenset({"including", "among", "include"})
VAGUE_WORDS = frozenset({"dozens", "hundreds", "thousands", "scores", "millions"})
TRANSPARENT = frozenset({"conj", "appos", "nummod", "quantmod", "amod", "nmod", "compound", "npadvmod", "dep", "advmod"})
"""Steps up the parse on which those counted stay the same, or stay in the same list."""
OTHERS = frozenset({"others", "other", "more", "people", "persons"})
BESIDE = 4
"""Words after a count among which its state may stand: "three others were seriously *wounded*"."""
LONGEST_PATH = 8


class Place(NamedTuple):
    """Where those counted stand: what happened to them, or that they act; both None and False where nothing is said."""

    harm: Harm | None
    acts: bool = False


def is_person(lemma: str) -> bool:
    """Whether a noun is one for a human being."""
    return lemma in PEOPLE or lemma in ROLES or lemma in nouns("person")


def counted_noun(number: Token) -> Token | None:
    """The noun a number counts: its head, or what "of" leads to."""
    of = next((child for child in number.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    if of is not None:
        thing = child_of(of, "pobj")
        return thing if thing is not None and thing.pos_ in {"NOUN", "PROPN"} else None
    head = number.head
    if head.lower_ in {"wounds", "injures", "hurts"} and head.i + 1 == number.i:
        return None
    if number.dep_ in {"nummod", "quantmod", "amod", "compound", "nmod", "det", "predet"} and head.pos_ in {"NOUN", "PROPN"}:
        return head if head.lower_ not in STATES else None
    if (
        number.dep_ in {"conj", "quantmod", "compound", "nummod", "prep", "pobj", "amod"}
        and head.pos_ in {"NUM", "ADP", "SCONJ", "ADV"}
        and head != number
    ):
        return counted_noun(head)
    if number.pos_ == "NOUN" and number.lower_ not in VAGUE_WORDS and not number.like_num:
        return number
    return None


def counts_victims(number: Token, counted: Token | None, harm: Harm | None) -> bool:
    """Whether what is counted is people to whom something happened."""
    if counted is None:
        return harm is not None or _stands_for_people(number)
    lemma = counted.lemma_.lower()
    if lemma in nouns("thing"):
        return False
    if lemma in nouns("sufferer") or counted.lower_ == "corpses":
        return True
    if is_person(lemma) or counted.lower_ in PEOPLE:
        return harm is not None or _undergoes(counted)
    if any(child.dep_ == "amod" and child.lower_ == "missing" for child in counted.children):
        return False
    return harm in CERTAIN_HARMS and counted.pos_ in {"NOUN", "PROPN"}


def _undergoes(counted: Token) -> bool:
    """Whether people to whom no harm of the list is done stand where something happens to them: "400 people *sleep without shelter*"."""
    verb = counted.head
    lemma = counted.lemma_.lower()
    if lemma not in PEOPLE or lemma in ACTIVE or verb.lemma_ in DOINGS or verb.pos_ != "VERB":
        return False
    if counted.dep_ == "nsubj":
        return verb.lemma_ in HUMAN_VERBS or child_of(verb, "dobj", "xcomp") is None
    return counted.dep_ in {"nsubjpass", "dobj"}


def _stands_for_people(number: Token) -> bool:
    """Whether a number without a noun stands where people would, though no harm is named."""
    head = number.head
    if number.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_ in {"wound", "body", "name", "death", "killing", "arrest", "remains", "fate"}
    if number.dep_ == "nsubj" and head.lemma_ == "have":
        return child_of(head, "dobj") is not None
    if number.dep_ in {"attr", "dobj", "nsubj", "nsubjpass"} and head.lemma_ in HUMAN_VERBS:
        return True
    return number.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "appos"} and head.lemma_ in {"dead", "know", "see", "miss"}


def is_part(number: Token) -> bool:
    """Whether a number is of some among those counted before: "including 11 children", "four of them"."""
    of = next((child for child in number.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    thing = child_of(of, "pobj") if of is not None else None
    if thing is not None and thing.lower_ in {"them", "whom", "these", "those"}:
        return True
    current = number
    for _ in range(4):
        if current.lower_ in PARTS:
            return True
        current = current.head
    return False


def place_of(head: Token, number: Token, suffering: Suffering) -> Place:
    """Where those counted stand, `head` being the noun they are counted by or else the number."""
    beside = _state_beside(head) or _state_beside(number)
    if beside is not None:
        return Place(beside)
    current: Token | None = head
    for _ in range(LONGEST_PATH):
        if current is None or current.i in suffering.harms or current.i in suffering.acting:
            break
        ended = _ended(current, suffering)
        if ended is not None:
            return ended
        current = _above(current)
    if current is not None and current.i in suffering.harms:
        return Place(suffering.harms[current.i])
    if current is not None and current.i in suffering.acting:
        return Place(None, acts=True)
    return Place(Harm.FOUND if head.lemma_ in BODIES else None)


def _ended(current: Token, suffering: Suffering) -> Place | None:
    """What is known without going further up; None where the way goes on."""
    above = current.head
    if above.lower_ in STATES and current.dep_ in {"nummod", "nsubj", "compound", "amod", "quantmod", "nmod"}:
        return Place(STATES[above.lower_])
    if current.dep_ == "pobj" and above.dep_ == "agent":
        return Place(None, acts=True)
    if current.dep_ == "pobj" and is_along_with(above):
        companion = _companion(above.head, suffering)
        return Place(suffering.harms[companion.i]) if companion is not None else Place(None)
    if current.dep_ == "nsubj" and act_word_at(above) is not None:
        return Place(None, acts=child_of(above, "dobj") is not None)
    return None


def _above(current: Token) -> Token | None:
    """One step up the parse, None where those counted would be others."""
    above = current.head
    if above == current:
        return None
    if current.dep_ == "pobj":
        stands_for_it = above.dep_ in {"nsubj", "nsubjpass", "dobj"}
        return above if above.lower_ == "of" or above.lower_ in PARTS or stands_for_it else None
    if current.dep_ == "prep" and above.pos_ == "VERB":
        return child_of(above, "dobj", "nsubjpass") if current.lower_ in PARTS else None
    return above if current.dep_ in TRANSPARENT or current.dep_ == "prep" else None


def is_along_with(preposition: Token) -> bool:
    """Whether this is the "with" of "along with" or "together with"."""
    return preposition.lower_ == "with" and preposition.head.lower_ in {"along", "together"}


def _companion(along: Token, suffering: Suffering) -> Token | None:
    """Who suffers at the verb above "along with": "the mayor was killed *along with* two guards"."""
    above = along.head
    for child in above.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and child.i in suffering.harms:
            return child
    return above if above.i in suffering.harms else None


def _state_beside(token: Token) -> Harm | None:
    """The state named right after a count: "10 *dead*", "30 people *wounded*", "three others *were injured*"."""
    passive = direct = False
    for following in token.doc[token.i + 1 : token.i + 1 + BESIDE]:
        direct = following.i == token.i + 1 or (direct and following.nbor(-1).lower_ in OTHERS)
        passive = passive or following.lemma_ == "be"
        if following.lower_ in STATES:
            object_follows = child_of(following, "dobj") is not None or following.dep_ == "amod"
            return STATES[following.lower_] if (direct or passive) and not object_follows and following.pos_ != "PROPN" else None
        if not (following.lemma_ in {"be", "have"} or following.lower_ in OTHERS or following.tag_ == "RB"):
            return None
    return None
