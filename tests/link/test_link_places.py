"""Keys of places: one key for the spellings of one place, and the province it lies in."""

import pytest

from witnessmark.link.places import PlaceKeys

NAMES = (
    "Rif Dimashq", "Rural Damascus", "Damascus Countryside", "ريف دمشق", "Damascus", "دمشق", "Homs", "Homs Governorate", "محافظة حمص", "Deir Ezzor", "Deir ez-Zor",
    "Douma", "Duma", "mosque, Kafr Nabl, Idlib", "Idlib", "Idleb", "الفرن - القامشلي", "Qamishli", "Baghdad", "بغداد", "Somewhere unheard of", "Somwhere unheard of",
)  # fmt: skip


@pytest.fixture(scope="module")
def places() -> PlaceKeys:
    return PlaceKeys.of(NAMES)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Rif Dimashq", "Rural Damascus", "Damascus Countryside", "ريف دمشق"),
        ("Damascus", "دمشق"),
        ("Homs", "Homs Governorate", "محافظة حمص"),
        ("Deir Ezzor", "Deir ez-Zor"),
        ("Douma", "Duma"),
        ("Idlib", "Idleb"),
        ("Baghdad", "بغداد"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_the_spellings_of_one_place_share_a_key_and_a_province(places: PlaceKeys, spellings: tuple[str, ...]) -> None:
    keys = {places.keys(name, None) for name in spellings}
    assert len(keys) == 1
    assert None not in next(iter(keys))


def test_a_city_is_not_its_countryside(places: PlaceKeys) -> None:
    assert places.keys("Damascus", None)[0] != places.keys("Rural Damascus", None)[0]


def test_of_a_cell_with_several_parts_the_first_known_is_the_place_and_the_last_known_says_the_province(places: PlaceKeys) -> None:
    key, region = places.keys("mosque, Kafr Nabl, Idlib", None)
    assert region == places.keys("Idlib", None)[1]
    assert key is not None
    assert key != places.keys("Idlib", None)[0]


def test_a_building_before_its_town_does_not_hide_the_town(places: PlaceKeys) -> None:
    assert places.keys("الفرن - القامشلي", None)[1] == places.keys("Qamishli", None)[1]


def test_where_only_the_larger_place_is_written_its_province_is_known(places: PlaceKeys) -> None:
    assert places.keys(None, "Idlib") == (None, places.keys("Idlib", None)[1])


def test_lists_may_cover_more_than_one_country(places: PlaceKeys) -> None:
    assert str(places.keys("Baghdad", None)[1]).startswith("IQ.")
    assert str(places.keys("Homs", None)[1]).startswith("SY.")


def test_a_place_no_one_knows_keeps_the_consonants_of_its_name(places: PlaceKeys) -> None:
    key, region = places.keys("Somewhere unheard of", None)
    assert key is not None
    assert region is None
    assert places.keys("Somwhere unheard of", None)[0] == key


def test_nothing_written_has_no_key(places: PlaceKeys) -> None:
    assert places.keys(None, None) == (None, None)
