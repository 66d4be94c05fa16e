"""Allegation beside denial: what is alleged on one side, who denies, doubts or concedes it on the other.

A denial is never counted against or for anything here; both sides stand with what is stated of their relay, basis and
certainty. Answers tied to something come first, particular before general, then by how many claims they answer; those
that answer nothing this case holds are listed after them.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import ANSWERING
from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import headline, stated_basis, stated_certainty, stated_relay, statement
from witnessmark.publish.block import Beside, Block, Card, Fact, Heading, Paragraph
from witnessmark.publish.casebook import Answering, Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Ref, sentence, some
from witnessmark.publish.words import counted

MOST_BESIDE = 12
"""Claims laid out on one side; a general denial may be about hundreds, the rest are linked."""

MOST_LINKED = 400

LEFT_OUT = "Relay, basis and certainty are shown here where they are stated; the card of each claim also says what is not."

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
        yield Paragraph((sentence(LEFT_OUT, cites=(of_claim(answering[0]),)),))
        for about, answers in _ranked(groups):
            yield _beside([standing[each] for each in about], answers, standing, casebook)
        matched = {answer.claim for answers in groups.values() for answer in answers}
        alone = [read for read in answering if read.claim.id not in matched]
        if alone:
            yield Heading(sentence("Answers to something not in this case", cites=(of_claim(alone[0]),)))
        for read in alone:
            yield _alone(read, casebook)


def _groups(casebook: Casebook, standing: dict[str, ReadClaim]) -> dict[tuple[str, ...], list[Answering]]:
    """Answers by the exact set of claims they are about, in the order of the evidence.

    What one claim answers in particular and what it answers in general are two answers, so that neither passes for the other.
    """
    by_claim: dict[tuple[str, int], list[Answering]] = {}
    for answer in casebook.answers:
        if answer.claim in standing and answer.about in standing and answer.claim != answer.about:
            by_claim.setdefault((answer.claim, _breadth(answer)), []).append(answer)
    place = {each: at for at, each in enumerate(standing)}
    groups: dict[tuple[str, ...], list[Answering]] = {}
    for key in sorted(by_claim, key=lambda each: (each[1], place[each[0]])):
        about = tuple(sorted({answer.about for answer in by_claim[key]}, key=lambda each: place[each]))
        groups.setdefault(about, []).append(by_claim[key][0])
    return groups


def _breadth(answer: Answering) -> int:
    """0 for an answer to a claim in particular, 2 for a general one, 1 where nobody has recorded which."""
    return 1 if answer.general is None else 2 if answer.general else 0


def _ranked(groups: dict[tuple[str, ...], list[Answering]]) -> list[tuple[tuple[str, ...], list[Answering]]]:
    """The groups with a particular answer first, and within a kind those that answer most."""
    return sorted(groups.items(), key=lambda group: (_breadth(group[1][0]), -len(group[0])))


def _beside(about: list[ReadClaim], answers: list[Answering], standing: dict[str, ReadClaim], casebook: Casebook) -> Beside:
    left = [_side(read, casebook) for read in about[:MOST_BESIDE]]
    right = [_side(standing[answer.claim], casebook, _scope(answer, len(about))) for answer in answers[:MOST_BESIDE]]
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


def _side(read: ReadClaim, casebook: Casebook, scope: str | None = None) -> Card:
    stated = (
        ("Reached us", stated_relay(read, casebook)),
        ("Basis", stated_basis(read, casebook)),
        ("Certainty", stated_certainty(read)),
    )
    facts = [Fact(label, value) for label, value in stated if value]
    if scope is not None:
        facts.append(Fact("Scope", (scope,)))
    return Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        facts=tuple(facts),
        statement=statement(read, casebook, LONGEST_SIDE),
        tone=read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )


def _scope(answer: Answering, claims: int) -> str:
    """Whether it is about these claims in particular, and what tied it to them."""
    if answer.general is None:
        return f"general or particular: not recorded; {answer.why}"
    particular = f"about {'this claim' if claims == 1 else 'these claims'} in particular"
    return f"{'a general answer, naming no particular claim' if answer.general else particular}; {answer.why}"
