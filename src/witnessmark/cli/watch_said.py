"""The verbs watch saw, outline, rival and bears-on: what people say of a watched site."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.watch_given import plain_json, polygons_in, states_given, tell_site
from witnessmark.cli.watch_screen import print_rivals
from witnessmark.cli.watch_sites import file_type, site_argument

why_option = click.option("--why", required=True, metavar="TEXT", help="The reason, which is kept with it.")


@click.command("saw", cls=Verb)
@case_argument
@site_argument
@click.argument("seen", nargs=-1, required=True, metavar="I3=absent I4=present")
@click.option("--thing", required=True, metavar="TEXT", help="What was looked for, in words: the new building in the yard.")
@why_option
@member_option
@json_option
def saw(case: Path, site: str, seen: tuple[str, ...], thing: str, why: str, member: str | None, *, as_json: bool) -> None:
    r"""Say what you saw in scenes: present, absent or unclear. From that follows between which dates it came or went.

    \b
    Example: witnessmark watch saw harbour-road W1 --thing "new building in the yard" I3=absent I4=unclear I6=present --why "looked at on the bench"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_said import say_seen

    with open_case(case, write="watch saw", member=member, tell=announce) as opened:
        found = say_seen(opened, site, thing, states_given(seen), why=why)
    tell_site(found, as_json=as_json)


@click.command("outline", cls=Verb)
@case_argument
@site_argument
@click.argument("files", nargs=-1, required=True, type=file_type, metavar="FILE...")
@click.option("--footprint", required=True, metavar="NAME", help="What was outlined.")
@click.option("--on", "on", required=True, metavar="I4", help="The scene it was drawn on.")
@click.option("--height", type=float, metavar="METRES", help="How high it is, where that is known: roofs lean.")
@why_option
@member_option
@json_option
def outline(
    case: Path,
    site: str,
    files: tuple[Path, ...],
    footprint: str,
    on: str,
    height: float | None,
    why: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Record outlines of a footprint, each polygon one drawing. From three on, its area has an interval; better by several people.

    \b
    Example: witnessmark watch outline harbour-road W1 --footprint "new building" --on I6 outlines.geojson --why "drawn at 4 m to the inch"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_said import draw_outlines
    from witnessmark.model.watching import Drawing

    drawings = [Drawing(footprint=footprint, scene=on, ring=each.ring, height=height) for each in polygons_in(files)]
    with open_case(case, write="watch outline", member=member, tell=announce) as opened:
        found = draw_outlines(opened, site, drawings, why=why)
    tell_site(found, as_json=as_json)


@click.command("rival", cls=Verb)
@case_argument
@site_argument
@click.argument("rival", required=False, metavar="[RIVAL]")
@click.option("--for", "speaks_for", multiple=True, metavar="TEXT", help="What speaks for it; may be given again.")
@click.option("--against", multiple=True, metavar="TEXT", help="What speaks against it; may be given again.")
@click.option("--why", default="", metavar="TEXT", help="Where that was found, which is kept with it.")
@member_option
@json_option
def rival(
    case: Path,
    site: str,
    rival: str | None,
    speaks_for: tuple[str, ...],
    against: tuple[str, ...],
    why: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""What else could explain it: the table of rival explanations, or what you found for or against one of them.

    One into which nobody looked is shown as open, here and in the dossier.

    \b
    Example: witnessmark watch rival harbour-road W1 use --for "vents on the plan of 2019" --why "plan, item I9"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_said import say_evidence
    from witnessmark.case.watching_sites import site_of
    from witnessmark.model.watching import Evidence

    if rival is None:
        with open_case(case) as opened:
            found = site_of(opened, site)
    else:
        evidence = [Evidence(rival, way, each) for way, words in ((True, speaks_for), (False, against)) for each in words]
        with open_case(case, write="watch rival", member=member, tell=announce) as opened:
            found = say_evidence(opened, site, evidence, why=why)
    if as_json:
        print_json(plain_json(found.rivals))
        return
    print_rivals(found)


@click.command("bears-on", cls=Verb)
@case_argument
@site_argument
@click.argument("numbers", nargs=-1, required=True, metavar="C12 N3")
@why_option
@member_option
@json_option
def bears_on(case: Path, site: str, numbers: tuple[str, ...], why: str, member: str | None, *, as_json: bool) -> None:
    r"""Say which claims and incidents a site bears on; the dossier shows it beside them.

    \b
    Example: witnessmark watch bears-on harbour-road W1 C12 N3 --why "the claim is about this building"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.watching_said import say_bears_on

    with open_case(case, write="watch bears-on", member=member, tell=announce) as opened:
        found = say_bears_on(opened, site, numbers, why=why)
    tell_site(found, as_json=as_json)
