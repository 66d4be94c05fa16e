"""Who made a translation: what is put on record of it, where a person's name stands and where it never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.deciding import decide, undo, value_words
from witnessmark.case.intake import Given, add
from witnessmark.case.summary import Summary, summarise
from witnessmark.case.translators import named
from witnessmark.case.viewing import view_case
from witnessmark.case.waiting import Waiting
from witnessmark.errors import CaseError, UsageError
from witnessmark.model.item import Item
from witnessmark.model.translator import Translator, translated_by, translator_on_record
from witnessmark.store import queries
from witnessmark.store.members import key_of, names_of

ARABIC = "قالت الشاهدة سلمى إنها رأت القبور في كورين.\n\nثم غادرت المدينة.\n"
ENGLISH = "The witness Salma said she saw the graves at Korrin.\n\nThen she left the town.\n"
NAME = "Dara Ilin"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A case of an Arabic statement (I1) and its translation (I2), by nobody as yet."""
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ENGLISH, encoding="utf-8")
    create_case(tmp_path / "case", member="Mira")
    with open_case(tmp_path / "case", write="add", member="Mira") as case:
        add(case, [tmp_path / "a.txt", tmp_path / "b.txt"], Given())
        decide(case, "I2", "translation_of", "I1", why="it says so")
    return tmp_path / "case"


def decided(root: Path, value: str, why: str = "told us so") -> None:
    with open_case(root, write="decide", member="Mira") as case:
        decide(case, "I2", "translator", value, why=why)


def summary_of(root: Path) -> Summary:
    with open_case(root) as case:
        return summarise(case)


def translation(root: Path) -> Item:
    with open_case(root) as case:
        return view_case(case).items[1].item


def waiting(root: Path) -> list[Waiting]:
    return [one for one in summary_of(root).person if "who made" in one.what]


def on_disk(root: Path, words: str) -> list[str]:
    """The files of a case that hold these words."""
    return sorted(path.name for path in root.rglob("*") if path.is_file() and words.encode() in path.read_bytes())


def test_the_name_of_a_translator_stands_in_the_roster_and_in_no_record(root: Path) -> None:
    decided(root, NAME)
    assert on_disk(root, NAME) == ["members.db"]
    key = translation(root).translator
    assert key is not None
    assert (key.machine, names_of(root / "members.db", [key.key or ""])) == (None, {key.key: NAME})


def test_somebody_who_works_on_the_case_translates_under_the_same_key(root: Path) -> None:
    decided(root, "Mira")
    with open_case(root) as case, case.asking() as connection:
        last = queries.decisions(connection)[-1]
    assert last.value == last.by == key_of(root / "members.db", "Mira", at="2031-01-01T00:00:00Z")


def test_a_machine_is_named_in_the_open_and_is_no_person(root: Path) -> None:
    decided(root, "Machine:  Lingua   3.2 ")
    assert translation(root).translator == Translator(machine="Lingua 3.2")
    assert summary_of(root).all_items[1].translator == "translated by a machine (Lingua 3.2); no person has checked it"
    assert on_disk(root / "records", "machine: Lingua 3.2")


@pytest.mark.parametrize("typed", ["DeepL", "google translate", "ChatGPT 4", "a machine", "opus-mt ar-en", "Microsoft Translator", "NLLB"])
def test_a_machine_typed_as_a_person_is_refused_with_the_way_to_type_it(typed: str) -> None:
    with pytest.raises(UsageError, match=r"reads like a machine\. Type 'machine: NAME VERSION'"):
        named(typed)


@pytest.mark.parametrize("typed", ["Dara Ilin", "سلمى الحلبي", "the translator of the Collective", "Bing Xin", "Argos P.", "O'Neill-Šimić"])
def test_a_name_in_any_script_is_a_person(typed: str) -> None:
    assert (named(f" {typed}  ").name, named(typed).machine) == (typed, False)


@pytest.mark.parametrize("typed", ["", "  ", "none", "machine:", "machine:   "])
def test_nobody_is_no_translator(typed: str) -> None:
    with pytest.raises(UsageError, match=r"Nobody is named|has no name"):
        named(typed)


def test_a_reason_that_gives_the_name_away_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="The reason names the translator"):
        decided(root, NAME, why="dara  ilin told us so")
    assert on_disk(root, NAME) == []
    decided(root, "Ilin", why="the Ilinova office told us so")


def test_an_item_that_is_no_translation_has_no_translator(root: Path) -> None:
    with (
        open_case(root, write="decide") as case,
        pytest.raises(UsageError, match=r"I1 is not said to be a translation.*decide .*I1 transl"),
    ):
        decide(case, "I1", "translator", NAME, why="x")
    assert on_disk(root, NAME) == []


def test_a_later_translator_takes_the_place_of_an_earlier_and_undoing_brings_the_earlier_back(root: Path) -> None:
    decided(root, "machine: Lingua 3.2")
    decided(root, NAME, why="she made it anew")
    assert summary_of(root).all_items[1].translator == f"translated by {NAME}"
    with open_case(root, write="undo") as case:
        undone = undo(case)
        assert value_words(case, undone) == NAME
    assert translation(root).translator == Translator(machine="Lingua 3.2")
    decided(root, "none", why="not known after all")
    assert translation(root).translator is None
    assert waiting(root)


def test_status_asks_a_person_who_made_a_translation_until_somebody_says(root: Path) -> None:
    (asked,) = waiting(root)
    assert (asked.number, asked.of) == (1, ("I2",))
    assert asked.next == f"witnessmark decide {root} I2 translator=? --why TEXT"
    decided(root, NAME)
    assert waiting(root) == []


def test_who_made_it_is_not_asked_of_what_is_no_translation_any_more(root: Path) -> None:
    decided(root, NAME)
    with open_case(root, write="decide") as case:
        decide(case, "I2", "translation_of", "none", why="it is another statement")
    assert waiting(root) == []
    assert translation(root).translator is None


def test_status_names_the_translator_and_without_the_roster_gives_the_key(root: Path) -> None:
    decided(root, NAME)
    summary = summary_of(root)
    assert summary.all_items[1].translator == f"translated by {NAME}"
    assert [one.value for one in summary.decisions if one.field == "translator"] == [NAME]
    key = translation(root).translator
    assert key is not None
    (root / "members.db").write_bytes(b"another file altogether, and no roster of this program" * 20)
    summary = summary_of(root)
    assert summary.all_items[1].translator == f"translated by a person on record as {key.key}"
    assert [one.value for one in summary.decisions if one.field == "translator"] == [key.key]


def test_rebuilding_gives_the_same_translator(root: Path) -> None:
    decided(root, NAME)
    before = translation(root)
    rebuild_case(root)
    assert translation(root) == before


def test_what_is_on_record_and_is_no_key_is_shown_as_a_person_and_never_itself() -> None:
    assert translator_on_record("none") is None
    assert translator_on_record(None) is None
    assert translated_by(Translator(key="k-0123456789abcdef")) == "translated by a person on record as k-0123456789abcdef"
    written = translator_on_record(NAME)
    assert written is not None
    assert translated_by(written) == "translated by a person on record"


def test_reading_names_writes_nothing_and_refuses_what_is_no_roster(tmp_path: Path) -> None:
    assert names_of(tmp_path / "members.db", ["k-0123456789abcdef"]) == {}
    key = key_of(tmp_path / "members.db", NAME, at="2031-01-01T00:00:00Z")
    before = (tmp_path / "members.db").read_bytes()
    assert names_of(tmp_path / "members.db", [key, "k-0123456789abcdef"]) == {key: NAME}
    assert [path.name for path in tmp_path.iterdir()] == ["members.db"]
    assert (tmp_path / "members.db").read_bytes() == before
    (tmp_path / "members.db").write_bytes(b"not a database, but long enough to be looked at" * 30)
    with pytest.raises(CaseError, match="cannot be read as a roster"):
        names_of(tmp_path / "members.db", [key])
