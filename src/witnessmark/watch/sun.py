"""Where the sun stood: its direction and height at a place and time.

By NREL's Solar Position Algorithm (I. Reda and A. Andreas, Solar Energy 76(5), 2004, 577-589) as pvlib computes it; their published case is met to a ten-thousandth of a degree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.watch.needed import require_imagery


class Place(msgspec.Struct, frozen=True):
    """Latitude and longitude in degrees (north and east positive), altitude in metres."""

    latitude: float
    longitude: float
    altitude: float = 0.0


class Air(msgspec.Struct, frozen=True):
    """Pressure in pascals and temperature in degrees Celsius: they bend light, by less than a hundredth of a degree unless the sun is very low."""

    pressure: float = 101_325.0
    temperature: float = 12.0


USUAL_AIR = Air()


class Sun(msgspec.Struct, frozen=True, eq=False):
    """Azimuth (degrees from north, eastward) and elevation above the horizon as seen through the air (degrees), one for each time."""

    azimuth: NDArray[np.float64]
    elevation: NDArray[np.float64]


def sun_at(
    times: Sequence[dt.datetime] | NDArray[np.datetime64],
    place: Place,
    air: Air = USUAL_AIR,
    *,
    delta_t: float | None = None,
) -> Sun:
    """The sun at each of the times, which have a time zone or are numpy's in UTC.

    `delta_t` are the seconds between terrestrial and universal time; None takes NASA's polynomials for the date.

    Raises:
        UsageError: there is no such place, or a time has no zone.
    """
    require_imagery()
    import pandas as pd
    from pvlib.solarposition import get_solarposition

    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise UsageError(f"Latitude {place.latitude:g}, longitude {place.longitude:g} is no place on Earth.")
    if not isinstance(times, np.ndarray) and any(time.tzinfo is None for time in times):
        raise UsageError("A time for the sun needs its time zone; local clocks differ from UTC by hours.")
    index = pd.DatetimeIndex(times if isinstance(times, np.ndarray) else [time.astimezone(dt.UTC) for time in times])
    found = get_solarposition(
        index.tz_localize("UTC") if index.tz is None else index,
        place.latitude,
        place.longitude,
        altitude=place.altitude,
        pressure=air.pressure,
        temperature=air.temperature,
        method="nrel_numpy",
        delta_t=delta_t,
    )
    return Sun(found["azimuth"].to_numpy(dtype=np.float64), found["apparent_elevation"].to_numpy(dtype=np.float64))
