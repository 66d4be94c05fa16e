"""A watched site in words: each with what makes it uncertain in the same breath."""

from __future__ import annotations

from witnessmark.model.watching import (
    Acquired,
    Area,
    ChangeFound,
    Compared,
    Footprint,
    SceneFacts,
    Tested,
    WatchedScene,
    WatchedSite,
)
from witnessmark.publish.words import counted


def day_words_of(acquired: Acquired | None) -> str:
    """The day or days a scene was taken on."""
    if acquired is None:
        return "not known"
    first, last = acquired.earliest.date().isoformat(), acquired.latest.date().isoformat()
    return first if first == last else f"{first} to {last}"


def facts_words(facts: SceneFacts) -> str:
    """What is known of a scene besides its time, in one line."""
    said = [
        each
        for each in (
            facts.provider,
            facts.sensor,
            facts.product_id,
            f"{facts.ground_sampling_distance:.3g} m a pixel" if facts.ground_sampling_distance else None,
            f"{facts.off_nadir:g} degrees off nadir" if facts.off_nadir is not None else None,
            f"sun {facts.sun_elevation:g} degrees high" if facts.sun_elevation is not None else None,
            f"sun at {facts.sun_azimuth:g} degrees" if facts.sun_azimuth is not None else None,
            f"{facts.cloud:.0%} cloud" if facts.cloud is not None else None,
            f"{facts.snow:.0%} snow" if facts.snow is not None else None,
            f"credit {facts.credit}" if facts.credit else None,
            f"licence {facts.licence}" if facts.licence else None,
        )
        if each
    ]
    return "; ".join(said) or "nothing"


def missing_words(facts: SceneFacts) -> str:
    """What nobody stated."""
    return ", ".join(facts.missing) or "nothing"


def pair_words(site: WatchedSite, what: Compared | Tested) -> str:
    """The two scenes of a comparison, by number and day."""
    known = {scene.item: scene for scene in site.scenes}
    return " and ".join(_named(known.get(item)) for item in (what.before, what.after))


def _named(scene: WatchedScene | None) -> str:
    return "a scene that is not shown" if scene is None else f"{scene.number} of {day_words_of(scene.facts.acquired)}"


def error_words(found: ChangeFound) -> str:
    """How far a comparison may be trusted."""
    residual = "could not be measured" if found.residual is None else f"is {found.residual:.2f} pixels"
    rate = (
        "the rate of false alarms could not be held out"
        if found.false_alarm_rate is None
        else f"{found.false_alarm_rate:.2%} of unchanged ground that had no part in setting the threshold is called changed, {found.alpha:.2%} was asked for"
    )
    return f"The error of laying one scene over the other {residual}; {rate}."


def area_words(area: Area | None) -> str:
    """An area, never its middle alone."""
    if area is None:
        return "not measured: the scene's sampling distance is not known"
    if area.interval is None:
        return f"{area.square_metres:,.0f} m² by {counted(area.drawings, 'drawing')}, without an interval"
    low, high = area.interval
    return f"{low:,.0f} to {high:,.0f} m² at {area.level:.0%} by {counted(area.drawings, 'drawing')}"


def footprint_words(footprint: Footprint) -> str:
    """A footprint's error, in words."""
    area = footprint.area
    if area is None:
        return ""
    parts = [
        f"redrawing ±{area.redrawing:,.1f} m²" if area.redrawing is not None else "redrawing not known",
        f"pixels ±{area.sampling:,.1f} m²",
        f"lean ±{area.lean:,.1f} m²" if area.lean is not None else "lean not known",
        f"place ±{area.place_error:,.1f} m" if area.place_error is not None else "place not known",
    ]
    return "; ".join(parts)


def test_words(site: WatchedSite, tested: Tested) -> str:
    """What a test gave, with the looks there have been by now."""
    if tested.test is None:
        return f"Refused: {tested.refused}"
    said = tested.test.sentence
    if tested.in_time:
        left = sum(pair.statistic is None for pair in tested.pairs)
        said = f"In time, against {len(tested.test.placebos)} pairs of other dates ({left} more could not be compared): {said}"
    if site.looks > tested.test.looks:
        said += f" By now there have been {site.looks} looks: p times that is {min(1.0, tested.test.p * site.looks):.3g}."
    return said
