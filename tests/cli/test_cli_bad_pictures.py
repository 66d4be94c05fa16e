"""Every bad picture that the verbs of watching may be given gets one clear sentence, and what is sound beside it is looked at all the same."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from tests.pictures_of_nowhere import as_jpeg, scene
from tests.watch.made_scenes import UTM, ground, write_tiff
from tests.watched_site import the_site, write_geojson

from witnessmark.cli.main import verbs

pytest.importorskip("cv2")
pytest.importorskip("rasterio")
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


def of_400_megapixels() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(2501 * 20_000), 9)
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_metadata(content: bytes, size: int) -> bytes:
    """A JPEG with so many bytes of comments."""
    piece = b"\xff\xfe" + struct.pack(">H", 65_002) + bytes(65 + at % 26 for at in range(65_000))
    return content[:2] + piece * (size // 65_000) + content[2:]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose items are I1 bare.tif, I2 bomb.png, I3 far.tif, I4 fat.jpg, I5 film.mp4, I6 four.tif, I7 one.tif, I8 sound.jpg."""
    folder = tmp_path_factory.mktemp("bad")
    evidence = folder / "evidence"
    evidence.mkdir()
    pixels = ground(3, side=160)
    write_tiff(evidence / "bare.tif", pixels.astype(np.float32), None)
    (evidence / "bomb.png").write_bytes(of_400_megapixels())
    write_tiff(evidence / "far.tif", pixels.astype(np.float32), replace(UTM, crs="EPSG:32640"))
    (evidence / "fat.jpg").write_bytes(with_metadata(as_jpeg(scene(1, (160, 120))), 50_000_000))
    film = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0\0\x10\0mdat" + bytes(4_000)
    if shutil.which("ffmpeg") is not None:
        made = folder / "whole.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=2:s=160x120:r=10", str(made)], check=True)
        film = made.read_bytes().replace(b"moov", b"mooX")
    (evidence / "film.mp4").write_bytes(film)
    write_tiff(evidence / "four.tif", pixels.astype(np.float32))
    write_tiff(evidence / "one.tif", pixels[:1].astype(np.float32))
    (evidence / "sound.jpg").write_bytes(as_jpeg(scene(2)))
    site = the_site()
    write_geojson(folder / "site.geojson", [site.ring])
    assert run("new", folder / "case").exit_code == 0
    assert run("add", folder / "case", evidence).exit_code == 0
    assert run("watch", "site", folder / "case", "--name", "Yard", "--polygon", folder / "site.geojson").exit_code == 0
    for number in ("I6", "I7"):
        assert run("watch", "scene", folder / "case", "W1", number, "--acquired", f"2031-01-0{number[1]}").exit_code == 0
    return folder


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("scene", "CASE", "W1", "I1"), "I1 has no georeference: where it lies is not known. Set control points by hand."),
        (("scene", "CASE", "W1", "I2"), "I2 claims 20,000 x 20,000 pixels in 1 band; at most 200 million values are decoded."),
        (("scene", "CASE", "W1", "I3"), "I3 does not show the site: the middle of one lies 1,"),
        (("compare", "CASE", "W1", "I6", "I6"), "I6 is one scene. One scene shows no change; name a second one."),
        (("compare", "CASE", "W1", "I6", "I7"), "I6 has 4 bands, I7 has 1: scenes of different sensors are not compared."),
        pytest.param(
            ("frames", "CASE", "I5", "OUT.png"), "its index is missing or broken", marks=needs_ffmpeg
        ),
    ],
    ids=["no georeference", "400 megapixels", "no overlap", "one scene", "other sensor", "broken index"],
)  # fmt: skip
def test_what_is_bad_is_refused_in_one_clear_sentence(place: Path, arguments: tuple[str, ...], sentence: str) -> None:
    given = [place / "case" if word == "CASE" else place / word if word.startswith("OUT") else word for word in arguments]
    done = run("watch", *given)
    assert done.exit_code != 0
    (told,) = (line for line in done.output.splitlines() if line.startswith("witnessmark: "))
    assert sentence in told
    assert "Traceback" not in done.output
    assert "/proc" not in done.output


def test_a_scene_that_is_all_cloud_is_refused_in_one_clear_sentence(place: Path, tmp_path: Path) -> None:
    case = Path(shutil.copytree(place / "case", tmp_path / "case"))
    assert run("watch", "scene", case, "W1", "I7", "--cloud", 1).exit_code == 0
    done = run("watch", "compare", case, "W1", "I6", "I7")
    assert done.exit_code != 0
    assert "I7 is stated to be 100% cloud: it shows nothing of the ground. Choose another date." in done.output


@needs_ffmpeg
def test_each_picture_that_cannot_be_compared_is_named_with_its_reason(place: Path) -> None:
    done = run("watch", "matches", place / "case")
    assert done.exit_code == 0, done.output
    assert "3 pictures compared with each other" in done.output
    for said in (
        "I2. The image claims more than the 200 million pixels that are decoded.",
        "I5. No frame of the film could be decoded",
        "I6. It holds 160 x 160 pixels in 4 bands of 32 bits, as satellite scenes do",
    ):
        assert said in done.output
    assert "/proc" not in done.output


@needs_exiftool
def test_fifty_megabytes_of_metadata_are_not_interpreted_and_that_is_said(place: Path) -> None:
    done = run("watch", "check", place / "case", "I2", "I4", "I5", "--no-signs")
    assert done.exit_code == 0, done.output
    assert "Checked: 3." in done.output
    assert "Its metadata are more than the 2 MiB that are kept of one file, so they were not interpreted" in done.output
    assert "It claims more than the 200 million pixels that are decoded, so its picture was not looked at." in done.output
    assert "it is cut short, or its index is broken" in done.output
