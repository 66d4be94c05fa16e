"""Timeline: when things are said to have happened, and when it was said, as drawings with a table of the same dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from witnessmark.model.claim import Interval
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import answers_back, headline, lead, who
from witnessmark.publish.block import Block, Figure, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.chart import Dated, draw, scale_of
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Sentence, plain, sentence
from witnessmark.publish.words import act_words, as_date, counted, interval_words

ROWS_A_FIGURE = 50
"""Claims drawn in one figure; more make further figures on the same axis."""


LONGEST_NAME = 20
"""Characters of a name that fit beside the drawing."""


class Timeline:
    """Dated claims as intervals, those with only the date of the statement in a lane of their own, those with none named in a sentence."""

    slug = "timeline"
    title = "Timeline"
    listed = True

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Figures on one axis, each with the same dates in a table beneath."""
        reads = casebook.standing
        if not reads:
            if casebook.heads:
                yield Paragraph((sentence("There is no claim to place in time.", cites=casebook.heads),))
            return
        claims = sorted((_dated(read, casebook) for read in reads), key=_order)
        by_citation = {of_claim(read): read for read in reads}
        undated = sum(1 for claim in claims if not claim.has_event_date)
        yield Paragraph((_how_many(len(claims), undated, casebook, reads[0]),))
        unplaced = [claim.citation for claim in claims if not claim.has_any_date]
        if unplaced:
            words = f"{counted(len(unplaced), 'claim states', 'claims state').capitalize()} no date at all, neither of the event nor of the statement: date unknown."
            yield Paragraph((sentence(words, cites=tuple(unplaced)),))
        claims = [claim for claim in claims if claim.has_any_date]
        scale = scale_of(claims)
        for at in range(0, len(claims), ROWS_A_FIGURE):
            chunk = claims[at : at + ROWS_A_FIGURE]
            if scale is not None:
                first = by_citation[chunk[0].citation]
                yield Figure(
                    title=f"When things are said to have happened ({at + 1:,} to {at + len(chunk):,} of {len(claims):,})",
                    description="One row a claim. The table below holds the same dates in words.",
                    drawing=draw(chunk, scale),
                    citations=(of_claim(first),),
                )
            yield _table([by_citation[claim.citation] for claim in chunk], casebook, folded=scale is not None)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The first figure."""
        for block in self.blocks(casebook):
            if isinstance(block, Figure):
                yield block
                return


def _how_many(number: int, undated: int, casebook: Casebook, first: ReadClaim) -> Sentence:
    return sentence(
        f"{counted(number, 'claim').capitalize()} in order of the date the event is said to have; "
        f"{counted(undated, 'of them states', 'of them state')} no date that could be worked out, and none is assumed.",
        cites=casebook.heads or (of_claim(first),),
    )


def _dated(read: ReadClaim, casebook: Casebook) -> Dated:
    earliest, latest = _ends(read.claim.when)
    event = interval_words(read.claim.when)
    said_from, said_to = _ends(read.claim.said)
    return Dated(
        citation=of_claim(read),
        label=f"{_short(plain(who(read)))}: {act_words(read.claim.act)}",
        words=f"{plain(lead(read, casebook))}: {act_words(read.claim.act)}; event {event}; said {interval_words(read.claim.said)}",
        earliest=earliest,
        latest=latest,
        said_from=said_from,
        said_to=said_to,
        answering=answers_back(read),
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _ends(interval: Interval | None) -> tuple[date | None, date | None]:
    return (None, None) if interval is None else (as_date(interval.earliest), as_date(interval.latest))


def _order(claim: Dated) -> tuple[bool, date, date]:
    start = claim.earliest or claim.latest or claim.said_from or claim.said_to or date.max
    return not claim.has_event_date, start, claim.latest or date.max


def _table(reads: list[ReadClaim], casebook: Casebook, *, folded: bool) -> Table:
    rows = tuple(
        Row(
            cells=(
                headline(read, casebook),
                (act_words(read.claim.act),),
                (interval_words(read.claim.when),),
                (interval_words(read.claim.said),),
            ),
            citations=(of_claim(read),),
        )
        for read in reads
    )
    return Table("The same dates in words", ("Who", "About", "Event", "Said on", "Claim"), rows, folded=folded)
