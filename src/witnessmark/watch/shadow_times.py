"""A shadow as it was measured, read into the times it allows, and what captions claim held against them: "fits" or "does not fit", never a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from witnessmark.errors import UsageError
from witnessmark.model.sheet import Basis, Moments, ShadowMeasured, Timed
from witnessmark.watch.agreement import looked_at
from witnessmark.watch.claimed_times import interval_of
from witnessmark.watch.shadows import Measured, Shadow, Span, caption_fits, times_that_fit
from witnessmark.watch.sun import Place

MOST_KEPT = 4_000
"""Intervals that a sheet keeps: five years of days with two each. More say that too little was measured."""
FITS, DOES_NOT = "fits", "does not fit"
LEVEL_GROUND = "It holds for a shadow on level ground of something upright; neither a slope nor a leaning post is allowed for."


class ClaimHeld(msgspec.Struct, frozen=True):
    """A claimed time, the interval it was read as, and whether the shadow fits any moment of it."""

    says: str
    claimed: Moments
    verdict: str


class ShadowRead(msgspec.Struct, frozen=True):
    """What was measured, every interval that fits, and each claim held against them."""

    measured: ShadowMeasured
    moments: tuple[Moments, ...]
    claims: tuple[ClaimHeld, ...] = ()


def read_shadow(measured: ShadowMeasured, claims: Sequence[str] = (), *, zone: str | None = None) -> ShadowRead:
    """Every interval in the days looked at that fits, and the claims held against them. `zone` is that of claims which state none.

    Raises:
        UsageError: something is missing or does not fit, or a claim reaches outside the days looked at, about which nothing was worked out.
    """
    first, last = _day(measured.first), _day(measured.last)
    shadow = Shadow(
        azimuth=Measured(*measured.azimuth) if measured.azimuth else None, ratio=Measured(*measured.ratio) if measured.ratio else None
    )
    place = Place(measured.latitude, measured.longitude)
    spans = times_that_fit(shadow, place, first, last, within=measured.within)
    claimed = tuple(_held(each, spans, measured, zone) for each in claims)
    return ShadowRead(measured, tuple(Moments(span.start, span.end) for span in spans), claimed)


def as_line(read: ShadowRead) -> Timed:
    """What a sheet keeps of it. Raises UsageError where it is too much to be of use."""
    if len(read.moments) > MOST_KEPT:
        raise UsageError(
            f"{len(read.moments):,} intervals fit, more than the {MOST_KEPT:,} a sheet keeps. Measure the length of the shadow too, or look at fewer days."
        )
    return Timed(Basis.SHADOW, read.moments, measured_words(read.measured), shadow=read.measured)


def measured_words(measured: ShadowMeasured) -> str:
    """What was measured, where, and in which days it was looked for."""
    said = [f"direction {measured.azimuth[0]:g}° ± {measured.azimuth[1]:g}°"] if measured.azimuth else []
    said += [f"length {measured.ratio[0]:g} ± {measured.ratio[1]:g} times the height"] if measured.ratio else []
    where = f"at {measured.latitude:.4f}, {measured.longitude:.4f} within {measured.within:,.0f} m"
    return f"{' and '.join(said)}, {where}, looked for from {measured.first} to {measured.last}"


def _held(says: str, spans: tuple[Span, ...], measured: ShadowMeasured, zone: str | None) -> ClaimHeld:
    claimed = interval_of(says, zone)
    if not looked_at(measured, (claimed,)):
        raise UsageError(
            f"{says!r} is {claimed.start:%Y-%m-%d %H:%M} to {claimed.end:%Y-%m-%d %H:%M} UTC, and reaches outside the days looked at, {measured.first} to {measured.last}. "
            "Look at more days, or give the time zone it is in with --zone."
        )
    return ClaimHeld(says, claimed, FITS if caption_fits(spans, claimed.start, claimed.end) else DOES_NOT)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day. Write 2031-03-04.") from None
