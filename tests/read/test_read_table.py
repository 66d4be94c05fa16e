from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from tests.read.read_originals import BARE, anchored, document_of, reason_of, stored

from witnessmark.model.document import AnchorKind


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Prison A"
    sheet.append(["name", "age", "taken", "known"])
    sheet.append(["Ana", 30, dt.datetime(2030, 1, 2), True])  # noqa: DTZ001 -- a cell of a workbook has no time zone -- what a spreadsheet holds has no zone
    sheet.append([])
    sheet.append(["Ivo", 4.5, dt.datetime(2030, 1, 2, 10, 30), None])  # noqa: DTZ001 -- a cell of a workbook has no time zone
    hidden = book.create_sheet("سري")
    hidden.sheet_state = "hidden"
    hidden.append(["a line\nbreak"])
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_row_is_one_line_with_its_number(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.csv", 'name,age\r\nAna,30\r\n\r\n"Tern, Ivo","4\n5"\r\n'))
    assert document.text == "name | age\nAna | 30\nTern, Ivo | 4 5"
    assert anchored(document) == [("1", "name | age"), ("2", "Ana | 30"), ("4", "Tern, Ivo | 4 5")]
    assert {anchor.kind for anchor in document.anchors} == {AnchorKind.ROW}


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ";"), ("a.csv", "\t"), ("a.csv", "|"), ("a.tsv", "\t")])
def test_the_delimiter_is_found(tmp_path: Path, name: str, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [["name", "age", "town"], ["Ana", "30", "Tessel"], ["Ivo", "41", "Orm"]])
    assert document_of(stored(tmp_path, name, text)).text.splitlines()[1] == "Ana | 30 | Tessel"


def test_a_table_of_one_column_is_read_too(tmp_path: Path) -> None:
    assert document_of(stored(tmp_path, "a.csv", "name\nAna\nIvo\n")).text == "name\nAna\nIvo"


def test_one_giant_line_is_read_in_time(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.csv", "x" * 10_000_000 + ",y"))
    assert document.text.endswith("x | y")


def test_a_quote_that_never_ends_is_no_crash(tmp_path: Path) -> None:
    assert "Ana" in document_of(stored(tmp_path, "a.csv", 'name,age\n"Ana,30\nIvo,40\n')).text


def test_rows_over_the_limit_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.csv", "a,b\n" * 10), params=replace(BARE, table_rows=4))
    assert document.text.count("\n") == 3
    assert document.problems == ("Only the first 4 filled rows were read.",)


def test_a_workbook_gives_all_sheets_by_name_and_row(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.xlsx", saved(workbook())))
    assert anchored(document) == [
        ("Prison A row 1", "name | age | taken | known"),
        ("Prison A row 2", "Ana | 30 | 2030-01-02 | TRUE"),
        ("Prison A row 4", "Ivo | 4.5 | 2030-01-02 10:30:00"),
        ("سري row 1", "a line break"),
    ]
    assert document.metadata["sheets"] == "Prison A, سري"
    assert any("سري is hidden" in problem for problem in document.problems)


def test_a_sheet_that_claims_a_million_rows_ends_with_its_data(tmp_path: Path) -> None:
    book = workbook()
    book.active.cell(1_048_576, 1, None)
    assert document_of(stored(tmp_path, "a.xlsx", saved(book))).text.startswith("name | age")


def test_a_broken_workbook_is_said_to_be_damaged(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(workbook()))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<worksheet><broken" if name.endswith("sheet1.xml") else source.read(name))
    assert "Excel workbook is damaged" in reason_of(stored(tmp_path, "a.xlsx", buffer.getvalue()))


def test_a_workbook_that_is_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 600_000_000)
    assert "would unpack to 600 MB" in reason_of(stored(tmp_path, "a.xlsx", buffer.getvalue()))


def test_a_table_in_an_old_encoding_states_the_guess(tmp_path: Path) -> None:
    text = "الاسم,العمر,المدينة\n" + "محمد أحمد,30,المدينة القديمة في الشمال\n" * 5
    document = document_of(stored(tmp_path, "a.csv", text.encode("cp1256")))
    assert "محمد أحمد | 30" in document.text
    assert any("guessed as windows-1256" in problem for problem in document.problems)
