"""The verb watch shadows: the times that a measured shadow allows, with a case or without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Day, Verb, announce, json_option, member_option, print_json
from witnessmark.cli.printing import count, say
from witnessmark.cli.watch_sheets import instead_option, say_written, why_option
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.model.sheet import Line, ShadowMeasured, Sheet
    from witnessmark.watch.shadow_times import ShadowRead

positive = click.FloatRange(min=0, min_open=True)


@click.command(cls=Verb)
@click.argument("case", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.argument("item", metavar="I1", required=False)
@click.option("--azimuth", type=float, metavar="DEGREES", help="Where the shadow points, from foot to tip: degrees from north, eastward.")
@click.option("--azimuth-error", type=positive, metavar="DEGREES", help="The most that may be off.")
@click.option("--ratio", type=positive, metavar="NUMBER", help="The shadow's length over the height of what casts it.")
@click.option("--ratio-error", type=positive, metavar="NUMBER", help="The most that may be off.")
@click.option("--foot", metavar="COL,ROW", help="Instead of --azimuth, in a frame seen from straight above: the foot of the shadow.")
@click.option("--tip", metavar="COL,ROW", help="Its tip.")
@click.option(
    "--reference",
    nargs=4,
    metavar="COL,ROW COL,ROW DEGREES ERROR",
    help="A line in the frame from one point to another, its direction on the map, and the most that may be off.",
)
@click.option("--read-within", type=positive, default=1.0, show_default=True, metavar="PIXELS", help="How far off a point may be read.")
@click.option("--at", "position", metavar="LAT,LON", help="Where it stands. Default: the place on the item's sheet.")
@click.option("--within", type=positive, metavar="METRES", help="How near that place is known.")
@click.option("--first", type=Day(), required=True, metavar="DATE", help="The first day to look at (UTC).")
@click.option("--last", type=Day(), required=True, metavar="DATE", help="The last day to look at (UTC), ten years on at most.")
@click.option("--claimed", multiple=True, metavar="TIME[..TIME]", help="A time that is claimed, to hold against it; once for each.")
@click.option("--zone", metavar="+HH:MM", help="The zone of claimed times that state none. Without it every zone is taken for possible.")
@instead_option
@why_option
@member_option
@json_option
def shadows(
    case: Path | None,
    item: str | None,
    azimuth: float | None,
    azimuth_error: float | None,
    ratio: float | None,
    ratio_error: float | None,
    foot: str | None,
    tip: str | None,
    reference: tuple[str, str, str, str] | None,
    read_within: float,
    position: str | None,
    within: float | None,
    first: str,
    last: str,
    claimed: tuple[str, ...],
    zone: str | None,
    instead_of: str | None,
    why: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Tell when a shadow could have fallen as it did: every interval that fits, never a time, and whether what a caption claims fits.

    With a case and an item, what was found is kept on the item's sheet; without, nothing is written anywhere.

    \b
    Example: witnessmark watch shadows --azimuth 305 --azimuth-error 3 --ratio 1.9 --ratio-error 0.2 --at 47.29,-31.94 --within 500 --first 2031-01-01 --last 2031-12-31 --claimed 2031-03-04 --zone -02:00
    Example: witnessmark watch shadows harbour-road I7 --azimuth 305 --azimuth-error 3 --first 2031-03-01 --last 2031-03-31
    """
    from witnessmark.watch.shadow_times import read_shadow

    if case is not None and item is None:
        raise UsageError(f"On the sheet of which item? Name it after {case}, such as I7; or leave the case out, and nothing is kept.")
    direction = _direction(_both(azimuth, azimuth_error, "azimuth"), (foot, tip, reference), read_within)
    length = _both(ratio, ratio_error, "ratio")
    place = _place(case, item, position, within)
    measured = _measured(direction, length, place, (first, last))
    read = read_shadow(measured, claimed, zone=zone)
    line = None if case is None or item is None else _kept(case, item, read, (why, instead_of, member))
    if as_json:
        print_json({"read": read, "kept": line})
        return
    _say_read(read)
    if line is not None and case is not None and item is not None:
        say_written(case, item, line)


def _measured(
    direction: tuple[float, float] | None,
    length: tuple[float, float] | None,
    place: tuple[float, float, float],
    days: tuple[str, str],
) -> ShadowMeasured:
    from witnessmark.model.sheet import ShadowMeasured

    return ShadowMeasured(direction, length, *place, *days)


def _both(value: float | None, error: float | None, name: str) -> tuple[float, float] | None:
    if value is None and error is None:
        return None
    if value is None or error is None:
        raise UsageError(f"--{name} and --{name}-error go together: without an error a measurement fits no time at all, or by chance.")
    return value, error


def _direction(
    stated: tuple[float, float] | None, points: tuple[str | None, str | None, tuple[str, str, str, str] | None], read_within: float
) -> tuple[float, float] | None:
    """The direction as it was given, or as two points of the frame and a line of known direction give it."""
    foot, tip, reference = points
    if foot is None and tip is None and reference is None:
        return stated
    if stated is not None:
        raise UsageError("Give --azimuth, or points of the frame, not both.")
    if foot is None or tip is None or reference is None:
        raise UsageError("A direction in the frame takes all of --foot, --tip and --reference.")
    from witnessmark.watch.bearings import azimuth_in_frame
    from witnessmark.watch.placing import point_of
    from witnessmark.watch.shadows import Measured

    start, end, degrees, error = reference
    try:
        known = Measured(float(degrees), float(error))
    except ValueError:
        raise UsageError(f"{degrees!r} and {error!r} are no degrees: --reference takes two points, a direction and its error.") from None
    found = azimuth_in_frame(point_of(foot), point_of(tip), (point_of(start), point_of(end)), known, read_within=read_within)
    return round(found.value, 2), round(found.error, 2)


def _place(case: Path | None, item: str | None, position: str | None, within: float | None) -> tuple[float, float, float]:
    """Latitude, longitude and how near they are known: as given, or as they stand on the item's sheet."""
    from witnessmark.watch.placing import position_of

    if position is not None:
        if within is None:
            raise UsageError("How near is the place known? Add --within METRES; a shadow hardly minds a kilometre.")
        return (*position_of(position), within)
    if case is None or item is None:
        raise UsageError("Where does it stand? Add --at LAT,LON and --within METRES.")
    from witnessmark.case.case import open_case
    from witnessmark.case.sheets import sheet_of

    with open_case(case) as opened:
        found = sheet_of(opened, item)
    return _placed(found, item, within)


def _placed(found: Sheet, item: str, within: float | None) -> tuple[float, float, float]:
    from witnessmark.model.sheet import Placed, Shows

    bodies = [line.body for line in found.standing(Placed) if isinstance(line.body, Placed)]
    chosen = next((body for body in reversed(bodies) if body.shows is Shows.SUBJECT), bodies[-1] if bodies else None)
    if chosen is None:
        raise UsageError(f"No place is on the sheet of {item.upper()}. Add --at LAT,LON and --within METRES.")
    return chosen.latitude, chosen.longitude, within or max(chosen.within, chosen.computed or 0.0)


def _kept(case: Path, item: str, read: ShadowRead, said: tuple[str, str | None, str | None]) -> Line:
    from witnessmark.case.case import open_case
    from witnessmark.case.sheets import write_line
    from witnessmark.model.sheet import WHY
    from witnessmark.watch.shadow_times import as_line

    why, instead_of, member = said
    with open_case(case, write="watch shadows", member=member, tell=announce) as opened:
        return write_line(opened, item, as_line(read), why=why or WHY, instead_of=instead_of)


def _say_read(read: ShadowRead) -> None:
    from witnessmark.model.sheet_words import moments_words
    from witnessmark.watch.shadow_times import LEVEL_GROUND, measured_words

    say(f"Measured: {measured_words(read.measured)}.")
    if read.moments:
        say(f"{count(len(read.moments), 'interval')} in which such a shadow falls: {moments_words(read.moments)}.")
    else:
        say("In none of these days does such a shadow fall there: the measurement, the place or the days are wrong.")
    for held in read.claims:
        say(f"{held.says}: {held.verdict} (read as {held.claimed.start:%Y-%m-%d %H:%M} to {held.claimed.end:%Y-%m-%d %H:%M} UTC).")
    say(LEVEL_GROUND)
