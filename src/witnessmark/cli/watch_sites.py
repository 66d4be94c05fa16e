"""The verbs watch site, scene, compare, test, show and bench: a site watched in dated imagery."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from witnessmark.cli.options import F, Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import say, typed
from witnessmark.cli.watch_given import facts_given, only_polygon, place_given, plain_json, polygons_in
from witnessmark.cli.watch_screen import ask_missing, print_comparisons, print_scene, print_site, print_test
from witnessmark.errors import UsageError

file_type = click.Path(path_type=Path, dir_okay=False)
site_argument = click.argument("site", metavar="W1")
by_hand_option = click.option(
    "--aligned-by-hand", "by_hand", is_flag=True, help="You vouch that the scenes lie over each other, where that cannot be measured."
)
FACTS = (
    ("provider", str, "Who provides the picture."),
    ("product_id", str, "The provider's id of the product."),
    ("sensor", str, "Satellite and instrument."),
    ("ground_sampling_distance", float, "Metres a pixel."),
    ("off_nadir", float, "Degrees off straight down."),
    ("sun_elevation", float, "Degrees above the horizon."),
    ("sun_azimuth", float, "Degrees from north, eastward."),
    ("cloud", float, "Share under cloud, 0 to 1."),
    ("snow", float, "Share under snow, 0 to 1."),
    ("credit", str, "Whom to credit."),
    ("licence", str, "Under what licence it is."),
)
"""What can be said of a scene, but for its time."""


def facts_options(command: F) -> F:
    """An option for each fact of a scene."""
    for name, kind, told in reversed(FACTS):
        metavar = "NUMBER" if kind is float else "TEXT"
        command = click.option(f"--{name.replace('_', '-')}", name, type=kind, metavar=metavar, help=told)(command)
    return command


@click.command("site", cls=Verb)
@case_argument
@click.option("--name", required=True, help="What the site is called.")
@click.option(
    "--polygon", required=True, type=file_type, metavar="FILE", help="Its outline: GeoJSON, or a CSV file of corners (latitude, longitude)."
)
@click.option(
    "--comparison",
    multiple=True,
    type=file_type,
    metavar="FILE",
    help="Polygons of the same kind of ground where nothing is known to have happened; may be given again.",
)
@click.option("--stable", multiple=True, type=file_type, metavar="FILE", help="Ground near it known to be unchanged; may be given again.")
@click.option("--instead-of", metavar="W1", help="The drawing that this takes the place of; both stay on record.")
@click.option("--why", metavar="TEXT", help="Why it takes its place.")
@member_option
@json_option
def site(
    case: Path,
    name: str,
    polygon: Path,
    comparison: tuple[Path, ...],
    stable: tuple[Path, ...],
    instead_of: str | None,
    why: str | None,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Draw a site, before anything of it is compared: its outline, comparison ground, and ground known to be unchanged.

    A drawing is never changed. Another may take its place, with a reason; scenes and what was said of them go with it.

    \b
    Example: witnessmark watch site harbour-road --name "The compound" --polygon site.geojson --comparison comparison.geojson --stable stable.geojson
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_sites import draw_site
    from witnessmark.model.watching import Site

    (outline,) = only_polygon(polygon)
    drawn = Site(
        name=name,
        ring=outline.ring,
        comparisons=polygons_in(comparison),
        stable=tuple(each.ring for each in polygons_in(stable)),
        instead_of=instead_of,
        why=why,
    )
    with open_case(case, write="watch site", member=member, tell=announce) as opened:
        found = draw_site(opened, drawn)
    if as_json:
        print_json(plain_json(found))
        return
    print_site(found)
    say(f"Next: witnessmark watch scene {typed(case)} {found.number} ITEM --acquired DATE")


@click.command("scene", cls=Verb)
@case_argument
@site_argument
@click.argument("item", metavar="I3")
@click.option("--acquired", metavar="TIME", help="When it was taken, UTC: 2031-01-08, or 2031-01-08T10:12Z.")
@click.option("--acquired-from", metavar="TEXT", help="Where that time was read: a header, a catalogue, a letter.")
@facts_options
@click.option("--header", metavar="I4", help="Of raw bands: the ENVI header that describes them, where it did not come beside them.")
@click.option("--control-points", type=file_type, metavar="CSV", help="Points set by hand: column, row, latitude, longitude.")
@click.option("--caption", metavar="TEXT", help="The caption it was published with, to be checked.")
@click.option("--caption-at", metavar="LAT,LON", help="The coordinates the caption states.")
@click.option(
    "--leave-out",
    multiple=True,
    type=file_type,
    metavar="FILE",
    help="Polygons of cloud, its shadow or snow that are not compared; may be given again.",
)
@click.option("--rights", metavar="TEXT", help="On what ground the picture may be published. Without it no public dossier shows it.")
@click.option("--why", default="stated of the scene", show_default=True, metavar="TEXT", help="The reason, which is kept with it.")
@member_option
@json_option
def scene(
    case: Path,
    site: str,
    item: str,
    acquired: str | None,
    acquired_from: str | None,
    header: str | None,
    control_points: Path | None,
    caption: str | None,
    caption_at: str | None,
    leave_out: tuple[Path, ...],
    rights: str | None,
    why: str,
    member: str | None,
    *,
    as_json: bool,
    **facts: str | float | None,
) -> None:
    r"""Say of an item that it is a scene of a site, with what is known of it, and read it.

    On a terminal you are asked for what is missing; Enter leaves it missing, and it is shown as missing. Said again, what was given before stays where nothing else is given.

    \b
    Example: witnessmark watch scene harbour-road W1 I3 --acquired 2031-01-08 --acquired-from "provider's catalogue" --provider "Tolvar Imaging"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_run import say_scene
    from witnessmark.case.watching_sites import site_of
    from witnessmark.model.watching import CaptionSaid, SceneSaid
    from witnessmark.watch.control_points import read_control_points

    stated = facts_given(facts, acquired, acquired_from)
    with open_case(case) as opened:
        held = next((each.facts for each in site_of(opened, site).scenes if each.number == item.upper()), None)
    if sys.stdin.isatty() and not as_json:
        stated = ask_missing(stated, held)
    if caption_at is not None and caption is None:
        raise UsageError("--caption-at is where a caption says the picture was taken: add --caption TEXT.")
    said = SceneSaid(
        site="",
        facts=stated,
        control_points=read_control_points(control_points) if control_points else (),
        caption=CaptionSaid(caption, *place_given(caption_at)) if caption is not None else None,
        left_out=tuple(each.ring for each in polygons_in(leave_out)),
        rights=rights,
        header=header,
    )
    with open_case(case, write="watch scene", member=member, tell=announce) as opened, progress() as tell:
        tell(f"Reading {item.upper()}")
        found = say_scene(opened, site, item, said, why=why)
    made = next(each for each in found.scenes if each.number == item.upper())
    if as_json:
        print_json(plain_json(made))
        return
    print_scene(made)
    if len(found.scenes) > 1:
        say(f"Next: witnessmark watch compare {typed(case)} {found.number}")


@click.command("compare", cls=Verb)
@case_argument
@site_argument
@click.argument("scenes", nargs=-1, metavar="[I3 I4]")
@click.option("--alpha", type=float, default=0.01, show_default=True, help="The share of unchanged ground that may be called changed.")
@by_hand_option
@member_option
@json_option
def compare(case: Path, site: str, scenes: tuple[str, ...], alpha: float, member: str | None, *, by_hand: bool, as_json: bool) -> None:
    r"""Compare two scenes of a site, or all that follow each other. Every run stays on record, refusals too.

    The null controls run with it: dates exchanged, registration there and back, another brightness, shifts of one to four pixels.

    \b
    Example: witnessmark watch compare harbour-road W1 I3 I6
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_run import compare_scenes

    with open_case(case, write="watch compare", member=member, tell=announce) as opened, progress() as tell:
        ran = compare_scenes(opened, site, scenes, alpha=alpha, by_hand=by_hand, tell=tell)
    made = [each for each in ran.site.compared if each.seq in ran.entries]
    if as_json:
        print_json([plain_json(each) for each in made])
        return
    print_comparisons(ran.site, made)
    say("")
    say(f"Look at them: witnessmark watch bench {typed(case)} {ran.site.number} FOLDER")


@click.command("test", cls=Verb)
@case_argument
@site_argument
@click.argument("scenes", nargs=2, metavar="I3 I4")
@click.option("--footprint", required=True, metavar="NAME", help="The footprint, as it was named when drawn.")
@click.option("--in-time", is_flag=True, help="Put it to itself between other dates, and not to copies of it on comparison ground.")
@by_hand_option
@member_option
@json_option
def test(
    case: Path, site: str, scenes: tuple[str, ...], footprint: str, member: str | None, *, in_time: bool, by_hand: bool, as_json: bool
) -> None:
    r"""Was this footprint modified? It is put to copies of it on comparison ground, or to itself between other dates, with one statistic fixed beforehand.

    Of other dates those before the first scene make pairs, and those after the second; none is in two pairs. That is exact only where the pairs are alike: in season, in sensor, in time apart.

    How many looks were had is counted from the log: every test of this site that gave a p.

    \b
    Example: witnessmark watch test harbour-road W1 --footprint "new building" I3 I6
    Example: witnessmark watch test harbour-road W1 --footprint "new building" I3 I6 --in-time
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_tests import probe_footprint

    with open_case(case, write="watch test", member=member, tell=announce) as opened, progress() as tell:
        tell("Comparing the footprint with copies of it")
        ran = probe_footprint(opened, site, footprint, scenes, by_hand=by_hand, in_time=in_time, tell=tell)
    made = next(each for each in ran.site.tested if each.seq in ran.entries)
    if as_json:
        print_json(plain_json(made))
        return
    print_test(ran.site, made)


@click.command("show", cls=Verb)
@case_argument
@click.argument("site", required=False, metavar="[W1]")
@json_option
def show(case: Path, site: str | None, *, as_json: bool) -> None:
    r"""Show the sites of a case, or one with its scenes, every comparison and test, brackets, areas and rival explanations.

    \b
    Example: witnessmark watch show harbour-road W1
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_sites import site_of, sites_of

    with open_case(case) as opened:
        found = (site_of(opened, site),) if site else sites_of(opened)
    if as_json:
        print_json(plain_json(found))
        return
    if not found:
        say(f"No site is drawn. Draw one: witnessmark watch site {typed(case)} --name NAME --polygon FILE.geojson")
    for each in found:
        print_site(each, whole=site is not None)


@click.command("bench", cls=Verb)
@case_argument
@site_argument
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@json_option
def bench(case: Path, site: str, out: Path, *, as_json: bool) -> None:
    r"""Write the analyst's bench: pages with all pictures at one scale, to swipe and blink, and everything measured. They need nothing but a browser.

    The pages show the site, its scenes and where it lies. Write them where only those may look who may see the case.

    \b
    Example: witnessmark watch bench harbour-road W1 bench-compound
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_bench import write_bench

    with open_case(case) as opened:
        index, files = write_bench(opened, site, out)
    if as_json:
        print_json({"index": str(index), "files": files})
        return
    say(f"{files} files. Open {index} in a browser.")
    say("They are not encrypted, and show where the site lies: remove the folder when you have looked.")
