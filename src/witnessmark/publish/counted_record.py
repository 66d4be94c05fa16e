"""What is on record about a question: where its lists come from, and all that was done about it, in order of time."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.counting import CountedQuestion, Linked, ListCounted, Run
from witnessmark.publish.block import Row, Table
from witnessmark.publish.casebook import Casebook, question_anchor
from witnessmark.publish.citation import of_item, of_linkage, of_question, of_run
from witnessmark.publish.counted_words import LONGEST, by_method, figures_words, method_words, range_words
from witnessmark.publish.counts import few
from witnessmark.publish.prose import Given, Inline, Part, Ref, clip, joined, some
from witnessmark.publish.words import moment_words


def provenance_table(asked: CountedQuestion, casebook: Casebook) -> Table:
    """Where each list comes from, and what it looked like when it was read."""
    read = {one.name: one for one in asked.linked.linkage.lists} if asked.linked else {}
    rows = []
    for planned in asked.plan.lists:
        held = casebook.items.get(planned.item)
        item: tuple[Part, ...] = (" ", Ref(of_item(held))) if held is not None else ()
        rests = (of_question(asked),) if asked.linked is None else (of_linkage(asked, asked.linked),)
        unseen = "a list that is not released" if casebook.handed_out else f"of {planned.number}, which the case does not hold any more"
        named = (Given(planned.name), *(item or (f", {unseen}",)))
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
    for stated in (one.source, one.compiled, one.status and one.status.replace("_", " ")):
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
        joined([(f"{method_words(method)}: {figures_words(found)}",) for method, found in by_method(asked, result.estimates)], "; "),
    )
    return Row(cells, (of_run(asked, run),), question_anchor(asked, f"-run-{place}"))


def _when(at: str, seq: int, casebook: Casebook) -> str:
    return moment_words(at) if casebook.handed_out else f"{moment_words(at)} (entry {seq:,})"
