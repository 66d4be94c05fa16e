import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from witnessmark.errors import UsageError
from witnessmark.link import workbooks
from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import DateOrder
from witnessmark.link.mapping import Mapping
from witnessmark.link.reading import read_list
from witnessmark.link.records import DateSpan, VictimList

MAPPING = Mapping(name="A", columns={"full_name": "name", "died": "died", "age": "age"}, date_order=DateOrder.DAY_FIRST)
HEADER = ["name", "died", "age"]
DAY = datetime(2014, 4, 3)  # noqa: DTZ001 -- cells of workbooks know no time zones


def workbook(rows: Sequence[Sequence[object]], change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    """The workbook with each part changed, and more parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more:
            new.writestr(name, part)
    return file.getvalue()


def read(content: bytes, mapping: Mapping = MAPPING) -> VictimList:
    return read_list(content, "list.xlsx", mapping)


def read_unless_refused(content: bytes) -> VictimList | None:
    """The list, or None where the file is refused in words that name it; any other exception is the test's failure."""
    try:
        return read(content)
    except UsageError as error:
        if "list.xlsx" not in str(error):
            raise AssertionError("the refusal does not name the file") from error
        return None


def test_a_row_of_a_sheet_is_a_record_beside_what_it_shows() -> None:
    victims = read(workbook([HEADER, ["Layla Haddad", DAY, 30], ["Omar Najjar", "12/05/2013", 30.0], ["Sami", None, 6.5]]))
    assert [record.written for record in victims.records] == [
        {"name": "Layla Haddad", "died": "2014-04-03", "age": "30"},
        {"name": "Omar Najjar", "died": "12/05/2013", "age": "30"},
        {"name": "Sami", "died": "", "age": "6.5"},
    ]
    assert victims.records[0].died == DateSpan(date(2014, 4, 3), date(2014, 4, 3))
    assert (victims.records[1].line, victims.problems) == (3, ())


def test_a_real_date_is_gregorian_even_in_a_hijri_list() -> None:
    hijri = Mapping(name="A", columns={"full_name": "name", "died": "died"}, calendar=Calendar.HIJRI)
    victims = read(workbook([HEADER, ["Layla", DAY.replace(hour=10, minute=30)], ["Omar", "15/9/1434"]]), hijri)
    assert victims.records[0].died == DateSpan(date(2014, 4, 3), date(2014, 4, 3))
    assert victims.records[0].written["died"] == "2014-04-03 10:30:00"
    assert victims.records[1].died is not None


def test_a_day_number_is_counted_from_the_day_the_workbook_counts_from() -> None:
    def since_1904(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    for content in (workbook([HEADER, ["Layla", 41732]]), workbook([HEADER, ["Layla", 40270]], since_1904)):
        victims = read(content)
        assert victims.records[0].died == DateSpan(date(2014, 4, 3), date(2014, 4, 3))
        assert "day number" in victims.problems[0].what


def test_a_year_as_a_number_is_a_year() -> None:
    assert read(workbook([HEADER, ["Layla", 2014]])).records[0].died == DateSpan(date(2014, 1, 1), date(2014, 12, 31))


def test_what_is_no_text_is_written_as_it_shows() -> None:
    victims = read(workbook([HEADER, ["Layla", time(10, 30), True]]))
    assert victims.records[0].written == {"name": "Layla", "died": "10:30:00", "age": "TRUE"}
    assert {problem.column for problem in victims.problems} == {"died", "age"}


def test_a_formula_that_was_never_computed_stands_as_itself_and_is_told() -> None:
    victims = read(workbook([HEADER, ['=B2&" Haddad"', 2014], ["Omar", "=1+2013"]]))
    assert [record.written["name"] for record in victims.records] == ['=B2&" Haddad"', "Omar"]
    assert victims.records[1].died is None
    assert [(p.line, p.column, p.value) for p in victims.problems if "never computed" in p.what] == [
        (2, "name", '=B2&" Haddad"'),
        (3, "died", "=1+2013"),
    ]


def test_of_a_computed_formula_the_value_is_taken_and_the_formula_told() -> None:
    def computed(name: str, part: bytes) -> bytes:
        return re.sub(rb"(<f>1\+2013</f>)<v ?/>|(<f>1\+2013</f>)<v></v>", rb"<f>1+2013</f><v>2014</v>", part)

    victims = read(repacked(workbook([HEADER, ["Omar", "=1+2013"]]), computed))
    assert victims.records[0].written["died"] == "2014"
    assert victims.records[0].died == DateSpan(date(2014, 1, 1), date(2014, 12, 31))
    assert [(p.line, p.column, p.value) for p in victims.problems] == [(2, "died", "=1+2013")]


def test_merged_cells_are_told_and_filled_into_nothing() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("B2:B3")

    victims = read(workbook([HEADER, ["Layla", 2014], ["Omar", None]], merge))
    assert [record.died is None for record in victims.records] == [False, True]
    assert [(p.line, p.column, p.value) for p in victims.problems] == [(2, "died", "B2:B3")]


def test_other_sheets_are_named_and_can_be_chosen() -> None:
    def second(book: openpyxl.Workbook) -> None:
        book.create_sheet("2014").append(["name"])
        book["2014"].append(["Omar"])

    content = workbook([HEADER, ["Layla"]], second)
    victims = read(content)
    assert [record.full_name for record in victims.records] == ["Layla"]
    assert [problem.value for problem in victims.problems] == ["2014"]
    chosen = Mapping(name="A", columns={"full_name": "name"}, sheet="2014")
    assert [record.full_name for record in read(content, chosen).records] == ["Omar"]
    with pytest.raises(UsageError, match=r"no sheet '2015'\. Its sheets: 'Sheet', '2014'"):
        read(content, Mapping(name="A", columns={"full_name": "name"}, sheet="2015"))


def test_hidden_and_empty_sheets_are_not_taken_for_the_list() -> None:
    def hidden(book: openpyxl.Workbook) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("empty")
        book.create_sheet("list").append(["name"])
        book["list"].append(["Omar"])

    assert read(workbook([["x"]], hidden), Mapping(name="A", columns={"full_name": "name"})).records[0].full_name == "Omar"
    with pytest.raises(UsageError, match="no visible sheet with anything in it"):
        read(workbook([]))


def test_formats_blank_rows_and_gaps_make_no_rows() -> None:
    def spread(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A6"] = "Omar"
        sheet["A900"].font = Font(bold=True)

    victims = read(workbook([HEADER, ["Layla"]], spread))
    assert [record.line for record in victims.records] == [2, 6]
    assert [(problem.line, problem.value) for problem in victims.problems] == [(3, "3")]


def test_a_workbook_that_claims_another_size_is_read_whole() -> None:
    def claimed(name: str, part: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', rb'<dimension ref="A1:A1"', part)

    assert len(read(repacked(workbook([HEADER, *([f"Omar {n}"] for n in "abc")]), claimed)).records) == 3


def test_strings_kept_in_a_part_of_their_own_as_excel_keeps_them_are_read() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si><t>name</t></si><si><r><t>Lay</t></r><r><t>la</t></r></si></sst>'.encode()
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

    def shared(name: str, part: bytes) -> bytes:
        for number, text in enumerate((b"name", b"Layla")):
            part = part.replace(b't="inlineStr"><is><t>' + text + b"</t></is>", b't="s"><v>%d</v>' % number)
        return part.replace(b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>')

    content = repacked(workbook([["name"], ["Layla"]]), shared, ("xl/sharedStrings.xml", strings))
    victims = read(content, Mapping(name="A", columns={"full_name": "name"}))
    assert [record.full_name for record in victims.records] == ["Layla"]


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(workbook([HEADER]), lambda _name, part: part, ("xl/worksheets/sheet9.xml", b"<x>" + b" " * 20_000_000))
    with pytest.raises(UsageError, match="zip bomb"):
        read(bomb)


def test_a_workbook_of_too_many_parts_or_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([HEADER, ["Layla"]])
    monkeypatch.setattr(workbooks, "MOST_CELLS", 3)
    with pytest.raises(UsageError, match="more than 3 cells"):
        read(content)
    monkeypatch.setattr(workbooks, "MOST_MEMBERS", 2)
    with pytest.raises(UsageError, match="zip bomb"):
        read(content)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_workbook_that_names_entities_is_not_parsed(part: str) -> None:
    def declare(name: str, content: bytes) -> bytes:
        declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return declared + re.sub(rb"^<\?xml.*?\?>", b"", content) if name == part else content

    with pytest.raises(UsageError, match="declares a document type"):
        read(repacked(workbook([HEADER, ["Layla"]]), declare))


def test_another_archive_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UsageError, match=r"no \.xlsx workbook"):
        read(file.getvalue())


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_in_words(data: st.DataObject) -> None:
    whole = workbook([HEADER, ["Layla", 2014, 30]])
    place = data.draw(st.integers(0, 10**6)) % (len(whole) - 2) + 2  # the packed length differs from run to run
    damaged = whole[:place] + data.draw(st.binary(min_size=1, max_size=4)) + whole[place + data.draw(st.integers(0, 4)) :]
    victims = read_unless_refused(damaged)
    assert victims is None or len(victims.records) + len(victims.unnamed) <= 1


def damaged_parts() -> list[tuple[str, bytes, bytes]]:
    return [
        ("xl/worksheets/sheet1.xml", b"<row ", b"<row><row "),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"', b't="z"'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>name</t></is>', b't="s"><v>99</v>'),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>name</t></is>', b't="d"><v>never</v>'),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><x/>"),
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId99"'),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet8.xml"),
        ("xl/styles.xml", b"<cellXfs", b"<nothing"),
    ]


@pytest.mark.parametrize(("part", "old", "new"), damaged_parts(), ids=range(8))
def test_a_workbook_whose_parts_do_not_fit_is_read_or_refused_in_words(part: str, old: bytes, new: bytes) -> None:
    whole = workbook([HEADER, ["Layla"]])
    content = repacked(whole, lambda name, body: body.replace(old, new, 1) if name == part else body)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert old in archive.read(part)
    read_unless_refused(content)


cells = st.one_of(
    st.none(),
    st.text("aB1 éع-", max_size=5),
    st.integers(0, 10**6),
    st.booleans(),
    st.datetimes(DAY).map(lambda at: at.replace(microsecond=0)),
)


@settings(max_examples=40)
@given(st.lists(st.lists(cells, min_size=3, max_size=5), max_size=6))
def test_every_row_of_a_sheet_is_a_record_or_unnamed(rows: list[list[object]]) -> None:
    victims = read(workbook([list(HEADER), *rows]))
    filled = [number for number, row in enumerate(rows, 2) if any(cell is not None and str(cell).strip() for cell in row)]
    assert sorted([*(record.line or 0 for record in victims.records), *(line for line, _ in victims.unnamed)]) == filled
    for record in victims.records:
        name = rows[(record.line or 0) - 2][0]
        assert not isinstance(name, str) or record.written["name"] == name
