"""Ways: every address of the workbench with the handler behind it and the role it needs.

There is no other way to be reached: a handler is named in the `WAYS` of its module with its role, and `app` turns those into routes. Each page
that can be read has a twin at the same address with `.json` after it, which holds the values the page was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.office import Colleague, Role

if TYPE_CHECKING:
    from witnessmark.serve.ask import Ask


class Method(StrEnum):
    """What a request does: GET reads and changes nothing, POST records something."""

    GET = "GET"
    POST = "POST"


class Page(msgspec.Struct, frozen=True):
    """A page to show: `template` below `templates/`, with `values` (a mapping or struct), which the JSON twin holds as they are."""

    template: str
    values: object
    status: int = 200


class Go(msgspec.Struct, frozen=True):
    """Go on reading at another address of the workbench (303). `said` is a sentence shown once at the top of that page; JSON gets both."""

    to: str
    said: str = ""


class Sent(msgspec.Struct, frozen=True):
    """Bytes as they are, such as an original's page image or a table to download. Never cached unless `headers` say so."""

    content: bytes
    media_type: str
    headers: Mapping[str, str] = {}


class SignedIn(msgspec.Struct, frozen=True):
    """Somebody is let in, and goes on at `to`."""

    who: Colleague
    to: str


class SignedOut(msgspec.Struct, frozen=True):
    """The session ends; whoever had it goes on at `to`."""

    to: str


class Chosen(msgspec.Struct, frozen=True):
    """Another language is spoken from now on, at `to`."""

    language: str
    to: str


Outcome = Page | Go | Sent | SignedIn | SignedOut | Chosen
Handler = Callable[["Ask"], Outcome]


class Way(msgspec.Struct, frozen=True):
    """An address and what is behind it. `needs` None is for signing in alone: whoever reaches it is nobody yet.

    `path` is Starlette's, such as `/claims/{number}`. `most_bytes` is how large a body may be.
    """

    path: str
    handler: Handler
    needs: Role | None
    method: Method = Method.GET
    most_bytes: int = 1 << 20
    twin: bool = True


def get(path: str, handler: Handler, needs: Role | None, *, twin: bool = True) -> Way:
    """A page to read; `twin` False where what is sent is no page."""
    return Way(path, handler, needs, twin=twin)


def post(path: str, handler: Handler, needs: Role | None, *, most_bytes: int = 1 << 20) -> Way:
    """Something to be recorded."""
    return Way(path, handler, needs, Method.POST, most_bytes)


def local(to: str) -> str:
    """An address of this workbench, the first page where it is another's."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else "/"
