"""Filters find exactly the claims they describe, among few hits, among more than are counted, and with no words at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import insert

from witnessmark.store import schema
from witnessmark.store.database import Connection, Database
from witnessmark.store.search import MOST_COUNTED, FoundClaims, find_claims
from witnessmark.store.search_filters import ClaimFilter
from witnessmark.text.query import parse_query

ITEMS = tuple(f"{n:064x}" for n in range(5))
COMMON, RARE = "smoke", "kiln"
"""A word of every claim, and one of every seventh."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str | int | None]]:
    """More claims than are counted, with everything a filter can ask about drawn at random (seeded)."""
    draw = random.Random(20310515)  # noqa: S311 -- test data, the same every time

    def day(earliest: str | None = None) -> str | None:
        drawn = f"20{draw.randint(10, 30)}-0{draw.randint(1, 9)}-{draw.randint(10, 28)}"
        return None if draw.random() < 0.3 else max(drawn, earliest or drawn)

    found: list[dict[str, str | int | None]] = []
    for number in range(1, MOST_COUNTED + 2000):
        earliest = day()
        found.append(
            {
                "number": number,
                "id": f"c-{number}",
                "item": draw.choice(ITEMS),
                "document": "d-1",
                "reader": "claims@1",
                "status": draw.choice(["proposed", "proposed", "proposed", "proposed", "proposed", "accepted", "unsure", "rejected"]),
                "stance": draw.choice(["asserts", "denies", "doubts"]),
                "act": draw.choice(["killing", "torture", None]),
                "source": draw.choice(["Ana Brecht", "Ministry", "", None]),
                "place": draw.choice(["Korrin", "Halven", None]),
                "earliest": earliest,
                "latest": day(earliest),
            }
        )
    return found


@pytest.fixture(scope="module")
def connection(rows: list[dict[str, str | int | None]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with closing(Database(tmp_path_factory.mktemp("many") / "case.db")) as database:
        with database.transaction() as writing:
            items = [{"id": item, "seq": n, "size": 1, "media_type": "text/plain"} for n, item in enumerate(ITEMS)]
            writing.execute(insert(schema.item), items)
            writing.execute(insert(schema.claim), rows)
            texts = [(row["number"], f"{COMMON} {RARE}" if _is_rare(row) else COMMON) for row in rows]
            writing.exec_driver_sql("INSERT INTO claim_text (rowid, content, names) VALUES (?, ?, '')", texts)
        with database.reading() as reading:
            yield reading


def _is_rare(row: dict[str, str | int | None]) -> bool:
    return int(row["number"] or 0) % 7 == 0


def passes(row: dict[str, str | int | None], chosen: ClaimFilter) -> bool:
    """What a filter says, said again in plain Python."""
    earliest, latest = row["earliest"], row["latest"]
    dated = not (chosen.earliest or chosen.latest) or (
        (earliest is not None or latest is not None)
        and (chosen.earliest is None or latest is None or str(latest) >= chosen.earliest)
        and (chosen.latest is None or earliest is None or str(earliest) <= chosen.latest)
    )
    by_source = chosen.speakers is None or row["source"] in chosen.speakers or row["item"] in chosen.source_items
    among = ((chosen.acts, "act"), (chosen.places, "place"), (chosen.stances, "stance"), (chosen.items, "item"))
    by_status = row["status"] != "rejected" if chosen.statuses is None else row["status"] in chosen.statuses
    return dated and by_source and by_status and all(values is None or row[name] in values for values, name in among)


FILTERS = [
    ClaimFilter(statuses=("rejected",)),
    ClaimFilter(statuses=("accepted", "unsure")),
    ClaimFilter(acts=("killing",), stances=("denies",)),
    ClaimFilter(acts=(None,)),
    ClaimFilter(places=("Halven", None)),
    ClaimFilter(speakers=("Ana Brecht",), source_items=ITEMS[:1]),
    ClaimFilter(speakers=(None, "")),
    ClaimFilter(speakers=()),
    ClaimFilter(items=ITEMS[1:2], earliest="2015-01-01"),
    ClaimFilter(earliest="2014-05-01", latest="2014-12-31"),
    ClaimFilter(latest="2011-06-30", acts=("torture",)),
    ClaimFilter(earliest="2040-01-01"),
]


@pytest.mark.parametrize("chosen", FILTERS)
@pytest.mark.parametrize("word", [COMMON, RARE, None])
def test_a_filter_finds_exactly_the_claims_it_describes(
    connection: Connection, rows: list[dict[str, str | int | None]], word: str | None, chosen: ClaimFilter
) -> None:
    found = find_claims(connection, parse_query(word) if word else None, chosen)
    meant = [row for row in rows if passes(row, chosen) and (word != RARE or _is_rare(row))]
    assert sorted(found.numbers) == [row["number"] for row in meant]
    assert not found.more
    assert sorted(found.stances) == sorted(str(row["stance"]) for row in meant)


def told_of(found: FoundClaims) -> tuple[bool, bool, int | None]:
    return found.more, found.ranked, found.misread


def test_more_hits_than_are_counted_are_said_to_be_more_and_come_in_order(connection: Connection) -> None:
    for found in (find_claims(connection, parse_query(COMMON), ClaimFilter()), find_claims(connection, None, ClaimFilter())):
        assert told_of(found) == (True, False, None)
        assert list(found.numbers) == sorted(found.numbers)
        assert "rejected" not in found.statuses


def test_few_hits_are_ranked_and_the_misread_ones_left_out_are_counted(
    connection: Connection, rows: list[dict[str, str | int | None]]
) -> None:
    found = find_claims(connection, parse_query(RARE), ClaimFilter())
    assert told_of(found) == (False, True, sum(_is_rare(row) and row["status"] == "rejected" for row in rows))
