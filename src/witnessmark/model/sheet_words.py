"""What stands on a verification sheet, in words: the same on a screen and in the dossier, without names of who worked on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from witnessmark.model.sheet import Asked, Basis, Checked, CheckVerdict, Moments, Placed, Seen, Sheet, Shows, Timed

BASIS_OF_TIME = {
    Basis.CAPTION: "caption",
    Basis.METADATA: "metadata",
    Basis.SHADOW: "shadow",
    Basis.WEATHER: "weather",
    Basis.STATEMENT: "statement",
    Basis.CONTENT: "what is to be seen",
}
OF_WHAT = {Shows.SUBJECT: "what is shown", Shows.CAMERA: "where the camera stood"}
NO_ZONE = "no time zone stated, so every one is taken for possible"
NEVER = "at no time in the days looked at"
MOST_SPANS = 6
"""Stretches of moments that are written out; the rest is counted."""


def seen_words(body: Seen) -> str:
    """Where it was first found, or that it was not."""
    if body.where is None:
        return f"searched by {body.means}, none found"
    return f"first found at {body.where}, {f'posted {body.when}' if body.when else 'when it was posted is not stated'}; by {body.means}"


def asked_words(body: Asked) -> str:
    """Of whom the original was asked, and what came of it."""
    answer = f"answer{f' of {body.answered}' if body.answered else ''}: {body.answer}" if body.answer else "no answer yet"
    return f"asked of {body.source} on {body.when}; {answer}"


def precision_words(body: Placed) -> str:
    """How near the place is held to be known, as stated and, where that was done, as computed."""
    stated = f"within {metres(body.within)} as stated"
    if body.computed is None:
        return stated
    less = ", which is more than stated" if body.computed > body.within else ""
    return f"{stated}; points miss a map laid through the others by {metres(body.computed)}{less}"


def metres(value: float) -> str:
    """A distance, no more exact than it can be."""
    if value >= 1000:
        return f"{value / 1000:,.1f} km"
    return f"{value:,.0f} m" if value >= 10 else f"{f'{value:.1f}'.removesuffix('.0')} m"


def place_words(body: Placed) -> str:
    """Of what, where, how near, by how many pairs of points."""
    points = f"by {len(body.points)} pair{'s' if len(body.points) != 1 else ''} of points" if body.points else "by no pair of points"
    return f"{OF_WHAT[body.shows]}: {body.latitude:.5f}, {body.longitude:.5f} {points}, {precision_words(body)}"


def time_words(body: Timed) -> str:
    """What the basis says, and the interval that is."""
    where = f" ({body.source})" if body.source else ""
    return f"{BASIS_OF_TIME[body.basis]}: {body.says}{where}; {moments_words(body.moments)}{zone_words(body)}"


def zone_words(body: Timed) -> str:
    """That no zone is stated, where none is; a shadow is of no clock."""
    return f"; {NO_ZONE}" if body.basis is not Basis.SHADOW and body.zone is None else ""


def moments_words(moments: Sequence[Moments]) -> str:
    """Intervals in UTC; such as come again on days that follow each other are one stretch, with the earliest and latest time of day."""
    if not moments:
        return NEVER
    stretches = _stretches(moments)
    said = [_stretch_words(each) for each in stretches[:MOST_SPANS]]
    if len(stretches) > MOST_SPANS:
        said.append(f"and {len(stretches) - MOST_SPANS:,} more stretches, up to {_minute(moments[-1].end)}")
    return "; ".join(said) + " UTC"


def checked_words(body: Checked) -> str:
    """That a second person looked."""
    return f"{body.entry} checked: {body.verdict}"


def _stretches(moments: Sequence[Moments]) -> list[list[Moments]]:
    """Moments in a row that begin within an hour of a day after each other; two such series a day are told apart."""
    open_ones: list[list[Moments]] = []
    for each in moments:
        before = next((series for series in reversed(open_ones) if _next_day(series[-1], each)), None)
        if before is None:
            open_ones.append([each])
        else:
            before.append(each)
    return open_ones


def _next_day(one: Moments, other: Moments) -> bool:
    hour = dt.timedelta(hours=1)
    return one.end - one.start < dt.timedelta(days=1) and abs(other.start - one.start - dt.timedelta(days=1)) <= hour


def _stretch_words(series: Sequence[Moments]) -> str:
    first, last = series[0], series[-1]
    if len(series) == 1:
        return _span_words(first)
    return (
        f"{first.start:%Y-%m-%d} to {last.start:%Y-%m-%d}, each day for at most {_longest(series)} "
        f"between {_time_of_day(series, of_end=False)} and {_time_of_day(series, of_end=True)}"
    )


def _span_words(moments: Moments) -> str:
    """Whole days as days, less than a minute to the second."""
    start, end = moments.start, moments.end
    if start.time() == end.time() == dt.time() and end > start:
        last = end - dt.timedelta(days=1)
        return f"{start:%Y-%m-%d}" if last == start else f"{start:%Y-%m-%d} to {last:%Y-%m-%d}"
    if end - start < dt.timedelta(minutes=1):
        return f"{start:%Y-%m-%d %H:%M:%S}"
    return f"{_minute(start)} to {_minute(end) if end.date() != start.date() else f'{end:%H:%M}'}"


def _time_of_day(series: Sequence[Moments], *, of_end: bool) -> str:
    """The earliest start or latest end, whole days from the first taken off, so that midnight in UTC, which may be noon there, parts nothing."""
    day, first = dt.timedelta(days=1), series[0].start
    days = [round((each.start - first) / day) * day for each in series]
    if of_end:
        return f"{max(each.end - less for each, less in zip(series, days, strict=True)):%H:%M}"
    return f"{min(each.start - less for each, less in zip(series, days, strict=True)):%H:%M}"


def _longest(series: Sequence[Moments]) -> str:
    minutes = max(round((each.end - each.start).total_seconds() / 60) for each in series)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def _minute(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def line_words(body: Seen | Asked | Placed | Timed | Checked) -> str:
    """A line of a sheet in one sentence, without a full stop."""
    match body:
        case Seen():
            return seen_words(body)
        case Asked():
            return asked_words(body)
        case Placed():
            return place_words(body)
        case Timed():
            return time_words(body)
        case Checked():
            return checked_words(body)


def summary(sheet: Sheet) -> str:
    """A sheet in a few words: what stands on it, what disagrees, and how much of it a second person checked."""
    standing = [line for line in sheet.lines if line.stands]
    if not standing:
        return "nothing stands on its sheet"
    checked = sum(bool(line.checks) for line in standing)
    doubted = sum(any(check.verdict is CheckVerdict.DIFFERS for check in line.checks) for line in standing)
    differing = sum(each.agree is False for each in sheet.compared)
    said = [
        f"{len(standing)} line{'s' if len(standing) != 1 else ''}, {checked} checked by a second person",
        f"on {doubted} of these a second person differs" if doubted else "",
        f"{differing} pair{'s' if differing != 1 else ''} of times that do not agree" if differing else "",
        f"positions {metres(sheet.distance)} apart" if sheet.distance else "",
    ]
    return "; ".join(part for part in said if part)
