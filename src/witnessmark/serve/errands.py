"""Errands: work too long for one request, done by a thread of the server while people go on, one of a kind at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from witnessmark.errors import WitnessmarkError


class Errand(msgspec.Struct, frozen=True):
    """How an errand stands: `running`, or done with a sentence on what came of it; `failed` where that says why it could not be done."""

    running: bool
    said: str = ""
    failed: bool = False


class Done(msgspec.Struct, frozen=True):
    """What an errand came to: a sentence, and what it made, which is kept until the next of its kind is done."""

    said: str
    made: object = None


class Errands:
    """The errands of one workbench. They end with the server: what an errand records, it records at its end and whole, so that nothing is left half done."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._standing: dict[str, Errand] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._made: dict[str, object] = {}

    def start(self, kind: str, work: Callable[[], Done]) -> bool:
        """Begin an errand, which says at its end what came of it; False where one of that kind is under way."""
        with self._guard:
            if kind in self._standing and self._standing[kind].running:
                return False
            self._standing[kind] = Errand(running=True)
            thread = self._threads[kind] = threading.Thread(target=self._run, args=(kind, work), name=f"errand {kind}", daemon=True)
        thread.start()
        return True

    def of(self, kind: str) -> Errand | None:
        """How the last errand of a kind stands, None where there was none."""
        return self._standing.get(kind)

    def made_by(self, kind: str) -> object:
        """What the last errand of a kind made, None where none did."""
        return self._made.get(kind)

    def wait(self, kind: str) -> Errand | None:
        """The same once it is done."""
        if kind in self._threads:
            self._threads[kind].join()
        return self.of(kind)

    def _run(self, kind: str, work: Callable[[], Done]) -> None:
        ended = Errand(running=False, said="It stopped at a fault of the program; nothing was recorded.", failed=True)
        try:
            done = work()
            ended, self._made[kind] = Errand(running=False, said=done.said), done.made
        except WitnessmarkError as error:
            ended = Errand(running=False, said=str(error), failed=True)
        finally:
            self._standing[kind] = ended
