"""Matching keys of the parts of a name: what stays the same when one person's name is written by different hands, in Arabic or Latin letters.

A name is cut into parts (given, father, family); titles of descent (bin, ibn) and the article fall away, servant names (Abd al-Rahman, Abdurrahman) are one
part, a kunya (Abu Ahmad) is kept apart from the given name, an initial stays an initial. Keys never replace what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from witnessmark.errors import MissingPartError
from witnessmark.link.latin import plain, skeleton, sound
from witnessmark.text.fold import folded

_ARTICLES = frozenset(
    {"al", "el", "ul", "il", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "ath", "az", "ez", "adh", "an", "en", "ال"}
)
_DESCENT = frozenset({"bin", "ibn", "ben", "bint", "bt", "binti", "ould", "wuld", "walad", "بن", "ابن", "بنت", "ولد"})
_TITLES = frozenset({"dr", "prof", "eng", "mr", "mrs", "martyr", "shaheed", "shahid", "دكتور", "الدكتور", "الشهيد", "المهندس"})
"""Left out where another word follows."""
_SHORT = {"mohd": "mohammad", "mhd": "mohammad", "muhd": "mohammad", "md": "mohammad", "moh": "mohammad"}
"""Usual abbreviations, with or without a point."""
_CAMEL = re.compile(r"\b([AE]l)(?=[A-Z])")
_SERVANTS = frozenset({"ebd", "ebdul", "ebdel", "abd", "abdel", "abdul", "abdal", "abdol", "abdou", "abdu", "عبد"})
_KUNYA = frozenset({"abu", "abou", "abo", "aboo", "umm", "um", "oum", "om", "ابو", "ام"})
_FAITH = frozenset({"din", "deen", "dine", "eldin", "aldin", "eddin", "eddine", "uddin", "uldin", "الدين", "دين"})
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTERS = str.maketrans(
    {
        "ب": "b",
        "ت": "t",
        "ث": "th",
        "ج": "j",
        "ح": "h",
        "خ": "kh",
        "د": "d",
        "ذ": "dh",
        "ر": "r",
        "ز": "z",
        "س": "s",
        "ش": "sh",
        "ص": "s",
        "ض": "d",
        "ط": "t",
        "ظ": "z",
        "ع": "a",
        "غ": "gh",
        "ف": "f",
        "ق": "q",
        "ك": "k",
        "ل": "l",
        "م": "m",
        "ن": "n",
        "ه": "h",
        "و": "u",
        "ي": "i",
        "ى": "a",
        "ا": "a",
        "آ": "a",
        "أ": "a",
        "إ": "i",
        "ة": "a",
        "ء": "",
        "ئ": "i",
        "ؤ": "u",
        "گ": "g",
        "ک": "k",
        "ی": "i",
        "پ": "p",
        "چ": "ch",
        "ڤ": "v",
        "ژ": "zh",
        "ە": "e",
        "ێ": "e",
        "ۆ": "o",
    }
)
"""Arabic and Kurdish letters one by one: short vowels are missing, which skeletons leave out anyway."""
_LIKE = 0.35
"""Likeness of two skeletons under which one is no spelling of the other."""
_WORD = re.compile(r"[^\W_]+\.?")
_CANDIDATES = 3


class NameKeys(msgspec.Struct, frozen=True):
    """Keys of one part. `sound` holds vowels in classes, `skeleton` consonants only; `initial` is set, and both others None, where only an initial is written."""

    sound: str | None = None
    skeleton: str | None = None
    initial: str | None = None
    kunya: str | None = None


NOTHING = NameKeys()


def split_name(full: str) -> list[str]:
    """The parts of a full name in order: given, father's and family names; "Family, Given" is turned round."""
    if full.count(",") + full.count("،") == 1:
        last, _, first = re.split(r"([,،])", full)
        return [*split_name(first), *split_name(last)]
    return [part for part in _grouped(_words(full)) if part]


@lru_cache(maxsize=1 << 17)
def keys_of(part: str | None) -> NameKeys:
    """The keys of one part of a name as written; all None where nothing is written."""
    if part is None:
        return NOTHING
    words = _words(part)
    if not words:
        return NOTHING
    if words[0].rstrip(".") in _KUNYA and len(words) > 1:
        inner = _sounded(words[1:])
        return NameKeys(sound="ab" + inner, skeleton="ab" + skeleton(inner), kunya=skeleton(inner))
    if len(words) == 1 and len(words[0].rstrip(".")) == 1:
        initial = _sounded(words)[:1]
        return NameKeys(initial=("a" if initial in {"i", "u"} else initial) or None)
    sounded = _sounded(words)
    return NameKeys(sound=sounded or None, skeleton=skeleton(sounded) or None)


@lru_cache(maxsize=1 << 14)
def romanised(word: str) -> tuple[str, ...]:
    """Latin spellings in which an Arabic word of a name is met, most usual first: candidates for matching, never a replacement.

    Raises:
        MissingPartError: the romaniser is not installed.
    """
    return tuple(candidate.text for candidate in _romaniser().transliterate(word, top_k=_CANDIDATES))


@lru_cache(maxsize=1)
def _romaniser():  # type: ignore[no-untyped-def]  # noqa: ANN202 -- the package is typed only where it is installed
    try:
        from arabic_name_romanizer import Transliterator
    except ImportError as missing:
        raise MissingPartError(
            "Names in Arabic letters are matched through a romaniser that is not installed: pip install 'witnessmark[link]'"
        ) from missing
    return Transliterator(auto_load_model=False)


def _words(text: str) -> list[str]:
    normal = _CAMEL.sub(r"\1 ", unicodedata.normalize("NFKC", text))
    ready = folded(normal) if _ARABIC.search(normal) else plain(normal)
    found = _WORD.findall(re.sub(r"['’]", "", ready))
    words = [_SHORT.get(word.rstrip("."), word) for word in found]
    while len(words) > 1 and words[0].rstrip(".") in _TITLES:
        del words[0]
    return words


def _grouped(words: Iterable[str]) -> list[str]:
    """Words put together that make one part: article and name, servant names, kunyas, names ending in al-Din; words of descent left out."""
    parts: list[str] = []
    open_part = False
    for word in words:
        if word in _DESCENT:
            open_part = False
            continue
        if parts and (open_part or word in _FAITH):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        open_part = word in _ARTICLES or word in _SERVANTS or word in _KUNYA
    return _faithful(parts)


def _faithful(parts: list[str]) -> list[str]:
    """A last part "al din" is put with the name before it."""
    joined: list[str] = []
    for part in parts:
        words = part.split()
        if joined and words[-1] in _FAITH and all(word in _ARTICLES for word in words[:-1]):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _sounded(words: list[str]) -> str:
    kept = [word.rstrip(".") for word in words if word not in _DESCENT]
    named = [word for number, word in enumerate(kept) if number == len(kept) - 1 or word not in _ARTICLES]
    return "".join(_sound_of(word, last=number == len(named) - 1) for number, word in enumerate(named))


def _sound_of(word: str, *, last: bool) -> str:
    if not last and word in _SERVANTS:
        return "abid"
    if _ARABIC.search(word):
        return sound(plain(_romanised_word(word)))
    return sound(word) or word


def _romanised_word(word: str) -> str:
    """The most usual Latin spelling that has the consonants written; the romaniser also offers translations ("Egyptian" for المصري), which have not."""
    bare = word.removeprefix("ال") if len(word) > 4 else word
    letters = bare.translate(_LETTERS)
    wanted = skeleton(sound(plain(letters)))
    likely = (spelled for spelled in romanised(bare) if SequenceMatcher(None, wanted, skeleton(sound(plain(spelled)))).ratio() >= _LIKE)
    return next(likely, letters)
