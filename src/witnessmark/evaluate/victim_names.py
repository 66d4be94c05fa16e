"""Names and places for synthetic victim lists: true script, the name as spoken (DIN 31635; Hawar for Kurdish), and its realistic Latin spellings.

Written by hand for measuring, from common names only, apart from whatever normalises names: the linkage is examined on them and learns nothing from them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

ENGLISH = {"ḫ": "kh", "š": "sh", "ṯ": "th", "ḏ": "dh", "ġ": "gh", "ī": "i|i|ee", "ū": "u|ou|oo", "ay": "ay|ai|ei", "aw": "aw|au"}
FRENCH = {
    "ḫ": "kh",
    "š": "ch",
    "ṯ": "th",
    "ḏ": "dh|d",
    "ġ": "gh",
    "q": "k|q",
    "j": "dj|j",
    "ū": "ou",
    "u": "ou|o",
    "w": "ou|w",
    "ay": "ei|aï|ay",
}
ADHOC = {
    "ḫ": "kh|k|h", "š": "sh|ch", "ṯ": "th|s|t", "ḏ": "z|d|th", "ġ": "gh|g", "q": "q|k|g", "j": "j|g", "ḍ": "d|dh", "ẓ": "z|dh|th",
    "ī": "i|ee|e", "ū": "ou|o|u", "u": "u|o", "i": "i|e", "a": "a|a|a|e", "ay": "ei|e|ai", "aw": "ow|o|au",
}  # fmt: skip
KURDISH = {"ç": "ch|c|ç", "ş": "sh|s|ş", "ê": "e|ê", "î": "i|ee|î", "û": "u|ou|û", "x": "kh|x", "c": "j|c", "j": "zh|j"}
PLAIN = {"ʾ": "|'", "ʿ": "||'", "ḥ": "h", "ṣ": "s", "ḍ": "d", "ṭ": "t", "ẓ": "z", "ā": "a|a|aa", "ī": "i", "ū": "u"}
SYSTEMS = {"english": PLAIN | ENGLISH, "french": PLAIN | FRENCH, "adhoc": PLAIN | ADHOC, "kurdish": KURDISH}


class Name(msgspec.Struct, frozen=True):
    """A name in its own script, as spoken, where it is borne (a all Arab, l Levant, i Iraq, s Sudan, k Kurdish), and spellings that no rule gives."""

    script: str
    spoken: str
    sex: str
    region: str
    listed: tuple[str, ...]


class Place(msgspec.Struct, frozen=True):
    """A governorate, or a town in one, with its script and other spellings."""

    region: str
    weight: int
    governorate: str
    town: str
    script: str
    listed: tuple[str, ...]


def rows_of(name: str) -> list[list[str]]:
    """The rows of a table in `data/`, without its heading."""
    lines = files("witnessmark.evaluate").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


@cache
def given_names() -> tuple[Name, ...]:
    """Given names, the commonest first."""
    return tuple(Name(a, b, sex, region, _several(listed)) for a, b, sex, region, listed in rows_of("given_names.tsv"))


@cache
def family_names() -> tuple[Name, ...]:
    """Family names."""
    return tuple(Name(a, b, "", region, _several(listed)) for a, b, region, listed in rows_of("family_names.tsv"))


@cache
def places() -> tuple[Place, ...]:
    """Governorates and towns."""
    return tuple(Place(r, int(w), g, t, script, _several(listed)) for r, w, g, t, script, listed in rows_of("places.tsv"))
