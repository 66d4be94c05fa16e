"""How originals are stored other than in the clear: what a vault needs of a cipher, and nothing of how it works.

With a cipher the vault names each file for the bytes as stored, so that names on a seized disk betray no holdings and a locked
case can still be verified. Which original lies under which address is then known from the records alone.
"""

from __future__ import annotations

from typing import IO, Protocol


class Bytes(Protocol):
    """Anything bytes can be read from, a block at a time."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


class Cipher(Protocol):
    """Turns an original into what is stored and back, in streams. Encrypting the same bytes twice may give different ones."""

    def encrypt(self, source: Bytes, target: IO[bytes]) -> None:
        """Read `source` to its end and write what is to be stored. Raises OSError where either cannot be done."""

    def decrypt(self, source: IO[bytes], target: IO[bytes]) -> None:
        """Write the original of what was stored. Raises an error of `errors` where the key is not at hand or the bytes are not whole."""
