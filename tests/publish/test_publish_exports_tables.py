"""Tables: every fact in its column, nothing a formula, the same out of CSV and out of the workbook as what went in."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.publish.exported import HOSTILE, WORDS, hostile_case

from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.columns import ANSWERS, CLAIMS, INCIDENTS, ITEMS, PLACES
from witnessmark.publish.exports.spreadsheet import BOM, cell_text, csv_files, harmless, xlsx
from witnessmark.publish.exports.tables import tables

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets_of(content: bytes) -> Any:  # noqa: ANN401 -- openpyxl publishes no types
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_table_has_its_columns_in_their_order(case: CaseView) -> None:
    files = csv_files(Casebook(case))
    for name, columns in (("claims", CLAIMS), ("incidents", INCIDENTS), ("items", ITEMS), ("answers", ANSWERS), ("places", PLACES)):
        assert files[f"{name}.csv"].startswith(BOM.encode())
        assert next(csv.reader([files[f"{name}.csv"].decode("utf-8-sig").splitlines()[0]])) == [column.name for column in columns]


def test_a_claim_stands_in_its_row_with_what_was_said_by_whom_and_where_it_stands(case: CaseView) -> None:
    first = rows_of(csv_files(Casebook(case))["claims.csv"])[0]
    assert (first["claim"], first["item"], first["incidents"], first["stance"], first["act"]) == ("C1", "I1", "N1", "asserts", "killing")
    assert first["words"] == "the guards had killed as many as 40 detainees a day at Darrow Mill"
    assert (first["speaker"], first["speaker_role"]) == ("Lena Marsk", "special envoy for Kelmar")
    assert (first["victims"], first["victims_min"], first["victims_max"], first["victims_per"]) == (
        "at most 40 killed a day (detainees)",
        "",
        "40",
        "day",
    )
    assert (first["when_earliest"], first["when_latest"], first["answered_by"]) == ("2030-11-01", "", "C5")


def test_arabic_comes_out_of_csv_and_workbook_as_it_went_in(case: CaseView) -> None:
    words = "الحراس قتلوا ثلاثة عشر محتجزا على الأقل في طاحونة دارو"
    assert words in {row["words"] for row in rows_of(csv_files(Casebook(case))["claims.csv"])}
    assert words in {cell.value for cell in sheets_of(xlsx(Casebook(case)))["claims"]["J"]}


def test_a_denial_is_never_listed_as_support_whatever_role_it_was_given(case: CaseView) -> None:
    (incident,) = rows_of(csv_files(Casebook(case))["incidents.csv"])
    assert (incident["claims_supporting"], incident["claims_denying"]) == ("C1; C8", "C5")
    assert incident["how_well_supported"] == ""


def test_only_what_is_public_already_has_its_hash(case: CaseView) -> None:
    rows = rows_of(csv_files(Casebook(case))["items.csv"])
    assert {row["name"]: bool(row["sha256"]) for row in rows if row["sha256"]} == {"denial.html": True}
    assert rows[1]["sha256"] == case.items[1].item.id


def test_no_cell_of_hostile_evidence_begins_as_a_formula(pile: Pile) -> None:
    for content in csv_files(Casebook(hostile_case(pile))).values():
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
        running = [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)]
        assert not running
        assert "\u202e" not in content.decode()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_negative_latitude_stays_a_number(pile: Pile) -> None:
    first = rows_of(csv_files(Casebook(hostile_case(pile)))["claims.csv"])[0]
    assert first["latitude"] == "-33.25"


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_a_neutralised_text_comes_back_when_its_apostrophe_is_taken_off(words: str) -> None:
    shown = str(harmless(words))
    assert shown.removeprefix("'") == cell_text(words)
    assert not shown.startswith(FORMULA_STARTS)


def test_every_text_of_the_workbook_is_a_text_and_every_sheet_is_frozen_and_filtered(pile: Pile) -> None:
    book = sheets_of(xlsx(Casebook(hostile_case(pile))))
    assert book.sheetnames == ["claims", "incidents", "items", "answers", "places"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [cell.value for cell in book["claims"]["J"]][1:] == [WORDS] * len(HOSTILE)
    assert HOSTILE[0] in {cell.value for cell in book["items"]["C"]}


def test_an_id_leads_to_its_row_and_nothing_leads_out_of_the_workbook(pile: Pile) -> None:
    content = xlsx(Casebook(hostile_case(pile)))
    book = sheets_of(content)
    links = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(HOSTILE) + 2
    for cell in links:
        title, target = cell.hyperlink.location.replace("'", "").split("!")
        assert cell.hyperlink.target is None
        assert book[title][target].value == cell.value
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if b"http://example.invalid" in packed.read(name) and "_rels" in name]


def test_csv_and_workbook_hold_the_same_cells(case: CaseView) -> None:
    files, book = csv_files(Casebook(case)), sheets_of(xlsx(Casebook(case)))
    for table in tables(Casebook(case)):
        rows = [
            [str(harmless(cell.value)) if cell.value is not None else "" for cell in row] for row in book[table.name].iter_rows(min_row=2)
        ]
        assert rows == [list(row.values()) for row in rows_of(files[f"{table.name}.csv"])]


def test_an_empty_case_gives_tables_with_heads_alone(pile: Pile) -> None:
    book = Casebook(pile.view())
    assert all(len(rows_of(content)) == 0 for content in csv_files(book).values())
    assert sheets_of(xlsx(book))["claims"].max_row == 1
