"""Suffering: at which words of a proposition somebody is said to be killed, hurt, held or gone, and which tokens stand for whoever suffers and whoever acts.

Besides the act list this knows the phrases that name no deed: "left three *dead*", "two of them are among the *wounded*", "claimed the *lives* of twelve",
"a death *toll* of 43", "the *bodies* of two nuns". Whoever acts is kept apart, so that forty men who attack are never forty victims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.acts import act_word_at, places_of
from witnessmark.claims.lexicon import act_words
from witnessmark.claims.phrases import child_of, in_list_with, subject_of
from witnessmark.model.claim import Harm

if TYPE_CHECKING:
    from spacy.tokens import Token

STATES = {
    "dead": Harm.KILLED,
    "doa": Harm.KILLED,
    "fatality": Harm.KILLED,
    "fatalities": Harm.KILLED,
    "killed": Harm.KILLED,
    "murdered": Harm.KILLED,
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "hurt": Harm.INJURED,
    "missing": Harm.MISSING,
    "kidnapped": Harm.MISSING,
    "disappeared": Harm.MISSING,
    "arrested": Harm.DETAINED,
    "detained": Harm.DETAINED,
    "hostage": Harm.DETAINED,
    "hostages": Harm.DETAINED,
}
"""Words for the state that somebody is in or was brought into."""
LOSSES = {"injury": Harm.INJURED, "wounding": Harm.INJURED, "loss": Harm.KILLED, "toll": Harm.KILLED, "life": Harm.KILLED}
"""Nouns that say nothing was done, yet somebody suffered: "the injury *of six people*"."""
BODIES = frozenset({"body", "corpse", "remains"})
CLAIMING = frozenset({"claim", "take", "cost"})
BRINGING = frozenset({"leave", "find", "report", "shoot", "turn", "be", "declare", "pronounce", "list", "hold", "take"})
"""Verbs whose object or passive subject is in the state that stands beside them: "was found *dead*", "held them *hostage*"."""
SUMS = frozenset({"number", "toll", "total", "count", "figure"})
"""What reaches a number: "put the *number* of dead at 70"."""
PREDICATIVE = frozenset({"oprd", "acomp", "ccomp", "attr", "advcl", "xcomp", "dobj", "amod"})
DEADLY_WITH_DEATH = frozenset({"shoot", "stab", "attack", "strike", "beat", "hack", "burn", "club", "stone", "torture", "riddle"})
CERTAIN_HARMS = frozenset({Harm.KILLED, Harm.INJURED, Harm.MISSING, Harm.DETAINED, Harm.FOUND})
"""Harms that only people come to, by words that are said of people."""
SEVERITY = (Harm.KILLED, Harm.FOUND, Harm.INJURED, Harm.MISSING, Harm.DETAINED, Harm.DISPLACED, Harm.AFFECTED, Harm.OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class Suffering:
    """The harm done to each token that suffers, by its place; the places of those that act; of those only taken, stopped or asked, as anybody may be."""

    harms: dict[int, Harm]
    acting: frozenset[int]
    held: frozenset[int]


def suffering_in(tokens: tuple[Token, ...]) -> Suffering:
    """Who suffers what and who acts among some tokens; of two harms to one, the graver."""
    harms: dict[int, Harm] = {}
    acting: set[int] = set()
    held: set[int] = set()
    for token in tokens:
        word = act_word_at(token)
        if word is not None and word.harm is not None:
            agents, patients = places_of(token, word)
            patients = tuple(_antecedent(patient, token) for patient in (_lost_by(token) if word.frame == "lost" else patients))
            harm = Harm.KILLED if _to_death(token) else word.harm
            acting.update(agent.i for agent in agents)
            if ("person", word.lemma) in act_words():
                held.update(patient.i for patient in patients if patient.i not in harms)
            else:
                held.difference_update(patient.i for patient in patients)
            _note(harms, (*patients, *_shared(token, patients)), harm)
        if token.lower_ in STATES:
            _note(harms, list(_in_state(token)), STATES[token.lower_])
        if token.lower_ == "victims" and token.dep_ == "nsubj" and token.head.lemma_ == "include":
            _note(harms, list(_lists(child_of(token.head, "dobj"), without=token)), Harm.AFFECTED)
        if token.lemma_ in LOSSES or token.lemma_ in BODIES:
            _note(harms, list(_lost(token)), LOSSES.get(token.lemma_, Harm.FOUND))
    return Suffering(harms, frozenset(acting), frozenset(held))


def _antecedent(patient: Token, verb: Token) -> Token:
    """What a relative pronoun stands for: "the workers *who* were killed"."""
    return verb.head if patient.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl" else patient


def _lost_by(verb: Token) -> tuple[Token, ...]:
    """Whoever is lost: "the village lost *twelve men*", "*twelve men* lost their lives"."""
    thing = child_of(verb, "dobj")
    lost = subject_of(verb) if thing is not None and thing.lemma_ == "life" else thing
    return tuple(in_list_with(lost)) if lost is not None else ()


def _note(harms: dict[int, Harm], sufferers: tuple[Token, ...] | list[Token], harm: Harm) -> None:
    for token in (*sufferers, *_listed_beside(sufferers)):
        known = harms.get(token.i)
        if known is None or SEVERITY.index(harm) < SEVERITY.index(known):
            harms[token.i] = harm


def _listed_beside(sufferers: tuple[Token, ...] | list[Token]) -> Iterator[Token]:
    """Those listed after a count, which the parser sets beside it: "two men, *a woman and a child* were shot"."""
    for token in sufferers:
        for child in token.children if child_of(token, "nummod", "det") is not None else ():
            article = child_of(child, "det")
            if child.dep_ == "appos" and child_of(child, "cc") is not None and article is not None and article.lower_ in {"a", "an"}:
                yield from in_list_with(child)


def _to_death(verb: Token) -> bool:
    """Whether a verb of hurting is said to have ended in death: "shot dead", "beaten to death"."""
    if verb.pos_ != "VERB" or verb.lemma_ not in DEADLY_WITH_DEATH:
        return False
    return any(
        child.lower_ in {"dead", "fatally", "mortally"}
        or (child.lower_ == "to" and (thing := child_of(child, "pobj")) is not None and thing.lower_ == "death")
        for child in verb.children
    )


def _shared(verb: Token, patients: tuple[Token, ...]) -> list[Token]:
    """The sufferers a participle shares with the one it is joined to: "were kidnapped and *killed*"."""
    first = verb.head
    if patients or verb.dep_ != "conj" or verb.tag_ != "VBN" or child_of(first, "auxpass") is None or child_of(verb, "dobj", "aux"):
        return []
    subject = subject_of(first)
    return in_list_with(subject) if subject is not None and subject_of(verb) is None else []


def _in_state(state: Token) -> Iterator[Token]:
    """Whoever is in a state: what it describes, subject or object of the verb that brings it, members of "the wounded", those among them."""
    head = state.head
    if state.dep_ == "amod" and head.pos_ in {"NOUN", "PROPN"}:
        yield head
    if state.dep_ in PREDICATIVE and head.lemma_ in BRINGING:
        passive = child_of(head, "auxpass") is not None or head.lemma_ == "be"
        yield from _lists(subject_of(state), subject_of(head) if passive else child_of(head, "dobj"), without=state)
    if state.dep_ in {"nsubj", "nsubjpass"} and head.lemma_ in {"include", "be"}:
        yield from _lists(child_of(head, "dobj"), child_of(head, "attr"), without=state)
    if state.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in SUMS:
        yield from _reached(head.head.head)
    described = head if state.dep_ in {"acl", "amod"} else state
    among = described.head
    if described.dep_ == "pobj" and among.lower_ == "among" and among.head.lemma_ == "be":
        yield from _lists(subject_of(among.head), child_of(among.head, "attr"), without=state)


def _lists(*heads: Token | None, without: Token) -> Iterator[Token]:
    for head in heads:
        if head is not None and head != without:
            yield from in_list_with(head)


def _lost(noun: Token) -> Iterator[Token]:
    """Whose lives, bodies or injuries a noun speaks of."""
    if not _means_loss(noun):
        return
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "to"}:
            thing = child_of(child, "pobj")
            if thing is not None and thing.lemma_ != "life":
                yield from in_list_with(thing)
        elif child.dep_ == "poss" and noun.lemma_ in BODIES:
            yield from in_list_with(child)
    if noun.lemma_ == "toll" and noun.dep_ in {"nsubj", "nsubjpass"}:
        yield from _reached(noun.head)


def _means_loss(noun: Token) -> bool:
    """Whether a life is claimed, a toll counted and a loss one of lives."""
    verb = noun.head.lemma_
    if noun.lemma_ == "life":
        return verb in CLAIMING
    if noun.lemma_ == "loss":
        return any(token.lemma_ == "life" for token in noun.subtree)
    return noun.lemma_ != "toll" or verb != "take"


def _reached(verb: Token) -> Iterator[Token]:
    """What a toll stands at or rises to."""
    for child in verb.children:
        thing = child_of(child, "pobj") if child.dep_ == "prep" and child.lower_ in {"to", "at", "above", "past", "beyond"} else None
        if thing is not None:
            yield thing
        elif child.dep_ in {"attr", "dobj"} and child.lemma_ not in SUMS:
            yield child
