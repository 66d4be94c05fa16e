"""The gazetteer: a read-only SQLite file of places and their folded names, looked up in batches and never held in memory whole.

Built by `scripts/make-gazetteer` from GeoNames (CC BY 4.0), the World Factbook (public domain) and the sourced `sites.tsv`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from witnessmark.text.fold import folded


class Mark(IntEnum):
    """How a name names its place, as the build stores it. PEOPLE: by its people ("Syrian" for Syria), which is no place of a happening."""

    OTHER = 0
    MAIN = 1
    CAPITAL = 2
    PEOPLE = 3


class Entry(NamedTuple):
    """One place a name may stand for. `mark` says how the name asked for names it; `population` is 0 where not known, of a province that of its towns."""

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    population: int
    precision: str
    mark: Mark


PRECISIONS = ("point", "facility", "locality", "district", "region", "country")
UNITS = 10_000
"""Units of a degree that positions are stored in."""
_BATCH = 400
_COLUMNS = "place.id, slug, place.name, latitude, longitude, country, admin1, population, precision"
_QUERY = f"SELECT folded, mark, {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE folded IN ({{}})"  # noqa: S608 -- columns named here


class Gazetteer:
    """An open gazetteer. `Gazetteer.load()` opens the one shipped with the package, once for each process."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """The shipped gazetteer. Raises FileNotFoundError, naming the command that builds it, where the file is missing."""
        path = files("witnessmark.text") / "data" / "gazetteer.sqlite"
        if not path.is_file():
            raise FileNotFoundError(f"the gazetteer {path} is missing; build it with scripts/make-gazetteer")
        return Gazetteer(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False))

    def find(self, names: Iterable[str]) -> dict[str, list[Entry]]:
        """For each name that is known, its folded form and the places it may stand for."""
        wanted = sorted({key for name in names if (key := folded(name).strip())})
        found: dict[str, list[Entry]] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            for key, mark, *row in self._database.execute(_QUERY.format(",".join("?" * len(batch))), batch):
                found.setdefault(key, []).append(_entry(row, Mark(mark)))
        return found

    def place(self, identity: str) -> Entry | None:
        """The place known as `geonames:N` or `site:slug`, None where the gazetteer does not hold it."""
        kind, _, key = identity.partition(":")
        column = "slug" if kind == "site" else "id"
        row = self._database.execute(f"SELECT {_COLUMNS} FROM place WHERE {column} = ?", (key,)).fetchone()  # noqa: S608 -- one of two columns named here
        return None if row is None else _entry(row, Mark.MAIN)


def _entry(row: Sequence[Any], mark: Mark) -> Entry:
    number, slug, name, latitude, longitude, country, admin1, population, precision = row
    identity = f"site:{slug}" if slug else f"geonames:{number}"
    return Entry(identity, name, latitude / UNITS, longitude / UNITS, country, admin1, population, PRECISIONS[precision], mark)
