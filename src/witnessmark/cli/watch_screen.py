"""A watched site in words on a terminal: what is wrong first, then what was measured with its error, never a figure alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from witnessmark.cli.printing import count, say
from witnessmark.errors import UsageError
from witnessmark.model.watching import WORDS, Compared, Observed, PlaceboInTime, Tested, WatchedScene, WatchedSite

if TYPE_CHECKING:
    from witnessmark.model.watching import ChangeFound, SceneFacts

MOST_ASKED = 40
"""Characters of an answer that is shown again where it does not fit."""


def ask_missing(stated: SceneFacts, held: SceneFacts | None) -> SceneFacts:
    """The facts, with those that are missing asked for one by one; Enter leaves one missing."""
    import msgspec

    from witnessmark.watch.facts import acquired_at, checked

    for name, words in WORDS.items():
        if getattr(stated, name) is not None or (held is not None and getattr(held, name) is not None):
            continue
        while answer := click.prompt(f"{words.capitalize()} (Enter: not known)", default="", show_default=False).strip():
            try:
                value = (
                    acquired_at(answer, click.prompt("Where was that read", default="", show_default=False))
                    if name == "acquired"
                    else answer
                )
                kept = value if name == "acquired" or not _is_number(name) else float(answer)
                stated = checked(msgspec.structs.replace(stated, **{name: kept}))
                break
            except (UsageError, ValueError) as error:
                say(str(error) if isinstance(error, UsageError) else f"{answer[:MOST_ASKED]!r} is no number.")
    return stated


def _is_number(name: str) -> bool:
    return name in {"ground_sampling_distance", "off_nadir", "sun_elevation", "sun_azimuth", "cloud", "snow"}


def print_site(site: WatchedSite, *, whole: bool = False) -> None:
    """A site in a few lines; `whole` with everything said and observed of it."""
    comparisons = count(len(site.site.comparisons), "comparison polygon")
    say(
        f"{site.number}  {site.site.name}: {comparisons}, {count(len(site.site.stable), 'stable polygon')}, {count(len(site.scenes), 'scene')}, {count(len(site.compared), 'comparison')}, {count(site.looks, 'look')} at footprints"
    )
    if site.takes_place_of:
        say(f"  takes the place of {site.takes_place_of}: {site.site.why}")
    if not site.site.comparisons:
        say("  Without comparison ground nothing can be said of how usual a change is.")
    if not whole:
        return
    for scene in site.scenes:
        print_scene(scene)
    if site.newest:
        print_comparisons(site, site.newest)
    for tested in site.tested:
        print_test(site, tested)
    _say_watched(site)
    if site.compared or site.watched:
        print_rivals(site)
    bears = len(site.bears.claims) + len(site.bears.incidents)
    say(f"  It bears on {count(bears, 'claim or incident')}." if bears == 1 else f"  It bears on {bears} claims and incidents.")


def print_scene(scene: WatchedScene) -> None:
    """A scene: what contradicts it first, then what is known, then what is missing."""
    from witnessmark.watch.facts import day_of

    facts = scene.facts
    taken = f"{day_of(facts.acquired)} ({facts.acquired.source})" if facts.acquired else "time of acquisition missing"
    say(f"  {scene.number}: {taken}")
    if scene.found is None:
        say("    It could not be read; `witnessmark status` says why.")
    else:
        for problem in (*scene.found.contradictions, *scene.found.problems):
            say(f"    ! {problem}")
        say(
            f"    {scene.found.columns:,} x {scene.found.rows:,} pixels, {count(len(scene.found.bands), 'band')}, {facts.ground_sampling_distance or 0:.3g} m a pixel, place from its {scene.found.georeference}"
        )
    say(f"    missing: {', '.join(facts.missing) or 'nothing'}")
    if scene.said.rights is None:
        say("    Nobody said that the picture may be published (--rights).")


def print_comparisons(site: WatchedSite, made: Sequence[Observed[Compared]]) -> None:
    """Comparisons, each with its problems first."""
    for each in made:
        say("")
        say(f"  {_numbers(site, each.what)}, entry {each.seq} of the analysis log:")
        if each.what.found is None:
            say(f"    refused: {each.what.refused}")
        else:
            _say_change(each.what.found)


def _say_change(found: ChangeFound) -> None:
    for problem in found.problems:
        say(f"    ! {problem}")
    residual = f"{found.residual:.2f} pixels" if found.residual is not None else "not measured"
    rate = f"{found.false_alarm_rate:.2%}" if found.false_alarm_rate is not None else "not measured"
    say(f"    residual {residual}; false alarms {rate} where {found.alpha:.2%} was asked for, on ground held out")
    for ground in found.grounds:
        share = f"{ground.changed:.1%} over the threshold" if ground.pixels else "not seen in both"
        say(f"    {ground.ground}: {share} ({ground.pixels:,} pixels)")
    for control in found.controls:
        say(f"    {'!' if control.kept is False else '-'} {control.name}: {control.sentence}")
    if found.places:
        say(
            f"    places to look at first (no verdict), of comparison ground as much: {', '.join(f'{p.false_alarm_rate:.1%}' for p in found.places[:5])}"
        )


def print_test(site: WatchedSite, tested: Observed[Tested]) -> None:
    """A placebo test; how many looks there have been by now is told besides."""
    what = tested.what
    say("")
    against = f", in time against {count(len(what.pairs), 'pair')} of other dates" if what.in_time else ""
    say(f"  {what.footprint}, {_numbers(site, what)}{against}, entry {tested.seq} of the analysis log:")
    if what.test is None:
        say(f"    refused: {what.refused}")
        return
    say(f"    {what.test.sentence}")
    for pair in what.pairs:
        given = f"{pair.statistic:.3g}" if pair.statistic is not None else f"left out. {pair.left_out}"
        say(f"    {_numbers(site, pair)}: {given}")
    if site.looks > what.test.looks:
        say(f"    By now there have been {site.looks} looks: p times that is {min(1.0, what.test.p * site.looks):.3g}.")


def _say_watched(site: WatchedSite) -> None:
    for thing in site.watched:
        say("")
        say(f"  {thing.thing}: {', '.join(f'{each.state} in {each.scene}' for each in thing.seen)}")
        say(f"    {thing.bracket.sentence if thing.bracket else thing.refused}")
        for gap in thing.bracket.gaps if thing.bracket else ():
            say(f"    Nobody looked from {gap.start:%Y-%m-%d} to {gap.end:%Y-%m-%d}.")
    for footprint in site.footprints:
        area = footprint.area
        say("")
        say(f"  {footprint.name} on {footprint.scene}, drawn {count(len(footprint.drawings), 'time')}:")
        if area is None:
            say("    no area: the scene's sampling distance is missing")
            continue
        low_high = f"{area.interval[0]:,.0f} to {area.interval[1]:,.0f} m2 at {area.level:.0%}" if area.interval else "no interval"
        say(f"    {low_high} (mean of the drawings {area.square_metres:,.0f})")
        for problem in area.problems:
            say(f"    ! {problem}")


def print_rivals(site: WatchedSite) -> None:
    """The rival explanations: those nobody looked into are open."""
    say("")
    say("  What else could explain it:")
    for each in site.rivals:
        say(f"    {each.rival.key}{' (open: nobody looked)' if each.open else ''}: {each.rival.explanation}")
        for words, way in ((each.evidence_for, "for"), (each.evidence_against, "against")):
            for evidence in words:
                say(f"      {way}: {evidence}")


def _numbers(site: WatchedSite, what: Compared | Tested | PlaceboInTime) -> str:
    known = {scene.item: scene.number for scene in site.scenes}
    return f"{known.get(what.before, 'a scene that is gone')} with {known.get(what.after, 'a scene that is gone')}"
