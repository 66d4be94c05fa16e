"""What carries a name: a body (a state, its organs, a company, a unit), a person, or unsettled, judged by the name's own words and by how the case's claims use it.

Nothing is guessed in favour of publishing: a bare capitalised word that no claim uses as a country, and that nobody has decided about, is unsettled, and is treated as a person
wherever something is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.corroborate.naming import LEAST_ROOT
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Precision
from witnessmark.model.responsibility import PartyKind
from witnessmark.text.fold import folded
from witnessmark.text.names import same_name, strip_titles

_BODY = re.compile(
    r"\b(?:ministr(?:y|ies)|governments?|regime|state|republic|kingdom|federation|union|department|directorate|office|authorit(?:y|ies)|council|committee|commission|parliament"
    r"|forces?|army|navy|military|militias?|troops|soldiers|guards|fighters|gunmen|gangs?|rebels|units?|brigades?|battalions?|divisions?|regiments?|squads?|guard corps|corps|police|gendarmerie|constabulary"
    r"|branch|bureau|agency|service|services|embassy|court|tribunal|prison|facility|hospital|party|front|movement|group|brotherhood|company|corporation|ltd|inc|bank|factory|works|collective|association|press|wire|station)\b"
)
_ADJECTIVE = re.compile(r"(?:ians?|ans?|ese|ish|is?)$")
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our|this|that|these|those)\s+")


def party_key(name: str) -> str:
    """The name folded, without article, possessive and titles: what makes two mentions one party. Only names written alike are one."""
    bare = strip_titles(" ".join(name.split()))
    return " ".join(_ARTICLE.sub("", folded(bare)).replace("’", "'").split()) or folded(name).strip()


class Bodies:
    """How the claims of a case use names: which are countries, which belong to people who speak or hold an office."""

    def __init__(self, claims: Sequence[PlacedClaim], decided: Mapping[str, PartyKind]) -> None:
        """`decided` is what people said of a party, by its key."""
        self._decided = decided
        self._countries = {
            party_key(where.name)
            for placed in claims
            if (where := placed.claim.where) is not None and where.name and where.precision is Precision.COUNTRY
        }
        self._stems = {stem for placed in claims for name in _names(placed) for stem in _adjective_stems(name)}
        self._offices: dict[str, list[tuple[str, str]]] = {}
        for placed in claims:
            speaker = placed.claim.speaker
            if speaker is not None and speaker.name and speaker.role:
                for word in folded(speaker.name).split():
                    self._offices.setdefault(word, []).append((speaker.name, speaker.role))

    def kind_of(self, name: str) -> PartyKind:
        """What carries the name."""
        key = party_key(name)
        if key in self._decided:
            return self._decided[key]
        if self._offices_of(name):
            return PartyKind.PERSON
        bare = _ARTICLE.sub("", " ".join(name.split()))
        plain = folded(bare)
        if _BODY.search(plain) or not any(word[:1].isupper() for word in bare.split()) or _is_initials(bare):
            return PartyKind.BODY
        if key in self._countries or (len(plain.split()) == 1 and any(plain.startswith(stem) and len(plain) - len(stem) <= 2 for stem in self._stems_like(plain))):  # fmt: skip
            return PartyKind.BODY
        return PartyKind.PERSON if strip_titles(bare) != bare or len(bare.split()) > 1 else PartyKind.UNSETTLED

    def office_of(self, name: str) -> str | None:
        """The office that claims give somebody of this name, where they give one and no other."""
        found = {role for role in self._offices_of(name) if not same_name(role, name)}
        return found.pop() if len(found) == 1 else None

    def _offices_of(self, name: str) -> list[str]:
        words = folded(strip_titles(name)).split()
        held = self._offices.get(words[-1], []) if words else []
        return [role for speaker, role in held if same_name(speaker, name) and not _BODY.search(folded(speaker))]

    def _stems_like(self, plain: str) -> Iterable[str]:
        return (plain[:end] for end in range(max(LEAST_ROOT, len(plain) - 2), len(plain) + 1) if plain[:end] in self._stems)


def _names(placed: PlacedClaim) -> Iterable[str]:
    yield placed.speaker_name
    yield from (party.name or party.text for party in placed.claim.parties)


def _adjective_stems(name: str) -> Iterable[str]:
    """The stems of countries' adjectives in the name of a body: "Ruvenian embassy" gives "ruven" and "ruveni"."""
    plain = folded(name)
    if _BODY.search(plain):
        for word in plain.split():
            if (found := _ADJECTIVE.search(word)) is not None and found.start() >= LEAST_ROOT and not _BODY.fullmatch(word):
                yield word[: found.start()]


def _is_initials(name: str) -> bool:
    letters = name.replace(".", "")
    return len(letters) >= 2 and letters.isupper() and letters.isalpha()
