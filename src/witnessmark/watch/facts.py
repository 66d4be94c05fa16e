"""What is known of a scene besides its pixels, and what is not: a fact that nobody stated is listed as missing, never filled in.

Time is an interval with the place it was read from, because a product's name gives a day, a file's header a second and a caption whatever its writer believed.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from witnessmark.errors import UsageError
from witnessmark.model.watching import WORDS, Acquired, SceneFacts

__all__ = ["WORDS", "Acquired", "SceneFacts", "acquired_at", "checked", "combine", "day_of"]

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


SHARES = ("cloud", "snow")
RANGES = {
    "off_nadir": (0.0, 80.0),
    "sun_elevation": (-1.0, 90.0),
    "sun_azimuth": (0.0, 360.0),
    "ground_sampling_distance": (0.01, 10_000.0),
}


def acquired_at(text: str, source: str | None) -> Acquired:
    """A time as a person types it: a day, or a day and time in UTC (or with its zone).

    Raises:
        UsageError: it is no time.
    """
    said = f"what was stated, read from {source}" if source else "what was stated, nobody said from where"
    try:
        if len(text) == len("2031-01-08"):
            return Acquired.on(dt.date.fromisoformat(text), said)
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time. Write 2031-01-08, or 2031-01-08T10:12Z.") from None
    if time.tzinfo is None:
        raise UsageError(f"{text!r} has no time zone; local clocks differ from UTC by hours. Write {text}Z for UTC, or {text}+03:00.")
    time = time.astimezone(dt.UTC)
    return Acquired(time, time, said)


def checked(facts: SceneFacts) -> SceneFacts:
    """The facts, found to be possible. Raises UsageError with the value that is not."""
    for name in SHARES:
        share = getattr(facts, name)
        if share is not None and not 0 <= share <= 1:
            raise UsageError(f"{WORDS[name]} of {share:g} is no share: write .3 for 30 %.")
    for name, (low, high) in RANGES.items():
        value = getattr(facts, name)
        if value is not None and not low <= value <= high:
            raise UsageError(f"{WORDS[name]} of {value:g} is not possible; it lies from {low:g} to {high:g}.")
    return facts
