"""The one thread behind the pages: it has the stages run in their own process, and keeps where they stand for whoever looks."""

from __future__ import annotations

import threading
from pathlib import Path

from witnessmark.case.going_on import Asked, GoingOn, Told


class Worker:
    """Runs the stages for one case, one run at a time; whatever comes in during a run is dealt with by the next."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._run: GoingOn | None = None
        self._waiting: str | None = None
        self._told = Told()
        self._stopped = False

    def wake(self, member: str) -> None:
        """Have the stages run, in the name of a member of the roster."""
        with self._lock:
            self._waiting = member
            if self._thread is None and not self._stopped:
                self._told = Told()
                self._thread = threading.Thread(target=self._work, name="stages", daemon=True)
                self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether anything is being read, or is about to be."""
        return self._thread is not None

    @property
    def told(self) -> Told:
        """Where it stands, or stood at the end of the last run."""
        return self._told

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end of what runs, at most so long."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def stop(self) -> None:
        """End the run there is, with what is at hand recorded, and begin none any more."""
        with self._lock:
            self._stopped, self._waiting = True, None
            run = self._run
        if run is not None:
            run.stop()
        self.wait()

    def _work(self) -> None:
        while (member := self._next()) is not None:
            try:
                run = GoingOn(Asked(str(self._root), member))
            except OSError as error:
                self._told = Told(problem=f"Reading could not be started: {error.strerror or error}.")
                continue
            with self._lock:
                self._run = run
                stopped = self._stopped
            if stopped:  # between the two, so that whoever stopped had no run to stop
                run.stop()
            for told in run:
                self._told = told
            with self._lock:
                self._run = None

    def _next(self) -> str | None:
        """In whose name to go on, None where nothing waits; the thread then ends."""
        with self._lock:
            member, self._waiting = self._waiting, None
            if member is None:
                self._thread = None
            return member
