"""Names of Landsat and Sentinel-2 products: they carry the sensor and the day (Sentinel-2: the second) of acquisition.

Formats: USGS, Landsat Collection 2 data format control books, and the scene ids in use before the Collections; ESA, Sentinel-2 products specification.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from witnessmark.model.watching import Acquired, SceneFacts

SOURCE = "product id"

_LANDSAT_SENSORS = {"E": "ETM+", "T": "TM", "M": "MSS", "C": "OLI and TIRS", "O": "OLI"}


def facts_in_product_id(text: str) -> SceneFacts:
    """Provider, product id, sensor and time, where the text holds the name of a known product; otherwise no facts."""
    for pattern, read in _FORMATS:
        found = pattern.search(text)
        if found and (facts := read(found)) is not None:
            return facts
    return SceneFacts()


def _collection(found: re.Match[str]) -> SceneFacts | None:
    sensor = f"Landsat {int(found['number'])} {_LANDSAT_SENSORS[found['sensor']]}"
    return _landsat(found[0], sensor, _day(found["day"], "%Y%m%d"))


def _scene_id(found: re.Match[str]) -> SceneFacts | None:
    sensor = f"Landsat {found['number']} {_LANDSAT_SENSORS[found['sensor']]}"
    return _landsat(found[0], sensor, _day(found["day"], "%Y%j"))


def _early(found: re.Match[str]) -> SceneFacts | None:
    sensor = "ETM+" if found["number"] == "7" else "TM"
    return _landsat(found[0], f"Landsat {found['number']} {sensor}", _day(found["day"], "%Y%m%d"))


def _landsat(product_id: str, sensor: str, day: dt.date | None) -> SceneFacts | None:
    if day is None:
        return None
    return SceneFacts(provider="USGS", product_id=product_id, sensor=sensor, acquired=Acquired.on(day, SOURCE))


def _sentinel(found: re.Match[str]) -> SceneFacts | None:
    try:
        time = dt.datetime.strptime(found["time"], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return SceneFacts(
        provider="ESA Copernicus", product_id=found[0], sensor=f"Sentinel-2{found['unit']} MSI", acquired=Acquired(time, time, SOURCE)
    )


def _day(digits: str, layout: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, layout).replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None


_FORMATS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], SceneFacts | None]], ...] = (
    (re.compile(r"L(?P<sensor>[CETMO])(?P<number>\d\d)_L\w{3}_\d{6}_(?P<day>\d{8})_\d{8}_\d\d_\w\d"), _collection),
    (re.compile(r"S2(?P<unit>[A-D])_MSIL\w\w_(?P<time>\d{8}T\d{6})_N\d{4}_R\d{3}_T\w{5}(?:_\d{8}T\d{6})?"), _sentinel),
    (re.compile(r"L(?P<sensor>[CETMO])(?P<number>\d)\d{6}(?P<day>\d{7})\w{3}\d\d"), _scene_id),
    (re.compile(r"L(?P<number>[57])\d{7}_\d{3}(?P<day>\d{8})"), _early),
)
