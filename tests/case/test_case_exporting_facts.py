"""Exporting facts to other programs: the rules are those of the lines, what is held back shows in no form, and the same case gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import handed_over as given
import pytest
from handed_over import CANARIES, FORMULA, number_of

from witnessmark.case.case import Case, open_case
from witnessmark.case.deciding import decide
from witnessmark.case.exporting import Exported, export
from witnessmark.case.exporting_facts import FORMS, SOMETHING_HELD_BACK
from witnessmark.case.persons import add_person
from witnessmark.case.publishing import publish_draft
from witnessmark.case.sealing import seal
from witnessmark.case.viewing import view_case
from witnessmark.errors import UsageError
from witnessmark.model.handover import Rule
from witnessmark.model.view import CaseView
from witnessmark.store import queries

FOLDERS = {"csv": {"claims.csv", "incidents.csv", "items.csv", "answers.csv", "places.csv"}, "ftm": {"entities.ftm.json", "sidecar.jsonl"}}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = given.make_case(tmp_path_factory.mktemp("exporting-facts"))
    with open_case(root, write="test") as opened:
        publish_draft(opened)
        decide(opened, number_of(opened, "free.txt"), "already_public", "yes", why="it is on the mission's page")
    return root


@pytest.fixture(scope="module")
def view(case: Path) -> CaseView:
    with open_case(case) as opened:
        return view_case(opened)


def exported(case: Path, out: Path, kind: str, *, sealed: str | None = None) -> Exported:
    with open_case(case, write="test" if sealed else None) as opened:
        return export(opened, kind, out, sealed=sealed)


def contents(out: Path) -> dict[str, bytes]:
    """All that an export says, by file; what a workbook packs is unpacked."""
    files = {out.name: out.read_bytes()} if out.is_file() else {path.name: path.read_bytes() for path in out.iterdir()}
    for name, content in list(files.items()):
        if content.startswith(b"PK"):
            with zipfile.ZipFile(out) as book:
                files |= {f"{name}/{member}": book.read(member) for member in book.namelist()}
    return files


def secrets(view: CaseView) -> Iterator[str]:
    """Hashes of what is not public, and ids made of them."""
    for held in view.items:
        if not held.item.already_public:
            yield held.item.id
    for read in view.claims:
        yield from (read.claim.id, read.claim.attribution)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_of_what_is_held_back_shows_in_any_form(case: Path, view: CaseView, tmp_path: Path, kind: str) -> None:
    done = exported(case, tmp_path / "out", kind)
    assert {rule: len(numbers) for rule, numbers in done.held_back.items()} == {Rule.SEALED: 2, Rule.WITHHELD: 1}
    assert done.left_out > 0
    written = contents(tmp_path / "out")
    hidden = {held.public_id for held in view.items if held.item.number in {n for numbers in done.held_back.values() for n in numbers}}
    for content in written.values():
        assert not [canary for canary in (*CANARIES, *hidden) if canary.encode() in content]


@pytest.mark.parametrize("kind", FORMS)
def test_no_form_has_a_hash_of_what_is_not_public_or_an_id_made_of_one(case: Path, view: CaseView, tmp_path: Path, kind: str) -> None:
    exported(case, tmp_path / "out", kind, sealed="asked for by a court")
    for content in contents(tmp_path / "out").values():
        assert not [secret for secret in secrets(view) if secret.encode() in content]
    public = next(held.item.id for held in view.items if held.item.already_public)
    if kind in {"csv", "xlsx", "ftm", "prov"}:
        assert any(public.encode() in content for content in contents(tmp_path / "out").values())


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_case_gives_the_same_bytes(case: Path, tmp_path: Path, kind: str) -> None:
    exported(case, tmp_path / "one", kind)
    exported(case, tmp_path / "two", kind)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert list(one.values()) == list(two.values())
    assert set(one) == FOLDERS.get(kind, set(one))


def test_what_is_withheld_leaves_by_decision_which_is_recorded_with_what_was_written(case: Path, tmp_path: Path) -> None:
    done = exported(case, tmp_path / "out", "csv", sealed="the court ordered it")
    assert done.held_back.keys() == {Rule.NO_CONSENT}
    assert "zimtvogel-denial.txt" in (tmp_path / "out" / "items.csv").read_text(encoding="utf-8-sig")
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents(tmp_path / "out").items()))
    recorded = b"".join(path.read_bytes() for path in sorted((case / "records/custody").iterdir()))
    assert b"the court ordered it" in recorded
    assert hashlib.sha256(listed.encode()).hexdigest().encode() in recorded


def test_claims_that_leave_are_those_that_leave_as_lines(case: Path, tmp_path: Path) -> None:
    exported(case, tmp_path / "lines", "claims-jsonl")
    exported(case, tmp_path / "out", "ftm")
    numbers = {json.loads(line)["number"] for line in (tmp_path / "lines").read_text(encoding="utf-8").splitlines()}
    sidecar = [json.loads(line) for line in (tmp_path / "out" / "sidecar.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["fields"]["number"] for line in sidecar if line["of"] == "claim"} == numbers


@pytest.mark.parametrize("kind", FORMS)
def test_who_gave_an_item_never_leaves_nor_the_source_of_a_sensitive_one(case: Path, tmp_path: Path, kind: str) -> None:
    exported(case, tmp_path / "out", kind)
    for content in contents(tmp_path / "out").values():
        assert b"Orsolya Venk" not in content


def test_the_name_of_who_is_sealed_is_in_no_form_and_every_span_still_holds(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case"
    shutil.copytree(case, copy)
    exported(copy, tmp_path / "before", "csv")
    assert any(b"Brecht" in content for content in contents(tmp_path / "before").values())
    with open_case(copy, write="test") as opened:
        add_person(opened, "Ana Brecht")
        seal(opened, "P1", ("Brecht",), why="she asked for it")
    for kind in FORMS:
        exported(copy, tmp_path / kind, kind)
        assert not [name for name, content in contents(tmp_path / kind).items() if b"brecht" in content.lower()]
    annotations = json.loads((tmp_path / "web-annotations").read_bytes())["first"]["items"]
    assert annotations
    assert all(len(quote["exact"]) == at["end"] - at["start"] for each in annotations for quote, at in [each["target"]["selector"]])


def test_a_file_name_that_is_a_formula_is_none_in_the_list_of_items(case: Path, tmp_path: Path) -> None:
    exported(case, tmp_path / "out", "csv")
    with (tmp_path / "out" / "items.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    name = next(row["name"] for row in rows if "HYPERLINK" in row["name"])
    assert name == "'" + FORMULA.replace("/", "_")
    assert next(row["source"] for row in rows if row["name"] == name) == "'+1+1"
    assert "ledger-of-guards.csv" in {row["name"] for row in rows}


def test_places_are_coarse_wherever_something_is_held_back(case: Path, tmp_path: Path) -> None:
    exported(case, tmp_path / "out", "geojson")
    for feature in json.loads((tmp_path / "out").read_bytes())["features"]:
        told = feature["properties"]
        assert feature["geometry"] is None or told.get("area") == "the country" or told["coarse_because"] == SOMETHING_HELD_BACK


def test_provenance_says_when_and_by_which_key_and_never_by_which_name(case: Path, tmp_path: Path) -> None:
    exported(case, tmp_path / "out", "prov")
    told = json.loads((tmp_path / "out").read_bytes())
    people = [agent for agent in told["agent"] if agent.startswith("person:")]
    assert people
    assert all(re.fullmatch(r"person:k-[0-9a-f]{16}", agent) for agent in people)
    kinds = {name.partition(":")[0] for name in told["entity"]}
    assert {"item", "reading", "claim", "decision", "dossier"} <= kinds
    with open_case(case) as opened:
        assert _times(opened) >= {act["prov:endTime"] for act in told["activity"].values() if "prov:endTime" in act}


def _times(case: Case) -> set[str]:
    times = {entry.at for log in case.logs.values() for entry in log.entries()}
    with case.asking() as connection:
        return times | {decision.at for decision in queries.decisions(connection)}


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(case: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds something else"):
        exported(case, tmp_path / "out", "csv")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["diary.txt"]
    with pytest.raises(UsageError, match="is a folder"):
        exported(case, tmp_path / "out", "xlsx")
    with pytest.raises(UsageError, match="inside the case"):
        exported(case, case / "facts", "csv")
    with pytest.raises(UsageError, match="web-annotations"):
        exported(case, tmp_path / "other", "word")
