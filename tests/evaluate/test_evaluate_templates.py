from __future__ import annotations

from datetime import date

import pytest

from witnessmark.evaluate.muc_incidents import counts_of, figures_of, filled, told_in
from witnessmark.evaluate.muc_keys import read_template
from witnessmark.evaluate.muc_told import FACT, Accused, Suffered, Told
from witnessmark.model.claim import ClaimPlace, Precision

SLOTS = {
    "MESSAGE: TEMPLATE": "1",
    "INCIDENT: TYPE": "BOMBING / ATTACK",
    "INCIDENT: DATE": "(- 29 MAR 89) / (28 MAR 89 - 29 MAR 89)",
    "INCIDENT: LOCATION": "PERU: AYACUCHO (DEPARTMENT): HUANTA (TOWN)",
    "PERP: INDIVIDUAL ID": '? "GUERRILLAS" / "A GROUP OF REBELS"',
    "PERP: ORGANIZATION ID": '"RED DAWN"',
    "PERP: ORGANIZATION CONFIDENCE": 'REPORTED AS FACT / POSSIBLE: "RED DAWN"',
    "HUM TGT: NAME": "-",
    "HUM TGT: DESCRIPTION": '"PEASANTS"\n"POLICEMEN"',
    "HUM TGT: NUMBER": '12- / 13: "PEASANTS"\nPLURAL: "POLICEMEN"',
    "HUM TGT: EFFECT OF INCIDENT": 'DEATH: "PEASANTS"\nNO INJURY OR DEATH: "POLICEMEN"',
}
HUANTA = ClaimPlace("Huanta", None, None, None, Precision.LOCALITY, 0, 6, "HUANTA")
PEASANTS = frozenset({"peasant"})
TOLD = Told(
    "BOMBING",
    (date(1989, 3, 28), date(1989, 3, 29)),
    HUANTA,
    (Accused(frozenset({"red", "dawn"}), FACT, is_body=True),),
    (Suffered(PEASANTS, (13, 13), "DEATH"),),
)


def test_every_alternative_of_a_key_is_read() -> None:
    template = read_template(SLOTS)
    assert template.types == {"BOMBING", "ATTACK"}
    assert template.times == {(None, date(1989, 3, 29)), (date(1989, 3, 28), date(1989, 3, 29))}
    assert template.places == {(frozenset({"peru"}), frozenset({"ayacucho"}), frozenset({"huanta"}))}
    assert [one.demanded for one in template.perpetrators] == [False, True]
    assert template.confidences[0].values == {"REPORTED AS FACT", "POSSIBLE"}
    assert [one.readings for one in template.numbers] == [{(12, None), (13, None), (13, 13)}]


def test_places_side_by_side_are_alternatives() -> None:
    template = read_template({"INCIDENT: LOCATION": "PERU: LIMA (CITY) - HUANTA (TOWN)"})
    assert template.places == {(frozenset({"peru"}), frozenset({"lima"})), (frozenset({"peru"}), frozenset({"huanta"}))}


def test_what_states_nothing_is_no_fill() -> None:
    template = read_template({"INCIDENT: DATE": "-", "INCIDENT: LOCATION": "*", "PERP: ORGANIZATION ID": "-", "HUM TGT: NUMBER": "-"})
    assert (template.times, template.places, template.perpetrators, template.numbers) == (frozenset(), frozenset(), (), ())


def test_a_day_the_calendar_does_not_have_is_no_date() -> None:
    assert not read_template({"INCIDENT: DATE": "31 FEB 90"}).times


def test_an_incident_filled_as_the_key_says_is_right_in_every_slot() -> None:
    counted = [counts_of([read_template(SLOTS)], [TOLD])]
    values = {one.name: one.value for one in figures_of(counted) if one.name.endswith(", F")}
    assert len(values) == 10
    assert set(values.values()) == {1.0}


@pytest.mark.parametrize(
    ("place", "credit"),
    [
        (ClaimPlace("Huanta", None, None, None, None, 0, 6, "HUANTA"), 1.0),
        (ClaimPlace("Ayacucho", None, None, None, None, 0, 6, "AYACUCHO"), 0.5),
        (ClaimPlace("Peru", None, None, None, None, 0, 6, "PERU"), 0.5),
        (ClaimPlace("Lima", "geonames:3936456", None, None, None, 0, 6, "LIMA"), 0.5),
        (ClaimPlace("Bogota", "geonames:3688689", None, None, None, 0, 6, "BOGOTA"), 0.0),
    ],
    ids=["itself", "its department", "its country", "elsewhere in its country", "another country"],
)
def test_a_place_near_the_one_of_the_key_counts_half(place: ClaimPlace, credit: float) -> None:
    told = Told("BOMBING", None, place, (), ())
    assert filled(read_template(SLOTS), told)["place.right"] == credit


def test_an_incident_no_template_tells_of_is_read_in_vain() -> None:
    counts = counts_of([], [TOLD])
    assert counts["kind.read"] == 1
    assert counts["kind.right"] == 0
    assert not counts["keyed kind.read"]


def test_an_optional_template_need_not_be_found() -> None:
    optional = read_template(SLOTS | {"MESSAGE: TEMPLATE": "2 (OPTIONAL)"})
    assert counts_of([optional], [])["kind.demanded"] == 0
    assert counts_of([optional], [TOLD])["kind.right"] == 1


def test_one_incident_answers_one_template() -> None:
    counts = counts_of([read_template(SLOTS), read_template(SLOTS)], [TOLD])
    assert (counts["kind.demanded"], counts["kind.found"], counts["kind.read"]) == (2, 1, 1)


def test_another_kind_is_matched_only_by_a_victim_or_perpetrator_in_common() -> None:
    kidnapping = read_template(SLOTS | {"INCIDENT: TYPE": "KIDNAPPING"})
    assert counts_of([kidnapping], [TOLD])["matched number.right"] == 1
    stranger = Told("BOMBING", None, HUANTA, (), ())
    assert counts_of([kidnapping], [stranger])["matched place.right"] == 0


def test_a_document_without_claims_fills_in_nothing() -> None:
    assert told_in("Nothing happened in Huanta.", []) == []
