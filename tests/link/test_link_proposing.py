import io

import openpyxl
import pytest

from witnessmark.errors import UsageError
from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import DateOrder
from witnessmark.link.mapping import Mapping
from witnessmark.link.proposing import propose_mapping, proposed_file
from witnessmark.link.reading import read_list


def proposed(header: str, *rows: str, filename: str = "list.csv") -> Mapping:
    return propose_mapping("\n".join([header, *rows]).encode(), filename)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "No.,First Name,Father's name,Family_name,Mother’s Name,Date of Birth,Age,Gender,Place of death,Governorate,Date of death",
            "id given father family mother birth age sex place container died",
        ),
        ("Full name,Grandfather,DOB,Sex,Location,Province,Date of disappearance", "full_name grandfather birth sex place container died"),
        (
            "م,الاسم,اسم الأب,الكنية,اسم الأم,تاريخ الولادة,العمر,الجنس,مكان الاستشهاد,المحافظة,تاريخ الاستشهاد",
            "id given father family mother birth age sex place container died",
        ),
        ("الرقم,الإسم الثلاثي,السن,المدينة,التاريخ", "id full_name age place died"),
        (
            "N°,Prénom,Nom,Nom du père,Date de naissance,Âge,Sexe,Lieu de décès,Wilaya,Date de décès",
            "id given family father birth age sex place container died",
        ),
        ("Nom,Date", "full_name died"),
        ("Nom et prénom,Date de disparition", "full_name died"),
    ],
    ids=["english", "english-full", "arabic", "arabic-full", "french", "french-short", "french-full"],
)
def test_usual_headings_are_known(header: str, fields: str) -> None:
    mapping = proposed(header)
    assert mapping.columns == dict(zip(sorted(fields.split(), key=fields.split().index), header.split(","), strict=True))


def test_a_column_nobody_knows_is_left_out_and_the_surest_heading_is_taken() -> None:
    assert proposed("Shoe size,Date,Name,Date of death").columns == {"full_name": "Name", "died": "Date of death"}


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/04/2014", "25/04/2014"], DateOrder.DAY_FIRST),
        (["٢٥/٠٤/٢٠١٤"], DateOrder.DAY_FIRST),
        (["03/04/2014", "04/25/2014"], DateOrder.MONTH_FIRST),
        (["2014/04/03"], DateOrder.YEAR_FIRST),
        (["25/04/2014", "04/25/2014"], None),
        (["03/04/2014", "2013"], None),
    ],
)
def test_the_order_of_dates_is_proposed_only_where_the_dates_show_it(dates: list[str], order: DateOrder | None) -> None:
    assert proposed("name,died", *(f"Layla,{day}" for day in dates)).date_order is order


@pytest.mark.parametrize(
    ("dates", "calendar"),
    [
        (["15/9/1434"], Calendar.HIJRI),
        (["2013"], Calendar.GREGORIAN),
        (["15/9/1434", "2013"], Calendar.BY_YEAR),
        ([], Calendar.GREGORIAN),
    ],
)
def test_the_calendar_is_proposed_by_the_years(dates: list[str], calendar: Calendar) -> None:
    assert proposed("name,died", *(f"Layla,{day}" for day in dates)).calendar is calendar


@pytest.mark.parametrize(("filename", "name"), [("my_list (2).csv", "my list 2"), ("___.csv", "list"), ("قائمة.xlsx", "قائمة")])
def test_the_list_is_named_after_its_file_in_a_name_that_a_mapping_takes(filename: str, name: str) -> None:
    mapping = proposed("name", filename=filename)
    assert " ".join(mapping.name.split()) == name
    assert Mapping.decode(mapping.toml().encode()) == mapping


def test_headings_below_a_title_are_found() -> None:
    mapping = proposed("List of the dead", "Name,Date of death", "Layla,2013")
    assert mapping.header == 2
    assert mapping.columns == {"full_name": "Name", "died": "Date of death"}


def test_a_list_without_a_name_is_refused_with_its_columns() -> None:
    with pytest.raises(UsageError, match=r"headed like a name\. Its columns: Shoe size, Date"):
        proposed("Shoe size,Date")


def test_what_is_proposed_for_a_workbook_reads_it() -> None:
    book = openpyxl.Workbook()
    for row in (["الاسم", "تاريخ الوفاة"], ["ليلى", "25/04/2014"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    victims = read_list(file.getvalue(), "list.xlsx", propose_mapping(file.getvalue(), "list.xlsx"))
    assert victims.records[0].full_name == "ليلى"
    assert victims.records[0].died is not None


def note_on_order(*dates: str) -> str:
    content = proposed_file("\n".join(["name,died", *(f"Layla,{day}" for day in dates)]).encode(), "list.csv")
    return next((line for line in content.splitlines() if line.startswith("# ") and ("dates" in line)), "")


def test_a_proposed_order_says_how_many_dates_it_rests_on() -> None:
    few = note_on_order("25/04/2014", "03/04/2014", "May 2013")
    assert "shown by 1 of 3 dates" in few
    assert "may be slips" in few
    many = note_on_order(*["25/04/2014"] * 20, "03/04/2014")
    assert "shown by 20 of 21 dates" in many
    assert "slips" not in many


def test_an_order_that_is_not_proposed_says_why() -> None:
    assert "each of the 2 dates in figures can be read either way round" in note_on_order("03/04/2014", "05/06/2014")
    assert "1 day-first, 1 month-first" in note_on_order("25/04/2014", "04/25/2014")
    assert not note_on_order("May 2013")


def test_a_proposed_file_is_the_proposed_mapping() -> None:
    content = b"name,died\nLayla,25/04/2014\n"
    assert Mapping.decode(proposed_file(content, "list.csv").encode()) == propose_mapping(content, "list.csv")
