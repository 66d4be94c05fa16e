"""The last look finds hashes, names and file names that must not leave, packed and encoded too, and nothing in what is clean."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zipfile

import pytest

from witnessmark.errors import LeakError
from witnessmark.protect.last_look import LastLook, is_telling
from witnessmark.protect.secrets import Secret

DIGEST = hashlib.sha256(b"an original").digest()
NAME = "Oren Tessaly"
LOOK = LastLook([DIGEST], [Secret("a name of P1", NAME), Secret("a name of P1", "Vosk")], {"IMG 2041.jpg": "the file name of I4", "quarzfalke.txt": "the file name of I5"})  # fmt: skip


def found(content: bytes, name: str = "page.html") -> set[str]:
    return {each.what for each in LOOK.at(name, content)}


def zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        DIGEST.hex().encode(),
        DIGEST.hex()[:12].upper().encode(),
        base64.b64encode(DIGEST),
        DIGEST,
        gzip.compress(b"see " + DIGEST.hex().encode()),
        base64.b64encode(b"x" * 40 + DIGEST.hex().encode()),
        zipped(DIGEST),
    ],
    ids=["hex", "first hex digits", "base64", "bytes", "gzip", "base64 of hex", "zip"],
)
def test_a_hash_is_found_in_each_form_and_inside_what_is_packed(content: bytes) -> None:
    assert found(b"<p>" + content + b"</p>") == {"a hash of an original that must not be known"}


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(),
        b"OREN  TESSALY",
        b"Oren <b>Tessaly</b>",
        b"oren_tessaly",
        b"O&#114;en Tessaly",
        NAME.encode("utf-16"),
        gzip.compress(NAME.encode()),
        base64.b64encode(b"said by Oren Tessaly on"),
        b"the Oren-Tessaly-report",
    ],
    ids=["plain", "other case", "marked up", "underscored", "entities", "utf-16", "gzip", "base64", "hyphenated"],
)
def test_a_name_is_found_however_it_is_written_and_inside_what_is_packed(content: bytes) -> None:
    assert "a name of P1" in found(content)


def test_a_name_inside_a_longer_word_is_found_where_covering_would_leave_it() -> None:
    assert found(b"the Orentessalyans") == {"a name of P1"}


def test_a_short_name_is_found_as_a_word_only() -> None:
    assert "a name of P1" in found(b"Mr Vosk's house")
    assert found(b"Voskov") == set()


@pytest.mark.parametrize("content", ["see IMG 2041.jpg.", "(img 2041.JPG)", '{"name":"a/b/quarzfalke.txt"}', "<td>quarzfalke.txt</td>"])
def test_a_file_name_is_found_whole(content: str) -> None:
    assert found(content.encode()) <= {"the file name of I4", "the file name of I5"}
    assert found(content.encode())


@pytest.mark.parametrize("content", ["IMG 20411.jpg", "2041.jpg", "falke.txt", "quarzfalke.txts", "my-quarzfalke.txt"])
def test_a_part_of_a_file_name_or_a_longer_one_is_not_it(content: str) -> None:
    assert found(content.encode()) == set()


def test_the_name_of_a_file_is_looked_at_too() -> None:
    assert "a name of P1" in found(b"", "oren-tessaly.html")


def test_a_clean_page_full_of_random_ids_is_clean() -> None:
    ids = "\n".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(2000))
    assert found(ids.encode()) == set()


def test_nothing_to_look_for_finds_nothing() -> None:
    assert list(LastLook((), (), {}).at("a.html", b"anything at all: a.txt")) == []


def test_what_cannot_be_searched_is_refused_unless_somebody_takes_note() -> None:
    locked = bytearray(zipped(b"secret"))
    locked[6] |= 1
    with pytest.raises(LeakError, match="nothing was written"):
        list(LOOK.at("a.zip", bytes(locked)))
    noted: list[str] = []
    list(LOOK.at("a.zip", bytes(locked), noted.append))
    assert noted


def test_everybodys_file_names_tell_nothing() -> None:
    assert not is_telling("a.txt")
    assert is_telling("IMG_2041.jpg")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1256"])
@pytest.mark.parametrize("cut", [3, 10_000, 10_007], ids=["before", "at its beginning", "inside"])
def test_in_what_is_too_large_to_be_taken_apart_a_name_is_found_as_it_is_written_also_across_two_blocks(encoding: str, cut: int) -> None:
    content = b"\xff" * 10_000 + "oren TESSALY".encode(encoding) + b"\xff" * 10_000
    blocks = [content[:cut], content[cut : cut + 9], content[cut + 9 :]]
    assert [each.what for each in LOOK.in_large("film.mp4", blocks)] == ["a name of P1"]


def test_in_what_is_too_large_a_name_that_chance_could_write_is_not_sought() -> None:
    assert list(LOOK.in_large("film.mp4", [b"Vosk", gzip.compress(NAME.encode()), b"Oren"])) == []
    assert list(LastLook((), (), {}).in_large("film.mp4", [b"anything"])) == []
