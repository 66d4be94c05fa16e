"""The timeline: every stated day in its place, empty years cut short and said, and nothing drawn where nothing was stated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.claim import Act, Interval, Speaker, Stance
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.axis import BREAK, axis_of
from witnessmark.publish.chart import NARROW, WIDE, Dated, Drawing, Entry, Layout, draw, stated_days
from witnessmark.publish.citation import Citation, Cites

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

DAY = date(2031, 3, 5)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
INTERVALS = st.lists(
    st.tuples(DAYS, st.integers(0, 400)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))), min_size=1, max_size=12
)


def entry(*dated: Dated) -> Entry:
    return Entry(Citation(Cites.CLAIM, "c-1"), "claim-1", "C1", "a guard: killing", "said by a guard", dated)


def drawn(*dated: Dated, layout: Layout = WIDE) -> Drawing:
    entries = [entry(each) for each in dated]
    return draw(entries, stated_days(entries), layout)


def section(view: CaseView) -> lxml.html.HtmlElement:
    page = next(content for content in draft(view).values() if b'id="section-timeline"' in content)
    whole: lxml.html.HtmlElement = lxml.html.document_fromstring(page)
    return whole.get_element_by_id("section-timeline")


@given(INTERVALS, st.data())
def test_later_days_lie_further_right_and_none_off_the_axis(stated: list[tuple[date, date]], data: st.DataObject) -> None:
    axis = axis_of(stated, 330, 936)
    assert axis is not None
    days = sorted({day for interval in stated for day in interval})
    places = [axis.x(day) for day in days]
    assert places == sorted(places)
    assert 330 <= places[0] <= places[-1] <= 936
    assert all(330 <= tick.x <= 936 for tick in axis.ticks())
    assert len(axis.ticks()) >= len(axis.stretches)


@given(INTERVALS)
def test_no_stated_day_lies_in_a_gap_and_each_gap_is_a_band_of_its_own(stated: list[tuple[date, date]]) -> None:
    axis = axis_of(stated, 330, 936)
    assert axis is not None
    for gap in axis.gaps:
        assert not any(first < gap.before and last > gap.after for first, last in stated)
        assert {gap.after, gap.before} <= {day for interval in stated for day in interval}
    for before, after in pairwise(axis.stretches):
        assert abs(after.left - before.right - BREAK) < 0.01


def test_years_of_which_nothing_is_stated_are_cut_short_and_named() -> None:
    axis = axis_of([(date(2017, 5, 15), date(2017, 5, 16)), (date(2026, 11, 22), date(2026, 11, 22))], 0, 600)
    assert axis is not None
    assert [(gap.after, gap.before) for gap in axis.gaps] == [(date(2017, 5, 16), date(2026, 11, 22))]
    assert axis.x(date(2017, 5, 16)) - axis.x(date(2017, 5, 15)) > 20


def test_weeks_that_follow_each_other_are_one_stretch() -> None:
    axis = axis_of([(DAY + timedelta(days=10 * at), DAY + timedelta(days=10 * at)) for at in range(20)], 0, 600)
    assert axis is not None
    assert axis.gaps == ()


def test_an_open_end_fades_and_stops_and_a_closed_one_does_not() -> None:
    since = Dated(DAY, None, None, None, answering=False)
    until = Dated(None, DAY, None, None, answering=False)
    closed = Dated(DAY, DAY + timedelta(days=300), None, None, answering=False)
    rows = drawn(since, until, closed).rows
    (open_right,), (open_left,), (bar,) = (row.bars for row in rows)
    assert open_right.day
    assert open_right.width == 0
    assert [step for _, _, step in open_right.fades] == [1, 2, 3, 4]
    assert open_right.fades[0][0] == open_right.x
    assert all(x < open_left.x for x, _, _ in open_left.fades)
    assert sum(width for _, width, _ in open_right.fades) <= 48
    assert bar.fades == ()
    assert bar.width > 500


def test_the_narrow_drawing_holds_the_same_rows_within_a_phones_width() -> None:
    dated = [Dated(DAY + timedelta(days=at), None, DAY, DAY, answering=bool(at % 2)) for at in range(9)]
    wide, narrow = drawn(*dated), drawn(*dated, layout=NARROW)
    assert [row.words for row in narrow.rows] == [row.words for row in wide.rows]
    assert narrow.width <= 420


@given(st.lists(st.tuples(st.none() | st.dates(), st.none() | st.dates()), min_size=1, max_size=20), st.sampled_from([WIDE, NARROW]))
def test_every_bar_and_every_fade_lies_between_the_edges(ends: list[tuple[date | None, date | None]], layout: Layout) -> None:
    ordered = [(min(first, last), max(first, last)) if first and last else (first, last) for first, last in ends]
    dated = [Dated(first, last, None, None, answering=False) for first, last in ordered]
    if not any(each.has_event_date for each in dated):
        return
    drawing = drawn(*dated, layout=layout)
    right = layout.width - layout.right
    for row in drawing.rows:
        for bar in row.bars:
            assert bar.width >= 0
            assert layout.left <= bar.x <= bar.x + bar.width <= right + 0.1
            assert all(layout.left - 0.1 <= x <= x + width <= right + 0.1 for x, width, _ in bar.fades)
    assert len(drawing.rows) == len(dated)


def said(pile: Pile, number: int, when: Callable[[int], str]) -> CaseView:
    text = "".join(f"Guard {at} spoke of cell {at}.\n" for at in range(number))
    item = pile.hold(text.encode(), "notes.txt", text=text)
    for at in range(number):
        words = f"cell {at}"
        start = text.index(words)
        stance = Stance.DENIES if at % 5 == 0 else Stance.ASSERTS
        interval = Interval(when(at), when(at), start, start + len(words), words)
        pile.say(item, words + ".", speaker=Speaker(f"Guard {at}"), act=Act.DETENTION, when=interval, stance=stance)
    return pile.view()


def test_a_few_claims_have_a_row_each_and_many_share_one(pile: Pile) -> None:
    few = section(said(pile, 20, lambda at: f"2031-01-{at + 1:02}"))
    assert len(few.xpath(".//svg[@class='wide']//g[@class='row']")) == 20
    pile.items.clear()
    pile.claims.clear()
    many = section(said(pile, 60, lambda at: f"2031-{at % 12 + 1:02}-{at % 28 + 1:02}"))
    (row,) = many.xpath(".//svg[@class='wide']//g[@class='row']")
    assert "detention, in no incident (60)" in row.text_content()
    said_of, denied = (row.xpath(f"./path[@class='{name}']")[0].get("d").count("M") for name in ("day", "day hollow"))
    assert 30 < said_of <= 48
    assert 5 < denied <= 12
    assert "no date is made of theirs together" in many.text_content()
    assert len(many.xpath(".//tbody/tr")) == 60


def test_a_gap_is_said_in_words_beside_the_drawing(pile: Pile) -> None:
    text = " ".join(section(said(pile, 2, lambda at: "2017-05-15" if at else "2026-11-22")).text_content().split())
    assert "Nothing is stated between 15 May 2017 and 22 November 2026." in text


def test_a_date_worded_as_approximate_has_a_broken_outline(pile: Pile) -> None:
    text = "The clerk said it began in about May 2031.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    start = text.index("about")
    interval = Interval("2031-05-01", "2031-05-31", start, start + len("about May 2031"), "about May 2031")
    pile.say(item, "it began", speaker=Speaker("the clerk"), when=interval)
    assert section(pile.view()).xpath(".//rect[contains(@class, 'about')]")
