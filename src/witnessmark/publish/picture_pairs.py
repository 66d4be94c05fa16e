"""Pairs of pictures that match, beside each other on one static page that needs nothing but a browser; where one lies in the other is drawn on it."""

from __future__ import annotations

import base64

import msgspec

from witnessmark.model.matching import Match
from witnessmark.publish.visible import visible


class ShownPicture(msgspec.Struct, frozen=True):
    """One side of a pair: its short number and name, the seconds of a film's frame, and a JPEG (empty where it could not be drawn again)."""

    number: str
    name: str
    seconds: float | None
    jpeg: bytes

    @property
    def source(self) -> str:
        """The picture as an address that holds it."""
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode()


class ShownPair(msgspec.Struct, frozen=True):
    """Both pictures, the evidence in words and in figures, and what a person said of it."""

    one: ShownPicture
    other: ShownPicture
    evidence: str
    match: Match
    said: str | None


def pairs_page(title: str, pairs: list[ShownPair], *, left_out: int) -> bytes:
    """The page of these pairs; `left_out` is how many further ones it does not show."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # the command line must not pay for it

    environment = Environment(
        loader=PackageLoader("witnessmark.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    return environment.get_template("picture_pairs.html.j2").render(title=title, pairs=pairs, left_out=left_out).encode()
