"""Acts and parties: what is said to have been done, by whom and to whom, from the words of the proposition and their places in the parse.

The act is that of the act word nearest the head of the proposition: in "built a wall to hide the graves" building is no act of the list, hiding
is. Whoever stands in the agent's place of that word is put down as perpetrator, in the patient's place as victim. A support word adds supporters
only where the proposition is not about an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.frames import source_of
from witnessmark.claims.lexicon import ActWord, act_words
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import child_of, in_list_with, noun_phrase, subject_of
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.supplying import supplied, suppliers, supply_at
from witnessmark.model.claim import Act, Harm, PartyRole

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT = frozenset(
    [
        "carry",
        "commit",
        "conduct",
        "perpetrate",
        "launch",
        "make",
        "order",
        "inflict",
        "stage",
        "mount",
        "do",
        "undertake",
        "wage",
        "use",
        "impose",
        "execute",
        "direct",
        "lead",
        "cause",
        "involve",
        "practise",
        "practice",
    ]
)
CUSTODY = frozenset(["custody", "detention", "prison", "jail", "cell", "cells", "prisons", "jails", "captivity", "dungeon"])
CHEMICALS = frozenset(["chemical", "chlorine", "sarin", "mustard", "toxic", "nerve", "phosgene", "tabun", "novichok"])
QUANTITY = frozenset(
    [
        "range",
        "series",
        "number",
        "wave",
        "campaign",
        "spate",
        "string",
        "pattern",
        "list",
        "lot",
        "act",
        "extent",
        "scale",
        "kind",
        "sort",
        "case",
    ]
)
SUFFERED = frozenset({Act.KILLING, Act.DEATH_IN_CUSTODY, Act.DETENTION, Act.TORTURE, Act.ENFORCED_DISAPPEARANCE, Act.DISPLACEMENT})
"""Acts whose owner, where nobody else is named, is the one who suffered: "the priest's murder", "her arrest"."""
PEACEFUL = frozenset({Act.AGREEMENT, Act.MEETING, Act.INVESTIGATION})
SOFT = frozenset({Act.SUPPORT, Act.AGREEMENT, Act.INVESTIGATION, Act.THREAT})
DEEPEST = 9
PERSONAL = frozenset(["he", "she", "him", "her", "they", "them", "me", "us", "i", "we"])
THINGS = frozenset(
    [
        "building",
        "village",
        "house",
        "home",
        "shop",
        "town",
        "camp",
        "school",
        "hospital",
        "market",
        "road",
        "bridge",
        "vehicle",
        "truck",
        "car",
        "base",
        "position",
        "target",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The act word of a proposition, and the tokens that stand in its places."""

    word: ActWord
    token: Token
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    supporters: tuple[Token, ...]
    supported: tuple[Token, ...] = ()

    @property
    def act(self) -> Act:
        """The act, with deaths in custody told apart."""
        return self.word.act


def find_act(proposition: Proposition) -> Found | None:
    """The act nearest the head of the proposition, or None where no act of the list is said to have been done."""
    candidates = [
        (rank, token, word)
        for token in proposition.tokens
        if (word := act_word_at(token)) is not None and (rank := _rank(token, word, proposition)) is not None
    ]
    if not candidates:
        return None
    _, token, word = min(candidates, key=lambda candidate: (candidate[0], candidate[1].i))
    agents, patients = places_of(token, word)
    supporters = [] if word.act in PEACEFUL else [s for other in proposition.tokens for s in supporters_at(other)]
    if word.act is Act.SUPPORT:
        supporters, agents, patients = supporters or list(agents), (), ()
    return Found(_specific(word, proposition), token, tuple(agents), tuple(patients), tuple(supporters), tuple(supported_at(token)))


def act_word_at(token: Token) -> ActWord | None:
    """The act word at a token, phrasal verbs first."""
    words = act_words()
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        for child in token.children:
            if child.i > token.i and child.dep_ in {"prt", "prep", "advmod", "acomp", "oprd", "dobj"}:
                found = words.get(("verb", f"{lemma} {child.lemma_.lower() if child.dep_ == 'dobj' else child.lower_}"))
                if found is not None:
                    return found
        if (supply := supply_at(token)) is not None:
            return supply
        word = words.get(("verb", lemma)) or _to_death(token) or _of_person(token)
        return None if word is None or _harmless(token, word) else word
    if token.pos_ in {"NOUN", "PROPN"}:
        return words.get(("noun", lemma))
    return None


def _to_death(verb: Token) -> ActWord | None:
    """Verbs that are acts by where they lead: "*put* thousands of detainees *to death*"."""
    for child in verb.children:
        thing = child_of(child, "pobj") if child.dep_ == "prep" else None
        if thing is not None:
            found = act_words().get(("verb", f"{verb.lemma_.lower()} {child.lower_} {thing.lower_}"))
            if found is not None:
                return found
    return None


def _of_person(verb: Token) -> ActWord | None:
    """Verbs that are acts only when done to people: to hold, take, stop, suspend, question them."""
    word = act_words().get(("person", verb.lemma_.lower()))
    if word is None:
        return None
    passive = child_of(verb, "auxpass") is not None
    sufferer = subject_of(verb) if passive else child_of(verb, "dobj")
    if sufferer is None:
        return None
    tokens = [sufferer, *(t for t in sufferer.subtree if t.dep_ == "pobj")]
    return word if any(t.lemma_.lower() in PEOPLE or t.lower_ in PERSONAL for t in tokens) else None


FABRICATED_TO_CONCEAL = frozenset({"evidence", "document", "record", "register", "certificate", "confession", "testimony", "autopsy"})
"""What somebody fabricates to hide something. That claims, reports or a story are fabricated denies them, and is no act."""


def _harmless(verb: Token, word: ActWord) -> bool:
    """Uses of a word that hurt nobody: a fire that strikes no one, a plan that is supported, a meeting of ends."""
    thing = child_of(verb, "dobj")
    if word.lemma == "fabricate":
        made = thing or child_of(verb, "nsubjpass")
        return made is None or made.lemma_.lower() not in FABRICATED_TO_CONCEAL
    if word.frame == "lost":
        return thing is None or thing.lemma_ not in {
            "man",
            "fighter",
            "soldier",
            "people",
            "child",
            "son",
            "daughter",
            "member",
            "life",
            "relative",
        }
    if word.act is Act.SUPPORT:
        return thing is None or not (
            thing.pos_ == "PROPN" or thing.lemma_ in {"regime", "government", "army", "militia", "group", "rebel", "force", "fighter"}
        )
    if word.act is Act.MEETING:
        return thing is None and child_of(verb, "prep") is None
    if word.act is Act.AGREEMENT and word.lemma == "agree":
        return child_of(verb, "xcomp", "ccomp", "prep") is None
    return False


def _rank(token: Token, word: ActWord, proposition: Proposition) -> float | None:
    depth = 0.0
    current = token
    while current != proposition.root:
        if current.dep_ in {"poss", "nmod", "amod", "npadvmod"}:
            depth += 2
        if current.dep_ == "relcl":
            depth += 1.5
        if current.dep_ == "compound":
            depth += 1
        depth += 0.3 if current.dep_ in {"dobj", "nsubjpass", "xcomp", "conj", "prep"} else 1
        if current.head == current or depth > DEEPEST:
            break
        current = current.head
    if depth > DEEPEST:
        return None
    if word.act is Act.SUPPORT:
        depth += 4
    elif word.act in SOFT and token != proposition.root:
        depth += 1.5
    return depth


def _specific(word: ActWord, proposition: Proposition) -> ActWord:
    if word.act is Act.KILLING and word.lemma in {"die", "death"} and any(token.lower_ in CUSTODY for token in proposition.tokens):
        return ActWord(word.lemma, Act.DEATH_IN_CUSTODY, word.harm, word.frame)
    if word.act is Act.ATTACK and any(token.lower_ in CHEMICALS for token in proposition.tokens):
        return ActWord(word.lemma, Act.CHEMICAL_ATTACK, word.harm, word.frame)
    if (
        word.act is Act.ATTACK
        and word.lemma in {"shoot", "stab", "attack", "strike"}
        and any(t.lower_ in {"dead", "death", "fatally"} for t in proposition.tokens)
    ):
        return ActWord(word.lemma, Act.KILLING, Harm.KILLED, word.frame)
    return word


def places_of(token: Token, word: ActWord) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Whoever stands in the agent's and the patient's place of an act word."""
    if word.frame == "mutual":
        return (), ()
    if token.pos_ == "VERB":
        agent, _ = source_of(token)
        passive = child_of(token, "auxpass") is not None or (
            token.tag_ == "VBN" and token.dep_ in {"acl", "relcl"} and subject_of(token) is None
        )
        patient = (subject_of(token) or _described(token)) if passive else child_of(token, "dobj")
        agent = _resolved(agent, token)
        vanished = word.lemma == "disappear" and not passive and patient is None
        if vanished or word.frame in {"patient", "lost"}:
            return (), tuple(in_list_with(subject_of(token) or token)) if subject_of(token) is not None else ()
        return _list(agent), _list(patient)
    return _of_noun(token, word.act)


def _described(participle: Token) -> Token:
    """The noun a participle describes, past a rate: "fifty people a day killed"."""
    noun = participle.head
    return noun.head if noun.dep_ == "npadvmod" else noun


def _resolved(agent: Token | None, verb: Token) -> Token | None:
    """A pronoun in a clause below takes the subject of the clause above: "the army has dug a pit so that *it* can hide them"."""
    if agent is None or agent.lower_ not in {"it", "they", "he", "she"}:
        return agent
    above = verb.head
    while above.head != above and above.pos_ not in {"VERB", "AUX"}:
        above = above.head
    subject = subject_of(above) if verb.dep_ in {"advcl", "ccomp"} and above.pos_ in {"VERB", "AUX"} else None
    return subject if subject is not None and subject.pos_ in {"NOUN", "PROPN"} else agent


def _of_noun(noun: Token, act: Act) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    agent, patient = child_of(noun, "poss"), None
    for child in noun.children:
        if child.dep_ in {"prep", "agent"}:
            thing = child_of(child, "pobj")
            if child.lower_ == "by":
                agent = thing
            elif child.lower_ in {"of", "against", "on"} and patient is None:
                patient = thing
        elif child.dep_ in {"relcl", "acl"} and child.lemma_ in LIGHT:
            agent = source_of(child)[0] or agent
    head = noun
    while head.dep_ in {"pobj", "prep"} and (head.head.lower_ == "of" or head.head.lemma_ in QUANTITY):
        head = head.head
    verb = head.head
    if agent is None and head.dep_ in {"dobj", "nsubjpass"} and (verb.lemma_ in LIGHT):
        agent = source_of(verb)[0]
    if patient is None and act in SUFFERED and agent is not None and agent.dep_ == "poss":
        return (), _list(agent)
    return _list(agent), _list(patient)


def supporters_at(token: Token) -> list[Token]:
    """Who is said to support, at a support word: "with the support of A and B", "C's support for", "D armed the militia"."""
    word = act_word_at(token)
    if word is None or word.act is not Act.SUPPORT:
        return []
    if token.pos_ == "VERB":
        return suppliers(token) if supply_at(token) is not None else list(_list(source_of(token)[0]))
    owner = child_of(token, "poss")
    if owner is not None:
        return in_list_with(owner)
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "from", "by"}:
            thing = child_of(child, "pobj")
            if thing is not None:
                return in_list_with(thing)
    return []


def supported_at(token: Token) -> list[Token]:
    """Who is said to be supported, at a support word: "armed *the militia*", "C's support for *the regime*"; empty at any other word."""
    word = act_word_at(token)
    if word is None or word.act is not Act.SUPPORT:
        return []
    if token.pos_ == "VERB":
        thing = subject_of(token) if child_of(token, "auxpass") is not None else child_of(token, "dobj")
        return supplied(token) if supply_at(token) is not None else list(_list(thing))
    things = [child_of(child, "pobj") for child in token.children if child.dep_ == "prep" and child.lower_ in {"for", "to"}]
    return [each for thing in things if thing is not None for each in in_list_with(thing)]


def _list(token: Token | None) -> tuple[Token, ...]:
    return tuple(in_list_with(token)) if token is not None else ()


ROLES = {"agents": PartyRole.PERPETRATOR, "patients": PartyRole.VICTIM, "supporters": PartyRole.SUPPORTER, "supported": PartyRole.RECIPIENT}
__all__ = ["Found", "act_word_at", "find_act", "noun_phrase", "places_of", "supported_at", "supporters_at"]
