"""An outline drawn around a footprint: the pixels within it, and its area with the error of that area.

Three things make the area uncertain. People draw differently each time: outlines are drawn at least three times, by more than one person where possible, and their spread is measured.
The picture is made of pixels: an edge may lie anywhere within about one. And roofs lean away from a sensor that looks aslant, by height times the tangent of the angle. A scene that lies off another moves
an outline without changing its area; that is an error of its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.model.watching import Area

FEWEST_DRAWINGS = 3
FEWEST_CORNERS = 3
LEVEL = 0.95

Outline = Sequence[tuple[float, float]]
"""Corners in order, as (column, row) from the outer corner of the scene's first pixel."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """How the scene sees the footprint: metres a pixel, registration residual in pixels, off-nadir angle in degrees, and height of what was outlined in metres; None where not known."""

    sampling_distance: float
    residual: float | None = None
    off_nadir: float | None = None
    height: float | None = None


def within(outline: Outline, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The pixels of a scene of `shape` rows and columns whose middles lie within the outline.

    Raises:
        UsageError: the outline has fewer than three corners, crosses no area, or lies outside the scene.
    """
    from skimage import measure

    points_within: Any = measure.grid_points_in_poly  # typed in part
    corners = _corners(outline)
    inside: NDArray[np.bool_] = points_within(shape, corners[:, ::-1] - 0.5)
    if not inside.any():
        raise UsageError("No pixel of the scene lies within the outline; it is outside the scene or smaller than a pixel.")
    return inside


def measure_area(drawings: Sequence[Outline], seen: Seen) -> Area:
    """The area within an outline drawn several times.

    Raises:
        UsageError: nothing was drawn, an outline has no area, or the sampling distance is not positive.
    """
    if not drawings:
        raise UsageError("No outline was drawn.")
    if not seen.sampling_distance > 0:
        raise UsageError(f"A ground sampling distance of {seen.sampling_distance:g} m is none.")
    pixel = seen.sampling_distance**2
    areas = [_area(_corners(outline)) * pixel for outline in drawings]
    edges = _edges(_corners(drawings[0])) * seen.sampling_distance
    sampling = _of_edges(edges, seen.sampling_distance / math.sqrt(12))
    lean = _lean(edges, seen)
    redrawing = float(np.std(areas, ddof=1)) / math.sqrt(len(areas)) if len(areas) >= FEWEST_DRAWINGS else None
    return Area(
        square_metres=float(np.mean(areas)),
        interval=None if redrawing is None else _interval(areas, redrawing, math.hypot(sampling, lean or 0.0)),
        level=LEVEL,
        drawings=len(areas),
        redrawing=redrawing,
        sampling=sampling,
        lean=lean,
        place_error=None if seen.residual is None else seen.residual * seen.sampling_distance,
        problems=tuple(_problems(len(areas), lean, seen)),
    )


def _interval(areas: Sequence[float], redrawing: float, shared: float) -> tuple[float, float]:
    """Student's interval with Satterthwaite's degrees of freedom: the spread of few drawings is itself uncertain, the other errors are known."""
    from scipy import stats

    error = math.hypot(redrawing, shared)
    freedom = (error / redrawing) ** 4 * (len(areas) - 1) if redrawing else math.inf
    reach = float(stats.t.ppf((1 + LEVEL) / 2, min(freedom, 1e6))) * error
    middle = float(np.mean(areas))
    return max(middle - reach, 0.0), middle + reach


def _lean(edges: NDArray[np.float64], seen: Seen) -> float | None:
    """The standard error where each edge may be the roof's or the foot's: uniform over what the roof is moved by."""
    if seen.off_nadir is None or seen.height is None:
        return None
    return _of_edges(edges, seen.height * math.tan(math.radians(seen.off_nadir)) / math.sqrt(12))


def _of_edges(edges: NDArray[np.float64], error: float) -> float:
    """The standard error of an area whose edges are each moved by an error of their own."""
    return float(np.sqrt((edges**2).sum())) * error


def _problems(drawings: int, lean: float | None, seen: Seen) -> list[str]:
    problems = []
    if drawings < FEWEST_DRAWINGS:
        problems.append(f"Drawn {drawings} times: without {FEWEST_DRAWINGS} drawings their spread is not known and there is no interval.")
    if lean is None:
        problems.append("Off-nadir angle or height is not known: how far the roof leans off its foot is not in the interval.")
    if seen.residual is None:
        problems.append("The registration residual is not known: nor is how far off the outline may lie.")
    return problems


def _corners(outline: Outline) -> NDArray[np.float64]:
    corners = np.asarray(outline, dtype=np.float64)
    if (
        corners.ndim != 2
        or corners.shape[1:] != (2,)
        or len(corners) < FEWEST_CORNERS
        or not np.isfinite(corners).all()
        or not _area(corners)
    ):
        raise UsageError(
            f"An outline is at least {FEWEST_CORNERS} corners (column, row) around an area; this is {str(list(outline))[:80]}."
        )
    return corners


def _area(corners: NDArray[np.float64]) -> float:
    """Of a polygon, by the shoelace formula."""
    x, y = corners.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _edges(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    return lengths
