"""Keys of places: names that the gazetteer knows for one place share a key, whatever their spelling; and the larger place each lies in.

Lists mix governorates with towns and write the countryside of a city in several ways ("Rif Dimashq", "Rural Damascus"). Names are looked up together, so
that a name which stands for both a town and its province is one place with each of its other names. A name the gazetteer does not know is keyed by its
consonants, and joins a known name written with the same ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.link.latin import plain
from witnessmark.link.names import keys_of
from witnessmark.text.fold import folded
from witnessmark.text.gazetteer import Entry, Gazetteer

_COUNTRYSIDE = re.compile(r"\b(rural|countryside|rif|reef|reif|ريف)\b")
_UNIT = re.compile(
    r"\b(governorate|province|provincial|district|city|town|village|camp|muhafazat|mohafazat|mohafaza|محافظه|مدينه|قضاء|ناحيه|منطقه)\b|\bof\b"
)
_PARTS = re.compile(r"\s*[,،;؛/|]\s*|\s+[-–—]\s+")
"""What stands between a place and the larger one it is in, where one cell holds both."""
_LEAST_BONES = 3
"""Names of fewer consonants than this are not joined for having the same ones."""


class PlaceKeys:
    """The keys of the places that occur in the lists, looked up once."""

    def __init__(self, keys: Mapping[str, str], regions: Mapping[str, str]) -> None:
        self._keys = keys
        self._regions = regions

    @classmethod
    def of(cls, names: Iterable[str]) -> PlaceKeys:
        """Looks all names up. Of places of one name the one is taken that has the most people, and lies in a country that many of the names are in; and its province with it."""
        written = sorted({part for name in names for part in _parts(name)})
        found = Gazetteer.load().find({other for name in written for other in _spellings(name)})
        entries = {name: [entry for other in _spellings(name) for entry in found.get(folded(other).strip(), [])] for name in written}
        countries = Counter(code for held in entries.values() for code in {entry.country for entry in held})
        chosen = {name: _chosen(held, countries) for name, held in entries.items()}
        keys = _joined(written, chosen)
        return cls(keys, {keys[name]: f"{held[0].country}.{held[0].admin1}" for name, held in chosen.items() if held})

    def keys(self, place: str | None, container: str | None) -> tuple[str | None, str | None]:
        """The key of the place and of what it lies in; None where nothing is written or, for what it lies in, known.

        A cell such as "mosque, Kafr Nabl, Idlib" is the first of its parts that is known, within the last that is.
        """
        parts = _parts(place or "")
        known = [part for part in parts if self._keys.get(part) in self._regions]
        key = self._keys.get((known or parts or [""])[0])
        around = [*known[::-1], *parts[:1]] if container is None else _parts(container)[::-1]
        inside = [part_key for part in around if (part_key := self._keys.get(part)) is not None]
        region = next((self._regions[part] for part in inside if part in self._regions), None)
        return key, region if region is not None or container is None else next(iter(inside), None)

    def part(self, place: str, key: str) -> str:
        """The part of a cell that has this key, in its own words; the whole cell where none has."""
        return next((part for part in _parts(place) if self._keys.get(part) == key), place)


def _parts(name: str) -> list[str]:
    return [part for part in _PARTS.split(name.strip()) if part]


def _spellings(name: str) -> tuple[str, ...]:
    """The name as written, without the word for its kind, and the usual ways to write a countryside."""
    plainly = folded(name)
    bare = " ".join(_UNIT.sub(" ", plainly).split()).strip(" ,-")
    if not _COUNTRYSIDE.search(plainly):
        return tuple(dict.fromkeys((name, bare)))
    city = " ".join(_COUNTRYSIDE.sub(" ", bare).split()).strip(" ,-")
    return (name, f"rif {city}", f"{city} countryside", f"ريف {city}")


def _chosen(entries: Sequence[Entry], countries: Mapping[str, int]) -> list[Entry]:
    if not entries:
        return []
    best = max(entries, key=lambda entry: ((entry.population + 1) * countries[entry.country] ** 2, entry.id))
    return [best, *(entry for entry in entries if (entry.country, entry.admin1) == (best.country, best.admin1) and entry.id != best.id)]


def _joined(names: Sequence[str], chosen: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """A key for each name: the least of all names that share a place of the gazetteer with it, directly or through others."""
    above: dict[str, str] = {}

    def root(node: str) -> str:
        while above.get(node, node) != node:
            node = above[node]
        return node

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        above[second] = first

    bones = {name: _bones(name) for name in names}
    for name in names:
        for entry in chosen[name]:
            join(f"place {entry.id}", f"name {name}")
    for name in names:
        if not chosen[name] and bones[name]:
            join(f"name {name}", f"bones {bones[name]}")
    known = {bones[name]: name for name in names if chosen[name] and len(bones[name]) >= _LEAST_BONES}
    for name in names:
        if not chosen[name] and bones[name] in known:
            join(f"name {name}", f"name {known[bones[name]]}")
    return {name: root(f"name {name}") for name in names if chosen[name] or bones[name]}


def _bones(name: str) -> str:
    return keys_of(name).skeleton or plain(name)
