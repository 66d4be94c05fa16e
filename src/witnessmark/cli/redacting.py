"""The verb that makes a copy fit for publishing: redact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import count, say
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.protect.redaction import Box, Target

_SPAN = re.compile(r"(\d+)-(\d+)")
_BOX = re.compile(r"(\d+):" + ",".join([r"(\d+(?:\.\d+)?)"] * 4))


@click.command(cls=Verb)
@case_argument
@click.argument("item")
@click.option(
    "--term",
    "terms",
    multiple=True,
    metavar="TEXT",
    help="Hide these words wherever they stand, in any spelling. Can be given several times.",
)
@click.option(
    "--pseudonym",
    "pseudonyms",
    multiple=True,
    metavar="TEXT[=NAME]",
    help="Hide TEXT and show NAME in its place, which must not derive from it; without NAME one is drawn at random, the same for the same person each time.",
)
@click.option("--span", "spans", multiple=True, metavar="START-END", help="Hide these characters of the item's text.")
@click.option(
    "--box",
    "boxes",
    multiple=True,
    metavar="PAGE:x,y,w,h",
    help="Hide a rectangle: left, top, width, height from the upper left corner, in points (PDF) or pixels (image).",
)
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is recorded, and must not hold what is hidden.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The copy to write; .txt, .html, .pdf, .png or .jpg says as what.",
)
@member_option
@json_option
def redact(
    case: Path,
    item: str,
    terms: tuple[str, ...],
    pseudonyms: tuple[str, ...],
    spans: tuple[str, ...],
    boxes: tuple[str, ...],
    why: str,
    out: Path,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Make a copy of an item for publishing, without what must not be shown.

    The copy is built anew, never covered: text with marks of one width, pages and images as fresh pictures without text layer, metadata or thumbnail.
    It is searched for what was hidden, by OCR too where that is installed, and refused if any of it is left. On record: the sha256 of the copy, how it was made and why, never what was
    hidden. The original stays as it is. What you type here stays in your shell's history: begin the line with a space where your shell heeds that.

    \b
    Example: witnessmark redact harbour-road I3 --pseudonym "Dara Ilin" --why "witness at risk" --out statement.txt
    Example: witnessmark redact harbour-road I3 --term "Dara Ilin" --why "witness at risk" --out statement.pdf
    Example: witnessmark redact harbour-road I7 --box 1:40,60,120,80 --why "a face" --out street.png
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.pseudonyms import named
    from witnessmark.case.redacting import redact as make
    from witnessmark.case.redaction_order import Order

    given, places, rectangles = _terms(terms, pseudonyms), tuple(_span(text) for text in spans), tuple(_box(text) for text in boxes)
    with open_case(case, write="redact", member=member, tell=announce) as opened:
        made = make(opened, item, Order(named(opened, given), places, rectangles), out, why=why)
    if as_json:
        print_json(made)
        return
    say(
        f"Wrote {made.out}, a redacted copy of {made.item}: {count(made.record.boxes, 'place')} hidden, and nothing of what was to be hidden found in it."
    )
    say(f"On record with its sha256: {made.record.sha256}")
    for warning in made.warnings:
        say(f"  {warning}")
    say("Look at it before it leaves your hands.")


def _terms(terms: tuple[str, ...], pseudonyms: tuple[str, ...]) -> tuple[Target, ...]:
    from witnessmark.case.pseudonyms import DRAWN
    from witnessmark.protect.redaction import Target

    named = []
    for place, text in enumerate(pseudonyms, 1):
        words, equals, shown = text.partition("=")
        if not words.strip() or (equals and not shown.strip()):
            raise UsageError(f"Pseudonym {place} is not of the form TEXT or TEXT=NAME.")
        named.append(Target(words.strip(), shown=shown.strip() or DRAWN))
    return (*(Target(term) for term in terms), *named)


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is no span. Write START-END, two numbers of characters such as 120-134.")
    return int(found.group(1)), int(found.group(2))


def _box(text: str) -> Box:
    from witnessmark.protect.redaction import Box

    found = _BOX.fullmatch(text.replace(" ", ""))
    if found is None:
        raise UsageError(f"{text!r} is no box. Write PAGE:x,y,w,h, such as 1:40,60,120,80.")
    page, left, top, width, height = found.groups()
    return Box(int(page), float(left), float(top), float(width), float(height))
