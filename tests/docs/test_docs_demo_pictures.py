"""The demo case's pictures are what its papers say of them: a change, clouds, snow, a caption of another season, one photograph printed twice, one pair of credentials."""

from __future__ import annotations

import io
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from witnessmark.model.sheet import ShadowMeasured
from witnessmark.watch import Scene
from witnessmark.watch.bearings import azimuth_in_frame
from witnessmark.watch.shadow_times import read_shadow
from witnessmark.watch.shadows import Measured

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))  # the examples are no installed package

from examples.making import gate, scenes  # noqa: E402 -- after the path

EVIDENCE = ROOT / "examples" / "karvel-briefing" / "evidence"
FILES = {
    scenes.Frame.BEFORE: "PO-20160826-1402-K.tif",
    scenes.Frame.AFTER: "PO-20171002-1411-K.tif",
    scenes.Frame.SNOW: "PO-20180115-1421-K.tif",
}
GREATEST = 1_500_000
"""Bytes that the pictures may add to a package."""


def opened(frame: scenes.Frame) -> Scene:
    return Scene.open(EVIDENCE / FILES[frame])


def brightness(picture: Image.Image) -> NDArray[np.float64]:
    return np.asarray(picture.convert("L"), dtype=np.float64)


@pytest.mark.parametrize("frame", scenes.Frame, ids=lambda frame: frame.name)
def test_a_scene_opens_where_the_delivery_note_says(frame: scenes.Frame) -> None:
    scene = opened(frame)
    assert scene.georeference is not None
    latitude, longitude = scene.georeference.to_degrees(scenes.WIDTH / 2, scenes.HEIGHT / 2)
    assert latitude == pytest.approx(47.286, abs=2e-4)
    assert longitude == pytest.approx(-31.942, abs=2e-4)
    assert scene.georeference.sampling_distance() == pytest.approx(0.5)
    year, month, day, hour, minute = frame.value.taken[:16].replace(" ", ":").split(":")
    assert FILES[frame] == f"PO-{year}{month}{day}-{hour}{minute}-K.tif"


def test_the_works_changed_and_the_other_roofs_did_not() -> None:
    before, after = (np.asarray(scenes.picture(frame), dtype=float).mean(axis=2) for frame in (scenes.Frame.BEFORE, scenes.Frame.AFTER))
    left, top, width, height = scenes.WORKS
    works = abs(before - after)[top + 8 : top + height - 8, left + 8 : left + width - 8].mean()
    left, top, width, height = scenes.ROOFS[5]
    roof = abs(before - after)[top + 8 : top + height - 8, left + 8 : left + width - 8].mean()
    assert works > 3 * roof


def test_an_eighth_of_the_second_scene_is_under_cloud() -> None:
    pixels = np.asarray(scenes.picture(scenes.Frame.AFTER), dtype=float).min(axis=2)
    assert 0.06 < (pixels > 205).mean() < 0.16


def measured_in(frame: scenes.Frame, days: tuple[str, str]) -> ShadowMeasured:
    """The mast's shadow as somebody would measure it in the scene: along the darkest line from its foot, read within two pixels."""
    across, down = scenes.shadow_of(frame, scenes.MAST_HEIGHT)
    (column, row), (right, lower) = scenes.MAST, frame.value.shift
    foot = (column - right, row - lower)
    tip = (round(foot[0] + across), round(foot[1] + down))
    direction = azimuth_in_frame(foot, tip, ((10, 230), (10, 10)), Measured(0, 0.5), read_within=2)
    pixels = brightness(scenes.picture(frame))
    along = [pixels[round(foot[1] + down * part), round(foot[0] + across * part)] for part in (0.3, 0.5, 0.7, 0.9)]
    assert max(along) < np.median(pixels) - 20, "there is no shadow where it is measured"
    ratio = math.dist(foot, tip) * scenes.METRES / scenes.MAST_HEIGHT
    return ShadowMeasured((direction.value, direction.error), (ratio, 0.17), 47.286, -31.942, 200, *days)


@pytest.mark.parametrize("frame", scenes.Frame, ids=lambda frame: frame.name)
def test_shadows_in_a_scene_fit_the_minute_its_provider_states(frame: scenes.Frame) -> None:
    day, clock = frame.value.taken.split(" ")
    day = day.replace(":", "-")
    read = read_shadow(measured_in(frame, (day, day)), [f"{day}T{clock}Z"])
    assert [held.verdict for held in read.claims] == ["fits"]


def test_shadows_in_the_scene_of_october_do_not_fit_the_june_of_its_caption() -> None:
    assert "8 June 2017" in (EVIDENCE / "littoral-gallery.txt").read_text()
    read = read_shadow(measured_in(scenes.Frame.AFTER, ("2017-06-07", "2017-06-09")), ["2017-06-08"], zone="-02:00")
    assert [held.verdict for held in read.claims] == ["does not fit"]


def test_the_second_paper_printed_a_part_of_the_first_one_s_photograph() -> None:
    with Image.open(EVIDENCE / "gate-littoral.jpg") as whole, Image.open(EVIDENCE / "gate-evening-post.jpg") as cut:
        part = brightness(whole.crop(gate.CROP).resize(cut.size, Image.Resampling.BICUBIC))
        assert np.corrcoef(part.ravel(), brightness(cut).ravel())[0, 1] > 0.97
        assert not cut.getexif()


def test_the_signed_photograph_is_what_is_drawn_and_the_altered_one_has_a_wagon_less() -> None:
    with Image.open(EVIDENCE / "siding-signed.jpg") as signed, Image.open(io.BytesIO(gate.siding_plain())) as plain:
        assert np.array_equal(np.asarray(signed), np.asarray(plain))
    with Image.open(EVIDENCE / "siding-altered.jpg") as altered, Image.open(io.BytesIO(gate.siding_altered())) as drawn:
        assert np.array_equal(np.asarray(altered), np.asarray(drawn))


def test_both_carry_the_same_credentials_and_no_key() -> None:
    signed, altered = (segments(EVIDENCE / name) for name in ("siding-signed.jpg", "siding-altered.jpg"))
    assert signed == altered
    assert b"c2pa" in signed
    assert b"Aldane DX-30, invented" in signed
    assert b"PRIVATE KEY" not in signed


def segments(path: Path) -> bytes:
    """The segments of a JPEG that carry content credentials (APP11)."""
    data, found, at = path.read_bytes(), b"", 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        found += data[at : at + length] if data[at + 1] == 0xEB else b""
        at += length
    return found


def test_the_pictures_are_small() -> None:
    made = [*FILES.values(), "gate-littoral.jpg", "gate-evening-post.jpg", "siding-signed.jpg", "siding-altered.jpg"]
    assert sum((EVIDENCE / name).stat().st_size for name in made) < GREATEST
