from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import DateOrder
from witnessmark.link.mapping import FIELDS, Mapping

WHOLE = """
name = "Hospitals"
source = "Union of Hospitals"
compiled = "From the registers of four hospitals; relatives were not asked."
delimiter = "tab"
encoding = "windows-1256"
sheet = "Sheet1"
header = 3
date_order = "day-first"
calendar = "by-year"
columns = { given = "First name", family = "Last name", died = "Date of death", id = "No" }
"""


def decoded(**lines: str) -> Mapping:
    stated = {"name": '"A"', "columns": '{ full_name = "Name" }'} | lines
    return Mapping.decode("\n".join(f"{key} = {value}" for key, value in stated.items()).encode())


def test_a_mapping_says_how_a_list_is_read_and_was_compiled(tmp_path: Path) -> None:
    path = tmp_path / "hospitals.toml"
    path.write_text(WHOLE, encoding="utf-8")
    mapping = Mapping.load(path)
    assert (mapping.name, mapping.source) == ("Hospitals", "Union of Hospitals")
    assert mapping.compiled == "From the registers of four hospitals; relatives were not asked."
    assert mapping.columns == {"given": "First name", "family": "Last name", "died": "Date of death", "id": "No"}
    assert (mapping.cut, mapping.encoding, mapping.sheet, mapping.header) == ("\t", "windows-1256", "Sheet1", 3)
    assert (mapping.date_order, mapping.calendar) == (DateOrder.DAY_FIRST, Calendar.BY_YEAR)


def test_what_a_mapping_leaves_open_is_not_stated() -> None:
    mapping = decoded()
    assert (mapping.source, mapping.compiled, mapping.cut, mapping.date_order) == (None, None, None, None)
    assert mapping.calendar is Calendar.GREGORIAN


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"calender": '"hijri"'}, "'calender'. Did you mean 'calendar'?"),
        ({"columns": '{ familly = "Name" }'}, "'familly'. Did you mean 'family'?"),
        ({"date_order": '"day first"'}, "Did you mean 'day-first'?"),
        ({"calendar": '"julian"'}, "Known: gregorian, hijri, by-year."),
        ({"columns": "{}"}, "maps no column to a name"),
        ({"columns": '{ died = "Date" }'}, "maps no column to a name"),
        ({"columns": '{ given = "Name", family = "Name" }'}, "the column 'Name' both to given and to family"),
        ({"columns": '{ given = "Name", given = "First" }'}, "each field once"),
        ({"columns": '{ given = " " }'}, "a column without a name"),
        ({"columns": "{ given = 3 }"}, "does not fit"),
        ({"columns": '"Name"'}, "does not fit"),
        ({"name": '"a/b"'}, "names the list 'a/b'"),
        ({"name": '""'}, "names the list ''"),
        ({"delimiter": '";;"'}, "It is one character"),
        ({"delimiter": '""'}, "It is one character"),
        ({"delimiter": "'\"'"}, "cannot stand between cells"),
        ({"encoding": '"windows-9999"'}, "'windows-9999', which is not known"),
        ({"encoding": '"hex"'}, "'hex', which is not known"),
        ({"header": "0"}, "counted from 1"),
    ],
    ids=range(19),
)
def test_a_mapping_that_does_not_fit_is_refused_with_what_to_do(lines: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        decoded(**lines)
    assert said in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256", "UTF-8"])
def test_usual_encodings_can_be_stated(encoding: str) -> None:
    assert decoded(encoding=f'"{encoding}"').encoding == encoding


def test_two_mappings_for_one_field_are_refused_in_a_table_too() -> None:
    with pytest.raises(UsageError, match="each field once"):
        Mapping.decode(b'name = "A"\n[columns]\ngiven = "One"\ngiven = "Two"\n')


def test_a_mapping_without_a_name_or_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    for content in (b'columns = { given = "Name" }', b"name: A", b"\xff\xfe", b"name = 'A'"):
        with pytest.raises(UsageError):
            Mapping.decode(content)
    with pytest.raises(UsageError, match="cannot be read"):
        Mapping.load(tmp_path / "none.toml")


headings = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
mappings = st.builds(
    Mapping,
    name=st.from_regex(r"[A-Za-z0-9]([A-Za-z .-]{0,8}[a-z])?", fullmatch=True),
    columns=st.lists(headings, min_size=len(FIELDS), max_size=len(FIELDS), unique=True).map(
        lambda names: dict(zip(FIELDS, names, strict=True))
    ),
    source=st.none() | headings,
    compiled=st.none() | headings,
    date_order=st.none() | st.sampled_from(DateOrder),
    calendar=st.sampled_from(Calendar),
    delimiter=st.none() | st.sampled_from([",", ";", "tab"]),
    header=st.none() | st.integers(1, 99),
)


@given(mappings)
def test_a_mapping_written_as_a_file_comes_back(mapping: Mapping) -> None:
    assert Mapping.decode(mapping.toml().encode()) == mapping
