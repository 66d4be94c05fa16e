"""Keys of a name written in Latin letters that its other transliterations share.

Arabic writes consonants and long vowels; what a clerk makes of the short ones, and of letters Latin lacks, differs from list to list (Khaled, Khalid,
Haled). Two keys are made: the *skeleton*, consonants alone in classes that transliterations confuse, and the finer *sound*, the skeleton with the
vowels in three classes. Both are for matching only and never shown. The rules are those of common romanisations (ALA-LC, BGN/PCGN, French and English usage).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BEFORE = str.maketrans(
    {"ş": "sh", "ç": "ch", "ğ": "gh", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_KURDISH = re.compile(r"[şçêîû]")
_KURDISH_LETTERS = str.maketrans({"x": "kh", "c": "j", "ç": "ch"})
"""What letters stand for in Kurdish names that they do not in others; told by letters only Kurdish and its neighbours have."""
_CHAT = str.maketrans({"2": "", "3": "a", "5": "kh", "6": "t", "7": "h", "8": "q", "9": "q"})
"""Digits standing for Arabic letters in names typed on Latin keyboards."""
_CONSONANTS = (
    (re.compile(r"tch|sch|sh|ch"), "S"),
    (re.compile(r"kh"), "X"),
    (re.compile(r"gh"), "G"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"[qc]"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"g"), "j"),
    (re.compile(r"p"), "b"),
    (re.compile(r"v"), "f"),
)
_GLIDES = (
    (re.compile(r"(i|ee)(?=[aou])"), "iy"),
    (re.compile(r"(u|o)(?=[ai])(?!oo)"), "uw"),
    (re.compile(r"y(?![aeiou])"), "i"),
    (re.compile(r"(?<!^)w(?![aeiouy])"), "u"),
)
_DOUBLE = re.compile(r"([^aeiou])\1+")
_SILENT_H = re.compile(r"(?<=[aeiou])h$")
_VOWELS = re.compile(r"[aeiou]+")
_NOT_LETTERS = re.compile(r"[^a-z]")
_ARTICLE = re.compile(r"[ae]l(?=[^aeioul].{3}|l.{4})|[ae](?=(sh)\1..|([tdrzsn])\2.{3})")
_SERVANT = re.compile(r"abd(?:[aeou]+l(?=.{2})|[aeou](?=(sh)\1|([tdrzsn])\2)|(?=al.{3}))(?:al)?(?P<name>.{2,})")


def plain(text: str) -> str:
    """Small letters without marks; apostrophes, which stand for hamza and ayn or for nothing, are left out."""
    small = text.lower()
    lowered = (small.translate(_KURDISH_LETTERS) if _KURDISH.search(small) else small).translate(_BEFORE)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
    return re.sub(r"['’‘ʼʻʿʾ`´ˈ′\"]", "", bare)


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """The sound key of one word of plain letters, its article and the article of a servant name (Abd al-) taken off."""
    word = _NOT_LETTERS.sub("", word.translate(_CHAT) if re.search(r"[a-z]", word) else word)
    servant = _SERVANT.fullmatch(word)
    if servant:
        return "abid" + _spell(servant["name"])
    return _spell(_ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word)


def skeleton(sounded: str) -> str:
    """The consonants of a sound key, with a mark for a vowel that begins it; of a word of vowels alone, that mark."""
    return ("a" if sounded[:1] in {"a", "i", "u"} else "") + re.sub(r"[aiu]", "", sounded)


def _spell(word: str) -> str:
    if len(word) <= 1:
        return word
    for pattern, classed in (*_CONSONANTS, *_GLIDES):
        word = pattern.sub(classed, word)
    word = _DOUBLE.sub(r"\1", word)
    return _VOWELS.sub(_vowel, _SILENT_H.sub("", word))


def _vowel(found: re.Match[str]) -> str:
    letters = found[0]
    if "u" in letters or "o" in letters:
        return "u"
    return "i" if "i" in letters or "e" in letters else "a"
