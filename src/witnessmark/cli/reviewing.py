"""The verb `review`: one claim at a time in the text it was read from, judged with single keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import say
from witnessmark.cli.sitting import Sitting
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.reviewing import Asked, Shown


@click.command(cls=Verb)
@case_argument
@click.option("--item", metavar="I3", help="Only claims read in this item.")
@click.option("--source", metavar="NAME", help="Only claims by speakers, or in documents of publishers, with NAME in their name.")
@click.option("--stance", metavar="STANCE", help="Only claims of this stance, such as denies.")
@click.option("--act", metavar="ACT", help="Only claims about this act, such as killing.")
@click.option(
    "--doubt",
    metavar="KIND",
    help="Only readings in doubt: any, unsure, or one of tie, speaker, answers, act, victims, date, place, words, scan.",
)
@click.option(
    "--status",
    metavar="STATUS",
    default="proposed",
    show_default=True,
    help="proposed (not looked at), unsure, accepted, rejected, or any.",
)
@member_option
@json_option
def review(
    case: Path,
    item: str | None,
    source: str | None,
    stance: str | None,
    act: str | None,
    doubt: str | None,
    status: str,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Judge readings, one claim at a time: y read correctly, n misread, h unsure, e edit, a add by hand.

    This judges the reading, never the truth. Keys can be piped in; --json prints the claims that wait instead.

    \b
    Example: witnessmark review harbour-road --doubt any
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.reviewing import claims_to_review, show_claim

    asked = _asked(item, source, stance, act, doubt, status)
    with open_case(case) as opened:
        waiting = claims_to_review(opened, asked)
        if as_json:
            print_json({"waiting": len(waiting), "claims": [_as_json(show_claim(opened, each)) for each in waiting]})
            return
        if not waiting and not asked.item:
            say("No claim fits: all that was asked for has been looked at, or nothing was read. `--status any` shows every claim.")
            return
        Sitting(case, opened, waiting, asked.item, member).go_through()


def _asked(item: str | None, source: str | None, stance: str | None, act: str | None, doubt: str | None, status: str) -> Asked:
    from witnessmark.case.reviewing import ANY, UNSURE, Asked
    from witnessmark.claims.doubts import Doubt
    from witnessmark.model.claim import Act, Stance
    from witnessmark.model.decision import Status

    for name, value, known in (
        ("stance", stance, Stance),
        ("act", act, Act),
        ("doubt", doubt, [ANY, UNSURE, *Doubt]),
        ("status", status, [*Status, ANY]),
    ):
        if value is not None and value not in list(known):
            raise UsageError(f"--{name} cannot be {value!r}. Choose one of: {', '.join(known)}.")
    return Asked(item, source, stance, act, doubt, () if status == ANY else (Status(status),))


def _as_json(shown: Shown) -> dict[str, object]:
    import msgspec

    fields: dict[str, object] = msgspec.to_builtins(shown)
    start, end = shown.context
    return {**{name: value for name, value in fields.items() if name != "text"}, "context_text": shown.text[start:end]}
