from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from tests.read.read_originals import BARE, anchored, document_of, picture_of, reason_of, stored

from witnessmark.read import ReadParams
from witnessmark.read.ocr import lines_of

HERE = ReadParams()
needs_tesseract = pytest.mark.skipif(not HERE.can_ocr, reason="tesseract is not installed")
needs_exiftool = pytest.mark.skipif(HERE.exiftool is None, reason="exiftool is not installed")


def photograph() -> bytes:
    """A small JPEG with the tags a camera writes: when, with what, where (33°30'36" S, 36°18' W)."""
    exif = Image.Exif()
    exif[0x0110] = "Fieldcam 2"
    exif.get_ifd(0x8769)[0x9003] = "2030:05:04 10:11:12"
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 30.0, 36.0), 3: "W", 4: (36.0, 18.0, 0.0)})
    buffer = io.BytesIO()
    Image.new("RGB", (80, 60), (90, 120, 90)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def absurd_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def test_what_the_camera_wrote_is_metadata_and_the_position_decimal_degrees(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.jpg", photograph()))
    assert document.metadata["format"] == "JPEG"
    assert (document.metadata["width"], document.metadata["height"]) == ("80", "60")
    assert document.metadata["EXIF Model"] == "Fieldcam 2"
    assert document.metadata["EXIF DateTimeOriginal"] == "2030:05:04 10:11:12"
    assert (document.metadata["GPS latitude"], document.metadata["GPS longitude"]) == ("-33.510000", "-36.300000")
    assert document.published is None


def test_an_image_without_ocr_is_a_document_with_empty_text_that_says_so(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.jpg", photograph()))
    assert document.text == ""
    assert any("OCR is not installed" in problem for problem in document.problems)


@needs_exiftool
def test_exiftool_adds_tags_and_nothing_of_this_computer(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.jpg", photograph()), params=HERE)
    assert document.metadata["ExifIFD:DateTimeOriginal"] == "2030:05:04 10:11:12"
    assert not any("Directory" in key or "SourceFile" in key or key.startswith(("System:", "ExifTool:")) for key in document.metadata)
    assert str(tmp_path) not in str(document.metadata)


@needs_tesseract
def test_text_in_an_image_is_read_line_by_line_with_boxes(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.png", picture_of(["Thirteen names were on", "the list in the school"])), params=HERE)
    assert "Thirteen names were on" in document.text
    assert [text for _, text in anchored(document)] == ["Thirteen names were on", "the list in the school"]
    left, top, right, bottom = document.anchors[0].box or (0, 0, 0, 0)
    assert 40 <= left < right <= 1400
    assert 40 <= top < bottom <= 150
    assert document.problems[0].startswith("The text was read by OCR (tesseract")


@needs_tesseract
def test_an_image_that_shows_no_text_is_a_document_all_the_same(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.png", picture_of([])), params=HERE)
    assert document.text == ""
    assert any("found no text" in problem for problem in document.problems)


@needs_tesseract
def tiff_of(bands: int, bits: int, kept: int = 1) -> bytes:
    """A TIFF (6.0, little-endian) of so many bands of so many bits, 16 pixels across, of which 1/`kept` of the pixels are there."""
    data = bytes(16 * 16 * bands * bits // 8)
    entries = [(256, 4, 1, 16), (257, 4, 1, 16), (258, 3, 1, bits), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, bands)]
    entries += [(273, 4, 1, 200), (278, 4, 1, 16), (279, 4, 1, len(data))]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries)) + bytes(4)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(200, b"\0") + data[: len(data) // kept]


def test_a_scene_of_many_bands_is_no_damaged_photograph(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.tif", tiff_of(7, 16)))
    assert document.problems == (
        "It holds 16 x 16 pixels in 7 bands of 16 bits, as satellite scenes do, and is shown as no photograph here. `witnessmark watch scene` opens scenes.",
    )
    assert "cannot be decoded as image/tiff" in reason_of(stored(tmp_path, "b.tif", tiff_of(7, 16)[:60]))
    assert "cannot be decoded as image/tiff" in reason_of(stored(tmp_path, "c.tif", tiff_of(2, 8)))


def test_each_page_of_a_scanned_tiff_is_read(tmp_path: Path) -> None:
    pages = [Image.open(io.BytesIO(picture_of([line]))) for line in ("Page one of the file", "Page two of the file")]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300))
    document = document_of(stored(tmp_path, "a.tif", buffer.getvalue()), params=HERE)
    assert [label for label, _ in anchored(document)] == ["1", "2"]
    assert document.text == "Page one of the file\n\nPage two of the file"


def test_an_image_of_absurd_size_is_not_decoded(tmp_path: Path) -> None:
    assert "more than the 200 million pixels" in reason_of(stored(tmp_path, "a.png", absurd_png(60_000, 60_000)))


def test_a_file_that_only_begins_like_an_image_is_said_to_be_none(tmp_path: Path) -> None:
    assert "cannot be decoded as image/jpeg" in reason_of(stored(tmp_path, "a.jpg", b"\xff\xd8\xff\xe0 nothing more"))


@needs_tesseract
def test_a_cut_image_keeps_its_metadata_and_says_it_is_damaged(tmp_path: Path) -> None:
    content = picture_of(["Some words in a file"])
    document = document_of(stored(tmp_path, "a.png", content[: len(content) // 2]), params=HERE)
    assert document.metadata["width"] == "1400"
    assert any("damaged" in problem for problem in document.problems)


@needs_exiftool
def test_an_image_that_cannot_be_decoded_here_gives_its_metadata(tmp_path: Path) -> None:
    heic = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + struct.pack(">I", 8) + b"mdat"
    document = document_of(stored(tmp_path, "a.heic", heic), params=HERE)
    assert document.text == ""
    assert any("not decoded here" in problem for problem in document.problems)


def test_without_exiftool_such_an_image_is_refused(tmp_path: Path) -> None:
    heic = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic"
    assert "image/heic" in reason_of(stored(tmp_path, "a.heic", heic), params=BARE)


def test_lines_the_program_is_not_sure_of_are_dropped() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    sure = "5\t1\t1\t1\t1\t1\t10\t20\t30\t8\t96\tThirteen\n5\t1\t1\t1\t1\t2\t45\t20\t40\t9\t90\tnames\n"
    texture = "5\t1\t2\t1\t1\t1\t0\t90\t5\t5\t12\t~|\n"
    (line,) = lines_of(head + sure + texture)
    assert (line.text, line.box) == ("Thirteen names", (10, 20, 85, 29))
