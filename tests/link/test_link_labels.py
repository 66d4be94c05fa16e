"""Labels of linked people: each only where the rows of the person state it and agree."""

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest

from witnessmark.errors import UsageError
from witnessmark.link.dimensions import DIMENSIONS
from witnessmark.link.labels import RecordLabels
from witnessmark.link.linkage import link_lists
from witnessmark.link.records import AgeSpan, DateSpan, ListRecord, VictimList


def row(number: int = 0, name: str = "one", **said: Any) -> ListRecord:  # noqa: ANN401 -- any field of a record
    return ListRecord(id=f"{name}-{number}", list=name, given="Karim", **said)


def span(first: str, last: str | None = None) -> DateSpan:
    return DateSpan(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def labelled(dimension: str, *records: ListRecord) -> list[str | None]:
    return DIMENSIONS[dimension](records)


@pytest.mark.parametrize(
    ("dimension", "said", "label"),
    [
        ("year", span("2013-01-01", "2013-12-31"), "2013"),
        ("year", span("2012-12-31", "2013-01-01"), None),
        ("half-year", span("2013-07-01", "2013-12-31"), "2013-H2"),
        ("half-year", span("2013-06-30", "2013-07-01"), None),
        ("quarter", span("2013-03-31"), "2013-Q1"),
        ("quarter", span("2013-03-31", "2013-04-01"), None),
        ("month", span("2013-05-01", "2013-05-31"), "2013-05"),
        ("month", span("2013-05-31", "2013-06-01"), None),
        ("month", span("2012-05-01", "2013-05-01"), None),
        ("month", None, None),
    ],
)
def test_a_period_is_a_label_only_where_the_whole_span_lies_in_it(dimension: str, said: DateSpan | None, label: str | None) -> None:
    assert labelled(dimension, row(died=said)) == [label]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({"age": 17}, "0-17"),
        ({"age": 18}, "18-29"),
        ({"age": 60}, "60+"),
        ({"age_span": AgeSpan(0, 17)}, "0-17"),
        ({"age_span": AgeSpan(None, 17)}, "0-17"),
        ({"age_span": AgeSpan(65, None)}, "60+"),
        ({"age_span": AgeSpan(18, None)}, None),
        ({"age_span": AgeSpan(20, 30)}, None),
        ({"birth": span("1983-06-01", "1983-06-30"), "died": span("2013-05-10")}, "18-29"),
        ({"birth": span("1983-01-01", "1983-12-31"), "died": span("2013-05-10")}, None),
        ({"birth": span("1980-01-01", "1980-12-31"), "died": span("2013-05-10")}, "30-44"),
        ({"birth": span("2014-01-01"), "died": span("2013-05-10")}, None),
        ({"birth": span("1980-01-01")}, None),
        ({}, None),
    ],
    ids=str,
)
def test_an_age_is_a_label_only_where_it_lies_in_one_band(said: dict[str, Any], label: str | None) -> None:
    assert labelled("age", row(**said)) == [label]


def test_spellings_of_one_place_share_the_label_most_often_written() -> None:
    written = ("Rif Dimashq", "ريف دمشق", "Rural Damascus", "Rif Dimashq", "Homs", None)
    labels = labelled("place", *(row(place=place) for place in written))
    assert labels == ["Rif Dimashq"] * 4 + ["Homs", None]


def test_a_town_goes_with_its_province_where_records_state_that_province() -> None:
    town = row(place="Harasta")
    assert labelled("place", town) == ["Harasta"]
    assert labelled("place", town, row(place="Douma", container="Rif Dimashq")) == ["Rif Dimashq", "Rif Dimashq"]


def test_of_a_cell_with_several_places_the_one_that_is_known_gives_the_label() -> None:
    assert labelled("place", row(place="the old mosque, Harasta"), row(place="Harasta")) == ["Harasta", "Harasta"]


def test_a_place_the_gazetteer_does_not_know_is_a_label_all_the_same() -> None:
    assert labelled("place", row(place="Marn"), row(place="Ost", container="Karvel North")) == ["Marn", "Karvel North"]


def test_rows_of_one_person_that_disagree_leave_the_label_unknown_and_are_counted() -> None:
    rows = [row(0, sex="male", age=20), row(1, "two", sex="female", age=25), row(2, "two", age=40), row(3, sex="male")]
    labels = RecordLabels.of(rows, ("sex", "age"))
    group = np.array([0, 0, 2, 3])
    assert labels.people(rows, group, ["one", "two"]) == ((1, ("male", None), 1), (2, (None, "30-44"), 1), (3, (None, "18-29"), 1))
    assert labels.disagreeing(group) == (1, 0)


def test_a_row_that_states_nothing_leaves_the_others_to_speak() -> None:
    rows = [row(0, died=span("2013-05-03")), row(1, "two", died=span("2013-01-01", "2013-12-31")), row(2, "two")]
    labels = RecordLabels.of(rows, ("month",))
    assert labels.people(rows, np.zeros(3, dtype=np.int64), ["one", "two"]) == ((3, ("2013-05",), 1),)


@pytest.mark.parametrize(
    ("by", "told"), [(("plase",), "Did you mean 'place'"), (("faith",), "half-year"), (("sex", "sex"), "twice")], ids=str
)
def test_a_dimension_that_is_not_there_is_refused_with_what_there_is(by: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        RecordLabels.of([], by)


def families(name: str) -> VictimList:
    """Rows of people that every list of this kind holds."""
    people = itertools.product(
        ("Karim", "Tarek", "Munir", "Salwa", "Yasmin", "Jabir", "Nizar"), ("Talhuni", "Barakat", "Qabbani", "Mansur", "Zayyat")
    )
    rows = (
        ListRecord(
            id=f"{name}-{number}",
            list=name,
            given=given,
            family=family,
            sex="male" if number % 2 or name == "two" else None,
            place="Homs" if number % 3 else "Idlib",
            died=span(f"201{number % 3}-0{1 + number % 9}-1{number % 7}"),
        )
        for number, (given, family) in enumerate(people)
    )
    return VictimList(name, None, tuple(rows), (), ())


def test_every_linkage_counts_the_same_people_with_labels_and_without() -> None:
    linkage = link_lists([families("one"), families("two")], by=("place", "year"), draws=3)
    assert linkage.by == ("place", "year")
    assert len(linkage.drawn_labelled) == 3
    for histories, labelled_ones in zip((linkage.histories, *linkage.drawn), (linkage.labelled, *linkage.drawn_labelled), strict=True):
        whole: dict[int, int] = {}
        for history, labels, count in labelled_ones:
            assert len(labels) == 2
            whole[history] = whole.get(history, 0) + count
        assert tuple(sorted(whole.items())) == histories
    assert {labels[0] for _, labels, _ in linkage.labelled} == {"Homs", "Idlib"}


def test_without_dimensions_no_labels_are_made() -> None:
    linkage = link_lists([families("one"), families("two")], draws=1)
    assert (linkage.by, linkage.labelled, linkage.drawn_labelled, linkage.disagreeing) == ((), (), (), ())
