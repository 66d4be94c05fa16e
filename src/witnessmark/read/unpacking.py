"""Taking members out of a container under caps: each becomes an original of its own, or a line that says why it did not.

Nothing is written anywhere: members go from the packed bytes into the answer, a part at a time, so that neither a name in an archive can
lead out of a folder nor a large archive fill memory or disk. What a container claims of itself is never believed: bytes are counted as they come.
"""

from __future__ import annotations

import lzma
import re
import tarfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from witnessmark.model.document import AnchorKind, Child
from witnessmark.read.archive import UNPACKING_FAULTS
from witnessmark.read.extract import Extract, Original, Passages, UnreadableError, described
from witnessmark.read.request import Caps

FAULTS = (*UNPACKING_FAULTS, lzma.LZMAError, tarfile.TarError, OSError, ValueError, OverflowError, MemoryError)
"""What taking a member out of a damaged container raises."""
BLOCK = 256 * 1024
MOST_PROBLEMS = 60
"""Problems that stand in words of their own; the list of members names every one."""
_DRIVE = re.compile(r"[A-Za-z]:")
_MEBIBYTE = 2**20


class RefusedError(Exception):
    """A member that is not taken out; the message is the reason, without a full stop."""


class QuietError(RefusedError):
    """A member that holds nothing to take out, which is nothing to worry about: the list of members says so, and no problem does."""


class Unpacking:
    """What comes out of one container in this part; `original.start` members were offered before."""

    def __init__(self, original: Original, caps: Caps, what: str) -> None:
        """Raises UnreadableError where the container lies too deep in others."""
        if original.depth >= caps.depth:
            raise UnreadableError(
                f"The {what} lies inside {original.depth} others; at most {caps.depth} are opened one in the other. Unpack it and add the files in it."
            )
        self.caps = caps
        self.what = what
        self.more: int | None = None
        self._packed = original.path.stat().st_size
        self._start = original.start
        self._number = self._total = self._part = self._unspoken = 0
        self._children: list[Child] = []
        self._seen: set[str] = set()
        self._lines = Passages("\n")
        self._problems: list[str] = []

    def take(  # noqa: PLR0913 -- what is known of a member before it is opened, each by its name
        self,
        written: str,
        blocks: Callable[[], Iterable[bytes]],
        *,
        claimed: int | None = None,
        packed: int | None = None,
        media_type: str = "application/octet-stream",
        stated: dict[str, str] | None = None,
        doubts: Callable[[], Iterable[str]] = tuple,
    ) -> bool:
        """Offer a member; whether the caller should go on to the next. `blocks` may raise RefusedError or what damaged bytes raise.

        `doubts` is asked after the bytes were read, for what was found wrong with them.
        """
        if not self._goes_on(claimed):
            return False
        if self._number <= self._start:
            self._seen.add(written)
            self._total += claimed or 0
            return True
        name, misplaced = kept_name(written, self._number)
        try:
            content = self._content(blocks(), claimed, packed)
        except QuietError as error:
            self._line(f"{visible(written)} | nothing to take out: {error}")
        except RefusedError as error:
            self._not_kept(written, str(error))
        except FAULTS as error:
            self._not_kept(written, f"it is damaged ({_words(error)})")
        else:
            found = [f"{visible(written)}: {doubt}." for doubt in doubts()]
            self._keep(Child(name, media_type, content, stated or {}), written, misplaced)
            self._doubt(found)
        return True

    def say(self, problem: str) -> None:
        """A problem of the container as a whole."""
        self._problems.append(problem)

    def extract(self, metadata: dict[str, object], *, title: str | None = None) -> Extract:
        """The list of members as text, a row each, with the members themselves."""
        if self._unspoken:
            self._problems.append(f"Members with something the matter that only the list of members names: {self._unspoken}.")
        return Extract(
            self._lines.text,
            title=title,
            anchors=tuple(self._lines.anchors),
            problems=tuple(self._problems),
            metadata=described(metadata),
            children=tuple(self._children),
            dates_itself=False,
            more=self.more,
        )

    def _goes_on(self, claimed: int | None) -> bool:
        """Whether another member is looked at in this part; where not, `more` or a problem says why."""
        caps = self.caps
        if self._number >= caps.members:
            self.say(f"Only the first {caps.members:,} members of the {self.what} were taken out. Unpack it and add the others.")
            return False
        if self._total > min(
            caps.total_bytes, caps.ratio * self._packed + caps.slack_bytes
        ):  # a bomb alone does not hide what comes after it
            self.say(
                f"The {self.what} unpacks to more than {caps.ratio} times its size or {caps.total_bytes / 1e9:.0f} GB, as bombs do; what "
                f"comes after member {self._number} was not taken out."
            )
            return False
        if self._part and self._part + (claimed or 0) > caps.part_bytes:
            self.more = self._number
            return False
        self._number += 1
        return True

    def _content(self, blocks: Iterable[bytes], claimed: int | None, packed: int | None) -> bytes:
        caps, parts, size = self.caps, list[bytes](), 0
        limit = caps.member_bytes
        if claimed is not None and claimed > limit:
            raise RefusedError(_too_large(limit))
        for block in blocks:
            size += len(block)
            self._total += len(block)
            if size > limit:
                raise RefusedError(_too_large(limit))
            if packed is not None and size > caps.slack_bytes and size > caps.ratio * max(packed, 1):
                raise RefusedError(f"it unpacks to more than {caps.ratio} times its packed size, as bombs do")
            parts.append(block)
        if not size:
            raise RefusedError("it is empty (0 bytes)")
        return b"".join(parts)

    def _keep(self, child: Child, written: str, misplaced: str | None) -> None:
        self._children.append(child)
        self._part += len(child.content)
        again = "another member of the same name came before it; both are kept" if written in self._seen else None
        self._seen.add(written)
        facts = ", ".join(f"{key} {value}" for key, value in child.stated.items())
        kept = f"kept as {child.name}" if child.name != visible(written) else "kept"
        self._line(f"{visible(written)} | {len(child.content)} bytes | {facts} | {kept}")
        self._doubt(f"{visible(written)}: {fault}." for fault in (misplaced, again) if fault)

    def _not_kept(self, written: str, reason: str) -> None:
        self._seen.add(written)
        self._line(f"{visible(written)} | not taken out: {reason}")
        self._doubt([f"{visible(written)} was not taken out: {reason}."])

    def _doubt(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            if len(self._problems) < MOST_PROBLEMS:
                self._problems.append(sentence)
            else:
                self._unspoken += 1

    def _line(self, line: str) -> None:
        self._lines.add(line, AnchorKind.ROW, str(self._number))


def blocks_of(file: IO[bytes], most: int | None = None) -> Iterator[bytes]:
    """The bytes of an open file, block by block, at most `most` in all."""
    left = most
    while block := file.read(BLOCK if left is None else min(BLOCK, left)):
        yield block
        if left is not None:
            left -= len(block)


def kept_name(written: str, number: int) -> tuple[str, str | None]:
    """The name a member is kept under, and what was the matter with the one written: names only label a record, and lead nowhere."""
    text = visible(written.replace("\\", "/"))
    faults = []
    if text.startswith("/"):
        faults.append("is an absolute path")
    if _DRIVE.match(text):
        faults.append("begins with a drive letter")
        text = text[2:]
    parts = text.split("/")
    if ".." in parts:
        faults.append("leads out of the folder (..)")
    name = "/".join(part for part in parts if part not in {"", ".", ".."})
    return (
        name or f"member {number}",
        f"its name {' and '.join(faults)}; it was kept under a plain name and written nowhere" if faults else None,
    )


def visible(name: str) -> str:
    """A name as it can be printed: what is no visible character is escaped, and letters are composed (NFC), so that names compare."""
    text = unicodedata.normalize("NFC", name)
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def _too_large(limit: int) -> str:
    return f"it has more than the {limit // _MEBIBYTE} MiB that one member may have. Unpack it yourself and add that file"


def _words(error: BaseException) -> str:
    return visible(" ".join(str(error).split()))[:200] or type(error).__name__
