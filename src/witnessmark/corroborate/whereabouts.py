"""Places as circles: where a claim's place lies and how far it may reach, so that a prison lies in its province and two prisons lie apart.

The invented worlds the score is fitted on have no places of the gazetteer, so this is a rule and not a coefficient: two known places that cannot be one are two happenings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.telling import Telling
from witnessmark.model.claim import ClaimPlace, Precision

REACH_KM = {
    Precision.POINT: 1.0,
    Precision.FACILITY: 2.0,
    Precision.LOCALITY: 15.0,
    Precision.DISTRICT: 60.0,
    Precision.REGION: 250.0,
    Precision.COUNTRY: 3000.0,
}
"""How far from its middle a place may reach, in kilometres: generous, since keeping apart what is one is seen and merged, while joining two hides one of them."""

EARTH_KM = 6371.0
SITE = "site:"


class Whereabouts(NamedTuple):
    """A row for each telling: radians north and east, and kilometres of reach; NaN where no known place is stated. `sites` are known facilities, else empty."""

    north: npt.NDArray[np.float64]
    east: npt.NDArray[np.float64]
    reach: npt.NDArray[np.float64]
    sites: tuple[str, ...]


def whereabouts(tellings: Sequence[Telling]) -> Whereabouts:
    """The known places of some tellings."""
    places = [one.placed.claim.where for one in tellings]
    return Whereabouts(
        np.array([np.radians(place.latitude) if place and place.latitude is not None else np.nan for place in places]),
        np.array([np.radians(place.longitude) if place and place.longitude is not None else np.nan for place in places]),
        np.array([REACH_KM[place.precision] if place and place.precision else np.nan for place in places]),
        tuple(_site(place) for place in places),
    )


def _site(place: ClaimPlace | None) -> str:
    return place.id if place is not None and place.id is not None and place.id.startswith(SITE) else ""


def elsewhere(one: Whereabouts, other: Whereabouts) -> npt.NDArray[np.bool_]:
    """For each pair, whether both state known places that cannot be one: two facilities, or circles that do not meet."""
    shape = len(one.sites), len(other.sites)
    facilities = np.array([[bool(mine and theirs and mine != theirs) for theirs in other.sites] for mine in one.sites], dtype=bool).reshape(
        shape
    )
    if np.isnan(one.north).all() or np.isnan(other.north).all():
        return facilities
    apart = _kilometres(one, other) > one.reach[:, None] + other.reach[None, :]
    return np.asarray(facilities | apart, dtype=bool)


def _kilometres(one: Whereabouts, other: Whereabouts) -> npt.NDArray[np.float64]:
    """Great-circle distances (haversine)."""
    north = np.sin((one.north[:, None] - other.north[None, :]) / 2) ** 2
    east = np.sin((one.east[:, None] - other.east[None, :]) / 2) ** 2
    chord = north + np.cos(one.north)[:, None] * np.cos(other.north)[None, :] * east
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)
