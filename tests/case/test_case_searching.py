"""A search answers with exact characters, exact counts, and says what it left out or put in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import read
from witnessmark.case.searching import ClaimHit, DocumentHit, Found, Question, Within, search_case
from witnessmark.case.verifying import verify_case
from witnessmark.errors import UsageError
from witnessmark.model.document import Document
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries


def ask(case: Path, query: str | None = None, **asked: Any) -> Found:  # noqa: ANN401 -- options of many types, by name
    with open_case(case) as opened:
        return search_case(opened, Question(query=query, **asked))


def documents(case: Path) -> dict[str, Document]:
    """The documents by the short numbers of their items."""
    with open_case(case) as opened, opened.asking() as connection:
        labels = queries.labels(connection)
        return {labels[stored.document.item].number: stored.document for stored in queries.documents(connection)}


def numbers(found: Found) -> set[str]:
    return {hit.number for hit in found.hits}


def test_every_lit_character_is_one_of_the_original(case: Path) -> None:
    texts = documents(case)
    for query in ("killed", '"at Korrin"', "guards NEAR/3 prison", "pris* OR brecht"):
        found = ask(case, query)
        assert found.hits
        for hit in found.hits:
            text = texts[hit.item].text
            for passage in hit.passages:
                assert passage.text == text[passage.start : passage.end]
                assert all(span.holds_in(text) for span in passage.lit)


def test_arabic_is_found_by_its_bare_letters_and_lit_with_its_marks(case: Path, tmp_path: Path) -> None:
    note = tmp_path / "statement.txt"
    note.write_text("قال ومُحَمَّدٌ: إن مُحَمَّدًا والأســرى في السجن.\n", encoding="utf-8")
    with open_case(case, write="test") as opened:
        add(opened, [note], Given())
        read(opened)
    text = next(document.text for document in documents(case).values() if "مُحَمَّد" in document.text)
    for query, lit in (("محمد", ["ومُحَمَّدٌ"]), ('"محمدا"', ["مُحَمَّدًا"]), ("الاسرى", ["والأســرى"]), ("سجن", ["السجن"])):
        (hit,) = ask(case, query).hits
        assert isinstance(hit, DocumentHit)
        assert [span.text for passage in hit.passages for span in passage.lit] == lit
        assert all(span.holds_in(text) for passage in hit.passages for span in passage.lit)
    assert not ask(case, '"محمد"').hits


def test_a_hit_leads_to_its_page_of_the_dossier_once_there_is_one(case: Path) -> None:
    opens = [hit.opens for hit in ask(case, "korrin").hits]
    assert opens
    assert all(page is not None and (case / page).is_file() for page in opens)
    shutil.rmtree(case / "dossier")
    assert {hit.opens for hit in ask(case, "korrin").hits} == {None}


def test_a_claim_is_found_by_who_says_it_and_the_name_is_told(case: Path) -> None:
    found = ask(case, "brecht burned", within=Within.CLAIMS)
    (hit,) = found.hits
    assert isinstance(hit, ClaimHit)
    assert any("Brecht" in name for name in hit.names)
    assert any(span.text == "burned" for passage in hit.passages for span in passage.lit)


def test_facets_count_the_hits_and_each_is_a_filter_that_finds_as_many(case: Path) -> None:
    everything = ask(case, within=Within.CLAIMS, statuses=("proposed",), limit=500)
    assert everything.totals["claims"] == len(everything.hits)
    options = {"source": "sources", "act": "acts", "place": "places", "stance": "stances", "status": "statuses"}
    for name, option in options.items():
        facets = everything.facets[name]
        assert sum(facet.count for facet in facets) == len(everything.hits)
        for facet in facets:
            narrowed = ask(case, None, limit=500, **{option: (facet.value,)})
            exactly = [f.count for f in narrowed.facets[name] if f.value == facet.value]
            assert exactly == [facet.count], (name, facet)


def test_dates_match_where_the_event_may_have_fallen_inside(case: Path) -> None:
    march = ask(case, earliest="2031-03-10", latest="2031-03-12")
    assert march.hits
    for hit in march.hits:
        assert isinstance(hit, ClaimHit)
        assert hit.earliest is None or hit.earliest <= "2031-03-12"
        assert hit.latest is None or hit.latest >= "2031-03-10"
        assert hit.earliest or hit.latest
    assert not numbers(march) & numbers(ask(case, earliest="2032-01-01"))
    years = {facet.value: facet.count for facet in march.facets["year"]}
    assert years["2031"] == march.totals["claims"]


def test_a_misread_claim_is_left_out_and_counted_until_it_is_asked_for(case: Path) -> None:
    before = ask(case, "killed", within=Within.CLAIMS)
    number = min(numbers(before))
    with open_case(case, write="test") as opened:
        decide(opened, number, "status", "rejected", why="not what it says")
    after = ask(case, "killed", within=Within.CLAIMS)
    assert numbers(after) == numbers(before) - {number}
    assert (before.misread_left_out, after.misread_left_out) == (0, 1)
    for words in ("rejected", "misread"):
        assert numbers(ask(case, "killed", statuses=(words,))) == {number}
    with open_case(case, write="test") as opened:
        undo(opened)
    assert numbers(ask(case, "killed", within=Within.CLAIMS)) == numbers(before)


def test_a_correction_is_what_is_searched(case: Path) -> None:
    number = min(numbers(ask(case, "killed", within=Within.CLAIMS)))
    with open_case(case, write="test") as opened:
        decide(opened, number, "stance", "doubts", why="read again")
    assert number in numbers(ask(case, "killed", stances=("doubts",)))
    assert number not in numbers(ask(case, "killed", stances=("asserts",)))


def test_a_source_is_a_speaker_or_a_publisher(case: Path) -> None:
    by_speaker = ask(case, sources=("brecht",))
    assert by_speaker.hits
    assert all("Brecht" in hit.source for hit in by_speaker.hits if isinstance(hit, ClaimHit))
    before = ask(case, "korrin", within=Within.DOCUMENTS)
    with open_case(case, write="test") as opened:
        decide(opened, min(numbers(before)), "source", "Halven Gazette", why="its masthead")
    published = ask(case, "korrin", sources=("gazette",))
    assert {hit.item for hit in published.hits} == {min(numbers(before))}
    assert [(facet.value, facet.count) for facet in published.facets["publisher"]] == [("Halven Gazette", 1)]


def test_nothing_found_says_which_word_is_missing_and_what_is_spelt_like_it(case: Path) -> None:
    found = ask(case, "Korin killed")
    assert not found.hits
    missing, held = found.asked
    assert (missing.typed, missing.claims, missing.documents) == ("Korin", 0, 0)
    assert [near.word for near in missing.near] == ["korrin"]
    assert held.typed == "killed"
    assert held.documents
    assert held.near == ()


def test_what_is_said_of_words_that_were_not_found_is_counted_within_the_filters(case: Path) -> None:
    briefing = next(number for number, document in documents(case).items() if "Brecht" in document.text)
    statement = next(number for number, document in documents(case).items() if "fabrication" in document.text)
    (missing,) = ask(case, "Brehct", items=(briefing,)).asked
    assert [(near.word, near.documents) for near in missing.near] == [("brecht", 1)]
    (missing,) = ask(case, "Brehct", items=(statement,)).asked
    assert (missing.claims, missing.documents, missing.near) == (0, 0, ())
    alone, nowhere = ask(case, "fabrication Brecht", items=(statement,)).asked
    assert (alone.documents, nowhere.documents, nowhere.claims) == (1, 0, 0)
    (of_claims, _) = ask(case, "fabrication Brecht", items=(statement,), within=Within.CLAIMS).asked
    assert (of_claims.claims, of_claims.documents) == (ask(case, "fabrication", within=Within.CLAIMS).totals["claims"], None)


def test_items_that_are_not_read_are_counted_among_those_asked_for(case: Path, tmp_path: Path) -> None:
    assert (ask(case, "ferry").unread, ask(case, "ferry").next) == (0, None)
    note = tmp_path / "note.txt"
    note.write_text("Envoy Ana Brecht said that soldiers sank the ferry.", encoding="utf-8")
    with open_case(case, write="test") as opened:
        add(opened, [note], Given())
    found = ask(case, "ferry")
    assert (found.totals, found.unread, found.next) == ({"claims": 0, "documents": 0}, 1, f"witnessmark read {case}")
    assert [ask(case, "ferry", items=(item,)).unread for item in ("I1", "I4")] == [0, 1]
    with open_case(case, write="test") as opened:
        read(opened)
    assert (ask(case, "ferry").totals["documents"], ask(case, "ferry").unread) == (1, 0)


def test_fuzzy_search_says_what_it_searched_and_finds_what_the_right_spelling_finds(case: Path) -> None:
    fuzzy, right = ask(case, "Korin", fuzzy=True), ask(case, "Korrin")
    assert fuzzy.widened == {"korin": ["korrin"]}
    assert fuzzy.searched == "(korin OR korrin)"
    assert numbers(fuzzy) == numbers(right) != set()


def test_pages_hold_each_hit_once(case: Path) -> None:
    everything = ask(case, "korrin OR brecht OR ministry", limit=500)
    paged: list[str] = []
    page = 1
    while len(paged) < len(everything.hits):
        paged += [hit.number for hit in ask(case, "korrin OR brecht OR ministry", page=page, limit=4).hits]
        page += 1
    assert sorted(paged) == sorted(hit.number for hit in everything.hits)
    with pytest.raises(UsageError, match=r"There is no page 99: the last one is \d+"):
        ask(case, "korrin", page=99)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Say what to search for"),
        ({"query": "x", "items": ("I99",)}, "no item I99"),
        ({"query": "x", "items": ("C1",)}, "no item C1"),
        ({"query": "x", "acts": ("murder",)}, "'murder' is no act. There are: killing"),
        ({"query": "x", "stances": ("says",)}, "is no stance"),
        ({"query": "x", "statuses": ("true",)}, "misread"),
        ({"query": "x", "sources": ("Anna Brecht",)}, "Near it: .*Ana Brecht"),
        ({"query": "x", "places": ("Atlantis",)}, "No place in this case has 'Atlantis'"),
        ({"query": "x", "acts": ("killing",), "within": Within.DOCUMENTS}, "Documents have no act"),
        ({"query": "x", "earliest": "2031-02-01", "latest": "2031-01-01"}, "lies after"),
    ],
)
def test_what_is_not_there_is_an_error_that_says_what_is(case: Path, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        ask(case, **asked)


def test_a_rebuilt_case_finds_the_same_in_the_same_order(case: Path) -> None:
    asked = ("korrin", "brecht OR ministry", "kiled")
    before = [ask(case, query, fuzzy=True) for query in asked]
    rebuild_case(case)
    assert [ask(case, query, fuzzy=True) for query in asked] == before
    assert [check for check in verify_case(case) if check.verdict is Verdict.FAIL] == []
