"""Places are found by their names and the words around them, and are never people, streets or governments speaking."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.text import find_places
from witnessmark.text.gazetteer import Gazetteer


def read(text: str, names: list[tuple[int, int, str]] | None = None) -> list[tuple[str, str | None]]:
    return [(text[start:end], place.id if place else None) for start, end, place in find_places(text, names=names)]


@pytest.mark.parametrize(
    ("text", "name", "identity"),
    [
        ("Troops entered Aleppo on Monday.", "Aleppo", "geonames:170063"),
        ("They met in Damascus.", "Damascus", "geonames:170654"),
        ("They lived in Sana’a then.", "Sana’a", "geonames:71137"),
        ("They met in Alexandria, Va., on Monday.", "Alexandria", "geonames:4744091"),
        ("The ship reached Alexandria, Egypt.", "Alexandria", "geonames:361058"),
        ("قتلوا في حلب أمس", "حلب", "geonames:170063"),
        ("They fled to Syria.", "Syria", "geonames:163843"),
        ("They fled to Texas.", "Texas", "geonames:4736286"),
        ("Detainees were killed at Sednaya prison.", "Sednaya prison", "site:sednaya-prison"),
    ],
)
def test_a_name_is_the_place_its_surroundings_say(text: str, name: str, identity: str) -> None:
    assert (name, identity) in [(words, one) for words, one in read(text)] or (name.split(maxsplit=1)[0], identity) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Damascus denied the reports.",
        "Washington said it was untrue.",
        "Washington has repeatedly denied it.",
        "He met President Lincoln there.",
        "She lives at 12 Memphis St. now.",
        "The Syrian envoy spoke.",
        "On Monday He May come.",
        "A note by the SANA agency and a U.S. official.",
    ],
)
def test_a_government_a_person_a_street_and_a_people_are_no_places(text: str) -> None:
    assert read(text) == []


def test_a_parsers_entities_drop_persons_and_keep_places() -> None:
    text = "Jordan spoke first. Then Orvane fell."
    names = [(0, 6, "PERSON"), (25, 31, "GPE")]
    assert read(text, names) == [("Orvane", None)]


def test_a_name_that_stands_like_a_place_but_is_in_no_gazetteer_has_none() -> None:
    assert read("The mill near Orvane was burnt.") == [("Orvane", None)]


def test_a_country_is_shown_as_one() -> None:
    ((_, _, place),) = find_places("They fled to Syria.")
    assert place is not None
    assert (place.precision, place.country) == ("country", "SY")


def test_the_gazetteer_is_opened_once() -> None:
    assert Gazetteer.load() is Gazetteer.load()


def test_a_name_is_found_under_every_spelling_that_folds_alike() -> None:
    found = Gazetteer.load().find(["SANA'A", "Sana’a"])
    assert list(found) == ["sana'a"]


pieces = st.sampled_from(
    ["in", "Paris", "New", "York", ",", "said", "of", "the", "De", "La", "U.S.", "في", "حلب", "😀", "al-Bab", "’s", "\n", "St."]
)


@settings(max_examples=60)
@given(st.one_of(st.text(), st.lists(pieces, max_size=25).map(" ".join)))
def test_places_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    position = 0
    for start, end, _ in find_places(text):
        assert position <= start < end <= len(text)
        position = end
