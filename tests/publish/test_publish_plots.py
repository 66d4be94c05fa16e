"""Drawings of numbers: even scales, nothing off the paper, and a number that is not shown drawn like any other that is not shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.model.estimate import Interval
from witnessmark.publish.plot import NARROW, WIDE, Box, Disc, Layout, Line, Plot, Shape, Words, scale_of
from witnessmark.publish.plot_overlaps import ShownList, ShownOverlap, draw_overlaps
from witnessmark.publish.plot_posterior import Draws, binned, draw_posterior
from witnessmark.publish.plot_rows import IntervalRow, draw_intervals
from witnessmark.publish.plot_years import ShownYear, draw_years

PEOPLE = st.floats(1, 1e7, allow_nan=False)
layouts = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])


def marks(plot: Plot) -> list[Box | Line | Disc | Shape | Words]:
    return [mark for group in plot.groups for mark in group.marks]


def on_the_paper(plot: Plot) -> bool:
    """Whether every mark begins and ends within the drawing; words may reach as far as they are clipped to."""
    for mark in marks(plot):
        match mark:
            case Box():
                ends = [(mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)]
            case Line():
                ends = [(mark.x, mark.y), (mark.to_x, mark.to_y)]
            case Shape():
                ends = [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", mark.path)]
            case _:
                ends = [(mark.x, mark.y)]
        if any(not (-1 <= x <= plot.width + 1 and -1 <= y <= plot.height + 1) for x, y in ends):
            return False
    return True


def interval(low: float, high: float) -> Interval:
    return Interval(min(low, high), max(low, high))


@given(st.lists(PEOPLE, min_size=1, max_size=20))
def test_more_people_lie_further_right_and_all_on_the_scale(values: list[float]) -> None:
    scale = scale_of(values, 100, 500)
    places = [scale.x(value) for value in sorted(values)]
    assert places == sorted(places)
    assert 100 <= places[0] <= places[-1] <= 500
    assert scale.low <= min(values) <= max(values) <= scale.high
    ticks = list(scale.ticks())
    assert len(ticks) <= 7
    assert all(100 <= x <= 500 for x, _ in ticks)


@given(st.floats(1, 1e6), st.floats(0.0001, 100))
def test_a_scale_begins_at_zero_unless_all_of_it_lies_in_the_upper_half(least: float, more: float) -> None:
    scale = scale_of([least, least * (1 + more)], 0, 400)
    assert scale.low == 0 or more < 1


@layouts
@settings(max_examples=40)
@given(rows=st.lists(st.tuples(PEOPLE, PEOPLE, st.booleans()), min_size=1, max_size=8), minimum=st.none() | PEOPLE)
def test_every_interval_is_drawn_from_end_to_end_on_the_paper(
    layout: Layout, rows: list[tuple[float, float, bool]], minimum: float | None
) -> None:
    drawn = draw_intervals(
        [IntervalRow("a method", "figures", interval(low, high), (low + high) / 2, bound=bound) for low, high, bound in rows],
        minimum,
        layout,
    )
    assert drawn is not None
    assert on_the_paper(drawn)
    reaches = [mark for mark in marks(drawn) if isinstance(mark, Line) and mark.kind.startswith("reach")]
    assert [mark.kind == "reach bound" for mark in reaches] == [bound for _, _, bound in rows]
    assert all(mark.to_x > mark.x for mark in reaches)


def test_a_bound_differs_from_an_interval_by_more_than_colour() -> None:
    drawn = draw_intervals([IntervalRow("chao", "a lower bound", Interval(10, 20), 15, bound=True)], 5, WIDE)
    assert drawn is not None
    arrows = [mark for mark in marks(drawn) if isinstance(mark, Shape) and mark.kind == "cap bound"]
    caps = [mark for mark in marks(drawn) if isinstance(mark, Line) and mark.kind == "cap bound"]
    assert (len(arrows), len(caps)) == (1, 1)


def test_a_row_without_an_estimate_has_its_words_and_no_bar() -> None:
    drawn = draw_intervals([IntervalRow("a", "no estimate"), IntervalRow("b", "10 to 20", Interval(10, 20))], None, WIDE)
    assert drawn is not None
    assert [len([m for m in group.marks if isinstance(m, Line)]) for group in drawn.groups[1:]] == [0, 3]
    assert draw_intervals([IntervalRow("a", "no estimate")], None, WIDE) is None


@given(st.lists(PEOPLE, min_size=1, max_size=200))
def test_the_shares_of_draws_and_what_lies_beyond_are_all_of_them(draws: list[float]) -> None:
    bins = binned(draws, 1, 1e6, 20)
    assert sum(bins.shares) + bins.beyond == pytest.approx(1)
    assert bins.beyond == pytest.approx(sum(value > 1e6 for value in draws) / len(draws))


@layouts
def test_the_posterior_marks_the_ends_of_each_interval_and_the_documented_minimum(layout: Layout) -> None:
    methods = [Draws(name, "100 to 300", tuple(100.0 + at for at in range(200)), Interval(105, 295)) for name in ("one", "two")]
    drawn = draw_posterior(methods, 90, layout)
    assert on_the_paper(drawn)
    ends = [mark.x for mark in marks(drawn) if isinstance(mark, Line) and mark.kind == "cap"]
    assert len(ends) == 4
    assert ends[:2] == ends[2:]
    (minimum,) = [mark for mark in marks(drawn) if isinstance(mark, Line) and mark.kind == "minimum"]
    assert minimum.x < ends[0] < ends[1]
    assert "documented minimum 90" in [mark.text for mark in marks(drawn) if isinstance(mark, Words)]


@layouts
def test_an_overlap_has_a_dot_for_each_of_its_lists_and_a_bar_as_high_as_its_people(layout: Layout) -> None:
    lists = [ShownList("church", 90), ShownList("نقابة", 70), ShownList("few", None)]
    drawn = draw_overlaps(lists, [ShownOverlap((0,), 60), ShownOverlap((0, 1), 30), ShownOverlap((1,), 15)], layout)
    assert drawn is not None
    assert on_the_paper(drawn)
    *furniture, alone, both, _ = drawn.groups
    assert len([m for m in alone.marks if isinstance(m, Disc) and m.kind == "on"]) == 1
    assert len([m for m in both.marks if isinstance(m, Disc) and m.kind == "on"]) == 2
    heights = [next(m.height for m in group.marks if isinstance(m, Box)) for group in (alone, both)]
    assert heights == [150, 75]
    assert [group.words for group in furniture[:3]] == ["church: 90 people", "نقابة: 70 people", "few: not shown"]


@layouts
def test_as_many_overlaps_are_drawn_as_there_is_room_for(layout: Layout) -> None:
    lists = [ShownList(str(at), 900) for at in range(6)]
    drawn = draw_overlaps(lists, [ShownOverlap((at % 6,), 100 - at) for at in range(60)], layout)
    assert drawn is not None
    assert on_the_paper(drawn)
    assert draw_overlaps(lists, [], layout) is None


@layouts
@settings(max_examples=40)
@given(
    years=st.dictionaries(st.integers(1960, 2040), st.none() | st.integers(0, 10**6), min_size=1, max_size=30), nobody_knows=st.booleans()
)
def test_columns_of_years_stand_in_order_on_the_paper(layout: Layout, years: dict[int, int | None], *, nobody_knows: bool) -> None:
    shown = [ShownYear(str(year), people) for year, people in years.items()] + ([ShownYear(None, 12)] if nobody_knows else [])
    drawn = draw_years(shown, layout)
    if drawn is None:
        assert not any(years.values()) or len(years) + nobody_knows == 1
        assert not nobody_knows or len(years) == 0
        return
    assert on_the_paper(drawn)
    named = [group.words.partition(":")[0] for group in drawn.groups if group.words]
    assert named == sorted(named, key=lambda name: (name == "not known", name))


def test_a_year_that_is_not_shown_has_the_same_outline_whatever_it_holds() -> None:
    drawn = draw_years([ShownYear("2029", None), ShownYear("2030", 700), ShownYear("2031", None)], WIDE)
    assert drawn is not None
    outlines = {(mark.width, mark.height, mark.kind) for mark in marks(drawn) if isinstance(mark, Box) and mark.kind == "unshown"}
    assert len(outlines) == 1
    assert [group.words for group in drawn.groups if group.words] == ["2029: not shown", "2030: 700", "2031: not shown"]


def test_one_year_alone_is_no_drawing_and_several_have_numbers_up_the_side() -> None:
    assert draw_years([ShownYear("2030", 700)], WIDE) is None
    drawn = draw_years([ShownYear("2030", 700), ShownYear("2031", 90)], WIDE)
    assert drawn is not None
    assert [mark.text for mark in drawn.groups[0].marks if isinstance(mark, Words)] == ["0", "200", "400", "600"]


def test_years_without_anyone_keep_their_places() -> None:
    drawn = draw_years([ShownYear("2029", 10), ShownYear("2032", 20)], WIDE)
    assert drawn is not None
    assert [group.words for group in drawn.groups if group.words] == ["2029: 10", "2030: 0", "2031: 0", "2032: 20"]
