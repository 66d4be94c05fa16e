"""Allegation beside denial: what is alleged on one side, who denies, doubts or concedes it on the other.

A denial is never counted against or for anything here; both sides stand with their relay and their basis. A denial
that answers nothing this case holds is listed too.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import ANSWERING
from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import basis_line, headline, relay_line, statement
from witnessmark.publish.block import Beside, Block, Card, Fact, Paragraph
from witnessmark.publish.casebook import Answering, Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Ref, sentence, some
from witnessmark.publish.words import CERTAINTY_WORDS, counted

MOST_BESIDE = 12
"""Claims laid out on one side; a general denial may be about hundreds, the rest are linked."""

MOST_LINKED = 400

LONGEST_SIDE = 500
"""Characters of a statement shown here; its card has more."""


class AllegationBesideDenial:
    """One pair of columns for each set of claims that is answered."""

    slug = "denials"
    title = "Allegation beside denial"
    apart = False

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """What is answered first, then the answers to which nothing here is known to correspond."""
        standing = {read.claim.id: read for read in casebook.standing}
        groups = _groups(casebook, standing)
        answering = [read for read in casebook.standing if read.claim.stance in ANSWERING]
        if not answering:
            if casebook.heads:
                yield Paragraph((sentence("No denial, doubt, concession, correction or retraction was read.", cites=casebook.heads),))
            return
        for about, answers in groups.items():
            yield _beside([standing[each] for each in about], answers, standing, casebook)
        matched = {answer.claim for answers in groups.values() for answer in answers}
        for read in answering:
            if read.claim.id not in matched:
                yield _alone(read, casebook)


def _groups(casebook: Casebook, standing: dict[str, ReadClaim]) -> dict[tuple[str, ...], list[Answering]]:
    """Answers by the exact set of claims they are about, in the order of the evidence; one answer of each claim a group."""
    by_claim: dict[str, list[Answering]] = {}
    for answer in casebook.answers:
        if answer.claim in standing and answer.about in standing and answer.claim != answer.about:
            by_claim.setdefault(answer.claim, []).append(answer)
    place = {each: at for at, each in enumerate(standing)}
    groups: dict[tuple[str, ...], list[Answering]] = {}
    for claim in sorted(by_claim, key=lambda each: place[each]):
        about = tuple(sorted({answer.about for answer in by_claim[claim]}, key=lambda each: place[each]))
        groups.setdefault(about, []).append(by_claim[claim][0])
    return groups


def _beside(about: list[ReadClaim], answers: list[Answering], standing: dict[str, ReadClaim], casebook: Casebook) -> Beside:
    left = [_side(read, casebook) for read in about[:MOST_BESIDE]]
    right = [_side(standing[answer.claim], casebook, answer) for answer in answers[:MOST_BESIDE]]
    return Beside(
        left_label="What is alleged",
        left=(*left, *_rest(about[MOST_BESIDE:])),
        right_label="Who answers it",
        right=(*right, *_rest([standing[answer.claim] for answer in answers[MOST_BESIDE:]])),
        citations=tuple(of_claim(read) for read in (about[0], standing[answers[0].claim])),
    )


def _alone(read: ReadClaim, casebook: Casebook) -> Beside:
    return Beside(
        left_label="What is alleged",
        left=(),
        right_label="Who answers it",
        right=(_side(read, casebook),),
        citations=(of_claim(read),),
        missing="No claim that this answers is known in this case.",
    )


def _rest(reads: list[ReadClaim]) -> tuple[Card, ...]:
    """One card of links for the claims that were not laid out."""
    if not reads:
        return ()
    links = some([(Ref(of_claim(read)),) for read in reads], ", ", MOST_LINKED)
    title = (f"and {counted(len(reads), 'further claim')}",)
    return (Card(title=title, citations=(of_claim(reads[0]),), facts=(Fact("Which", links),)),)


def _side(read: ReadClaim, casebook: Casebook, answer: Answering | None = None) -> Card:
    facts = [
        Fact("Reached us", relay_line(read, casebook)),
        Fact("Basis", basis_line(read, casebook)),
        Fact("Certainty", (CERTAINTY_WORDS[read.claim.certainty],)),
    ]
    if answer is not None:
        facts.append(Fact("Scope", (f"{_scope(answer)}; {answer.why}",)))
    return Card(
        title=headline(read),
        citations=(of_claim(read),),
        facts=tuple(facts),
        statement=statement(read, casebook, LONGEST_SIDE),
        tone=read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )


def _scope(answer: Answering) -> str:
    if answer.general is None:
        return "general or particular: not recorded"
    return "a general answer, naming no particular claim" if answer.general else "about this claim in particular"
