"""Scenes as files, with what they say of themselves; and files that are none."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.watch.made_scenes import UTM, ground, write_tiff

from witnessmark.errors import SceneError, UsageError
from witnessmark.model.watching import ControlPoint
from witnessmark.watch import Scene, compare
from witnessmark.watch.captions import Caption, contradictions, dates_in
from witnessmark.watch.facts import Acquired, SceneFacts
from witnessmark.watch.product_ids import facts_in_product_id

PIXELS = ground(1, 64, 3).clip(0, 255).astype(np.uint8)
HEADER = """ENVI
samples = 64
lines = 64
bands = 3
header offset = 0
file type = ENVI Standard
data type = 1
interleave = bsq
byte order = 0
map info = {UTM, 1.000, 1.000, 300000.000, 3700000.000, 30.0, 30.0, 37, North, WGS-84, units=Meters}
wavelength units = Micrometers
wavelength = {0.48, 0.56, 0.66}
"""


def write_envi(folder: Path, bands: bytes = PIXELS.tobytes(), header: str = HEADER) -> Path:
    """Raw bands with a header beside them."""
    path = folder / "scene"
    path.write_bytes(bands)
    (folder / "scene.HDR").write_text(header, encoding="ascii")
    return path


def write_picture(path: Path, pixels: np.ndarray = PIXELS) -> Path:
    """A PNG or JPEG."""
    Image.fromarray(np.ascontiguousarray(pixels.transpose(1, 2, 0))).save(path)
    return path


def test_raw_bands_with_a_header_are_read_as_they_stand(tmp_path: Path) -> None:
    path = write_envi(tmp_path)
    for given in (path, path.with_name("scene.HDR")):
        opened = Scene.open(given)
        assert (opened.pixels == PIXELS).all()
        assert opened.wavelengths == (0.48, 0.56, 0.66)
        assert opened.georeference is not None
        assert opened.georeference.to_map(0, 0) == (300_000, 3_700_000)
        assert opened.facts.ground_sampling_distance == pytest.approx(30)


def test_a_geotiff_and_raw_bands_of_one_scene_are_one_scene(tmp_path: Path) -> None:
    tiff, envi = Scene.open(write_tiff(tmp_path / "scene.tif", PIXELS)), Scene.open(write_envi(tmp_path))
    assert (tiff.pixels == envi.pixels).all()
    assert tiff.georeference is not None
    assert envi.georeference is not None
    assert tiff.georeference.to_degrees(5, 7) == pytest.approx(envi.georeference.to_degrees(5, 7))


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_geotiff_without_georeference_says_so(tmp_path: Path) -> None:
    opened = Scene.open(write_tiff(tmp_path / "scene.tif", PIXELS, None))
    assert opened.georeference is None
    assert opened.problems == ("scene.tif has no georeference: where it lies is not known. Set control points by hand.",)


def test_pixels_without_data_are_not_valid(tmp_path: Path) -> None:
    holed = PIXELS.copy()
    holed[:, :5] = 0
    assert not Scene.open(write_tiff(tmp_path / "scene.tif", holed, nodata=0)).valid[:5].any()


def test_a_transparent_picture_shows_only_its_opaque_part(tmp_path: Path) -> None:
    alpha = np.full((1, 64, 64), 255, dtype=np.uint8)
    alpha[:, 10:20] = 0
    opened = Scene.open(write_picture(tmp_path / "scene.png", np.concatenate([PIXELS, alpha])))
    assert opened.bands == ("red", "green", "blue")
    assert not opened.valid[10:20].any()
    assert opened.valid[:10].all()


def hand_set(error: float = 0.0) -> tuple[ControlPoint, ...]:
    """Six points of the georeferenced scene, one of them off by so many pixels."""
    places = [(3, 4), (60, 5), (33, 30), (7, 58), (58, 60), (30, 8)]
    off = [error, 0, 0, 0, 0, 0]
    return tuple(ControlPoint(column + e, row, *UTM.to_degrees(column, row)) for (column, row), e in zip(places, off, strict=True))


def test_control_points_place_a_picture_where_its_georeference_would(tmp_path: Path) -> None:
    opened = Scene.open(write_picture(tmp_path / "scene.png"), control_points=hand_set())
    assert opened.georeference is not None
    assert opened.georeference.to_degrees(40, 20) == pytest.approx(UTM.to_degrees(40, 20), abs=1e-6)
    assert opened.georeference.error == pytest.approx(0, abs=1e-3)


def test_a_control_point_set_wrong_is_seen_in_the_error(tmp_path: Path) -> None:
    opened = Scene.open(write_picture(tmp_path / "scene.png"), control_points=hand_set(5.0))
    assert opened.georeference is not None
    assert opened.georeference.error is not None
    assert opened.georeference.error > 2


def test_control_points_come_from_a_file_too(tmp_path: Path) -> None:
    lines = ["column,row,latitude,longitude", *(f"{p.column},{p.row},{p.latitude},{p.longitude}" for p in hand_set())]
    (tmp_path / "points.csv").write_text("\n".join(lines), encoding="utf-8")
    opened = Scene.open(write_picture(tmp_path / "scene.jpg"), control_points=tmp_path / "points.csv")
    assert opened.georeference is not None
    assert opened.georeference.source == "control points"


@pytest.mark.parametrize(
    ("text", "said"),
    [("column,row\n1,2\n", "latitude, longitude is missing"), ("column,row,latitude,longitude\n1,2,x,4\n", "line 2"), ("column,row,latitude,longitude\n1,2,95,4\n", "no place"), ("column,row,latitude,longitude\n1,2,33,36\n2,3,33,37\n", "at least 3"), ("column,row,latitude,longitude\n1,1,33,36\n2,2,34,37\n3,3,35,38\n", "one line")],
    ids=["columns", "number", "range", "few", "line"],
)  # fmt: skip
def test_control_points_that_give_no_place_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "points.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        Scene.open(write_picture(tmp_path / "scene.png"), control_points=tmp_path / "points.csv")


def write_huge(path: Path, side: int) -> Path:
    """A picture of little size and many pixels."""
    Image.new("1", (side, side)).save(path)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("scene.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "damaged"), ("scene.tif", b"II*\0" + b"x" * 50, "cannot be read as a GeoTIFF"), ("scene.txt", b"some words", "no ENVI header"), ("scene.jpg", b"\xff\xd8\xff\xe0", "damaged"), ("empty", b"", "no ENVI header")],
    ids=["png", "tiff", "text", "jpeg", "empty"],
)  # fmt: skip
def test_what_is_no_scene_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SceneError, match=said):
        Scene.open(tmp_path / name)


def test_a_small_file_of_400_megapixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = write_huge(tmp_path / "scene.png", 20_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(SceneError, match="claims 20,000 x 20,000 pixels in 1 band; at most 200 million values are decoded"):
        Scene.open(path)


def test_bands_cut_short_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="its header promises 12,288"):
        Scene.open(write_envi(tmp_path, PIXELS.tobytes()[:-100]))


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_geotiff_that_is_mostly_promise_is_refused(tmp_path: Path) -> None:
    import rasterio

    shape = {"count": 1, "height": 20_000, "width": 20_000, "dtype": "uint8"}
    with rasterio.open(tmp_path / "scene.tif", "w", driver="GTiff", sparse_ok=True, crs=UTM.crs, **shape):
        pass
    assert (tmp_path / "scene.tif").stat().st_size < 2_000_000
    with pytest.raises(SceneError, match="at most 200 million values"):
        Scene.open(tmp_path / "scene.tif")


def test_a_header_of_another_scene_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match=r"its header promises|too small"):
        Scene.open(write_envi(tmp_path, header=HEADER.replace("samples = 64", "samples = 64000")))


@pytest.mark.parametrize(
    "place", ["UTM, 1.000, 1.000, 1e30, 1e30", "Arbitrary, 1.000, 1.000, 5.0, 5.0", "Geographic Lat/Lon, 1.0, 1.0, 36.0, 890.0"]
)
def test_a_georeference_that_leads_nowhere_is_none(tmp_path: Path, place: str) -> None:
    opened = Scene.open(write_envi(tmp_path, header=HEADER.replace("UTM, 1.000, 1.000, 300000.000, 3700000.000", place)))
    assert opened.georeference is None
    assert any("no georeference" in problem for problem in opened.problems)


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "scene.png")
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(SceneError, match="damaged"):
        Scene.open(path)


def test_opening_and_comparing_use_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: reached.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *names: reached.append(names))
    opened = Scene.open(write_tiff(tmp_path / "scene.tif", PIXELS), control_points=hand_set())
    compare(opened, opened)
    assert reached == []


def test_facts_that_nobody_stated_are_listed_as_missing(tmp_path: Path) -> None:
    facts = SceneFacts(provider="Tolvar Imaging", credit="Tolvar Imaging", off_nadir=12.0)
    opened = Scene.open(write_tiff(tmp_path / "scene.tif", PIXELS), facts=facts)
    assert opened.facts.missing == (
        "product id",
        "sensor",
        "time of acquisition",
        "sun elevation",
        "sun azimuth",
        "cloud cover",
        "snow cover",
        "licence",
    )


def test_facts_that_the_file_contradicts_are_flagged(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "LC08_L1TP_174037_20310108_20310115_02_T1.tif", PIXELS)
    stated = SceneFacts(ground_sampling_distance=0.5, acquired=Acquired.on(dt.date(2031, 1, 15), "the caption"))
    said = " ".join(Scene.open(path, facts=stated).problems)
    assert "is 2031-01-15 by the caption, but 2031-01-08 by product id" in said
    assert "stated as 0.5 m; the georeference gives 30 m" in said


@pytest.mark.parametrize(
    ("name", "sensor", "day"),
    [("LC08_L1TP_174037_20310108_20310115_02_T1", "Landsat 8 OLI and TIRS", "2031-01-08"), ("LE71740372003037SGS00", "Landsat 7 ETM+", "2003-02-06"), ("L71119038_03820000317_MTL.txt", "Landsat 7 ETM+", "2000-03-17"), ("S2B_MSIL2A_20310108T082229_N0509_R121_T37SBT_20310108T110000", "Sentinel-2B MSI", "2031-01-08")],
)  # fmt: skip
def test_product_ids_give_sensor_and_day(name: str, sensor: str, day: str) -> None:
    facts = facts_in_product_id(f"written as {name} somewhere")
    assert facts.sensor == sensor
    assert facts.acquired is not None
    assert facts.acquired.earliest.date().isoformat() == day


@pytest.mark.parametrize("name", ["photo", "LC08_L1TP_174037_20311308_20310115_02_T1", "roof_L7.jpg"])
def test_a_name_that_is_no_product_id_gives_nothing(name: str) -> None:
    assert facts_in_product_id(name) == SceneFacts()


def test_captions_are_held_against_place_and_date(tmp_path: Path) -> None:
    scene = Scene.open(write_tiff(tmp_path / "LC08_L1TP_174037_20310108_20310115_02_T1.tif", PIXELS))
    latitude, longitude = UTM.to_degrees(32, 32)
    day = dt.date(2031, 1, 8)
    assert contradictions(Caption(latitude=latitude, longitude=longitude, first=day, last=day), scene) == ()
    said = contradictions(
        Caption(latitude=latitude + 0.3, longitude=longitude, first=dt.date(2031, 1, 15), last=dt.date(2031, 1, 15)), scene
    )
    assert "33.3 km from its middle" in said[0] or "33.4 km from its middle" in said[0]
    assert "dated 2031-01-15" in said[1]
    assert "taken on 2031-01-08 by product id" in said[1]


def test_a_caption_that_cannot_be_checked_is_not_passed(tmp_path: Path) -> None:
    scene = Scene.open(write_picture(tmp_path / "scene.png"))
    said = contradictions(Caption(latitude=33.0, longitude=36.0, first=dt.date(2031, 1, 8), last=dt.date(2031, 1, 8)), scene)
    assert len(said) == 2
    assert all("cannot be checked" in each for each in said)


def test_dates_are_found_in_a_captions_words() -> None:
    assert dates_in("Korrin prison, January 15, 2031") == ((dt.date(2031, 1, 15), dt.date(2031, 1, 15)),)
