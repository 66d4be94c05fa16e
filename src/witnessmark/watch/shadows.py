"""When a shadow could have fallen as it did: every interval of time in a span of days that fits what was measured, never a single time.

A direction alone fits once or twice a day, a length alone twice; both together fit a few weeks of two seasons. What a caption says is checked against the set; where nothing fits, the
span, the place or the measurement is wrong.
"""

from __future__ import annotations

import datetime as dt
import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.watch.sun import Place, Sun, sun_at

STEP = dt.timedelta(minutes=1)
LONGEST = dt.timedelta(days=3660)
LOWEST = 0.5
"""Degrees of sun elevation: lower, shadows reach further than they can be seen, and the air bends light unpredictably."""
_CHUNK = dt.timedelta(days=20)
"""Days worked on at a time, for memory."""
_WITHIN_AN_HOUR = 8.0
"""Degrees the sun may stand outside what it had at both ends of an hour: it turns by 15, so by at most half of that through the zenith."""
FURTHEST = 200_000.0
"""Metres a place may be uncertain: beyond, a shadow tells next to nothing."""
_SMALLEST_RADIUS = 6_335_000.0
"""Metres: the Earth's smallest radius of curvature (WGS 84, along the meridian at the equator), so that a distance never tilts the horizon by more than is allowed for."""


class Measured(msgspec.Struct, frozen=True):
    """What was measured, with the greatest error it may have (same unit)."""

    value: float
    error: float


class Shadow(msgspec.Struct, frozen=True, kw_only=True):
    """A shadow on level ground: `azimuth` is where it points (degrees from north, eastward, from the foot of what casts it to its tip), `ratio` its length over the height of what casts it. One may be None where it was not measured."""

    azimuth: Measured | None = None
    ratio: Measured | None = None


class Span(msgspec.Struct, frozen=True):
    """From `start` to `end` (UTC, both included), in whole minutes rounded outwards."""

    start: dt.datetime
    end: dt.datetime


def times_that_fit(shadow: Shadow, place: Place, first: dt.date, last: dt.date, *, within: float = 0.0) -> tuple[Span, ...]:
    """All intervals from the start of `first` to the end of `last` (UTC) in which the sun casts such a shadow; empty where it never does.

    `within` are the metres by which the place may be off: whatever fits anywhere that near is kept, so an uncertain place widens the intervals and never narrows them.

    Raises:
        UsageError: nothing was measured, an error is not positive, the span is turned round or longer than ten years, or the place is too uncertain.
    """
    _require_measured(shadow)
    if not 0 <= within <= FURTHEST:
        raise UsageError(f"A place known to {within:,.0f} m cannot be used: give its uncertainty in metres, at most {FURTHEST:,.0f}.")
    tilt = math.degrees(within / _SMALLEST_RADIUS)
    if not dt.timedelta() <= last - first <= LONGEST:
        raise UsageError(f"The days from {first} to {last} are no span of at most ten years.")
    start = dt.datetime.combine(first, dt.time())
    end = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1)
    spans: list[Span] = []
    while start < end:
        stop = min(start + _CHUNK, end)
        times = np.datetime64(start, "m") + np.arange((stop - start) // STEP + 1)
        spans += _spans(times, _fits_at(shadow, place, times, tilt))
        start = stop
    return _joined(spans)


def caption_fits(spans: tuple[Span, ...], earliest: dt.datetime, latest: dt.datetime) -> bool:
    """Whether a time that a caption states (as an interval, with a time zone) meets any interval that fits."""
    return any(span.start <= latest and earliest <= span.end for span in spans)


def _require_measured(shadow: Shadow) -> None:
    measured = [each for each in (shadow.azimuth, shadow.ratio) if each is not None]
    if not measured:
        raise UsageError("Neither the direction of the shadow nor its length was given.")
    if not all(math.isfinite(number) for each in measured for number in (each.value, each.error)):
        raise UsageError("A direction, a length or its error is no finite number.")
    if any(each.error <= 0 for each in measured):
        raise UsageError("A measurement without an error fits no time at all, or by chance; state how far off it may be.")
    if shadow.ratio is not None and shadow.ratio.value + shadow.ratio.error < 0:
        raise UsageError(f"A shadow {shadow.ratio.value:g} times as long as its object is high cannot be.")


def _fits_at(shadow: Shadow, place: Place, times: NDArray[np.datetime64], tilt: float) -> NDArray[np.bool_]:
    """Whether each minute fits; hours in which the sun cannot have had the height are not worked out by the minute."""
    height = sun_at(np.append(times[::60], times[-1]).astype("datetime64[ns]"), place).elevation
    lowest = np.minimum(height[:-1], height[1:]) - _WITHIN_AN_HOUR - tilt
    highest = np.maximum(height[:-1], height[1:]) + _WITHIN_AN_HOUR + tilt
    low, high = _heights(shadow)
    possible = np.repeat((highest >= low) & (lowest <= high), 60)[: len(times)]
    fits = np.zeros(len(times), dtype=bool)
    if possible.any():
        fits[possible] = _fits(shadow, sun_at(times[possible].astype("datetime64[ns]"), place), place, tilt)
    return fits


def _heights(shadow: Shadow) -> tuple[float, float]:
    """The sun's lowest and highest elevation that the ratio allows."""
    if shadow.ratio is None:
        return LOWEST, 90.0
    shortest, longest = max(shadow.ratio.value - shadow.ratio.error, 0.0), shadow.ratio.value + shadow.ratio.error
    return math.degrees(math.atan2(1, longest)), math.degrees(math.atan2(1, shortest))


def _fits(shadow: Shadow, sun: Sun, place: Place, tilt: float) -> NDArray[np.bool_]:
    lowest, highest = np.maximum(sun.elevation - tilt, LOWEST), np.minimum(sun.elevation + tilt, 90.0)
    fits = highest >= LOWEST
    if shadow.azimuth is not None:
        off = (sun.azimuth + 180 - shadow.azimuth.value + 180) % 360 - 180
        fits &= np.abs(off) <= shadow.azimuth.error + _turned(highest, place, tilt)
    if shadow.ratio is not None:
        shortest, longest = _length(highest), _length(lowest)
        fits &= (longest >= shadow.ratio.value - shadow.ratio.error) & (shortest <= shadow.ratio.value + shadow.ratio.error)
    return fits


def _length(elevation: NDArray[np.float64]) -> NDArray[np.float64]:
    """The length of a shadow over the height of what casts it."""
    return np.maximum(1 / np.tan(np.radians(elevation)), 0.0)


def _turned(highest: NDArray[np.float64], place: Place, tilt: float) -> NDArray[np.float64]:
    """Degrees by which the sun's direction can differ at a place so far off: a step turns it by at most tan(elevation) + tan(latitude) of its angle, taken at their worst on the way."""
    if tilt == 0:
        return np.zeros_like(highest)
    latitude = abs(place.latitude) + tilt
    if latitude >= 90:
        return np.full_like(highest, 180.0)
    steepest = np.tan(np.radians(np.minimum(highest, 90.0 - 1e-9)))
    return np.where(highest >= 90.0, 180.0, np.minimum(tilt * (steepest + math.tan(math.radians(latitude))), 180.0))


def _spans(times: NDArray[np.datetime64], fits: NDArray[np.bool_]) -> list[Span]:
    """Runs of minutes that fit, with the minute before and after: an end lies somewhere within them."""
    edges = np.diff(np.concatenate(([0], fits.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return [Span(_time(times[start]) - STEP, _time(times[end]) + STEP) for start, end in zip(starts, ends, strict=True)]


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _time(value: np.datetime64) -> dt.datetime:
    whole: dt.datetime = value.astype("datetime64[s]").item()
    return whole.replace(tzinfo=dt.UTC)
