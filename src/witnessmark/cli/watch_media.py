"""The parts check, media and frames of the verb watch: photographs, film and recordings, held against what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, styled, typed
from witnessmark.cli.printing import show as show_styled
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.media_report import MediaReport
    from witnessmark.model.media import CheckedMedia, SeenWord, TrackPoint, TrustList

items_argument = click.argument("items", metavar="[ITEM]...", nargs=-1)
WORDS_SHOWN = 40
TRACES_SHOWN = 8
DOUBTFUL_WORD = 85.0
"""Confidence under which a word by OCR is marked: clean print stays ten points above."""


@click.command(cls=Verb)
@case_argument
@items_argument
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    metavar="NAME=FILE",
    help="Certificates (PEM) of signers you trust, and what to call that list; may be given again.",
)
@click.option("--again", is_flag=True, help="Check anew what was checked already.")
@click.option("--no-signs", is_flag=True, help="Do not look for words in pictures, which takes longest.")
@member_option
@json_option
def check(
    case: Path, items: tuple[str, ...], trusted: tuple[str, ...], member: str | None, *, again: bool, no_signs: bool, as_json: bool
) -> None:
    r"""Check photographs, films and recordings: metadata, content credentials, thumbnails, words on signs; all of them, or those named.

    What the files say of themselves is kept whole and held against all that anyone in the case says of them: when, where, with what device. Every difference is shown with both values. No
    verdict is given, and no face is looked at. Content credentials are "none", "altered", "intact, signer unknown" or, where the signer stands on a list of yours, "intact, signer trusted by" that
    list. Nothing is fetched over a network.

    \b
    Example: witnessmark watch check harbour-road
    Example: witnessmark watch check harbour-road I4 I7 --trust "Press cameras=press.pem"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.checking_media import check_media
    from witnessmark.case.media_report import report_media

    lists = _lists(trusted)
    with open_case(case, write="watch check", member=member, tell=announce) as opened, progress() as tell:
        made = check_media(opened, items, lists, signs=not no_signs, again=again, tell=tell)
        reports = report_media(opened, items)
    if as_json:
        print_json(reports)
        return
    say(f"Checked: {len(made.done)}. Left as they were: {len(made.unchanged)}. Not checked: {len(made.failed)}.")
    _say_all(reports, case)


@click.command(cls=Verb)
@case_argument
@items_argument
@click.option("--all", "show_all", is_flag=True, help="Every tag as it is written in the file, and every word that OCR proposes.")
@json_option
def media(case: Path, items: tuple[str, ...], *, show_all: bool, as_json: bool) -> None:
    r"""What the checks of photographs, films and recordings show, against what is said of them now. Changes nothing.

    \b
    Example: witnessmark watch media harbour-road I4
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.media_report import report_media

    with open_case(case) as opened:
        reports = report_media(opened, items)
    if as_json:
        print_json(reports)
        return
    _say_all(reports, case, everything=show_all)


@click.command(cls=Verb)
@case_argument
@click.argument("item")
@click.argument("out", metavar="OUT.png", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--every", type=click.FloatRange(min=0.5), default=10.0, show_default=True, help="Seconds between two frames, where no scene changes."
)
@click.option(
    "--most", type=click.IntRange(min=1, max=200), default=48, show_default=True, help="Frames at most; a long film has them further apart."
)
@member_option
@json_option
def frames(case: Path, item: str, out: Path, every: float, most: int, member: str | None, *, as_json: bool) -> None:
    r"""Draw the key frames of a film on one sheet, each with its time: where a scene changes, and at a fixed interval.

    The sheet is written where you say, outside the case; its sha256 and the times go on record. It shows what the film shows: keep it as you keep the film.

    \b
    Example: witnessmark watch frames harbour-road I5 sheet.png
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.key_frames import draw_frames

    with open_case(case, write="watch frames", member=member, tell=announce) as opened:
        sheet = draw_frames(opened, item, out, every=every, most=most)
    if as_json:
        print_json(sheet)
        return
    say(f"Wrote {out}: {count(len(sheet.seconds), 'frame')} of {item}, at {', '.join(f'{at:.1f}' for at in sheet.seconds)} s.")
    say(f"On record with its sha256: {sheet.sha256}")
    for problem in sheet.problems:
        say(f"  {problem}")


def _lists(trusted: Sequence[str]) -> list[TrustList]:
    from witnessmark.case.checking_media import LARGEST_LIST
    from witnessmark.model.media import TrustList

    found: list[TrustList] = []
    for given in trusted:
        name, equals, file = given.partition("=")
        if not equals or not name.strip() or not file:
            raise UsageError(f"{given!r} is no list. Write NAME=FILE, such as press=press.pem.")
        path = Path(file)
        try:
            if path.stat().st_size > LARGEST_LIST:
                raise UsageError(f"{path} is larger than {LARGEST_LIST // 2**20} MiB. Give a file of certificates in PEM form.")
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror or error}). Nothing was checked.") from error
        if any(one.name == name.strip() for one in found):
            raise UsageError(f"Two lists are called {name.strip()}. Give each a name of its own.")
        found.append(TrustList(name.strip(), content))
    return found


def _say_all(reports: Sequence[MediaReport], case: Path, *, everything: bool = False) -> None:
    if not reports:
        say("There is no photograph, film or recording in this case.")
    for one in reports:
        show_styled(styled(f"{one.number} {one.name}", "title"))
        if one.checked is None:
            say(f"    not checked{f': {one.failure}' if one.failure else ''}. Next: witnessmark watch check {typed(case)} {one.number}")
        else:
            for line in _lines(one.checked, everything=everything):
                say(f"    {line}")


def _lines(checked: CheckedMedia, *, everything: bool) -> Iterator[str]:
    facts, found = checked.facts, checked.check
    yield f"content credentials: {found.credentials.words}"
    yield from _signed(checked)
    for time in facts.times:
        yield f"states a time:     {time.written} ({time.tag}, {time.clock.value}): from {time.earliest} to {time.latest}"
    for position in facts.positions:
        yield f"states a position: {position.latitude:.5f}, {position.longitude:.5f} ({position.tag})"
    if facts.track:
        yield f"holds {facts.track_in_words}"
        yield from (f"  at {_of_point(point)}" for point in (facts.track if everything else ()))
    if facts.device:
        yield f"names a device:    {facts.device}"
    yield from (f"names its number:  {each}" for each in facts.device_ids)
    yield from (f"holds a caption:   {text} ({tag})" for tag, text in facts.captions)
    yield from _traces(checked, everything=everything)
    yield from (f"DIFFERS ({each.topic.value}): {each.sentence}" for each in checked.differences)
    yield from (f"fits: {sentence}" for sentence in checked.agreements)
    if not checked.differences:
        yield "nothing was found that differs; that does not show that what is said of it is true"
    yield from _words(checked, everything=everything)
    yield from (f"note: {problem}" for problem in found.problems)
    if everything:
        yield from (f"{name} = {value}" for name, value in (*found.tags.items(), *found.probe.items()))


def _signed(checked: CheckedMedia) -> Iterator[str]:
    credentials = checked.check.credentials
    if credentials.signer or credentials.issuer:
        signer = " of ".join(part for part in (credentials.signer, credentials.issuer) if part)
        yield f"  signed by the certificate of {signer}{f', at {credentials.signed_at}' if credentials.signed_at else ''}"
    yield from (f"  the signer says: {action}" for action in credentials.actions)
    if credentials.codes:
        yield f"  what does not hold: {', '.join(credentials.codes)}"
    if credentials.made_from:
        yield f"  what does not hold in the files it was made from: {', '.join(credentials.made_from)}"


def _traces(checked: CheckedMedia, *, everything: bool) -> Iterator[str]:
    traces = checked.facts.traces
    shown = traces if everything else traces[:TRACES_SHOWN]
    yield from (f"trace of handling: {trace.written} ({trace.tag}): {trace.meaning}" for trace in shown)
    if len(shown) < len(traces):
        yield f"trace of handling: {len(traces) - len(shown)} more, with --all"
    yield from (f"date left empty:   {each}" for each in checked.facts.unset)


def _of_point(point: TrackPoint) -> str:
    when = " ".join(part for part in ("" if point.seconds is None else f"{point.seconds:g} s", point.at or "") if part)
    return f"{when}: {point.latitude:.6f}, {point.longitude:.6f}"


def _at(word: SeenWord) -> str:
    return "" if word.seconds is None else f" at {word.seconds:g} s"


def _words(checked: CheckedMedia, *, everything: bool) -> Iterator[str]:
    words = checked.check.words
    shown = words if everything else words[:WORDS_SHOWN]
    if shown:
        listed = " ".join(
            f"{word.text} [{word.confidence:.0f}{'?' if word.confidence < DOUBTFUL_WORD else ''}{_at(word)}]" for word in shown
        )
        more = f" and {len(words) - len(shown)} more" if len(shown) < len(words) else ""
        yield f"OCR proposes the words (confidence of 100): {listed}{more}"
        yield "  a name among them is nobody's until a person has read it in the picture"
