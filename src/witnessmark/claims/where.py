"""Where it is said to have happened: a place named in the proposition, standing where a place of the happening stands.

A state that acts ("Ilmora signed") is a party and no place. Of several places the most exact one is taken; where none is named, a facility that is only described ("at a
quarry") is given with its words and without a position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.phrases import child_of, noun_phrase, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.model.claim import ClaimPlace, Precision
from witnessmark.text.gregorian import MONTHS, WEEKDAYS
from witnessmark.text.places import Place

if TYPE_CHECKING:
    from spacy.tokens import Token


class Located(NamedTuple):
    """A place named in the document; `place` is None where no gazetteer knows it."""

    start: int
    end: int
    place: Place | None


LOCATING = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "on",
        "around",
        "across",
        "through",
        "into",
        "within",
        "beside",
        "along",
        "above",
        "under",
        "over",
    ]
)
NO_PLACES = frozenset({*MONTHS, *WEEKDAYS, "easter", "ramadan", "christmas", "eid", "parliament", "congress"})
"""Names that follow "in" or "at" and are a time or a body."""
FACILITIES = frozenset(
    [
        "prison",
        "jail",
        "quarry",
        "market",
        "hospital",
        "clinic",
        "school",
        "mosque",
        "church",
        "camp",
        "bridge",
        "factory",
        "barracks",
        "crossing",
        "checkpoint",
        "station",
        "square",
        "airport",
        "village",
        "town",
        "university",
        "dam",
        "mine",
        "mint",
        "brickworks",
        "warehouse",
        "farm",
        "stadium",
        "port",
        "harbour",
        "harbor",
        "courthouse",
        "monastery",
        "building",
        "complex",
        "base",
        "shelter",
        "depot",
        "hotel",
        "ward",
        "post",
        "outpost",
        "border",
        "frontier",
        "valley",
        "hill",
        "river",
        "field",
        "orchard",
        "forest",
        "yard",
        "courtyard",
        "cell",
        "cellar",
        "basement",
        "room",
        "hut",
        "house",
        "home",
        "quarter",
        "neighbourhood",
        "neighborhood",
        "wharf",
        "pier",
        "dock",
        "store",
        "silo",
        "waterworks",
        "mill",
        "sawmill",
        "tannery",
        "dairy",
        "street",
        "road",
        "ridge",
        "hostel",
        "shed",
        "canal",
        "gate",
        "orphanage",
        "island",
        "pit",
        "well",
        "compound",
        "headquarters",
        "pass",
        "landing",
        "ferry",
        "terminal",
        "plant",
        "workshop",
        "annexe",
        "temple",
        "chapel",
        "convent",
        "cemetery",
        "stable",
        "villa",
        "embassy",
        "consulate",
        "city",
        "district",
        "province",
        "region",
        "slip",
        "kitchen",
        "garage",
        "infirmary",
        "morgue",
        "mortuary",
        "marsh",
        "beach",
        "coast",
    ]
)
STANDING = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "on",
        "from",
        "into",
        "onto",
        "to",
        "over",
        "around",
        "beside",
        "behind",
        "along",
        "across",
        "under",
        "above",
        "off",
        "through",
    ]
)
"""Prepositions after which a described place is where it happened, or where it led."""
HITTING = frozenset(
    [
        "shell",
        "bomb",
        "bombard",
        "attack",
        "burn",
        "raid",
        "storm",
        "hit",
        "strike",
        "destroy",
        "loot",
        "besiege",
        "surround",
        "search",
        "close",
    ]
)
MOVING = frozenset(
    [
        "go",
        "come",
        "travel",
        "move",
        "take",
        "drive",
        "bring",
        "carry",
        "flee",
        "transfer",
        "march",
        "return",
        "walk",
        "deport",
        "send",
        "escape",
        "arrive",
        "lead",
        "remove",
        "expel",
        "evacuate",
        "withdraw",
        "retreat",
        "fly",
        "land",
        "visit",
        "leave",
        "reach",
        "enter",
    ]
)
NO_SITES = frozenset(
    [
        "dawn",
        "dusk",
        "noon",
        "midday",
        "midnight",
        "night",
        "least",
        "most",
        "once",
        "gunpoint",
        "home",
        "sea",
        "work",
        "large",
        "last",
        "first",
        "present",
        "all",
        "random",
        "war",
        "fault",
        "issue",
        "risk",
        "hand",
    ]
)
"""What "at" and "near" lead to without an article and is no place."""
EXACTNESS = {
    p: i
    for i, p in enumerate(
        (Precision.POINT, Precision.FACILITY, Precision.LOCALITY, None, Precision.DISTRICT, Precision.REGION, Precision.COUNTRY)
    )
}


def find_place(text: str, proposition: Proposition, located: list[Located]) -> ClaimPlace | None:
    """The place of a happening, from the places named in its proposition, or None where it states none."""
    best: tuple[bool, int, int] | None = None
    chosen: Located | None = None
    for one in located:
        tokens = proposition.parsed.tokens_between(one.start, one.end)
        if not tokens or not _is_located(tokens[-1]):
            continue
        aside = _below_a_relative(tokens[-1], proposition.root)
        rank = (aside, EXACTNESS[Precision(one.place.precision) if one.place is not None else None], one.start)
        if best is None or rank < best:
            best, chosen = rank, one
    return _named(text, chosen) if chosen is not None else _unlisted(text, proposition) or _described(text, proposition)


def _is_located(token: Token) -> bool:
    """Whether the name stands after a preposition of place, alone, as part of a name ("the Irin crossing") or in apposition to a place."""
    current = token
    for _ in range(4):
        if current.dep_ == "pobj":
            if current.head.lower_ == "of" and current.head.head != current:
                current = current.head.head
                continue
            return current.head.lower_ in LOCATING
        if current.dep_ in {"compound", "appos", "nmod", "poss", "conj"}:
            current = current.head
        elif current.dep_ == "dobj":
            return current != token or current.head.lemma_ in {
                "enter",
                "attack",
                "shell",
                "bomb",
                "bombard",
                "leave",
                "reach",
                "hit",
                "strike",
                "raid",
                "storm",
                "besiege",
                "open",
                "close",
            }
        else:
            return False
    return False


def _below_a_relative(token: Token, root: Token) -> bool:
    """Whether the place stands in a clause that describes something else: "an accord *under which observers may visit the north*"."""
    current = token
    while current not in (root, current.head):
        if current.dep_ in {"relcl", "acl"}:
            return True
        current = current.head
    return False


def _unlisted(text: str, proposition: Proposition) -> ClaimPlace | None:
    """A name that stands where a place stands and that no gazetteer knows: given as written, without a position."""
    for token in proposition.tokens:
        if token.lower_ in NO_PLACES or not (_is_name_of_place(token) or _is_capital_place(text, proposition, token)):
            continue
        start = token
        while start.i > 0 and start.nbor(-1).dep_ == "compound" and start.nbor(-1).pos_ == "PROPN":
            start = start.nbor(-1)
        extent = trimmed(text, *proposition.parsed.extent(start, token))
        if extent is not None and any(low <= extent[0] and extent[1] <= high for low, high in proposition.extents):
            words = text[extent[0] : extent[1]]
            return ClaimPlace(words, None, None, None, None, extent[0], extent[1], words)
    return None


def _is_name_of_place(token: Token) -> bool:
    if token.pos_ != "PROPN":
        return False
    if token.dep_ == "dobj":
        return token.head.lemma_ in {"leave", "reach", "enter", "visit"}
    if token.dep_ != "pobj":
        return False
    if token.head.lower_ in {"in", "at", "near", "outside", "inside"}:
        return True
    return token.head.lower_ in STANDING and token.head.head.lemma_ in MOVING | HITTING


def _is_capital_place(text: str, proposition: Proposition, token: Token) -> bool:
    """Whether, in a text of capitals, a word without article after "at" or "near" can only be a name."""
    if token.dep_ != "pobj" or token.head.lower_ not in {"at", "near", "off"} or token.pos_ not in {"NOUN", "PROPN", "ADJ", "X"}:
        return False
    if child_of(token, "det", "poss", "nummod", "amod") is not None or token.lower_ in NO_SITES or token.lemma_.lower() in FACILITIES:
        return False
    start = proposition.parsed.start(token)
    around = text[max(0, start - 24) : start + len(token.text)]
    return around.isupper()


def _named(text: str, one: Located) -> ClaimPlace:
    words, place = text[one.start : one.end], one.place
    if place is None:
        return ClaimPlace(words, None, None, None, None, one.start, one.end, words)
    return ClaimPlace(place.name, place.id, place.latitude, place.longitude, Precision(place.precision), one.start, one.end, words)


def _described(text: str, proposition: Proposition) -> ClaimPlace | None:
    for token in proposition.tokens:
        if token.lemma_.lower() not in FACILITIES or not _is_site(token):
            continue
        first, last = noun_phrase(token)
        of = child_of(token, "prep")
        if of is not None and of.lower_ not in {"of", "at", "in", "near"} and of.i > token.i:
            last = token
        extent = trimmed(text, *proposition.parsed.extent(first, last))
        if extent is not None and any(start <= extent[0] and extent[1] <= end for start, end in proposition.extents):
            return ClaimPlace(None, None, None, None, Precision.FACILITY, extent[0], extent[1], text[extent[0] : extent[1]])
    return None


def _is_site(token: Token) -> bool:
    """Whether a noun for a site stands where the place of a happening does: after a preposition, or as what is hit."""
    if token.dep_ == "pobj":
        return token.head.lower_ in STANDING
    return token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_ in HITTING
