"""Places as circles: where a claim's place lies and how far it may reach, so that a prison lies in its province and two prisons lie apart.

The invented worlds the score is fitted on have no places of the gazetteer, so this is a rule and not a coefficient: two known places that cannot be one are two happenings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """A row for each telling: radians north and east, and kilometres of reach; NaN where no known place is stated. `sites` are known facilities by number, else 0."""

    north: npt.NDArray[np.float64]
    east: npt.NDArray[np.float64]
    reach: npt.NDArray[np.float64]
    sites: npt.NDArray[np.int64]


def whereabouts(tellings: Sequence[Telling], code: Callable[[str], int]) -> Whereabouts:
    """The known places of some tellings; `code` numbers the facilities of the case."""
    places = [one.placed.claim.where for one in tellings]
    return Whereabouts(
        np.array([np.radians(place.latitude) if place and place.latitude is not None else np.nan for place in places], dtype=np.float64),
        np.array([np.radians(place.longitude) if place and place.longitude is not None else np.nan for place in places], dtype=np.float64),
        np.array([REACH_KM[place.precision] if place and place.precision else np.nan for place in places], dtype=np.float64),
        np.array([code(site) if (site := _site(place)) else 0 for place in places], dtype=np.int64),
    )


def _site(place: ClaimPlace | None) -> str:
    return place.id if place is not None and place.id is not None and place.id.startswith(SITE) else ""


def elsewhere(one: Whereabouts, other: Whereabouts) -> npt.NDArray[np.bool_]:
    """For each pair, whether both state known places that cannot be one: two facilities, or circles that do not meet."""
    found = (one.sites[:, None] != 0) & (other.sites[None, :] != 0) & (one.sites[:, None] != other.sites[None, :])
    mine, theirs = (np.flatnonzero(~np.isnan(each.north + each.east + each.reach)) for each in (one, other))
    if len(mine) and len(theirs):
        near, far = (
            Whereabouts(each.north[rows], each.east[rows], each.reach[rows], each.sites[rows])
            for each, rows in ((one, mine), (other, theirs))
        )
        found[np.ix_(mine, theirs)] |= _kilometres(near, far) > near.reach[:, None] + far.reach[None, :]
    return np.asarray(found, dtype=bool)


def _kilometres(one: Whereabouts, other: Whereabouts) -> npt.NDArray[np.float64]:
    """Great-circle distances (haversine)."""
    north = np.sin((one.north[:, None] - other.north[None, :]) / 2) ** 2
    east = np.sin((one.east[:, None] - other.east[None, :]) / 2) ** 2
    chord = north + np.cos(one.north)[:, None] * np.cos(other.north)[None, :] * east
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)
