"""Which rows are compared at all."""

import datetime as dt

from witnessmark.link.blocking import MOST_ALIKE, blocks_of
from witnessmark.link.features import columns_of, feature_rows
from witnessmark.link.linkage import link_lists
from witnessmark.link.records import DateSpan, ListRecord, VictimList


def row(
    number: int, given: str = "Karim", family: str = "Barakat", day: int | None = None, father: str | None = None, place: str | None = None
) -> ListRecord:
    died = None if day is None else DateSpan(dt.date(2013, 1, 1) + dt.timedelta(days=day), dt.date(2013, 1, 1) + dt.timedelta(days=day))
    return ListRecord(
        id=str(number), list="one" if number % 2 else "two", given=given, family=family, died=died, father=father, place=place
    )


def compared(records: list[ListRecord], one: int, other: int) -> bool:
    groups = blocks_of(columns_of(feature_rows(records))).groups.values()
    return any(group[one] is not None and group[one] == group[other] for group in groups)


def test_as_many_rows_alike_as_can_be_compared_are_compared() -> None:
    records = [row(number) for number in range(MOST_ALIKE)]
    assert compared(records, 0, MOST_ALIKE - 1)
    assert blocks_of(columns_of(feature_rows(records))).uncompared == 0


def test_rows_alike_beyond_that_are_compared_with_no_one_and_counted() -> None:
    records = [*(row(number) for number in range(MOST_ALIKE + 1)), row(900, "Salwa", "Rimawi"), row(901, "Salwa", "Rimawi")]
    assert not compared(records, 0, MOST_ALIKE)
    assert compared(records, -2, -1)
    assert blocks_of(columns_of(feature_rows(records))).uncompared == MOST_ALIKE + 1


def test_where_too_many_share_a_name_those_who_share_a_date_besides_are_compared() -> None:
    records = [row(number, day=number // 2 * 40) for number in range(2 * MOST_ALIKE)]
    assert compared(records, 0, 1)
    assert not compared(records, 0, 2 * MOST_ALIKE - 1)
    assert blocks_of(columns_of(feature_rows(records))).uncompared == 0


def test_a_row_that_shares_nothing_is_in_no_group_and_not_counted_as_alike() -> None:
    blocks = blocks_of(columns_of(feature_rows([row(0), row(1, "Salwa", "Rimawi")])))
    assert (blocks.groups, blocks.uncompared) == ({}, 0)


def test_a_kunya_and_a_given_name_meet_by_the_father() -> None:
    assert compared(
        [row(0, "Abu Ahmad", "Barakat", 5, father="Jabir", place="Homs"), row(1, "Nizar", "", 9, father="Jabir", place="Homs")], 0, 1
    )


def test_a_name_without_its_family_part_meets_the_one_with_all_parts() -> None:
    whole = ListRecord(
        id="a", list="one", given="Karim", father="Jabir", family="Barakat", died=DateSpan(dt.date(2013, 1, 1), dt.date(2013, 12, 31))
    )
    cut = ListRecord(id="b", list="two", full_name="Karim Jabir", died=DateSpan(dt.date(2013, 5, 1), dt.date(2013, 5, 1)))
    assert compared([whole, cut], 0, 1)


def test_the_linkage_tells_how_many_rows_were_compared_with_no_one() -> None:
    records = tuple(row(number) for number in range(MOST_ALIKE + 4))
    linkage = link_lists(
        [VictimList(name, None, tuple(one for one in records if one.list == name), (), ()) for name in ("one", "two")], draws=1
    )
    assert linkage.uncompared == MOST_ALIKE + 4
    assert linkage.people == MOST_ALIKE + 4
