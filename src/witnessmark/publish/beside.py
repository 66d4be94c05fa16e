"""Two columns that answer each other: claims on one side, who denies, doubts or concedes them on the other.

A denial is never counted against or for anything here; both sides stand with what is stated of their relay, basis and certainty.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import headline, stated_basis, stated_certainty, stated_relay, statement
from witnessmark.publish.block import Beside, Block, Card, Fact, Heading
from witnessmark.publish.casebook import Answering, Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Ref, sentence, some
from witnessmark.publish.words import counted

MOST_BESIDE = 12
"""Claims laid out on one side; a general denial may be about hundreds, the rest are linked."""

MOST_ON_PAGE = 4
"""The same on the page of one claim."""

MOST_LINKED = 400

LONGEST_SIDE = 500
"""Characters of a statement shown here; its card has more."""


def laid_out(about: list[ReadClaim], answers: list[Answering], casebook: Casebook, most: int = MOST_BESIDE) -> Beside:
    """Claims, and the answers that are about exactly these; `most` of each are laid out and the rest linked."""
    standing = casebook.standing_by_id
    return Beside(
        left_label="What is alleged",
        left=(*(side(read, casebook) for read in about[:most]), *_rest(about[most:])),
        right_label="Who answers it",
        right=(
            *(side(standing[answer.claim], casebook, _scope(answer, len(about))) for answer in answers[:most]),
            *_rest([standing[answer.claim] for answer in answers[most:]]),
        ),
        citations=tuple(of_claim(read) for read in (about[0], standing[answers[0].claim])),
    )


def answers_beside(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    """What answers one claim, and what it answers, each beside it; claims that a person called misread are left out."""
    standing = casebook.standing_by_id
    if read.claim.id not in standing:
        return
    found = [each for each in casebook.answers_of(read) if each.claim in standing and each.about in standing and each.claim != each.about]
    by = sorted((each for each in found if each.about == read.claim.id), key=breadth)
    if by:
        yield Heading(sentence("What answers it", cites=(of_claim(read),)))
        yield laid_out([read], by, casebook, MOST_ON_PAGE)
    for answer in sorted((each for each in found if each.claim == read.claim.id), key=breadth)[:1]:
        about = [standing[each.about] for each in found if each.claim == read.claim.id]
        yield Heading(sentence("What it answers", cites=(of_claim(read),)))
        yield laid_out(about, [answer], casebook, MOST_ON_PAGE)


def _rest(reads: list[ReadClaim]) -> tuple[Card, ...]:
    """One card of links for the claims that were not laid out."""
    if not reads:
        return ()
    links = some([(Ref(of_claim(read)),) for read in reads], ", ", MOST_LINKED)
    title = (f"and {counted(len(reads), 'further claim')}",)
    return (Card(title=title, citations=(of_claim(reads[0]),), facts=(Fact("Which", links),)),)


def side(read: ReadClaim, casebook: Casebook, scope: str | None = None) -> Card:
    """A claim as it stands on one side: what is stated of it, and the `scope` of an answer."""
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
    why = answer.why[:1].upper() + answer.why[1:]
    if answer.general is None:
        return f"general or particular: not recorded. {why}"
    particular = f"about {'this claim' if claims == 1 else 'these claims'} in particular"
    return f"{'a general answer, naming no particular claim' if answer.general else particular}. {why}"


def breadth(answer: Answering) -> int:
    """0 for an answer to a claim in particular, 2 for a general one, 1 where nobody has recorded which."""
    return 1 if answer.general is None else 2 if answer.general else 0
