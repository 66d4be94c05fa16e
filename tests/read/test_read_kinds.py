from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.read.read_originals import picture_of, stored

from witnessmark.read.kinds import DOCX, UNKNOWN, XLSX, media_type_of

MAIL = "Message-ID: <1@x.example>\r\nFrom: a@x.example\r\nSubject: List\r\n\r\nHello.\r\n"
MEMO = "From: The director\nTo: All posts\nSubject: Visitors\n\nNo visits from Monday.\n"


def zip_of(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "Plain words.", "text/plain"),
        ("a.txt", b"%PDF-1.7\n...", "application/pdf"),
        ("a.txt", b"junk\n%PDF-1.4\n...", "application/pdf"),
        ("a.txt", "BM is how this text begins.", "text/plain"),
        ("a", "no ending at all", "text/plain"),
        ("a.md", "# Heading", "text/markdown"),
        ("a.CSV", "a,b\n1,2\n", "text/csv"),
        ("a.tsv", "a\tb\n", "text/tab-separated-values"),
        ("a.json", "{}", "application/json"),
        ("a.txt", "\ufeff <!DOCTYPE HTML><p>x", "text/html"),
        ("a.php", "<?xml version='1.0'?>\n<!-- saved -->\n<html>", "text/html"),
        ("a.html", "words without a tag", "text/html"),
        ("a.txt", MAIL, "message/rfc822"),
        ("a.txt", MEMO, "text/plain"),
        ("a.eml", MEMO, "message/rfc822"),
        ("a.eml", "no header here\n", "text/plain"),
        ("a.txt", b"\x00\x01\x02\xff" * 50, UNKNOWN),
        ("a.txt", bytes(range(1, 32)) * 20, UNKNOWN),
        ("a.txt", "grey – Δελτίο".encode("utf-16"), "text/plain"),
        ("a.txt", "Δ grey bulletin of the day".encode("utf-16-le"), "text/plain"),
        ("a.txt", "déjà vu".encode("cp1252"), "text/plain"),
        ("a.docx", zip_of("[Content_Types].xml", "word/document.xml"), DOCX),
        ("a.bin", zip_of("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        ("a.docx", zip_of("letter.txt"), "application/zip"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/x-ole-storage"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "image/heic"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(20), "video/mp4"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("a.rtf", "{\\rtf1 hello}", "application/rtf"),
        ("empty.txt", "", "text/plain"),
        ("empty.pdf", "", UNKNOWN),
        ("folder\\a.md", "words", "text/markdown"),
    ],
)
def test_the_kind_of_a_file_is_told_by_content_first_and_name_second(
    tmp_path: Path, name: str, content: bytes | str, expected: str
) -> None:
    assert media_type_of(stored(tmp_path, "0" * 64, content), name) == expected


def test_an_image_named_txt_is_an_image(tmp_path: Path) -> None:
    assert media_type_of(stored(tmp_path, "x", picture_of(["word"])), "note.txt") == "image/png"


def test_a_large_word_file_is_told_by_the_list_at_its_end(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("media/large.bin", bytes(300_000))
        archive.writestr("word/document.xml", "<x/>")
    assert media_type_of(stored(tmp_path, "x", buffer.getvalue()), "x") == DOCX
