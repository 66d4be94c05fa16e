from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from witnessmark.corroborate import Corroborated, PlacedClaim, PlacedDocument
from witnessmark.errors import NothingReadError
from witnessmark.evaluate.incidents import b_cubed_f, counts_of_world, figures_of, gold_groups
from witnessmark.evaluate.worlds import World, matched, worlds_in
from witnessmark.model.claim import Act, Certainty, Claim, Form, Kind, Stance, claim_id
from witnessmark.model.incident import Answer, Incident, IncidentClaim, Line, Role
from witnessmark.model.span import Span

TEXTS = {
    "wire": "Nine workers were shot at the mill. A bridge fell.",
    "paper": "Nine workers were shot at the mill.",
    "army": "No worker was shot at the mill.",
}
MILL, BRIDGE, DENIED = "Nine workers were shot at the mill", "A bridge fell", "No worker was shot at the mill"
GOLD: dict[str, Any] = {
    "incident": [
        {
            "key": "mill",
            "lines": 1,
            "lines_max": 1,
            "claim": [
                {"document": "wire", "quote": MILL, "role": "supports", "root": "manager"},
                {"document": "paper", "quote": MILL, "role": "supports", "root": "manager"},
                {"document": "army", "quote": DENIED, "role": "denies"},
            ],
        },
        {
            "key": "bridge",
            "lines": 0,
            "lines_max": 1,
            "claim": [{"document": "wire", "quote": BRIDGE, "role": "supports", "root": "unknown"}],
        },
    ],
    "denial": [{"document": "army", "quote": DENIED, "kind": "denies", "general": False, "about": [{"document": "wire", "quote": MILL}]}],
}


def claim(item: str, quote: str, stance: Stance = Stance.ASSERTS) -> PlacedClaim:
    at = TEXTS[item].index(quote)
    span = Span(at, at + len(quote), quote)
    made = Claim(
        id=claim_id(item, (span,), (), None), attribution="a", form=Form.DIRECT, kind=Kind.FACTUAL, polarity=None, content=(span,), cue=(), speaker=None,
        stance=stance, certainty=Certainty.CERTAIN, act=Act.KILLING,
    )  # fmt: skip
    return PlacedClaim(made, item)


WIRE, PAPER, FALLEN, ARMY = claim("wire", MILL), claim("paper", MILL), claim("wire", BRIDGE), claim("army", DENIED, Stance.DENIES)


def world() -> World:
    documents = [PlacedDocument(item, text) for item, text in TEXTS.items()]
    return matched(World("world", GOLD, documents, [WIRE, PAPER, FALLEN, ARMY]))


def incident(members: list[PlacedClaim], lines: list[list[PlacedClaim]]) -> Incident:
    return Incident(
        id=members[0].claim.id, act=Act.KILLING, where=None, when=None,
        claims=tuple(IncidentClaim(each.claim.id, Role.SUPPORTS) for each in members),
        independent_lines=len(lines), independent_lines_max=len(lines),
        lines=tuple(Line(line[0].claim.id, tuple(each.claim.id for each in line[1:]), ()) for line in lines),
        victims=(), support=None, reasons=(), denied_by=(), disputed_by=(), asked_for=(),
    )  # fmt: skip


def measured(incidents: list[Incident], answers: list[Answer]) -> dict[str, float | None]:
    return {each.name: each.value for each in figures_of(counts_of_world(world(), Corroborated(tuple(answers), tuple(incidents))))}


def test_a_quote_is_the_claim_whose_words_overlap_it_most() -> None:
    assert world().claim_of == {
        ("wire", MILL, 1): WIRE.claim.id,
        ("paper", MILL, 1): PAPER.claim.id,
        ("wire", BRIDGE, 1): FALLEN.claim.id,
        ("army", DENIED, 1): ARMY.claim.id,
    }


def test_claims_alone_in_their_incident_are_left_out() -> None:
    assert set(gold_groups(world())) == {WIRE.claim.id, PAPER.claim.id, ARMY.claim.id}


def test_what_is_found_as_the_gold_has_it_is_right_in_everything() -> None:
    found = measured([incident([WIRE, PAPER, ARMY], [[WIRE, PAPER]])], [Answer(ARMY.claim.id, WIRE.claim.id, general=False, why="")])
    assert {found[name] for name in ("incidents, B-cubed F", "echo document pairs, F", "denial links, F")} == {1.0}
    assert found["established lines, mean error"] == 0


def test_an_echo_taken_for_a_second_line_is_counted_against_lines_and_pairs() -> None:
    found = measured([incident([WIRE, PAPER, ARMY], [[WIRE], [PAPER]])], [])
    assert (found["echo document pairs, F"], found["established lines, mean error"], found["denial links, F"]) == (0.0, 0.5, 0.0)


def test_claims_put_into_no_incident_stand_alone_and_cost_recall() -> None:
    found = measured([], [])
    assert found["incidents, B-cubed precision"] == 1.0
    assert found["incidents, B-cubed recall"] == pytest.approx(1 / 3)


def test_b_cubed_of_one_group_for_two_incidents_is_as_worked_out_by_hand() -> None:
    gold = {name: frozenset([key]) for name, key in (("a", "x"), ("b", "x"), ("c", "y"))}
    together = dict.fromkeys(gold, frozenset(["all"]))
    precision = (2 / 3 + 2 / 3 + 1 / 3) / 3
    assert b_cubed_f(together, gold) == pytest.approx(2 * precision / (precision + 1))


def test_a_folder_without_worlds_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError, match=r"holds no world \(a folder with gold.toml\)"):
        worlds_in(tmp_path)
