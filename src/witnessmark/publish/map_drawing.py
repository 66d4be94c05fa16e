"""What a drawn map consists of, in pixels: what `mapping` makes, and the template only places."""

from __future__ import annotations

import msgspec

from witnessmark.publish.citation import Citation
from witnessmark.publish.labels import Label


class Mark(msgspec.Struct, frozen=True):
    """A spot as a circle at `x`, `y` of `radius` pixels. `is_point` where that is all it is; `answered` and `asserted` as on the timeline."""

    x: float
    y: float
    radius: float
    is_point: bool
    asserted: bool
    answered: bool
    words: str
    anchor: str
    citation: Citation


class Tint(msgspec.Struct, frozen=True):
    """A whole country as a claim's place: its rings as one path."""

    path: str
    asserted: bool
    answered: bool
    words: str
    anchor: str
    citation: Citation


class ScaleBar(msgspec.Struct, frozen=True):
    """`length` pixels that stand for `label`."""

    length: float
    label: str


class MapDrawing(msgspec.Struct, frozen=True):
    """Everything the template draws; paths are in units of `grid` pixels."""

    width: int
    height: int
    grid: float
    land: str
    lakes: str
    provinces: str
    borders: str
    disputed: str
    net: str
    tints: tuple[Tint, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    dots: tuple[tuple[float, float], ...]
    bar: ScaleBar
    true_from_km: float
