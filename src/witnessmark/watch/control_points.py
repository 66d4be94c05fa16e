"""Control points set by hand: pairs of a point in a picture and its place on the map.

An affine map is fitted by least squares. Its error is measured by leaving each point out in turn, for the misfit at the points it was fitted to flatters it; three points fit
exactly and say nothing of their error.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.model.watching import ControlPoint
from witnessmark.watch.georeference import DEGREES, Georeference, projected

COLUMNS = ("column", "row", "latitude", "longitude")
FEWEST = 3
FEWEST_WITH_ERROR = 4
_SINGULAR = 1e-9


def read_control_points(path: Path | str) -> tuple[ControlPoint, ...]:
    """Control points from a CSV file with the columns column, row, latitude and longitude.

    Raises:
        UsageError: a column is missing or a value is no number in its range; the message names the line.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            if absent := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise UsageError(f"{path}: control points need the columns {', '.join(COLUMNS)}; {', '.join(absent)} is missing.")
            return tuple(_point(row, rows.line_num, path) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a CSV file of control points: {error}.") from error


def _point(row: dict[str, str | None], line: int, path: Path) -> ControlPoint:
    try:
        column, down, latitude, longitude = (float(row[name] or "") for name in COLUMNS)
    except ValueError as error:
        raise UsageError(f"{path}, line {line}: a control point needs four numbers ({', '.join(COLUMNS)}).") from error
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and np.isfinite([column, down]).all()):
        raise UsageError(f"{path}, line {line}: latitude {latitude:g}, longitude {longitude:g} is no place on Earth.")
    return ControlPoint(column, down, latitude, longitude)


def fit_control_points(points: tuple[ControlPoint, ...]) -> Georeference:
    """The georeference that the points give, with the error to be expected at a new point.

    Raises:
        UsageError: fewer than three points, or all on one line.
    """
    if len(points) < FEWEST:
        raise UsageError(f"A georeference needs at least {FEWEST} control points, better six; {len(points)} were given.")
    crs = _zone(points)
    where = _projected(points, crs)
    picture = np.array([[point.column, point.row, 1.0] for point in points])
    if not _spread(picture):
        raise UsageError("The control points lie on one line; set at least one well off it.")
    (a, d), (b, e), (c, f) = np.linalg.lstsq(picture, where, rcond=None)[0].tolist()
    scale = float(np.sqrt(abs(a * e - b * d)))
    return Georeference((a, b, c, d, e, f), crs, "control points", _left_out(picture, where, scale))


def _left_out(picture: NDArray[np.float64], where: NDArray[np.float64], scale: float) -> float | None:
    """Root mean square distance, in pixels, between each point and where the others put it; None where three points fit exactly."""
    if len(picture) < FEWEST_WITH_ERROR:
        return None
    squares = []
    for left in range(len(picture)):
        kept = np.arange(len(picture)) != left
        if not _spread(picture[kept]):
            return None
        fitted = np.linalg.lstsq(picture[kept], where[kept], rcond=None)[0]
        squares.append(float(((picture[left] @ fitted - where[left]) ** 2).sum()))
    return float(np.sqrt(np.mean(squares))) / scale


def _spread(picture: NDArray[np.float64]) -> bool:
    """Whether the points span a plane."""
    deviations = picture[:, :2] - picture[:, :2].mean(axis=0)
    largest, smallest = np.linalg.svd(deviations, compute_uv=False)
    return bool(smallest > _SINGULAR * max(largest, 1.0))


def _zone(points: tuple[ControlPoint, ...]) -> str:
    """The UTM zone around the middle of the points, so that distances are in metres."""
    latitude = float(np.mean([point.latitude for point in points]))
    longitude = float(np.mean([point.longitude for point in points]))
    zone = min(int((longitude + 180) // 6), 59) + 1
    return f"EPSG:{326 if latitude >= 0 else 327}{zone:02d}"


def _projected(points: tuple[ControlPoint, ...], crs: str) -> NDArray[np.float64]:
    xs, ys = projected(DEGREES, crs, [point.longitude for point in points], [point.latitude for point in points])
    return np.column_stack([xs, ys])
