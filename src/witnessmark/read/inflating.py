"""Unpacking gzip, bzip2 and xz as a stream that gives everything up to where the file is cut or damaged, and only then says so.

The standard library's own files raise before they hand over the last block they could read; of evidence cut short in transfer, that block counts.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any

_BLOCK = 64 * 1024
_OPEN: dict[str, Callable[[], Any]] = {
    "application/gzip": lambda: zlib.decompressobj(wbits=31),
    "application/x-bzip2": bz2.BZ2Decompressor,
    "application/x-xz": lzma.LZMADecompressor,
}
COMPRESSED = frozenset(_OPEN)


class Inflating:
    """The unpacked bytes of an open file of one of these kinds; members that follow one another are read as one."""

    def __init__(self, raw: IO[bytes], media_type: str) -> None:
        """`cut` becomes true where the packed bytes end before they should."""
        self.cut = False
        self._raw, self._fresh = raw, _OPEN[media_type]
        self._unpacker = self._fresh()
        self._waiting = b""
        self._begun = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end. Raises EOFError where the file is cut, zlib.error, OSError or LZMAError where it is damaged."""
        while size > 0:
            if self._unpacker.eof:
                self._waiting, self._unpacker, self._begun = self._unpacker.unused_data.lstrip(b"\0"), self._fresh(), False
            wants_more = getattr(self._unpacker, "needs_input", True)
            data = self._waiting or (self._raw.read(_BLOCK) if wants_more else b"")
            if not data and not self._begun:
                return b""
            self._begun = True
            block: bytes = self._unpacker.decompress(data, size)
            self._waiting = getattr(self._unpacker, "unconsumed_tail", b"")
            if block:
                return block
            if not data and wants_more and not self._unpacker.eof:
                self.cut = True
                raise EOFError("it ends before its end is reached")
        return b""
