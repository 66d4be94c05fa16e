"""PROV-JSON: every relation leads between records of the right kind, people go by their keys, and reasons stay in the case."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from witnessmark.model.decision import Decision
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.prov import Act, Doings, Publishing, prov

KEY = "k-0123456789abcdef"
RELATIONS = {
    "wasGeneratedBy": {"prov:entity": "entity", "prov:activity": "activity"},
    "used": {"prov:activity": "activity", "prov:entity": "entity"},
    "wasDerivedFrom": {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"},
    "wasAssociatedWith": {"prov:activity": "activity", "prov:agent": "agent"},
}
"""The members each relation of the submission needs, and the section each of them names a record of."""


def document(view: CaseView, doings: Doings | None = None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(prov(Casebook(view), doings or doings_of(view)))
    return told


def doings_of(view: CaseView) -> Doings:
    item = view.items[0].item.id
    return Doings(
        received={item: [Act("2031-03-06T09:01:00Z", KEY)]},
        read={item: Act("2031-03-06T09:02:00Z", KEY)},
        decided={
            item: [
                Decision("d1", item, "release", "released", "because Dara Ilin agreed", KEY, "2031-03-06T10:00:00Z"),
                Decision("d2", item, "consent", '{"giver":"Dara Ilin"}', "form 6", "Dara Ilin", "2031-03-06T10:01:00Z"),
            ]
        },
        published=[Publishing("working draft", Act("2031-03-07T10:00:00Z", KEY))],
    )


def test_every_relation_leads_between_records_of_the_right_kind(case: CaseView) -> None:
    told = document(case)
    assert set(told) == {"prefix", "entity", "activity", "agent", *RELATIONS}
    for section, ends in RELATIONS.items():
        for relation in told[section].values():
            for member, kind in ends.items():
                assert relation[member] in told[kind]


def test_every_name_has_a_prefix_that_is_declared(case: CaseView) -> None:
    told = document(case)
    names = [name for section in ("entity", "activity", "agent") for name in told[section]]
    types = [record["prov:type"]["$"] for section in ("entity", "agent") for record in told[section].values()]
    assert {name.partition(":")[0] for name in (*names, *types)} <= {*told["prefix"], "prov"}
    assert all(name.count(":") == 1 for name in names)
    assert told["prefix"]["claim"] == "urn:witnessmark:claim:"


def test_a_claim_comes_from_the_reading_of_its_item_which_comes_from_the_item(case: CaseView) -> None:
    told = document(case)
    comes_from = {(each["prov:generatedEntity"], each["prov:usedEntity"]) for each in told["wasDerivedFrom"].values()}
    item, claim = case.items[0].public_id, case.claims[0].public_id
    assert (f"reading:{item}", f"item:{item}") in comes_from
    assert (f"claim:{claim}", f"reading:{item}") in comes_from
    assert (f"incident:{case.incidents[0].public_id}", f"claim:{claim}") in comes_from


def test_acts_have_their_times_and_programs_their_versions(case: CaseView) -> None:
    told = document(case)
    item = case.items[0].public_id
    assert told["activity"][f"receiving:{item}-1"]["prov:startTime"] == "2031-03-06T09:01:00Z"
    assert told["activity"][f"readingOf:{item}"]["prov:endTime"] == "2031-03-06T09:02:00Z"
    assert told["agent"]["software:plain-text-1"]["prov:label"] == "plain-text@1"
    assert told["entity"]["dossier:1"]["prov:label"] == "working draft"


def test_people_go_by_their_keys_and_reasons_and_names_stay_in_the_case(case: CaseView) -> None:
    told = document(case)
    assert f"person:{KEY}" in told["agent"]
    assert "Dara Ilin" not in json.dumps(told)
    assert "form 6" not in json.dumps(told)
    item = case.items[0].public_id
    assert told["entity"][f"decision:{item}-1"]["wm:value"] == "released"
    assert "wm:value" not in told["entity"][f"decision:{item}-2"]


def test_a_decision_that_was_taken_back_says_so(case: CaseView) -> None:
    reads = tuple(
        msgspec.structs.replace(read, decisions=tuple(msgspec.structs.replace(made, undone=True) for made in read.decisions))
        for read in case.claims
    )
    told = document(msgspec.structs.replace(case, claims=reads), Doings())
    undone = [record for name, record in told["entity"].items() if name.startswith("decision:")]
    assert undone
    assert all(record["wm:undone"] is True for record in undone)


def test_a_hash_stands_only_with_what_is_public_already(case: CaseView) -> None:
    told = document(case)
    hashes = {name: record["wm:sha256"] for name, record in told["entity"].items() if "wm:sha256" in record}
    assert hashes == {f"item:{case.items[1].public_id}": case.items[1].item.id}
