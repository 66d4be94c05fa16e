"""The map: areas and never pins, nothing drawn where nobody put it, and no frame that gives away what is coarse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.publish_places import Named, placed

from witnessmark.model.claim import Act, Precision, Speaker, Stance
from witnessmark.model.incident import Answer
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.frame import WIDTH, Frame, frames
from witnessmark.publish.mapping import HEAVIEST, draw_map
from witnessmark.publish.outline import filled, stroked
from witnessmark.publish.projection import EqualArea, EqualEarth, distance_km, middle_of
from witnessmark.publish.shapes import Bounds, Shapes
from witnessmark.publish.spots import Places, places_of

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

SYRIA, RUSSIA, CHILE = "geonames:163843", "geonames:2017370", "geonames:3895114"
DEGREES = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def places(view: CaseView) -> Places:
    return places_of(Casebook(view), Shapes.load().with_shape())


def maps(view: CaseView) -> list[Frame]:
    return frames(places(view).spots, Shapes.load())


def section(view: CaseView) -> lxml.html.HtmlElement:
    page = next(content for content in draft(view).values() if b'id="section-map"' in content)
    whole: lxml.html.HtmlElement = lxml.html.document_fromstring(page)
    return whole.get_element_by_id("section-map")


def classes(view: CaseView, tag: str) -> list[str]:
    return [str(each.get("class")) for each in section(view).iter(tag)]


@given(DEGREES, DEGREES)
def test_the_middle_of_two_places_is_as_far_from_one_as_from_the_other(one: tuple[float, float], other: tuple[float, float]) -> None:
    if distance_km(one, other) < 15_000:
        middle = middle_of([one, other])
        assert distance_km(one, middle) == pytest.approx(distance_km(other, middle), abs=0.5)


@given(DEGREES)
def test_near_its_middle_an_equal_area_map_keeps_distances(middle: tuple[float, float]) -> None:
    near = (middle[0], middle[1] + 0.5)
    assert EqualArea(*middle).plane(*near) == pytest.approx((0, distance_km(middle, near)), abs=0.01)


def test_equal_earth_is_the_one_that_was_published() -> None:
    assert EqualEarth().plane(180, 0)[0] == pytest.approx(17_243.96, rel=1e-4)
    assert EqualEarth().plane(0, 90)[1] == pytest.approx(8_392.93, rel=1e-4)


def test_a_scale_bar_is_as_long_as_it_says(pile: Pile) -> None:
    one = placed(pile, Named("Aleppo", 36.2, 37.16, Precision.LOCALITY))
    pile.items.clear()
    pile.claims.clear()
    world = placed(pile, *(Named(f"Place {at}", 0, at * 120 - 120, Precision.LOCALITY) for at in range(3)))
    for view, place in ((one, (37.16, 36.2)), (world, (0.0, 0.0))):
        frame = maps(view)[-1]
        bar = draw_map(frame, Shapes.load()).bar
        further = (place[0] + 0.5, place[1])
        pixels = frame.pixel(*further)[0] - frame.pixel(*place)[0]
        kilometres = float(bar.label.removesuffix(" km").replace(",", ""))
        assert bar.length / pixels == pytest.approx(kilometres / distance_km(place, further), rel=0.01)


@given(DEGREES, st.floats(50, 4000), st.floats(-1, 1), st.floats(-1, 1))
def test_what_a_frame_shows_lies_within_its_bounds(middle: tuple[float, float], half: float, east: float, north: float) -> None:
    projection = EqualArea(*middle)
    place = (middle[0] + east * 60, max(min(middle[1] + north * 40, 90), -90))
    x, y = projection.plane(*place)
    if abs(x) <= half and abs(y) <= half:
        longitude = (place[0] + 180) % 360 - 180
        assert any(
            west - 1e-6 <= longitude <= east + 1e-6 and south - 1e-6 <= place[1] <= north + 1e-6
            for west, south, east, north in projection.bounds(half, half).boxes()
        )


def test_a_path_is_cut_to_its_frame_and_keeps_its_corners() -> None:
    square = [(-500.0, -500.0), (1500.0, -500.0), (1500.0, 1500.0), (-500.0, 1500.0), (-500.0, -500.0)]
    numbers = [int(each) for each in re.findall(r"-?\d+", filled([square], 960, 600, 1))]
    assert max(map(abs, numbers)) <= 960 + 24
    assert stroked([[(-50.0, -50.0), (-40.0, -60.0)]], 960, 600, 1) == ""


def test_neighbours_keep_one_border_wherever_their_rings_begin() -> None:
    border = [(100.0, 0.0), (104.3, 50.1), (98.2, 99.7), (101.0, 200.0)]
    west = [(0.0, 0.0), *border, (0.0, 200.0)]
    east = [*reversed(border), (300.0, 0.0), (300.0, 200.0)]

    def corners(path: str) -> set[tuple[int, int]]:
        x, y, found = 0, 0, set()
        for letter, values in re.findall(r"([Ml])([^Mlz]*)", path):
            numbers = [int(each) for each in re.findall(r"-?\d+", values)]
            for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = (right, down) if letter == "M" else (x + right, y + down)
                found.add((x, y))
        return found

    shared = {(round(px), round(py)) for px, py in border}
    assert shared <= corners(filled([west], 960, 600, 1)) & corners(filled([east], 960, 600, 1))


def test_every_precision_but_a_point_is_an_area_and_each_is_wider_than_the_one_before(pile: Pile) -> None:
    order = [Precision.POINT, Precision.FACILITY, Precision.LOCALITY, Precision.DISTRICT, Precision.REGION]
    view = placed(pile, *(Named(f"Place {at}", 35 + at, 37, precision) for at, precision in enumerate(order)))
    radii = [spot.radius for spot in places(view).spots]
    assert radii[0] == 0
    assert radii == sorted(set(radii))
    (frame,) = maps(view)
    drawn = draw_map(frame, Shapes.load())
    by_number = {mark.anchor: mark for mark in drawn.marks}
    assert [by_number[f"place-{at + 1}"].is_point for at in range(5)] == [True, False, False, False, False]
    region = by_number["place-5"]
    assert region.radius == pytest.approx(100 * frame.pixels_a_km, rel=0.01)


def test_a_place_without_a_position_is_listed_and_never_drawn(pile: Pile) -> None:
    view = placed(
        pile,
        Named("Nowhereville", None, None, None),
        Named("Somewhere", 10.0, 10.0, None),
        Named("Atlantis", None, None, Precision.COUNTRY, "geonames:1"),
    )
    assert places(view).spots == ()
    assert list(section(view).iter("svg")) == []
    text = " ".join(section(view).text_content().split())
    assert "Nowhereville: position not known." in text
    assert "Somewhere: how exactly its position is known is not on record." in text
    assert "Atlantis: a country of which this map has no shape." in text
    assert "Nothing can be drawn on a map." in text


def test_many_claims_at_one_place_are_one_mark_with_a_count_and_its_links(pile: Pile) -> None:
    view = placed(pile, *[Named("Tessel", 44.1, 31.2, Precision.LOCALITY, "geonames:7")] * 70)
    circles = [each for each in section(view).iter("circle") if "spot" in str(each.get("class"))]
    assert len(circles) == 1
    assert "Tessel (70)" in section(view).text_content()
    assert circles[0].getparent().get("href").endswith("#place-1")
    rows = section(view).xpath(".//tbody/tr")
    assert len({link.text for row in rows for link in row.iter("a") if link.get("class") == "ref"}) == 70


def test_what_is_only_denied_is_hollow_and_what_is_both_has_a_broken_outline(pile: Pile) -> None:
    view = placed(
        pile,
        Named("Orl", 44.1, 31.2, Precision.LOCALITY, None, Act.ATTACK, Stance.DENIES),
        Named("Tessel", 44.6, 31.9, Precision.LOCALITY),
        Named("Zar", 44.9, 31.1, Precision.LOCALITY),
        Named("Zar", 44.9, 31.1, Precision.LOCALITY, None, Act.ATTACK, Stance.DENIES),
    )
    assert sorted(each for each in classes(view, "circle") if "spot" in each) == ["spot", "spot answered", "spot answered hollow"]


def test_a_place_whose_claim_is_denied_elsewhere_has_a_broken_outline(pile: Pile) -> None:
    placed(pile, Named("Orl", 44.1, 31.2, Precision.LOCALITY), Named("Zar", 44.9, 31.1, Precision.LOCALITY))
    denial = "The army denied it.\n"
    item = pile.hold(denial.encode(), "denial.txt", text=denial)
    by = pile.say(item, "denied it", speaker=Speaker("the army"), stance=Stance.DENIES)
    view = pile.view(answers=(Answer(by, pile.claims[0].claim.id, general=False, why="the same place"),))
    orl, zar = (circle for circle in section(view).iter("circle") if "spot" in str(circle.get("class")))
    assert (orl.get("class"), zar.get("class")) == ("spot answered", "spot")
    assert "1 is denied or doubted by others" in section(view).text_content()


def test_a_country_is_its_shape_and_has_no_position(pile: Pile) -> None:
    view = placed(pile, Named("Syria", 35.0, 38.0, Precision.COUNTRY, SYRIA))
    assert [each for each in classes(view, "circle") if "spot" in each] == []
    assert [each for each in classes(view, "path") if "tint" in each] == ["tint"]
    assert "35.0" not in section(view).text_content()


def test_places_on_either_side_of_the_180th_meridian_share_a_frame(pile: Pile) -> None:
    view = placed(pile, Named("Suva", -18.14, 178.44, Precision.LOCALITY), Named("Taveuni", -16.86, -179.97, Precision.DISTRICT))
    (frame,) = maps(view)
    assert frame.half_width < 400
    assert len(frame.bounds.boxes()) == 2
    assert len(draw_map(frame, Shapes.load()).land) > 100


def test_a_place_at_the_pole_is_in_the_middle_of_its_map(pile: Pile) -> None:
    view = placed(pile, Named("the pole", 90.0, 0.0, Precision.POINT), Named("Alert", 82.5, -62.3, Precision.LOCALITY))
    frame = maps(view)[-1]
    assert frame.bounds.boxes()[0][:3:2] == (-180, 180)
    assert all(frame.shows(*frame.pixel(spot.position.longitude, spot.position.latitude), 10) for spot in frame.spots if spot.position)


def test_far_places_get_a_map_of_all_and_near_ones_a_map_of_their_own(pile: Pile) -> None:
    near = [Named("Aleppo", 36.2, 37.16, Precision.LOCALITY), Named("Homs", 34.73, 36.72, Precision.LOCALITY)]
    view = placed(pile, *near, Named("Washington", 38.9, -77.04, Precision.LOCALITY), Named("Chile", None, None, Precision.COUNTRY, CHILE))
    detail, whole = maps(view)
    assert [spot.names[0] for spot in detail.spots] == ["Aleppo", "Homs"]
    assert len(whole.spots) == 4
    assert whole.is_world


@pytest.mark.parametrize("wanted", [[SYRIA], [RUSSIA], [CHILE, RUSSIA]])
def test_paths_stay_light_whatever_is_shown(pile: Pile, wanted: list[str]) -> None:
    view = placed(pile, *(Named(f"Country {at}", None, None, Precision.COUNTRY, each) for at, each in enumerate(wanted)))
    for frame in maps(view):
        drawn = draw_map(frame, Shapes.load())
        assert len(drawn.land) + len(drawn.borders) + len(drawn.lakes) + len(drawn.provinces) <= HEAVIEST
        assert all(-12 <= float(x) <= WIDTH + 12 for x, _ in drawn.dots)


def test_the_frame_of_a_coarse_place_is_that_of_its_grid_point(pile: Pile) -> None:
    exact = placed(pile, Named("the prison", 36.2048, 37.1587, Precision.FACILITY))
    (frame,) = maps(exact)
    assert frame.projection == EqualArea(37.2, 36.2)
    assert places(exact).spots[0].radius == 9


def test_a_case_without_claims_says_so(pile: Pile) -> None:
    pile.hold(b"x", "x.txt", text="Nothing is said here.\n")
    assert "There is no claim to place on a map." in section(pile.view()).text_content()


def test_the_map_says_how_it_was_drawn_and_whose_borders_these_are(pile: Pile) -> None:
    text = " ".join(section(placed(pile, Named("Aleppo", 36.2, 37.16, Precision.LOCALITY))).text_content().split())
    assert "Lambert azimuthal equal-area projection; scale bar true and north up in the middle of the map" in text
    assert "who holds a territory in fact, not who has a right to it" in text
    assert re.search(r"\d+ km", text)


def test_shapes_are_found_by_bounds_and_hold_every_country_with_a_seat() -> None:
    shapes = Shapes.load()
    assert len(shapes.with_shape()) > 230
    around = {country.name for country, _ in shapes.countries(10, Bounds(35.5, 33.0, 36.5, 34.0))}
    assert {"Syria", "Lebanon"} <= around
    assert "Chile" not in around
