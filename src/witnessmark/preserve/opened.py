"""Reading an original that is stored encrypted, a block at a time: decryption that is pulled at, so that no original stands in memory whole."""

from __future__ import annotations

import io
import os
import threading
from contextlib import suppress
from typing import IO, cast

from witnessmark.preserve.cipher import Cipher

_BUFFER = 256 * 1024


def opened(cipher: Cipher, stored: IO[bytes]) -> IO[bytes]:
    """The original of what is `stored`; closing it closes that. Reading raises what decrypting raises, at the latest at the end."""
    return cast("IO[bytes]", io.BufferedReader(_Decrypting(cipher, stored), _BUFFER))


class _Decrypting(io.RawIOBase):
    """A thread decrypts into a pipe for as long as somebody reads."""

    def __init__(self, cipher: Cipher, stored: IO[bytes]) -> None:
        reading, writing = os.pipe()
        self._pipe = os.fdopen(reading, "rb", buffering=0)
        self._stored = stored
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(cipher, os.fdopen(writing, "wb")), daemon=True, name="decrypt")
        self._thread.start()

    def _run(self, cipher: Cipher, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                cipher.decrypt(self._stored, pipe)
        except BaseException as error:  # noqa: BLE001 -- handed over to the thread that reads
            self._error = error

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]  # any buffer will do, which io has a private type for
        """Fill the buffer; 0 at the end. Raises what decrypting raised."""
        count = self._pipe.readinto(buffer)
        if not count:
            self._thread.join()
            if self._error is not None:
                raise self._error
        return count or 0

    def close(self) -> None:
        """Stop decrypting."""
        if not self.closed:
            self._pipe.close()  # the thread then finds nobody reading
            self._thread.join()
            with suppress(OSError):
                self._stored.close()
        super().close()
