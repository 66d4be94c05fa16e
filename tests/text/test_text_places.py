"""Places are found by their names and the words around them, and are never people, streets or governments speaking."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.text import find_places
from witnessmark.text.gazetteer import Gazetteer


def read(text: str, names: list[tuple[int, int, str]] | None = None, *, inside_names: bool = True) -> list[tuple[str, str | None]]:
    return [
        (text[start:end], place.id if place else None) for start, end, place in find_places(text, names=names, inside_names=inside_names)
    ]


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
        "On Monday He May come.",
        "In March and August, on Friday.",
        "A note by the SANA agency.",
        "Jackson said so. Michael Jackson left.",
        "Austin Powers met Charlotte Graham.",
        "The Obama administration agreed.",
        "Reading is good for children. Nice people read. Mobile phones rang.",
        "Best man of all. Much was said. Young men lingered. The Council met.",
        "War in the Middle East.",
    ],
)
def test_a_government_a_person_a_street_and_an_ordinary_word_are_no_places(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "name", "identity"),
    [
        ("The Syrian envoy spoke.", "Syrian", "geonames:163843"),
        ("The talks were led by two Americans.", "Americans", "geonames:6252001"),
        ("A note by a U.S. official.", "U.S.", "geonames:6252001"),
        ("Egyptian-Israeli talks began.", "Israeli", "geonames:294640"),
    ],
)
def test_a_people_and_what_belongs_to_a_state_are_named_after_it_and_are_no_place_of_a_happening(
    text: str, name: str, identity: str
) -> None:
    assert (name, identity) in read(text)
    assert read(text, inside_names=False) == []


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("They shelled Reading in the night; in Reading, ten died.", "geonames:2639577"),
        ("They were held in Nice, France.", "geonames:2990440"),
    ],
)
def test_an_ordinary_word_is_a_place_where_a_place_word_stands_before_it(text: str, identity: str) -> None:
    assert identity in {one for _, one in read(text, inside_names=False)}


def test_a_short_state_is_a_place_and_says_which_town_is_meant() -> None:
    text = "NASHVILLE, Ark. -- A man was held near Lebanon, Tenn., said Rep. John Doe, D-S.C."
    assert read(text) == [
        ("NASHVILLE", "geonames:4123271"),
        ("Ark.", "geonames:4099753"),
        ("Lebanon", "geonames:4636045"),
        ("Tenn.", "geonames:4662168"),
        ("S.C.", "geonames:4597040"),
    ]


def test_a_county_and_a_town_find_one_another() -> None:
    """Each name alone could be in several states; only in Texas do all three lie together."""
    found = dict(read("A Paris man was jailed in Lamar County. He came from Honey Grove in Fannin County."))
    assert found["Paris"] == "geonames:4717560"
    assert found["Lamar County"] == "geonames:4705086"


def test_a_list_of_counties_is_one_of_counties() -> None:
    found = find_places("Fires burnt in Ware, Camden and Charlton counties in Georgia.")
    assert [place.precision for _, _, place in found if place] == ["district", "district", "district", "region"]


@pytest.mark.parametrize(
    ("text", "precision"),
    [("They shelled Idlib province.", "region"), ("They shelled the city of Idlib.", "locality"), ("They fled to West Darfur.", "region")],
)
def test_the_word_beside_a_name_says_what_kind_of_place_it_is(text: str, precision: str) -> None:
    ((_, _, place),) = find_places(text)
    assert place is not None
    assert place.precision == precision


def test_a_name_has_one_sense_in_a_document() -> None:
    found = read("The ship reached Tripoli, Lebanon. Later Tripoli was shelled, and the port of Tripoli burnt.")
    assert {identity for words, identity in found if words == "Tripoli"} == {"geonames:266826"}


def test_a_place_of_evidence_is_found_without_american_context() -> None:
    text = "Shelling of Homs and Hama killed ten. In Aleppo and in Raqqa, residents of Douma said, Damascus-based observers saw it."
    assert {place.country for _, _, place in find_places(text) if place} == {"SY"}


def test_the_time_to_find_places_grows_with_the_length_of_the_text() -> None:
    text = "A Homs man fled from Aleppo to Tripoli, Lebanon, and met Michael Jackson of the Orvane City Council near Orlo. "
    times = []
    for copies in (40, 320):
        started = time.process_time()
        find_places(text * copies)
        times.append(time.process_time() - started)
    assert times[1] < 8 * 4 * times[0] + 0.2


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


@settings(max_examples=60, deadline=None)  # the first look-up reads the gazetteer from disk
@given(st.one_of(st.text(), st.lists(pieces, max_size=25).map(" ".join)))
def test_places_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    position = 0
    for start, end, _ in find_places(text):
        assert position <= start < end <= len(text)
        position = end
