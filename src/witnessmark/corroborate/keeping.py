"""What one weighing hands to the next, so that a new document re-weighs only what it touches.

It is a table of rows that never change under their key: what was compared of a document, how a component was cut, which answers were found in a group, and which inputs an incident was made from. Everything in it
can be worked out again, and is where it is missing, where another version wrote it, or where an input differs: it decides how soon a result is there and never what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files

import msgspec

from witnessmark.corroborate.placed import VERSION

FORMAT = "1"
KINDS = STATE, DOCUMENT, CUT, ANSWERS, INCIDENT = "state", "document", "cut", "answers", "incident"

Kept = Mapping[str, bytes]
"""Rows by their keys: the kind, and what tells the row from others of its kind."""


class KeptState(msgspec.Struct, frozen=True, array_like=True):
    """In how many documents words stood, by powers of two (`steps`, with that of all documents), the documents by number, and how often they were compared."""

    made_by: str
    size: int
    steps: dict[str, int]
    items: list[str]
    changes: int


class KeptDocument(msgspec.Struct, frozen=True, array_like=True):
    """What was compared of a document: digests of what it says and of the passages it shares, at which change, with which documents, and the four columns of its links."""

    item: str
    says: bytes
    shares: bytes
    number: int
    change: int
    near: bytes
    links: list[bytes]


class Memory:
    """The rows of the weighing before, by kind, and those of this one. Rows of another version are as if there were none."""

    def __init__(self, kept: Kept) -> None:
        self._before: dict[str, dict[str, bytes]] = {kind: {} for kind in KINDS}
        self._rows: dict[str, dict[str, bytes]] = {kind: {} for kind in KINDS}
        self._state: KeptState | None = None
        self.documents: dict[str, KeptDocument] = {}
        for key, body in kept.items():
            kind, _, rest = key.partition(" ")
            self._before.setdefault(kind, {})[rest] = body
        try:
            self._read()
        except msgspec.DecodeError:  # torn, or of a shape this version does not know: worked out again
            self._state = None
        self.goes_on = self._state is not None
        if not self.goes_on:
            self._before, self.documents = {kind: {} for kind in KINDS}, {}

    def _read(self) -> None:
        states = [msgspec.msgpack.decode(body, type=KeptState) for body in self._before[STATE].values()]
        documents = map(msgspec.msgpack.Decoder(KeptDocument).decode, self._before[DOCUMENT].values())
        self.documents = {one.item: one for one in documents}
        self._state = next((state for state in states if state.made_by == made_by()), None)

    def take_state(self) -> KeptState | None:
        """The state that the weighing before left, once: only what is put in first can go on from it."""
        state, self._state = self._state, None
        return state

    def begin(self, kind: str) -> None:
        """Work out all rows of a kind anew, or take them over."""
        self._before[kind], self._rows[kind] = self._rows[kind] or self._before[kind], {}

    def known(self, kind: str, key: str) -> bytes | None:
        """A row as it was kept before."""
        return self._before[kind].get(key)

    def keep(self, kind: str, key: str, made: Callable[[], bytes]) -> None:
        """Keep a row, as it was kept before where it was."""
        self._rows[kind][key] = self._before[kind].get(key) or made()

    def rows(self) -> Kept:
        """The rows to be handed to the next weighing."""
        return {f"{kind} {key}": body for kind, rows in self._rows.items() for key, body in rows.items()}


def made_by() -> str:
    """Which version of this stage wrote the rows, with the models it went by."""
    data = files("witnessmark.corroborate") / "data"
    models = sorted((each for each in data.iterdir() if each.is_file()), key=lambda each: each.name)
    return f"{FORMAT} {VERSION} {digest(each.read_bytes() for each in models)}"


def digest(parts: Iterable[bytes]) -> str:
    """A hash of several parts; where one ends is part of it."""
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()
