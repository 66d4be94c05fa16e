"""What a handler is asked: the values of the address and the form, who asks, and the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import IO
from urllib.parse import urlencode

import msgspec

from witnessmark.case.case import Case
from witnessmark.errors import UsageError, WitnessmarkError
from witnessmark.serve.office import Office
from witnessmark.serve.sessions import Session


class NotThereError(WitnessmarkError):
    """Nothing stands at this address (any more)."""


class RefusedError(WitnessmarkError):
    """Whoever asks may not."""


class SlowDownError(WitnessmarkError):
    """Too many tries; the message says how long to wait."""


class Upload(msgspec.Struct, frozen=True):
    """A file sent with a form: its name as sent, and its content, to be read once."""

    name: str
    content: IO[bytes]
    size: int


class Where(msgspec.Struct, frozen=True):
    """What was asked for and from where: the values in the address and after `?`, the address itself, the scheme and name of the server before it,
    the language to answer in, the computer that asks, and the token of its session.
    """

    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    address: str
    base: str
    language: str
    client: str
    token: str | None


class Ask:
    """One request: where it goes, who asks, and what a form holds."""

    def __init__(
        self,
        office: Office,
        session: Session | None,
        where: Where,
        form: Mapping[str, list[str]] | None = None,
        uploads: tuple[Upload, ...] = (),
    ) -> None:
        self.office, self._session, self.where = office, session, where
        self.path, self.address, self.base, self.language = where.path, where.address, where.base, where.language
        self.queries, self.forms, self.uploads = where.query, form or {}, uploads

    @property
    def session(self) -> Session:
        """Who asks. Raises RefusedError where nobody is signed in."""
        if self._session is None:
            raise RefusedError("Sign in first.")
        return self._session

    def is_in(self, room: str) -> bool:
        """Whether the page asked for belongs to the room at this address."""
        return self.address == room or (room != "/" and self.address.startswith((room + "/", room + "?")))

    @property
    def signed_in(self) -> bool:
        """Whether somebody is."""
        return self._session is not None

    def query(self, name: str, default: str = "") -> str:
        """A value after `?`, without blanks around it."""
        return next(iter(self.queries.get(name, ())), default).strip()

    def again(self, **other: object) -> str:
        """What stands after the address, "?" included, with other values for some of it: for links to the same list, further on."""
        values = {name: [str(each) for each in given] for name, given in self.queries.items()} | {k: [str(v)] for k, v in other.items()}
        return "?" + urlencode([(name, value) for name, given in values.items() for value in given])

    def number(self, name: str, default: int, *, least: int = 1, most: int = 1_000_000) -> int:
        """A whole number after `?`, within bounds. Raises UsageError."""
        said = self.query(name, str(default))
        if not said.isdecimal() or not least <= int(said[:12]) <= most:
            raise UsageError(f"{name} is a whole number from {least} to {most}, not {said[:40]!r}.")
        return int(said)

    def form(self, name: str, default: str = "") -> str:
        """A value of the form, without blanks around it."""
        return next(iter(self.forms.get(name, ())), default).strip()

    def reading(self) -> AbstractContextManager[Case]:
        """The case, to be read."""
        return self.office.reading()

    @contextmanager
    def writing(self) -> Iterator[Case]:
        """The case, to be written to by whoever asks."""
        with self.office.writing(self.session.who) as case:
            yield case
