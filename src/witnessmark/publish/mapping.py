"""Draws a frame: shapes as paths, spots as areas, and the words that fit between them. Pure but for the packaged shapes; the template only places it.

A spot is never drawn smaller than can be seen and hit, and the drawing says from how many kilometres on its circles are true to scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import floor, log10

import msgspec

from witnessmark.publish.citation import of_claim
from witnessmark.publish.frame import WIDTH, Frame
from witnessmark.publish.labels import Label, Labels, Name
from witnessmark.publish.map_drawing import MapDrawing, Mark, ScaleBar, Tint
from witnessmark.publish.outline import filled, stroked
from witnessmark.publish.prose import clip
from witnessmark.publish.shapes import Bounds, Country, Line, Shapes, Town
from witnessmark.publish.spots import Spot
from witnessmark.publish.words import counted

SMALLEST = 7.0
"""Pixels of the smallest circle's radius: less could not be told from the ground, nor be hit with a finger."""

POINT = 4.0
"""Pixels of the radius of a point."""

HEAVIEST = 45_000
"""Characters of one map's paths; where the shapes give more, they are laid on a coarser grid."""

GRIDS = (0.5, 1.0, 2.0, 4.0)

WIDE = 30.0
"""Pixels of a radius from which a circle has room for its name."""

LONGEST_NAME = 28
MOST_TOWNS = 9
MOST_COUNTRIES = 14
TOWNS_APART = 40
"""Pixels between two towns that are shown, so that a city's quarters do not stand for more towns."""

_LINES_ACROSS = 7
_DEGREE_STEPS = (0.5, 1, 2, 5, 10, 15, 30)

Ring = list[tuple[float, float]]


def draw_map(frame: Frame, shapes: Shapes, heaviest: int = HEAVIEST) -> MapDrawing:
    """The frame on the finest grid that keeps its paths within `heaviest` characters."""
    ground, grid, paths = _ground(msgspec.structs.replace(frame, spots=()), shapes, heaviest)
    marks = tuple(_marks(frame))
    labels, dots = _words(frame, ground, marks)
    return MapDrawing(
        width=WIDTH,
        height=frame.height,
        grid=grid,
        **paths,
        tints=tuple(_tints(frame, ground, grid)),
        marks=marks,
        labels=labels,
        dots=dots,
        bar=_scale_bar(frame),
        true_from_km=SMALLEST / frame.pixels_a_km,
    )


def place_anchor(spot: Spot) -> str:
    """The anchor of the spot's row in the table of places."""
    return f"place-{spot.number}"


@lru_cache(maxsize=256)
def _ground(bare: Frame, shapes: Shapes, heaviest: int) -> tuple[_Ground, float, dict[str, str]]:
    """What lies under the marks of a frame: hundreds of incidents may share one."""
    ground = _Ground(bare, shapes)
    for grid in GRIDS:
        paths = ground.paths(grid)
        if sum(map(len, paths.values())) <= heaviest:
            break
    return ground, grid, paths


class _Ground:
    """The shapes a frame shows, in its pixels."""

    def __init__(self, frame: Frame, shapes: Shapes) -> None:
        self.frame = frame
        bounds, scale = frame.bounds, frame.scale
        self.countries = [(country, self._flat(rings)) for country, rings in shapes.countries(scale, bounds)]
        self._lakes = self._flat(shapes.lines("lake", scale, bounds))
        self._provinces = self._flat(shapes.lines("province", scale, bounds))
        self._borders = self._flat(shapes.lines("border", scale, bounds, "agreed"))
        self._disputed = self._flat(shapes.lines("border", scale, bounds, "disputed"))
        self._net = self._flat(_net(bounds))
        self.named = [(country, _area(rings), _label_place(country, rings, frame)) for country, rings in self.countries]
        self.towns = [(town.name, *frame.pixel(town.longitude, town.latitude)) for town in _towns(frame, shapes)]

    def paths(self, grid: float) -> dict[str, str]:
        """The paths of everything that is ground."""
        width, height = float(WIDTH), float(self.frame.height)
        land = [ring for _, rings in self.countries for ring in rings]
        return {
            "land": filled(land, width, height, grid),
            "lakes": filled(self._lakes, width, height, grid),
            "provinces": stroked(self._provinces, width, height, grid),
            "borders": stroked(self._borders, width, height, grid),
            "disputed": stroked(self._disputed, width, height, grid),
            "net": stroked(self._net, width, height, grid),
        }

    def _flat(self, lines: Iterable[Line]) -> list[Ring]:
        return [[self.frame.pixel(*position) for position in line] for line in lines]


def _net(bounds: Bounds) -> Iterator[Line]:
    """Meridians and parallels on round degrees, some seven of each at most."""
    across = (bounds.east - bounds.west) % 360 or 360
    up = bounds.north - bounds.south
    step = next((each for each in _DEGREE_STEPS if max(across, up) / each <= 2 * _LINES_ACROSS), _DEGREE_STEPS[-1])
    fine = max(up / 40, 0.05)
    for number in range(floor(bounds.west / step), floor((bounds.west + across) / step) + 1):
        yield [(number * step, bounds.south + fine * at) for at in range(41)]
    for number in range(floor(bounds.south / step), floor(bounds.north / step) + 1):
        if abs(number * step) < 90:
            yield [(bounds.west + across * at / 80, number * step) for at in range(81)]


def _marks(frame: Frame) -> Iterator[Mark]:
    """The circles, the widest first, so that a small one is never hidden."""
    for spot in sorted(frame.spots, key=lambda spot: (-spot.radius, spot.number)):
        if spot.position is None:
            continue
        x, y = frame.pixel(spot.position.longitude, spot.position.latitude)
        radius = POINT if spot.radius == 0 else max(spot.radius * frame.pixels_a_km, SMALLEST)
        yield Mark(
            round(x, 1), round(y, 1), round(radius, 1), spot.radius == 0, spot.asserting > 0, spot.answering + spot.denied > 0, in_words(spot),
            place_anchor(spot), of_claim(spot.reads[0]),
        )  # fmt: skip


def _tints(frame: Frame, ground: _Ground, grid: float) -> Iterator[Tint]:
    meant = {spot.country: spot for spot in frame.spots if spot.country is not None}
    for country, rings in ground.countries:
        spot = meant.get(country.geonames) if country.geonames else None
        path = filled(rings, float(WIDTH), float(frame.height), grid) if spot else ""
        if spot and path:
            yield Tint(
                path, spot.asserting > 0, spot.answering + spot.denied > 0, in_words(spot), place_anchor(spot), of_claim(spot.reads[0])
            )


def in_words(spot: Spot) -> str:
    """A spot for who cannot see it: "Darrow Mill: 3 claims say something of it"."""
    return f"{', '.join(clip(name, LONGEST_NAME) for name in spot.names[:3])}: {claims_of(spot)}"


def claims_of(spot: Spot) -> str:
    """How many claims say something of a spot, and how many deny or doubt."""
    said = [counted(spot.asserting, "claim says", "claims say") + " something of it"] if spot.asserting else []
    denied = [counted(spot.answering, "claim denies or doubts", "claims deny or doubt") + " something of it"] if spot.answering else []
    answered = [counted(spot.denied, "is", "are") + " denied or doubted by others"] if spot.denied else []
    return ", ".join(said + denied + answered)


def _words(frame: Frame, ground: _Ground, marks: tuple[Mark, ...]) -> tuple[tuple[Label, ...], tuple[tuple[float, float], ...]]:
    """The names that fit: of the spots first, then of countries, then of a few large towns with their dots."""
    labels = Labels(WIDTH, frame.height)
    labels.keep_off(0, frame.height - 34, _scale_bar(frame).length + 90, frame.height)
    labels.keep_off(WIDTH - 48, 0, WIDTH, 70)
    for mark in marks:
        if mark.radius < WIDE:
            labels.keep_off(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
    by_anchor = {place_anchor(spot): spot for spot in frame.spots}
    for mark in sorted(marks, key=lambda mark: (-len(by_anchor[mark.anchor].reads), mark.anchor)):
        name = Name(_name(by_anchor[mark.anchor]), "spot", mark.anchor)
        if mark.radius < WIDE or not labels.on(mark.x, mark.y - mark.radius - 11, name):
            labels.beside(mark.x, mark.y, mark.radius, name)
    meant = {spot.country: spot for spot in frame.spots if spot.country is not None}
    for country, _, (x, y) in sorted(ground.named, key=lambda named: (named[0].geonames not in meant, -named[1])):
        if country.geonames is not None and labels.number_of("country") < MOST_COUNTRIES:
            spot = meant.get(country.geonames)
            labels.on(x, y, Name(_name(spot) if spot else country.name, "country", place_anchor(spot) if spot else None))
    dots: list[tuple[float, float]] = []
    for town, x, y in ground.towns:
        apart = all(abs(x - other_x) + abs(y - other_y) > TOWNS_APART for other_x, other_y in dots)
        if len(dots) < MOST_TOWNS and apart and frame.shows(x, y, 8) and labels.beside(x, y, 3, Name(town, "town")):
            dots.append((round(x, 1), round(y, 1)))
    return labels.placed, tuple(dots)


def _name(spot: Spot) -> str:
    more = f" +{len(spot.names) - 1}" if len(spot.names) > 1 else ""
    count = f" ({len(spot.reads):,})" if len(spot.reads) > 1 else ""
    return f"{clip(spot.names[0], LONGEST_NAME)}{more}{count}"


def _towns(frame: Frame, shapes: Shapes) -> list[Town]:
    """Large towns for orientation, on a map close enough for any."""
    return shapes.towns(frame.bounds) if not frame.is_world and frame.scale == 10 else []


def _label_place(country: Country, rings: list[Ring], frame: Frame) -> tuple[float, float]:
    """Where a map would write the name or, where that is out of the frame, the middle of what is seen of the country."""
    x, y = frame.pixel(country.longitude, country.latitude)
    if frame.shows(x, y, 20):
        return x, y
    seen = [(px, py) for ring in rings for px, py in ring if frame.shows(px, py)]
    if not seen:
        covers = filled(rings, float(WIDTH), float(frame.height), 1)
        return (WIDTH / 2, 24.0) if covers else (-1.0, -1.0)
    return sum(px for px, _ in seen) / len(seen), sum(py for _, py in seen) / len(seen)


def _area(rings: list[Ring]) -> float:
    """Square pixels of the largest ring (the shoelace formula)."""
    return max((abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2 for ring in rings), default=0.0)


def _scale_bar(frame: Frame) -> ScaleBar:
    """A bar of a round length, at most 180 pixels."""
    pixels = frame.pixels_a_km * frame.projection.bar
    most = 180 / pixels
    unit = 10.0 ** floor(log10(most))
    length = max(step * unit for step in (1, 2, 5) if step * unit <= most)
    return ScaleBar(round(length * pixels, 1), f"{length:,.0f} km" if length >= 1 else f"{length * 1000:.0f} m")
