"""Pseudonyms drawn at random: "Person K472". Never made from a name, so nothing leads back from one; which person has which is known to the case alone.

One letter and three digits, without letters that are taken for others, say neither sex nor origin, and a number so drawn does not count how many there are.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

from witnessmark.protect.spellings import spaced

LETTERS = "BCDFGHJKLMNPQRTVWXZ"
_FIRST, _LAST = 100, 999


def draw_pseudonym(names: Iterable[str], taken: Collection[str]) -> str:
    """A pseudonym that nobody has yet, whose letter begins no word of the `names` it stands for. Raises ValueError where all are taken."""
    initials = {word[0] for name in names for word in spaced(name).split()}
    letters = [letter for letter in LETTERS if letter.casefold() not in initials] or list(LETTERS)
    free = [made for letter in letters for number in range(_FIRST, _LAST + 1) if (made := f"Person {letter}{number}") not in taken]
    if not free:
        raise ValueError("Every pseudonym is taken.")
    return secrets.choice(free)
