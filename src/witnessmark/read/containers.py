"""ZIP and TAR archives and single compressed files: their members become originals of their own, linked to the archive they came in.

Links and devices inside an archive are named and never followed; members that are encrypted or damaged are named and left where they are. The
archive itself stays as it was received.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO, cast

from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.inflating import COMPRESSED as COMPRESSED_KINDS
from witnessmark.read.inflating import Inflating
from witnessmark.read.request import Caps, ReadParams
from witnessmark.read.unpacking import BLOCK, FAULTS, RefusedError, Unpacking, blocks_of, visible

TAR_MARK = 257
"""Where the header of a tar archive says "ustar" (POSIX.1-1988)."""
_USTAR = b"ustar"
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
_LONGEST_TARGET = 1000
_ENDINGS = (".gz", ".bz2", ".xz")


def read_zip(original: Original, params: ReadParams) -> Extract:
    """Every member of a ZIP archive."""
    unpacking = Unpacking(original, params.caps, "ZIP archive")
    try:
        with zipfile.ZipFile(original.path) as archive:
            infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
            for info in infos:
                if not _take_zipped(unpacking, archive, info):
                    break
            comment = visible(archive.comment.decode(errors="replace"))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, OverflowError) as error:
        raise UnreadableError(f"The ZIP archive is damaged and cannot be opened ({error}).") from error
    if not infos:
        unpacking.say("The ZIP archive holds no file.")
    return unpacking.extract({"container": "ZIP archive", "members": len(infos), "comment": comment})


def _take_zipped(unpacking: Unpacking, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    name, guess = _zip_name(info)
    year, month, day, hour, minute, _ = info.date_time
    stated = {"modified": f"{year}-{month:02}-{day:02} {hour:02}:{minute:02} (no time zone)"}
    return unpacking.take(
        name,
        lambda: _zipped(archive, info),
        claimed=0 if stat.S_ISLNK(info.external_attr >> 16) else info.file_size,
        packed=info.compress_size,
        stated=stated,
        doubts=lambda: guess,
    )


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise RefusedError("it is encrypted. Unpack the archive with its password and add the files in it")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        with archive.open(info) as file:
            raise RefusedError(f"it is a link to {visible(file.read(_LONGEST_TARGET).decode(errors='replace'))}; links are not followed")
    if kind not in {0, stat.S_IFREG}:
        raise RefusedError("it is a device or pipe, not a file")
    with archive.open(info) as file:
        yield from blocks_of(file)


def _zip_name(info: zipfile.ZipInfo) -> tuple[str, tuple[str, ...]]:
    """The name as its writer meant it: many programs write UTF-8 and do not say so, which the library takes for code page 437."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAMES or name.isascii():
        return name, ()
    try:
        return name.encode("cp437").decode("utf-8"), ()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return name, ("the archive does not say how its name is encoded, so it may be shown wrongly",)


def read_compressed(original: Original, params: ReadParams) -> Extract:
    """A compressed file: the members of the tar archive in it, the records of a web archive, or the one file it holds."""
    try:
        with opened(original) as (_, plain):
            head = _head(plain)
    except FAULTS as error:
        raise UnreadableError(f"The compressed file is damaged and cannot be unpacked ({error}).") from error
    if head.startswith(b"WARC/"):
        from witnessmark.read.webarchive import read_warc

        found: Extract = read_warc(original, params)
        return found
    if head[TAR_MARK:] == _USTAR:
        return read_tar(original, params)
    unpacking = Unpacking(original, params.caps, "compressed file")
    with opened(original) as (_, plain):
        packed = original.path.stat().st_size
        unpacking.take(_without_ending(original.name), lambda: blocks_of(plain), packed=packed)
    return unpacking.extract({"container": f"compressed file ({original.media_type})", "members": 1})


def _head(plain: IO[bytes]) -> bytes:
    """As much of the beginning as tells what it is; less where the file is cut before."""
    head = b""
    with suppress(EOFError):
        for block in blocks_of(plain, TAR_MARK + len(_USTAR)):
            head += block
    return head


def read_tar(original: Original, params: ReadParams) -> Extract:
    """Every member of a tar archive, compressed or not, read once from its beginning to its end."""
    unpacking = Unpacking(original, params.caps, "tar archive")
    members = 0
    with opened(original) as (raw, plain):
        watched = cast("IO[bytes]", Watched(raw, plain, params.caps))
        try:
            with tarfile.open(fileobj=watched, mode="r|", errors="surrogateescape") as archive:
                for info in archive:
                    if info.isdir():
                        continue
                    members += 1
                    if not _take_tarred(unpacking, archive, info):
                        break
        except RefusedError as error:
            unpacking.say(f"The tar archive was not read to its end: {error}. What came before was taken out.")
        except FAULTS as error:
            if not members:
                raise UnreadableError(f"The tar archive is damaged and cannot be opened ({visible(str(error))}).") from error
            unpacking.say(f"The tar archive is damaged after member {members} ({visible(str(error))}); what came before was taken out.")
    return unpacking.extract({"container": "tar archive", "members": members if unpacking.more is None else None})


def _take_tarred(unpacking: Unpacking, archive: tarfile.TarFile, info: tarfile.TarInfo) -> bool:
    from datetime import UTC, datetime

    try:
        stated = {"modified": datetime.fromtimestamp(info.mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    except (ValueError, OverflowError, OSError, TypeError):
        stated = {}
    return unpacking.take(info.name, lambda: _tarred(archive, info), claimed=info.size if info.isfile() else 0, stated=stated)


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterable[bytes]:
    if info.issym() or info.islnk():
        raise RefusedError(f"it is a link to {visible(info.linkname)[:_LONGEST_TARGET]}; links are not followed")
    file = archive.extractfile(info) if info.isfile() else None
    if file is None:
        raise RefusedError("it is a device or pipe, not a file")
    return blocks_of(file)


class Watched:
    """The unpacked bytes of a compressed tar, held against how many packed ones they came from, those skipped over included."""

    def __init__(self, raw: IO[bytes], plain: IO[bytes], caps: Caps) -> None:
        self._raw, self._plain, self._caps, self._size = raw, plain, caps, 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises RefusedError where they are too many for what they came from."""
        block = self._plain.read(min(size, BLOCK))
        self._size += len(block)
        packed = self._raw.tell()
        if self._raw is not self._plain and self._size > self._caps.slack_bytes and self._size > self._caps.ratio * packed:
            raise RefusedError(f"it unpacks to more than {self._caps.ratio} times its packed size, as bombs do")
        if self._size > self._caps.total_bytes:
            raise RefusedError(f"it unpacks to more than {self._caps.total_bytes / 1e9:.0f} GB")
        return block


@contextmanager
def opened(original: Original) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The stored bytes, and the same unpacked; one and the same where they are not compressed."""
    with original.path.open("rb") as raw:
        yield raw, cast("IO[bytes]", Inflating(raw, original.media_type)) if original.media_type in COMPRESSED_KINDS else raw


def _without_ending(name: str) -> str:
    base = PurePosixPath(name.replace("\\", "/")).name
    return next((base[: -len(end)] for end in _ENDINGS if base.lower().endswith(end) and len(base) > len(end)), f"{base}.unpacked")


ZIP = Reader("zip-archive", "1", read_zip)
TAR = Reader("tar-archive", "1", read_tar)
COMPRESSED = Reader("compressed-file", "1", read_compressed)
