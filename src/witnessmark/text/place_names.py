"""Where a text may name a place: runs of capitalised words (or Arabic words after a place preposition), with the words around them.

What is a person, a street, a body or a government speaking is told by the words next to it, not by a parser; a caller that has a parser hands its
entities to `find_places`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from witnessmark.text.gregorian import MONTHS, WEEKDAYS


class Run(NamedTuple):
    """A run of capitalised words: the offsets of each word."""

    words: tuple[tuple[int, int], ...]


_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽḀḌḤḶṂṆṚṢṬẒʻʼ"
_WORD = rf"(?:U\.S\.A?\.?|U\.K\.|U\.A\.E\.|(?:St|Ste|Mt|Ft)\.|(?:al|el|as|ash|ad|ar|an|at|az)-[{_UPPER}][\w’'ʻʼ]*|[{_UPPER}][\w’'ʻʼ]*(?:-[\w’'ʻʼ]+)*)"
_LINK = r"(?:[ \t\xa0]+(?:(?:of|de|del|la|al|el|du|des|upon|sur|am)[ \t]+){0,2})"
_RUN = re.compile(rf"(?<![\w@#.]){_WORD}(?:{_LINK}{_WORD}){{0,7}}")
_LONGEST_INITIALS = 6
_TOKEN = re.compile(r"[^\s]+")
_ARABIC_RUN = re.compile(
    r"(?<!\w)(?:(?P<cue>في|من|إلى|قرب|شمال|جنوب|شرق|غرب|ريف|مدينة|بلدة|قرية|محافظة|سجن)\s+)(?P<name>[\u0600-\u06ff]{3,}(?:\s+[\u0600-\u06ff]{3,})?)"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")

CUE = re.compile(
    r"(?:\b(?:in|at|near|outside|inside|around|from|to|toward|towards|across|throughout|between|into|through|north|south|east|west|northern|southern|eastern|western"
    r"|central|northeastern|northwestern|southeastern|southwestern|downtown|greater|rural|city|town|village|capital|suburb|district|province|county|state|region|camp|prison)"
    r"(?:\s+of)?(?:\s+the)?|\b(?:city|town|village|capital|suburb|district|province|governorate|region|people|north|south|east|west|mayor|outskirts)\s+of)\s+\Z",
    re.IGNORECASE,
)
UNKNOWN_CUE = re.compile(
    r"\b(?:near|outside|(?:city|town|village|suburb|district|province|governorate|outskirts)\s+of|(?:the\s+)?(?:village|town|city))\s+\Z",
    re.IGNORECASE,
)
PLACE_NOUN = re.compile(
    r"\s+(?:Governorate|Province|District|County|Parish|City|Region|State|Township|Airport|Prison|Hospital|Camp|Valley|Village|Island|Islands|Oblast|Canton|River|Mountains?"
    r"|prison|province|governorate|district|county|parish|airport|camp|complex|region|suburb|area)\b"
)
_STREET = re.compile(
    r"\s+(?:St\.?|Street|Road|Rd\.?|Ave\.?|Avenue|Blvd\.?|Boulevard|Drive|Dr\.|Lane|Ln\.?|Highway|Hwy\.?|Court|Ct\.|Place|Pkwy|Parkway|Way)(?!\w)"
)
_SPEECH = (
    r"said|says|denied|denies|rejected|rejects|accused|accuses|called|claimed|claims|insisted|insists|affirmed|affirms|announced|agreed|vowed|warned|urged|demanded|demands"
    r"|condemned|condemns|supports|supported|backs|backed|aided|told|believes|wants|signed|dismissed|dismisses|acknowledged|admitted|confirmed|argued|threatened|promised|pledged"
)
_SPEAKS = re.compile(
    rf"(?:,\s+[^,]{{1,60}},)?\s+(?:(?:has|have|had|also|again|later|repeatedly|flatly|strongly|must|would|will|did\s+not)\s+){{0,2}}(?:{_SPEECH})\b"
)
_PERSON_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|President|Minister|Secretary|Senator|Governor|Judge|Justice|Captain|Colonel|General|Sheikh|King|Queen|Prince|Mayor"
    r"|Sheriff|Deputy|Officer|Detective|Chief|Coach|Professor|Pastor|Sir|Lady|Lord)\.?\s+\Z"
)
NOT_PLACES = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "our",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "if",
        "as",
        "by",
        "from",
        "with",
        "no",
        "not",
        *MONTHS,
        *(day for day in WEEKDAYS if day.endswith("day")),
        "republic",
        "kingdom",
        "federation",
        "confederation",
        "emirate",
        "commonwealth",
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "minister",
        "secretary",
        "senator",
        "governor",
        "judge",
        "police",
        "army",
        "government",
        "state",
        "states",
        "city",
        "county",
        "ministry",
        "court",
        "congress",
        "senate",
        "house",
        "general",
        "people",
        "man",
        "woman",
        "men",
        "women",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "new",
        "old",
        "north",
        "south",
        "east",
        "west",
        "god",
        "all",
        "some",
        "many",
        "most",
        "other",
        "another",
        "both",
        "each",
        "every",
        "after",
        "before",
        "since",
        "until",
        "while",
        "during",
        "about",
        "over",
        "under",
        "between",
        "against",
        "then",
        "now",
        "today",
        "yesterday",
        "tomorrow",
        "also",
        "however",
        "so",
        "yes",
        "well",
        "only",
        "even",
        "still",
        "according",
        "as",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "my",
        "your",
        "its",
        "him",
        "them",
        "us",
        "me",
        "so",
        "up",
        "down",
        "out",
        "off",
        "more",
        "less",
        "such",
        "than",
        "too",
        "very",
        "just",
        "republican",
        "democrat",
        "democratic",
        "english",
        "french",
        "german",
        "russian",
        "arab",
        "chinese",
        "syrian",
        "american",
        "jewish",
        "muslim",
        "christian",
        "university",
        "college",
        "school",
        "hospital",
        "news",
        "times",
        "post",
        "press",
    ]
)


def capitalised_runs(text: str) -> list[Run]:
    """The runs of capitalised words, lower-case links of names ("Ciudad de Orlo") inside; and Arabic words after a place word."""
    runs = [Run(tuple(_words(text, found.start(), found.end()))) for found in _RUN.finditer(text)]
    runs += [Run(tuple(_words(text, *found.span("name")))) for found in _ARABIC_RUN.finditer(text)]
    return [run for run in sorted(runs) if run.words]


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = []
    for found in _TOKEN.finditer(text, start, end):
        stop = found.end() - len(found[0]) + len(_POSSESSIVE.sub("", found[0]))
        if stop > found.start():
            words.append((found.start(), stop))
    return words


def has_cue(text: str, start: int) -> bool:
    """Whether a word that goes with places stands before."""
    return CUE.search(text, max(0, start - 30), start) is not None


def is_street_or_person(text: str, start: int, end: int) -> bool:
    """Whether a street word follows or a person's title stands before."""
    return _STREET.match(text, end) is not None or _PERSON_BEFORE.search(text, max(0, start - 14), start) is not None


def speaks(text: str, end: int) -> bool:
    """Whether what ends here says, denies or agrees: then it is a government or a person, not a place."""
    return _SPEAKS.match(text, end, min(len(text), end + 110)) is not None


def is_initials(text: str, start: int, end: int) -> bool:
    """Whether this is an acronym amid ordinary writing ("the SANA agency", "a U.S. official"); capitals that open a line may be a dateline."""
    name = text[start:end]
    if not name.isupper() or len(name) > _LONGEST_INITIALS or " " in name:
        return False
    before = text[max(0, start - 20) : start].rpartition("\n")[2]
    return any(letter.islower() for letter in before)
