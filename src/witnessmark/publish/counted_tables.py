"""The tables of a question about a number of people. Every row rests on the run, the linkage or the item it is from."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.counting import CountedQuestion, Linked, ListCounted, Run, StratifiedEstimate
from witnessmark.model.estimate import Diagnostic, Estimate
from witnessmark.publish.block import Row, Table
from witnessmark.publish.casebook import Casebook, question_anchor
from witnessmark.publish.citation import of_item, of_linkage, of_question, of_run
from witnessmark.publish.counted_words import LONGEST, METHOD_WORDS, figures_words, level_words, method_words, range_words
from witnessmark.publish.counts import WITHHELD, ShownOverlaps, ShownPeople, few
from witnessmark.publish.plot_posterior import Bins
from witnessmark.publish.prose import Code, Given, Inline, Part, Ref, clip, joined, some
from witnessmark.publish.words import counted, moment_words

LIST_CHECKS = frozenset({"empty list", "empty overlap", "lists alike", "list within another"})
"""Checks of the lists themselves, told with the overlaps: their figures are counts of people."""


def people_words(people: int | None) -> str:
    """A count of a table, or that it is not shown."""
    return WITHHELD if people is None else f"{people:,}"


def methods_table(asked: CountedQuestion, run: Run) -> Table:
    """Each method by itself."""
    rows = tuple(
        Row(
            (
                (f"{method_words(method)} ({method})" if method in METHOD_WORDS else method,),
                (figures_words(found),) if found.refused is None else ("no estimate: ", Given(clip(found.refused, LONGEST))),
                (level_words(found.level),) if found.refused is None else (),
                _made_by(found),
            ),
            (of_run(asked, run),),
        )
        for method, found in run.result.estimates.items()
    )
    return Table("Each method by itself", ("Method", "Interval (middle)", "Level", "Version, seed, settings", "Rests on"), rows)


def _made_by(found: Estimate) -> Inline:
    parts: list[Inline] = [(Code(clip(found.method, LONGEST)),)]
    if found.seed is not None:
        parts.append((f"seed {found.seed}",))
    if found.parameters:
        parts.append((Code(clip(", ".join(f"{name} = {value}" for name, value in found.parameters.items()), LONGEST)),))
    return joined(parts, "; ")


def agreement_table(asked: CountedQuestion, run: Run) -> Table:
    """Every two methods that have an estimate."""
    rows = tuple(
        Row(
            (
                (f"{method_words(each.first)} and {method_words(each.second)}",),
                ("do not contradict each other",) if each.agree else ("disagree",),
                (Given(each.detail),),
            ),
            (of_run(asked, run),),
        )
        for each in run.result.comparisons
    )
    return Table("Whether the methods agree", ("Methods", "Verdict", "Their intervals", "Rests on"), rows)


def diagnostics_table(asked: CountedQuestion, run: Run) -> Table:
    """The checks each estimate was put to, with their limits, kept or not."""
    rows = tuple(
        Row(
            (
                (method_words(method),),
                (Given(check.name),),
                (_figure(check.value),),
                (_figure(check.limit) if check.limit is not None else "none",),
                ("for information",) if check.limit is None else ("kept",) if check.kept else ("not kept",),
                (Given(clip(check.detail, LONGEST)),),
            ),
            (of_run(asked, run),),
            tone=None if check.kept else "broken",
        )
        for method, found in run.result.estimates.items()
        for check in found.diagnostics
        if check.name not in LIST_CHECKS
    )
    return Table(
        "Checks each estimate was put to", ("Method", "Check", "Value", "Limit", "Kept", "In words", "Rests on"), rows, folded=True
    )


def _figure(value: float | None) -> str:
    return "not finite" if value is None else f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def sensitivity_table(asked: CountedQuestion, run: Run) -> Table:
    """The methods with settings that no table decides set otherwise."""
    rows = tuple(
        Row(
            (
                (method_words(each.method),),
                (Code(each.setting),),
                (figures_words(each.estimate),)
                if each.estimate.refused is None
                else ("no estimate: ", Given(clip(each.estimate.refused, LONGEST))),
                (f"{each.shift:+.0%}",) if each.shift is not None else (),
            ),
            (of_run(asked, run),),
        )
        for each in run.result.sensitivity
    )
    return Table(
        "The same methods with other settings", ("Method", "Setting", "Interval (middle)", "Middle moves by", "Rests on"), rows, folded=True
    )


def thresholds_table(asked: CountedQuestion, run: Run) -> Table:
    """What linking from another probability on would give."""
    methods = list(dict.fromkeys(method for at in run.result.at_thresholds for method in at.estimates))
    rows = tuple(
        Row(
            (
                (f"{at.threshold:.2f}",),
                (few(at.documented),),
                *((figures_words(at.estimates[method]) if method in at.estimates else "",) for method in methods),
            ),
            (of_run(asked, run),),
        )
        for at in run.result.at_thresholds
    )
    columns = ("Linked from a probability of", "People named", *map(method_words, methods), "Rests on")
    return Table("The total against the threshold of the linkage", columns, rows)


def bins_table(asked: CountedQuestion, run: Run, binned: dict[str, Bins]) -> Table:
    """The shares that the drawing of the posterior is made of."""
    first = next(iter(binned.values()))
    rows = [
        Row(
            (
                (f"{first.low + first.step * at:,.0f} to {first.low + first.step * (at + 1):,.0f}",),
                *((f"{bins.shares[at]:.1%}",) for bins in binned.values()),
            ),
            (of_run(asked, run),),
        )
        for at in range(len(first.shares))
        if any(bins.shares[at] >= 0.0005 for bins in binned.values())
    ]
    if any(bins.beyond for bins in binned.values()):
        rows.append(Row(((f"over {first.high:,.0f}",), *((f"{bins.beyond:.1%}",) for bins in binned.values())), (of_run(asked, run),)))
    return Table("The same draws in numbers", ("People", *map(method_words, binned), "Rests on"), tuple(rows), folded=True)


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
    """Every stratum by one method, and the total over them; one without an estimate with the reason."""
    rows = []
    for one, documented in zip(strata.strata, shown.strata, strict=True):
        found: Inline = (WITHHELD,) if documented is None else _stratum_figures(one.estimate)
        filled = f" ({one.fewest:,} to {one.most:,} with labels filled in)" if documented is not None and one.most > one.documented else ""
        rows.append(
            Row((joined([(Given(label),) for label in one.labels]), (f"{people_words(documented)}{filled}",), found), (of_run(asked, run),))
        )
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


def provenance_table(asked: CountedQuestion, casebook: Casebook) -> Table:
    """Where each list comes from, and what it looked like when it was read."""
    read = {one.name: one for one in asked.linked.linkage.lists} if asked.linked else {}
    rows = []
    for planned in asked.plan.lists:
        held = casebook.items.get(planned.item)
        item: tuple[Part, ...] = (" ", Ref(of_item(held))) if held is not None else ()
        rests = (of_question(asked),) if asked.linked is None else (of_linkage(asked, asked.linked),)
        named = (Given(planned.name), *(item or (", which is not in this dossier",)))
        cells = (named, *_read_cells(read.get(planned.name), "not read yet" if asked.linked is None else "not told"))
        rows.append(Row(cells, (*rests, *((of_item(held),) if held is not None else ()))))
    columns = (
        "List",
        "Compiled by",
        "How",
        "Reports people as",
        "Rows naming someone",
        "Rows naming no one",
        "Faults met in it",
        "Rests on",
    )
    return Table("Where the lists come from", columns, tuple(rows), kind="wide")


def _read_cells(one: ListCounted | None, otherwise: str) -> Iterator[Inline]:
    if one is None:
        yield from (((otherwise,),) * 6)
        return
    for stated in (one.source, one.compiled, one.status):
        yield (Given(clip(stated, LONGEST)),) if stated else ("not stated",)
    yield (few(one.records),)
    yield (f"{one.unnamed:,}",)
    faults = sorted(one.faults.items(), key=lambda pair: (-pair[1], pair[0]))
    yield some([(f"{times:,} × ", Given(clip(fault, 120))) for fault, times in faults], "; ", 8) if faults else ("none",)


def log_table(asked: CountedQuestion, casebook: Casebook) -> Table:
    """All that was done about a question, in order of time: nothing is left out, whatever it gave."""
    entries = [(linked.seq, _linked_row(asked, linked, casebook)) for linked in asked.linkages]
    entries += [(run.seq, _run_row(asked, run, casebook)) for run in asked.runs]
    ordered = tuple(row for _, row in sorted(entries, key=lambda each: each[0]))
    return Table(
        "All that was done about it, in order",
        ("When", "What", "Documented minimum", "Interval", "Each method", "Rests on"),
        ordered,
    )


def _linked_row(asked: CountedQuestion, linked: Linked, casebook: Casebook) -> Row:
    place = asked.linkages.index(linked) + 1
    found = linked.linkage
    what = f"linked: {few(found.people)} people, {few(found.fewest)} to {few(found.most)} in plausible linkages"
    cells = ((_when(linked.at, linked.seq, casebook),), (what,), (), (), ())
    return Row(cells, (of_linkage(asked, linked),), question_anchor(asked, f"-linkage-{place}"))


def _run_row(asked: CountedQuestion, run: Run, casebook: Casebook) -> Row:
    place = asked.runs.index(run) + 1
    result = run.result
    linkage = next((at for at, each in enumerate(asked.linkages, 1) if each.seq == run.linked), None)
    cells: tuple[Inline, ...] = (
        (_when(run.at, run.seq, casebook),),
        (f"run {place}{f', of linkage {linkage}' if linkage else ''}: {result.verdict}",),
        (f"{result.documented:,}",),
        (range_words(result.interval) if result.interval is not None else "none",),
        joined([(f"{method_words(method)}: {figures_words(found)}",) for method, found in result.estimates.items()], "; "),
    )
    return Row(cells, (of_run(asked, run),), question_anchor(asked, f"-run-{place}"))


def _when(at: str, seq: int, casebook: Casebook) -> str:
    return moment_words(at) if casebook.handed_out else f"{moment_words(at)} (entry {seq:,})"


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


_IN_GENERAL = {
    "empty list": "A list holds no one; it is left out.",
    "empty overlap": "Two lists have no one in common: they cover different people, or their links were missed.",
    "lists alike": "Two lists are nearly the same list: they may be merged or copied, and count as one.",
    "list within another": "Nearly all people on a list stand on another too: it may have been drawn from it, and methods that take lists as separate are off.",
}
