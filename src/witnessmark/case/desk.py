"""The desk at which originals are drawn for all who look: warm limited children, and in memory what they drew last."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.work_folder import work_place
from witnessmark.engines.child import ChildError, LimitedChild
from witnessmark.errors import UsageError
from witnessmark.read.request import ReadParams
from witnessmark.read.shown import ShowJob, Shown, open_shower
from witnessmark.store import queries

MOST_KEPT = 48
"""Pictures kept in memory: some ten megabytes."""
_MOST_BYTES = 2_000_000
"""A picture larger than that is drawn anew each time."""


class _Seat:
    """A warm child that serves one at a time, from a thread of its own: a child ends with the thread that started it."""

    def __init__(self) -> None:
        self._child: LimitedChild | None = None
        self._thread = ThreadPoolExecutor(1, "desk")

    def ask(self, case: Case, item: queries.StoredItem, job: ShowJob) -> Shown:
        """What the child shows of an item. Raises UsageError where it cannot."""
        shown = self._thread.submit(self._ask, case, item, job).result()
        if shown.refused is not None:
            raise UsageError(f"The original cannot be shown. {shown.refused}")
        return shown

    def close(self) -> None:
        """End the child."""
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _ask(self, case: Case, item: queries.StoredItem, job: ShowJob) -> Shown:
        self._child = self._child or open_shower(work_place(case.access))
        with case.vault.as_file(item.id) as path:
            job = msgspec.structs.replace(job, path=os.fsencode(path.absolute()))
            try:
                return msgspec.msgpack.decode(self._child.call(msgspec.msgpack.encode(job), file=path), type=Shown)
            except (ChildError, msgspec.DecodeError, OSError) as error:
                raise UsageError(f"The original cannot be shown ({error}). `witnessmark verify` tells whether it is whole.") from error

    def _close(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


class Desk:
    """Draws originals for all who look, in warm children, and keeps in memory what it drew last; `close` it. What takes OCR has a child of its own."""

    def __init__(self) -> None:
        self._quick, self._slow = _Seat(), _Seat()
        self._drawn: OrderedDict[tuple[object, ...], Shown] = OrderedDict()

    def picture(self, case: Case, item: queries.StoredItem, *, page: int = 0, blurred: bool = False) -> Shown:
        """A page or picture as JPEG, or a web page as inert markup. Raises UsageError where it cannot be shown."""
        return self._kept((item.id, page, blurred), lambda: self._quick.ask(case, item, ShowJob(b"", item.media_type, page, blurred)))

    def boxes(self, case: Case, item: queries.StoredItem, page: int, spans: Sequence[tuple[int, int]], text: str = "") -> Shown:
        """Where places of a page's text stand in its picture; `text` where OCR read it. Raises UsageError where the page cannot be drawn."""

        def ask() -> Shown:
            job = ShowJob(b"", item.media_type, page, picture=False, spans=tuple(spans), text=text, params=ReadParams() if text else None)
            return (self._slow if text else self._quick).ask(case, item, job)

        return self._kept((item.id, page, *spans, text), ask)

    def close(self) -> None:
        """End the children and forget all pictures."""
        self._quick.close()
        self._slow.close()
        self._drawn.clear()

    def _kept(self, key: tuple[object, ...], make: Callable[[], Shown]) -> Shown:
        kept = self._drawn.get(key)
        if kept is None:
            kept = make()
            if len(kept.jpeg) + len(kept.markup) <= _MOST_BYTES:
                self._drawn[key] = kept
                while len(self._drawn) > MOST_KEPT:
                    self._drawn.popitem(last=False)
        return kept
