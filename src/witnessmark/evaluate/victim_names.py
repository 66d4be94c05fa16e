"""Names and places for synthetic victim lists: true script, the name as spoken (DIN 31635; Hawar for Kurdish), and its realistic Latin spellings.

Written by hand for measuring, from common names only, apart from whatever normalises names: the linkage is examined on them and learns nothing from them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from witnessmark.evaluate.victim_dice import Weighted

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
LAST_YA, LAST_TA = "ī$", "a$"
"""A long i at the end of a word, and the a of ta marbuta, are written otherwise than elsewhere."""
SYSTEMS = {
    "english": PLAIN | ENGLISH | {LAST_YA: "i|i|i|y", LAST_TA: "a|a|ah"},
    "french": PLAIN | FRENCH | {LAST_YA: "i|i|y", LAST_TA: "a|a|é|e"},
    "adhoc": PLAIN | ADHOC | {LAST_YA: "i|y|y|ee", LAST_TA: "a|ah|eh|e"},
    "kurdish": KURDISH | {LAST_YA: "i", LAST_TA: "a|e"},
}
"""Transliterations: what a sound may be written as; an option that stands twice is twice as likely."""


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


REGIONS = {"l": ("a", "l"), "i": ("a", "i"), "s": ("a", "s"), "k": ("k", "a")}
"""Where the names borne in a region come from."""


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


@cache
def governorates() -> dict[str, Place]:
    """The governorates by name, each as a place of its own."""
    return {place.governorate: place for place in places() if not place.town}


@cache
def borne(region: str, sex: str, skew: float) -> Weighted[Name]:
    """The given names of men (`m`) or women (`f`), or with no sex the family names, of a region: its own and those it shares spread among each other, the commonest the likeliest."""
    names = [name for name in (given_names() if sex else family_names()) if name.sex == sex]
    kinds = [[name for name in names if name.region == kind] for kind in REGIONS[region]]
    ranks = [(rank / len(kind), name) for kind in kinds for rank, name in enumerate(kind)]
    return Weighted.ranked([name for _, name in sorted(ranks, key=lambda ranked: ranked[0])], skew)


@cache
def scenes(region: str = "") -> Weighted[Place]:
    """Places by how many die there; those of one region, if any is given."""
    found = [place for place in places() if region in {"", place.region}]
    return Weighted(found, [place.weight for place in found])
