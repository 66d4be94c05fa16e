"""Names as corroboration compares them: the words that tell one body from another, and the forms one country's name takes.

"Foreign Ministry of Karvel" and "the Karvelian army" speak of one state: what is left of both without the words all states share is the country's name,
once as a noun and once as an adjective. Sharing such a word is a proposal that people decide; it never makes two parties one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from witnessmark.text.fold import folded
from witnessmark.text.names import acronym

_COMMON = re.compile(
    "the|an?|of|and|in|at|on|by|for|to|from|s|its|his|her|hers|their|our|my"
    "|i|you|he|she|it|we|they|me|him|us|them|who|whom|which|that|this|these|those|both|all|some|same|itself|himself|herself|themselves"
    "|ministry|ministers?|foreign|defen[cs]e|interior|justice|affairs|governments?|regime|state|republic|department|office|authorit(?:y|ies)|council"
    "|officials?|spokes(?:man|woman|person)|statement|source|sources|senior|unnamed|anonymous|president|leaders?|forces?|army|military|militia|troops"
    "|soldiers?|guards?|fighters?|units?|officers?|commanders?|security|police|embassy|agency|news"
)
"""Words that any state's bodies share and pronouns: neither tells one body from another."""

_ENDINGS = ("ians", "ian", "ans", "an", "ns", "n", "ese", "is", "i", "e")
"""What English adds to a country's name to make its adjective or its people; the last is the silent vowel it drops first ("Palestine", "Palestinian")."""

LEAST_ROOT = 4
"""Letters that must be left without the ending: "Iraq", "Mali" and "Cuba" have four, with three left ordinary words would begin to meet."""

_OTHER_COUNTRY = {"nigerian": "niger", "nigerians": "niger"}
"""The one pair of states in which the adjective of one is the name of the other with an ending."""


@lru_cache(maxsize=65536)
def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell one body from another, folded ("Foreign Ministry of Karvel" gives karvel); none for a pronoun."""
    words = "".join(c if c.isalnum() else " " for c in folded(name)).split()
    return frozenset(word for word in words if len(word) > 1 and not _COMMON.fullmatch(word))


@lru_cache(maxsize=65536)
def name_keys(name: str) -> frozenset[str]:
    """What two mentions of one body have in common: its words, each also without a country's ending, and its acronym."""
    words = name_words(name)
    short = acronym(name)
    roots = {
        word.removesuffix(ending)
        for word in words
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_ROOT and _OTHER_COUNTRY.get(word) != word.removesuffix(ending)
    }
    return words | roots | ({folded(short)} if short else set())
