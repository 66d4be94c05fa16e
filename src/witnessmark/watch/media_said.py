"""What is said elsewhere of a photograph or film, to be held against what the file says of itself."""

from __future__ import annotations

import msgspec

from witnessmark.text.dates import find_dates
from witnessmark.text.places import find_places


class SaidPlace(msgspec.Struct, frozen=True):
    """A place as stated, in degrees (WGS 84), and how exactly it is known ("facility", "country", ...)."""

    name: str
    latitude: float
    longitude: float
    precision: str


class Said(msgspec.Struct, frozen=True):
    """One thing that is said: `who` in words ("claim C12", "its caption"), `words` as they are said.

    `first` and `last` are ISO days of what is shown, `by` the ISO day or moment at which the file was there already. What is not stated is None.
    """

    who: str
    words: str = ""
    first: str | None = None
    last: str | None = None
    by: str | None = None
    place: SaidPlace | None = None
    device: str | None = None
    claim: str | None = None


def said_in_caption(tag: str, text: str) -> list[Said]:
    """The days and places that a caption in the file names in full."""
    who = f"its own caption ({tag})"
    found = [
        Said(who, text[start:end], first=earliest, last=latest) for start, end, earliest, latest in find_dates(text) if earliest and latest
    ]
    for start, end, place in find_places(text):
        if place is not None:
            known = SaidPlace(place.name, place.latitude, place.longitude, place.precision)
            found.append(Said(who, text[start:end], place=known))
    return found
