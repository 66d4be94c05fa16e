"""Keys of places: the gazetteer's place where it knows the name, else the skeleton of the name; and the larger place each lies in."""

from __future__ import annotations

from collections.abc import Iterable

from witnessmark.link.latin import plain
from witnessmark.link.names import keys_of
from witnessmark.text.gazetteer import Entry, Gazetteer


class PlaceKeys:
    """The keys of the places that occur in the lists, looked up once."""

    def __init__(self, known: dict[str, Entry]) -> None:
        self._known = known

    @classmethod
    def of(cls, names: Iterable[str]) -> PlaceKeys:
        """Looks all names up. Of several places of one name, the one in the country that most of the lists' other names lie in is taken, then the larger."""
        written = sorted(set(names))
        found = Gazetteer.load().find(written)
        by_country: dict[str, int] = {}
        for entries in found.values():
            for country in {entry.country for entry in entries}:
                by_country[country] = by_country.get(country, 0) + 1
        best = {
            name: max(entries, key=lambda entry: (by_country[entry.country], entry.population, entry.id)) for name, entries in found.items()
        }
        return cls({key: entry for key, entry in best.items() if entry.country == _most(by_country)})

    def keys(self, place: str | None, container: str | None) -> tuple[str | None, str | None]:
        """The key of the place and of what it lies in; None where nothing is written or, for what it lies in, known."""
        return self._key(place), self._container(place, container)

    def _key(self, name: str | None) -> str | None:
        if not name:
            return None
        keys = keys_of(name)
        return keys.skeleton or plain(name) or None

    def _container(self, place: str | None, container: str | None) -> str | None:
        from witnessmark.text.fold import folded

        if container:
            return self._key(container)
        entry = self._known.get(folded(place).strip()) if place else None
        return None if entry is None else f"{entry.country}.{entry.admin1}"


def _most(counted: dict[str, int]) -> str | None:
    return max(sorted(counted), key=lambda country: counted[country], default=None)
