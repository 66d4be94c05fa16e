"""How many people: each question that was asked, what every run of it gave, and what that rests on. The documented minimum comes first, a middle never alone.

Where methods disagree beyond their intervals no figure stands for the whole. Nothing is divided by alleged perpetrator, and rates that somebody claims are shown as said.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.counting import CountedQuestion, Run
from witnessmark.model.view import ReadClaim
from witnessmark.publish import counted_figures as figures
from witnessmark.publish import counted_people as people
from witnessmark.publish import counted_record as record
from witnessmark.publish import counted_tables as tables
from witnessmark.publish.attribution import LONGEST_PHRASE, headline, relay_line
from witnessmark.publish.block import Block, Bullets, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, question_anchor
from witnessmark.publish.citation import of_claim, of_linkage, of_question, of_run
from witnessmark.publish.counted_words import LONGEST, answer, by_method, can_be_estimated, in_short, known_words, question_words
from witnessmark.publish.counts import KEPT_BACK, few, shown_overlaps, shown_people
from witnessmark.publish.prose import AsWritten, Given, Inline, Sentence, clip, sentence, some
from witnessmark.publish.words import count_words, counted, moment_words

ALL_RUNS = "Every run is listed, in order of time, whatever it gave."
NO_PERPETRATOR = "No number is divided by alleged perpetrator: lists differ most in whose victims they could reach."
RATES = "These are claims, shown as they were made. A rate is never multiplied out to a total, nor laid on the scale of a drawing."
SHOWN_TOGETHER = 12
"""Records linked after one sentence."""


class HowManyPeople:
    """Questions in the order in which they were planned."""

    slug = "counting"
    title = "How many people"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each question with all that was done about it, then the rates that are claimed."""
        asked = casebook.view.counting
        if not asked:
            return
        yield Paragraph((sentence(f"{ALL_RUNS} {NO_PERPETRATOR} {KEPT_BACK}", cites=tuple(map(of_question, asked[:SHOWN_TOGETHER]))),))
        for each in asked:
            yield from _question(each, casebook)
        yield from _rates(casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """Each question in a few lines: what was asked, the minimum, the interval and what it rests on."""
        for asked in casebook.view.counting:
            yield Heading(sentence(Given(clip(asked.plan.question, LONGEST)), cites=(of_question(asked),)), level=4)
            yield Bullets((_never_run(asked),) if asked.latest is None else tuple(in_short(asked, asked.latest)))


def _never_run(asked: CountedQuestion) -> Sentence:
    return sentence("It has not been run: there is no result.", cites=(of_question(asked),))


def _question(asked: CountedQuestion, casebook: Casebook) -> Iterator[Block]:
    yield Heading(sentence(Given(clip(asked.plan.question, LONGEST)), cites=(of_question(asked),)), level=3, anchor=question_anchor(asked))
    yield Bullets((*question_words(asked, casebook), *known_words(asked, casebook)))
    if (run := asked.latest) is None:
        yield Paragraph((_never_run(asked),))
        yield record.provenance_table(asked, casebook)
    else:
        yield from _found(asked, run, casebook)
    if asked.linkages or asked.runs:
        yield record.log_table(asked, casebook)


def _found(asked: CountedQuestion, run: Run, casebook: Casebook) -> Iterator[Block]:
    """The newest run in full."""
    cites = (of_run(asked, run),)
    yield _heading(f"What was found: run {len(asked.runs)} of {len(asked.runs)}, {moment_words(run.at)}", asked, run)
    yield answer(asked, run)
    yield Paragraph((sentence(Given(run.result.sentence), cites=cites),))
    if can_be_estimated(asked):
        yield from _estimates(asked, run)
    yield _heading("The lists", asked, run)
    yield record.provenance_table(asked, casebook)
    yield from _overlaps(asked, run)
    yield from _linkage(asked, run)
    if can_be_estimated(asked):
        yield from _threshold(asked, run)
    yield from _divided(asked, run)
    if can_be_estimated(asked):
        yield from _checks(asked, run)


def _heading(words: str, asked: CountedQuestion, run: Run) -> Heading:
    return Heading(sentence(words, cites=(of_run(asked, run),)), level=4)


def _estimates(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    yield from figures.intervals_by_method(asked, run)
    yield tables.methods_table(asked, run)
    drawn, binned = figures.posterior(asked, run)
    yield from drawn
    if binned:
        yield tables.bins_table(asked, run, binned)


def _overlaps(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    shown = shown_overlaps(run.result.overlaps)
    yield from figures.overlaps(asked, run, shown)
    yield people.overlaps_table(asked, run, shown)
    if shown.pairs:
        yield people.pairs_table(asked, run, shown)
    if warnings := people.list_warnings(shown, run.result.overlaps.warnings):
        yield Bullets(tuple(sentence("Warning: ", *each, cites=(of_run(asked, run),)) for each in warnings))


def _linkage(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    linked = next((each for each in asked.linkages if each.seq == run.linked), None)
    if linked is None:
        return
    found, cites = linked.linkage, (of_linkage(asked, linked),)
    yield Heading(sentence("Who is who", cites=cites), level=4)
    judged = counted(found.judgements, "pair was", "pairs were")
    yield Paragraph(
        (
            sentence(
                f"{counted(found.records, 'record').capitalize()} of these lists are about {few(found.people)} people in the linkage chosen, "
                f"{few(found.fewest)} at the fewest and {few(found.most)} at the most in plausible ones.",
                cites=cites,
            ),
            sentence(
                f"{counted(found.pairs, 'pair').capitalize()} of records were compared, and taken for one person from a probability of {found.threshold:.2f} on; {judged} judged by people.",
                cites=cites,
            ),
        )
    )
    if found.warnings:
        yield Bullets(tuple(sentence("Warning: ", Given(each), cites=cites) for each in found.warnings))


def _threshold(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    if run.result.at_thresholds:
        yield from figures.by_threshold(asked, run)
        yield tables.thresholds_table(asked, run)


def _divided(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    """By stratum and by year. With too few lists there are no strata to estimate."""
    linked = next((each for each in asked.linkages if each.seq == run.linked), None)
    by_year = linked.linkage.by_year if linked is not None else ()
    strata = run.result.strata if can_be_estimated(asked) else {}
    whole = linked.linkage.people if linked is not None else run.result.overlaps.documented
    told = linked.linkage.warnings if linked is not None else ()
    shown = {method: shown_people(each, by_year, whole, told) for method, each in strata.items()}
    if strata:
        yield _heading(f"By {' and '.join(next(iter(strata.values())).dimensions)}", asked, run)
    for method, each in by_method(asked, strata):
        yield from figures.by_stratum(asked, run, method, each, shown[method])
        yield people.strata_table(asked, run, method, each, shown[method])
    if linked is not None and by_year:
        years = next(iter(shown.values()), None) or shown_people(None, by_year, whole)
        yield Heading(sentence("By year", cites=(of_linkage(asked, linked),)), level=4)
        yield Paragraph((sentence(figures.REPORTING, cites=(of_linkage(asked, linked),)),))
        yield from figures.by_year(asked, linked, years)
        yield people.years_table(asked, linked, years)


def _checks(asked: CountedQuestion, run: Run) -> Iterator[Block]:
    made: list[Block] = [tables.agreement_table(asked, run), *figures.convergence(asked, run)]
    made += [tables.diagnostics_table(asked, run), tables.sensitivity_table(asked, run)]
    held = [block for block in made if not isinstance(block, Table) or block.rows]
    if held:
        yield _heading("Agreement, checks and other settings", asked, run)
        yield from held


def _rates(casebook: Casebook) -> Iterator[Block]:
    """What somebody claims for a day, a week or a month: as text, with whose claim it is."""
    claims = [read for read in casebook.standing if any(count.per is not None for count in read.claim.victims)]
    if not claims:
        return
    cites = tuple(of_claim(read) for read in claims[:SHOWN_TOGETHER])
    yield Heading(sentence("Rates that are claimed", cites=cites), level=3)
    yield Paragraph((sentence(RATES, cites=cites),))
    rows = tuple(
        Row((headline(read, casebook), _rates_of(read, casebook), relay_line(read, casebook)), (of_claim(read),)) for read in claims
    )
    yield Table("Rates, each as it was claimed", ("Who", "As claimed", "Reached us", "Claim"), rows)


def _rates_of(read: ReadClaim, casebook: Casebook) -> Inline:
    language = casebook.language_of(read)
    return some(
        [
            (f"{count_words(count)}, as written: ", AsWritten(clip(count.text, LONGEST_PHRASE), language))
            for count in read.claim.victims
            if count.per is not None
        ]
    )
