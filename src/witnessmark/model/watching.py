"""Watching a site: the site as it was drawn, what was said and read of each scene, and every observation with its error.

Places are `(longitude, latitude)` in degrees on WGS 84, as in GeoJSON. Pictures are whole PNG files, made from pixels and carrying no metadata.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

Position = tuple[float, float]
Ring = tuple[Position, ...]
"""The corners of a polygon in order, the first not repeated at the end."""


class State(StrEnum):
    """What a scene shows of the thing that is watched."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"


class Coordinates(StrEnum):
    """How exactly a public dossier says where a site is; withheld unless somebody decided otherwise."""

    WITHHELD = "withheld"
    COARSE = "coarse"
    EXACT = "exact"


class Acquired(msgspec.Struct, frozen=True):
    """When a scene was taken: somewhere from `earliest` to `latest` (UTC), and where that was read (`product id`, `header`, `stated by ...`)."""

    earliest: dt.datetime
    latest: dt.datetime
    source: str

    @classmethod
    def on(cls, day: dt.date, source: str) -> Acquired:
        """Some time on one day, UTC."""
        start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        return cls(start, start + dt.timedelta(days=1) - dt.timedelta(seconds=1), source)

    def meets(self, other: Acquired) -> bool:
        """Whether both can be true."""
        return self.earliest <= other.latest and other.earliest <= self.latest


class SceneFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts a reader needs to judge a scene; None where nobody has stated it.

    `ground_sampling_distance` is in metres a pixel, angles are in degrees (`sun_azimuth` from north, eastward), `cloud` and `snow` are shares of the scene from 0 to 1.
    """

    provider: str | None = None
    product_id: str | None = None
    sensor: str | None = None
    acquired: Acquired | None = None
    ground_sampling_distance: float | None = None
    off_nadir: float | None = None
    sun_elevation: float | None = None
    sun_azimuth: float | None = None
    cloud: float | None = None
    snow: float | None = None
    credit: str | None = None
    licence: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to be asked for, in words, in the order of the fields."""
        return tuple(WORDS[name] for name in self.__struct_fields__ if getattr(self, name) is None)


WORDS = {
    "provider": "provider",
    "product_id": "product id",
    "sensor": "sensor",
    "acquired": "time of acquisition",
    "ground_sampling_distance": "ground sampling distance",
    "off_nadir": "off-nadir angle",
    "sun_elevation": "sun elevation",
    "sun_azimuth": "sun azimuth",
    "cloud": "cloud cover",
    "snow": "snow cover",
    "credit": "credit",
    "licence": "licence",
}


class ControlPoint(msgspec.Struct, frozen=True):
    """A point in a picture (pixels from its top left corner) and its place (degrees, WGS 84)."""

    column: float
    row: float
    latitude: float
    longitude: float


class Ground(msgspec.Struct, frozen=True):
    """A named polygon on the ground."""

    name: str
    ring: Ring


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A watched place as it was drawn, before anything was compared.

    `comparisons` are polygons of the same kind of ground where nothing is known to have happened, from which placebos are drawn; `stable` is ground near the site known to be
    unchanged, on which thresholds are set. A drawing is never changed: another takes its place (`instead_of`, a site's id) for a reason.
    """

    name: str
    ring: Ring
    comparisons: tuple[Ground, ...] = ()
    stable: tuple[Ring, ...] = ()
    instead_of: str | None = None
    why: str | None = None


class CaptionSaid(msgspec.Struct, frozen=True):
    """A caption as it was published, and the place it states (degrees), None where it states none."""

    words: str
    latitude: float | None = None
    longitude: float | None = None


class SceneSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of an item as a scene of a site (its id).

    `left_out` are polygons of cloud, its shadow or snow that no comparison looks at; `rights` is on what ground the picture may be published, None where nobody said so. `header` is the item that describes
    raw bands (an ENVI header), None where the file describes itself.
    """

    site: str
    facts: SceneFacts = SceneFacts()
    control_points: tuple[ControlPoint, ...] = ()
    caption: CaptionSaid | None = None
    left_out: tuple[Ring, ...] = ()
    rights: str | None = None
    header: str | None = None


class Level(msgspec.Struct, frozen=True):
    """How bright a polygon is in one scene: its pixels, the share of them that is seen, and the mean of each band over those; no means where none is seen."""

    ground: str
    pixels: int
    seen: float
    means: tuple[float, ...]


class SceneFound(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a scene: `facts` are those stated, completed by what the file says of itself, and `contradictions` what its caption says that it does not bear out.

    `levels` are those of the site first, then of its comparison polygons. `picture` shows the site and its surroundings, north up, at the scale all scenes of the site have:
    `metres_a_pixel` metres a pixel of it.
    """

    rows: int
    columns: int
    bands: tuple[str, ...]
    georeference: str
    georeference_error: float | None
    facts: SceneFacts
    problems: tuple[str, ...]
    contradictions: tuple[str, ...]
    levels: tuple[Level, ...]
    metres_a_pixel: float
    picture: bytes


class Control(msgspec.Struct, frozen=True):
    """One null control: its value, the limit it has to keep (None where it is for information), whether it does (None where it could not be checked), and a sentence."""

    name: str
    value: float | None
    limit: float | None
    kept: bool | None
    sentence: str


class GroundChange(msgspec.Struct, frozen=True):
    """A polygon between two scenes: its pixels seen in both, the share of them over the threshold, and the mean of log(1 + statistic)."""

    ground: str
    pixels: int
    changed: float
    statistic: float


class PlaceToLook(msgspec.Struct, frozen=True):
    """A window of the site by rank: its middle, its score, and how often windows of comparison ground scored as high."""

    rank: int
    middle: Position
    score: float
    false_alarm_rate: float


class ChangeFound(msgspec.Struct, frozen=True, kw_only=True):
    """What a comparison of two scenes gave; see `watch.change.Change` for the fields they share.

    `shift` (rows, columns in pixels) and `rotation` (degrees) are how the second scene was found to lie over the first. `grounds` are the site, then its comparison polygons. Of the pictures, `before` and `after`
    show the site on one grid, `where` marks the pixels over the threshold, `figure` is both with scale bar, north arrow, dates and credits.
    """

    method: str
    alpha: float
    threshold: float
    false_alarm_rate: float | None
    folds: tuple[float, ...]
    residual: float | None
    shift: Position
    rotation: float
    pixels: int
    changed: int
    ranks_only: bool
    problems: tuple[str, ...]
    controls: tuple[Control, ...]
    grounds: tuple[GroundChange, ...]
    places: tuple[PlaceToLook, ...]
    places_compared: int
    metres_a_pixel: float
    before: bytes
    after: bytes
    where: bytes
    figure: bytes


class PlaceboTest(msgspec.Struct, frozen=True):
    """The observed statistic, those of the placebos, and how rarely one as large comes about where nothing happened.

    `p` is (1 + placebos at least as large) / (1 + placebos). `looks` is how many footprints, dates and outlines were tried in all, and `p_looks` is `p` times that, at most 1 (Bonferroni).
    `smallest_p` is what no placebo at least as large would have given.
    """

    observed: float
    placebos: tuple[float, ...]
    p: float
    smallest_p: float
    looks: int
    p_looks: float
    sentence: str
    statistic: str


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Two scenes (items) compared: what was found, or the sentence with which that was refused. `by_hand` is whether a person vouches that they lie over each other."""

    before: str
    after: str
    alpha: float
    by_hand: bool = False
    found: ChangeFound | None = None
    refused: str | None = None


class PlaceboInTime(msgspec.Struct, frozen=True):
    """Another pair of scenes (items) over the same footprint: its statistic, or why it is no placebo."""

    before: str
    after: str
    statistic: float | None
    left_out: str | None = None


class Tested(msgspec.Struct, frozen=True, kw_only=True):
    """A footprint put to the placebo test between two scenes (items): the result, or the sentence with which it was refused. `drawings` is how many outlines it was taken from.

    `in_time` says that the placebos are the footprint itself between other dates, the `pairs`, and not copies of it on comparison ground.
    """

    footprint: str
    before: str
    after: str
    drawings: int
    test: PlaceboTest | None = None
    refused: str | None = None
    in_time: bool = False
    pairs: tuple[PlaceboInTime, ...] = ()

    @property
    def rests_on(self) -> frozenset[str]:
        """Every item that it was looked at in, those too that turned out to be of no use."""
        return frozenset((self.before, self.after, *(item for pair in self.pairs for item in (pair.before, pair.after))))


class SeenIn(msgspec.Struct, frozen=True):
    """What an analyst saw of a thing in a scene, by its item's short number."""

    thing: str
    scene: str
    state: State


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing of a footprint, made on a scene (its item's short number); `height` in metres, of what was outlined, None where not known."""

    footprint: str
    scene: str
    ring: Ring
    height: float | None = None


class Evidence(msgspec.Struct, frozen=True):
    """What somebody found for or against a rival explanation, by its key."""

    rival: str
    speaks_for: bool
    words: str


class Bears(msgspec.Struct, frozen=True):
    """Claims and incidents (their ids) that what was observed of a site bears on."""

    claims: tuple[str, ...]
    incidents: tuple[str, ...] = ()


class Sighting(msgspec.Struct, frozen=True):
    """What one scene shows, and when it was taken."""

    state: State
    acquired: Acquired
    scene: str


class Gap(msgspec.Struct, frozen=True):
    """A time without a clear scene, from the end of one to the start of the next."""

    start: dt.datetime
    end: dt.datetime


class Bracket(msgspec.Struct, frozen=True, kw_only=True):
    """It changed from `first` (on or before the time of `last_before`) to the other state (on or after that of `first_after`); where it changed more than once or never, there is no bracket.

    `gaps` are the times over a month in which no clear scene was taken, between the first and the last scene.
    """

    first: State | None
    last_before: Sighting | None
    first_after: Sighting | None
    sentence: str
    gaps: tuple[Gap, ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is a bracket."""
        return self.last_before is not None and self.first_after is not None


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """An area in square metres: the mean of the drawings, and the interval that holds the truth with probability `level`; None where it was drawn fewer than three times.

    `redrawing`, `sampling` and `lean` are the standard errors of each source, in square metres; `place_error` is how far off the outline may lie, in metres, and no part of the interval.
    """

    square_metres: float
    interval: tuple[float, float] | None
    level: float
    drawings: int
    redrawing: float | None
    sampling: float
    lean: float | None
    place_error: float | None
    problems: tuple[str, ...] = ()


class Rival(msgspec.Struct, frozen=True):
    """An explanation other than the one claimed, what would speak for it, what against it, and how to find out."""

    key: str
    explanation: str
    speaks_for: str
    speaks_against: str
    look_for: str


class Answered(msgspec.Struct, frozen=True):
    """A rival with the evidence a person found; both empty where nobody has looked."""

    rival: Rival
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nothing was found either way."""
        return not (self.evidence_for or self.evidence_against)


class Watched(msgspec.Struct, frozen=True):
    """A thing that is watched in the scenes of a site: what was seen, and between which dates that leaves it, or why it leaves none."""

    thing: str
    seen: tuple[SeenIn, ...]
    bracket: Bracket | None
    refused: str | None = None


class Footprint(msgspec.Struct, frozen=True):
    """A footprint with its drawings, on the scene they were made on; `area` is None where that scene's sampling distance is not known."""

    name: str
    scene: str
    drawings: tuple[Drawing, ...]
    area: Area | None


class WatchedScene(msgspec.Struct, frozen=True):
    """A scene of a site: its item, the number of that, what was said of it, and what was read of it (None where it could not be read)."""

    item: str
    number: str
    said: SceneSaid
    found: SceneFound | None

    @property
    def facts(self) -> SceneFacts:
        """What is known of it."""
        return self.found.facts if self.found is not None else self.said.facts


T = TypeVar("T")


class Observed(msgspec.Struct, Generic[T], frozen=True):
    """Something observed, and the entry of the analysis log that records it."""

    seq: int
    at: str
    version: str
    what: T


class WatchedSite(msgspec.Struct, frozen=True, kw_only=True):
    """A site with all that was said and observed of it. Scenes are in order of time, those without one last; `looks` is how often a footprint of it was tested, on this drawing or one that it took the place of."""

    id: str
    number: str
    public_id: str
    seq: int
    at: str
    site: Site
    takes_place_of: str | None = None
    scenes: tuple[WatchedScene, ...] = ()
    compared: tuple[Observed[Compared], ...] = ()
    tested: tuple[Observed[Tested], ...] = ()
    looks: int = 0
    watched: tuple[Watched, ...] = ()
    footprints: tuple[Footprint, ...] = ()
    rivals: tuple[Answered, ...] = ()
    bears: Bears = Bears(())
    released: bool = False
    coordinates: Coordinates = Coordinates.WITHHELD

    @property
    def newest(self) -> tuple[Observed[Compared], ...]:
        """The newest comparison of each pair of scenes, in the order of their first."""
        found: dict[tuple[str, str], Observed[Compared]] = {}
        for each in self.compared:
            found[each.what.before, each.what.after] = each
        return tuple(found.values())

    def only(self, items: frozenset[str]) -> WatchedSite:
        """The site with these items' scenes alone: what rests on any other, such as a bracket or an area, is left out whole."""
        scenes = tuple(scene for scene in self.scenes if scene.item in items)
        numbers = {scene.number for scene in scenes}
        return msgspec.structs.replace(
            self,
            scenes=scenes,
            compared=tuple(each for each in self.compared if {each.what.before, each.what.after} <= items),
            tested=tuple(each for each in self.tested if each.what.rests_on <= items),
            watched=tuple(thing for thing in self.watched if {each.scene for each in thing.seen} <= numbers),
            footprints=tuple(each for each in self.footprints if each.scene in numbers),
        )
