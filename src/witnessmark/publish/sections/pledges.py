"""Pledges and agreements: what was promised, demanded or agreed as claims tell of it, beside what is later said of it, on the day the dossier shows.

Kept and broken stand only where claims say so. Words that were read as a promise or demand and of which nothing more is known are in a table to open.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.pledge import Pledge, PledgeKind
from witnessmark.publish.attribution import LONGEST_PHRASE, whose
from witnessmark.publish.beside import side
from witnessmark.publish.block import Beside, Block, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, pledge_anchor
from witnessmark.publish.citation import Citation, of_claim
from witnessmark.publish.pledge_words import BEARING_WORDS, KIND_WORDS, due_words, followed, head_of, state_of, state_words, tellers
from witnessmark.publish.prose import AsWritten, Given, Inline, Jump, clip, sentence, some
from witnessmark.publish.words import counted, day_words

HOW = (
    "What became of a promise, a demand or an agreement is shown only as claims say it, by {day}. Where no claim says so it is unclear or, once its day has"
    " passed, overdue: neither means that it was broken. A doubt decides nothing."
)
NOTHING_SAID = "No claim shown here speaks of it later."
MOST_TELLINGS = 4
MOST_LATER = 8
MOST_LED = 8
"""Pledges on the front page of a dossier too large to open with them all."""


class PledgesAndAgreements:
    """Each pledge of which more is known than that somebody said so, then the rest."""

    slug = "pledges"
    title = "Pledges and agreements"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Agreements, then promises, then demands, in the order of the evidence."""
        pledges = _shown(casebook)
        if not pledges:
            return
        yield _how(pledges, casebook)
        for pledge in _ranked(pledges):
            if is_followed(pledge):
                yield from _one(pledge, casebook)
        rest = [pledge for pledge in pledges if not is_followed(pledge)]
        if rest:
            yield _table(
                f"Other words read as a promise or demand ({len(rest):,}); nothing later is known of them here", rest, casebook, folded=True
            )

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The first of them in a table."""
        pledges = _shown(casebook)
        led = [pledge for pledge in _ranked(pledges) if is_followed(pledge)][:MOST_LED]
        if pledges:
            yield _how(pledges, casebook)
        if led:
            yield _table(f"Pledges, demands and agreements, {len(led):,} of {len(pledges):,}", led, casebook, folded=False)


def is_followed(pledge: Pledge) -> bool:
    """Whether it can be followed up: an agreement, something with a day, or something of which more than one claim tells or that is spoken of later."""
    return pledge.kind is PledgeKind.AGREEMENT or pledge.due is not None or bool(pledge.later) or len(pledge.claims) > 1


def _shown(casebook: Casebook) -> list[Pledge]:
    return [pledge for pledge in casebook.view.pledges if tellers(pledge, casebook)]


def _ranked(pledges: list[Pledge]) -> list[Pledge]:
    order = [PledgeKind.AGREEMENT, PledgeKind.COMMITMENT, PledgeKind.DEMAND]
    return sorted(pledges, key=lambda pledge: (order.index(pledge.kind), pledge.due is None))


def _how(pledges: list[Pledge], casebook: Casebook) -> Paragraph:
    cites = casebook.heads or tuple(map(of_claim, tellers(pledges[0], casebook)[:1]))
    return Paragraph((sentence(HOW.format(day=day_words(pledges[0].on)), cites=cites),))


def _one(pledge: Pledge, casebook: Casebook) -> Iterator[Block]:
    """What was promised on one side, what is said of it on the other."""
    reads = tellers(pledge, casebook)
    head = head_of(pledge, casebook)
    yield Heading(sentence(*head.parts, cites=head.citations[:1]), level=3, anchor=pledge_anchor(reads[0]))
    yield Paragraph(tuple(state_of(pledge, casebook)))
    later = [(one, casebook.claims[one.claim]) for one in pledge.later if one.claim in casebook.claims]
    right = tuple(
        side(
            read,
            casebook,
            (followed(pledge, BEARING_WORDS[one.bearing])[:1].upper() + followed(pledge, BEARING_WORDS[one.bearing])[1:] + ". ", one.why),
        )
        for one, read in later[:MOST_LATER]
    )
    yield Beside(
        left_label="What was agreed"
        if pledge.kind is PledgeKind.AGREEMENT
        else "What was demanded"
        if pledge.kind is PledgeKind.DEMAND
        else "What was promised",
        left=tuple(side(read, casebook) for read in reads[:MOST_TELLINGS]),
        right_label="What is said of it",
        right=right,
        citations=(of_claim(reads[0]),),
        unanswered="" if later else NOTHING_SAID,
    )
    more = (*(of_claim(read) for read in reads[MOST_TELLINGS:]), *(of_claim(read) for _, read in later[MOST_LATER:]))
    if more:
        yield Paragraph(
            (sentence(f"{counted(len(more), 'further claim tells', 'further claims tell').capitalize()} of it.", cites=more[:60]),)
        )


def _table(caption: str, pledges: list[Pledge], casebook: Casebook, *, folded: bool) -> Table:
    return Table(
        caption,
        ("What", "By", "In these words", "Due", "State", "Which"),
        tuple(_row(pledge, casebook) for pledge in pledges),
        folded=folded,
    )


def _row(pledge: Pledge, casebook: Casebook) -> Row:
    reads = tellers(pledge, casebook)
    first = reads[0]
    kind: Inline = (KIND_WORDS[pledge.kind],)
    if is_followed(pledge):
        kind = (Jump(KIND_WORDS[pledge.kind], pledge_anchor(first)),)
    to: Inline = (" to ", *some([(Given(clip(name, LONGEST_PHRASE)),) for name in pledge.to])) if pledge.to else ()
    cites: tuple[Citation, ...] = tuple(map(of_claim, reads[:MOST_TELLINGS]))
    return Row(
        (
            kind,
            (*whose(first, casebook), *to),
            (AsWritten(clip(casebook.quote(first), LONGEST_PHRASE), casebook.language_of(first)),),
            (due_words(*pledge.due) if pledge.due else "not stated",),
            (state_words(pledge),),
        ),
        cites,
    )
