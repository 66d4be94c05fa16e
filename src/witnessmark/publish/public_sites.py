"""Watched sites, cut down to what a public dossier may hold: those that a person released, with their released scenes, and pictures only where somebody said that both may be published.

Where a site lies is withheld, unless somebody decided that it may be told coarsely or exactly. A bracket, an area or a test that rests on a scene which is not shown is left out whole,
since it would tell of that scene. Entries of the log are numbered anew, times are days, and items have the numbers they have in the dossier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from witnessmark.model.watching import Bears, ChangeFound, Compared, Coordinates, Observed, Ring, SceneSaid, Site, WatchedScene, WatchedSite
from witnessmark.publish.coarse import snapped
from witnessmark.text.masking import Cover, Covers, covered

_NUMBER = re.compile(r"\bI\d+\b")
_PLACE = re.compile(r" ?\(-?\d+(?:\.\d+)?, ?-?\d+(?:\.\d+)?\)")
NOT_SHOWN = "an item that is not shown"


class Renumbered:
    """Puts the number an item has in the dossier in the place of that it has in the case."""

    def __init__(self, numbers: Mapping[str, str], held: frozenset[str]) -> None:
        """`numbers` are of items that are shown, `held` all of the case's."""
        self._numbers, self._held = numbers, held

    def cover(self, text: str) -> str:
        """The text with other numbers; its length may change."""
        return _NUMBER.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        number = found.group()
        return self._numbers.get(number, NOT_SHOWN if number in self._held else number)


def public_sites(
    sites: tuple[WatchedSite, ...], numbers: Mapping[str, tuple[str, str]], held: frozenset[str], claims: frozenset[str], cover: Cover
) -> tuple[WatchedSite, ...]:
    """What may be shown of these sites, in their order. `numbers` gives, by id, the number of each item that is shown in the case and in the dossier; `claims` are those that are shown."""
    released = [site for site in sites if site.released]
    renumbered = Covers(Renumbered(dict(numbers.values()), held), cover)
    shown_as = {item: shown for item, (_, shown) in numbers.items()}
    names = {site.number: f"W{place}" for place, site in enumerate(released, 1)}
    return tuple(_site(site.only(frozenset(numbers)), names, shown_as, claims, renumbered) for site in released)


def _site(site: WatchedSite, names: Mapping[str, str], numbers: Mapping[str, str], claims: frozenset[str], cover: Cover) -> WatchedSite:
    scenes = {scene.item: scene for scene in site.scenes}
    order = {
        seq: place for place, seq in enumerate(sorted((*(each.seq for each in site.compared), *(each.seq for each in site.tested))), 1)
    }
    shown = msgspec.structs.replace(
        site,
        seq=0,
        at=site.at[:10],
        takes_place_of=names.get(site.takes_place_of, "a drawing that is not released") if site.takes_place_of else None,
        site=_drawn(site.site, site.coordinates),
        scenes=tuple(_scene(scene, numbers[scene.item]) for scene in site.scenes),
        compared=tuple(
            Observed(order[each.seq], each.at[:10], each.version, _compared(each.what, scenes, cover)) for each in site.compared
        ),
        tested=tuple(Observed(order[each.seq], each.at[:10], each.version, each.what) for each in site.tested),
        footprints=tuple(
            msgspec.structs.replace(each, drawings=tuple(msgspec.structs.replace(drawing, ring=()) for drawing in each.drawings))
            for each in site.footprints
        ),
        bears=Bears(tuple(claim for claim in site.bears.claims if claim in claims), site.bears.incidents),
    )
    return msgspec.structs.replace(covered(shown, cover), number=names[site.number])


def _drawn(drawn: Site, coordinates: Coordinates) -> Site:
    return msgspec.structs.replace(
        drawn,
        ring=_told(drawn.ring, coordinates),
        comparisons=tuple(msgspec.structs.replace(each, ring=()) for each in drawn.comparisons),
        stable=((),) * len(drawn.stable),
        instead_of=None,
    )


def _told(ring: Ring, coordinates: Coordinates) -> Ring:
    """A ring as it may be told: whole, as one point on a coarse grid, or not at all."""
    if coordinates is Coordinates.EXACT:
        return ring
    if coordinates is Coordinates.WITHHELD or not ring:
        return ()
    longitudes, latitudes = zip(*ring, strict=True)
    return ((snapped(sum(longitudes) / len(ring)), snapped(sum(latitudes) / len(ring))),)


def _scene(scene: WatchedScene, number: str) -> WatchedScene:
    said = SceneSaid(site=scene.said.site, facts=scene.said.facts, rights=scene.said.rights)
    if scene.found is None:
        return msgspec.structs.replace(scene, number=number, said=said)
    found = msgspec.structs.replace(
        scene.found, picture=b"", contradictions=tuple(_PLACE.sub("", each) for each in scene.found.contradictions)
    )
    return msgspec.structs.replace(scene, number=number, said=said, found=found)


def _compared(compared: Compared, scenes: Mapping[str, WatchedScene], cover: Cover) -> Compared:
    if compared.found is None:
        return compared
    found = msgspec.structs.replace(
        compared.found, places=tuple(msgspec.structs.replace(each, middle=(0.0, 0.0)) for each in compared.found.places)
    )
    if not all(_may_be_shown(scenes[item], cover) for item in (compared.before, compared.after)):
        found = _without_pictures(found)
    return msgspec.structs.replace(compared, found=found)


def _may_be_shown(scene: WatchedScene, cover: Cover) -> bool:
    """Whether somebody said that the picture may be published, and the credit written into it names nobody who must not be named."""
    credit = scene.facts.credit or ""
    return scene.said.rights is not None and cover.cover(credit) == credit


def _without_pictures(found: ChangeFound) -> ChangeFound:
    return msgspec.structs.replace(found, before=b"", after=b"", where=b"", figure=b"")
