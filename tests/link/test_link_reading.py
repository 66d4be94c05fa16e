import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.link import tables
from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import NO_SUCH_DAY, DateOrder
from witnessmark.link.mapping import Mapping
from witnessmark.link.reading import read_list
from witnessmark.link.records import AgeSpan, DateSpan, VictimList

HEADER = "id,first,last,father,born,age,sex,town,province,died"
COLUMNS = {
    "id": "id",
    "given": "first",
    "family": "last",
    "father": "father",
    "birth": "born",
    "age": "age",
    "sex": "sex",
    "place": "town",
    "container": "province",
    "died": "died",
}
MAPPING = Mapping(name="A", columns=COLUMNS, source="S1", compiled="by telephone", date_order=DateOrder.DAY_FIRST)
NAMES = Mapping(name="A", columns={"full_name": "name"})


def read(*rows: str, mapping: Mapping = MAPPING, header: str = HEADER) -> VictimList:
    return read_list("\r\n".join([header, *rows]).encode(), "list.csv", mapping)


def told(victims: VictimList) -> list[tuple[int, str | None, str]]:
    return [(problem.line, problem.column, problem.value) for problem in victims.problems]


def whats(victims: VictimList) -> str:
    return " ".join(problem.what for problem in victims.problems)


def test_a_row_is_a_record_beside_what_was_written() -> None:
    victims = read(" 7 ,Layla, Haddad,Samir,1980,33,F,Marn,Karvel North,12/05/2013")
    record = victims.records[0]
    assert (victims.name, victims.source, victims.compiled, victims.problems) == ("A", "S1", "by telephone", ())
    assert (record.id, record.list, record.source, record.line) == ("A/7", "A", "S1", 2)
    assert (record.given, record.family, record.father, record.mother) == ("Layla", "Haddad", "Samir", None)
    assert (record.age, record.age_span, record.sex) == (33, AgeSpan(33, 33), "female")
    assert (record.place, record.container) == ("Marn", "Karvel North")
    assert record.birth == DateSpan(date(1980, 1, 1), date(1980, 12, 31))
    assert record.died == DateSpan(date(2013, 5, 12), date(2013, 5, 12))
    assert record.written == dict(
        zip(HEADER.split(","), [" 7 ", "Layla", " Haddad", "Samir", "1980", "33", "F", "Marn", "Karvel North", "12/05/2013"], strict=True)
    )


def test_what_a_row_does_not_state_is_none() -> None:
    record = read(",Layla,,-,unknown,n/a,?,,مجهول,").records[0]
    assert (record.family, record.father, record.birth, record.age, record.sex, record.place, record.container, record.died) == (None,) * 8
    assert record.id == "A/line 2"


def test_a_date_that_is_none_leaves_the_row_and_is_told() -> None:
    victims = read("1,Layla,Haddad,,,,,,,31/02/2014")
    assert victims.records[0].died is None
    assert victims.records[0].written["died"] == "31/02/2014"
    assert [(p.line, p.column, p.value, p.what) for p in victims.problems] == [(2, "died", "31/02/2014", NO_SUCH_DAY)]


def test_an_age_that_is_a_range_is_kept_as_one() -> None:
    record = read("1,Layla,Haddad,,,child,,,,").records[0]
    assert (record.age, record.age_span) == (None, AgeSpan(0, 17))


def test_an_age_and_a_birth_that_contradict_each_other_are_both_kept_and_told() -> None:
    victims = read("1,Layla,Haddad,,1980,60,,,,12/05/2013", "2,Omar,Haddad,,2015,,,,,12/05/2013", "3,Sami,Haddad,,1980,32,,,,12/05/2013")
    assert victims.records[0].age == 60
    assert victims.records[1].birth is not None
    assert told(victims) == [(2, "age", "60"), (3, "born", "2015")]


def test_a_row_that_names_no_one_is_kept_apart() -> None:
    victims = read("1,,,Samir,,,,Marn,,2013", "2,unknown,,,,,,Marn,,2013", "3,***,,,,,,,,", "4,Layla,,,,,,,,")
    assert [record.id for record in victims.records] == ["A/4"]
    assert [(line, row["id"]) for line, row in victims.unnamed] == [(2, "1"), (3, "2"), (4, "3")]
    assert {problem.line for problem in victims.problems} == {2, 3, 4}


def test_an_id_given_twice_keeps_both_rows_under_ids_of_their_own() -> None:
    victims = read("1,Layla,,,,,,,,", "1,Omar,,,,,,,,", "1 (2),Sami,,,,,,,,", "1,Nour,,,,,,,,")
    assert [record.id for record in victims.records] == ["A/1", "A/1 (2)", "A/1 (2) (2)", "A/1 (3)"]
    assert told(victims) == [(3, "id", "1"), (4, "id", "1 (2)"), (5, "id", "1")]


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError) as refused:
        read("Layla", header="Nme,town", mapping=NAMES)
    assert "no column 'name'" in str(refused.value)
    assert "Did you mean 'Nme'?" in str(refused.value)
    assert "Nme, town" in str(refused.value)


def test_a_column_is_found_in_spite_of_case_marks_and_spaces() -> None:
    assert read("Layla", header="  NAMÉ ", mapping=NAMES).records[0].full_name == "Layla"


def test_a_list_of_one_column_is_read_and_told() -> None:
    victims = read("Layla Haddad", header="name", mapping=NAMES)
    assert victims.records[0].full_name == "Layla Haddad"
    assert "one column" in whats(victims)


def test_a_file_of_one_column_that_should_have_more_asks_for_the_delimiter() -> None:
    with pytest.raises(UsageError, match="is the delimiter in the mapping right"):
        read("1#Layla", header="id#name", mapping=NAMES)


def test_columns_of_one_heading_are_told_and_each_can_be_mapped() -> None:
    header = "name,name,name (2),"
    first = read("Layla,Omar,Sami,x", header=header, mapping=NAMES)
    assert first.records[0].written == {"name": "Layla", "name (3)": "Omar", "name (2)": "Sami", "(column 4)": "x"}
    assert told(first)[0] == (1, "name (3)", "name")
    second = read("Layla,Omar,Sami,x", header=header, mapping=Mapping(name="A", columns={"full_name": "name (3)"}))
    assert second.records[0].full_name == "Omar"


def test_rows_of_other_lengths_are_kept_whole_and_told() -> None:
    victims = read("Layla", "Omar,Marn,,", "Sami,Marn,x,y", header="name,town", mapping=NAMES)
    assert [list(record.written.values()) for record in victims.records] == [
        ["Layla"],
        ["Omar", "Marn", "", ""],
        ["Sami", "Marn", "x", "y"],
    ]
    assert [problem.line for problem in victims.problems] == [2, 4]


def test_blank_rows_are_passed_over_and_counted() -> None:
    victims = read("", "Layla,", ",", "  ", "Omar,", "", header="name,town", mapping=NAMES)
    assert [record.line for record in victims.records] == [3, 6]
    assert [(problem.line, problem.value) for problem in victims.problems] == [(2, "3")]


def test_rows_above_the_headings_are_kept_apart() -> None:
    content = b"List of the dead\n\nname,town\nLayla,Marn\n"
    victims = read_list(content, "list.csv", NAMES)
    assert victims.unnamed == ((1, {"name": "List of the dead"}),)
    assert victims.records[0].written == {"name": "Layla", "town": "Marn"}


def test_the_line_of_the_headings_can_be_stated() -> None:
    stated = Mapping(name="A", columns={"full_name": "name"}, header=2)
    assert read("name,town", "Layla,Marn", header="name,other", mapping=stated).records[0].written["town"] == "Marn"
    with pytest.raises(UsageError, match="nothing in line 9"):
        read("Layla", header="name", mapping=Mapping(name="A", columns={"full_name": "name"}, header=9))


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b",,\n;"], ids=["nothing", "blank", "mark", "delimiters"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError):
        read_list(content, "list.csv", NAMES)


def test_a_list_with_headings_alone_is_read_and_told() -> None:
    victims = read(header="name,town", mapping=NAMES)
    assert (victims.records, victims.unnamed) == ((), ())
    assert "no row below" in whats(victims)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    content = f'name{delimiter}"town, and, more;of it"\nLayla{delimiter}Marn\n'.encode()
    assert read_list(content, "list.csv", NAMES).records[0].full_name == "Layla"


def test_a_stated_delimiter_is_kept_to() -> None:
    mapping = Mapping(name="A", columns={"full_name": "name"}, delimiter="#")
    assert read("Layla#Marn, north", header="name#town", mapping=mapping).records[0].written["town"] == "Marn, north"


ARABIC = "الاسم,المكان\nليلى حداد,مرن\nعمر النجار,كرفل\nسامي الخطيب,مرن\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_lists_in_usual_encodings_are_read(encoding: str) -> None:
    victims = read_list(ARABIC.encode(encoding), "list.csv", Mapping(name="A", columns={"full_name": "الاسم"}))
    assert [record.full_name for record in victims.records] == ["ليلى حداد", "عمر النجار", "سامي الخطيب"]
    assert bool(victims.problems) == (encoding == "cp1256"), "a guess is told"


def test_a_stated_encoding_is_no_guess() -> None:
    stated = Mapping(name="A", columns={"full_name": "الاسم"}, encoding="cp1256")
    assert read_list(ARABIC.encode("cp1256"), "list.csv", stated).problems == ()
    unmarked = Mapping(name="A", columns={"full_name": "الاسم"}, encoding="utf-16-le")
    assert read_list(ARABIC.encode("utf-16-le"), "list.csv", unmarked).records[0].full_name == "ليلى حداد"
    for other in ("ascii", "utf-16"):
        with pytest.raises(UsageError, match=f"not in the encoding '{other}'"):
            read_list(ARABIC.encode("cp1256") + b"\n", "list.csv", Mapping(name="A", columns={"full_name": "الاسم"}, encoding=other))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name\x00\x01\n" * 5, "is no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "workbook of an old kind"),
        (b"<html><table><tr><td>name</td></tr></table>", "is a web page"),
        (b"PK\x03\x04 nothing", "no Excel workbook"),
        (b"name," * 2000, "cells; a list has at most"),
        (b"name\n" + b"x" * 2_000_001, "a line of 2,000,001 characters"),
    ],
    ids=["binary", "old-excel", "page", "broken-zip", "wide", "long"],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_list(content, "list.csv", NAMES)


def test_a_file_of_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(UsageError, match="more than 3 rows"):
        read(*["Layla"] * 5, header="name", mapping=NAMES)
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match="at most"):
        read("Layla", header="name", mapping=NAMES)


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only() -> None:
    victims = read('"Layla,Marn', *[f"Omar {letter},Marn" for letter in "abcdefghi"], header="name,town", mapping=NAMES)
    assert len(victims.records) == 10
    assert victims.records[0].written == {"name": '"Layla', "town": "Marn"}
    assert [problem.line for problem in victims.problems] == [2]


def test_cells_with_delimiters_and_line_breaks_between_quotation_marks_are_one_cell() -> None:
    victims = read('"Layla, ""the tall""","Marn\nnorth"', "Omar,x", header="name,town", mapping=NAMES)
    assert victims.records[0].written == {"name": 'Layla, "the tall"', "town": "Marn\nnorth"}
    assert victims.records[1].line == 4
    assert victims.problems == ()


def test_a_row_over_many_lines_is_told() -> None:
    victims = read('Layla,"Marn', "1,", "2,", "3,", "4,", '5"', "Omar,x", header="name,town", mapping=NAMES)
    assert [record.full_name for record in victims.records] == ["Layla", "Omar"]
    assert "over several lines" in whats(victims)


def test_a_list_that_mixes_calendars_is_told_row_by_row_and_can_be_read_by_year() -> None:
    rows = ("1,Layla,,,,,,,,12/05/2013", "2,Omar,,,,,,,,15/09/1434")
    mixed = read(*rows)
    assert [record.died is None for record in mixed.records] == [False, True]
    assert told(mixed) == [(3, "died", "15/09/1434")]
    by_year = Mapping(name="A", columns=COLUMNS, date_order=DateOrder.DAY_FIRST, calendar=Calendar.BY_YEAR)
    assert [record.died for record in read(*rows, mapping=by_year).records][1] == DateSpan(date(2013, 7, 22), date(2013, 7, 24))


def test_a_column_that_mostly_cannot_be_read_is_told_once_for_the_column() -> None:
    wrong = Mapping(name="A", columns={"given": "first", "died": "town"})
    victims = read(*["1,Layla,,,,,,Marn,,2013"] * 12, *["1,Layla,,,,,,2013,,2013"] * 3, mapping=wrong)
    assert len(victims.records) == 15
    assert [(p.line, p.column, p.value) for p in victims.problems if "right column" in p.what] == [(1, "town", "12 of 15")]


@pytest.mark.parametrize(
    ("field", "column", "example"),
    [
        ("given", "died", "2013-05-12"),
        ("given", "age", "33"),
        ("father", "died", "12 May 2013"),
        ("died", "town", "Marn"),
        ("age", "town", "Marn"),
        ("sex", "town", "Marn"),
    ],
    ids=["a name on days", "a name on ages", "a name on dates in words", "a day on places", "an age on places", "a sex on places"],
)
def test_a_field_mapped_to_a_column_that_holds_something_else_is_refused_with_an_example(field: str, column: str, example: str) -> None:
    wrong = Mapping(name="A", columns={"family": "last", field: column})
    died = example if column == "died" else "2013-05-12"
    with pytest.raises(UsageError, match=f"{column}.*12 of its 12 filled cells cannot be read as that, the first one '{example}'"):
        read(*[f"1,Layla,Haddad,,,33,,Marn,,{died}"] * 12, mapping=wrong)


def test_a_name_of_two_values_alone_is_told() -> None:
    victims = read(*[f"{n},{'M' if n % 3 else 'F'},Haddad,,,33,,Marn,," for n in range(60)])
    assert [(p.column, p.value) for p in victims.problems if "two values" in p.what] == [("first", "F and M"), ("last", "Haddad")]


def test_a_tenth_of_garbage_rows_leaves_the_others_as_they_are() -> None:
    good = [f"{number},Layla,Haddad,,1980,33,F,Marn,,12/05/2013" for number in range(90)]
    garbage = ['"', ",,,,,,,,,,,,x", "��,��", "#REF!", "=1+1,,,", "9999999999,31/02/2014,,,x,y,z", "---", '""""', "\x0b,%%,", "<b>"]
    rows = list(good)
    for number, row in enumerate(garbage):
        rows.insert(number * 9, row)
    victims = read(*rows)
    assert sum(record.written["first"] == "Layla" and record.died is not None for record in victims.records) == 90
    assert len(victims.records) + len(victims.unnamed) == 100


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=12)
loose = st.text('Aa1,;"\n\r\t é', max_size=60)


@given(st.lists(st.lists(cells, max_size=5), max_size=8))
def test_every_row_is_a_record_or_unnamed_and_stands_as_written(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["name", "died", "age"], *rows])
    mapping = Mapping(name="A", columns={"full_name": "name", "died": "died", "age": "age"}, delimiter=",")
    victims = read_list(text.getvalue().encode(), "list.csv", mapping)
    kept = sorted(
        [(record.line or 0, list(record.written.values())) for record in victims.records]
        + [(line, list(written.values())) for line, written in victims.unnamed]
    )
    assert [row for _, row in kept] == [row for row in rows if any(cell.strip() for cell in row)]
    assert len({record.id for record in victims.records}) == len(victims.records)


@given(loose)
def test_no_character_of_a_damaged_file_is_lost_but_delimiters_and_quotation_marks(text: str) -> None:
    victims = read_list(f"name,died\n{text}".encode(), "list.csv", Mapping(name="A", columns={"full_name": "name"}, delimiter=","))
    rows = [record.written for record in victims.records] + [written for _, written in victims.unnamed]
    kept = "".join(cell for written in rows for cell in written.values())
    dropped = dict.fromkeys(map(ord, ',"\n\r\t '))
    assert sorted(kept.translate(dropped)) == sorted(text.translate(dropped))


def test_the_example_of_the_guide_is_read_as_the_guide_says() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "linking.md").read_text(encoding="utf-8")
    content, mapping = (re.findall(rf"^```{kind}\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)[0].encode() for kind in ("csv", "toml"))
    victims = read_list(content, "hospitals.csv", Mapping.decode(mapping))
    assert [record.id for record in victims.records] == ["Hospitals/1", "Hospitals/2", "Hospitals/4"]
    assert [line for line, _ in victims.unnamed] == [4]
    assert [(problem.line, problem.column) for problem in victims.problems] == [(4, "Died"), (4, None)]
    assert victims.records[2].died == DateSpan(date(2013, 7, 22), date(2013, 7, 24))
