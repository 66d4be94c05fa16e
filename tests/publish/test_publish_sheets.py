"""Verification sheets in the dossier: whole inside but for where a camera stood, and cut down for everybody."""

from __future__ import annotations

import datetime as dt
import re

import lxml.html
import pytest
from msgspec.structs import replace

from witnessmark.model.sheet import (
    Asked,
    Basis,
    Check,
    CheckVerdict,
    Compared,
    Line,
    Moments,
    Placed,
    PointPair,
    Seen,
    ShadowMeasured,
    Sheet,
    Shows,
    Timed,
)
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.public import public_pages
from witnessmark.publish.public_view import Derived, public_view
from witnessmark.publish.sections.public import RELEASE
from witnessmark.publish.visibility import Selection, select
from witnessmark.text.masking import Mask

AT = "2031-03-20T09:00:00Z"


def moments(day: int, hour: int = 8) -> Moments:
    start = dt.datetime(2031, 3, day, hour, tzinfo=dt.UTC)
    return Moments(start, start + dt.timedelta(minutes=40))


SHADOW = ShadowMeasured((305.0, 2.0), None, 51.63217, 7.41385, 60, "2031-03-01", "2031-03-31")
CHECK = Check(CheckVerdict.AGREES, "placed again by Ilse from the picture", "k-bob", AT, "decision-9")
LINES = (
    Line("decision-1", Seen("channel of the mill workers", "2031-03-05", "four searches", "Ilse"), "found by Ilse", "k-ann", AT),
    Line("decision-2", Asked("the miller's daughter", "2031-03-09", "she has it no more", "2031-03-11"), "", "k-ann", AT),
    Line(
        "decision-3",
        Placed(Shows.SUBJECT, 52.41873, 9.73529, 25, (PointPair(412, 280, 52.41891, 9.73512, "weathercock"),), 11.0, "plan of 2029"),
        "",
        "k-ann",
        AT,
        checks=(CHECK,),
    ),
    Line("decision-4", Placed(Shows.CAMERA, 51.63217, 7.41385, 60), "", "k-cyd", AT),
    Line("decision-5", Timed(Basis.CAPTION, (moments(2),), "shot by Ilse on the second", "a post", "+01:00"), "", "k-cyd", AT),
    Line("decision-6", Timed(Basis.METADATA, (moments(9),), "DateTimeOriginal", "EXIF", "+01:00"), "", "k-cyd", AT),
    Line(
        "decision-7",
        Timed(Basis.SHADOW, tuple(moments(n) for n in range(6, 12)), "direction 305° at 51.6322, 7.4139", shadow=SHADOW),
        "",
        "k-ann",
        AT,
    ),
    Line("decision-8", Seen(None, None, "one search"), "too early", "k-ann", AT, replaced_by="decision-1"),
)
COMPARED = (
    Compared("decision-5", "decision-6", agree=False),
    Compared("decision-5", "decision-7", agree=None),
    Compared("decision-6", "decision-7", agree=True),
)


@pytest.fixture
def view(case: CaseView) -> CaseView:
    """The case with a sheet of its first item."""
    return replace(case, sheets=(Sheet(case.items[0].item.id, LINES, COMPARED, (moments(9),)),))


def text(pages: dict[str, bytes]) -> str:
    made = [str(lxml.html.document_fromstring(page).xpath("string()")) for name, page in pages.items() if name.endswith(".html")]
    return " ".join(" ".join(made).split())


def inside(view: CaseView) -> dict[str, bytes]:
    return draft(view)


def handed_out(view: CaseView, *, public: bool = False) -> dict[str, bytes]:
    first = view.items[0]
    shown_item = replace(first, item=replace(first.item, already_public=public))
    view = replace(view, items=(shown_item, *view.items[1:]))
    chosen = Selection(frozenset([first.item.id]), frozenset(), select(view, "2031-04-01").held_back)
    shown = public_view(view, chosen, Derived((), ()), Mask(["Ilse"]), methods=(RELEASE, *view.methods))
    return public_pages(shown, Discretion.of_public(view), {}, chosen.banded())


def test_the_draft_has_every_line_with_who_wrote_and_who_checked_it(view: CaseView) -> None:
    told = text(inside(view))
    for words in (
        "channel of the mill workers",
        "the miller's daughter",
        "she has it no more",
        "52.41873, 9.73529",
        "within 25 m as stated; points miss a map laid through the others by 11 m",
        "weathercock",
        "written by k-ann",
        "a second person agrees: k-bob",
        "not checked by a second person",
    ):
        assert words in told, words


def test_times_stand_side_by_side_with_what_disagrees_and_what_could_not_be_compared(view: CaseView) -> None:
    told = text(inside(view))
    assert "The caption and the metadata cannot both be right." in told
    assert "The metadata and the shadow can both be right." in told
    assert "The caption and the shadow cannot be compared: the shadow was not looked for on those days." in told
    assert (
        "All times but captions are consistent with: 2031-03-09 08:00 to 08:40 UTC. That is a remark on those lines, and no time of its own."
        in told
    )


def test_what_was_replaced_stays_with_the_reason(view: CaseView) -> None:
    told = text(inside(view))
    assert "searched, none found; one search" in told
    assert re.search(r"replaced by I1 line 1 ?: found by Ilse", told)


def test_where_the_camera_stood_is_coarse_even_in_the_draft_wherever_it_is_said(view: CaseView) -> None:
    told = text(inside(view))
    assert "about 51.6, 7.4, to the nearest ~10 km, because it is a position from which something was filmed" in told
    assert not [digits for digits in ("51.63", "7.41") if digits in told]


def test_the_sheet_is_one_click_from_the_item_and_among_what_a_finding_rests_on(view: CaseView) -> None:
    pages = inside(view)
    anchor = f'#sheet-{view.items[0].public_id}"'
    assert sum(page.decode().count(anchor) for page in pages.values()) >= 2
    told = text(pages)
    assert "Pictures it rests on, and how far they were verified" in told
    assert "7 lines, 1 checked by a second person; 1 pair of times that do not agree (its sheet)" in told


def test_a_dossier_without_sheets_says_nothing_of_them(case: CaseView) -> None:
    assert "Verification sheet" not in text(inside(case))


def test_what_is_handed_out_has_places_coarse_times_as_days_and_people_as_letters(view: CaseView) -> None:
    told = text(handed_out(view))
    assert "about 52.4, 9.7, to the nearest ~10 km" in told
    assert "about 51.6, 7.4, to the nearest ~10 km" in told
    assert "written by analyst A" in told
    assert "a second person agrees: analyst B" in told
    assert "2031-03-06 to 2031-03-11" in told
    assert "searched, none found" not in told


@pytest.mark.parametrize(
    "words",
    [
        "52.41",
        "9.73",
        "51.63",
        "7.41",
        "weathercock",
        "k-ann",
        "k-bob",
        "Ilse",
        "daughter",
        "08:00",
        "08:40",
        "mill workers",
        "plan of 2029",
        "EXIF",
        "decision-",
    ],
)
def test_what_is_handed_out_has_nothing_of_a_sheet_that_gives_somebody_away(view: CaseView, words: str) -> None:
    for name, page in handed_out(view).items():
        assert words not in page.decode(), name


def test_where_an_upload_stands_is_said_of_what_is_public_already(view: CaseView) -> None:
    assert "channel of the mill workers" in text(handed_out(view, public=True))


def test_no_sheet_of_another_item_is_handed_out(view: CaseView) -> None:
    other = replace(view, sheets=(Sheet(view.items[1].item.id, LINES, COMPARED),))
    assert "Verification sheet" not in text(handed_out(other))
