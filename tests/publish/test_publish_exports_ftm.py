"""FollowTheMoney: entities of its schema with every reference kept, and beside them all that it cannot hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.publish.exported import hostile_case
from tests.publish.publish_places import Named, placed

from witnessmark.model.claim import Act, Precision
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.ftm import ENTITIES, SIDECAR, ftm

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

THING = {"name", "summary", "description", "proof", "address", "addressEntity", "publisher"}
SCHEMA = {
    "Document": (THING | {"fileName", "title", "mimeType", "language", "publishedAt", "processingAgent"}, {"fileName"}),
    "LegalEntity": (THING, {"name"}),
    "Mention": ({"document", "name", "resolved", "detectedSchema"}, {"document", "name"}),
    "Address": (THING | {"full", "latitude", "longitude", "remarks"}, {"name"}),
    "Event": (THING | {"startDate", "endDate", "location"}, {"name"}),
    "Note": (THING | {"entity"}, {"name"}),
}
"""Of followthemoney 4.11: the properties we use of each schema, and those it requires."""
LEADS_TO = {"document": "Document", "proof": "Document", "resolved": "LegalEntity", "addressEntity": "Address"}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def refuse_unfit(entities: list[dict[str, Any]]) -> None:
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        may, must = SCHEMA[entity["schema"]]
        assert must <= set(entity["properties"]) <= may
        for name, values in entity["properties"].items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in LEADS_TO:
                assert {by_id[value]["schema"] for value in values} == {LEADS_TO[name]}
            if name == "entity":
                assert {by_id[value]["schema"] for value in values} <= {"Document", "Event"}


def test_every_entity_fits_its_schema_and_leads_only_to_entities_that_are_there(case: CaseView, pile: Pile) -> None:
    for view in (case, hostile_case(pile)):
        refuse_unfit(lines(ftm(Casebook(view))[ENTITIES]))


def test_items_claims_incidents_and_names_are_each_an_entity(case: CaseView) -> None:
    entities = lines(ftm(Casebook(case))[ENTITIES])
    count = {schema: sum(entity["schema"] == schema for entity in entities) for schema in SCHEMA}
    assert (count["Document"], count["Note"], count["Event"], count["Address"]) == (len(case.items), len(case.claims), 1, 1)
    assert count["Mention"] >= count["LegalEntity"] == 6
    event = next(entity for entity in entities if entity["schema"] == "Event")
    assert event["properties"]["name"] == ["Alleged killing, Darrow Mill"]
    assert event["properties"]["startDate"] == ["2030-11-01"]
    assert "endDate" not in event["properties"]


def test_languages_have_their_three_letters(case: CaseView) -> None:
    found = [entity["properties"].get("language") for entity in lines(ftm(Casebook(case))[ENTITIES]) if entity["schema"] == "Document"]
    assert found[:4] == [["eng"], ["eng"], ["ara"], None]


def test_who_alleges_what_stands_in_the_sidecar_under_the_same_id(case: CaseView) -> None:
    files = ftm(Casebook(case))
    ids = {entity["id"] for entity in lines(files[ENTITIES])}
    sidecar = lines(files[SIDECAR])
    assert {line["id"] for line in sidecar} <= ids
    first = next(line["fields"] for line in sidecar if line["of"] == "claim" and line["fields"]["number"] == "C1")
    assert first["speaker"]["name"] == "Lena Marsk"
    assert first["parties"][0]["role"] == "perpetrator"
    assert (first["victims"][0]["min"], first["victims"][0]["max"], first["victims"][0]["per"]) == (None, 40, "day")
    assert first["content"][0]["text"] == "the guards had killed as many as 40 detainees a day at Darrow Mill"
    answers = [line for line in sidecar if line["of"] == "answer"]
    assert {line["fields"]["about"] for line in answers} <= ids
    assert len(answers) == 3


def test_a_name_is_of_a_body_or_a_person_as_nobody_said_which(case: CaseView) -> None:
    schemas = {entity["schema"] for entity in lines(ftm(Casebook(case))[ENTITIES])}
    assert not schemas & {"Person", "Organization", "Company", "PublicBody"}


def test_a_sensitive_place_is_coarse_in_both_files(pile: Pile) -> None:
    view = placed(pile, Named("Tavik prison", 11.23456, 21.23456, Precision.FACILITY, "site:tavik", Act.DETENTION))
    files = ftm(Casebook(view))
    for content in files.values():
        assert b"11.23" not in content
        assert b"11.2" in content


def test_no_id_made_of_a_hash_is_in_either_file(case: CaseView) -> None:
    for content in ftm(Casebook(case)).values():
        for read in case.claims:
            assert read.claim.id.encode() not in content
            assert read.claim.attribution.encode() not in content
        hidden = [held.item.id for held in case.items if not held.item.already_public]
        assert not [item for item in hidden if item.encode() in content]


def test_hostile_words_are_inert_in_both_files_and_exact_when_read(pile: Pile) -> None:
    view = hostile_case(pile)
    files = ftm(Casebook(view))
    for content in files.values():
        assert b"<" not in content
        assert "\u202e".encode() not in content
    names = {value for entity in lines(files[ENTITIES]) if entity["schema"] == "LegalEntity" for value in entity["properties"]["name"]}
    assert "</script><script>alert(1)</script>" in names
