"""What the case holds in a few sentences: what was read and what was not, who speaks, who denies, what a person has checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.model.claim import ANSWERING, Stance
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.attribution import speaker_name
from witnessmark.publish.block import Block, Bullets
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, of_claim, of_item, of_judgement
from witnessmark.publish.prose import Given, Inline, Jump, Sentence, clip, joined, listed, sentence
from witnessmark.publish.words import STANCE_PASSIVES, counted

MOST_NAMED = 6
"""Speakers named in a sentence; the rest are counted."""

MOST_CITED = 12
"""Records linked after one sentence; the section it leads to has them all."""


class Summary:
    """Plain counts, each with a way to what was counted."""

    slug = "summary"
    title = "Summary"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """One list of sentences."""
        lines = [*_holdings(casebook), *_speakers(casebook), *_answers(casebook), *_checked(casebook)]
        if lines:
            yield Bullets(tuple(lines))

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """All of it: it is short whatever the case."""
        return self.blocks(casebook)


def _holdings(casebook: Casebook) -> Iterator[Sentence]:
    items = casebook.view.items
    read = [held for held in items if held.document is not None]
    unread = [held for held in items if held.document is None]
    if whole := casebook.heads or tuple(of_item(held) for held in items[:MOST_CITED]):
        yield sentence(
            f"The case holds {counted(len(items), 'item')} of evidence (",
            Jump("list", "section-evidence"),
            f"); {counted(len(read), 'document was', 'documents were')} read in it.",
            cites=whole,
        )
    if unread:
        yield sentence(
            f"{counted(len(unread), 'item').capitalize()} could not be read (",
            Jump("why", "section-limits"),
            f"); what stands in {'it' if len(unread) == 1 else 'them'} is not in this draft.",
            cites=_first(unread),
        )


def _first(held: list[HeldItem]) -> tuple[Citation, ...]:
    return tuple(of_item(each) for each in held[:MOST_CITED])


def _speakers(casebook: Casebook) -> Iterator[Sentence]:
    claims = casebook.standing
    if not claims:
        if casebook.heads:
            yield sentence("No claim was read in it.", cites=casebook.heads)
        return
    named = Counter(name for read in claims if (name := speaker_name(read)) is not None)
    nameless = sum(1 for read in claims if read.claim.speaker is not None and read.claim.speaker.name is None)
    own = sum(1 for read in claims if read.claim.speaker is None)
    yield sentence(
        f"Machines read {counted(len(claims), 'claim')} in it (",
        Jump("who says what", "section-claims"),
        f"): {named.total():,} by {counted(len(named), 'named speaker')}, {nameless:,} by speakers not named or not identified,"
        f" {own:,} stated by the documents themselves.",
        cites=casebook.heads or (of_claim(claims[0]),),
    )
    if named:
        yield _most_heard(named, claims)


def _most_heard(named: Counter[str], claims: list[ReadClaim]) -> Sentence:
    ranked = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED]
    first: dict[str, Citation] = {}
    for read in claims:
        if (name := speaker_name(read)) is not None:
            first.setdefault(name, of_claim(read))
    lines: list[Inline] = [(Given(clip(name, 120)), f" ({number:,})") for name, number in ranked]
    more = f" and {counted(len(named) - len(ranked), 'other')}" if len(named) > len(ranked) else ""
    return sentence(
        "Most claims are by ", *(joined(lines) if more else listed(lines)), f"{more}.", cites=tuple(first[name] for name, _ in ranked)
    )


def _answers(casebook: Casebook) -> Iterator[Sentence]:
    answering = [read for read in casebook.standing if read.claim.stance in ANSWERING]
    for stance in (each for each in Stance if each in ANSWERING):
        reads = [read for read in answering if read.claim.stance is stance]
        if not reads:
            continue
        yield sentence(
            f"Something is {STANCE_PASSIVES[stance]} by ",
            *_by_whom(reads),
            f" in {counted(len(reads), 'claim')} (",
            Jump("allegation beside denial", "section-denials"),
            ").",
            cites=tuple(of_claim(read) for read in reads[:MOST_CITED]),
        )


def _by_whom(reads: list[ReadClaim]) -> Inline:
    """The speakers of these claims: the named by name, then that there are others, and the documents' own voice."""
    names = sorted({name for read in reads if (name := speaker_name(read)) is not None})
    lines: list[Inline] = [(Given(clip(name, 120)),) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        lines.append((counted(len(names) - MOST_NAMED, "other"),))
    if any(read.claim.speaker is not None and read.claim.speaker.name is None for read in reads):
        lines.append(("a speaker not named or not identified",))
    if any(read.claim.speaker is None for read in reads):
        lines.append(("the documents themselves",))
    return listed(lines)


def _checked(casebook: Casebook) -> Iterator[Sentence]:
    claims = list(casebook.claims.values())
    if not claims:
        return
    counts = Counter(read.status for read in claims)
    judged = len(claims) - counts[Status.PROPOSED]
    made = tuple(citation for read in claims if (citation := of_judgement(read)) is not None)
    words = ", ".join(f"{counts[status]:,} {STATUS_WORDS[status]}" for status in Status if counts[status])
    yield sentence(
        f"People have checked the reading of {judged:,} of {counted(len(claims), 'claim')}: {words}."
        " Checking a reading says nothing about whether the claim is true.",
        cites=made[:MOST_CITED] or casebook.heads or (of_claim(claims[0]),),
    )
