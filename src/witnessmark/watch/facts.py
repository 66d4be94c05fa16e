"""What is known of a scene besides its pixels, and what is not: a fact that nobody stated is listed as missing, never filled in.

Time is an interval with the place it was read from, because a product's name gives a day, a file's header a second and a caption whatever its writer believed.
"""

from __future__ import annotations

import datetime as dt

import msgspec


class Acquired(msgspec.Struct, frozen=True):
    """When a scene was taken: somewhere from `earliest` to `latest` (UTC), and where that was read (`product id`, `header`, `stated by ...`)."""

    earliest: dt.datetime
    latest: dt.datetime
    source: str

    @classmethod
    def on(cls, day: dt.date, source: str) -> Acquired:
        """Some time on one day, UTC."""
        start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        return cls(start, start + dt.timedelta(days=1) - dt.timedelta(seconds=1), source)

    def meets(self, other: Acquired) -> bool:
        """Whether both can be true."""
        return self.earliest <= other.latest and other.earliest <= self.latest


class SceneFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts a reader needs to judge a scene; None where nobody has stated it.

    `ground_sampling_distance` is in metres a pixel, angles are in degrees (`sun_azimuth` from north, eastward), `cloud` and `snow` are shares of the scene from 0 to 1.
    """

    provider: str | None = None
    product_id: str | None = None
    sensor: str | None = None
    acquired: Acquired | None = None
    ground_sampling_distance: float | None = None
    off_nadir: float | None = None
    sun_elevation: float | None = None
    sun_azimuth: float | None = None
    cloud: float | None = None
    snow: float | None = None
    credit: str | None = None
    licence: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to be asked for, in words, in the order of the fields."""
        return tuple(WORDS[name] for name in self.__struct_fields__ if getattr(self, name) is None)


WORDS = {
    "provider": "provider",
    "product_id": "product id",
    "sensor": "sensor",
    "acquired": "time of acquisition",
    "ground_sampling_distance": "ground sampling distance",
    "off_nadir": "off-nadir angle",
    "sun_elevation": "sun elevation",
    "sun_azimuth": "sun azimuth",
    "cloud": "cloud cover",
    "snow": "snow cover",
    "credit": "credit",
    "licence": "licence",
}

_SAME_DISTANCE = 1.05
"""Sampling distances are stated rounded, and differ by a few per cent across a scene."""


def combine(stated: SceneFacts, read: SceneFacts) -> tuple[SceneFacts, tuple[str, ...]]:
    """What a person stated, completed by what the file says of itself, and each disagreement between the two as a sentence."""
    told = {name: value for name in stated.__struct_fields__ if (value := getattr(stated, name)) is not None}
    return msgspec.structs.replace(read, **told), tuple(_disagreements(stated, read))


def _disagreements(stated: SceneFacts, read: SceneFacts) -> list[str]:
    told = []
    if stated.acquired and read.acquired and not stated.acquired.meets(read.acquired):
        told.append(
            f"The time of acquisition is {day_of(stated.acquired)} by {stated.acquired.source}, but {day_of(read.acquired)} by {read.acquired.source}."
        )
    if stated.product_id and read.product_id and stated.product_id not in {read.product_id, ""}:
        told.append(f"The product id was stated as {stated.product_id}; the file itself says {read.product_id}.")
    if stated.ground_sampling_distance and read.ground_sampling_distance:
        ratio = stated.ground_sampling_distance / read.ground_sampling_distance
        if not 1 / _SAME_DISTANCE <= ratio <= _SAME_DISTANCE:
            told.append(
                f"The ground sampling distance was stated as {stated.ground_sampling_distance:g} m; the georeference gives {read.ground_sampling_distance:.3g} m."
            )
    return told


def day_of(acquired: Acquired) -> str:
    """The day, or the first and last day, for a sentence."""
    first, last = acquired.earliest.date().isoformat(), acquired.latest.date().isoformat()
    return first if first == last else f"{first} to {last}"
