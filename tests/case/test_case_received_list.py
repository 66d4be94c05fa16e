"""The list of receipts: what it puts on record, once, and how a bad one is refused before anything is stored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.deciding import undo
from witnessmark.case.intake import Given, Received, add
from witnessmark.case.pipeline import Built, build
from witnessmark.case.received_list import read_list
from witnessmark.case.viewing import view_case
from witnessmark.errors import UsageError
from witnessmark.model.consent import Purpose
from witnessmark.model.item import Item, Protection, Receipt, ReleaseState, Sensitivity
from witnessmark.model.translator import Translator
from witnessmark.store import queries
from witnessmark.store.members import names_of

GOOD = """file,source,published,received_from,already_public,sensitivity,protection,release,consent,why,translation_of
briefing.txt,Northern Wire,2031-05-15,the wire's feed,yes,ordinary,none,released,,printed that evening,
notes/w1.txt,W-1,,"a friend, by hand",no,graphic,sealed,,"store, analyse",form of 3 June,
notes/w1-english.txt,,,,,,,,,our own,notes/w1.txt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, two of them in a folder of their own."""
    folder = tmp_path / "evidence"
    (folder / "notes").mkdir(parents=True)
    (folder / "briefing.txt").write_text("Guards at Korrin killed 40 detainees, envoy Ana Brecht said.\n", encoding="utf-8")
    (folder / "notes" / "w1.txt").write_text("رأيت ٤٠ جثة في كورين يوم الجمعة.\n", encoding="utf-8")
    (folder / "notes" / "w1-english.txt").write_text("The witness said that he saw 40 bodies at Korrin on Friday.\n", encoding="utf-8")
    return folder


def _list(tmp_path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = tmp_path / "received.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _build(folder: Path, text: str, given: Given | None = None) -> Built:
    return build(folder, folder.parent / "case", given or Given(), listed=read_list(_list(folder.parent, text)))


def _add(folder: Path, text: str, *paths: Path) -> Received:
    root = folder.parent / "case"
    if not root.exists():
        create_case(root)
    with open_case(root, write="add") as case:
        return add(case, paths or (folder,), Given(), listed=read_list(_list(folder.parent, text)))


def _items(folder: Path) -> dict[str, Item]:
    with open_case(folder.parent / "case") as case:
        return {held.item.name: held.item for held in view_case(case).items}


def _receipts(folder: Path) -> dict[str, list[Receipt]]:
    with open_case(folder.parent / "case") as case, case.asking() as connection:
        return {receipts[0].name: receipts for receipts in queries.receipts(connection).values()}


def test_a_list_fills_receipts_and_makes_decisions(folder: Path) -> None:
    built = _build(folder, GOOD)
    assert built.received.decided == 7
    items, receipts = _items(folder), _receipts(folder)
    briefing, note = items["briefing.txt"], items["notes/w1.txt"]
    assert (briefing.source, briefing.published, briefing.already_public) == ("Northern Wire", "2031-05-15", True)
    assert (briefing.protection, briefing.release.state) == (Protection.NONE, ReleaseState.RELEASED)
    assert briefing.release.authority == "printed that evening (as listed in received.csv)"
    assert receipts["notes/w1.txt"][0].received_from == "a friend, by hand"
    assert (note.sensitivity, note.protection, note.already_public) == (Sensitivity.GRAPHIC, Protection.SEALED, False)
    assert note.consent.purposes == (Purpose.STORE, Purpose.ANALYSE)
    assert note.consent.form == "form of 3 June (as listed in received.csv)"


def test_a_translation_named_in_the_list_is_aligned_in_the_same_run(folder: Path) -> None:
    _build(folder, GOOD)
    with open_case(folder.parent / "case") as case:
        view = view_case(case)
    held = {one.item.name: one for one in view.items}
    document, original = held["notes/w1-english.txt"].document, held["notes/w1.txt"].document
    assert document is not None
    assert original is not None
    assert document.translates is not None
    assert document.translates.document == original.id
    claims = [one.claim for one in view.claims if one.item == document.item]
    assert claims
    for claim in claims:
        assert claim.original is not None
        assert original.text[claim.original.start : claim.original.end] == "رأيت ٤٠ جثة في كورين يوم الجمعة."


def test_the_list_names_the_translator_once_and_keeps_the_name_out_of_the_records(folder: Path) -> None:
    text = "file,translation_of,translator,why\nw1-english.txt,w1.txt,Dara Ilin,told us so\n"
    received = _add(folder, text)
    assert received.decided == 2
    root = folder.parent / "case"
    translator = _items(folder)["notes/w1-english.txt"].translator
    assert translator is not None
    assert names_of(root / "members.db", [translator.key or ""]) == {translator.key: "Dara Ilin"}
    assert [path.name for path in root.rglob("*") if path.is_file() and b"Dara Ilin" in path.read_bytes()] == ["members.db"]
    assert _add(folder, text).decided == 0
    assert _add(folder, text.replace("Dara Ilin", "machine: Lingua 3.2")).decided == 1
    assert _items(folder)["notes/w1-english.txt"].translator == Translator(machine="Lingua 3.2")


def test_a_translator_taken_back_is_not_named_again_by_the_list(folder: Path) -> None:
    text = "file,translation_of,translator,why\nw1-english.txt,w1.txt,Dara Ilin,told us so\n"
    _add(folder, text)
    with open_case(folder.parent / "case", write="undo") as case:
        assert undo(case).field == "translator"
    assert _add(folder, text).decided == 0
    assert _items(folder)["notes/w1-english.txt"].translator is None


def test_the_same_build_again_adds_nothing(folder: Path) -> None:
    _build(folder, GOOD)
    again = _build(folder, GOOD)
    assert again.nothing_to_do
    assert (again.received.unchanged, again.received.decided) == (3, 0)
    assert all(len(receipts) == 1 for receipts in _receipts(folder).values())


def test_what_a_person_took_back_or_decided_otherwise_is_not_decided_again_by_the_list(folder: Path) -> None:
    _build(folder, GOOD)
    with open_case(folder.parent / "case", write="undo") as case, case.asking() as connection:
        release = next(decision for decision in queries.decisions(connection) if decision.field == "release")
    with open_case(folder.parent / "case", write="undo") as case:
        undo(case, release.id)
    assert _build(folder, GOOD).received.decided == 0
    assert _items(folder)["briefing.txt"].release.state is ReleaseState.WITHHELD


def test_the_command_speaks_for_what_the_list_leaves_open(folder: Path) -> None:
    text = "file,source,already_public\nbriefing.txt,Northern Wire,no\n"
    _build(folder, text, Given(received_from="the clinic", source="unknown office", published="2031-06-01", already_public=True))
    receipts = _receipts(folder)
    assert (receipts["briefing.txt"][0].source, receipts["notes/w1.txt"][0].source) == ("Northern Wire", "unknown office")
    assert receipts["briefing.txt"][0].received_from == "the clinic"
    assert [receipts[name][0].already_public for name in ("briefing.txt", "notes/w1.txt")] == [False, True]


def test_a_list_that_learns_more_makes_one_more_receipt_and_no_more(folder: Path) -> None:
    _build(folder, "file,source\nbriefing.txt,\n")
    fuller = "file,source\nbriefing.txt,Northern Wire\n"
    assert _build(folder, fuller).received.repeated == 1
    assert _build(folder, fuller).nothing_to_do
    assert _items(folder)["briefing.txt"].source == "Northern Wire"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_common_separator_and_byte_order_mark_is_read(folder: Path, separator: str, encoding: str) -> None:
    text = "File;Received from;Why\nbriefing.txt;Amm Fāris;his own words\n\n".replace(";", separator)
    (row,) = read_list(_list(folder.parent, text, encoding=encoding)).rows
    assert (row.line, row.file, row.received_from, row.why) == (2, "briefing.txt", "Amm Fāris", "")


def test_a_workbook_is_read_like_a_table(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["file", "published", "already_public", "protection", "why"])
    sheet.append(["briefing.txt", dt.date(2031, 5, 15), True, "none", "printed"])
    path = folder.parent / "received.xlsx"
    book.save(path)
    (row,) = read_list(path).rows
    assert (row.line, row.published, row.already_public, row.decisions) == (2, "2031-05-15", True, (("protection", "none"),))
    assert row.why == "printed (as listed in received.xlsx)"


@pytest.mark.parametrize("typed", ["notes/w1.txt", "./notes/w1.txt", "notes\\w1.txt", "w1.txt", "evidence/notes/w1.txt"])
def test_a_file_is_found_by_its_path_in_the_folder_or_from_the_list_or_by_its_name(folder: Path, typed: str) -> None:
    _add(folder, f"file,source\n{typed},W-1\n")
    assert {name: receipts[0].source for name, receipts in _receipts(folder).items()} == {
        "briefing.txt": None,
        "notes/w1.txt": "W-1",
        "notes/w1-english.txt": None,
    }


def test_files_given_one_by_one_are_found_too(folder: Path) -> None:
    _add(folder, "file,source\nw1.txt,W-1\n", folder / "notes" / "w1.txt")
    assert _receipts(folder)["w1.txt"][0].source == "W-1"


def test_an_original_may_be_named_by_the_short_number_it_has_in_the_case(folder: Path) -> None:
    _add(folder, "file\nw1.txt\n", folder / "notes" / "w1.txt")
    received = _add(folder, "file,translation_of,why\nw1-english.txt,i1,ours\n", folder / "notes" / "w1-english.txt")
    assert received.decided == 1


BAD = {
    "unknown column": ("file,sorce\nbriefing.txt,x\n", r"line 1: there is no column 'sorce'\. Did you mean source\?"),
    "no file column": ("source\nx\n", "line 1: the column file is missing"),
    "column twice": ("file,source,Source\nbriefing.txt,x,y\n", "line 1: the column source is there twice"),
    "no file": ("file,source\n,x\n", "line 2: the file is not named"),
    "not added": (
        "file\nbriefing.txt\nbreifing.txt\n",
        r"line 3: breifing\.txt is not among the files to be added\. Did you mean briefing\.txt\?",
    ),
    "duplicate": ("file\nnotes/w1.txt\n\nw1.txt\n", r"line 4: w1\.txt has a row already, on line 2"),
    "day": ("file,published\nbriefing.txt,15 May 2031\n", "line 2: published is '15 May 2031', which is no day"),
    "short day": ("file,published\nbriefing.txt,20310515\n", "line 2: published is '20310515'"),
    "yes or no": ("file,already_public\nbriefing.txt,perhaps\n", "line 2: already_public is 'perhaps'. Choose one of: yes, no"),
    "value": (
        "file,protection,why\nbriefing.txt,secret,x\n",
        "line 2: protection cannot be 'secret'. Choose one of: unset, none, sensitive, sealed",
    ),
    "consent": ('file,consent,why\nbriefing.txt,"store,sell",x\n', "line 2: consent cannot be 'sell'. Choose from: store"),
    "no reason": ("file,release\nbriefing.txt,released\n", "line 2: release is a decision, and a decision needs its reason"),
    "no reason for a translation": ("file,translation_of\nw1-english.txt,w1.txt\n", "line 2: translation_of is a decision"),
    "translator of nothing": ("file,translator,why\nw1.txt,Dara Ilin,x\n", "line 2: translator says who made a translation: fill transl"),
    "translator without a reason": (
        "file,translation_of,translator\nw1-english.txt,w1.txt,Dara Ilin\n",
        "line 2: translation_of is a decision",
    ),
    "machine as a person": (
        "file,translation_of,translator,why\nw1-english.txt,w1.txt,DeepL,x\n",
        "line 2: 'DeepL' reads like a machine.*Nothing was added",
    ),
    "machine without a name": ("file,translation_of,translator,why\nw1-english.txt,w1.txt,machine:,x\n", "line 2: The machine has no name"),
    "name in the reason": (
        "file,translation_of,translator,why\nw1-english.txt,w1.txt,Dara Ilin,by Dara Ilin\n",
        "line 2: The reason names the translator",
    ),
    "too many cells": ("file,source\nbriefing.txt,x,y\n", "line 2: there are 3 cells for 2 columns"),
    "open quotation": ('file,source\nbriefing.txt,"x\n', "line 2: the row cannot be read"),
    "empty": ("\n", r"is empty\. Its first line names the columns"),
    "original not added": ("file,translation_of,why\nw1.txt,w2.txt,x\n", "line 2: w2.txt is not among the files"),
    "number in a new case": ("file,translation_of,why\nw1.txt,I7,x\n", "line 2: there is no I7 in a case that is only being made"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_list_is_refused_by_its_line_before_there_is_a_case(folder: Path, bad: tuple[str, str]) -> None:
    text, message = bad
    with pytest.raises(UsageError, match=message):
        _build(folder, text)
    assert not (folder.parent / "case").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,translation_of,why\nw1.txt,I7,x\n", "line 2: there is no item I7 in this case"),
        ("file,translation_of,why\nw1.txt,w1.txt,x\n", "line 2: An item cannot be a translation of itself"),
        (
            "file,translation_of,why\nw1.txt,w1-english.txt,x\nw1-english.txt,w1.txt,x\n",
            "line 3: The original named is itself a translation",
        ),
    ],
)
def test_a_translation_that_cannot_be_is_refused_before_anything_is_stored(folder: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        _add(folder, text)
    assert _items(folder) == {}


def test_two_files_of_one_name_must_be_told_apart(folder: Path) -> None:
    (folder / "w1.txt").write_text("another", encoding="utf-8")
    other = folder.parent / "other"
    other.mkdir()
    (other / "w1.txt").write_text("a third", encoding="utf-8")
    with pytest.raises(UsageError, match=r"line 2: 2 of the files to be added are called w1\.txt"):
        _add(folder, "file\nw1.txt\n", folder, other)
    _add(folder, "file,source\nother/w1.txt,W-3\n", folder, other)
    with open_case(folder.parent / "case") as case:
        assert sorted(str(held.item.source) for held in view_case(case).items) == ["None"] * 4 + ["W-3"]


def test_a_list_that_is_no_utf_8_or_no_text_or_no_workbook_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="not in UTF-8"):
        read_list(_list(folder.parent, "file,source\nbriefing.txt,Café für Zürich à la carte\n", encoding="cp1252"))
    path = folder.parent / "received.csv"
    path.write_bytes(b"file\x00\x01\x02" * 9)
    with pytest.raises(UsageError, match="is no text"):
        read_list(path)
    workbook = folder.parent / "received.xlsx"
    workbook.write_bytes(b"PK not really")
    with pytest.raises(UsageError, match="is no Excel workbook"):
        read_list(workbook)
    with pytest.raises(UsageError, match="cannot be read"):
        read_list(folder.parent / "nowhere.csv")


def test_a_link_in_the_folder_is_not_among_the_files_to_be_added(folder: Path) -> None:
    (folder / "notes" / "w1.txt").unlink()
    (folder / "notes" / "w1.txt").symlink_to(folder / "briefing.txt")
    with pytest.raises(UsageError, match=r"notes/w1\.txt is not among the files"):
        _build(folder, GOOD)


def test_the_list_is_evidence_only_where_it_lies_in_the_folder(folder: Path) -> None:
    _build(folder, GOOD)
    assert "received.csv" not in _items(folder)
