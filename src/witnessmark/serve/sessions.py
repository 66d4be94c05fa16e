"""Who is signed in: sessions in memory, each found by the SHA-256 of a random token that only the browser keeps.

A session ends when its person signs out, is taken off the list or given another role, after hours without a request, or with the server.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable

from witnessmark.model.office import Colleague

COOKIE = "witnessmark"
IDLE_SECONDS = 2 * 3600
LONGEST_SECONDS = 14 * 3600


class Session:
    """Somebody at work in one browser. `form_token` stands in every form, so that no other site's form passes for one of ours."""

    def __init__(self, who: Colleague, at: float) -> None:
        self.who = who
        self.form_token = secrets.token_urlsafe(24)
        self.began = self.last = at
        self.said: list[str] = []
        self.notes: dict[str, object] = {}


class Sessions:
    """All sessions of one server. `clock` gives seconds that only go up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_hash: dict[str, Session] = {}

    def begin(self, who: Colleague) -> str:
        """Begin a session; its token. There is always a new one, so that a token known before signing in is worth nothing after."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._drop_old()
            self._by_hash[_hashed(token)] = Session(who, self._clock())
        return token

    def find(self, token: str | None) -> Session | None:
        """The session of a token, None where it is none or has ended."""
        if not token:
            return None
        with self._lock:
            self._drop_old()
            session = self._by_hash.get(_hashed(token))
            if session is not None:
                session.last = self._clock()
            return session

    def end(self, token: str | None) -> None:
        """End the session of a token."""
        with self._lock:
            self._by_hash.pop(_hashed(token or ""), None)

    def end_all_of(self, key: str, *, but: Session | None = None) -> None:
        """End all sessions of a person, `but` one that goes on."""
        with self._lock:
            self._by_hash = {token: one for token, one in self._by_hash.items() if one.who.key != key or one is but}

    def _drop_old(self) -> None:
        now = self._clock()
        self._by_hash = {
            token: one for token, one in self._by_hash.items() if now - one.last < IDLE_SECONDS and now - one.began < LONGEST_SECONDS
        }


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
