"""Checking hostile and honest media in the limited child: metadata whole, in bounds, whatever a file is called or claims."""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.film_with_track import film_with_track
from tests.signed_photos import jpeg, picture, with_thumbnail

from witnessmark.model.document import Failure
from witnessmark.model.media import MediaCheck
from witnessmark.read.checking import CheckParams, run_checks
from witnessmark.read.request import ReadRequest
from witnessmark.read.tools import exiftool_version, ffprobe_version, ocr_languages
from witnessmark.read.warm_exiftool import FILES_A_PROCESS, MOST, WarmExiftool

needs_exiftool = pytest.mark.skipif(exiftool_version() is None, reason="exiftool is not installed")
needs_ffmpeg = pytest.mark.skipif(ffprobe_version() is None or shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
HERE = CheckParams.here(signs=False)
MIB = 2**20


def check(folder: Path, *files: tuple[str, bytes, str], params: CheckParams = HERE) -> list[MediaCheck | Failure]:
    """Check files of these names, contents and media types, in one child and in this order."""
    requests = []
    for number, (name, content, media_type) in enumerate(files):
        path = folder / str(number)
        path.mkdir(exist_ok=True)
        path = path / name
        path.write_bytes(content)
        requests.append(ReadRequest(hashlib.sha256(content).hexdigest(), path, name, media_type))
    return list(run_checks(requests, params, workers=1))


def one(folder: Path, name: str, content: bytes, media_type: str, params: CheckParams = HERE) -> MediaCheck:
    (found,) = check(folder, (name, content, media_type), params=params)
    assert isinstance(found, MediaCheck), found
    return found


def photo(**tags: object) -> bytes:
    exif = Image.Exif()
    named = {"Make": 0x010F, "Model": 0x0110, "ImageDescription": 0x010E, "Software": 0x0131}
    for name, value in tags.items():
        exif[named[name]] = value
    return jpeg(exif=exif)


def png_of(kind: bytes, content: bytes, size: tuple[int, int] = (8, 8), rows: bytes | None = None) -> bytes:
    """A PNG with one more chunk, black and white."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", *size, 1, 0, 0, 0, 0)
    data = rows if rows is not None else zlib.compress(b"\0\0" * size[1])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(kind, content) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    path = tmp_path_factory.mktemp("film") / "a.mp4"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=d=2:s=160x120:r=10",
        "-metadata",
        "creation_time=2031-04-02T10:00:00Z",
    ]
    subprocess.run([*command, "-metadata", "location=+33.6650+036.3290/", str(path)], check=True)
    return path.read_bytes()


@needs_exiftool
@pytest.mark.parametrize(
    "name", ["-delete_original!", "-all=.jpg", "two\nlines.jpg", "@args", "#[CSTR]\\x41", "a$(touch x).jpg", "-execute"], ids=range(7)
)
def test_no_name_is_taken_for_an_option(tmp_path: Path, name: str) -> None:
    found = one(tmp_path, name, photo(Model="Orvan 5"), "image/jpeg")
    assert found.tags["IFD0:Model"] == "Orvan 5"
    assert found.problems == ()
    assert (tmp_path / "0" / name).read_bytes() == photo(Model="Orvan 5")
    assert not (tmp_path / "x").exists()


@needs_exiftool
def test_where_files_have_no_place_to_be_named_by_their_whole_path_is_and_one_with_a_line_break_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("witnessmark.read.warm_exiftool.os.getpid", lambda: 0)  # as where there is no /proc
    asked = WarmExiftool()
    try:
        for name in ("-all=.jpg", "a\\b$d@e%f .jpg"):
            (tmp_path / name).write_bytes(photo(Model="Orvan 5"))
            assert b"Orvan 5" in asked.tags_of(tmp_path / name)[0]
        (tmp_path / "two\nlines.jpg").write_bytes(photo(Model="Orvan 5"))
        with pytest.raises(OSError, match="line break"):
            asked.tags_of(tmp_path / "two\nlines.jpg")
    finally:
        asked.close()


@needs_exiftool
def test_every_tag_is_kept_as_it_is_written(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        "a.jpg",
        photo(Make="Orvan", Model="1.10", ImageDescription='{ready1}\n{ready2}\nof "Korrin"', Software="ش\u202eb"),
        "image/jpeg",
    )
    assert found.tags["IFD0:Model"] == "1.10"
    assert "{ready1}" in found.tags["IFD0:ImageDescription"]
    assert not any(name.startswith(("System:", "SourceFile", "ExifTool:")) for name in found.tags), "nothing of this computer"
    assert found.bytes_printed > 0


@needs_exiftool
def test_one_process_takes_many_files_and_each_answer_is_of_its_own_file(tmp_path: Path) -> None:
    asked = WarmExiftool()
    try:
        for number in range(12):
            path = tmp_path / f"{number}.jpg"
            path.write_bytes(photo(Model=f"Model {number}"))
            assert f"Model {number}".encode() in asked.tags_of(path)[0]
        first = asked._process  # noqa: SLF001 -- that it is one and the same is what is tested
        asked._asked = FILES_A_PROCESS  # noqa: SLF001
        asked.tags_of(path)
        assert first is not None
        assert asked._process is not first  # noqa: SLF001
    finally:
        asked.close()


@needs_exiftool
def test_metadata_of_fifty_megabytes_are_refused_with_a_sentence_and_their_head_is_kept(tmp_path: Path) -> None:
    text = b"Comment\0\0\0\0\0" + b"all of this was written by hand. " * (50 * MIB // 33)
    found, after = check(tmp_path, ("a.png", png_of(b"iTXt", text), "image/png"), ("b.jpg", photo(Model="Orvan 5"), "image/jpeg"))
    assert isinstance(found, MediaCheck)
    assert found.tags == {}
    assert found.head.startswith("[{")
    assert 1000 < len(found.head) <= 65536
    assert found.problems[0].startswith(f"Its metadata are more than the {MOST // MIB} MiB that are kept of one file")
    assert isinstance(after, MediaCheck)
    assert after.tags["IFD0:Model"] == "Orvan 5", "the next file is not the worse for it"


def test_four_hundred_megapixels_in_48_kilobytes_are_not_decoded(tmp_path: Path) -> None:
    side = 20_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    bomb = png_of(b"tEXt", b"Comment\0x", (side, side), rows)
    assert len(bomb) < 60_000
    found = one(tmp_path, "a.png", bomb, "image/png", CheckParams.here())
    assert any("200 million pixels" in problem for problem in found.problems)
    assert found.words == ()


@pytest.mark.parametrize("kept", [0, 2, 20, 700, 3000])
def test_a_photograph_cut_short_is_checked_as_far_as_it_goes(tmp_path: Path, kept: int) -> None:
    found, after = check(tmp_path, ("a.jpg", jpeg()[:kept], "image/jpeg"), ("b.jpg", jpeg(), "image/jpeg"), params=CheckParams.here())
    assert isinstance(found, MediaCheck)
    assert any("decoded" in problem or "makes sense" in problem for problem in found.problems)
    assert isinstance(after, MediaCheck)
    assert after.problems == ()


@needs_ffmpeg
@pytest.mark.parametrize("kept", [0, 10, 60, 2000])
def test_a_film_without_its_index_says_so(tmp_path: Path, film: bytes, kept: int) -> None:
    found = one(tmp_path, "a.mp4", film[:kept], "video/mp4")
    assert any("its index is broken" in problem for problem in found.problems)
    assert not any(name.startswith("streams.") for name in found.probe)


@needs_ffmpeg
@needs_exiftool
def test_streams_and_position_of_a_film_are_kept(tmp_path: Path, film: bytes) -> None:
    found = one(tmp_path, "a.mp4", film, "video/mp4")
    assert found.probe["streams.0.codec_name"] == "h264"
    assert found.tags["QuickTime:CreateDate"] == "2031:04:02 10:00:00"
    assert float(found.tags["Composite:GPSLatitude"]) == pytest.approx(33.665, abs=1e-4)
    assert not any("filename" in name for name in found.probe)


def test_a_thumbnail_of_the_same_picture_is_like_it_and_another_is_not(tmp_path: Path) -> None:
    same, other, turned = (
        with_thumbnail(picture(1), picture(1)),
        with_thumbnail(picture(1), picture(9)),
        with_thumbnail(picture(1, (240, 240)).rotate(90), picture(1, (240, 240))),
    )
    found = list(check(tmp_path, *((f"{n}.jpg", content, "image/jpeg") for n, content in enumerate((same, other, turned)))))
    small = [each.thumbnail for each in found if isinstance(each, MediaCheck)]
    assert all(each is not None for each in small)
    alike = [each.likeness for each in small if each is not None and each.likeness is not None]
    assert alike[0] > 0.98
    assert alike[1] < 0.8
    assert alike[2] > 0.95
    assert small[2] is not None
    assert small[2].turned == 90


@pytest.mark.skipif("eng" not in ocr_languages(), reason="tesseract is not installed")
def test_words_on_a_sign_are_proposed_each_with_its_confidence(tmp_path: Path) -> None:
    image = picture(3, (900, 500))
    pen = ImageDraw.Draw(image)
    pen.rectangle((250, 180, 700, 320), fill="white")
    pen.text((280, 210), "KARVEL HOSPITAL", fill="black", font=ImageFont.load_default(44))
    content = io.BytesIO()
    image.save(content, "PNG")
    found = one(tmp_path, "a.png", content.getvalue(), "image/png", CheckParams.here())
    assert {"KARVEL", "HOSPITAL"} <= {word.text for word in found.words}
    for word in found.words:
        assert 60 <= word.confidence <= 100
    left, top, right, bottom = next(word.box for word in found.words if word.text == "HOSPITAL")
    assert 250 < left < right < 700
    assert 180 < top < bottom < 320
    assert one(tmp_path, "a.png", content.getvalue(), "image/png").words == (), "only where it was asked for"


@needs_exiftool
def test_the_gps_track_of_a_film_is_kept_point_by_point(tmp_path: Path) -> None:
    content = film_with_track([(33.66, 36.32), (0.0, 0.0), (33.661, 36.321)], start=1_900_000_000)
    found = one(tmp_path, "a.mp4", content, "video/mp4")
    assert [(point.latitude, point.longitude, point.seconds) for point in found.track] == [(33.66, 36.32, 0.0), (33.661, 36.321, 2.0)]
    assert found.track[0].at is not None
    assert found.track[0].at.startswith("20")
    assert one(tmp_path, "b.jpg", jpeg(), "image/jpeg").track == ()


@needs_exiftool
def test_of_a_long_track_as_many_points_are_kept_as_is_said(tmp_path: Path) -> None:
    content = film_with_track([(33.0 + second / 10_000, 36.32) for second in range(2_500)], start=1_900_000_000)
    found = one(tmp_path, "a.mp4", content, "video/mp4")
    assert len(found.track) == 1_000
    assert (found.track[0].latitude, found.track[-1].latitude) == (33.0, 33.2499)
    assert any("Of the 2,500 points" in problem for problem in found.problems)


@pytest.mark.skipif("eng" not in ocr_languages() or shutil.which("ffmpeg") is None, reason="tesseract or ffmpeg is not installed")
def test_words_in_a_film_are_proposed_once_with_the_second_they_were_read_at(tmp_path: Path) -> None:
    plain = picture(3, (640, 360))
    signed = plain.copy()
    pen = ImageDraw.Draw(signed)
    pen.rectangle((140, 110, 520, 250), fill="white")
    pen.text((160, 150), "KARVEL HOSPITAL", fill="black", font=ImageFont.load_default(40))
    for number in range(12):
        (signed if number >= 4 else plain).save(tmp_path / f"{number:02}.png")
    command = ["ffmpeg", "-v", "error", "-framerate", "1", "-i", str(tmp_path / "%02d.png"), "-g", "1", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, str(tmp_path / "made.mp4")], check=True)
    found = one(tmp_path, "a.mp4", (tmp_path / "made.mp4").read_bytes(), "video/mp4", CheckParams.here())
    seen = {word.text: word for word in found.words}
    assert {"KARVEL", "HOSPITAL"} <= seen.keys()
    assert len(seen) == len(found.words)
    assert seen["KARVEL"].seconds is not None
    assert seen["KARVEL"].seconds >= 4
    assert any(problem.startswith("Words were looked for in 6 of its frames") for problem in found.problems)


def test_what_is_not_installed_is_said_with_the_way_to_it(tmp_path: Path) -> None:
    bare = CheckParams(None, None, None, None)
    photo_checked, film_checked = check(
        tmp_path, ("a.jpg", jpeg(), "image/jpeg"), ("b.mp4", b"\0\0\0\x18ftypisom", "video/mp4"), params=bare
    )
    assert isinstance(photo_checked, MediaCheck)
    assert any("exiftool is not installed" in problem and "install" in problem for problem in photo_checked.problems)
    assert isinstance(film_checked, MediaCheck)
    assert any("ffprobe is not installed" in problem for problem in film_checked.problems)
