"""What was known before: for each party said to support, order or let happen, what was public or delivered to it before each later act, and while it is said to have gone on.

It shows days and claims, and concludes nothing: that something was in print is not that somebody read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.model.notice import Known, NoticeBefore, NoticeTimeline
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import short_name, whose
from witnessmark.publish.block import Block, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, Cites, of_claim
from witnessmark.publish.parties import party_name
from witnessmark.publish.prose import Given, Inline, Ref, listed, sentence, some
from witnessmark.publish.words import act_words, counted, dates_words, day_words

HOW = (
    "For each party said to support, command or let happen, this sets what was public, or is on record as delivered to it, beside the acts it is said to have had a part in."
    " It does not say that anybody read it, nor that the acts happened. What was not public and of whose delivery there is no record is not counted, and a day known only"
    " as a month or year counts from its end."
)
MOST_CITED = 24
MOST_KNOWN = 6
MOST_LED = 4


class WhatWasKnown:
    """A table for each party; parties of whom the same is said share one."""

    slug = "notice"
    title = "What was public or delivered before"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each party in turn, its acts by their first day."""
        notices = casebook.view.notices
        if notices:
            yield Paragraph((sentence(HOW, cites=casebook.heads or _cites(notices[0].because, casebook)),))
        for shared in _shared(notices):
            yield from _timeline(shared, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The first parties."""
        for shared in _shared(casebook.view.notices)[:MOST_LED]:
            yield from _timeline(shared, casebook)


def _shared(notices: Iterable[NoticeTimeline]) -> list[list[NoticeTimeline]]:
    """Timelines together that have the same acts and the same before them."""
    found: dict[object, list[NoticeTimeline]] = {}
    for timeline in notices:
        found.setdefault((timeline.acts, timeline.undated), []).append(timeline)
    return list(found.values())


def _timeline(shared: list[NoticeTimeline], casebook: Casebook) -> Iterator[Block]:
    timeline = shared[0]
    because = _cites(dict.fromkeys(claim for each in shared for claim in each.because), casebook)
    names = listed([(Given(party_name(each.party, casebook)),) for each in shared])
    yield Heading(sentence(*names, ", said to have supported, commanded or let happen", cites=because[:3]))
    if timeline.acts:
        rows = tuple(_row(act, casebook) for act in timeline.acts)
        yield Table(
            "Acts alleged, and what was there before them",
            ("Act, as alleged", "Said to be of", "Public or delivered before", "Public or delivered while it went on", "Claims"),
            rows,
            kind="notice",
        )
    if timeline.undated:
        number = counted(len(timeline.undated), "claim of such acts states", "claims of such acts state").capitalize()
        yield Paragraph((sentence(f"{number} no day, so nothing can be set before them.", cites=_cites(timeline.undated, casebook)),))


def _row(act: NoticeBefore, casebook: Casebook) -> Row:
    reads = _reads(act.act, casebook)
    alleged = list(dict.fromkeys((f"alleged {act_words(read.claim.act)}, said by ", *whose(read, casebook)) for read in reads))
    return Row(
        (
            some(alleged, "; ", MOST_KNOWN),
            (dates_words(act.day, act.until),),
            _before(act, casebook),
            some([_known(one, casebook) for one in act.during], "; ", MOST_KNOWN) or ("nothing",),
        ),
        _cites(act.act, casebook),
    )


def _before(act: NoticeBefore, casebook: Casebook) -> Inline:
    """What came since the act above, and how many items were there in all."""
    if not act.before:
        return (f"nothing that is {'shown' if casebook.handed_out else 'held'} here",)
    new = some([_known(one, casebook) for one in act.known], "; ", MOST_KNOWN)
    earlier = act.before - len(act.known)
    if not earlier:
        return new
    above = f"the {counted(earlier, 'item')} named above"
    return (*new, f"; and {above}") if new else (above,)


def _known(known: Known, casebook: Casebook) -> Inline:
    how = "public" if known.delivered_to is None else "delivered"
    reads = _reads(known.claims, casebook)
    claims = some([(Ref(of_claim(read)),) for read in reads], " ", MOST_KNOWN)
    return (
        f"{how} by {day_words(known.day)}: ",
        Ref(Citation(Cites.ITEM, known.item)),
        " ",
        short_name(casebook.items[known.item].item),
        " (",
        *claims,
        ")",
    )


def _cites(claims: Iterable[str], casebook: Casebook) -> tuple[Citation, ...]:
    return tuple(map(of_claim, _reads(claims, casebook)[:MOST_CITED]))


def _reads(claims: Iterable[str], casebook: Casebook) -> list[ReadClaim]:
    return [casebook.claims[each] for each in claims if each in casebook.claims]
