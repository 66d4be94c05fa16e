"""The verbs that protect people, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError


def run(*args: str | Path, stdin: str | None = None) -> str:
    done = CliRunner().invoke(verbs, [str(arg) for arg in args], input=stdin)
    assert done.exit_code == 0, done.output
    return done.output


def refused(*args: str | Path, stdin: str | None = None) -> str:
    done = CliRunner().invoke(verbs, [str(arg) for arg in args], input=stdin)
    assert done.exit_code == UsageError.exit_code, done.output
    return done.output


def test_a_consent_is_recorded_shown_withdrawn_and_names_nobody(case: Path, tmp_path: Path) -> None:
    run("sealed-key", case, "new", tmp_path / "key")
    said = [
        "--giver",
        "Ferro Malten",
        "--purpose",
        "publish",
        "--purpose",
        "share: Commission of Inquiry",
        "--form",
        "form 7",
        "--why",
        "read out",
    ]
    assert "publish, share: Commission of Inquiry" in run("consent", case, "I1", *said)
    run("account", case, "I1", "--interviewer", "Ferro Malten", "--language", "ar", "--read-back", "--why", "our note")
    listed = run("status", case, "--all")
    assert "taken by us, in ar, read back" in " ".join(listed.split())
    assert "Malten" not in listed
    assert "Ferro Malten" in run("unseal", case, "I1", "--sealed-key", tmp_path / "key", "--why", "to ask again")
    assert "withdrawn on 2031-06-03" in run("consent", case, "I1", "--withdraw", "--date", "2031-06-03", "--why", "called")
    assert "alone" in refused("consent", case, "I1", "--withdraw", "--purpose", "publish", "--why", "x")
    assert "To what was agreed" in refused("consent", case, "I1", "--why", "x")


def test_a_person_is_entered_sealed_listed_without_a_name_and_found_only_unsealed(case: Path) -> None:
    assert "P1  Ana Brecht" in run("person", case, "add", "Ana Brecht")
    assert "Brecht  (1 document)" in run("person", case, "forms", "P1")
    assert "Brecht  (1 document)" in run("seal", case, "P1")
    assert "Sealed P1 under 3 forms" in run("seal", case, "P1", "--proposed", "--why", "she asked for it")
    assert run("person", case, "list").strip() == "P1  sealed"
    assert json.loads(run("person", case, "list", "--json"))[0]["name"] is None
    assert "Brecht" not in run("search", case, "killed", "--json")
    assert "Brecht" not in run("status", case, "--json")
    run("unseal", case, "P1", "--minutes", "5", "--why", "to call her back")
    assert "Brecht" in run("search", case, "Brecht", "--unsealed", "--json")
    assert "Took back" in run("undo", case)
    assert "Brecht" in run("search", case, "Brecht", "--json")


def test_erasing_asks_first_and_says_what_it_did_not_reach(case: Path) -> None:
    run("person", case, "add", "Ana Brecht", "--form", "Brecht")
    assert "Nothing was erased" in refused("erase", case, "P1", "--why", "asked", "--authority", "officer", stdin="n\n")
    said = run("erase", case, "P1", "--why", "asked", "--authority", "officer", stdin="y\n")
    assert "Not reached" in said
    assert run("person", case, "list").strip() == "P1  erased"
    assert "0 fail" in run("verify", case)


def test_publishing_says_what_it_held_back_and_why_and_a_stranger_verifies_it(case: Path, tmp_path: Path) -> None:
    run("decide", case, "I1", "protection=sealed", "--why", "would endanger")
    run("decide", case, "I2", "release=released", "--why", "board")
    run("decide", case, "I2", "bound_by_consent=no", "--why", "an official's briefing")
    said = run("publish", case, "--public", tmp_path / "out", "--openings", tmp_path / "open.json", "--for", "District Court")
    assert "sealed, because it would endanger somebody if it became known that they are held: I1" in said
    assert "nobody has released: I3" in said
    assert "1 item, " in said
    checked = run("verify", tmp_path / "out", "--openings", tmp_path / "open.json", "--all")
    assert " 0 fail" in checked
    assert "which is of" in checked
    assert "Nothing has changed" in run("publish", case, "--public", tmp_path / "out")
    assert "belong to a public dossier" in refused("publish", case, "--openings", tmp_path / "o.json")
    assert "One at a time" in refused("publish", case, "--public", tmp_path / "a", "--sealed", tmp_path / "b")


def test_the_sealed_dossier_asks_for_a_passphrase_where_nobody_is_named(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no terminal to ask for a passphrase in" in refused("publish", case, "--sealed", tmp_path / "out.age")
    monkeypatch.setattr("witnessmark.cli.publishing.is_terminal", lambda: True)
    assert "age --decrypt" in run("publish", case, "--sealed", tmp_path / "out.age", stdin="one two\none two\n")
    assert (tmp_path / "out.age").read_bytes().startswith(b"age-encryption.org/v1")


def test_what_is_sealed_of_an_item_says_what_opens_it_and_namesakes_are_named(case: Path) -> None:
    assert "add --sealed-key FILE" in refused("unseal", case, "I1", "--why", "x")
    run("person", case, "add", "Ana Brecht")
    said = run("person", case, "add", "Ana Brecht")
    assert "Of the same name: P1." in said
    assert "witnessmark person" in said


def test_a_place_that_is_not_there_is_no_case_to_make(tmp_path: Path) -> None:
    done = CliRunner().invoke(verbs, ["verify", str(tmp_path / "gone")])
    assert f"There is no {tmp_path / 'gone'}. Nothing was checked." in str(done.exception) + done.output


@pytest.mark.parametrize("wrong", [("C1", "consent=publish"), ("P9", "protection=sealed"), ("I1", "release=withheld until 2031-01-01")])
def test_what_cannot_be_decided_is_refused(case: Path, wrong: tuple[str, str]) -> None:
    refused("decide", case, *wrong, "--why", "x")
