from __future__ import annotations

import struct
from pathlib import Path

from tests.read.read_originals import document_of, request_for, stored

from witnessmark.read import media_type_of
from witnessmark.read.media import _told


def opus(seconds: float) -> bytes:
    def page(granule: int, body: bytes) -> bytes:
        return b"OggS" + struct.pack("<BBqIIIB", 0, 0, granule, 1, 0, 0, 1) + bytes([len(body)]) + body

    return page(0, b"OpusHead" + bytes(11)) + page(int(seconds * 48000), b"x" * 40)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def video(brand: bytes = b"3gp4") -> bytes:
    header = bytes(4) + struct.pack(">IIII", 4_013_000_000, 0, 1000, 12_500) + bytes(80)
    place = struct.pack(">HH", 18, 0) + b"+33.6650+036.3290/"
    return (
        box(b"ftyp", brand + bytes(4))
        + box(b"mdat", bytes(500))
        + box(b"moov", box(b"mvhd", header) + box(b"udta", box(b"\xa9xyz", place)))
    )


def test_a_voice_note_is_kept_with_its_length_and_said_not_to_be_transcribed(tmp_path: Path) -> None:
    path = stored(tmp_path, "PTT-20310313-WA0002.opus", opus(7.5))
    assert media_type_of(path, path.name) == "audio/ogg"
    document = document_of(path)
    assert (document.text, document.metadata["seconds"], document.metadata["coding"]) == ("", "7.50", "audio opus")
    assert any("no program here turns speech into text" in problem for problem in document.problems)
    assert any("ffprobe is not installed" in problem for problem in document.problems)


def test_amr_is_counted_by_frames(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.amr", b"#!AMR\n" + (b"\x3c" + bytes(31)) * 100))
    assert document.metadata["seconds"] == "2.00"


def test_date_length_and_position_of_a_video_are_what_its_boxes_say(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.3gp", video()))
    assert document.media_type == "video/3gpp"
    assert document.metadata["seconds"] == "12.50"
    assert document.metadata["creation_time"].startswith("2031-03-0")
    assert document.metadata["location"] == "+33.6650+036.3290/"
    assert any("pictures were not looked at" in problem for problem in document.problems)


def test_boxes_that_lie_about_their_size_end_the_reading(tmp_path: Path) -> None:
    for content in (
        box(b"ftyp", b"mp42" + bytes(4)) + struct.pack(">I4s", 2, b"moov") + bytes(50),
        box(b"ftyp", b"mp42" + bytes(4)) + struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(50),
        box(b"ftyp", b"mp42" + bytes(4)) + box(b"moov", struct.pack(">I4s", 2**31, b"mvhd")),
        video()[:-150],
    ):
        document = document_of(stored(tmp_path, "a.mp4", content))
        assert any("length could not be told" in problem for problem in document.problems)


def test_what_ffprobe_prints_is_told_in_the_same_words() -> None:
    printed = {
        "format": {"duration": "12.5", "tags": {"creation_time": "2031-03-01T14:22:00Z", "location": "+33+036/"}},
        "streams": [
            {"codec_type": "video", "codec_name": "h264", "width": 640, "height": 480},
            {"codec_type": "audio", "codec_name": "aac"},
        ],
    }
    told = _told(printed)
    assert (told["seconds"], told["coding"], told["size"]) == ("12.5", "video h264, audio aac", "640 x 480")
    assert told["creation_time"] == "2031-03-01T14:22:00Z"


def test_kinds_of_phones_are_told_by_content(tmp_path: Path) -> None:
    for name, content, kind in (
        ("a", video(b"M4A "), "audio/mp4"),
        ("b", video(b"qt  "), "video/quicktime"),
        ("c", box(b"ftyp", b"heix" + bytes(4)), "image/heic"),
        ("d", b"BZh91AY", "application/x-bzip2"),
        ("e", b"WARC/1.1\r\n", "application/warc"),
    ):
        assert request_for(stored(tmp_path, name, content)).media_type == kind
