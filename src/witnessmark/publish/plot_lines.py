"""Which telling goes back to which root, drawn: a root at the left, the documents that tell it to the right, a curve for each tie. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from witnessmark.publish.plot import Box, Group, Line, Mark, Plot, Shape, Words, fitting

ROW = 40
BOX = 30
GAP = 18
TOP = 34


class Frame(NamedTuple):
    """Pixels: the whole width, then the left edge and width of a root and of a document; `below` where documents stand under their root."""

    width: int
    root: tuple[int, int]
    document: tuple[int, int]
    below: bool


WIDE = Frame(960, (0, 330), (500, 460), below=False)
NARROW = Frame(420, (0, 418), (44, 374), below=True)


class Telling(msgspec.Struct, frozen=True):
    """A document in which a line is told; `why` says how it is tied to the root, in a few words, empty where the root itself speaks there."""

    label: str
    why: str
    words: str


class Origin(msgspec.Struct, frozen=True):
    """A root and the documents that tell it; `more` are those there is no room for."""

    label: str
    established: bool
    words: str
    tellings: tuple[Telling, ...]
    more: int = 0


def draw_lines(origins: Sequence[Origin], frame: Frame) -> Plot:
    """The roots under each other, each beside or above its documents."""
    groups: list[Group] = [] if frame.below else [_heads(frame)]
    y = 8.0 if frame.below else float(TOP)
    for origin in origins:
        rows = len(origin.tellings) + (1 if origin.more else 0)
        drawn = list(_below(origin, y, frame) if frame.below else _beside(origin, y, rows, frame))
        groups += drawn
        y += (ROW * (rows + 1) if frame.below else ROW * max(rows, 1)) + GAP
    return Plot(frame.width, y, tuple(groups))


def _heads(frame: Frame) -> Group:
    return Group(None, (Words(frame.root[0], 18, "origin", "small head"), Words(frame.document[0], 18, "told in", "small head")))


def _beside(origin: Origin, top: float, rows: int, frame: Frame) -> Iterator[Group]:
    middle = top + ROW * max(rows, 1) / 2
    (left, width), (right, _) = frame.root, frame.document
    yield _root(origin, middle - BOX / 2, frame)
    bend = (right + left + width) / 2
    for place, telling in enumerate(_all(origin)):
        y = top + ROW * place + ROW / 2
        curve = Shape(f"M{left + width} {middle:g}C{bend:g} {middle:g} {bend:g} {y:g} {right} {y:g}", _tie(telling))
        yield _document(telling, y - BOX / 2, frame, (curve,))


def _below(origin: Origin, top: float, frame: Frame) -> Iterator[Group]:
    yield _root(origin, top, frame)
    stem, (right, _) = frame.root[0] + 20, frame.document
    for place, telling in enumerate(_all(origin)):
        y = top + ROW * (place + 1) + BOX / 2
        elbow = (Line(stem, y - ROW + BOX / 2 if not place else y - ROW, stem, y, _tie(telling)), Line(stem, y, right, y, _tie(telling)))
        yield _document(telling, y - BOX / 2, frame, elbow)


def _all(origin: Origin) -> tuple[Telling, ...]:
    more = (Telling(f"and {origin.more:,} more, in the table", "", f"{origin.more:,} more documents tell it"),) if origin.more else ()
    return (*origin.tellings, *more)


def _tie(telling: Telling) -> str:
    return "tie" if telling.why else "tie own"


def _root(origin: Origin, top: float, frame: Frame) -> Group:
    left, width = frame.root
    kind = "root" if origin.established else "root open"
    label = Words(left + 12, top + 20, fitting(origin.label, width - 24), "label")
    return Group(origin.words, (Box(left + 1, top, width - 2, BOX, kind), label))


def _document(telling: Telling, top: float, frame: Frame, joins: tuple[Mark, ...]) -> Group:
    left, width = frame.document
    why = f" · {telling.why}" if telling.why else ""
    label = Words(left + 12, top + 20, fitting(telling.label + why, width - 24), "label")
    return Group(telling.words, (*joins, Box(left, top, width - 1, BOX, "document"), label))
