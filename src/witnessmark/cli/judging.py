"""Verbs by which people decide: decide, undo."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import say, typed
from witnessmark.errors import UsageError


@click.command(cls=Verb)
@case_argument
@click.argument("subject")
@click.argument("decision", metavar="FIELD=VALUE")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is recorded with the decision.")
@member_option
@json_option
def decide(case: Path, subject: str, decision: str, why: str, member: str | None, *, as_json: bool) -> None:
    r"""Record a decision about a claim (C12), an item (I3), a person (P1) or a question (Q1).

    A claim's status judges the reading, never the truth: accepted (read correctly), rejected (misread), unsure. Any
    field of a claim can be corrected with words that stand in its document; what they mean, where the program could
    not know, follows after a further equals sign, and "none" empties the field. claim=WORDS of an item adds a claim by
    hand. What can be decided of what: docs/reference/decisions.md.

    \b
    Example: witnessmark decide harbour-road C12 status=accepted --why "compared with the original"
    Example: witnessmark decide harbour-road C12 "speaker=He = Stuart Jones" --why "the last man named"
    Example: witnessmark decide harbour-road I3 "claim=no bodies were ever found" --why "missed by the program"
    """
    import msgspec

    from witnessmark.case.case import open_case
    from witnessmark.case.deciding import decide as record
    from witnessmark.case.deciding import number_of
    from witnessmark.model.correction import ADDED

    field, equals, value = decision.partition("=")
    if not equals:
        raise UsageError(f"{decision!r} is no decision. Write field=value, such as status=accepted.")
    with open_case(case, write="decide", member=member, tell=announce) as opened:
        made = record(opened, subject, field.strip(), value.strip(), why=why)
        number = number_of(opened, made.subject)
    if as_json:
        print_json({**msgspec.to_builtins(made), "number": number})
    elif made.field == ADDED:
        say(
            f"Recorded {made.id}: {number} is a claim read by hand in {subject.upper()}. Say who speaks, and what else it says, with: witnessmark decide {typed(case)} {number} FIELD=VALUE --why TEXT"
        )
    else:
        say(
            f"Recorded {made.id}: {number} {made.field} = {value.strip()}. The dossier shows it after: {'witnessmark weigh ' + typed(case) + ', then ' if number.startswith('C') else ''}witnessmark publish {typed(case)}. Take it back with: witnessmark undo {typed(case)}"
        )


@click.command(cls=Verb)
@case_argument
@click.argument("decision", required=False)
@member_option
@json_option
def undo(case: Path, decision: str | None, member: str | None, *, as_json: bool) -> None:
    r"""Take back the latest decision, or the one named.

    \b
    Example: witnessmark undo harbour-road decision-4
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.deciding import number_of, value_words
    from witnessmark.case.deciding import undo_all as take_back

    with open_case(case, write="undo", member=member, tell=announce) as opened:
        undone = take_back(opened, decision)
        said = [(one, number_of(opened, one.subject), value_words(opened, one)) for one in undone]
    if as_json:
        print_json(undone[0])
    else:
        for one, number, value in said:
            say(f"Took back {one.id} ({number} {one.field} = {value}; it was made because: {one.why}).")
