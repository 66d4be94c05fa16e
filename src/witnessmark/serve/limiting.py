"""How often somebody may try to sign in: a few times at once, then ever more slowly, by the name tried and by the computer that tries."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FREE_TRIES = 5
FIRST_WAIT = 2.0
LONGEST_WAIT = 900.0
FORGOTTEN_AFTER = 3600.0
MOST_KEPT = 10_000


class Limiter:
    """Counts failures of whoever is named by a key. `clock` gives seconds that only go up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: dict[str, tuple[int, float]] = {}

    def seconds_to_wait(self, *keys: str) -> float:
        """How long until any of these may try again; 0 now."""
        with self._lock:
            return max((self._wait(key) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """A try of these failed."""
        now = self._clock()
        with self._lock:
            if len(self._failed) > MOST_KEPT:
                self._failed = {key: (n, at) for key, (n, at) in self._failed.items() if now - at < LONGEST_WAIT}
            for key in keys:
                count, at = self._failed.get(key, (0, now))
                self._failed[key] = (count + 1 if now - at < FORGOTTEN_AFTER else 1, now)

    def succeeded(self, *keys: str) -> None:
        """Forget what these failed at."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)

    def _wait(self, key: str) -> float:
        count, at = self._failed.get(key, (0, 0.0))
        if count < FREE_TRIES:
            return 0.0
        until: float = at + min(FIRST_WAIT * 2.0 ** min(count - FREE_TRIES, 20), LONGEST_WAIT)
        return max(until - self._clock(), 0.0)
