"""Verbs about what a case does not keep: triage, dispose."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, plain, say, typed
from witnessmark.errors import UsageError


@click.command(cls=Verb)
@case_argument
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--not-kept", is_flag=True, help="Say that they are not kept; without it nothing is recorded.")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is recorded, and shown by status and the dossier.")
@click.option("--received-from", metavar="WHO", help="Who handed them over.")
@member_option
@json_option
def triage(
    case: Path, paths: tuple[Path, ...], *, not_kept: bool, why: str, received_from: str | None, member: str | None, as_json: bool
) -> None:
    r"""Put on record what was received and looked at and is not kept, and why.

    The files do not enter the case, and stay where they are. Their names, sizes and hashes are recorded, so that nobody can say later that something was left out in
    silence: status and the dossier count them with the reason. What is to be kept, `add` instead.

    \b
    Example: witnessmark triage harbour-road phone/stickers --not-kept --why "stickers, no evidence"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.telling import BYTES, amount
    from witnessmark.case.triaging import record_not_kept

    if not not_kept:
        raise UsageError(
            "Nothing was recorded. Add --not-kept to put on record that these files are not kept, or keep them with `witnessmark add`."
        )
    with open_case(case, write="triage", member=member, tell=announce) as opened, progress() as tell:
        done = record_not_kept(opened, paths, why=why, received_from=received_from, tell=tell)
    if as_json:
        print_json(done)
        return
    again = f" {done.unchanged} were on record already." if done.unchanged else ""
    say(f"Received, not kept: {count(done.files, 'file')}, {amount(done.bytes, BYTES)}. {plain(why)}{again}")
    for name in done.passed_over:
        say(f"Passed over, being no file: {plain(name)}")


@click.command(cls=Verb)
@case_argument
@click.argument("items", metavar="ITEM...", nargs=-1, required=True)
@click.option("--why", required=True, metavar="TEXT", help="The reason; it stays on record.")
@click.option("--authority", required=True, metavar="TEXT", help="Who decided it, or the rule that demands it; it stays on record.")
@click.option("--with-members", is_flag=True, help="Dispose of all that came out of it, too.")
@member_option
@json_option
def dispose(case: Path, items: tuple[str, ...], *, why: str, authority: str, with_members: bool, member: str | None, as_json: bool) -> None:
    r"""Destroy the content of items for good, and keep on record that it was done.

    The original, its receipts, what was read in it, its claims and the decisions about them are destroyed; the log entries, the number and the date,
    reason and authority stay. There is no way back. Copies elsewhere (backups, exports, other disks) are not reached, and what a disk keeps of overwritten
    files is not in this program's hands.

    \b
    Example: witnessmark dispose harbour-road I12 --why "kept for five years" --authority "retention rule 4"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.disposing import dispose as destroy

    with open_case(case, write="dispose", member=member, tell=announce) as opened:
        done = destroy(opened, items, why=why, authority=authority, with_members=with_members)
    if as_json:
        print_json(done)
        return
    named = ", ".join(one.number for one in done.items)
    say(
        f"Disposed of {named}: the bytes and {count(done.bodies, 'record')} of what was known of them are destroyed. The log shows that it was done."
    )
    if done.members_left:
        say(f"What came out of it stays: {', '.join(done.members_left)}.")
    say(
        "Backups, exports and copies made before still hold it: destroy those too. Overwriting is done as well as the disk allows; it is no proof against a laboratory."
    )
    say(f"Check: witnessmark verify {typed(case)}")
