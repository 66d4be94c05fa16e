"""The leak check finds a planted secret in every hiding place, and nothing where there is none."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import quopri
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin

from witnessmark.errors import LeakError
from witnessmark.protect.leaks import Extracted, Leak, Secret, Unsearched, find_leaks

NAME = "Sélin Harrovik"
ARABIC = "سلمى الحرّاني"


def leaks_of(folder: Path, *values: str | bytes) -> list[Leak]:
    return list(find_leaks(folder, [Secret(f"secret {i}", value) for i, value in enumerate(values or (NAME, ARABIC), start=1)]))


def zipped(content: bytes, name: str = "a.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def tarred(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def png_with_text(content: str) -> bytes:
    buffer, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("Comment", content, zip=True)
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def jpeg_with_exif(content: str) -> bytes:
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x9286] = b"UNICODE\0" + content.encode("utf-16-le")
    exif[0x010E] = "a street"
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def pdf_with_stream(content: str) -> bytes:
    packed = zlib.compress(b"BT (" + content.encode("cp1252", "replace") + b") Tj ET")
    return b"%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"


PLACES: dict[str, Callable[[], bytes]] = {
    "utf-8": lambda: bytes(f"said {NAME} then", "utf-8"),
    "utf-16": lambda: bytes(f"said {NAME} then", "utf-16"),
    "utf-16 among binary": lambda: bytes(range(256)) + NAME.encode("utf-16-be") + bytes(range(256)),
    "latin-1": lambda: bytes(f"said {NAME} then", "latin-1"),
    "other case": lambda: NAME.upper().encode(),
    "no accents": lambda: b"said Selin Harrovik then",
    "percent": lambda: quote(NAME).encode(),
    "entities": lambda: bytes("S&eacute;lin &#72;arrovik", "utf-8"),
    "quoted-printable": lambda: quopri.encodestring(f"the witness {NAME} then".encode()),
    "json escapes": lambda: rb'{"name": "S\u00e9lin Harrovik"}',
    "base64": lambda: base64.b64encode(f"a{NAME}".encode()),
    "base64 in the middle of a blob": lambda: base64.b64encode(bytes(range(100)) + f"ab{NAME}".encode() + bytes(300)),
    "base64 of utf-16": lambda: base64.b64encode(NAME.encode("utf-16-le")),
    "data uri": lambda: b'<img src="data:image/png;base64,' + base64.b64encode(png_with_text(NAME)) + b'">',
    "hexadecimal": lambda: NAME.encode().hex().upper().encode(),
    "across tags": lambda: bytes("<b>Sé</b>lin <i>Harr</i>ovik", "utf-8"),
    "in table cells": lambda: bytes("<td>Sélin</td><td>Harrovik</td>", "utf-8"),
    "soft hyphens": lambda: bytes("Sé\u00adlin Har\u00adro\u200bvik", "utf-8"),
    "across lines": lambda: bytes("Sélin\n   Harrovik", "utf-8"),
    "set apart": lambda: bytes("S é l i n  H a r r o v i k", "utf-8"),
    "arabic without harakat": lambda: bytes("قالت سلمى الحراني إن", "utf-8"),
    "arabic with tatweel and cp1256": lambda: bytes("سلمى الحرّاني", "cp1256"),
    "zip": lambda: zipped(NAME.encode()),
    "zip in a zip": lambda: zipped(zipped(NAME.encode()), "inner.docx"),
    "zip member's name": lambda: zipped(b"nothing", f"{NAME}.txt"),
    "a member no directory lists": lambda: zipped(NAME.encode())[:-70],
    "gzip": lambda: gzip.compress(NAME.encode()),
    "tar.gz": lambda: tarred(NAME.encode()),
    "pdf stream": lambda: pdf_with_stream(NAME),
    "kerned in a pdf": lambda: b"BT [(S\\351l) -20 (in H) 15 (arrovik)] TJ ET",
    "png compressed text": lambda: png_with_text(NAME),
    "jpeg exif in utf-16": lambda: jpeg_with_exif(NAME),
    "sha256 of the name": lambda: hashlib.sha256(NAME.encode()).hexdigest().encode(),
    "md5 of the name in lower case": lambda: hashlib.md5(NAME.lower().encode(), usedforsecurity=False).hexdigest().upper().encode(),
    "sha1 as bytes": lambda: b"\0\1" + hashlib.sha1(NAME.encode(), usedforsecurity=False).digest(),
    "sha256 in base64": lambda: base64.b64encode(hashlib.sha256(NAME.encode()).digest()),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_name_is_found(place: str, tmp_path: Path) -> None:
    (tmp_path / "page.bin").write_bytes(PLACES[place]())
    found = leaks_of(tmp_path)
    assert found, place
    assert {leak.file for leak in found} == {"page.bin"}
    assert not any("arrovik" in f"{leak.where}{leak.form}{leak.secret}" for leak in found)


@pytest.mark.parametrize("place", PLACES)
def test_another_name_is_not_found_there(place: str, tmp_path: Path) -> None:
    (tmp_path / "page.bin").write_bytes(PLACES[place]())
    assert leaks_of(tmp_path, "Orla Pendrane", "علي", "Ali", "Tomas") == []


def test_a_name_is_found_in_file_and_folder_names_and_where_links_point(tmp_path: Path) -> None:
    (tmp_path / "selin_harrovik").mkdir()
    (tmp_path / "selin_harrovik" / "x").write_bytes(b"")
    (tmp_path / "link").symlink_to("/nowhere/Sélin Harrovik")
    assert {leak.where for leak in leaks_of(tmp_path)} == {"its name", "where its link points"}


def test_a_name_is_found_in_free_pages_and_the_write_ahead_log_of_a_database(tmp_path: Path) -> None:
    free, log = sqlite3.connect(tmp_path / "free.db"), sqlite3.connect(tmp_path / "log.db")
    free.executescript("PRAGMA secure_delete = OFF; CREATE TABLE t (x)")
    free.execute("INSERT INTO t VALUES (?), (?)", (NAME, "y" * 9000))
    free.execute("DELETE FROM t")
    free.commit()
    free.close()
    log.execute("PRAGMA journal_mode = WAL")
    log.execute("CREATE TABLE t (x)")
    log.execute("INSERT INTO t VALUES (?)", (NAME,))
    log.commit()
    assert {leak.file for leak in leaks_of(tmp_path)} == {"free.db", "log.db-wal"}
    log.close()


def test_a_short_name_is_found_as_a_word_and_not_inside_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In reality, the alimony of Natalia.", encoding="utf-8")
    assert leaks_of(tmp_path, "Ali") == []
    (tmp_path / "b.html").write_text("<p>so <b>A</b>li, who</p> وعلي", encoding="utf-8")
    assert len({leak.secret for leak in leaks_of(tmp_path, "Ali", "علي")}) == 2


def test_the_hash_of_an_original_is_found_as_text_bytes_and_base64(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"an original")
    for name, content in {
        "hex": digest.hexdigest().encode(),
        "bytes": digest.digest(),
        "b64": base64.urlsafe_b64encode(digest.digest()),
    }.items():
        (tmp_path / name).write_bytes(b"xx" + content)
    assert {leak.file for leak in leaks_of(tmp_path, digest.hexdigest())} == {"hex", "bytes", "b64"}
    assert {leak.file for leak in leaks_of(tmp_path, b"an original")} == {"hex", "bytes", "b64"}


def test_what_cannot_be_searched_is_an_error_unless_noted(tmp_path: Path) -> None:
    locked = bytearray(zipped(b"x" * 99))
    locked[6] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    with pytest.raises(LeakError, match="encrypted"):
        leaks_of(tmp_path)
    noted: list[Unsearched] = []
    assert list(find_leaks(tmp_path, [Secret("name", NAME)], unsearched=noted.append)) == []
    assert [one.file for one in noted] == ["locked.zip"]


def test_what_a_decoder_reads_out_is_searched_in_embedded_files_too(tmp_path: Path) -> None:
    def seen(content: bytes, _: str) -> list[Extracted]:
        return [Extracted("OCR", NAME)] if content.startswith(b"\xff\xd8\xff\xe0") else []

    (tmp_path / "thumbnail.bin").write_bytes(b"Exif\0\0" + jpeg_with_exif("x").replace(b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xe0"))
    found = list(find_leaks(tmp_path, [Secret("name", NAME)], extractors=[seen]))
    assert [(leak.where, leak.form) for leak in found] == [("JPEG at 6", "in its OCR")]


def test_a_page_of_thousands_of_hashes_is_searched(tmp_path: Path) -> None:
    lines = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(25_000)]
    (tmp_path / "hashes.txt").write_text("\n".join(lines), encoding="utf-8")
    assert leaks_of(tmp_path) == []
