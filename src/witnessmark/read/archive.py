"""Office files are zip archives; this looks at their list of members before any library unpacks one.

A few kilobytes can unpack to gigabytes. What the list claims is checked here; that a member keeps to its claim is
what the memory limit of the child is for.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from witnessmark.read.extract import UnreadableError
from witnessmark.text.prolog import LOOKED_AT, has_plain_beginning

MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 20_000
MOST_RATIO = 200
"""Times its packed size that a large member may unpack to. Sheets of 60,000 rows measured 10-16 times, runs of zeros a thousand."""
UNPACKING_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What unpacking a damaged, encrypted or unknown kind of member raises."""
_LARGE_MEMBER = 10_000_000
_MARKUP = (".xml", ".rels", ".vml")


def check_archive(path: Path, member: str, what: str) -> None:
    """Raise UnreadableError unless the zip at `path` can be opened, holds `member` ("word/document.xml"), is no zip bomb and declares no entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, member, what)
            _check_markup(archive, members, what)
    except (OSError, ValueError, *UNPACKING_FAULTS) as error:
        raise UnreadableError(f"The {what} is damaged: its archive cannot be opened ({error}).") from error


def _check_members(members: list[zipfile.ZipInfo], member: str, what: str) -> None:
    if member not in {info.filename for info in members}:
        raise UnreadableError(f"The file is no {what}: it holds no {member}.")
    unpacked = sum(info.file_size for info in members)
    if unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise UnreadableError(
            f"The {what} would unpack to {unpacked / 1e6:,.0f} MB in {len(members)} members; at most {MOST_UNPACKED // 1_000_000} MB "
            f"in {MOST_MEMBERS} are unpacked."
        )
    for info in members:
        if info.file_size > _LARGE_MEMBER and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise UnreadableError(
                f"The {what} looks like a zip bomb: {info.filename} unpacks to {info.file_size / 1e6:,.0f} MB, "
                f"{info.file_size // max(1, info.compress_size)} times its packed size."
            )


def _check_markup(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], what: str) -> None:
    for info in members:
        if info.filename.endswith(_MARKUP) and info.file_size:
            with archive.open(info) as part:
                plain = has_plain_beginning(part.read(LOOKED_AT))
            if not plain:
                raise UnreadableError(
                    f"The {what} is not read: its part {info.filename} declares a document type, which no office program writes and "
                    "which can name files and addresses to load."
                )
