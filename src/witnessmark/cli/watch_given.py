"""What is typed after the parts of `watch` about sites, and how a site is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.cli.options import print_json
from witnessmark.cli.watch_screen import print_site
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.model.watching import Ground, SceneFacts, State, WatchedSite


def tell_site(found: WatchedSite, *, as_json: bool) -> None:
    """Print a site as it stands after something was said of it."""
    if as_json:
        print_json(plain_json(found))
        return
    print_site(found, whole=True)


def plain_json(found: object) -> object:
    """For JSON: everything but the pictures, which `watch bench` writes."""
    import msgspec

    return _without_pictures(msgspec.to_builtins(found))


def _without_pictures(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_pictures(each) for key, each in value.items() if key not in {"picture", "figure"} and not _is_picture(each)}
    return [_without_pictures(each) for each in value] if isinstance(value, list | tuple) else value


def _is_picture(value: object) -> bool:
    return isinstance(value, str) and value.startswith("iVBORw0KGgo")


def polygons_in(files: tuple[Path, ...]) -> tuple[Ground, ...]:
    """The polygons of these files, in order. Raises UsageError."""
    from witnessmark.watch.polygons import read_polygons

    return tuple(each for file in files for each in read_polygons(file))


def only_polygon(file: Path) -> tuple[Ground]:
    """The one polygon of a file. Raises UsageError where it holds several."""
    found = polygons_in((file,))
    if len(found) != 1:
        raise UsageError(f"{file} holds {len(found)} polygons; a site has one outline. Give the others with --comparison or --stable.")
    return (found[0],)


def facts_given(facts: dict[str, str | float | None], acquired: str | None, source: str | None) -> SceneFacts:
    """What the options say of a scene. Raises UsageError."""
    from witnessmark.model.watching import SceneFacts
    from witnessmark.watch.facts import acquired_at, checked

    if acquired is None and source is not None:
        raise UsageError("--acquired-from says where the time was read: add --acquired TIME.")
    when = acquired_at(acquired, source) if acquired is not None else None
    return checked(SceneFacts(acquired=when, **facts))  # type: ignore[arg-type]  # click gives each its kind


def place_given(typed_place: str | None) -> tuple[float | None, float | None]:
    """Latitude and longitude as typed. Raises UsageError."""
    if typed_place is None:
        return None, None
    try:
        latitude, longitude = (float(each) for each in typed_place.split(","))
    except ValueError:
        raise UsageError(f"{typed_place!r} is no place. Write --caption-at 33.5,36.3: latitude, longitude in degrees.") from None
    return latitude, longitude


def states_given(seen: tuple[str, ...]) -> dict[str, State]:
    """What was seen in which scene, as typed. Raises UsageError."""
    from witnessmark.model.watching import State

    found = {}
    for one in seen:
        number, _, state = one.partition("=")
        if state not in list(State):
            raise UsageError(f"{one!r} says not what was seen. Write {number or 'I3'}=present, =absent or =unclear.")
        found[number.upper()] = State(state)
    return found
