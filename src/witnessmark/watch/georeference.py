"""Where a scene's pixels lie on the ground."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from witnessmark.errors import SceneError

METRES_PER_DEGREE = 111_320.0
DEGREES = "EPSG:4326"


class Georeference(msgspec.Struct, frozen=True):
    """An affine map from pixels to a coordinate system.

    `transform` is `(a, b, c, d, e, f)`: a point `column, row` (from the outer corner of the first pixel) lies at `x = a column + b row + c`, `y = d column + e row + f`.
    `crs` names the system as WKT or an authority's code. `source` is `file` or `control points`; `error` is, for the latter, the error to be expected at a new point, in pixels.
    """

    transform: tuple[float, float, float, float, float, float]
    crs: str
    source: str = "file"
    error: float | None = None

    def to_map(self, column: float, row: float) -> tuple[float, float]:
        """The place of a point in the scene, in the units of `crs`."""
        a, b, c, d, e, f = self.transform
        return a * column + b * row + c, d * column + e * row + f

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """Column and row of a place."""
        a, b, c, d, e, f = self.transform
        area = a * e - b * d
        return (e * (x - c) - b * (y - f)) / area, (a * (y - f) - d * (x - c)) / area

    def to_degrees(self, column: float, row: float) -> tuple[float, float]:
        """Latitude and longitude (WGS 84) of a point in the scene."""
        x, y = self.to_map(column, row)
        longitudes, latitudes = projected(self.crs, DEGREES, [x], [y])
        return latitudes[0], longitudes[0]

    def from_degrees(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Column and row of a place given in degrees (WGS 84)."""
        xs, ys = projected(DEGREES, self.crs, [longitude], [latitude])
        return self.to_scene(xs[0], ys[0])

    def sampling_distance(self) -> float:
        """Metres a pixel, the mean of both directions."""
        from rasterio.crs import CRS

        a, b, _, d, e, f = self.transform
        crs = CRS.from_user_input(self.crs)
        across, down = math.hypot(a, d), math.hypot(b, e)
        if crs.is_geographic:
            across *= abs(math.cos(math.radians(f)))
            return math.sqrt(across * down) * METRES_PER_DEGREE
        return math.sqrt(across * down) * float(crs.linear_units_factor[1])


def projected(crs: str, to: str, xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
    """Places of one coordinate system in another.

    Raises:
        SceneError: no way leads from one to the other, or not for these places.
    """
    from rasterio._err import CPLE_BaseError
    from rasterio.errors import RasterioError
    from rasterio.warp import transform

    try:
        there_x, there_y, *_ = transform(crs, to, xs, ys)
    except (RasterioError, CPLE_BaseError, ValueError) as error:
        raise SceneError(f"The georeference cannot be used: {error}. Set control points by hand.") from error
    on_earth = to != DEGREES or all(abs(x) <= 360 and abs(y) <= 90 for x, y in zip(there_x, there_y, strict=True))
    if not (on_earth and all(map(math.isfinite, (*there_x, *there_y)))):
        raise SceneError("The georeference puts the scene where its coordinate system does not reach. Set control points by hand.")
    return there_x, there_y


def kilometres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two places (latitude, longitude in degrees), by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))
