"""The part matches of the verb watch: which pictures of a case are one picture, printed again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed

if TYPE_CHECKING:
    from witnessmark.model.matching import MatchedPictures, PicturesCompared


@click.command(cls=Verb)
@case_argument
@click.option("--again", is_flag=True, help="Look anew at pictures that were looked at already.")
@click.option(
    "--page",
    metavar="OUT.html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page that shows both pictures of every match beside each other. It shows what they show: keep it as you keep them.",
)
@member_option
@json_option
def matches(case: Path, page: Path | None, member: str | None, *, again: bool, as_json: bool) -> None:
    r"""Find photographs and films of the case that show one picture: re-encoded, scaled, cropped, with a banner, turned a little, mirrored.

    Each picture is looked at once, in a process that can reach nothing else; its hashes and keypoints stay on record, what matches is worked out from them. Every match says what shows it. A picture
    printed by ten outlets is one line when the case is weighed; say so where a match is none: `decide CASE I7 same_picture="not I4" --why TEXT`. Faces are not looked at.

    \b
    Example: witnessmark watch matches harbour-road
    Example: witnessmark watch matches harbour-road --page matches.html
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.comparing_pictures import pictures_compared
    from witnessmark.case.looking_at_pictures import look_at_pictures
    from witnessmark.case.picture_page import refuse_place, write_page

    with open_case(case, write="watch matches", member=member, tell=announce) as opened, progress() as tell:
        if page is not None:
            refuse_place(opened, page)
        looked = look_at_pictures(opened, again=again, tell=tell)
        with opened.asking() as connection:
            found = pictures_compared(connection)
        if page is not None:
            write_page(opened, found, page, tell=tell)
    if as_json:
        print_json(found)
        return
    say(f"Looked at now: {looked.done}. Before: {looked.before}. Not looked at: {len(looked.failed)}.")
    _say_found(found, case)
    if page is not None:
        say(f"Wrote {page}: both pictures of each match, beside each other.")


def _say_found(found: PicturesCompared, case: Path) -> None:
    if not found.compared and not found.not_compared:
        say("There is no photograph or film in this case.")
        return
    say(
        f"{count(len(found.compared), 'picture')} compared with each other; {len(found.matches)} match{'' if len(found.matches) == 1 else 'es'}."
    )
    for one in found.matches:
        _say_match(one)
    for left in found.not_compared:
        say(f"  not compared: {left.number}. {left.reason}")
    for _, problem in found.problems:
        say(f"  note: {problem}")
    say("That nothing was found to match does not show that pictures have nothing to do with each other.")
    if found.matches:
        say(f"Weigh again with what was found: witnessmark weigh {typed(case)}")


def _say_match(one: MatchedPictures) -> None:
    from witnessmark.case.comparing_pictures import evidence_words

    named = []
    for number, name, inside, at in zip(one.numbers, one.names, one.documents, one.match.seconds, strict=True):
        where = f" (in {', '.join(inside)})" if inside else ""
        named.append(f"{number} {name}{where}{'' if at is None else f' at {at:g} s'}")
    say(f"  {named[0]}  =  {named[1]}")
    say(f"    {evidence_words(one.match)}")
    if one.confirmed is None and one.told_apart:
        say(f"    {one.told_apart}")
    if one.confirmed is not None:
        say(f"    a person said {'it is one picture' if one.confirmed else 'these are not one picture'}: {one.why}")
