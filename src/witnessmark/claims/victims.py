"""Victims: the counts of people in a proposition, as the intervals they were written as, with what is said to have happened to them.

A count is of victims where it counts people who come to some harm, or are victims by the word for them, or stands alone where people would ("nine were known
to have come back"). Whoever acts is no victim, and trucks, bombs and houses are none. "43, including 11 children" gives two entries, the second a part of the
first. One person who is said to have been killed, hurt or taken, named or not, is a count of one: "a judge was murdered".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from witnessmark.claims.counted import counted_noun, counts_victims, is_along_with, is_part, is_person, place_of
from witnessmark.claims.lexicon import nouns
from witnessmark.claims.phrases import child_of, in_list_with, noun_phrase, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.suffering import CERTAIN_HARMS, STATES, Suffering, suffering_in
from witnessmark.claims.tolls import is_age, is_part_by_words, toll_at
from witnessmark.model.claim import Harm, VictimCount
from witnessmark.text.numbers import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

UNCERTAIN_ONE = frozenset(
    {"no", "any", "every", "each", "which", "what", "whatever", "whichever", "some", "all", "such", "either", "neither"}
)
NOBODY = frozenset({"anyone", "anybody", "none", "nobody", "someone", "somebody", "everyone", "everybody", "nothing", "something"})
POSSESSIVE = re.compile(r"['’]s\Z|(?<=s)['’]\Z", re.IGNORECASE)
NOT_A_SINGLE = re.compile(r"\b(?:not|never)\s+(?:even\s+)?\Z", re.IGNORECASE)
ONE_OF = re.compile(r"one\s+of\s", re.IGNORECASE)
ONE_CASE = re.compile(r"(?<![\w,])\d{4,6}\s+(?:died|dies|dead|discharged|transferred)\b(?=\s*(?:[.,;]|\n|\Z))", re.IGNORECASE)
"""A patient's number in a log, written without the comma a count of that size has: "*2217* died"."""
LETTERS_OF_A_CASE = 4
SHORTEST_NAME = 3
"""Letters: in a text in capitals a shorter word is an abbreviation as often as a name."""
SLACK = 40
"""Characters between a count and the noun it counts, beyond which the noun is left out of the words."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A proposition with whoever suffers in it; whether it is written in capitals."""

    text: str
    proposition: Proposition
    suffering: Suffering
    capitals: bool


def find_victims(text: str, proposition: Proposition, counts: list[Count]) -> tuple[VictimCount, ...]:
    """The victim counts inside a proposition in the order of the text, wholes before their parts."""
    suffering = suffering_in(proposition.tokens)
    if not counts and not suffering.harms:
        return ()
    scene = _Scene(text, proposition, suffering, all(text[start:end].isupper() for start, end in proposition.extents))
    read: list[tuple[VictimCount, bool]] = []
    taken: set[int] = set()
    for count in counts:
        tokens = proposition.parsed.tokens_between(count.number_start, count.number_end)
        counted = counted_noun(tokens[-1]) if tokens else None
        if not tokens or _is_nobody(text, count, tokens[-1], counted, suffering):
            continue
        part = is_part(tokens[-1]) or is_part_by_words(text, count)
        entry = _of_several(scene, count, tokens[-1], counted, part_of=[whole for whole, _ in read] if part else [])
        if entry is not None:
            taken.add((counted if counted is not None else tokens[-1]).i)
            read.append((entry, part))
    for person, harm, is_of_several in _single_persons(scene, taken):
        single = _of_one(scene, person, harm)
        if single is not None:
            read.append((single, is_of_several))
    return _with_wholes(sorted(read, key=lambda pair: (pair[0].start, pair[0].end)))


def _with_wholes(read: list[tuple[VictimCount, bool]]) -> tuple[VictimCount, ...]:
    """Each part with the index of the last whole before it, and with its harm where none of its own is known."""
    entries: list[VictimCount] = []
    whole: int | None = None
    for entry, is_part_of_it in read:
        if is_part_of_it and whole is not None:
            harm = entries[whole].harm if entry.harm in {None, Harm.AFFECTED} else entry.harm
            entries.append(msgspec.structs.replace(entry, includes=whole, harm=harm))
        else:
            whole = len(entries)
            entries.append(entry)
    return tuple(entries)


def _is_nobody(text: str, count: Count, number: Token, counted: Token | None, suffering: Suffering) -> bool:
    """Whether nobody is counted: "*not one* civilian", "nineteen, *not* thirty", an age, and a "one" that stands for something named before."""
    if count.start == count.number_start and NOT_A_SINGLE.search(text, max(0, count.start - 12), count.start):
        return True
    if count.max == 0 or (counted is None and is_age(text, count, number)):
        return True
    if counted is not None and ONE_OF.match(text, count.number_start) and number.i not in suffering.harms:
        return True
    if count.min != 1 or count.max != 1 or text[count.number_start : count.number_end].casefold() != "one":
        return False
    return counted is None


def _of_several(scene: _Scene, count: Count, number: Token, counted: Token | None, part_of: list[VictimCount]) -> VictimCount | None:
    """The entry of a number, None where it counts no victims; `part_of` are the numbers before it of which it may be a part."""
    place = place_of(counted if counted is not None else number, number, scene.suffering)
    if place.acts or (counted is not None and counted.dep_ == "poss" and is_person(counted.head.lemma_.lower())):
        return None
    harm = place.harm
    if not counts_victims(number, counted, harm):
        harm = toll_at(scene.text, scene.proposition, count, number, counted)
        if harm is None and part_of and (counted is None or is_person(counted.lemma_.lower())):
            harm = part_of[-1].harm or Harm.AFFECTED
        if harm is None:
            return None
    if count.number_end - count.number_start >= LETTERS_OF_A_CASE and counted is None and ONE_CASE.match(scene.text, count.number_start):
        count = count._replace(min=1, max=1)
    text, parsed, extents = scene.text, scene.proposition.parsed, scene.proposition.extents
    end = count.end
    if counted is not None and count.end <= parsed.start(counted) + SLACK:
        end = max(end, parsed.end(counted))
    if any(extent_end >= count.end > extent_start for extent_start, extent_end in extents):
        end = min(end, max(extent_end for extent_start, extent_end in extents if extent_start < count.end))
    end = max(end, count.end)
    return VictimCount(
        min=count.min,
        max=count.max,
        per=count.per,
        harm=harm,
        group=text[parsed.start(counted) : parsed.end(counted)] if counted is not None else None,
        includes=None,
        approximate=count.approximate,
        derived=False,
        start=count.start,
        end=end,
        text=text[count.start : end],
    )


def _single_persons(scene: _Scene, taken: set[int]) -> Iterator[tuple[Token, Harm, bool]]:
    """The tokens that stand for one person who suffers, with the harm, and whether it is one of several counted."""
    suffering, tokens = scene.suffering, scene.proposition.tokens
    within = {token.i for token in tokens}
    for token in tokens:
        harm = suffering.harms.get(token.i)
        if harm is not None and token.i in taken:
            yield from ((name, harm, True) for name in _names_beside(token) if name.i in within)
        elif (
            harm is not None
            and token.i not in suffering.acting | (suffering.held if not _is_ones_own(token) else set())
            and _is_one_person(token, harm, capitals=scene.capitals)
        ):
            yield token, harm, False
        elif token.lower_ == "including" or is_along_with(token):
            for person in _joined_to(token):
                shared = place_of(person, person, suffering).harm if person.i in within and person.i not in suffering.harms else None
                if shared is not None and _is_one_person(person, shared, capitals=scene.capitals):
                    yield person, shared, token.lower_ == "including"


def _is_ones_own(person: Token) -> bool:
    """Whether a person is somebody's: "*my brother*"."""
    return is_person(person.lemma_.lower()) and child_of(person, "poss") is not None


def _joined_to(preposition: Token) -> list[Token]:
    thing = child_of(preposition, "pobj")
    return in_list_with(thing) if thing is not None else []


def _names_beside(counted: Token) -> Iterator[Token]:
    """The names set beside a count as those who are meant: "two reporters, *Anna Berg and Karl Dorn*"."""
    for child in counted.children:
        if child.i > counted.i and child.dep_ in {"appos", "npadvmod"} and child.tag_ == "NNP":
            yield from (name for name in in_list_with(child) if name.tag_ == "NNP")


def _is_one_person(token: Token, harm: Harm, *, capitals: bool) -> bool:
    """Whether a token is a singular noun or name of a person; a collective, a pronoun and "no soldier" are not."""
    if token.tag_ not in {"NN", "NNP"} or token.lower_ in STATES or token.lower_ in NOBODY or _is_not_a_single(token):
        return False
    lemma = token.lemma_.lower()
    if lemma in nouns("many") or lemma in nouns("thing"):
        return False
    if any((child.dep_ == "nummod" and child.lower_ not in {"one", "1"}) or child.lower_ in UNCERTAIN_ONE for child in token.children):
        return False
    if is_person(lemma):
        return True
    named = token.tag_ == "NNP" or (capitals and len(token.text) > SHORTEST_NAME)
    if not named or any(child.tag_ == "DT" for child in token.children):
        return False
    return harm in CERTAIN_HARMS or any(child.dep_ == "compound" and is_person(child.lemma_.lower()) for child in token.children)


def _is_not_a_single(token: Token) -> bool:
    """Whether there is nobody: "not a *single* villager"."""
    before = token.doc[max(0, token.left_edge.i - 2) : token.i]
    return any(child.lower_ == "single" for child in token.children) and any(word.lower_ == "not" for word in before)


def _of_one(scene: _Scene, person: Token, harm: Harm) -> VictimCount | None:
    """The entry of one person, with the whole phrase that tells who it is."""
    text, parsed = scene.text, scene.proposition.parsed
    holding = next((extent for extent in scene.proposition.extents if extent[0] <= parsed.start(person) < extent[1]), None)
    if holding is None:
        return None
    start, end = parsed.extent(*noun_phrase(person))
    extent = trimmed(text, max(start, holding[0]), min(end, holding[1]))
    if extent is None:
        return None
    start, end = extent
    owner = POSSESSIVE.search(text, start, end)
    end = owner.start() if owner is not None else end
    return VictimCount(
        min=1,
        max=1,
        per=None,
        harm=harm,
        group=text[parsed.start(person) : parsed.end(person)] if is_person(person.lemma_.lower()) else None,
        includes=None,
        approximate=False,
        derived=False,
        start=start,
        end=end,
        text=text[start:end],
    )
