"""Two columns that answer each other: claims on one side, who denies, doubts or concedes them on the other.

A denial is never counted against or for anything here; both sides stand with what is stated of their relay, basis and certainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import headline, stated_basis, stated_certainty, stated_relay, statement
from witnessmark.publish.block import Beside, Block, Card, Fact, Heading
from witnessmark.publish.casebook import Answering, Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Inline, Ref, sentence, some
from witnessmark.publish.words import counted

MOST_BESIDE = 12
"""Claims laid out on one side; a general denial may be about hundreds, the rest are linked."""

MOST_ON_PAGE = 4
"""The same on the page of one claim."""

MOST_LINKED = 400

MOST_FOR_A_REASON = 40
"""Claims linked beside one of several reasons."""

LONGEST_SIDE = 500
"""Characters of a statement shown here; its card has more."""


class Reply(msgspec.Struct, frozen=True):
    """What one claim answers, all of it in particular or all of it in general: each claim it is about, with what tied the two."""

    answers: tuple[Answering, ...]

    @property
    def claim(self) -> str:
        """The claim that answers."""
        return self.answers[0].claim

    @property
    def general(self) -> bool | None:
        """Whether it names no particular claim; None where nobody has recorded it."""
        return self.answers[0].general

    @property
    def breadth(self) -> int:
        """0 for an answer to claims in particular, 2 for a general one, 1 where nobody has recorded which."""
        return 1 if self.general is None else 2 if self.general else 0

    @property
    def reasons(self) -> dict[str, list[str]]:
        """What tied it to the claims it is about: each reason once, with those claims."""
        found: dict[str, list[str]] = {}
        for answer in self.answers:
            found.setdefault(answer.why, []).append(answer.about)
        return {why: list(dict.fromkeys(about)) for why, about in found.items()}


def replies(answers: Iterable[Answering]) -> list[Reply]:
    """The answers of each claim together, those in particular apart from those in general so that neither passes for the other."""
    found: dict[tuple[str, bool | None], list[Answering]] = {}
    for answer in answers:
        found.setdefault((answer.claim, answer.general), []).append(answer)
    return [Reply(tuple(each)) for each in found.values()]


def laid_out(
    about: list[ReadClaim], answering: list[Reply], casebook: Casebook, most: int = MOST_BESIDE, most_replies: int | None = None
) -> Beside:
    """Claims, and the replies that are about these; `most` of each (or `most_replies`) are laid out and the rest linked."""
    replying = most if most_replies is None else most_replies
    standing = casebook.standing_by_id
    return Beside(
        left_label="What is alleged",
        left=(*(side(read, casebook) for read in about[:most]), *_rest(about[most:])),
        right_label="Who answers it",
        right=(
            *(side(standing[reply.claim], casebook, _scope(reply, casebook)) for reply in answering[:replying]),
            *_rest([standing[reply.claim] for reply in answering[replying:]]),
        ),
        citations=tuple(of_claim(read) for read in (about[0], standing[answering[0].claim])),
    )


def answers_beside(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    """What answers one claim, and what it answers, each beside it; claims that a person called misread are left out."""
    standing = casebook.standing_by_id
    if read.claim.id not in standing:
        return
    found = [each for each in casebook.answers_of(read) if each.claim in standing and each.about in standing and each.claim != each.about]
    by = sorted(replies(each for each in found if each.about == read.claim.id), key=lambda reply: reply.breadth)
    if by:
        yield Heading(sentence("What answers it", cites=(of_claim(read),)))
        yield laid_out([read], by, casebook, MOST_ON_PAGE)
    own = sorted(replies(each for each in found if each.claim == read.claim.id), key=lambda reply: reply.breadth)
    if own:
        yield Heading(sentence("What it answers", cites=(of_claim(read),)))
    for reply in own:
        about = dict.fromkeys(each.about for each in reply.answers)
        yield laid_out([standing[each] for each in about], [reply], casebook, MOST_ON_PAGE)


def _rest(reads: list[ReadClaim]) -> tuple[Card, ...]:
    """One card of links for the claims that were not laid out."""
    if not reads:
        return ()
    linked = tuple(of_claim(read) for read in reads[:MOST_LINKED])
    facts = (Fact("Not linked here", (counted(len(reads) - MOST_LINKED, "claim"),)),) if len(reads) > MOST_LINKED else ()
    return (Card(title=(f"And {counted(len(reads), 'further claim')}",), citations=linked, facts=facts, tone="rest"),)


def side(read: ReadClaim, casebook: Casebook, scope: Inline = ()) -> Card:
    """A claim as it stands on one side: what is stated of it, and the `scope` of an answer."""
    stated = (
        ("Reached us", stated_relay(read, casebook)),
        ("Basis", stated_basis(read, casebook)),
        ("Certainty", stated_certainty(read)),
    )
    facts = [Fact(label, value) for label, value in stated if value]
    if scope and not stated_basis(read, casebook):
        facts.append(Fact("Basis", ("none given",)))
    if scope:
        facts.append(Fact("Scope", scope))
    return Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        facts=tuple(facts),
        statement=statement(read, casebook, LONGEST_SIDE),
        tone=read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )


def _scope(reply: Reply, casebook: Casebook) -> Inline:
    """Whether it is about these claims in particular, and what tied it to them; where that differs, which reason is for which claims."""
    reasons = reply.reasons
    if reply.general is None:
        kind = "general or particular: not recorded"
    elif reply.general:
        kind = "a general answer, naming no particular claim"
    else:
        kind = f"about {'this claim' if len(_about(reply)) == 1 else 'these claims'} in particular"
    if len(reasons) == 1:
        (why,) = reasons
        return (f"{kind}. {why[:1].upper()}{why[1:]}",)
    return (f"{kind}.", *(part for why, about in reasons.items() for part in _for_these(why, about, casebook)))


def _about(reply: Reply) -> set[str]:
    return {answer.about for answer in reply.answers}


def _for_these(why: str, about: list[str], casebook: Casebook) -> Inline:
    """One reason among several, with the claims it is for in the order of the evidence."""
    links = some([(Ref(of_claim(read)),) for read in casebook.standing if read.claim.id in about], ", ", MOST_FOR_A_REASON)
    return (" For ", *links, f": {why.removesuffix('.')}.")
