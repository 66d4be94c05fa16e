"""The tables of documented people: by the lists they stand on, by stratum, by year. No count that may not be shown is in them, nor is a sentence that holds one."""

from __future__ import annotations

from witnessmark.model.counting import LIST_CHECKS, CountedQuestion, Linked, Run, StratifiedEstimate
from witnessmark.model.estimate import Diagnostic, Estimate
from witnessmark.publish.block import Row, Table
from witnessmark.publish.citation import of_linkage, of_run
from witnessmark.publish.counted_words import LONGEST, figures_words, method_words
from witnessmark.publish.counts import WITHHELD, ShownOverlaps, ShownPeople
from witnessmark.publish.prose import Given, Inline, clip, joined
from witnessmark.publish.words import counted

_IN_GENERAL = {
    "empty list": "A list holds no one; it is left out.",
    "empty overlap": "Two lists have no one in common: they cover different people, or their links were missed.",
    "lists alike": "Two lists are nearly the same list: they may be merged or copied, and count as one.",
    "list within another": "Nearly all people on a list stand on another too: it may have been drawn from it, and methods that take lists as separate are off.",
}


def people_words(people: int | None) -> str:
    """A count of a table, or that it is not shown."""
    return WITHHELD if people is None else f"{people:,}"


def overlaps_table(asked: CountedQuestion, run: Run, shown: ShownOverlaps) -> Table:
    """Who is on exactly which lists, the largest first."""
    rows = [
        Row((joined([(Given(name),) for name in lists]), (f"{people:,}",)), (of_run(asked, run),)) for lists, people in shown.intersections
    ]
    if shown.left_out:
        rows.append(Row(((f"{counted(shown.left_out, 'more combination')} of lists",), (WITHHELD,)), (of_run(asked, run),)))
    return Table("People by exactly the lists that name them", ("Only on", "People", "Rests on"), tuple(rows), folded=len(rows) > 8)


def pairs_table(asked: CountedQuestion, run: Run, shown: ShownOverlaps) -> Table:
    """What every two lists have in common."""
    sizes = dict(shown.sizes)
    rows = tuple(
        Row(
            (
                (Given(first), " (", people_words(sizes.get(first)), ")"),
                (Given(second), " (", people_words(sizes.get(second)), ")"),
                (people_words(people), *_shares(people, sizes.get(first), sizes.get(second))),
            ),
            (of_run(asked, run),),
        )
        for first, second, people in shown.pairs
    )
    return Table("What every two lists have in common", ("A list (its people)", "Another", "On both", "Rests on"), rows, folded=True)


def _shares(people: int | None, *sizes: int | None) -> tuple[str, ...]:
    if people is None or not all(sizes):
        return ()
    return (f" ({', '.join(f'{people / size:.0%}' for size in sizes if size)})",)


def strata_table(asked: CountedQuestion, run: Run, method: str, strata: StratifiedEstimate, shown: ShownPeople) -> Table:
    """Every stratum by one method, and the total over them; one without an estimate with the reason.

    Of places whose people are not shown the names are not either: they are words of the few rows that state them, and where a column was mapped wrongly the names of people.
    """
    unnamed = "place" in strata.dimensions
    rows = []
    for one, documented in zip(strata.strata, shown.strata, strict=True):
        if documented is None and unnamed:
            continue
        found: Inline = (WITHHELD,) if documented is None else _stratum_figures(one.estimate)
        filled = f" ({one.fewest:,} to {one.most:,} with labels filled in)" if documented is not None and one.most > one.documented else ""
        rows.append(
            Row((joined([(Given(label),) for label in one.labels]), (f"{people_words(documented)}{filled}",), found), (of_run(asked, run),))
        )
    if unnamed and (left_out := shown.strata.count(None)):
        rows.append(Row(((counted(left_out, "more stratum", "more strata"),), (WITHHELD,), (WITHHELD,)), (of_run(asked, run),)))
    if shown.unplaced != 0:
        rows.append(Row((("label not known",), (people_words(shown.unplaced),), ()), (of_run(asked, run),)))
    rows.append(Row((("all strata together",), (), _total_figures(strata.total)), (of_run(asked, run),), tone="total"))
    columns = (" and ".join(strata.dimensions).capitalize(), "Documented", f"Interval (middle), {method_words(method)}", "Rests on")
    return Table(f"By {' and '.join(strata.dimensions)}: {method_words(method)}", columns, tuple(rows))


def _stratum_figures(found: Estimate) -> Inline:
    return (figures_words(found),) if found.refused is None else ("no estimate: ", Given(clip(found.refused, LONGEST)))


def _total_figures(found: Estimate) -> Inline:
    """The total; the reason for its want names strata with their people, which is told in their rows."""
    return (figures_words(found),) if found.refused is None else ("no estimate: not every stratum has one",)


def years_table(asked: CountedQuestion, linked: Linked, shown: ShownPeople) -> Table:
    """Documented people by the year of their date."""
    rows = tuple(
        Row(((Given(year),) if year is not None else ("year not known",), (people_words(people),)), (of_linkage(asked, linked),))
        for year, people in shown.years
    )
    return Table("Documented people by year", ("Year", "People documented", "Rests on"), rows, folded=len(rows) > 12)


def list_warnings(shown: ShownOverlaps, warnings: tuple[Diagnostic, ...]) -> list[Inline]:
    """What the lists themselves make doubtful; in general words where the figures would tell of a few people."""
    told: list[Inline] = []
    for warning in warnings:
        if warning.kept:
            continue
        if shown.pairs_all_shown or warning.name not in LIST_CHECKS:
            told.append((Given(warning.detail),))
        else:
            told.append((_IN_GENERAL[warning.name],))
    return list(dict.fromkeys(told))
