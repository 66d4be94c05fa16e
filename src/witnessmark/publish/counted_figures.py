"""The drawings of a question about a number of people, each with what it shows in words; the section puts the same numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from witnessmark.model.counting import CountedQuestion, Linked, Run, StratifiedEstimate
from witnessmark.model.estimate import Estimate
from witnessmark.publish.block import Diagram
from witnessmark.publish.citation import Citation, of_linkage, of_run
from witnessmark.publish.counted_words import by_method, chains_words, method_words, short_figures
from witnessmark.publish.counts import ShownOverlaps, ShownPeople
from witnessmark.publish.plot import NARROW, WIDE, Layout, Plot
from witnessmark.publish.plot_chains import Traces, draw_chains
from witnessmark.publish.plot_overlaps import ShownList, ShownOverlap, columns_in, draw_overlaps
from witnessmark.publish.plot_posterior import BINS, Bins, Draws, binned, draw_posterior, reach_of
from witnessmark.publish.plot_rows import IntervalRow, draw_intervals
from witnessmark.publish.plot_years import ShownYear, draw_years

HOW_TO_READ = "A bar reaches from end to end of an interval, a diamond marks its middle; a broken bar with an arrow is a lower bound, which the truth may exceed by far."
HOW_TO_READ_CHAINS = "Chains that came to one place look alike to the right of the shade: thick bands at one height. The shaded first half of each is not counted, and the farthest leaps are cut off at the edge."
REPORTING = "A documented number that rises or falls may show reporting, not killing."
MOST_ROWS = 40
"""Strata drawn; the table has them all."""


def intervals_by_method(asked: CountedQuestion, run: Run) -> Iterator[Diagram]:
    """Each method's interval beside the documented minimum."""
    result = run.result
    rows = [_row(method_words(method), found) for method, found in by_method(asked, result.estimates)]
    if not any(row.interval for row in rows):
        return
    yield from _drawn(
        "Intervals by method",
        f"One row a method, with its interval on a scale of people, and a line at the documented minimum of {result.documented:,}.",
        f"{HOW_TO_READ} No method is the right one.",
        lambda layout: draw_intervals(rows, result.documented, layout),
        (of_run(asked, run),),
    )


def convergence(asked: CountedQuestion, run: Run) -> Iterator[Diagram]:
    """The chains of each method that samples, of the linkage where they agree least."""
    for method, found in by_method(asked, run.result.estimates):
        if found.chains is None:
            continue
        held = found.chains
        draw = partial(draw_chains, Traces(held.traces, held.apart, held.dropped, found.refused is None))
        yield from _drawn(
            f"Whether the chains came to one place: {method_words(method)}",
            f"A row for each of {len(held.traces)} chains that began at different places, with the totals it went through, sweep by sweep, all on one scale of people.",
            f"{chains_words(found, run.result.linkages)} {HOW_TO_READ_CHAINS}",
            draw,
            (of_run(asked, run),),
        )


def _row(label: str, found: Estimate, documented: float | None = None) -> IntervalRow:
    return IntervalRow(label, short_figures(found), found.interval, found.total, documented, bound=found.lower_bound)


def posterior(asked: CountedQuestion, run: Run) -> tuple[list[Diagram], dict[str, Bins]]:
    """Where the draws of each method lie, and the same by steps."""
    result = run.result
    drawn = {
        method: Draws(method_words(method), short_figures(found), found.draws, found.interval, bound=found.lower_bound)
        for method, found in by_method(asked, result.estimates)
        if found.draws and found.interval is not None
    }
    if not drawn:
        return [], {}
    methods = list(drawn.values())
    low, high = reach_of(methods, result.documented)
    figures = _drawn(
        "What each method holds likely",
        "For each method a hump over the numbers of people it holds likely, with the ends of its interval and the documented minimum.",
        "Each hump is drawn to its own height, so heights of two methods cannot be compared; upright strokes are the ends of the interval; a broken outline is that of a lower bound.",
        lambda layout: draw_posterior(methods, result.documented, layout),
        (of_run(asked, run),),
    )
    return list(figures), {method: binned(each.draws, low, high, BINS // 2) for method, each in drawn.items()}


def overlaps(asked: CountedQuestion, run: Run, shown: ShownOverlaps) -> Iterator[Diagram]:
    """The UpSet plot."""
    names = [name for name, _ in shown.sizes]
    lists = [ShownList(name, people) for name, people in shown.sizes]
    columns = [ShownOverlap(tuple(sorted(names.index(name) for name in on)), people) for on, people in shown.intersections]
    more = " The largest are drawn; the table has them all." if len(columns) > columns_in(NARROW) else ""
    yield from _drawn(
        "How the lists overlap",
        f"A column for each combination of lists, with how many people stand on exactly these; a row for each of {len(lists)} lists.",
        f"A column's dots say which lists name these people, and no other does; its bar how many they are.{more}",
        lambda layout: draw_overlaps(lists, columns, layout),
        (of_run(asked, run),),
    )


def by_stratum(asked: CountedQuestion, run: Run, method: str, strata: StratifiedEstimate, shown: ShownPeople) -> Iterator[Diagram]:
    """Strata that may be shown, each with its documented people and its interval."""
    held = [one for one, people in zip(strata.strata, shown.strata, strict=True) if people is not None]
    rows = [_row(", ".join(one.labels), one.estimate, one.documented) for one in held][:MOST_ROWS]
    kept_back = len(strata.strata) - len(held)
    notes = [f"{kept_back:,} of {len(strata.strata):,} strata are not shown." for _ in range(bool(kept_back))]
    notes += [f"The first {MOST_ROWS} are drawn." for _ in range(len(held) > MOST_ROWS)]
    if rows:
        yield from _drawn(
            f"By {' and '.join(strata.dimensions)}: {method_words(method)}",
            "One row a stratum, with its documented people and its interval on one scale of people.",
            " ".join(["A square marks the people documented.", HOW_TO_READ, *notes]),
            lambda layout: draw_intervals(rows, None, layout),
            (of_run(asked, run),),
        )


def by_threshold(asked: CountedQuestion, run: Run) -> Iterator[Diagram]:
    """The quick methods at each threshold of the linkage."""
    rows = [
        _row(f"{at.threshold:.2f} {method_words(method)}", found, at.documented)
        for at in run.result.at_thresholds
        for method, found in by_method(asked, at.estimates)
    ]
    if any(row.interval for row in rows):
        yield from _drawn(
            "The total against the threshold of the linkage",
            "For each probability from which on rows are linked, the people named and the intervals of the methods that are quick.",
            f"A row for each probability from which on two records are taken for one person. A square marks the people named. {HOW_TO_READ}",
            lambda layout: draw_intervals(rows, None, layout),
            (of_run(asked, run),),
        )


def by_year(asked: CountedQuestion, linked: Linked, shown: ShownPeople) -> Iterator[Diagram]:
    """Documented people by year."""
    years = [ShownYear(year, people) for year, people in shown.years]
    hidden = any(each.people is None for each in years)
    outline = " An empty outline is a year whose number is not shown." if hidden else ""
    yield from _drawn(
        "Documented people by year",
        "A column for each year with how many people are documented.",
        f"{REPORTING}{outline}",
        lambda layout: draw_years(years, layout),
        (of_linkage(asked, linked),),
    )


def _drawn(
    title: str, description: str, caption: str, draw: Callable[[Layout], Plot | None], citations: Sequence[Citation]
) -> Iterator[Diagram]:
    wide, narrow = draw(WIDE), draw(NARROW)
    if wide is not None and narrow is not None:
        yield Diagram(title, description, caption, wide, narrow, tuple(citations))
