"""The pictures that a public dossier shows of a match: of items that a person released and called no danger to anybody, drawn anew in the limited child."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.case.case import Case
from witnessmark.case.looking_at_pictures import open_looker
from witnessmark.case.picture_page import jpeg_of
from witnessmark.case.work_folder import work_place
from witnessmark.model.item import Item, Protection, ReleaseState
from witnessmark.model.view import CaseView

_JPEG = b"\xff\xd8\xff"


def pictures_to_show(case: Case, view: CaseView, shown: CaseView) -> dict[tuple[str, float | None], bytes]:
    """By item and second of a film, the JPEG of each picture in the matches of `shown` that may be seen; `view` is the case's own."""
    items = {held.item.id: held.item for held in view.items}
    wanted = {
        side: items[side[0]].media_type
        for each in shown.pictures.matches
        for side in zip((each.match.one, each.match.other), each.match.seconds, strict=True)
        if _may_be_seen(items[side[0]])
    }
    return _drawn(case, wanted) if wanted else {}


def _may_be_seen(item: Item) -> bool:
    """Text can be covered, a face cannot: that an item is public already, or that nobody said it endangers anybody, is not enough."""
    return item.release.state is ReleaseState.RELEASED and item.protection is Protection.NONE


def _drawn(case: Case, wanted: Mapping[tuple[str, float | None], str]) -> dict[tuple[str, float | None], bytes]:
    with open_looker(work_place(case.access)) as child:
        found = {(item, at): jpeg_of(case, child, item, media_type, at) for (item, at), media_type in wanted.items()}
    return {side: content for side, content in found.items() if content.startswith(_JPEG)}
