"""Names of persons and bodies as strings: without titles and possessives, their short forms, and whether two may name the same.

Pure rules of spelling, no lists of persons. "May name the same" is a proposal for a document in which both occur; people decide across documents.
"""

from __future__ import annotations

import re

from witnessmark.text.fold import folded

_TITLES = (
    "president|vice[- ]president|prime minister|premier|foreign minister|defen[cs]e minister|interior minister|minister|secretary of state"
    "|secretary[- ]general|secretary|under[- ]?secretary|deputy|assistant|acting|former|ex|chancellor|king|queen|prince|princess|sheikh|shaikh"
    "|sheik|emir|sultan|ayatollah|mullah|imam|pope|cardinal|archbishop|bishop|father|sister|brother|rev|reverend|general|gen|lieutenant|lt"
    "|colonel|col|major|maj|captain|capt|sergeant|sgt|admiral|adm|brigadier|brig|commander|commissioner|ambassador|envoy|senator|sen|rep"
    "|representative|congressman|congresswoman|governor|gov|mayor|judge|justice|prosecutor|attorney general|dr|doctor|prof|professor|mr|mrs"
    "|ms|miss|sir|lord|lady|dame|spokesman|spokeswoman|spokesperson|chief|director|chairman|chairwoman|chair|lawyer|engineer|eng|hon|his excellency"
    "|her excellency|h\\.e"
)
_TITLE = re.compile(rf"(?:(?:the|then)\s+)?(?:{_TITLES})(?:\.|\b)(?![-'’])\s*", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\Z", re.IGNORECASE)
_PARTICLE = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an|bin|ibn|ben|abu|abd|van|von|der|den|de|del|della|di|da|dos|du|la|le|mac|st)\Z")
_SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "des", "del", "y", "et"})
_GENERATION = re.compile(r",?\s+(?:jr|sr|ii|iii|iv|phd|md)\.?\Z", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")


def strip_titles(name: str) -> str:
    """The name without titles before it, possessive ending or generation mark: "President Orlo's" gives "Orlo"."""
    bare = _GENERATION.sub("", _POSSESSIVE.sub("", name.strip(' ,;:"“”')))
    while (found := _TITLE.match(bare)) is not None and found.end() < len(bare):
        bare = bare[found.end() :]
    return bare


def surname(name: str) -> str:
    """The last name with its particles: "Bashar al-Assad" gives "al-Assad", "Ana van der Orlo" gives "van der Orlo"."""
    words = strip_titles(name).split()
    if not words:
        return ""
    start = len(words) - 1
    while start > 1 and _PARTICLE.match(folded(words[start - 1]).rstrip("-'")):
        start -= 1
    return " ".join(words[start:])


def short_forms(name: str) -> tuple[str, ...]:
    """The ways a text may take this name up again, longest first: without title, surname, surname without particle, acronym."""
    bare = strip_titles(name)
    last = surname(bare)
    forms = [bare, last, _without_particle(last), acronym(bare) or ""]
    return tuple(form for form in dict.fromkeys(forms) if form and form != name)


def acronym(name: str) -> str | None:
    """The capitals of a body's name of at least three words ("Syrian Arab News Agency" gives "SANA"), or None."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word and folded(word) not in _SMALL_WORDS]
    initials = "".join(word[0] for word in words if word[0].isupper())
    return initials if len(initials) >= 3 and len(initials) == len(words) else None


def same_name(one: str, other: str) -> bool:
    """Whether two mentions may name the same person or body: equal, a surname of a full name, or an acronym of a body's name."""
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    if first == second:
        return True
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    if len(shorter) == 1 and _is_acronym_of(one, other):
        return True
    return _may_be_surname(longer, shorter) or _same_with_less_given(longer, shorter)


def _key(name: str) -> tuple[str, ...]:
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), strip_titles(name))
    words = re.split(r"[\s\-]+", folded(bare).removeprefix("the "))
    return tuple(word.strip(".,'") for word in words if word.strip(".,'") and not _PARTICLE.match(word.strip(".,'")))


def _may_be_surname(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return 0 < len(shorter) < len(longer) <= 5 and longer[-len(shorter) :] == shorter


def _same_with_less_given(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Same first (or its initial) and last name, middle names left out: "J. Orlo" and "Jan Petr Orlo"."""
    if len(shorter) < 2 or longer[-1] != shorter[-1]:
        return False
    first, second = longer[0], shorter[0]
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _is_acronym_of(one: str, other: str) -> bool:
    letters = [re.sub(r"[.\s]", "", name.strip()) for name in (one, other)]
    return any(short.isupper() and acronym(strip_titles(full)) == short for short, full in zip(letters, (other, one), strict=True))


def _without_particle(name: str) -> str:
    words = re.split(r"(?<=-)|\s+", name)
    while len(words) > 1 and _PARTICLE.match(folded(words[0]).rstrip("-'")):
        words = words[1:]
    return "".join(word if word.endswith("-") else word + " " for word in words).strip()
