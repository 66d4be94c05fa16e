"""Sites of a case: drawn once, before anything of them is compared, and put together with all that was said and observed since.

What people say (a scene's facts, what they saw, outlines, rival explanations, the claims it bears on) are decisions, each signed, dated and undoable. What was measured are entries of the
analysis log, every run of it. From both this makes the site as it stands: brackets, areas and open rivals follow from what is not undone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TypeVar

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.labels import new_labels
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision
from witnessmark.model.deed import Label, SiteAdded
from witnessmark.model.watching import (
    Answered,
    Area,
    Bears,
    Bracket,
    Compared,
    Coordinates,
    Drawing,
    Evidence,
    Footprint,
    Observed,
    SceneSaid,
    SeenIn,
    Sighting,
    Site,
    Tested,
    Watched,
    WatchedScene,
    WatchedSite,
)
from witnessmark.model.watching_words import BEARS_ON, OUTLINE, RIVAL, SCENE, SEEN
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.watching import StoredSite, StoredWatch, observed, sites

T = TypeVar("T")

SITE_BYTES = 16
SITE = "w-"
"""What the id of a site begins with."""


def draw_site(case: Case, drawn: Site) -> WatchedSite:
    """Record a site. Raises UsageError where it does not fit, or takes the place of none without a reason."""
    drawn = msgspec.structs.replace(drawn, name=" ".join(drawn.name.split()), why=" ".join((drawn.why or "").split()) or None)
    if not drawn.name:
        raise UsageError("A site has a name: write it after --name.")
    names = [drawn.name, *(each.name for each in drawn.comparisons)]
    again = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if again is not None:
        raise UsageError(f"Two polygons are named {again!r}. Give one of them another name.")
    if drawn.instead_of is not None:
        if drawn.why is None:
            raise UsageError("A drawing that takes the place of another needs its reason: add --why TEXT.")
        drawn = msgspec.structs.replace(drawn, instead_of=site_of(case, drawn.instead_of).id)
    subject = f"{SITE}{secrets.token_hex(SITE_BYTES)}"
    with case.asking() as connection:
        (label,) = new_labels(connection, "W", [subject])
    case.record([SiteAdded(subject, label, drawn)])
    return site_of(case, label.number)


def sites_of(case: Case) -> tuple[WatchedSite, ...]:
    """All sites in the order they were drawn."""
    with case.asking() as connection:
        return watched_sites(connection)


def site_of(case: Case, number: str) -> WatchedSite:
    """The site with this short number. Raises UsageError."""
    found = next((one for one in sites_of(case) if one.number == number.upper()), None)
    if found is None:
        raise UsageError(
            f"There is no site {number} in this case. Draw one: witnessmark watch site {typed(case.folder.root)} --name NAME --polygon FILE.geojson"
        )
    return found


def scene_of(site: WatchedSite, number: str, case: Case) -> WatchedScene:
    """The scene of a site with this item's number. Raises UsageError."""
    found = next((scene for scene in site.scenes if scene.number == number.upper()), None)
    if found is None:
        raise UsageError(
            f"{number.upper()} is no scene of {site.number}. Say so first: witnessmark watch scene {typed(case.folder.root)} {site.number} {number.upper()}"
        )
    return found


def watched_sites(connection: Connection) -> tuple[WatchedSite, ...]:
    """The same for whoever has a connection already."""
    stored = sites(connection)
    if not stored:
        return ()
    labels, known = queries.labels(connection), {one.id: one for one in stored}
    made = [decision for decision in queries.decisions(connection) if not decision.undone]
    found = observed(connection)
    return tuple(_site(one, _line_of(one, known), labels, made, found) for one in stored)


def _line_of(one: StoredSite, known: dict[str, StoredSite]) -> list[str]:
    """The ids of a site and of those it took the place of, itself first."""
    line = [one.id]
    while (before := known[line[-1]].drawn.instead_of) is not None and before not in line:
        line.append(before)
    return line


def _site(one: StoredSite, line: list[str], labels: dict[str, Label], made: Sequence[Decision], found: StoredWatch) -> WatchedSite:
    said = [decision for decision in made if decision.subject in line]
    scenes = _scenes(one.id, line, labels, made, found)
    compared = tuple(found.compared.get(one.id, ()))
    tests = [test for site in line for test in found.tested.get(site, ())]
    settled = {decision.field: decision.value for decision in said if decision.subject == one.id}
    evidence, bears = _values(said, RIVAL, Evidence), _values(said, BEARS_ON, Bears)
    before = one.drawn.instead_of
    return WatchedSite(
        id=one.id,
        number=labels[one.id].number,
        public_id=labels[one.id].public_id,
        seq=one.seq,
        at=one.at,
        site=one.drawn,
        takes_place_of=labels[before].number if before is not None and before in labels else None,
        scenes=scenes,
        compared=compared,
        tested=tuple(found.tested.get(one.id, ())),
        looks=looks_in(tests),
        watched=_watched(_values(said, SEEN, SeenIn), scenes),
        footprints=_footprints(_values(said, OUTLINE, Drawing), scenes, {each.number: _residual(each, compared) for each in scenes}),
        rivals=_rivals(evidence),
        bears=Bears(
            tuple(dict.fromkeys(claim for each in bears for claim in each.claims)),
            tuple(dict.fromkeys(incident for each in bears for incident in each.incidents)),
        ),
        released=settled.get("release") == "released",
        coordinates=Coordinates(settled.get("coordinates", Coordinates.WITHHELD)),
    )


def looks_in(tests: Iterable[Observed[Tested]]) -> int:
    """How often a footprint was looked at: every test that gave a p. One that was refused showed nothing."""
    return sum(each.what.test is not None for each in tests)


def _values(said: Iterable[Decision], field: str, kind: type[T]) -> list[T]:
    return [msgspec.json.decode(decision.value, type=kind) for decision in said if decision.field == field]


def _scenes(site: str, line: list[str], labels: dict[str, Label], made: Sequence[Decision], found: StoredWatch) -> tuple[WatchedScene, ...]:
    """Scenes of a site, and of those it took the place of, or that were read for it before another took its place; in order of time, those without one last."""
    newest = {decision.subject: msgspec.json.decode(decision.value, type=SceneSaid) for decision in made if decision.field == SCENE}
    read = found.read.get(site, {})
    scenes = [
        WatchedScene(item, labels[item].number, said, read.get(item)) for item, said in newest.items() if said.site in line or item in read
    ]
    return tuple(sorted(scenes, key=_when))


def _when(scene: WatchedScene) -> tuple[str, int]:
    acquired = scene.facts.acquired
    return acquired.earliest.isoformat() if acquired else "~", int(scene.number[1:])


def _watched(seen: Sequence[SeenIn], scenes: Sequence[WatchedScene]) -> tuple[Watched, ...]:
    """Of each thing the newest word on each scene, and the bracket that leaves."""
    newest = {(each.thing, each.scene): each for each in seen if any(each.scene == scene.number for scene in scenes)}
    things = dict.fromkeys(thing for thing, _ in newest)
    return tuple(_thing(thing, [each for each in newest.values() if each.thing == thing], scenes) for thing in things)


def _thing(thing: str, seen: Sequence[SeenIn], scenes: Sequence[WatchedScene]) -> Watched:
    from witnessmark.watch.brackets import bracket  # brings numpy, which a case without a site does not pay for

    times = {scene.number: scene.facts.acquired for scene in scenes}
    order = {scene.number: place for place, scene in enumerate(scenes)}
    seen = tuple(sorted(seen, key=lambda each: order[each.scene]))
    untimed = [each.scene for each in seen if times[each.scene] is None]
    sightings = [Sighting(each.state, acquired, each.scene) for each in seen if (acquired := times[each.scene]) is not None]
    found: Bracket | None = None
    refused = f"The time of acquisition of {', '.join(untimed)} is missing." if untimed else None
    try:
        found = bracket(sightings)
    except UsageError as error:
        refused = str(error)
    return Watched(thing, seen, found, refused)


def _footprints(drawings: Sequence[Drawing], scenes: Sequence[WatchedScene], residuals: dict[str, float | None]) -> tuple[Footprint, ...]:
    """Drawings by footprint and by the scene they were made on: outlines on two scenes are not one footprint drawn again."""
    held = {scene.number: scene for scene in scenes}
    groups: dict[tuple[str, str], list[Drawing]] = {}
    for drawing in drawings:
        if drawing.scene in held:
            groups.setdefault((drawing.footprint, drawing.scene), []).append(drawing)
    return tuple(
        Footprint(name, number, tuple(group), _area(group, held[number], residuals[number])) for (name, number), group in groups.items()
    )


def _area(drawings: Sequence[Drawing], scene: WatchedScene, residual: float | None) -> Area | None:
    from witnessmark.watch.grounds import in_metres
    from witnessmark.watch.outlines import Seen, measure_area

    distance = scene.facts.ground_sampling_distance
    if not distance or find_spec("scipy") is None:
        return None
    height = next((drawing.height for drawing in reversed(drawings) if drawing.height is not None), None)
    seen = Seen(sampling_distance=distance, residual=residual, off_nadir=scene.facts.off_nadir, height=height)
    return measure_area([[(x / distance, y / distance) for x, y in in_metres(drawing.ring)] for drawing in drawings], seen)


def _residual(scene: WatchedScene, compared: Sequence[Observed[Compared]]) -> float | None:
    """The largest residual of the comparisons the scene was part of: how far off its outlines may lie."""
    found = [
        each.what.found.residual for each in compared if scene.item in (each.what.before, each.what.after) and each.what.found is not None
    ]
    return max((residual for residual in found if residual is not None), default=None)


def _rivals(evidence: Sequence[Evidence]) -> tuple[Answered, ...]:
    from witnessmark.watch.rivals import RIVALS, rivals

    known = {rival.key for rival in RIVALS}
    given = {
        key: tuple(tuple(each.words for each in evidence if each.rival == key and each.speaks_for is way) for way in (True, False))
        for key in dict.fromkeys(each.rival for each in evidence)
        if key in known
    }
    return rivals({key: (given[key][0], given[key][1]) for key in given})
