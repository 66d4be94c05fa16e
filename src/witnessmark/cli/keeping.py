"""Verbs that keep a case: backup, restore, upgrade."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed


@click.command(cls=Verb)
@case_argument
@click.argument("out", type=click.Path(path_type=Path))
@json_option
def backup(case: Path, out: Path, *, as_json: bool) -> None:
    r"""Write the whole case into one file from which it comes back byte for byte.

    OUT is a ZIP that ordinary tools open. It holds originals, logs, records, the roster and the dossier, with the sha256 of each, and is read back before it
    gets its name. Of an encrypted case it holds the files as they are, encrypted, and needs no key; of any other it is NOT encrypted: whoever has it has the
    case and the names of those who work on it. Nothing is overwritten, and the case is not changed.

    \b
    Example: witnessmark backup harbour-road /media/safe/harbour-road-2026-11-22.zip
    """
    from witnessmark.case.backing_up import back_up
    from witnessmark.case.telling import BYTES, amount

    with progress() as tell:
        made = back_up(case, out, tell=tell, announce=announce)
    if as_json:
        print_json(made)
    else:
        say(f"Backed up {count(made.files, 'file')}, {amount(made.bytes, BYTES)}, to {made.out}, and read them back.")
        secret = (
            "It is encrypted as the case is, and opened by the same passphrase or key file."
            if made.encrypted
            else "It is not encrypted: keep it where only those who may see the case can."
        )
        say(f"{secret} Back: witnessmark restore {typed(out)} CASE")


@click.command(cls=Verb)
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@case_argument
@json_option
def restore(backup: Path, case: Path, *, as_json: bool) -> None:
    r"""Make a case of a backup, or of the bag of a whole case: the same case, whole or not at all.

    Every file is held against its sha256, and the case is verified before it gets its place. CASE must not exist yet.

    \b
    Example: witnessmark restore harbour-road-2026-11-22.zip harbour-road
    """
    from witnessmark.case.folder import FORMAT_VERSION
    from witnessmark.case.restoring import restore as bring_back
    from witnessmark.case.telling import BYTES, amount
    from witnessmark.model.verdict import Verdict

    with progress() as tell:
        done = bring_back(backup, case, tell=tell)
    if as_json:
        print_json(done)
        return
    say(f"Restored {count(done.files, 'file')}, {amount(done.bytes, BYTES)}, as of {done.made_at}, to {done.case}.")
    say(f"Verified: {done.checks[Verdict.PASS]} pass, 0 fail, {done.checks[Verdict.NOT_CHECKED]} not-checked.")
    older = done.case_format < FORMAT_VERSION
    say(
        f"It is a case of format {done.case_format}. Next: witnessmark upgrade {typed(case)}"
        if older
        else f"Next: witnessmark status {typed(case)}"
    )


@click.command(cls=Verb)
@case_argument
@member_option
@json_option
def upgrade(case: Path, member: str | None, *, as_json: bool) -> None:
    r"""Bring a case of an older format to the one this program writes.

    Every original, entry, decision and number stays as it is. There is no way back but a backup: make one first.

    \b
    Example: witnessmark upgrade harbour-road
    """
    from witnessmark.case.upgrading import upgrade_case

    with progress() as tell:
        done = upgrade_case(case, member=member, tell=tell, announce=announce)
    if as_json:
        print_json(done)
    elif done.changed:
        say(f"Upgraded {case} from format {done.before} to {done.after}. Next: witnessmark weigh {typed(case)}")
    else:
        say(f"Nothing to do: {case} is in format {done.after}, the one this program writes.")
