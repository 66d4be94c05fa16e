"""Adding a translation from the command line: what is said of it is put on record, and what does not fit is refused before anything is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError

ARABIC = "قالت الشاهدة سلمى إنها رأت القبور في كورين.\n\nثم غادرت المدينة.\n"
ENGLISH = "The witness Salma said she saw the graves at Korrin.\n\nThen she left the town.\n"
NAME = "Dara Ilin"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a case of an Arabic statement (I1), that statement and its translation."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "statement-ar.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "statement-en.txt").write_text(ENGLISH, encoding="utf-8")
    assert witnessmark("new", "case").exit_code == 0
    assert witnessmark("add", "case", "statement-ar.txt").exit_code == 0
    return tmp_path


def witnessmark(*arguments: str) -> Result:
    return CliRunner().invoke(verbs, list(arguments))


def status() -> dict[str, object]:
    stated: dict[str, object] = json.loads(witnessmark("status", "case", "--json").stdout)
    return stated


def decisions() -> list[tuple[str, str, str, str]]:
    made = status()["decisions"]
    assert isinstance(made, list)
    return [(one["subject"], one["field"], one["value"], one["why"]) for one in made]


def test_one_command_adds_a_translation_and_says_by_whom_it_was_made(here: Path) -> None:
    done = witnessmark("add", "case", "statement-en.txt", "--translation-of", "i1", "--translator", NAME)
    assert done.exit_code == 0, done.output
    assert "Recorded 2 decisions as said; each can be taken back with witnessmark undo." in done.stdout
    assert decisions() == [("I2", "translation_of", "I1", "said on adding"), ("I2", "translator", NAME, "said on adding")]
    shown = witnessmark("status", "case", "--all").stdout
    assert f"translated by {NAME}" in shown
    assert "who made it" not in shown


def test_a_machine_is_told_apart_on_screen(here: Path) -> None:
    assert witnessmark("add", "case", "statement-en.txt", "--translation-of", "I1", "--translator", "machine: Lingua 3.2").exit_code == 0
    assert "translated by a machine (Lingua 3.2); no person has checked it" in witnessmark("status", "case", "--all").stdout


def test_a_translation_by_nobody_named_is_taken_in_and_the_translator_asked_for(here: Path) -> None:
    done = witnessmark("add", "case", "statement-en.txt", "--translation-of", "I1")
    assert "Nobody is named as the translator; `witnessmark status case` asks for it until somebody is." in done.stdout
    assert decisions() == [("I2", "translation_of", "I1", "said on adding")]
    assert "1 translation: who made it?       witnessmark decide case I2 translator=? --why TEXT" in witnessmark("status", "case").stdout
    assert witnessmark("decide", "case", "I2", f"translator={NAME}", "--why", "told us so").exit_code == 0
    assert "who made it" not in witnessmark("status", "case").stdout


def test_each_of_the_two_decisions_can_be_taken_back(here: Path) -> None:
    witnessmark("add", "case", "statement-en.txt", "--translation-of", "I1", "--translator", NAME)
    assert f"I2 translator = {NAME}; it was made because: said on adding" in witnessmark("undo", "case").stdout
    assert [field for _, field, _, _ in decisions()] == ["translation_of"]
    assert "I2 translation_of = I1" in witnessmark("undo", "case").stdout
    assert decisions() == []


REFUSED = {
    "two files": (("statement-en.txt", "notes.txt", "--translation-of", "I1"), "speaks of one file"),
    "a folder": (("folder", "--translation-of", "I1"), "speaks of one file"),
    "no such item": (("statement-en.txt", "--translation-of", "I7"), "There is no item I7 in this case"),
    "a claim": (("statement-en.txt", "--translation-of", "C1"), "There is no item C1 in this case"),
    "a name": (("statement-en.txt", "--translation-of", "statement-ar.txt"), "There is no item statement-ar.txt in this case"),
    "the original itself": (("statement-ar.txt", "--translation-of", "I1"), "statement-ar.txt is I1 itself: the same bytes"),
    "a translator of nothing": (("statement-en.txt", "--translator", NAME), "--translation-of I3"),
    "a machine as a person": (("statement-en.txt", "--translation-of", "I1", "--translator", "DeepL"), "reads like a machine"),
    "a machine without a name": (("statement-en.txt", "--translation-of", "I1", "--translator", "machine:"), "The machine has no name"),
    "nobody": (("statement-en.txt", "--translation-of", "I1", "--translator", " "), "Nobody is named"),
    "a list besides": (("statement-en.txt", "--translation-of", "I1", "--list", "received.csv"), "Say it in the list"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused_before_anything_is_stored(here: Path, refused: tuple[tuple[str, ...], str]) -> None:
    arguments, words = refused
    (here / "notes.txt").write_text("Notes.\n", encoding="utf-8")
    (here / "folder").mkdir()
    (here / "folder" / "notes.txt").write_text("Notes.\n", encoding="utf-8")
    (here / "received.csv").write_text("file\nstatement-en.txt\n", encoding="utf-8")
    done = witnessmark("add", "case", *arguments)
    assert done.exit_code == UsageError.exit_code, done.output
    assert words in done.stderr
    assert (status()["items"], decisions()) == (1, [])
    assert [path.name for path in here.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()] == []


def test_a_file_that_is_held_already_leads_to_the_command_that_says_it_of_the_item(here: Path) -> None:
    assert witnessmark("add", "case", "statement-en.txt").exit_code == 0
    done = witnessmark("add", "case", "statement-en.txt", "--translation-of", "I1", "--translator", NAME)
    assert done.exit_code == UsageError.exit_code
    assert "is in this case already, as I2. Nothing was added." in done.stderr
    assert "`witnessmark decide case I2 translation_of=I1 --why TEXT`, then translator=NAME." in done.stderr
    assert witnessmark("decide", "case", "I2", "translation_of=I1", "--why", "it says so").exit_code == 0


def test_a_translation_of_a_translation_is_taken_in(here: Path) -> None:
    (here / "statement-fr.txt").write_text(
        "Le témoin Salma a dit avoir vu les tombes à Korrin.\n\nPuis elle est partie.\n", encoding="utf-8"
    )
    assert witnessmark("add", "case", "statement-fr.txt", "--translation-of", "I1", "--translator", NAME).exit_code == 0
    assert witnessmark("add", "case", "statement-en.txt", "--translation-of", "I2", "--translator", "machine: Lingua 3.2").exit_code == 0
    assert ("I3", "translation_of", "I2", "said on adding") in decisions()
