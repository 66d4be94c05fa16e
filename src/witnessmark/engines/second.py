"""A second process of this program that works beside the first: one question, one answer, and none is no harm.

For work of our own on data of our own, which two processors do in half the time; a decoder of hostile files belongs in `engines/child`. Whoever asks must
be able to do the work alone, since the process may not start, or may end for want of memory.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self

_TELL_SECONDS = 0.5


class Second:
    """Runs `module` as a program, which reads its question from standard input to the end and answers on standard output; use as a context manager.

    What it lays in `folder` goes with it, however it ends. It starts at once, so that its imports are done by the time it is asked.
    """

    def __init__(self, module: str) -> None:
        """Start it; where that cannot be, it gives no answer."""
        self._temporary = TemporaryDirectory(prefix="witnessmark-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._asked: Future[bytes | None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def ask(self, question: bytes) -> None:
        """Hand it its one question, which it is ready for or soon will be, and go on while it works."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        try:
            process.stdin.write(question)
            process.stdin.close()
        except OSError:  # it has ended
            return
        self._asked = self._pool.submit(self._read, process, process.stdout)

    def answer(self, waiting: Callable[[], object] = lambda: None) -> bytes | None:
        """Its answer, None where it gave none or was not asked; `waiting` is called now and then until it is there."""
        while self._asked is not None:
            try:
                return self._asked.result(timeout=_TELL_SECONDS)
            except TimeoutError:
                waiting()
        return None

    def close(self) -> None:
        """End it, and remove what it laid down."""
        if self._process is not None:
            self._process.kill()
        self._pool.shutdown()
        if self._process is not None:
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was still to be written has no reader any more
                    stream and stream.close()
        self._temporary.cleanup()

    @staticmethod
    def _read(process: subprocess.Popen[bytes], answers: IO[bytes]) -> bytes | None:
        answer = answers.read()
        return answer if process.wait() == 0 else None
