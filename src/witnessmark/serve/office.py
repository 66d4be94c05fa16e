"""One running workbench: the case it serves, who is signed in, and the one door through which anything is written.

Readers open the case for each request, which costs milliseconds and always sees what is there now. Writers wait for each other here before they
wait for other programs at the case's lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from witnessmark.case.case import Case, open_case
from witnessmark.case.desk import Desk
from witnessmark.case.folder import CaseFolder
from witnessmark.case.seen import entries_of
from witnessmark.model.office import Colleague
from witnessmark.serve.errands import Errands
from witnessmark.serve.limiting import Limiter
from witnessmark.serve.sessions import Sessions
from witnessmark.serve.working import Worker

T = TypeVar("T")

MOST_REMEMBERED = 64


class Office:
    """What the handlers of one server share. `hosts` are the names and ports under which it may be asked for, such as `127.0.0.1:8642`."""

    def __init__(self, root: Path, *, hosts: tuple[str, ...], secure: bool = False) -> None:
        self.root = root
        self.folder = CaseFolder(root)
        self.title = self.folder.settings().title
        self.hosts = frozenset(hosts)
        self.secure = secure
        self.sessions = Sessions()
        self.limiter = Limiter()
        self.desk = Desk()
        self.errands = Errands()
        self.worker = Worker(root)
        self._writing = threading.Lock()
        self._remembered: tuple[tuple[int, ...], dict[str, object]] = ((), {})
        self._kept: dict[str, tuple[object, object]] = {}

    def close(self) -> None:
        """End what runs besides."""
        self.desk.close()
        self.worker.stop()

    @contextmanager
    def reading(self) -> Iterator[Case]:
        """The case, to be read. Raises what `open_case` does."""
        with open_case(self.root) as case:
            yield case

    @contextmanager
    def writing(self, who: Colleague) -> Iterator[Case]:
        """The case, to be written to by one person; others wait. Raises what `open_case` does."""
        with self._writing, open_case(self.root, write="workbench", member=who.name) as case:
            yield case

    def remembered(self, case: Case, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, kept under `key` until anything in the case changes: for what is drawn from the whole case and asked for by everybody."""
        state = entries_of(case)
        if self._remembered[0] != state:
            self._remembered = (state, {})
        kept = self._remembered[1]
        if key not in kept:
            made = make()
            if len(kept) >= MOST_REMEMBERED:
                kept.clear()
            kept[key] = made
            return made
        return cast("T", kept[key])

    def kept_while(self, key: str, mark: object, make: Callable[[], T]) -> T:
        """What `make` gives, kept under `key` for as long as `mark` stays the same: for what rests on less than the whole case."""
        found = self._kept.get(key)
        if found is not None and found[0] == mark:
            return cast("T", found[1])
        made = make()
        if len(self._kept) >= MOST_REMEMBERED:
            self._kept.clear()
        self._kept[key] = (mark, made)
        return made
