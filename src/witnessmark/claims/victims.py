"""Victims: the counts of people in a proposition, as the intervals they were written as, with what is said to have happened to them.

A count is of victims where it counts people, or stands alone where people would ("nine were known to have come back"), or counts bodies. Trucks, bombs
and houses are not victims. "43, including 11 children" gives two entries, the second a part of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.acts import Found, act_word_at
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import child_of
from witnessmark.claims.propositions import Proposition
from witnessmark.model.claim import Harm, VictimCount
from witnessmark.text.numbers import Count

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
BODIES = frozenset({"body", "corpse"})
PARTS = frozenset({"including", "among", "include"})


def find_victims(text: str, proposition: Proposition, counts: list[Count], found: Found | None) -> tuple[VictimCount, ...]:
    """The victim counts inside a proposition, wholes before their parts."""
    entries: list[VictimCount] = []
    for count in counts:
        tokens = proposition.parsed.tokens_between(count.number_start, count.number_end)
        if not tokens:
            continue
        number = tokens[-1]
        counted = _counted(number)
        if counted is not None and counted.lemma_.lower() not in PEOPLE and counted.lower_ not in PEOPLE:
            continue
        if counted is None and not _stands_for_people(number, found):
            continue
        end = (
            max(count.end, proposition.parsed.end(counted))
            if counted is not None and count.end <= proposition.parsed.start(counted) + 40
            else count.end
        )
        if any(extent_end >= count.end > extent_start for extent_start, extent_end in proposition.extents):
            end = min(end, max(extent_end for extent_start, extent_end in proposition.extents if extent_start <= count.start))
        whole = 0 if entries and _is_part(number) else None
        entries.append(
            VictimCount(
                min=count.min,
                max=count.max,
                per=count.per,
                harm=_harm(number, counted, found),
                group=text[proposition.parsed.start(counted) : proposition.parsed.end(counted)] if counted is not None else None,
                includes=whole,
                approximate=count.approximate,
                derived=False,
                start=count.start,
                end=max(end, count.end),
                text=text[count.start : max(end, count.end)],
            )
        )
    return tuple(entries)


def _counted(number: Token) -> Token | None:
    """The noun a number counts: its head, or what "of" leads to."""
    of = next((child for child in number.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    if of is not None:
        thing = child_of(of, "pobj")
        return thing if thing is not None and thing.pos_ in {"NOUN", "PROPN"} else None
    head = number.head
    if number.dep_ in {"nummod", "quantmod", "amod", "compound", "nmod"} and head.pos_ in {"NOUN", "PROPN"}:
        return head
    if (
        number.dep_ in {"conj", "quantmod", "compound", "nummod", "prep", "pobj", "amod"}
        and head.pos_ in {"NUM", "ADP", "SCONJ", "ADV"}
        and head != number
    ):
        return _counted(head)
    if number.pos_ == "NOUN" and number.lower_ not in {"dozens", "hundreds", "thousands", "scores", "millions"} and not number.like_num:
        return number
    return None


def _stands_for_people(number: Token, found: Found | None) -> bool:
    head = number.head
    if number.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_ in {"wound", "body", "name", "death", "killing", "arrest", "remains", "fate"}
    if number.dep_ in {"attr", "dobj", "nsubj", "nsubjpass"} and head.lemma_ in HUMAN_VERBS:
        return True
    if number.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "appos"} or head.lower_ in PARTS:
        word = act_word_at(head)
        return (
            (word is not None and word.harm is not None)
            or (found is not None and found.word.harm is not None)
            or head.lemma_ in {"dead", "know", "see", "miss"}
        )
    return head.lower_ in {"dead", "wounded", "injured", "missing", "killed"}


def _is_part(number: Token) -> bool:
    current = number
    for _ in range(4):
        if current.lower_ in PARTS or (current.dep_ == "prep" and current.lower_ in PARTS):
            return True
        current = current.head
    return False


def _harm(number: Token, counted: Token | None, found: Found | None) -> Harm | None:
    words = [token for token in (number, counted, number.head, counted.head if counted is not None else None) if token is not None]
    if counted is not None:
        words += [child for child in counted.children if child.dep_ in {"acl", "amod", "relcl"}]
    for token in words:
        word = act_word_at(token)
        if word is not None and word.harm is not None:
            return word.harm
        if token.lower_ in {"dead", "fatality", "fatalities"}:
            return Harm.KILLED
        if token.lower_ in {"wounded", "injured"}:
            return Harm.INJURED
        if token.lower_ == "missing":
            return Harm.MISSING
    if counted is not None and counted.lemma_ in BODIES:
        return Harm.FOUND
    return found.word.harm if found is not None else None
