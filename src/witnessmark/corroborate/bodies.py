"""What carries a name: a body (a state, its organs, a company, a unit), a person, or unsettled, judged by the name's own words and by how the case's claims use it.

Nothing is guessed in favour of publishing: a bare capitalised word that no claim uses as a country, and that nobody has decided about, is unsettled, and is treated as a person
wherever something is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from witnessmark.corroborate.naming import LEAST_ROOT
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Precision
from witnessmark.model.responsibility import PartyKind
from witnessmark.text.fold import folded
from witnessmark.text.names import same_name, strip_titles

_BODY = re.compile(
    r"\b(?:ministr(?:y|ies)|governments?|regime|state|republic|kingdom|federation|union|department|directorate|office|authorit(?:y|ies)|council|committee|commission|parliament"
    r"|forces?|army|navy|military|militias?|troops|soldiers|guards|fighters|gunmen|gangs?|rebels|units?|brigades?|battalions?|divisions?|regiments?|squads?|guard corps|corps|police|gendarmerie|constabulary"
    r"|guard|guardsmen|command|staff|column|patrol|personnel|security|intelligence|junta|faction|branch|bureau|agency|service|services|embassy|court|tribunal|prison|facility|hospital|party|front|movement|group|brotherhood|company|corporation|ltd|inc|bank|factory|works|collective|association|press|wire|station)\b"
)
_ROLE = re.compile(
    r"\b(?:officer|chief|commander|head|director|deputy|guard|soldier|policeman|policewoman|warden|warder|jailer|member|agent|leader|spokesman|spokeswoman|spokesperson|driver|clerk"
    r"|brother|sister|son|daughter|father|mother|wife|husband|cousin|nephew|aide|adviser)s?(?:,| named| called)?\s+(?-i:[A-Z])",
    re.IGNORECASE,
)
"""What somebody is, with a name after it: "prison guard Oren Vale" is a person, whatever the words before it."""
_JOINTS = re.compile(r",\s*|\s+(?:of|from|in|at|by|with|for|under|near|and)\s+")
_COUNTED = re.compile(
    r"^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|some|several|many|most|all|both|other|armed|unknown|unidentified)\b",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(
    r"\b(?:[Gg]overnment|[Rr]epublic|[Kk]ingdom|[Ee]mbassy|[Pp]arliament|[Pp]eople|[Cc]apital|[Tt]erritory) of ([A-Z][\w-]+)"
)
_ADJECTIVE = re.compile(r"(?:ians?|ans?|ese|ish|is?)$")
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our|this|that|these|those)\s+", re.IGNORECASE)


@lru_cache(maxsize=65536)
def party_key(name: str) -> str:
    """The name folded, without article, possessive and titles: what makes two mentions one party. Only names written alike are one."""
    bare = strip_titles(" ".join(name.split()))
    return " ".join(_ARTICLE.sub("", folded(bare)).replace("’", "'").split()) or folded(name).strip()


class Bodies:
    """How the claims of a case use names: which are countries, which belong to people who hold a title or an office."""

    def __init__(self, claims: Sequence[PlacedClaim], decided: Mapping[str, PartyKind]) -> None:
        """`decided` is what people said of a party, by its key."""
        self._decided = decided
        self._people = {word for placed in claims for name in _names(placed) for word in _titled(name)}
        self._stems = {stem for placed in claims for name in (*_names(placed), placed.claim.quote) for stem in _adjective_stems(name)}
        self._countries = {party_key(name) for placed in claims for name in _countries(placed)} - self._people
        self._offices: dict[str, list[tuple[str, str]]] = {}
        for placed in claims:
            speaker = placed.claim.speaker
            if speaker is not None and speaker.name and speaker.role:
                for word in folded(speaker.name).split():
                    self._offices.setdefault(word, []).append((speaker.name, speaker.role))

    def kind_of(self, name: str) -> PartyKind:
        """What carries the name: judged by its head ("soldiers" of "soldiers of the 4th Brigade"), then by what hangs on it."""
        key, bare = party_key(name), _ARTICLE.sub("", " ".join(name.split()))
        if key in self._decided:
            return self._decided[key]
        head, *rest = [_ARTICLE.sub("", part) for part in _JOINTS.split(bare)]
        if not self._tells_nobody(head):
            known = self._offices_of(name) or strip_titles(bare) != bare or any(word in self._people for word in key.split())
            return PartyKind.PERSON if known or len(bare.split()) > 1 else PartyKind.UNSETTLED
        if _BODY.search(folded(head)) or all(map(self._tells_nobody, rest)):
            return PartyKind.BODY
        return PartyKind.UNSETTLED

    def names_somebody(self, name: str) -> bool:
        """Whether the name of a body has a person's name in it: "the Orlo government", "Orlo's militia"."""
        return bool(self._names_in(name))

    def _tells_nobody(self, words: str) -> bool:
        """Whether words name a body, a country, a number of people or nobody at all."""
        if not any(word[:1].isupper() for word in words.split()):
            return True
        if _ROLE.search(words):
            return False
        described = _COUNTED.match(words) is not None and not any(word[:1].isupper() for word in words.split()[1:])
        return described or _BODY.search(folded(words)) is not None or _is_initials(words) or self._is_country(party_key(words))

    def _names_in(self, name: str) -> set[str]:
        """The words of a body's name, folded, that are a person's or that own it and are no country known here."""
        found = set()
        for word in name.replace("’", "'").split():
            plain = folded(word).removesuffix("'s")
            owner = word.endswith("'s") and word[:1].isupper() and not self._is_country(plain) and not _BODY.fullmatch(plain)
            if owner or plain in self._people:
                found.add(plain)
        return found

    def office_of(self, name: str) -> str | None:
        """The office that claims give somebody of this name, where they give one and no other; of a body named after somebody, what is left without the name."""
        if _BODY.search(folded(name)):
            return _without(name, self._names_in(name)) if self.names_somebody(name) else None
        found = {role for role in self._offices_of(name) if not same_name(role, name)}
        return found.pop() if len(found) == 1 else None

    def _is_country(self, key: str) -> bool:
        if key in self._countries:
            return True
        stems = (key[:end] for end in range(max(LEAST_ROOT, len(key) - 2), len(key) + 1))
        return " " not in key and key not in self._people and any(stem in self._stems for stem in stems)

    def _offices_of(self, name: str) -> list[str]:
        words = folded(strip_titles(name)).split()
        held = self._offices.get(words[-1], []) if words else []
        return [role for speaker, role in held if same_name(speaker, name) and not _BODY.search(folded(speaker))]


def _names(placed: PlacedClaim) -> Iterable[str]:
    yield placed.speaker_name
    yield from (party.name or party.text for party in placed.claim.parties)


def _titled(name: str) -> Iterable[str]:
    """The words of whoever stands after a title in a name, folded: "government of President Ada Orlo" gives ada, orlo."""
    words = name.split()
    for at in range(len(words) - 1):
        rest = " ".join(words[at:])
        bare = strip_titles(rest)
        if bare != rest and len(bare) < len(rest) and bare[:1].isupper():
            yield from (word for word in folded(bare).replace("’", "'").replace("'s", "").split() if not _BODY.fullmatch(word))
            return


def _adjective_stems(text: str) -> Iterable[str]:
    """The stems of countries' adjectives before a body: "Ruvenian embassy" gives "ruven"."""
    words = text.split()
    for word, *after in zip(words, words[1:], [*words[2:], ""], strict=False):
        plain = folded(word)
        found = _ADJECTIVE.search(plain)
        if word[:1].isupper() and found is not None and found.start() >= LEAST_ROOT and any(_BODY.search(folded(each)) for each in after):
            yield plain[: found.start()]


def _countries(placed: PlacedClaim) -> Iterable[str]:
    """What a claim takes for a country: a place of that precision, or what a state's organ is said to be of."""
    where = placed.claim.where
    if where is not None and where.name and where.precision is Precision.COUNTRY:
        yield where.name
    for text in (placed.claim.quote, *_names(placed)):
        yield from _OF_COUNTRY.findall(text)


def _without(name: str, people: set[str]) -> str | None:
    """What is left of a body's name without somebody's: "government of President Ada Orlo" gives "government"."""
    left = [
        word
        for word in _ARTICLE.sub("", " ".join(name.split())).split()
        if folded(word).replace("’", "'").removesuffix("'s") not in people and strip_titles(f"{word} Q") != "Q"
    ]
    while left and folded(left[-1]) in {"of", "the", "for", "under"}:
        left.pop()
    return " ".join(left) or None


def _is_initials(name: str) -> bool:
    letters = name.replace(".", "")
    return len(letters) >= 2 and letters.isupper() and letters.isalpha()
