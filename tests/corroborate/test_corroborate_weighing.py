from __future__ import annotations

import pytest
from tests.corroborate.corroborate_documents import MILL, basis, claim, count, document, only, weighed

from witnessmark.corroborate import Judged, PlacedClaim, PlacedDocument
from witnessmark.model.claim import Basis, BasisKind, Polarity, Stance
from witnessmark.model.incident import Incident, Role, Use
from witnessmark.model.item import SourceKind

SEEN = document("wire", f"{MILL}, said Edda Rok, who watched from the loft.", published="2031-03-03")
SURVIVOR = document(
    "statement",
    f"{MILL}. I was shot in the hand. A nurse at Dorvo wrote it in the register.",
    published="2031-03-06",
    publisher="Jona Ferl",
    kind=SourceKind.WITNESS,
)
DENIAL = "no gunmen shot any workers at the Kessan mill near Dorvo"


def denial(words: str = "", kind: BasisKind | None = None) -> tuple[PlacedDocument, PlacedClaim]:
    told = document("agency", f"The army said {DENIAL}{words}.", published="2031-03-05", kind=SourceKind.STATE)
    rests = basis(told, words, kind) if kind else ()
    return told, claim(told, DENIAL, speaker="The army", stance=Stance.DENIES, polarity=Polarity.NEGATED, basis=rests)


def seen() -> PlacedClaim:
    return claim(SEEN, MILL, speaker="Edda Rok")


def survived(*rests: Basis) -> PlacedClaim:
    return claim(SURVIVOR, MILL, basis=rests)


def test_one_witness_who_saw_it_is_supported_at_first_hand_and_says_why() -> None:
    incident = only(weighed([SEEN], [seen()]))
    assert (incident.level, incident.support, incident.rule) == (4, "supported at first hand", "weigh/1")
    assert incident.reasons == ("Edda Rok saw or heard it.",)


def test_a_line_that_was_only_told_is_supported_at_second_hand() -> None:
    told = document("paper", f"{MILL}, said Edda Rok, who had it from a carter.")
    heard = claim(told, MILL, speaker="Edda Rok", basis=basis(told, "had it from a carter", BasisKind.WAS_TOLD))
    assert only(weighed([told], [heard])).level == 3


def test_a_bare_denial_moves_nothing_and_is_shown() -> None:
    told, denied = denial()
    without, beside = only(weighed([SEEN], [seen()])), only(weighed([SEEN, told], [seen(), denied]))
    assert (beside.level, beside.independent_lines) == (without.level, without.independent_lines)
    assert (beside.denied_by, beside.disputed_by) == (("The army",), ())
    assert [part.role for part in beside.claims] == [Role.SUPPORTS, Role.DENIES]


def test_a_denial_with_a_basis_is_disputed_and_lowers_the_level_and_is_asked_for() -> None:
    told, denied = denial(", as the flight log shows", BasisKind.DOCUMENT)
    incident = only(weighed([SEEN, told], [seen(), denied]))
    assert (incident.level, incident.denied_by, incident.disputed_by) == (3, (), ("The army",))
    assert any("ask The army for “, as the flight log shows”" in wanted for wanted in incident.asked_for)


def test_a_second_line_raises_the_level_and_repeats_do_not() -> None:
    other = document("radio", f"{MILL}, said Olm Beresk, who saw it from the bridge.")
    repeats = [document(f"paper {n}", f"{MILL}, said Edda Rok.") for n in range(9)]
    repeated = only(weighed([SEEN, *repeats], [seen(), *(claim(each, MILL, speaker="Edda Rok") for each in repeats)]))
    second = only(weighed([SEEN, other], [seen(), claim(other, MILL, speaker="Olm Beresk")]))
    assert (repeated.level, second.level) == (4, 5)
    assert "Edda Rok saw or heard it, repeated by 9 other claims, which add no line." in repeated.reasons


def test_one_survivor_whose_statement_is_held_reaches_the_top_with_a_record_of_another_kind() -> None:
    alone = only(weighed([SURVIVOR], [survived()]))
    recorded = only(weighed([SURVIVOR], [survived(*basis(SURVIVOR, "register", BasisKind.DOCUMENT))]))
    assert (alone.independent_lines, alone.level) == (1, 5)
    assert (recorded.independent_lines, recorded.level, recorded.support) == (1, 6, "very well supported")


@pytest.mark.parametrize("grade", ["A", "D", "E", "F"])
def test_a_persons_testimony_is_never_graded(grade: str) -> None:
    graded = only(weighed([SURVIVOR], [survived()], Judged(grades={"Edda Rok": grade, "W-07": grade})))
    assert graded.level == only(weighed([SURVIVOR], [survived()])).level


def reported(grades: dict[str, str]) -> Incident:
    report = document("report", f"{MILL}. Our team found the shells.", publisher="Valley Watch", kind=SourceKind.NGO)
    return only(weighed([SEEN, report], [seen(), claim(report, MILL)], Judged(grades=grades)))


def test_a_body_graded_unreliable_raises_nothing_and_one_that_cannot_be_judged_counts_as_ungraded() -> None:
    assert [reported(grades).level for grades in ({}, {"Valley Watch": "F"}, {"Valley Watch": "E"})] == [5, 5, 4]


def test_what_its_source_took_back_is_withdrawn() -> None:
    paper = document(
        "paper", f"{MILL}, said Edda Rok, who watched from the loft. Edda Rok took it back: no worker was shot at the Kessan mill."
    )
    alleged = claim(paper, MILL, speaker="Edda Rok", victims=(count(9, 9),))
    back = claim(
        paper, "no worker was shot at the Kessan mill", speaker="Edda Rok", stance=Stance.RETRACTS, act=None, answers=(alleged.claim.id,)
    )
    incident = only(weighed([paper], [alleged, back]))
    assert (incident.level, incident.independent_lines, incident.victims) == (1, 0, ())
    assert [each.use for each in incident.stated] == [Use.WITHDRAWN]


def test_what_is_asserted_and_not_held_is_asked_for() -> None:
    told = document("paper", f"{MILL}, said Edda Rok, pointing at satellite images.")
    shown = claim(told, MILL, speaker="Edda Rok", basis=basis(told, "satellite images", BasisKind.IMAGE))
    held = claim(told, MILL, speaker="Edda Rok", basis=basis(told, "satellite images", BasisKind.IMAGE, held="image-1"))
    assert only(weighed([told], [shown])).asked_for == ("asserted, not held here: ask Edda Rok for “satellite images”",)
    assert only(weighed([told], [held])).asked_for == ()


def test_the_item_without_which_the_finding_would_be_another_is_named() -> None:
    other = document("radio", f"{MILL}, said Olm Beresk.")
    incident = only(weighed([SEEN, other], [seen(), claim(other, MILL, speaker="Olm Beresk")]))
    assert [(pivot.item, pivot.level) for pivot in incident.pivots] == [("wire", 2)]


def figures(*stated: tuple[str, tuple[int | None, int | None]]) -> Incident:
    told = [document(name, f"{MILL}, said {name} Rok, who saw it.") for name, _ in stated]
    claims = [
        claim(each, MILL, speaker=f"{name} Rok", victims=(count(*bounds),)) for each, (name, bounds) in zip(told, stated, strict=True)
    ]
    return only(weighed(told, claims))


def test_figures_of_two_roots_are_a_range_and_never_intersected() -> None:
    assert [(v.min, v.max, v.rule) for v in figures(("Edda", (9, 9)), ("Olm", (12, 12))).victims] == [(9, 12, "min-max")]
    assert [(v.min, v.max, v.rule) for v in figures(("Edda", (13, None)), ("Olm", (9, 9))).victims] == [(9, None, "min-max")]


def test_an_upper_and_a_lower_bound_stay_apart() -> None:
    assert [(v.min, v.max, v.rule) for v in figures(("Edda", (None, 50)), ("Olm", (2000, None))).victims] == [
        (None, 50, "as stated"),
        (2000, None, "as stated"),
    ]


def test_a_part_is_no_total_and_a_later_count_of_the_same_body_supersedes() -> None:
    first = document("first", f"{MILL}. We counted 9.", publisher="Valley Watch", kind=SourceKind.NGO, published="2031-03-04")
    later = document("later", f"{MILL}. We have counted again.", publisher="Valley Watch", kind=SourceKind.NGO, published="2031-03-08")
    claims = [
        claim(first, MILL, victims=(count(9, 9), count(4, 4, "four children", includes=0))),
        claim(later, MILL, victims=(count(11, 11),)),
    ]
    incident = only(weighed([first, later], claims))
    assert [(v.min, v.max) for v in incident.victims] == [(11, 11)]
    assert [each.use for each in incident.stated if each.field == "victims"] == [Use.SUPERSEDED, Use.SUBTOTAL, Use.COUNTED]


def test_a_denial_answers_no_later_telling() -> None:
    told, denied = denial()
    later = document("later", f"{MILL}, said Olm Beresk, who saw it.", published="2031-03-09")
    found = weighed([SEEN, told, later], [seen(), denied, claim(later, MILL, speaker="Olm Beresk")])
    assert {answer.about for answer in found.answers} == {seen().claim.id}
