"""Verification sheets cut down to what a public dossier may hold: those of items that are shown.

Left out are pairs of points (which give a place away), the words in which a basis or a reason was written, of whom the original was asked, where an upload stands unless the item is public already,
and lines that were replaced or taken back. Positions are on the coarse grid, times are whole days, and whoever wrote or checked is "analyst A", one letter a person throughout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from witnessmark.model.sheet import Asked, Check, Line, Moments, Placed, Seen, Sheet, Timed
from witnessmark.publish.coarse import GRID_KM, snapped
from witnessmark.publish.public_counting import letter
from witnessmark.text.masking import Cover

NOT_SHOWN = "a place that is not shown"
COARSE_METRES = GRID_KM * 1000


def public_sheets(sheets: Iterable[Sheet], items: Sequence[tuple[str, bool]], cover: Cover) -> tuple[Sheet, ...]:
    """What may be shown of these sheets. `items` are those that are shown, in their order, each with whether it is public already; `cover` covers what must not be seen."""
    by_item = {sheet.item: sheet for sheet in sheets}
    shown = [(by_item[item], public) for item, public in items if item in by_item]
    keys = dict.fromkeys(
        by for sheet, _ in shown for line in sheet.lines if _is_shown(line) for by in (line.by, *(each.by for each in line.checks))
    )
    names = {key: f"analyst {letter(place)}" for place, key in enumerate(keys)}
    return tuple(found for sheet, public in shown if (found := _sheet(sheet, names, cover, public=public)).lines)


def _is_shown(line: Line) -> bool:
    return line.stands and not isinstance(line.body, Asked)


def _sheet(sheet: Sheet, names: dict[str, str], cover: Cover, *, public: bool) -> Sheet:
    lines = tuple(
        Line(
            id=line.id,
            body=_body(line.body, cover, public=public),
            why="",
            by=names[line.by],
            at=line.at[:10],
            checks=tuple(Check(each.verdict, "", names[each.by], each.at[:10], each.id) for each in line.checks),
        )
        for line in sheet.lines
        if _is_shown(line)
    )
    return Sheet(sheet.item, lines, sheet.compared, _days(sheet.consistent), None)


def _body(body: Seen | Asked | Placed | Timed, cover: Cover, *, public: bool) -> Seen | Asked | Placed | Timed:
    match body:
        case Seen():
            where = body.where and (cover.cover(body.where) if public else NOT_SHOWN)
            return Seen(
                where,
                body.when and cover.cover(body.when)[:10],
                "a search" if body.where is None else "a search, whose means are not shown",
                None,
            )
        case Placed():
            return msgspec.structs.replace(
                body,
                latitude=snapped(body.latitude),
                longitude=snapped(body.longitude),
                within=max(body.within, COARSE_METRES),
                points=(),
                computed=None,
                map=None,
            )
        case Timed():
            return Timed(body.basis, _days(body.moments), "", None, body.zone and "stated", None)
        case Asked():
            return body


def _days(moments: Sequence[Moments]) -> tuple[Moments, ...]:
    """Whole days, those that touch joined: the minute a picture was taken can tell who took it."""
    day = dt.timedelta(days=1)
    found: list[Moments] = []
    for each in moments:
        start = each.start.replace(hour=0, minute=0, second=0, microsecond=0)
        end = each.end.replace(hour=0, minute=0, second=0, microsecond=0) + day
        if found and start <= found[-1].end:
            found[-1] = Moments(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Moments(start, end))
    return tuple(found)
