"""A source that is read once, by the vault, and remembers of it what telling its media type takes."""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.preserve.cipher import Bytes
from witnessmark.read import HEAD, TAIL, has_tail, media_type_in


class UnreadableError(Exception):
    """Bytes offered could not be read; the fault lies with the offer, not with the case."""


class Watched:
    """A source whose reading errors are told from errors of writing the vault, and that tells how many bytes were read."""

    def __init__(self, source: Bytes, told: Callable[[int], None]) -> None:
        """Nothing is read yet."""
        self._source = source
        self._told = told
        self._head = b""
        self._last: tuple[bytes, ...] = ()
        self._size = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end. Raises UnreadableError."""
        try:
            block = self._source.read(size)
        except OSError as error:
            raise UnreadableError(f"The file cannot be read to its end: {error.strerror or error}.") from error
        if block:
            if len(self._head) < HEAD:
                self._head = (self._head + block)[:HEAD]
            if has_tail(self._head):
                self._last = (*self._last[-1:], block) if len(block) >= TAIL else (b"".join((*self._last, block))[-TAIL:],)
            self._size += len(block)
            self._told(len(block))
        return block

    def media_type(self, name: str) -> str:
        """The media type of what was read, received as `name`."""
        return media_type_in(self._head, b"".join(self._last)[-TAIL:], name)
