"""Noting of a photograph or film when, where and with what it is said to have been made, and what that says when it is held against the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from witnessmark.errors import UsageError
from witnessmark.model.item import Item
from witnessmark.model.noted import AT, NONE, ON, days_noted, degrees_noted

if TYPE_CHECKING:
    from witnessmark.text.places import Place
    from witnessmark.watch.media_said import Said


def check_noted(field: str, value: str) -> None:
    """Raise UsageError where a value states no day, or no place that can be found."""
    if value == NONE:
        return
    if field == ON:
        try:
            days_noted(value)
        except ValueError:
            raise UsageError(f"{value!r} is no day. Write {ON}=2031-04-02, or {ON}='2031-04-01 to 2031-04-03'; or none.") from None
    if field == AT and degrees_noted(value) is None and place_named(value) is None:
        raise UsageError(
            f"{value!r} is no place of the gazetteer. Write its latitude and longitude in degrees: {AT}='33.665, 36.329'; or none."
        )


def place_named(value: str) -> Place | None:
    """The place of the gazetteer that a value names as a whole; None where it names none."""
    from witnessmark.text.places import find_places

    found = [place for start, end, place in find_places(f"in {value}.") if place is not None and (start, end) == (3, 3 + len(value))]
    return found[0] if found else None


def noted_of(item: Item) -> Iterator[Said]:
    """Each thing noted, to be held against the file."""
    from witnessmark.watch.media_said import Said, SaidPlace

    for noted in item.noted:
        who = f"what is noted of it ({noted.why})"
        if noted.field == ON:
            first, last = days_noted(noted.value)
            yield Said(who, first=first, last=last)
        elif noted.field == AT:
            degrees, named = degrees_noted(noted.value), place_named(noted.value)
            if degrees is not None:
                yield Said(who, place=SaidPlace(noted.value, *degrees, "point"))
            elif named is not None:
                yield Said(who, place=SaidPlace(named.name, named.latitude, named.longitude, named.precision))
        else:
            yield Said(who, device=noted.value)
