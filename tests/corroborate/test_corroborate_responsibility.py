"""Responsibility as alleged: edges are sets of claims and denials, and no name is let out on a guess."""

from __future__ import annotations

import msgspec
import pytest
from tests.corroborate.corroborate_claims import placed

from witnessmark.corroborate import PlacedClaim, find_answers
from witnessmark.corroborate.bodies import party_key
from witnessmark.corroborate.responsibility import alleged_responsibility, party_decisions
from witnessmark.model.claim import Act, ClaimParty, Kind, PartyRole, Speaker, Stance
from witnessmark.model.decision import Decision
from witnessmark.model.responsibility import NAMED_RESPONSIBILITY, PARTY, PARTY_KIND, AllegedParty, PartyKind, Responsibility
from witnessmark.model.span import Span


def party(name: str | None, role: PartyRole) -> ClaimParty:
    return ClaimParty(name, role, 0, 1, name or "it")


def helped(giver: str, getter: str | None = "the regime", stance: Stance = Stance.ASSERTS, **more: object) -> PlacedClaim:
    parties = (party(giver, PartyRole.SUPPORTER), *([party(getter, PartyRole.RECIPIENT)] if getter else []))
    return placed(stance, Act.SUPPORT, parties=parties, place=None, **more)  # type: ignore[arg-type]


def graph(*claims: PlacedClaim, decisions: tuple[Decision, ...] = ()) -> Responsibility:
    return alleged_responsibility(claims, find_answers(claims), party_decisions(decisions))


def only(found: Responsibility, key: str) -> AllegedParty:
    return next(each for each in found.parties if each.key == key)


def decided(name: str, field: str, value: str, by: str, *, undone: bool = False) -> Decision:
    return Decision("decision-1", PARTY + party_key(name), field, value, "why", by, "2031-06-01T00:00:00Z", undone)


def test_a_claim_of_support_gives_an_edge_to_whom_it_names() -> None:
    claim = helped("Ruvenia")
    (part,) = graph(claim).parts
    assert (part.party, part.role, part.of, part.said, part.denied) == ("ruvenia", PartyRole.SUPPORTER, "regime", (claim.claim.id,), ())


def test_two_claims_of_one_part_make_one_edge_that_cites_both() -> None:
    one, other = helped("Ruvenia"), helped("Ruvenia", item="wire")
    assert graph(one, other).parts[0].said == (one.claim.id, other.claim.id)


def test_a_denial_stands_beside_the_edge_and_never_makes_one() -> None:
    said, denied = helped("Ruvenia"), helped("Ruvenia", stance=Stance.DENIES, item="denial", speaker="Ruvenian embassy")
    (part,) = graph(said, denied).parts
    assert part.denied == (denied.claim.id,)
    assert graph(denied).parts == ()


@pytest.mark.parametrize("stance", [Stance.DEMANDS, Stance.PREDICTS, Stance.PLEDGES, Stance.DOUBTS])
def test_what_is_demanded_predicted_pledged_or_doubted_gives_nobody_a_part(stance: Stance) -> None:
    assert graph(helped("Ruvenia", stance=stance)).parts == ()


def test_an_opinion_gives_nobody_a_part() -> None:
    assert graph(helped("Ruvenia", kind=Kind.OPINION)).parts == ()


def test_a_party_without_a_name_stands_in_no_edge_and_is_counted() -> None:
    claim = placed(parties=(party(None, PartyRole.PERPETRATOR), party("whoever", PartyRole.COMMANDER)))
    found = graph(claim)
    assert (found.parts, found.nameless) == ((), (claim.claim.id,))


def test_names_are_one_party_only_where_they_are_written_alike() -> None:
    found = graph(helped("The Tolvarian army"), helped("Tolvarian army"), helped("the army of Tolvaria"))
    assert [each.key for each in found.parties if each.key != "regime"] == ["tolvarian army", "army of tolvaria"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the Interior Ministry", PartyKind.BODY),
        ("soldiers", PartyKind.BODY),
        ("3rd Brigade", PartyKind.BODY),
        ("NBD", PartyKind.BODY),
        ("Ministry of Foreign Affairs", PartyKind.BODY),
        ("Six agents", PartyKind.BODY),
        ("men of the Interior Guard", PartyKind.BODY),
        ("prison guard Oren Vale", PartyKind.PERSON),
        ("army chief Oren Vale", PartyKind.PERSON),
        ("Oren Vale of the army", PartyKind.PERSON),
        ("brother of Oren Vale", PartyKind.UNSETTLED),
        ("General Oren Vale", PartyKind.PERSON),
        ("Oren Vale", PartyKind.PERSON),
        ("Vale", PartyKind.UNSETTLED),
        ("Ruvenia", PartyKind.UNSETTLED),
    ],
)
def test_only_what_its_own_words_call_a_body_is_one(name: str, kind: PartyKind) -> None:
    found = only(graph(helped(name)), party_key(name))
    assert (found.kind, found.may_be_named) == (kind, kind is PartyKind.BODY)


def test_a_bare_name_is_a_country_where_claims_use_it_as_one() -> None:
    embassy = placed(speaker="Ruvenian embassy", item="embassy")
    of = placed(content=(Span(0, 29, "the government of Tolm agreed"),), item="other")
    found = graph(helped("Ruvenia"), helped("Tolm"), embassy, of)
    assert only(found, "ruvenia").kind is PartyKind.BODY
    assert only(found, "tolm").kind is PartyKind.BODY


def test_a_body_named_after_somebody_is_shown_without_the_name() -> None:
    found = graph(helped("Ruvenia", "government of President Ada Orlo"), helped("Ruvenia", "the Orlo government", item="wire"))
    for key in ("government of president ada orlo", "orlo government"):
        body = only(found, key)
        assert (body.kind, body.may_be_named, body.office) == (PartyKind.BODY, False, "government")


def test_a_body_that_somebody_owns_is_shown_without_whose_it_is_unless_that_is_a_country() -> None:
    embassy = placed(speaker="Ruvenian embassy", item="embassy")
    found = graph(helped("Vale's militia"), helped("Ruvenia's army", item="wire"), embassy)
    owned, of_country = only(found, party_key("Vale's militia")), only(found, party_key("Ruvenia's army"))
    assert (owned.office, owned.may_be_named) == ("militia", False)
    assert (of_country.office, of_country.may_be_named) == (None, True)


def test_a_person_has_the_office_that_claims_give() -> None:
    speaking = placed(item="talk")
    role = msgspec.structs.replace(speaking.claim, speaker=Speaker("Oren Vale", role="deputy director of prisons"))
    found = graph(helped("Oren Vale", item="report"), msgspec.structs.replace(speaking, claim=role))
    assert only(found, "oren vale").office == "deputy director of prisons"


def test_a_person_may_be_named_only_after_two_people_decided_so() -> None:
    yes = decided("Oren Vale", NAMED_RESPONSIBILITY, "yes", "key-a")
    twice = (yes, yes)
    two = (yes, decided("Oren Vale", NAMED_RESPONSIBILITY, "yes", "key-b"))
    objection = (*two, decided("Oren Vale", NAMED_RESPONSIBILITY, "no", "key-c"))
    changed_mind = (*two, decided("Oren Vale", NAMED_RESPONSIBILITY, "no", "key-a"))
    taken_back = (yes, decided("Oren Vale", NAMED_RESPONSIBILITY, "yes", "key-b", undone=True))
    claim = helped("Oren Vale")
    named = [
        only(graph(claim, decisions=made), "oren vale").may_be_named for made in ((yes,), twice, two, objection, changed_mind, taken_back)
    ]
    assert named == [False, False, True, False, False, False]


def test_people_can_settle_that_a_name_is_a_body() -> None:
    body = decided("Corvane", PARTY_KIND, "body", "key-a")
    assert only(graph(helped("Corvane"), decisions=(body,)), "corvane").may_be_named


def test_calling_it_a_person_takes_two_more_to_name() -> None:
    person = decided("the Interior Ministry", PARTY_KIND, "person", "key-a")
    assert not only(graph(helped("the Interior Ministry"), decisions=(person,)), "interior ministry").may_be_named
