"""The verb source: bodies and persons that speak or act in claims, and the names that are one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import count, say, typed
from witnessmark.errors import UsageError
from witnessmark.model.item import Protection

if TYPE_CHECKING:
    from witnessmark.corroborate.aliases import AliasProposal
    from witnessmark.model.source import Source


@click.command(cls=Verb)
@case_argument
@click.argument("action", type=click.Choice(["add", "list", "names", "propose"]))
@click.argument("name", required=False)
@member_option
@json_option
def source(case: Path, action: str, name: str | None, member: str | None, *, as_json: bool) -> None:
    r"""Enter a source (add NAME), list sources (list), every name in use (names), or names that may be one (propose).

    A source speaks, publishes or acts in claims. That two names are one is decided, and undone, by people: `decide S1 alias=NAME`. From then on, weighing knows it under one name; what was
    read stays as it stands.

    \b
    Example: witnessmark source harbour-road propose
    Example: witnessmark source harbour-road add "Orlan News Agency"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.sources import add_source, names_of, proposed_aliases, sources_of

    if action == "add":
        if not name:
            raise UsageError(f"Which? Write: witnessmark source {typed(case)} add NAME")
        with open_case(case, write="source", member=member, tell=announce) as opened:
            listed = [add_source(opened, name)]
    else:
        with open_case(case) as opened:
            if action == "propose":
                _say_proposed(proposed_aliases(opened), sources_of(opened), case, as_json=as_json)
                return
            if action == "names":
                _say_names(names_of(opened), as_json=as_json)
                return
            listed = sources_of(opened)
    if as_json:
        print_json(listed)
        return
    for one in listed:
        _say_source(one)
    if not listed:
        say(f"No source is entered. Names that may be one: witnessmark source {typed(case)} propose")


def _say_source(one: Source) -> None:
    also = f", also: {'; '.join(one.aliases)}" if one.aliases else ""
    say(f"{one.number}  {one.name}{also}")
    said = [str(one.kind)] if one.kind else []
    said += [one.position.replace("_", " ")] if one.position else []
    said += [f"reliability {grade.reliability}" + (f" on {grade.topic}" if grade.topic else "") for grade in one.grades]
    said += [f"has its matter from {one.derives_from}"] if one.derives_from else []
    said += [f"protection {one.protection}"] if one.protection is not Protection.UNSET else []
    if said:
        say(f"    {'; '.join(said)}")


def _say_names(used: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json(used)
        return
    for name, times in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"{times:6,}  {name}")


def _say_proposed(found: list[AliasProposal], entered: list[Source], case: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    numbers = {name: one.number for one in entered for name in (one.name, *one.aliases)}
    for one in found:
        where = f" ({one.item}, characters {one.start:,} to {one.end:,})" if one.item else ""
        say(f"{one.name} = {one.alias}?  {one.why}{where}")
        number = numbers.get(one.name)
        entering = "" if number else f'witnessmark source {typed(case)} add "{one.name}"; then '
        say(f'    {entering}witnessmark decide {typed(case)} {number or "S1"} "alias={one.alias}" --why TEXT')
    say(f"{count(len(found), 'pair')} of names may be one. Sharing a word proves nothing: decide, or leave them apart.")
