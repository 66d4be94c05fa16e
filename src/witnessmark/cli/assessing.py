"""The verb that asks a case how well it preserves: assess."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, case_argument, json_option, print_json, progress
from witnessmark.cli.printing import count, plain, say, show, styled

if TYPE_CHECKING:
    from witnessmark.case.assessed import Gap


@click.command(cls=Verb)
@case_argument
@json_option
def assess(case: Path, *, as_json: bool) -> None:
    r"""How far the case has the six properties that the Berkeley Protocol asks of preserved digital items.

    Authenticity, availability, identity, persistence, renderability, understandability: what in the case supports each, counted now (every original is hashed
    again), what is missing, and the command that would mend it. What a case cannot know of itself is said to be not known. It gives no score and is no certificate.

    \b
    Example: witnessmark assess harbour-road
    """
    from witnessmark.case.assessing import assess as judge

    with progress() as tell:
        assessment = judge(case, tell=tell)
    if as_json:
        print_json(assessment)
        return
    say(f"{assessment.title}: {count(assessment.items, 'item')}, as of {assessment.as_of}")
    for judged in assessment.properties:
        say()
        show(styled(judged.name.capitalize(), "title"), plain(f"  {judged.asks}"))
        for sentence in judged.supports:
            say(f"  supports   {sentence}")
        for gap in judged.missing:
            _show("missing", "warning", gap)
        for gap in judged.not_known:
            _show("not known", "soft", gap)
    say()
    say("Counted from the record. It is a self-assessment, not a certificate: the Protocol gives none.")


def _show(word: str, role: str, gap: Gap) -> None:
    show("  ", styled(f"{word:11}", role), plain(gap.what))
    if gap.next:
        show(" " * 13, styled(gap.next, "key"))
