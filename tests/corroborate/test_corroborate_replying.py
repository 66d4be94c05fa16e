"""Answers in which no word denies: who says it, where and after what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from tests.corroborate.corroborate_documents import claim, document, only, weighed

from witnessmark.corroborate import Corroboration, PlacedClaim, PlacedDocument
from witnessmark.corroborate.replying import FEATURES, features_of, replies_in
from witnessmark.model.claim import Act, Stance
from witnessmark.model.incident import Role
from witnessmark.model.item import SourceKind

NAMED = "Soldiers of the Valley Command shot nine workers at the Kessan mill near Dorvo on Sunday evening"
WIRE = document(
    "wire", f"{NAMED}. The soldiers fired from two lorries at the mill gate, the workers' families said.", published="2031-03-03"
)
SAYS = "The workers of the Kessan mill near Dorvo were taken home in our lorries on Sunday evening"
REST = "No soldier fired at the mill. Nobody was hurt there. These claims are inventions of certain media"
COMMAND = document("command", f"{SAYS}. {REST}.", publisher="Valley Command", kind=SourceKind.STATE, published="2031-03-04")


def told() -> list[PlacedClaim]:
    return [
        claim(WIRE, NAMED),
        claim(WIRE, "The soldiers fired from two lorries at the mill gate", speaker="the workers' families"),
        claim(COMMAND, SAYS, act=None),
        claim(COMMAND, "No soldier fired at the mill", stance=Stance.DENIES, act=Act.ATTACK),
        claim(COMMAND, "Nobody was hurt there", stance=Stance.DENIES, act=None),
        claim(COMMAND, "These claims are inventions of certain media", stance=Stance.DENIES, act=None),
    ]


def likely(claims: Sequence[PlacedClaim], documents: Sequence[PlacedDocument]) -> dict[str, float]:
    corroboration = Corroboration()
    corroboration.change(claims, documents)
    found = [reply for group in corroboration.groups() for reply in replies_in(group, corroboration.grouping)]
    return {reply.telling.placed.claim.quote: reply.likely for reply in found}


def test_a_claim_of_who_is_accused_among_denials_is_taken_for_a_likely_answer() -> None:
    assert likely(told(), [WIRE, COMMAND])[SAYS] >= 0.3


def test_what_was_told_first_answers_nothing() -> None:
    corroboration = Corroboration()
    corroboration.change(told(), [WIRE, COMMAND])
    answering = {answer.claim for answer in corroboration.result().answers}
    assert not answering & {placed.claim.id for placed in told() if placed.item == "wire"}


def test_every_telling_of_a_group_has_a_row_of_all_features() -> None:
    corroboration = Corroboration()
    corroboration.change(told(), [WIRE, COMMAND])
    for group in corroboration.groups():
        assert features_of(group, corroboration.grouping).shape == (len(group), len(FEATURES))


def test_an_answer_that_no_word_denies_is_set_beside_and_never_called_a_denial() -> None:
    found = weighed([WIRE, COMMAND], told())
    said = {placed.claim.id: placed.claim for placed in told()}
    unworded = [answer for answer in found.answers if said[answer.claim].stance is Stance.ASSERTS]
    assert unworded
    assert all("No word of it denies" in answer.why for answer in unworded)
    roles = {part.id: part.role for incident in found.incidents for part in incident.claims}
    assert all(roles.get(answer.claim) is not Role.DENIES for answer in unworded)


def test_such_an_answer_moves_nothing() -> None:
    alone, answered = (only(weighed(documents, claims)) for documents, claims in (([WIRE], told()[:2]), ([WIRE, COMMAND], told()[:3])))
    assert (answered.level, answered.denied_by, answered.disputed_by) == (alone.level, (), ())


def test_a_document_is_not_taken_to_deny_what_it_says_in_its_own_voice() -> None:
    both = [claim(COMMAND, SAYS, act=Act.DISPLACEMENT), claim(COMMAND, "No soldier fired at the mill", stance=Stance.DENIES)]
    own = [both[0], msgspec.structs.replace(both[1], claim=msgspec.structs.replace(both[1].claim, answers=(both[0].claim.id,)))]
    assert weighed([COMMAND], own).answers == ()
