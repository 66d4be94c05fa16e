"""GeoJSON: every member RFC 7946 asks for, areas for what is vague, nothing more exact than the dossier, nothing drawn that nobody placed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import pytest
from tests.publish.exported import hostile_case
from tests.publish.publish_places import Named, placed

from witnessmark.model.claim import Act, Precision
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.areas import circle, country
from witnessmark.publish.exports.geojson import NO_POSITION, NO_PRECISION, NO_SHAPE, geojson

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

Geometry = dict[str, Any]

PLACES = (
    Named("Nord", 10.0, 20.0, Precision.POINT),
    Named("Ostra", 10.5, 20.5, Precision.LOCALITY),
    Named("Westerland", 12.0, 22.0, Precision.REGION),
    Named("Tavik prison", 11.23456, 21.23456, Precision.FACILITY, "site:tavik", Act.DETENTION),
    Named("Nowhere", None, None, Precision.LOCALITY),
    Named("Somewhere", 13.0, 23.0, None),
    Named("Iceland", 65.0, -18.0, Precision.COUNTRY, "geonames:2629691"),
    Named("Utopia", 1.0, 1.0, Precision.COUNTRY, "geonames:1"),
)


def features(view: CaseView) -> dict[str, dict[str, Any]]:
    """The features by the name of their place."""
    told = json.loads(geojson(Casebook(view)))
    assert set(told) == {"type", "features"}
    assert told["type"] == "FeatureCollection"
    return {feature["properties"]["place"]: feature for feature in told["features"]}


def rings(geometry: Geometry) -> Iterator[tuple[int, list[list[float]]]]:
    """Every ring with its place in its polygon: 0 is the outer one."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from enumerate(polygon)


def refuse_bad_geometry(geometry: Geometry | None) -> None:
    """RFC 7946, sections 3.1 and 3.1.6: positions on the globe, rings closed and turned by the right hand."""
    if geometry is None:
        return
    assert geometry["type"] in {"Point", "Polygon", "MultiPolygon"}
    if geometry["type"] == "Point":
        assert len(geometry["coordinates"]) == 2
        return
    for place, ring in rings(geometry):
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        assert (sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) > 0) is (place == 0)


def kilometres(ax: float, ay: float, bx: float, by: float) -> float:
    """Great-circle distance (haversine)."""
    up, along = radians(by - ay) / 2, radians(bx - ax) / 2
    return 2 * 6371.0088 * asin(sqrt(sin(up) ** 2 + cos(radians(ay)) * cos(radians(by)) * sin(along) ** 2))


def test_every_feature_has_the_members_the_standard_asks_for(pile: Pile) -> None:
    for feature in features(placed(pile, *PLACES)).values():
        assert feature["type"] == "Feature"
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["id"].startswith("urn:witnessmark:claim:")
        refuse_bad_geometry(feature["geometry"])


def test_a_point_is_a_point_and_anything_vaguer_an_area_of_its_width(pile: Pile) -> None:
    found = features(placed(pile, *PLACES))
    assert found["Nord"]["geometry"] == {"type": "Point", "coordinates": [20.0, 10.0]}
    for name, middle, radius in (("Ostra", (20.5, 10.5), 5), ("Westerland", (22.0, 12.0), 100)):
        assert found[name]["properties"]["radius_km"] == radius
        for _, ring in rings(found[name]["geometry"]):
            assert all(kilometres(*middle, *corner) == pytest.approx(radius, abs=0.02) for corner in ring)


def test_a_sensitive_place_is_coarse_in_number_and_area_and_says_why(pile: Pile) -> None:
    told = features(placed(pile, *PLACES))["Tavik prison"]
    assert told["properties"]["coarse_because"]
    assert told["properties"]["radius_km"] == 9
    assert "11.234" not in json.dumps(told)
    for _, ring in rings(told["geometry"]):
        assert all(kilometres(21.2, 11.2, *corner) == pytest.approx(9, abs=0.02) for corner in ring)


def test_what_nobody_placed_is_named_and_not_drawn(pile: Pile) -> None:
    found = features(placed(pile, *PLACES))
    for name, reason in (("Nowhere", NO_POSITION), ("Somewhere", NO_PRECISION), ("Utopia", NO_SHAPE)):
        assert found[name]["geometry"] is None
        assert found[name]["properties"]["not_drawn"] == reason


def test_a_country_is_its_shape(pile: Pile) -> None:
    shape = features(placed(pile, *PLACES))["Iceland"]["geometry"]
    assert shape["type"] == "MultiPolygon"
    corners = [corner for _, ring in rings(shape) for corner in ring]
    assert all(-26 < x < -12 and 62 < y < 68 for x, y in corners)


def test_a_country_within_another_is_a_hole_in_it() -> None:
    south_africa = country(953987)
    assert south_africa is not None
    refuse_bad_geometry(json.loads(json.dumps(south_africa)))
    assert max(place for place, _ in rings(south_africa)) == 1


@pytest.mark.parametrize(("longitude", "latitude"), [(179.95, 10.0), (-179.95, -40.0), (180.0, 0.0)])
def test_a_circle_over_the_date_line_is_cut_in_two(longitude: float, latitude: float) -> None:
    shape = json.loads(json.dumps(circle(longitude, latitude, 25)))
    refuse_bad_geometry(shape)
    assert shape["type"] == "MultiPolygon"
    sides = {ring[0][0] > 0 for _, ring in rings(shape)}
    assert sides == {True, False}
    for _, ring in rings(shape):
        assert any(abs(x) == 180 for x, _ in ring)
        assert max(x for x, _ in ring) - min(x for x, _ in ring) < 1


@pytest.mark.parametrize("latitude", [89.9, -89.9, 90.0])
def test_a_circle_about_a_pole_holds_the_pole(latitude: float) -> None:
    shape = json.loads(json.dumps(circle(10.0, latitude, 25)))
    refuse_bad_geometry(shape)
    assert any(abs(y) == 90 for _, ring in rings(shape) for _, y in ring)


def test_a_circle_keeps_its_area_at_any_latitude() -> None:
    for latitude in (0.0, 45.0, 80.0):
        shape = circle(30.0, latitude, 25)
        _, ring = next(rings(shape))
        flat = [((x - 30.0) * cos(radians(y)) * 111.195, (y - latitude) * 111.195) for x, y in ring]
        assert all(hypot(*corner) == pytest.approx(25, rel=0.02) for corner in flat)


def test_an_incident_stands_where_its_claims_put_it_and_says_it_is_not_weighed(case: CaseView) -> None:
    told = json.loads(geojson(Casebook(case)))["features"][0]
    assert told["properties"]["kind"] == "incident"
    assert told["properties"]["how_well_supported"] == "not weighed yet"
    assert told["geometry"] == json.loads(geojson(Casebook(case)))["features"][1]["geometry"]


def test_markup_in_a_place_stands_as_text_in_the_file_and_as_itself_when_read(pile: Pile) -> None:
    content = geojson(Casebook(hostile_case(pile)))
    assert b"<script" not in content
    assert "\u202e".encode() not in content
    assert "</script><script>alert(1)</script>" in {f["properties"]["place"] for f in json.loads(content)["features"]}
