"""Support told as what was given: "has given the regime fuel, money and cover", "sent arms to the militia", "providing it with spare parts".

The goods make it support, and so does who gets them: a state, its forces or whoever carries a name. Food given to families is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.frames import source_of
from witnessmark.claims.lexicon import ActWord
from witnessmark.claims.phrases import child_of, in_list_with
from witnessmark.model.claim import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

GIVING = frozenset(
    ["give", "provide", "supply", "send", "ship", "sell", "deliver", "furnish", "grant", "lend", "offer", "smuggle", "airlift"]
)
GOODS = frozenset(
    ["arms", "arm", "weapon", "weaponry", "ammunition", "munition", "rifle", "gun", "artillery", "tank", "missile", "rocket", "bomb", "drone", "aircraft", "fuel", "oil", "diesel", "money", "cash", "fund", "funding", "loan", "credit", "cover", "backing", "protection", "sanctuary", "haven", "intelligence", "equipment", "hardware", "spyware", "training", "adviser", "advisor", "mercenary", "part", "explosive", "shell", "logistics"]
)  # fmt: skip
"""What keeps a war or a prison going; aid to people is none of it."""
GETTING = frozenset(
    ["regime", "government", "army", "militia", "force", "rebel", "fighter", "insurgent", "junta", "police", "guard", "paramilitary", "soldier", "faction", "state", "it", "them"]
)  # fmt: skip
TO_WHOM = frozenset(["give", "lend", "grant", "offer"])
"""Verbs that have whom they give to before what they give; the parser takes the two for one compound at times ("gave the regime fuel")."""
SUPPLY = ActWord("give", Act.SUPPORT, None, "agent-patient")
BLAMING = frozenset(["accuse", "suspect", "convict"])


def supply_at(verb: Token) -> ActWord | None:
    """The act of support at a verb of giving, where what is given and who gets it make it one."""
    return SUPPLY if verb.pos_ == "VERB" and verb.lemma_.lower() in GIVING and _is_supply(verb) else None


def _is_supply(verb: Token) -> bool:
    given, getting = _given(verb), supplied(verb)
    return any(token.lemma_.lower() in GOODS for token in given) and any(_may_be_supported(token) for token in getting)


def suppliers(verb: Token) -> list[Token]:
    """Who gives; of "accused A of giving", A."""
    above = verb.head
    if verb.dep_ == "pcomp" and above.lower_ == "of" and above.head.lemma_ in BLAMING:
        blamed = child_of(above.head, "dobj", "nsubjpass")
        return in_list_with(blamed) if blamed is not None else []
    giver = source_of(verb)[0]
    return in_list_with(giver) if giver is not None else []


def supplied(verb: Token) -> list[Token]:
    """Who gets it."""
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ != "ADP":
            return in_list_with(child)
    after = [child for child in _after(verb) if child.lower_ in {"to", "for"}]
    things = [thing for child in after if (thing := child_of(child, "pobj")) is not None]
    if things:
        return in_list_with(things[0])
    thing = child_of(verb, "dobj")
    if thing is not None and any(child.lower_ == "with" for child in _after(verb)):
        return in_list_with(thing)
    return [child for child in thing.children if child.dep_ in {"compound", "nmod"}] if thing is not None and verb.lemma_ in TO_WHOM else []


def _given(verb: Token) -> list[Token]:
    """What is given, whichever way it is put."""
    thing = child_of(verb, "dobj")
    with_things = [found for child in _after(verb) if child.lower_ == "with" and (found := child_of(child, "pobj")) is not None]
    return [token for first in (*with_things, *([thing] if thing is not None else [])) for token in in_list_with(first)]


def _after(verb: Token) -> list[Token]:
    """The prepositions of the verb and of its object, which parsers tell apart by chance."""
    thing = child_of(verb, "dobj")
    return [child for head in (verb, *([thing] if thing is not None else [])) for child in head.children if child.pos_ == "ADP"]


def _may_be_supported(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.lower_[:1] != token.text[:1] or token.lemma_.lower() in GETTING
