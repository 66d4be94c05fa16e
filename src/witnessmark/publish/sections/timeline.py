"""Timeline: when things are said to have happened, and when it was said, as drawings with a table of the same dates.

A few claims have a row each. Of many, those of one incident share a row, laid over each other and never joined into one date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from witnessmark.model.claim import Act, Interval
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import answers_back, headline, lead, who
from witnessmark.publish.block import Block, Figure, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, claim_anchor, incident_anchor
from witnessmark.publish.chart import NARROW, WIDE, Dated, Entry, draw, stated_days
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Sentence, plain, sentence
from witnessmark.publish.words import act_words, as_date, counted, day_words, interval_words

ROWS_A_FIGURE = 40
"""Rows drawn in one figure; more make further figures on the same axis."""

ONE_BY_ONE = 30
"""Claims up to which each has a row of its own; of more, those of one incident share one."""

MOST_CITED = 24
"""Claims without a date that are linked in the sentence about them; of more, all are in a table to open."""

LONGEST_NAME = 20
"""Characters of a name that fit beside the drawing."""

_ABOUT = re.compile(
    r"\b(about|around|approximately|circa|roughly|some ?time|early|late|mid)\b|نحو|حوالي|قرابة|مطلع|أواخر|أوائل", re.IGNORECASE
)
"""Words of the expression itself that make a date approximate."""


class Timeline:
    """Dated claims as intervals, those with only the date of the statement in a lane of their own, those with none named in a sentence."""

    slug = "timeline"
    title = "Timeline"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Figures on one axis, each with the same dates in a table beneath."""
        reads = casebook.standing
        if not reads:
            if casebook.heads:
                yield Paragraph((sentence("There is no claim to place in time.", cites=casebook.heads),))
            return
        dated, undated = _placed(reads)
        yield Paragraph(tuple(_how_many(reads, casebook)))
        if undated:
            words = f"{counted(len(undated), 'claim states', 'claims state').capitalize()} no date at all, neither of the event nor of the statement: date unknown."
            yield Paragraph((sentence(words, cites=tuple(of_claim(read) for read in undated[:MOST_CITED])),))
            if len(undated) > MOST_CITED:
                yield _dateless(undated)
        yield from _figures(dated, casebook)
        if dated:
            yield _table(dated, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The first figure."""
        reads = casebook.standing
        if reads:
            yield Paragraph(tuple(_how_many(reads, casebook)))
            yield from list(_figures(_placed(reads)[0], casebook))[:1]


def incident_timeline(reads: list[ReadClaim], casebook: Casebook) -> Iterator[Block]:
    """The dated claims of one incident, a row each, and the same dates in a table; nothing where none is dated."""
    dated, _ = _placed(reads)
    shown = dated[:ONE_BY_ONE]
    if not any(_dated(read).has_event_date for read in shown):
        return
    yield Heading(sentence("When it is said to have been", cites=(of_claim(shown[0]),)))
    yield from _figures(shown, casebook)
    yield _table(shown, casebook)


def _placed(reads: list[ReadClaim]) -> tuple[list[ReadClaim], list[ReadClaim]]:
    """The claims with any date, in its order, and those with none."""
    dates = {read.claim.id: _dated(read) for read in reads}
    dated = sorted((read for read in reads if dates[read.claim.id].has_any_date), key=lambda read: _order(dates[read.claim.id]))
    return dated, [read for read in reads if not dates[read.claim.id].has_any_date]


def _how_many(reads: list[ReadClaim], casebook: Casebook) -> Iterator[Sentence]:
    undated = sum(1 for read in reads if not _dated(read).has_event_date)
    yield sentence(
        f"{counted(len(reads), 'claim').capitalize()} in order of the date the event is said to have; "
        f"{counted(undated, 'of them states', 'of them state')} no date that could be worked out, and none is assumed.",
        cites=casebook.heads or (of_claim(reads[0]),),
    )


def _figures(reads: list[ReadClaim], casebook: Casebook) -> Iterator[Figure]:
    entries = [_one(read, casebook) for read in reads] if len(reads) <= ONE_BY_ONE else _together(reads, casebook)
    stated = stated_days(entries)
    for at in range(0, len(entries), ROWS_A_FIGURE):
        chunk = entries[at : at + ROWS_A_FIGURE]
        drawing = draw(chunk, stated, WIDE)
        part = f" ({at + 1:,} to {at + len(chunk):,} of {len(entries):,} rows)" if len(entries) > len(chunk) else ""
        gaps = [
            f"Nothing is stated between {day_words(gap.after.isoformat())} and {day_words(gap.before.isoformat())}." for gap in drawing.gaps
        ]
        yield Figure(
            title=f"When things are said to have happened{part}",
            description="One row a claim, or the claims of one incident laid over each other. The table below holds the same dates in words.",
            notes=" ".join(["Claims of one incident share a row; no date is made of theirs together."] * (len(reads) > ONE_BY_ONE) + gaps),
            drawing=drawing,
            narrow=draw(chunk, stated, NARROW),
            citations=(chunk[0].citation,),
        )


def _one(read: ReadClaim, casebook: Casebook) -> Entry:
    event, said = interval_words(read.claim.when), interval_words(read.claim.said)
    return Entry(
        citation=of_claim(read),
        anchor=claim_anchor(read),
        number=read.number,
        label=f"{_short(plain(who(read)))}: {act_words(read.claim.act)}",
        words=f"{plain(lead(read, casebook))}: {act_words(read.claim.act)}; event {event}; said {said}",
        dated=(_dated(read),),
    )


def _together(reads: list[ReadClaim], casebook: Casebook) -> list[Entry]:
    """One entry an incident, and for claims in none one an act; in the order of their first date."""
    rows: dict[tuple[str, str], list[ReadClaim]] = {}
    for read in reads:
        incidents = casebook.incidents_of(read)
        key = ("incident", incidents[0].public_id) if incidents else ("act", read.claim.act or "")
        rows.setdefault(key, []).append(read)
    entries = [_shared(kind, members, casebook) for (kind, _), members in rows.items()]
    return sorted(entries, key=lambda entry: not entry.has_event_date)


def _shared(kind: str, members: list[ReadClaim], casebook: Casebook) -> Entry:
    first = members[0]
    if kind == "incident":
        numbered = casebook.incidents_of(first)[0]
        where = numbered.incident.where.name if numbered.incident.where else None
        number, anchor, named = (
            numbered.number,
            incident_anchor(numbered),
            f"{_alleged(numbered.incident.act)}{', ' + _short(where) if where else ''}",
        )
    else:
        number, anchor, named = f"{first.number}…", claim_anchor(first), f"{act_words(first.claim.act)}, in no incident"
    words = f"{named}: {counted(len(members), 'claim')}, the first by {plain(who(first))}, event {interval_words(first.claim.when)}"
    return Entry(of_claim(first), anchor, number, f"{named} ({len(members):,})", words, tuple(_dated(read) for read in members))


def _alleged(act: Act | None) -> str:
    return act_words(act) if act is None else f"alleged {act_words(act)}"


def _dated(read: ReadClaim) -> Dated:
    when = read.claim.when
    earliest, latest = _ends(when)
    said_from, said_to = _ends(read.claim.said)
    about = when is not None and _ABOUT.search(when.text) is not None
    return Dated(earliest, latest, said_from, said_to, answers_back(read), approximate=about)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _ends(interval: Interval | None) -> tuple[date | None, date | None]:
    return (None, None) if interval is None else (as_date(interval.earliest), as_date(interval.latest))


def _order(claim: Dated) -> tuple[bool, date, date]:
    start = claim.earliest or claim.latest or claim.said_from or claim.said_to or date.max
    return not claim.has_event_date, start, claim.latest or date.max


def _dateless(reads: list[ReadClaim]) -> Table:
    rows = tuple(
        Row(((act_words(act),), (f"{len(members):,}",)), tuple(of_claim(read) for read in members))
        for act in (*Act, None)
        if (members := [read for read in reads if read.claim.act is act])
    )
    return Table("All claims that state no date at all", ("About", "Claims", "Which"), rows, folded=True)


def _table(reads: list[ReadClaim], casebook: Casebook) -> Table:
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
    return Table("The same dates in words", ("Who", "About", "Event", "Said on", "Claim"), rows, folded=True)
