"""Allegation beside denial: what is alleged on one side, who denies, doubts or concedes it on the other.

A denial is never counted against or for anything here; both sides stand with what is stated of their relay, basis and
certainty. Answers tied to something come first, particular before general, then by how many claims they answer; those
that answer nothing this case holds are listed after them. A dossier too large to open with all of them opens with the denials that answer most other originals.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import ANSWERING, Stance
from witnessmark.model.view import ReadClaim
from witnessmark.publish.beside import Reply, laid_out, replies, side
from witnessmark.publish.block import Beside, Block, Heading, Paragraph
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import sentence

LEFT_OUT = "Relay, basis and certainty are shown here where they are stated; the page of each claim also says what is not."

MOST_LED = 3
"""Sets of answered claims that open a dossier too large to open with them all."""

MOST_LED_BESIDE = 3
"""Claims laid out on one side there."""


Groups = dict[tuple[str, ...], list[Reply]]
"""Replies by the claims they are about."""


class AllegationBesideDenial:
    """One pair of columns for each set of claims that is answered."""

    slug = "denials"
    title = "Allegation beside denial"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """What is answered first, then the answers to which nothing here is known to correspond."""
        standing = casebook.standing_by_id
        groups = _groups(casebook, standing)
        answering = [read for read in casebook.standing if read.claim.stance in ANSWERING]
        if not answering and not groups:
            if casebook.heads:
                yield Paragraph((sentence("No denial, doubt, concession, correction or retraction was read.", cites=casebook.heads),))
            return
        first = answering[0] if answering else standing[next(iter(groups))[0]]
        yield Paragraph((sentence(LEFT_OUT, cites=casebook.heads or (of_claim(first),)),))
        for about, answers in _ranked(groups):
            yield laid_out([standing[each] for each in about], answers, casebook)
        yield from _unmatched(answering, groups, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The first sets, with the first claims of each."""
        standing = casebook.standing_by_id
        ranked = sorted(_groups(casebook, standing).items(), key=lambda group: _reach(group, standing))
        for about, answers in ranked[:MOST_LED]:
            yield laid_out([standing[each] for each in about], answers, casebook, MOST_LED_BESIDE)
        if len(ranked) > MOST_LED:
            cites = casebook.heads or (of_claim(standing[ranked[0][1][0].claim]),)
            yield Paragraph((sentence(f"These are {MOST_LED} of {len(ranked):,} sets of claims that are answered.", cites=cites),))


def _unmatched(answering: list[ReadClaim], groups: Groups, casebook: Casebook) -> Iterator[Block]:
    """Answers to something nobody here is known to say."""
    matched = {reply.claim for group in groups.values() for reply in group}
    alone = [read for read in answering if read.claim.id not in matched]
    if alone:
        yield Heading(sentence("Answers to something not shown here", cites=(of_claim(alone[0]),)))
    for read in alone:
        yield _alone(read, casebook)


def _groups(casebook: Casebook, standing: dict[str, ReadClaim]) -> Groups:
    """Replies by the exact set of claims they are about, in the order of the evidence."""
    place = {each: at for at, each in enumerate(standing)}
    known = [answer for answer in casebook.answers if answer.claim in place and answer.about in place and answer.claim != answer.about]
    groups: Groups = {}
    for reply in sorted(replies(known), key=lambda each: (each.breadth, place[each.claim])):
        about = tuple(sorted({answer.about for answer in reply.answers}, key=lambda each: place[each]))
        groups.setdefault(about, []).append(reply)
    return groups


def _ranked(groups: Groups) -> list[tuple[tuple[str, ...], list[Reply]]]:
    """The groups with a particular answer first, and within a kind those that answer most."""
    return sorted(groups.items(), key=lambda group: (group[1][0].breadth, -len(group[0])))


def _reach(group: tuple[tuple[str, ...], list[Reply]], standing: dict[str, ReadClaim]) -> tuple[bool, int, int, int]:
    """What a reader should meet first: a denial before a doubt, one that answers several other originals before one inside its own."""
    about, answers = group
    answering = [standing[reply.claim] for reply in answers]
    items = {standing[each].item for each in about} - {read.item for read in answering}
    denied = any(read.claim.stance is Stance.DENIES for read in answering)
    return not denied, -len(items), answers[0].breadth, -len(about)


def _alone(read: ReadClaim, casebook: Casebook) -> Beside:
    return Beside(
        left_label="What is alleged",
        left=(),
        right_label="Who answers it",
        right=(side(read, casebook),),
        citations=(of_claim(read),),
        missing="No claim that this answers is shown here.",
    )
