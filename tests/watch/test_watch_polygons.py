"""Polygons from files: what map programs save is read, and what is none is refused with the file and what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from witnessmark.errors import UsageError
from witnessmark.watch.polygons import read_polygons

RING = [[36.1, 33.5], [36.2, 33.5], [36.2, 33.6], [36.1, 33.5]]


def geojson(kind: str = "Polygon", coordinates: object = None, **properties: object) -> str:
    geometry = {"type": kind, "coordinates": [RING] if coordinates is None else coordinates}
    return json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": geometry}]})


def test_a_polygon_has_the_name_of_its_feature_and_its_ring_is_not_closed_twice(tmp_path: Path) -> None:
    (tmp_path / "site.geojson").write_text(geojson(name="  the   yard "), encoding="utf-8")
    (found,) = read_polygons(tmp_path / "site.geojson")
    assert found.name == "the yard"
    assert found.ring == ((36.1, 33.5), (36.2, 33.5), (36.2, 33.6))


def test_the_parts_of_a_multipolygon_are_named_after_the_file_and_numbered(tmp_path: Path) -> None:
    (tmp_path / "roofs.geojson").write_text(geojson("MultiPolygon", [[RING], [RING]]), encoding="utf-8")
    assert [each.name for each in read_polygons(tmp_path / "roofs.geojson")] == ["roofs 1", "roofs 2"]


def test_corners_come_from_a_csv_file_too(tmp_path: Path) -> None:
    (tmp_path / "site.csv").write_text("latitude,longitude\n33.5,36.1\n33.5,36.2\n33.6,36.2\n", encoding="utf-8")
    (found,) = read_polygons(tmp_path / "site.csv")
    assert found.ring == ((36.1, 33.5), (36.2, 33.5), (36.2, 33.6))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no GeoJSON"),
        ("[" * 100_000, "is no GeoJSON"),
        ("{}", "holds a thing that is no polygon"),
        ('{"type": "FeatureCollection", "features": []}', "holds no polygon"),
        (geojson("Point", [36.1, 33.5]), "holds a Point that is no polygon"),
        (geojson(coordinates=[RING, RING]), "with a hole"),
        (geojson(coordinates=[[[36.1, 33.5], [36.2, 33.5]]]), "2 corners around no area"),
        (geojson(coordinates=[[[36.1, 33.5], [36.2, 33.6], [36.3, 33.7]]]), "around no area"),
        (geojson(coordinates=[[[361, 33.5], [36.2, 33.5], [36.2, 33.6]]]), "is no place on Earth"),
        (geojson(coordinates=[[["x", 33.5], [36.2, 33.5], [36.2, 33.6]]]), "no pair of numbers"),
        (geojson(coordinates=[[[20, 33.5], [36.2, 33.5], [36.2, 33.6]]]), "wider than 1 degree"),
        (json.dumps({"crs": {"properties": {"name": "EPSG:32637"}}, **json.loads(geojson())}), "another coordinate system"),
    ],
    ids=[
        "cut short",
        "too deep",
        "nothing",
        "empty",
        "point",
        "hole",
        "two corners",
        "on a line",
        "off the Earth",
        "letters",
        "wide",
        "metres",
    ],
)
def test_what_is_no_polygon_is_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "site.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_polygons(tmp_path / "site.geojson")


def test_a_file_that_is_missing_or_enormous_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read as a file of polygons"):
        read_polygons(tmp_path / "none.geojson")
    (tmp_path / "large.geojson").write_bytes(b" " * 4_000_001)
    with pytest.raises(UsageError, match="has 4,000,001 bytes"):
        read_polygons(tmp_path / "large.geojson")
