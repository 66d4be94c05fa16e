"""How a hand or a machine writes a name: transliteration by a system, articles and compounds, Arabic orthography, typing and scanning slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from witnessmark.evaluate.victim_names import SYSTEMS, Name

T = TypeVar("T")

DOTS = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
SCANNED = {"rn": "m", "l": "i", "e": "c", "i": "l", "h": "b", "u": "n"}
ARTICLES = ("al-", "Al ", "Al", "El ", "el-", "")
JOINS = (" al-", "ul", "el", "ul ", " El ", "el ", " ")


class Dice:
    """Uniform numbers from a seeded generator, drawn in blocks, since one at a time is slow."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._numbers = self._stream(rng)

    @staticmethod
    def _stream(rng: np.random.Generator) -> Iterator[float]:
        while True:
            yield from rng.random(1 << 14).tolist()

    def chance(self, rate: float) -> bool:
        """True at this rate."""
        return next(self._numbers) < rate

    def below(self, end: int) -> int:
        """A whole number from 0 to `end`, itself left out."""
        return int(next(self._numbers) * end)

    def one(self, options: Sequence[T]) -> T:
        """One of these, all alike likely."""
        return options[self.below(len(options))]


def latin(name: Name, system: str, dice: Dice) -> str:
    """The name in Latin letters by one of the systems, or in a spelling listed for it."""
    if name.listed and dice.chance(0.3):
        return dice.one(name.listed)
    table = SYSTEMS["kurdish" if name.region == "k" else system]
    words = name.spoken.split(" ")
    written = [_word(word.removeprefix("al-"), table, dice) for word in words]
    text = written[0]
    for word, spelt in zip(words[1:], written[1:], strict=True):
        join = dice.one(JOINS) if word.startswith("al-") else " "
        text += join + (spelt.lower() if join in {"ul", "el"} else spelt)
    return dice.one(ARTICLES) + text if name.spoken.startswith("al-") else text


def _word(spoken: str, table: dict[str, str], dice: Dice) -> str:
    out, at = "", 0
    while at < len(spoken):
        step = 2 if spoken[at : at + 2] in table else 1
        part = spoken[at : at + step]
        doubled = step == 1 and at and part == spoken[at - 1] and dice.chance(0.3)
        out += "" if doubled else dice.one(table.get(part, part).split("|"))
        at += step
    return out[:1].upper() + out[1:]


def arabic(name: Name, dice: Dice) -> str:
    """The name in Arabic letters, as carelessly as lists are typed: hamza, final ya and ta marbuta folded, the article dropped, compounds joined."""
    text = name.script
    if dice.chance(0.4):
        text = text.translate(str.maketrans("أإآؤئ", "اااوي"))
    if dice.chance(0.15):
        text = text[:-1] + text[-1].translate(str.maketrans("يةىی", "ىهيي"))
    if text.startswith("ال") and len(text) > 4 and dice.chance(0.12):
        text = text[2:]
    return text.replace(" ", "") if dice.chance(0.3) else text


def slipped(text: str, dice: Dice, *, scanned: bool) -> str:
    """One slip: a letter dropped, swapped or doubled; of a scan, a letter misread or dropped."""
    if len(text) < 4:
        return text
    at = 1 + dice.below(len(text) - 2)
    kind = dice.below(3)
    if scanned and kind:
        alike = next((group for group in DOTS if text[at] in group), None)
        return text[:at] + (dice.one(alike) if alike else SCANNED.get(text[at], "")) + text[at + 1 :]
    middle = ("", text[at + 1] + text[at], text[at] * 2)[kind]
    return text[:at] + middle + text[at + (2 if kind == 1 else 1) :]
