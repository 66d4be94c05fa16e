"""Where a text may name a place: runs of capitalised words (or Arabic words after a place preposition), with the words around them.

What is a person, a street, a body or a government speaking is told by the words next to it, not by a parser; a caller that has a parser hands its
entities to `find_places`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from witnessmark.text.fold import folded
from witnessmark.text.place_words import DIRECTIONS, NOT_PLACES


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
_POSSESSIVE = re.compile(r"['’]s?\Z|(?<=\w)-(?:[a-z]+(?:ed|led|held|run)|area|born|wide|style)\Z")
"""What is hung on a name: "Homs's", "Damascus-based", "opposition-held"."""
_INHABITANT = re.compile(
    r"\s+(?:m[ae]n|wom[ae]n|residents?|natives?|teenagers?|teens?|police|officials|area|suburbs?|neighbou?rhoods?|authorities)\b"
)

CUE = re.compile(
    r"(?:\b[DR]-|,\s+of\s+|(?:\b(?:in|at|near|outside|inside|around|from|to|toward|towards|across|throughout|between|into|through|north|south|east|west|northern|southern|eastern|western"
    r"|central|northeastern|northwestern|southeastern|southwestern|downtown|greater|rural|city|town|village|capital|suburb|district|province|county|state|region|camp|prison)"
    r"(?:\s+of)?(?:\s+the)?|\b(?:city|town|village|capital|suburb|district|province|governorate|region|people|north|south|east|west|mayor|outskirts|native|resident|residents)\s+of)\s+)\Z",
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
    r"\s+(?:St\.?|Street|Road|Rd\.?|Ave\.?|Avenue|Blvd\.?|Boulevard|Drive|Dr\.|Lane|Ln\.?|Highway(?!\s+[A-Z])|Hwy\.?|Court|Ct\.|Place|Pkwy|Parkway|Way)(?!\w)"
)
_LED_BY = re.compile(r"\s+(?:[Aa]dministration|presidency)\b")
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


def has_inhabitant(text: str, end: int) -> bool:
    """Whether those who live or work in a place are named after it: "a Homs man", "Kirkuk police"."""
    return _INHABITANT.match(text, end) is not None


def is_street_or_person(text: str, start: int, end: int) -> bool:
    """Whether a street word or "administration" follows, or a person's title stands before."""
    return (
        _STREET.match(text, end) is not None
        or _LED_BY.match(text, end) is not None
        or _PERSON_BEFORE.search(text, max(0, start - 14), start) is not None
    )


def speaks(text: str, end: int) -> bool:
    """Whether what ends here says, denies or agrees: then it is a government or a person, not a place."""
    return _SPEAKS.match(text, end, min(len(text), end + 110)) is not None


_DATELINE = re.compile(r"(?:,\s[A-Z][\w.]+)?(?:\s\([A-Z]+\))?(?:\s?(?:--|—|–|:)|\s-\s|,\s[A-Z])")


def opens_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name in capitals stands as a dateline does: "BEIRUT:", "OMAHA --", "SALINA, Kan."."""
    return text[start:end].isupper() and _DATELINE.match(text, end) is not None and not text[max(0, start - 2) : start].strip().isalpha()


def is_initials(text: str, start: int, end: int) -> bool:
    """Whether this is an acronym amid ordinary writing ("the SANA agency", "a U.S. official"); capitals that open a line may be a dateline."""
    name = text[start:end]
    if not name.isupper() or len(name) > _LONGEST_INITIALS or " " in name or opens_dateline(text, start, end):
        return False
    before = text[max(0, start - 20) : start].rpartition("\n")[2]
    return any(letter.islower() for letter in before)


_KIND_AFTER = re.compile(
    r"['’]?s?\s+(?:(?P<region>[Gg]overnorate|[Pp]rovince|[Oo]blast|[Ss]tate\b(?!\s+[A-Z])|[Rr]egion|[Gg]overnor|Gov\.)|(?P<district>[Dd]istrict\b(?!\s[A-Z])|[Cc]ount(?:y|ies)|[Pp]arish|[Cc]anton)"
    r"|(?P<locality>city|[Cc]amp|village|town|[Mm]ayor|City|Police|Fire))(?:\b|(?<=\.))"
)
_KIND_BEFORE = re.compile(
    r"\b(?:(?P<region>(?:state|province|governorate|region|governor)\s+of(?:\s+the)?)|(?P<district>(?:county|district)(?:\s+of)?)|(?P<locality>(?:city|town|village|suburb|mayor)\s+of|downtown))\s+\Z",
    re.IGNORECASE,
)
_COUNTIES = re.compile(
    r"(?:,?(?:\s+and)?\s+[A-Z][\w.]+(?:\s[A-Z]\w+)?){0,12}\s+(?:[Cc]ounties|[Pp]arishes)\b|(?:,\s[A-Z][\w.]+)?,\s+County\b"
)


def kind(text: str, start: int, end: int) -> str | None:
    """The precision that a word beside a name says: "Aleppo governorate" is a region, "the city of Aleppo" a locality; None where none does."""
    found = _KIND_AFTER.match(text, end) or _KIND_BEFORE.search(text, max(0, start - 20), start)
    if found is not None:
        return found.lastgroup
    return "district" if in_counties(text, end) else None


def in_counties(text: str, end: int) -> bool:
    """Whether it stands in a list of counties: "Ward, Camden and Charlton counties"."""
    return _COUNTIES.match(text, end, end + 200) is not None


_INSTITUTION = re.compile(
    r"(?:\s+(?:[A-Z][\w’'.]*|of)){0,2}?\s+(?:School|High|Schools|Middle|Elementary|University|College|Police|Fire|Sheriff|City|Town|Village|Township|Council|Councilman|Councilwoman|Board|Mayor|Hospital"
    r"|Medical|Regional|Public|Community|Area|Chamber|Airport|International|Church|Park|Library|Department|Court|District|County|Water|Civic|Center|Centre|Museum|Commission|Authority"
    r"|Highway|Association|Society|Institute|Development|Independent|Municipal|Stadium|Daily|Herald|News|Times|Gazette|Tribune|Post|Journal|Planning|State|General|Street|Historical"
    r"|Federal|Credit|Bank|Rotary|Club|Youth|Housing|Parks?|Recreation|Works|Convention|Visitors|Theatre|Theater|Orchestra|Symphony|Opera|Zoo|Academy|Correctional|Detention|Jail|Prison|Clinic"
    r"|Electric|Transit|Port|Harbou?r|Bay|Beach|Lake|Mall|Plaza|Hotel|Chronicle|Register|Star|Press|Examiner|Sun|Services|Environmental|Veterans|Project|Army|Brigade|Battalion|Refugee|Camp|Bridge)\b"
)


_SHORT_FIRST = {"Mt.": "Mount", "Ft.": "Fort", "Pt.": "Point"}


def full_name(words: str) -> str:
    """A name with its first word written out: "Mt. Pleasant" is Mount Pleasant."""
    first, space, rest = words.partition(" ")
    return _SHORT_FIRST.get(first, first) + space + rest


def stands_apart(text: str, word: tuple[int, int]) -> bool:
    """Whether a word before a name is no part of it: "The", "Southern", "FBI's"."""
    words = text[slice(*word)]
    return folded(words) in NOT_PLACES or is_direction(words) or text[word[1] : word[1] + 1] in {"'", "’", "-"}


def ends_name(text: str, run: Run, last: int) -> bool:
    """Whether no word of the run but "Jr." follows the word numbered `last`."""
    return all(folded(text[start:end]).rstrip(".") in {"jr", "sr", "ii", "iii"} for start, end in run.words[last + 1 :])


def is_direction(word: str) -> bool:
    """Whether a word says which part of a place: "Southern Sudan", "Metro Vancouver"."""
    return folded(word).rstrip(".") in DIRECTIONS


def names_institution(text: str, end: int) -> bool:
    """Whether the words that follow make it the name of a body: "Bloomfield Town Council"."""
    return _INSTITUTION.match(text, end, end + 60) is not None


def opens_sentence(text: str, start: int) -> bool:
    """Whether nothing, or the end of a sentence, stands before."""
    before = text[max(0, start - 4) : start].rstrip(" \t\"“'‘(")
    return not before or before[-1] in ".!?:\n"
