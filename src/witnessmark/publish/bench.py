"""The analyst's bench: one page of a site with every scene at one scale, each comparison to swipe and blink, and all that was measured, problems first.

Static and offline: a strict content policy, own style and script only. Without script the pictures stand side by side, and everything else is there. It stays with the analyst, and says where the site lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import msgspec

from witnessmark.model.watching import ChangeFound, Compared, Observed, WatchedSite
from witnessmark.publish import watched_words as words
from witnessmark.publish.plot import NARROW, WIDE, Plot
from witnessmark.publish.plot_series import Series, draw_series
from witnessmark.publish.visible import visible
from witnessmark.publish.watched_series import series_of
from witnessmark.publish.words import counted

STATIC = ("bench.css", "bench.js")
INDEX = "index.html"


class Drawn(msgspec.Struct, frozen=True):
    """A series as it is drawn, wide and for a phone, with its numbers by day."""

    wide: Plot
    narrow: Plot
    series: tuple[Series, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class Pair(msgspec.Struct, frozen=True):
    """A comparison with its pictures' files; no files where it was refused."""

    name: str
    made: Observed[Compared]
    found: ChangeFound | None
    files: dict[str, str]


def bench_pages(site: WatchedSite) -> dict[str, bytes]:
    """The files of the bench: relative path to content."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # the command line must not pay for it

    environment = Environment(
        loader=PackageLoader("witnessmark.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(visible=visible)
    files = {name: resources.files("witnessmark.publish").joinpath("static", name).read_bytes() for name in STATIC}
    files |= dict(_pictures(site))
    page = environment.get_template("bench.html.j2").render(
        site=site,
        w=words,
        counted=counted,
        scenes=[(scene, f"scene-{scene.number}.png" if scene.found else None) for scene in site.scenes],
        pairs=[_pair(site, place, made) for place, made in enumerate(site.compared) if made in site.newest],
        earlier=[(words.pair_words(site, made.what), made) for made in site.compared if made not in site.newest],
        problems=tuple(dict.fromkeys(_problems(site))),
        drawn=_drawn(site),
    )
    return {INDEX: page.encode(), **files}


def _pictures(site: WatchedSite) -> Iterator[tuple[str, bytes]]:
    for scene in site.scenes:
        if scene.found is not None:
            yield f"scene-{scene.number}.png", scene.found.picture
    for place, made in enumerate(site.compared):
        if made.what.found is not None:
            yield from ((name, getattr(made.what.found, kind)) for kind, name in _files(place).items())


def _files(place: int) -> dict[str, str]:
    return {kind: f"comparison-{place + 1}-{kind}.png" for kind in ("before", "after", "where", "figure")}


def _pair(site: WatchedSite, place: int, made: Observed[Compared]) -> Pair:
    return Pair(words.pair_words(site, made.what), made, made.what.found, _files(place) if made.what.found else {})


def _problems(site: WatchedSite) -> Iterator[str]:
    """What stands against everything else on the page, each with what it is about."""
    for scene in site.scenes:
        if scene.found is None:
            yield f"{scene.number} could not be read."
            continue
        yield from (_about(scene.number, each) for each in (*scene.found.contradictions, *scene.found.problems))
        if scene.facts.missing:
            yield f"{scene.number}: not stated: {', '.join(scene.facts.missing)}."
    read = [made.what.found for made in site.newest if made.what.found is not None]
    of_all = [each for each in (read[0].problems if len(read) > 1 else ()) if all(each in found.problems for found in read)]
    yield from (f"All comparisons: {each}" for each in of_all)
    for made in site.newest:
        pair = words.pair_words(site, made.what)
        if made.what.found is None:
            yield f"{pair}: refused. {made.what.refused}"
            continue
        yield from (f"{pair}: {each}" for each in made.what.found.problems if each not in of_all)
        yield from (f"{pair}: control broken ({each.name}). {each.sentence}" for each in made.what.found.controls if each.kept is False)
    if not site.site.comparisons:
        yield "The site has no comparison ground: nothing can be said of how usual a change is."


def _about(number: str, problem: str) -> str:
    return problem if problem.startswith(f"{number}:") else f"{number}: {problem}"


def _drawn(site: WatchedSite) -> Drawn | None:
    series = tuple(series_of(site))
    wide, narrow = draw_series(series, WIDE), draw_series(series, NARROW)
    if wide is None or narrow is None:
        return None
    days = sorted({day for each in series for day, _ in each.values})
    held = [dict(each.values) for each in series]
    rows = tuple((day.isoformat(), tuple(f"{values[day]:,.1f}" if day in values else "not seen" for values in held)) for day in days)
    return Drawn(wide, narrow, series, rows)
