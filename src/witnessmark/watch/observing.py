"""What is observed of a site: one scene read for it, two scenes compared over it, a footprint put to the test. Values in, values out: whoever records them calls these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError, UsageError
from witnessmark.model.watching import ChangeFound, GroundChange, Level, PlaceboTest, PlaceToLook, Ring, SceneFound, SceneSaid, Site
from witnessmark.watch.captions import Caption, contradictions, dates_in
from witnessmark.watch.change import Change, compare, overlay
from witnessmark.watch.controls import null_controls
from witnessmark.watch.facts import combine
from witnessmark.watch.grounds import around, georeference_of, pixels_of, pixels_of_all, require_site
from witnessmark.watch.picturing import drawn, figure, picture, png_of, view_of, where_changed
from witnessmark.watch.placebo import footprint_statistic, placebo_test, placebos_in_space
from witnessmark.watch.product_ids import facts_in_product_id
from witnessmark.watch.ranking import Place, Ranking, rank_places
from witnessmark.watch.scene import Scene

BY_HAND = "a person, by hand"
CLOUDED = 0.95
"""Share of cloud stated from which a scene shows nothing of the ground."""
SEEN = 0.5
"""Share of the site that both scenes have to show."""
MOST_PLACES = 12


def open_scene(path: Path, name: str, said: SceneSaid, file_name: str) -> Scene:
    """A scene with what was said of it; a product id in the name the file came under counts as said by the file.

    Raises:
        SceneError: it cannot be opened, or has no georeference.
        UsageError: its control points give none.
    """
    scene = Scene.open(path, control_points=said.control_points or None, facts=said.facts, name=name)
    facts, _ = combine(scene.facts, facts_in_product_id(file_name))
    scene = msgspec.structs.replace(scene, facts=facts)
    georeference_of(scene)
    return scene.without(pixels_of_all(scene, said.left_out)) if said.left_out else scene


def read_scene_of(scene: Scene, said: SceneSaid, site: Site) -> SceneFound:
    """What a scene shows of a site.

    Raises:
        SceneError: the scene does not show the site.
    """
    require_site(scene, site.ring)
    georeference, view = georeference_of(scene), view_of(site.ring)
    rows, columns = scene.shape
    return SceneFound(
        rows=rows,
        columns=columns,
        bands=scene.bands,
        georeference=georeference.source,
        georeference_error=georeference.error,
        facts=scene.facts,
        problems=scene.problems,
        contradictions=_caption_of(said, scene),
        levels=tuple(_level(scene, name, ring) for name, ring in ((site.name, site.ring), *((g.name, g.ring) for g in site.comparisons))),
        metres_a_pixel=view.metres_a_pixel,
        picture=picture(around(scene, [site.ring]), view),
    )


def compare_over(before: Scene, after: Scene, site: Site, alpha: float, *, by_hand: bool = False) -> ChangeFound:
    """Two scenes compared over a site and its surroundings.

    Raises:
        SceneError: they cannot be compared; the message says why.
        UsageError: stable ground is too small for `alpha`.
    """
    before, after, change, stable = _compared(before, after, site, alpha, by_hand=by_hand)
    laid = change.laid or overlay(before, after, BY_HAND if by_hand else None)[0]
    on_grid = msgspec.structs.replace(after, pixels=laid.pixels, valid=laid.valid, georeference=before.georeference)
    view = view_of(site.ring)
    shown = drawn(before, view), drawn(on_grid, view)
    grounds = [(site.name, site.ring), *((each.name, each.ring) for each in site.comparisons)]
    ranking, unranked = _ranked(change, before, site)
    return ChangeFound(
        method=change.method,
        alpha=alpha,
        threshold=change.threshold,
        false_alarm_rate=change.false_alarm_rate,
        folds=change.folds,
        residual=change.residual,
        shift=change.moved.shift,
        rotation=change.moved.rotation,
        pixels=int(change.compared.sum()),
        changed=int(change.mask.sum()),
        ranks_only=change.ranks_only,
        problems=tuple(dict.fromkeys((*change.problems, *unranked))),
        controls=null_controls(before, after, change, stable),
        grounds=tuple(_ground_change(change, before, name, ring) for name, ring in grounds),
        places=tuple(_place(place, ranking.window, before) for place in ranking.places[:MOST_PLACES]) if ranking else (),
        places_compared=ranking.compared if ranking else 0,
        metres_a_pixel=view.metres_a_pixel,
        before=png_of(shown[0]),
        after=png_of(shown[1]),
        where=where_changed(change.mask, before, view),
        figure=figure(*shown, (before.facts, after.facts), [site.ring, *(each.ring for each in site.comparisons)], view),
    )


def probe(  # noqa: PLR0913 -- the test and what it is of, each by its name
    before: Scene, after: Scene, site: Site, outlines: Sequence[Ring], *, looks: int, by_hand: bool = False
) -> PlaceboTest:
    """A footprint against copies of it on the site's comparison ground; it is what lies within at least half of its outlines.

    Raises:
        SceneError: the scenes cannot be compared, or do not show the footprint.
        UsageError: there is no comparison ground, or no copy of the footprint fits on it.
    """
    if not site.comparisons:
        raise UsageError("The site has no comparison ground, so that nothing can be said of how usual such a change is.")
    before, _, change, _ = _compared(before, after, site, 0.05, by_hand=by_hand, beside=outlines)
    within = _footprint(before, outlines)
    ground = pixels_of_all(before, [each.ring for each in site.comparisons])
    return placebo_test(
        footprint_statistic(change.statistic, within), placebos_in_space(change.statistic, within, ground & ~within), looks=looks
    )


def statistic_of(before: Scene, after: Scene, site: Site, outlines: Sequence[Ring], *, by_hand: bool = False) -> float:
    """The statistic of a footprint between two scenes: a placebo in time, or what is held against such placebos.

    Raises:
        SceneError: the scenes cannot be compared, or do not show the footprint whole.
    """
    before, _, change, _ = _compared(before, after, site, 0.05, by_hand=by_hand, beside=outlines)
    found = footprint_statistic(change.statistic, _footprint(before, outlines))
    if not np.isfinite(found):
        raise SceneError(f"{before.name} and {after.name} do not both show the footprint whole.")
    return found


def _footprint(scene: Scene, outlines: Sequence[Ring]) -> NDArray[np.bool_]:
    """What lies within at least half of the outlines."""
    within: NDArray[np.bool_] = np.mean([pixels_of(scene, outline) for outline in outlines], axis=0) >= SEEN
    return within


def _compared(  # noqa: PLR0913 -- as of its callers
    before: Scene, after: Scene, site: Site, alpha: float, *, by_hand: bool, beside: Sequence[Ring] = ()
) -> tuple[Scene, Scene, Change, NDArray[np.bool_] | None]:
    for scene in (before, after):
        if scene.facts.cloud is not None and scene.facts.cloud >= CLOUDED:
            raise SceneError(
                f"{scene.name} is stated to be {scene.facts.cloud:.0%} cloud: it shows nothing of the ground. Choose another date."
            )
        require_site(scene, site.ring)
    rings = [site.ring, *(each.ring for each in site.comparisons), *site.stable, *beside]
    before, after = around(before, rings), around(after, rings)
    stable = pixels_of_all(before, site.stable) if site.stable else None
    change = compare(before, after, stable, alpha, aligned_by=BY_HAND if by_hand else None)
    inside = pixels_of(before, site.ring)
    seen = float(change.compared[inside].mean())
    if seen < SEEN:
        raise SceneError(f"Only {seen:.0%} of the site is seen clearly in both {before.name} and {after.name}. Choose other dates.")
    return before, after, change, stable


def _caption_of(said: SceneSaid, scene: Scene) -> tuple[str, ...]:
    """What the caption says that the scene does not bear out; of several dates, each."""
    if said.caption is None:
        return ()
    place = Caption(latitude=said.caption.latitude, longitude=said.caption.longitude)
    dated = [Caption(first=first, last=last) for first, last in dates_in(said.caption.words)]
    return tuple(dict.fromkeys(sentence for each in (place, *dated) for sentence in contradictions(each, scene)))


def _level(scene: Scene, name: str, ring: Ring) -> Level:
    inside = pixels_of(scene, ring)
    seen = inside & scene.valid
    means = tuple(float(band[seen].mean()) for band in scene.pixels) if seen.any() else ()
    return Level(name, int(inside.sum()), float(seen.sum() / max(int(inside.sum()), 1)), means)


def _ground_change(change: Change, scene: Scene, name: str, ring: Ring) -> GroundChange:
    seen = pixels_of(scene, ring) & change.compared
    pixels = int(seen.sum())
    if not pixels:
        return GroundChange(name, 0, 0.0, 0.0)
    return GroundChange(name, pixels, float(change.mask[seen].mean()), footprint_statistic(change.statistic, seen))


def _ranked(change: Change, scene: Scene, site: Site) -> tuple[Ranking | None, tuple[str, ...]]:
    """Places to look at where no verdict is given, or why there are none."""
    if not change.ranks_only:
        return None, ()
    try:
        inside = pixels_of(scene, site.ring)
        ground = pixels_of_all(scene, [each.ring for each in site.comparisons]) & ~inside
        return rank_places(change.statistic, inside, ground), ()
    except UsageError as error:
        return None, (f"Places to look at are not ranked. {error}",)


def _place(place: Place, window: int, scene: Scene) -> PlaceToLook:
    row, column = place.row + window / 2, place.column + window / 2
    latitude, longitude = georeference_of(scene).to_degrees(column, row)
    return PlaceToLook(place.rank, (longitude, latitude), place.score, place.false_alarm_rate)
