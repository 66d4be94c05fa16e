from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import msgspec
import pytest
from tests.read.read_originals import BARE, outcome_of, reading_of, reason_of, request_for, stored

from witnessmark.model.document import AnchorKind, Reading
from witnessmark.read import ReadParams, run, unpacking
from witnessmark.read.decode import decode
from witnessmark.read.request import Caps, DecodeJob, Outcome

LETTER = b"Ana Brecht wrote from Korrin.\n"


def zipped(members: list[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2031, 3, 1, 14, 22, 0)), content, method)
    return buffer.getvalue()


def tarred(members: list[tarfile.TarInfo], contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for info in members:
            content = contents.get(info.name)
            info.size = len(content or b"")
            archive.addfile(info, io.BytesIO(content) if content is not None else None)
    return buffer.getvalue()


def with_caps(**caps: int) -> ReadParams:
    return msgspec.structs.replace(BARE, caps=Caps(**caps))


def kept(reading: Reading) -> dict[str, bytes]:
    return {child.name: child.content for child in reading.children}


def test_members_of_a_zip_are_originals_of_their_own_and_the_text_lists_them(tmp_path: Path) -> None:
    reading = reading_of(stored(tmp_path, "a.zip", zipped([("letters/one.txt", LETTER), ("رسالة.txt", b"two")])))
    assert kept(reading) == {"letters/one.txt": LETTER, "رسالة.txt": b"two"}
    assert reading.children[0].stated == {"modified": "2031-03-01 14:22 (no time zone)"}
    assert reading.document.text.splitlines()[0] == "letters/one.txt | 30 bytes | modified 2031-03-01 14:22 (no time zone) | kept"
    assert {anchor.kind for anchor in reading.document.anchors} == {AnchorKind.ROW}
    assert reading.document.problems == ()


def test_names_that_lead_elsewhere_lead_nowhere_and_are_named(tmp_path: Path) -> None:
    names = ["../../up.txt", "/etc/passwd", "C:\\Windows\\evil.txt", "a/../../b.txt", "..", "tab\there.txt"]
    before = sorted(path.name for path in tmp_path.parent.rglob("*"))
    reading = reading_of(stored(tmp_path, "a.zip", zipped([(name, LETTER + name.encode()) for name in names])))
    assert list(kept(reading)) == ["up.txt", "etc/passwd", "Windows/evil.txt", "a/b.txt", "member 5", "tab\\there.txt"]
    told = "\n".join(reading.document.problems)
    for words in (
        "../../up.txt: its name leads out",
        "/etc/passwd: its name is an absolute",
        "evil.txt: its name begins with a drive letter",
    ):
        assert words in told
    assert sorted(path.name for path in tmp_path.parent.rglob("*")) == sorted([*before, "a.zip"])


def test_links_and_devices_are_named_and_never_followed(tmp_path: Path) -> None:
    secret = stored(tmp_path, "secret.txt", b"outside")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(secret))
        pipe = zipfile.ZipInfo("pipe")
        pipe.external_attr = (stat.S_IFIFO | 0o644) << 16
        archive.writestr(pipe, b"x")
    reading = reading_of(stored(tmp_path, "a.zip", buffer.getvalue()))
    assert reading.children == ()
    assert f"link.txt was not taken out: it is a link to {secret}; links are not followed." in reading.document.problems
    assert "pipe was not taken out: it is a device or pipe, not a file." in reading.document.problems
    infos = []
    for name, kind, target in (("s", tarfile.SYMTYPE, "/etc/passwd"), ("h", tarfile.LNKTYPE, "real.txt"), ("d", tarfile.CHRTYPE, "")):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        infos.append(info)
    content = tarred([tarfile.TarInfo("real.txt"), *infos], {"real.txt": LETTER})
    reading = reading_of(stored(tmp_path, "a.tar", content))
    assert kept(reading) == {"real.txt": LETTER}
    assert [problem.split(":")[0] for problem in reading.document.problems] == [f"{name} was not taken out" for name in "shd"]


def test_two_members_of_one_name_are_both_kept_and_the_second_is_named(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"first")
        archive.writestr("b.txt", b"other")
    twice = buffer.getvalue().replace(b"b.txt", b"a.txt")
    reading = reading_of(stored(tmp_path, "a.zip", twice))
    assert [child.content for child in reading.children] == [b"first", b"other"]
    assert reading.document.problems == ("a.txt: another member of the same name came before it; both are kept.",)


def test_encrypted_and_damaged_members_are_named_and_the_others_kept(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.txt", LETTER), ("b.txt", b"B" * 90), ("c.txt", b"still here")], method=zipfile.ZIP_STORED))
    content[content.index(b"B" * 90) + 5] ^= 1
    at = content.index(b"PK\x01\x02") + 8
    content[at] |= 1
    content[content.index(b"PK\x03\x04") + 6] |= 1
    reading = reading_of(stored(tmp_path, "a.zip", bytes(content)))
    assert kept(reading) == {"c.txt": b"still here"}
    encrypted, damaged = reading.document.problems
    assert encrypted.startswith("a.txt was not taken out: it is encrypted. Unpack the archive with its password")
    assert damaged.startswith("b.txt was not taken out: it is damaged (Bad CRC-32")


def test_a_thousand_to_one_bomb_is_stopped_and_what_is_honest_beside_it_is_kept(tmp_path: Path) -> None:
    reading = reading_of(stored(tmp_path, "a.zip", zipped([("a.txt", LETTER), ("zeros", bytes(60_000_000)), ("z.txt", b"last")])))
    assert kept(reading)["a.txt"] == LETTER
    assert "zeros" not in kept(reading)
    told = "\n".join(reading.document.problems)
    assert "zeros was not taken out: it unpacks to more than 200 times its packed size, as bombs do." in told
    assert kept(reading)["z.txt"] == b"last"


def test_a_bomb_that_is_most_of_an_archive_does_not_hide_what_comes_after_it(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
        archive.writestr("letter.txt", "Guards burned letters.")
    reading = reading_of(stored(tmp_path, "a.zip", buffer.getvalue()))
    assert [child.name for child in reading.children] == ["letter.txt"]


def test_compressed_tar_and_single_file_bombs_are_stopped(tmp_path: Path) -> None:
    info = tarfile.TarInfo("zeros")
    content = gzip.compress(tarred([tarfile.TarInfo("a.txt"), info], {"a.txt": LETTER, "zeros": bytes(60_000_000)}))
    reading = reading_of(stored(tmp_path, "a.tar.gz", content))
    assert kept(reading) == {"a.txt": LETTER}
    assert any("not read to its end" in problem or "as bombs do" in problem for problem in reading.document.problems)
    for name, packed in (
        ("b.gz", gzip.compress(bytes(60_000_000))),
        ("b.bz2", bz2.compress(bytes(60_000_000))),
        ("b.xz", lzma.compress(bytes(60_000_000))),
    ):
        reading = reading_of(stored(tmp_path, name, packed))
        assert reading.children == ()
        assert "as bombs do" in reading.document.problems[0]


def test_a_member_that_claims_to_be_small_is_counted_as_it_comes(tmp_path: Path) -> None:
    content = bytearray(zipped([("liar", bytes(5_000_000))]))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = content.index(mark) + at
        content[where : where + 4] = (10).to_bytes(4, "little")
    reading = reading_of(stored(tmp_path, "a.zip", bytes(content)))
    assert reading.children == ()
    assert reading.document.problems[0].startswith("liar was not taken out")


def test_caps_on_count_size_and_depth_are_said(tmp_path: Path) -> None:
    path = stored(tmp_path, "a.zip", zipped([(f"{n}.txt", b"%d" % n) for n in range(9)]))
    reading = reading_of(path, params=with_caps(members=4))
    assert len(reading.children) == 4
    assert reading.document.problems == ("Only the first 4 members of the ZIP archive were taken out. Unpack it and add the others.",)
    large = stored(tmp_path, "large.zip", zipped([("large", os.urandom(3_000_000))]))
    assert (
        "MiB that one member may have. Unpack it yourself" in reading_of(large, params=with_caps(member_bytes=2**20)).document.problems[0]
    )
    deep = msgspec.structs.replace(DecodeJob.of(request_for(path), BARE), depth=8)
    outcome = msgspec.msgpack.decode(decode(msgspec.msgpack.encode(deep)), type=Outcome)
    assert outcome.unreadable is not None
    assert outcome.unreadable.startswith("The ZIP archive lies inside 8 others")


def test_a_large_archive_comes_in_parts_that_hold_every_member_once(tmp_path: Path) -> None:
    members = [(f"{n}.bin", os.urandom(1000)) for n in range(20)]
    infos = [tarfile.TarInfo(name) for name, _ in members]
    for path in (stored(tmp_path, "a.zip", zipped(members)), stored(tmp_path, "a.tgz", gzip.compress(tarred(infos, dict(members))))):
        found: list[tuple[str, bytes]] = []
        start: int | None = 0
        parts = 0
        while start is not None:
            request = msgspec.structs.replace(request_for(path), start=start)
            (reading,) = run([request], with_caps(part_bytes=4500), workers=1)
            assert isinstance(reading, Reading)
            found += [(child.name, child.content) for child in reading.children]
            start, parts = reading.more, parts + 1
        assert found == members
        assert parts == 5


def test_a_single_compressed_file_is_named_without_its_ending(tmp_path: Path) -> None:
    assert kept(reading_of(stored(tmp_path, "notes.txt.gz", gzip.compress(LETTER)))) == {"notes.txt": LETTER}
    reading = reading_of(stored(tmp_path, "cut.gz", gzip.compress(os.urandom(5000))[:2000]))
    assert reading.children == ()
    assert "damaged" in reading.document.problems[0]


def test_a_tar_cut_short_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    content = tarred([tarfile.TarInfo("a"), tarfile.TarInfo("b")], {"a": LETTER, "b": os.urandom(20_000)})
    reading = reading_of(stored(tmp_path, "a.tar", content[:9000]))
    assert kept(reading) == {"a": LETTER}
    assert "damaged" in "\n".join(reading.document.problems)


def test_what_is_no_archive_gives_a_reason(tmp_path: Path) -> None:
    assert "damaged" in reason_of(stored(tmp_path, "a.zip", b"PK\x03\x04" + bytes(50)))
    assert "damaged" in reason_of(stored(tmp_path, "a.gz", b"\x1f\x8b\x08" + b"junk" * 9))
    assert "No reader for application/vnd.rar. Unpack it" in reason_of(stored(tmp_path, "a.rar", b"Rar!\x1a\x07\x00" + bytes(50)))
    assert outcome_of(stored(tmp_path, "a.docx", zipped([("a.txt", LETTER)]))).unreadable is not None


def names_as_written(written: str, _: int) -> tuple[str, str | None]:
    return written, None


def test_an_unpacking_that_keeps_names_or_counts_nothing_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stored(tmp_path, "a.zip", zipped([("../up.txt", LETTER), ("zeros", bytes(5_000_000))]))

    def lead_elsewhere(reading: Reading) -> list[str]:
        return [child.name for child in reading.children if ".." in child.name.split("/")]

    assert lead_elsewhere(reading_of(path)) == []
    assert "zeros" not in kept(reading_of(path))
    assert "zeros" in kept(reading_of(path, params=with_caps(ratio=10**9)))
    monkeypatch.setattr(unpacking, "kept_name", names_as_written)
    assert lead_elsewhere(reading_of(path)) == ["../up.txt"]
