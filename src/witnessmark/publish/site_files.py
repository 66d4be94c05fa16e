"""Which claims are about one place: by its id where the gazetteer or a person gave one, else by its name as it stands.

Two names are one place only where they have one id; a name without an id is not taken for a place that has it. A country is no site. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from witnessmark.model.claim import ClaimPlace, Precision
from witnessmark.model.view import ReadClaim
from witnessmark.model.watching import WatchedSite
from witnessmark.publish.casebook import Casebook, place_file_anchor
from witnessmark.text.fold import folded

MOST_FILES = 500
"""Places that have a page of their own, those with most claims first: a folder of more would be a burden to copy and to mail."""


class SiteFile(msgspec.Struct, frozen=True):
    """A place under its names, the one most often given first, with the claims that name it in the order of the evidence."""

    names: tuple[str, ...]
    reads: tuple[ReadClaim, ...]

    @property
    def name(self) -> str:
        """The name it is called by."""
        return self.names[0]

    @property
    def anchor(self) -> str:
        """The anchor of its page; from the random id of its first claim, so that it tells nothing."""
        return place_file_anchor(self.reads[0])


class SiteFiles:
    """The places of a case, those that have a page unless more are asked for, and which of them a claim names."""

    def __init__(self, casebook: Casebook, *, most: int | None = MOST_FILES) -> None:
        """Of the claims that stand, at `most` so many places; all of them where it is None."""
        piles: dict[str, list[ReadClaim]] = {}
        for read in casebook.standing:
            if read.claim.where is not None and (key := _key(read.claim.where)) is not None:
                piles.setdefault(key, []).append(read)
        named_most = sorted(piles.values(), key=lambda reads: -len(reads))
        kept = {id(reads) for reads in named_most[:most]}
        self.files: tuple[SiteFile, ...] = tuple(SiteFile(_names(reads), tuple(reads)) for reads in piles.values() if id(reads) in kept)
        self.without_page = len(piles) - len(self.files)
        self._of_claim = {read.claim.id: file for file in self.files for read in file.reads}

    def of(self, reads: Iterable[ReadClaim]) -> tuple[SiteFile, ...]:
        """The places that these claims name, each once."""
        found = (self._of_claim.get(read.claim.id) for read in reads)
        return tuple({file.anchor: file for file in found if file is not None}.values())


def sites_on(file: SiteFile, casebook: Casebook) -> tuple[WatchedSite, ...]:
    """The watched sites that bear on a claim that names the place, or on an incident that has one of these."""
    claims = {read.claim.id for read in file.reads}
    incidents = {numbered.incident.id for read in file.reads for numbered in casebook.incidents_of(read)}
    return tuple(site for site in casebook.view.sites if claims & set(site.bears.claims) or incidents & set(site.bears.incidents))


def _key(place: ClaimPlace) -> str | None:
    """What makes two claims name one place; None where it has no name or is a country."""
    if place.precision is Precision.COUNTRY or not place.name:
        return None
    return place.id or f"named {folded(place.name)}"


def _names(reads: Sequence[ReadClaim]) -> tuple[str, ...]:
    times: dict[str, int] = {}
    for read in reads:
        if read.claim.where is not None and read.claim.where.name:
            times[read.claim.where.name] = times.get(read.claim.where.name, 0) + 1
    return tuple(sorted(times, key=lambda name: -times[name]))
