"""What stands in words beside a map: how to read its marks, whose borders they are, how a place is known and which positions are coarse on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.model.claim import Precision
from witnessmark.publish.citation import of_claim
from witnessmark.publish.coarse import GRID_KM
from witnessmark.publish.frame import Frame
from witnessmark.publish.map_drawing import MapDrawing
from witnessmark.publish.prose import Inline, Sentence, sentence
from witnessmark.publish.spots import RADIUS_KM, Spot
from witnessmark.publish.words import counted

BORDERS = (
    "Shapes and borders are those of Natural Earth, which draws who holds a territory in fact, not who has a right to it; borders it calls"
    " disputed or unsettled are broken lines. This map takes no side on any of them."
)
PRECISION_WORDS = {
    Precision.POINT: "a point",
    Precision.FACILITY: "a facility",
    Precision.LOCALITY: "a locality",
    Precision.DISTRICT: "a district",
    Precision.REGION: "a region",
    Precision.COUNTRY: "a country",
}
DIGITS = {Precision.POINT: 4, Precision.FACILITY: 3, Precision.LOCALITY: 2}
"""Decimals of a degree that mean something for such a place; one for any wider."""

MOST_CITED = 12


def caption(frame: Frame, drawing: MapDrawing) -> str:
    """How to read a map: what its marks are, how true its circles, its projection and its scale."""
    parts = []
    if any(not mark.is_point for mark in drawing.marks):
        parts.append(
            f"A circle is the area in which a place may lie, never a point; none is drawn with a radius under {_km(drawing.true_from_km)}."
        )
    if any(mark.is_point for mark in drawing.marks):
        parts.append("A dot is a place known as a point.")
    if drawing.tints:
        parts.append("A tinted country is meant as a whole.")
    if any([mark.answered for mark in drawing.marks] + [tint.answered for tint in drawing.tints]):
        parts.append(
            "A broken outline means that something said of this place is denied or doubted, a hollow mark that only denials and doubts name it."
        )
    if drawing.dots:
        parts.append("Small grey names are large towns, for orientation only.")
    middle = "along the equator" if frame.is_world else "in the middle of the map"
    parts.append(f"{frame.projection.name} projection; scale bar true and north up {middle}.")
    return " ".join(parts)


def discreet(spots: Sequence[Spot]) -> Iterator[Sentence]:
    """That positions are coarse on purpose, where any is."""
    coarse = [spot for spot in spots if spot.position is not None and spot.position.reason is not None]
    if coarse:
        yield sentence(
            f"The positions of {counted(len(coarse), 'place')} are drawn to the nearest ~10 km on purpose: where people are held, hidden, buried"
            " or cared for, an exact one can bring harm to them. The table of places says which.",
            cites=tuple(of_claim(spot.reads[0]) for spot in coarse[:MOST_CITED]),
        )


def known(spot: Spot) -> Inline:
    """How exactly a place is known, and what is drawn for it."""
    words = PRECISION_WORDS[spot.precision]
    if spot.country is not None:
        return (f"{words}: its shape",)
    if spot.position is None or spot.position.reason is None:
        return (f"{words}: a circle of {spot.radius:.0f} km" if spot.radius else f"{words}: a dot",)
    own = RADIUS_KM[spot.precision]
    return (f"{words}: a circle of {spot.radius:.0f} km ({own:.0f} km, and {GRID_KM:.0f} km for being drawn to the nearest ~10 km)",)


def position(spot: Spot) -> Inline:
    """Where a place lies, in as many decimals as mean something; why it is coarse, where it is."""
    if spot.position is None:
        return ("not shown: the whole country",)
    digits = DIGITS.get(spot.precision, 1)
    latitude, longitude = (round(each, digits) for each in (spot.position.latitude, spot.position.longitude))
    if spot.position.reason is None:
        return (f"{latitude}, {longitude}",)
    return (f"about {spot.position.latitude}, {spot.position.longitude}; drawn to the nearest ~10 km because {spot.position.reason}",)


def _km(length: float) -> str:
    return f"{length:,.0f} km" if length >= 3 else f"{length:.1f} km"
