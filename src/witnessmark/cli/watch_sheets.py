"""The verbs watch sheet, seen, asked, place, time and checked: a verification sheet for a photograph, a video or a scene."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.asking import Abandoned, TerminalKeys
from witnessmark.cli.options import Day, Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.case import Case
    from witnessmark.model.sheet import Asked, Line, Placed, Seen, Sheet, Timed

item_argument = click.argument("item", metavar="I1")
why_option = click.option("--why", metavar="TEXT", default="", help="The reason; it is recorded. Write no name into it.")
instead_option = click.option(
    "--instead-of", metavar="ENTRY", help="The line (decision-12) whose place this takes; both stay on record. Needs --why."
)


@click.command(cls=Verb)
@case_argument
@click.argument("item", metavar="I1", required=False)
@click.option("--all", "everything", is_flag=True, help="Lines that were replaced or taken back too.")
@json_option
def sheet(case: Path, item: str | None, *, everything: bool, as_json: bool) -> None:
    r"""Show the verification sheet of an item, or list all: where it was found first, where and when it was taken, by which evidence, and who checked that.

    Times that disagree stand side by side. What they are consistent with together is a remark on them, never a time of its own.

    \b
    Example: witnessmark watch sheet harbour-road I7
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.deciding import number_of
    from witnessmark.case.sheets import sheet_of, sheets_of

    with open_case(case) as opened:
        found = [sheet_of(opened, item)] if item else list(sheets_of(opened))
        numbers = [number_of(opened, each.item) for each in found]
    if as_json:
        print_json(found[0] if item else found)
        return
    if not found:
        say(f"No sheet is begun. Begin one: witnessmark watch seen {typed(case)} I1")
    for number, each in zip(numbers, found, strict=True):
        _say_sheet(number, each, everything=everything)


@click.command(cls=Verb)
@case_argument
@item_argument
@click.option("--where", metavar="TEXT", help="Where the earliest upload stands: an address, a channel, a paper.")
@click.option("--when", metavar="TIME", help="When it was posted, as stated there.")
@click.option("--none", "nothing", is_flag=True, help="It was searched for, and none was found.")
@click.option("--means", metavar="TEXT", help="How it was looked for, with the day.")
@click.option("--by", "by", metavar="CODE", help="Who looked, where that is not whoever writes it down.")
@instead_option
@why_option
@member_option
@json_option
def seen(
    case: Path,
    item: str,
    where: str | None,
    when: str | None,
    means: str | None,
    by: str | None,
    instead_of: str | None,
    why: str,
    member: str | None,
    *,
    nothing: bool,
    as_json: bool,
) -> None:
    r"""Record the earliest upload of a picture that was found, or that none was.

    \b
    Example: witnessmark watch seen harbour-road I7 --where "channel of the harbour committee" --when 2031-03-05 --means "three reverse image searches, 9 March 2031"
    """
    from witnessmark.model.sheet import Seen

    if nothing and (where or when):
        raise UsageError("Either it was found somewhere, or it was not: give --where, or --none.")
    if not nothing and not where:
        where = _wanted(None, "where", "Where does the earliest upload stand (an address, a channel)? Where none was found: --none.")
    body = Seen(where, when, _wanted(means, "means", "How was it looked for, and on which day?"), by)
    _write(case, item, body, (why, instead_of, member), as_json=as_json)


@click.command(cls=Verb)
@case_argument
@item_argument
@click.option("--of", "source", metavar="WHOM", help="Of whom the original file was asked. Use a code for a person at risk.")
@click.option("--when", type=Day(), metavar="DATE", help="When it was asked.")
@click.option("--answer", metavar="TEXT", help="What came of it.")
@click.option("--answered", type=Day(), metavar="DATE", help="When the answer came.")
@instead_option
@why_option
@member_option
@json_option
def asked(
    case: Path,
    item: str,
    source: str | None,
    when: str | None,
    answer: str | None,
    answered: str | None,
    instead_of: str | None,
    why: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Record that the original of a picture was asked of its source, and what the answer was.

    \b
    Example: witnessmark watch asked harbour-road I7 --of "the channel's operator" --when 2031-03-09 --answer "the file as filmed, now I12" --answered 2031-03-11
    """
    from witnessmark.model.sheet import Asked

    body = Asked(_wanted(source, "of", "Of whom was the original asked?"), _wanted(when, "when", "On which day?"), answer, answered)
    _write(case, item, body, (why, instead_of, member), as_json=as_json)


@click.command(cls=Verb)
@case_argument
@item_argument
@click.option("--at", "position", metavar="LAT,LON", help="The position, in degrees (WGS 84); south and west with a minus.")
@click.option("--within", type=click.FloatRange(min=0, min_open=True), metavar="METRES", help="How near that is held to be known.")
@click.option("--camera", is_flag=True, help="It is where the camera stood, not what is shown.")
@click.option(
    "--point", "points", multiple=True, metavar="COL,ROW=LAT,LON WHAT", help="One thing in the frame and on the map; once for each."
)
@click.option(
    "--from-above", is_flag=True, help="The frame is seen from straight above: compute the error from four pairs of points or more."
)
@click.option("--map", "on", metavar="TEXT", help="The map or image the points were read from, with its date.")
@instead_option
@why_option
@member_option
@json_option
def place(
    case: Path,
    item: str,
    position: str | None,
    within: float | None,
    points: tuple[str, ...],
    on: str | None,
    instead_of: str | None,
    why: str,
    member: str | None,
    *,
    camera: bool,
    from_above: bool,
    as_json: bool,
) -> None:
    r"""Record where a picture is, by pairs of points in the frame and on the map, and how near that is known.

    Where the camera stood is never shown more exactly than to about ten kilometres in a dossier; `watch sheet` shows it as it was written.

    \b
    Example: witnessmark watch place harbour-road I7 --at 47.2861,-31.9418 --within 30 --point "412,280=47.2863,-31.9421 north corner of the boiler house"
    """
    from witnessmark.model.sheet import Placed, Shows
    from witnessmark.watch.placing import error_from_above, pair_of, position_of

    latitude, longitude = position_of(_wanted(position, "at", "At which latitude and longitude (47.2861,-31.9418)?"))
    stated = within or _metres(_wanted(None, "within", "Within how many metres is that known?"))
    pairs = tuple(pair_of(each) for each in points)
    computed = error_from_above(pairs) if from_above else None
    body = Placed(Shows.CAMERA if camera else Shows.SUBJECT, latitude, longitude, stated, pairs, computed, on)
    _write(case, item, body, (why, instead_of, member), as_json=as_json)


@click.command(cls=Verb)
@case_argument
@item_argument
@click.option(
    "--by",
    "basis",
    type=click.Choice(["caption", "metadata", "weather", "statement", "content"]),
    help="What it rests on; for a shadow see `watch shadows`.",
)
@click.option("--when", metavar="TIME[..TIME]", help="The interval: a day, a minute with its zone, or two with .. between.")
@click.option("--zone", metavar="+HH:MM", help="The zone of times that state none. Without it every zone is taken for possible.")
@click.option("--says", metavar="TEXT", help="What the caption, the field or the witness says, as written.")
@click.option("--source", metavar="TEXT", help="Where that stands. Weather needs it: nothing is looked up.")
@instead_option
@why_option
@member_option
@json_option
def time(
    case: Path,
    item: str,
    basis: str | None,
    when: str | None,
    zone: str | None,
    says: str | None,
    source: str | None,
    instead_of: str | None,
    why: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Record when a picture was taken, as far as one basis tells: an interval with what it rests on. Others stay beside it.

    \b
    Example: witnessmark watch time harbour-road I7 --by caption --when 2031-03-04 --zone +02:00 --says "Korrin, this morning" --source I3
    """
    from witnessmark.model.sheet import Basis, Timed
    from witnessmark.watch.claimed_times import interval_of, states_zone

    on = Basis(_wanted(basis, "by", "What does it rest on: caption, metadata, weather, statement or content?"))
    stated = _wanted(when, "when", "When, as an interval (2031-03-04, or 2031-03-04T10:15+02:00..2031-03-04T11:00+02:00)?")
    if on is Basis.WEATHER:
        source = _wanted(source, "source", "Where does what you say of the weather stand (station, archive, item)?")
    own = "stated with it" if states_zone(stated) else zone
    body = Timed(on, (interval_of(stated, zone),), _wanted(says, "says", "What does it say, as written?"), source, own)
    _write(case, item, body, (why, instead_of, member), as_json=as_json)


@click.command(cls=Verb)
@case_argument
@item_argument
@click.argument("entry", metavar="ENTRY")
@click.option("--verdict", type=click.Choice(["agrees", "differs", "cannot tell"]), help="What you came to, from the picture.")
@why_option
@member_option
@json_option
def checked(case: Path, item: str, entry: str, verdict: str | None, why: str, member: str | None, *, as_json: bool) -> None:
    r"""Record, as a second person, what you found of a line of a sheet. Who wrote it cannot check it.

    \b
    Example: witnessmark watch checked harbour-road I7 decision-12 --verdict agrees --why "placed it again from the picture alone" --as mara
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.sheets import check_line
    from witnessmark.model.sheet import CheckVerdict

    said = CheckVerdict(_wanted(verdict, "verdict", "Do you agree: agrees, differs or cannot tell?"))
    reason = _wanted(why, "why", "What did you do to check it?")
    with open_case(case, write="watch checked", member=member, tell=announce) as opened:
        line = check_line(opened, item, entry, said, why=reason)
    if as_json:
        print_json(line)
        return
    say(f"Recorded. {line.id} of {item.upper()} is checked by a second person, who says: {said}.")


def _write(path: Path, item: str, body: Seen | Asked | Placed | Timed, said: tuple[str, str | None, str | None], *, as_json: bool) -> None:
    """Record a line and say so; `said` is the reason, the line whose place it takes, and who works."""
    from witnessmark.case.case import open_case

    why, instead_of, member = said
    with open_case(path, write="watch", member=member, tell=announce) as opened:
        line = _written(opened, item, body, why, instead_of)
    if as_json:
        print_json(line)
        return
    say_written(path, item, line)


def _written(case: Case, item: str, body: Seen | Asked | Placed | Timed, why: str, instead_of: str | None) -> Line:
    from witnessmark.case.sheets import write_line
    from witnessmark.model.sheet import WHY

    return write_line(case, item, body, why=why or WHY, instead_of=instead_of)


def say_written(path: Path, item: str, line: Line) -> None:
    """That a line is on the sheet, and what a second person would run."""
    from witnessmark.model.sheet_words import line_words

    say(f"Recorded {line.id} on the sheet of {item.upper()}: {line_words(line.body)}.")
    say(f"A second person checks it with: witnessmark watch checked {typed(path)} {item.upper()} {line.id} --as NAME")


def _say_sheet(number: str, found: Sheet, *, everything: bool) -> None:
    from witnessmark.model.sheet import WHY
    from witnessmark.model.sheet_words import line_words, moments_words, summary

    say(f"{number}  {summary(found)}")
    for line in found.lines:
        if not line.stands and not everything:
            continue
        gone = f" [replaced by {line.replaced_by}]" if line.replaced_by else " [taken back]" if line.taken_back else ""
        say(f"  {line.id}{gone}  {line_words(line.body)}")
        for pair in getattr(line.body, "points", ()):
            say(f"      {pair.column:g},{pair.row:g} = {pair.latitude:.6f},{pair.longitude:.6f}  {pair.what}")
        why = "" if line.why == WHY else f": {line.why}"
        say(f"      by {line.by}, {line.at[:16].replace('T', ' ')} UTC{why}")
        for check in line.checks:
            say(f"      checked by {check.by}: {check.verdict} ({check.why})")
    for each in found.compared:
        agreement = {True: "agree", False: "do not agree", None: "cannot be compared: the shadow was not looked for on those days"}
        say(f"  {each.one} and {each.other} {agreement[each.agree]}.")
    if found.consistent:
        say(f"  All times but captions are consistent with: {moments_words(found.consistent)}. That is no time of its own.")


def _wanted(value: str | None, option: str, question: str) -> str:
    """What was given or, on a terminal, is answered. Raises UsageError where nothing was."""
    if value:
        return value
    answer = ""
    if sys.stdin.isatty() and sys.stdout.isatty():
        try:
            answer = TerminalKeys().ask(question)
        except Abandoned as error:
            raise click.Abort from error
    if not answer:
        raise UsageError(f"{question} Add --{option}.")
    return answer


def _metres(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        raise UsageError(f"{text!r} is no distance in metres. Write a number above 0, such as 30.")
    return found
