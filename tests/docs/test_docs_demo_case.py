"""The demo case is what its script makes and what its papers say: invented, complete, deterministic, and in one place broken."""

from __future__ import annotations

import csv
import email.policy
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from witnessmark.model.consent import Purpose
from witnessmark.model.item import Protection, Sensitivity

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "karvel-briefing"
EVIDENCE = CASE / "evidence"
NAMES = {path.name for path in EVIDENCE.iterdir()}
README = (CASE / "README.md").read_text(encoding="utf-8")
EXPECTED: dict[str, list[dict[str, Any]]] = tomllib.loads((CASE / "expected.toml").read_text(encoding="utf-8"))
RECEIVED = list(csv.DictReader((CASE / "received.csv").read_text(encoding="utf-8").splitlines()))
SIGNED = {"siding-signed.jpg", "siding-altered.jpg"}
"""Made once by `scripts/make-demo-pictures`; `test_docs_demo_pictures.py` holds them to what is drawn."""
COLUMNS = [
    "file",
    "source",
    "published",
    "received_from",
    "already_public",
    "sensitivity",
    "protection",
    "consent",
    "why",
    "translation_of",
    "translator",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the script makes."""
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, "-m", "examples.make_demo", str(folder)], check=True, capture_output=True, cwd=ROOT)
    return folder


def test_the_committed_files_are_what_the_script_makes(made: Path) -> None:
    names = sorted(path.name for path in made.iterdir())
    assert [name for name in names if (made / name).read_bytes() != (EVIDENCE / name).read_bytes()] == []


def test_whatever_is_not_text_is_made_by_a_script(made: Path) -> None:
    by_hand = {path.name for path in EVIDENCE.iterdir()} - {path.name for path in made.iterdir()} - SIGNED
    assert {(EVIDENCE / name).suffix for name in by_hand} <= {".txt", ".md", ".html", ".csv"}


def test_no_clock_gets_into_the_archives() -> None:
    for name in ("hospital-letter.docx", "second-court-list.xlsx"):
        with zipfile.ZipFile(EVIDENCE / name) as archive:
            assert {(member.date_time, member.compress_type) for member in archive.infolist()} == {
                ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
            }


def test_the_folder_describes_every_file_and_no_other() -> None:
    described = {line.split("`")[1] for line in README.splitlines() if line.startswith("| `")}
    assert described == NAMES


def test_the_folder_says_that_everything_is_invented() -> None:
    assert "All people, places and events here are invented" in README


def test_the_case_is_small() -> None:
    assert sum(path.stat().st_size for path in EVIDENCE.iterdir()) < 3_000_000


def test_addresses_and_telephone_numbers_are_kept_free_for_fiction() -> None:
    for path in EVIDENCE.iterdir():
        if path.suffix in {".txt", ".md", ".html", ".csv", ".eml"}:
            text = path.read_text(encoding="utf-8")
            hosts = re.findall(r"https?://([^/\s\"')]+)|[\w.-]+@([\w.-]+\w)", text)
            assert all((web or mail).endswith(".example") or web == "schema.org" for web, mail in hosts), path.name
            assert all(number.startswith("+44 7700 900") for number in re.findall(r"\+\d[\d ]{8,}\d", text)), path.name


# What is received, and how


def test_the_list_of_receipts_names_every_file_once() -> None:
    assert list(RECEIVED[0]) == COLUMNS
    assert sorted(row["file"] for row in RECEIVED) == sorted(NAMES)


@pytest.mark.parametrize("row", RECEIVED, ids=lambda row: str(row["file"]))
def test_a_receipt_says_what_can_be_recorded(row: dict[str, str]) -> None:
    assert None not in row, "more cells than columns"
    assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row["published"])
    assert row["already_public"] in {"", "yes", "no"}
    assert row["sensitivity"] in {"", *Sensitivity}
    assert row["protection"] in {"", *Protection}
    assert {purpose.strip() for purpose in row["consent"].split(",") if purpose} <= set(Purpose)
    assert row["why"] or not any(row[column] for column in ("already_public", "sensitivity", "protection", "consent"))
    assert row["translation_of"] in {"", *NAMES}
    assert bool(row["translator"]) == bool(row["translation_of"])


def test_what_is_protected_is_neither_public_already_nor_free_to_publish() -> None:
    for row in RECEIVED:
        if row["protection"] in {Protection.SENSITIVE, Protection.SEALED}:
            assert row["already_public"] != "yes"
            assert Purpose.PUBLISH not in row["consent"].split(",")


def test_the_consent_on_the_list_is_that_of_the_form() -> None:
    (row,) = [row for row in RECEIVED if row["file"] == "interview-note-w07.txt"]
    (stated,) = [protected for protected in EXPECTED["protected"] if protected["id"] == "w07"]
    with pypdfium2.PdfDocument(EVIDENCE / "consent-w07.pdf") as form:
        lines = form[0].get_textpage().get_text_bounded().splitlines()
    ticked = [line.split(" [")[0] for line in lines if line.rstrip().endswith("[x] [ ]")]
    assert row["consent"].split(",") == stated["consent"]
    assert len(ticked) == len(stated["consent"])
    assert not [line for line in ticked if "published" in line]


# What the pieces are


def test_the_report_has_a_text_layer_on_three_pages() -> None:
    with pypdfium2.PdfDocument(EVIDENCE / "collective-report.pdf") as report:
        pages = [page.get_textpage().get_text_bounded() for page in report]
    assert len(pages) == 3
    assert "How we worked" in pages[1]
    assert all(len(page.split()) > 80 for page in pages)


def test_the_scan_is_a_picture_without_text() -> None:
    with pypdfium2.PdfDocument(EVIDENCE / "works-memo-scan.pdf") as scan:
        (page,) = scan
        assert page.get_textpage().get_text_bounded() == ""


def test_the_damaged_file_cannot_be_opened() -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(EVIDENCE / "annex-letters.pdf")


def test_the_mail_carries_a_list_of_twelve_people() -> None:
    with (EVIDENCE / "family-list.eml").open("rb") as stream:
        mail = BytesParser(policy=email.policy.default).parse(stream)
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content_type() == "text/csv"
    assert len(attachment.get_content().splitlines()) == 13


def test_the_hospital_table_adds_up() -> None:
    (table,) = docx.Document(str(EVIDENCE / "hospital-letter.docx")).tables
    rows = [[int(cell.text) for cell in row.cells[1:]] for row in table.rows[1:]]
    *quarters, together = rows
    assert [sum(column) for column in zip(*quarters, strict=True)] == together
    assert all(brought == sum(parts) for brought, *parts in rows)


def test_the_workbook_hides_a_sheet() -> None:
    book = openpyxl.load_workbook(EVIDENCE / "second-court-list.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [("Register", "visible"), ("Note", "hidden")]


def test_the_photograph_was_changed_after_it_was_taken() -> None:
    with Image.open(EVIDENCE / "karvel-from-hill.jpg") as photograph:
        exif = photograph.getexif()
    taken, changed = exif.get_ifd(0x8769)[0x9003], exif[0x0132]
    assert taken < changed < "2019:03:11"


def test_the_translation_has_the_paragraphs_of_its_original() -> None:
    original, translation = (
        (EVIDENCE / name).read_text(encoding="utf-8").strip().split("\n\n") for name in ("statement-ar.txt", "statement-ar-english.txt")
    )
    *translated, note = translation
    assert len(translated) == len(original)
    assert note.startswith("(Translated from Arabic")


def test_the_arabic_is_partly_vocalised_with_its_own_digits() -> None:
    text = (EVIDENCE / "statement-ar.txt").read_text(encoding="utf-8")
    assert re.search("[\u064b-\u0652]", text)
    assert re.search("[\u0660-\u0669]", text)
    assert not re.search("[0-9]", text)


# What a careful reader finds


def facts() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, listed in EXPECTED.items():
        yield from ((kind, fact) for fact in listed)


def test_every_fact_has_a_name_of_its_own() -> None:
    names = [fact["id"] for kind, fact in facts() if kind not in {"piece", "not_yet"}]
    assert len(names) == len(set(names))


def test_the_pieces_are_the_files() -> None:
    assert sorted(piece["file"] for piece in EXPECTED["piece"]) == sorted(NAMES)


def test_facts_point_at_files_and_facts_that_exist() -> None:
    names = {fact["id"] for kind, fact in facts() if kind not in {"piece", "not_yet"}}
    assert {fact["fact"] for fact in EXPECTED["not_yet"]} <= names | NAMES
    assert {fact["file"] for _, fact in facts() if "file" in fact} <= NAMES
    assert {file for denial in EXPECTED["denial"] for file in denial["of"] + denial["not_of"]} <= NAMES
    assert {fact["of"] for kind in ("echo", "translated") for fact in EXPECTED[kind]} <= NAMES
    figures = {figure["id"] for figure in EXPECTED["figure"]}
    assert {figure[key] for figure in EXPECTED["figure"] for key in ("of", "part_of") if key in figure} <= figures
    assert {figure for overlap in EXPECTED["overlap"] for figure in overlap["figures"]} <= figures
    assert {drift[end] for drift in EXPECTED["drift"] for end in ("from", "to")} <= names | NAMES


def test_a_fact_left_out_by_a_key_states_that_key() -> None:
    stated = {fact.get("id", fact.get("file")): fact for kind, fact in facts() if kind != "not_yet"}
    assert [left["fact"] for left in EXPECTED["not_yet"] if "key" in left and left["key"] not in stated[left["fact"]]] == []


def test_what_pieces_written_by_hand_are_said_to_say_stands_in_them() -> None:
    missing = []
    for kind, fact in facts():
        sides = fact.get("sides", [{"file": fact.get("file"), "says": fact.get("quote") or fact.get("text")}])
        for side in sides:
            path = EVIDENCE / str(side["file"])
            if side["says"] and path.suffix in {".txt", ".md", ".html"} and not spoken_in(path, side["says"]):
                missing.append((kind, side))
    assert missing == []


def spoken_in(path: Path, words: str) -> bool:
    return " ".join(words.split()) in " ".join(path.read_text(encoding="utf-8").split())
