"""What a caption says of a scene, held against the scene: a published picture has carried coordinates 33 km away, another a date a week off."""

from __future__ import annotations

import datetime as dt

import msgspec

from witnessmark.errors import UsageError
from witnessmark.model.watching import Acquired
from witnessmark.text.dates import find_dates
from witnessmark.watch.facts import day_of
from witnessmark.watch.georeference import kilometres_between
from witnessmark.watch.scene import Scene

CLOCKS = dt.timedelta(hours=14)
"""How far a local day may lie off the day in UTC: no disagreement is seen where a clock explains it."""


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """What a caption states: the place (degrees, WGS 84) and the days, each None where it does not."""

    latitude: float | None = None
    longitude: float | None = None
    first: dt.date | None = None
    last: dt.date | None = None


def dates_in(text: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """The days, as first and last, that a caption's words name in full."""
    return tuple(
        (dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest))
        for _, _, earliest, latest in find_dates(text)
        if earliest and latest
    )


def contradictions(caption: Caption, scene: Scene) -> tuple[str, ...]:
    """Each thing the caption says that the scene contradicts, and each that cannot be checked, as a sentence.

    Raises:
        UsageError: the caption's place is none on Earth, or its days are turned round.
    """
    return (*_place(caption, scene), *_time(caption, scene))


def _place(caption: Caption, scene: Scene) -> tuple[str, ...]:
    if caption.latitude is None or caption.longitude is None:
        return ()
    if not (abs(caption.latitude) <= 90 and abs(caption.longitude) <= 180):
        raise UsageError(f"Latitude {caption.latitude:g}, longitude {caption.longitude:g} is no place on Earth.")
    if scene.georeference is None:
        return (f"The caption's coordinates cannot be checked: {scene.name} has no georeference.",)
    rows, columns = scene.shape
    column, row = scene.georeference.from_degrees(caption.latitude, caption.longitude)
    if 0 <= column <= columns and 0 <= row <= rows:
        return ()
    distance = kilometres_between((caption.latitude, caption.longitude), scene.georeference.to_degrees(columns / 2, rows / 2))
    return (
        f"The caption's coordinates ({caption.latitude:g}, {caption.longitude:g}) lie outside {scene.name}, {distance:,.1f} km from its middle.",
    )


def _time(caption: Caption, scene: Scene) -> tuple[str, ...]:
    if caption.first is None or caption.last is None:
        return ()
    if caption.last < caption.first:
        raise UsageError(f"The caption's days from {caption.first} to {caption.last} are turned round.")
    stated = Acquired(Acquired.on(caption.first, "caption").earliest, Acquired.on(caption.last, "caption").latest, "caption")
    if scene.facts.acquired is None:
        return (f"The caption's date cannot be checked: the time of acquisition of {scene.name} is missing.",)
    taken = scene.facts.acquired
    if Acquired(stated.earliest - CLOCKS, stated.latest + CLOCKS, stated.source).meets(taken):
        return ()
    return (f"The caption is dated {day_of(stated)}, but {scene.name} was taken on {day_of(taken)} by {taken.source}.",)
