"""The cells of a verification sheet: what a line says, with positions as exact as they may be, and who wrote and checked it."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import ClaimPlace, Precision
from witnessmark.model.sheet import WHY, Asked, Basis, Line, Placed, PointPair, Seen, Sheet, Shows, Timed
from witnessmark.model.sheet_words import BASIS_OF_TIME, OF_WHAT, metres, moments_words, precision_words, zone_words
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_line
from witnessmark.publish.coarse import FILMED, GRID_KM, IN_PUBLIC, Position, snapped
from witnessmark.publish.prose import Given, Inline, Ref, clip
from witnessmark.publish.words import day_words, moment_words

LONGEST = 400
UNCHECKED = "not checked by a second person"


def cells_of(body: Seen | Asked | Placed | Timed, casebook: Casebook) -> Iterator[Inline]:
    """The cells of a line but the last, which says who wrote it."""
    match body:
        case Seen():
            yield _found(body)
            looked: Inline = (", by ", Given(clip(body.looked_by, 80))) if body.looked_by else ()
            yield (Given(clip(body.means, LONGEST)), *looked)
        case Asked():
            yield ("of ", Given(clip(body.source, LONGEST)), f" on {day_words(body.when)}")
            yield _answer(body)
        case Placed():
            yield (OF_WHAT[body.shows],)
            yield _position(body, casebook)
            yield _near(body, casebook)
        case Timed():
            yield (BASIS_OF_TIME[body.basis],)
            where: Inline = (", in ", Given(clip(body.source, LONGEST))) if body.source else ()
            yield (Given(clip(body.says, LONGEST)), *where) if body.says else ("not shown",)
            yield (moments_words(body.moments), zone_words(body))


def told(body: Seen | Asked | Placed | Timed, casebook: Casebook) -> Inline:
    """All cells of a line in one."""
    found: list[Inline] = list(cells_of(body, casebook))
    return tuple(part for place, cell in enumerate(found) for part in ((("; ",) if place else ()) + cell))


def people(line: Line) -> Inline:
    """Who wrote a line, when and why, and what others found who checked it."""
    why: Inline = (": ", Given(clip(line.why, LONGEST))) if line.why not in {"", WHY} else ()
    said: list[Inline] = [("written by ", Given(line.by), f", {_when(line.at)}", *why)]
    for check in line.checks:
        reason: Inline = (" (", Given(clip(check.why, LONGEST)), ")") if check.why else ()
        said.append((f"; a second person {check.verdict}: ", Given(check.by), f", {_when(check.at)}", *reason))
    if not line.checks:
        said.append((f"; {UNCHECKED}",))
    return tuple(part for each in said for part in each)


def is_exact(body: Placed, casebook: Casebook) -> bool:
    """Whether the position is shown as it was written."""
    return _shown(body, casebook).reason is None


def is_evidence(line: Line) -> bool:
    """Whether a time is held against captions, and is none."""
    return isinstance(line.body, Timed) and line.body.basis is not Basis.CAPTION


def pair(each: PointPair, casebook: Casebook) -> tuple[Inline, ...]:
    """One thing, in the frame and on the map, which is coarse where the place of it is sensitive."""
    shown = casebook.discretion.position(_place(each.latitude, each.longitude))
    where = f"{each.latitude:.6f}, {each.longitude:.6f}" if shown is None or shown.reason is None else _coarse(shown)
    return (Given(clip(each.what, LONGEST)),), (f"{each.column:g}, {each.row:g}",), (where,)


def why_gone(line: Line, sheet: Sheet, casebook: Casebook) -> Inline:
    """That it was taken back, or by which line it was replaced and why."""
    after = next((each for each in sheet.lines if each.id == line.replaced_by), None)
    if after is None or line.taken_back:
        return ("taken back",)
    target: Inline = (" by ", Ref(of_line(sheet, after))) if casebook.target(of_line(sheet, after)) else ()
    why: Inline = (": ", Given(clip(after.why, LONGEST))) if after.why else ()
    return ("replaced", *target, *why)


def apart(distance: float) -> str:
    """How far positions lie apart."""
    return metres(distance)


def _found(body: Seen) -> Inline:
    if body.where is None:
        return ("searched, none found",)
    posted: Inline = (", posted ", Given(clip(body.when, 80))) if body.when else (", when it was posted is not stated",)
    return (Given(clip(body.where, LONGEST)), *posted)


def _answer(body: Asked) -> Inline:
    if body.answer is None:
        return ("no answer yet",)
    return (f"{day_words(body.answered)}: " if body.answered else "", Given(clip(body.answer, LONGEST)))


def _position(body: Placed, casebook: Casebook) -> Inline:
    shown = _shown(body, casebook)
    if shown.reason is not None:
        return (_coarse(shown),)
    on: Inline = (", on ", Given(clip(body.map, LONGEST))) if body.map else ()
    return (f"{body.latitude:.5f}, {body.longitude:.5f}", *on)


def _near(body: Placed, casebook: Casebook) -> Inline:
    points = f"{len(body.points)} pair{'s' if len(body.points) != 1 else ''} of points" if body.points else "no pair of points"
    if not is_exact(body, casebook):
        return (f"known more exactly than is shown; {points}",)
    return (f"{precision_words(body)}; {points}",)


def _coarse(shown: Position) -> str:
    return f"about {shown.latitude:.1f}, {shown.longitude:.1f}, to the nearest ~{GRID_KM + 2:.0f} km, because {shown.reason}"


def _shown(body: Placed, casebook: Casebook) -> Position:
    if body.shows is Shows.CAMERA:
        return Position(snapped(body.latitude), snapped(body.longitude), IN_PUBLIC if casebook.handed_out else f"it is {FILMED}")
    if casebook.handed_out:
        return Position(snapped(body.latitude), snapped(body.longitude), IN_PUBLIC)
    shown = casebook.discretion.position(_place(body.latitude, body.longitude))
    return shown if shown is not None else Position(body.latitude, body.longitude)


def _place(latitude: float, longitude: float) -> ClaimPlace:
    return ClaimPlace(None, None, latitude, longitude, Precision.POINT, 0, 0, "")


def _when(at: str) -> str:
    return moment_words(at) if len(at) > len("2031-03-04") else day_words(at)
