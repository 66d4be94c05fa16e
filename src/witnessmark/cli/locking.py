"""Verbs of an encrypted case: unlock, lock, keys, recovery, collect."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.opening import ask_new_passphrase, ask_opener, is_terminal, key_file_option, on_disk_option
from witnessmark.cli.options import Verb, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed


@click.command(cls=Verb)
@case_argument
@key_file_option
@on_disk_option
@json_option
def unlock(case: Path, key_file: Path | None, *, on_disk: bool, as_json: bool) -> None:
    r"""Open an encrypted case until it is locked or the computer is switched off.

    Its keys and whatever has to lie in the clear then lie in a private folder in memory. Without a key file the passphrase is asked for.

    \b
    Example: witnessmark unlock harbour-road
    Example: witnessmark unlock harbour-road --key-file /media/stick/harbour-road.key
    """
    from witnessmark.case.locking import encrypted_case, unlock_case

    encrypted_case(case)
    done = unlock_case(case, *ask_opener(case, key_file), on_disk=on_disk)
    if as_json:
        print_json(done)
        return
    say(f"Unlocked {case} with {done.opener}. Working copies lie in {done.place}{'' if done.in_memory else ', WHICH IS ON THE DISK'}.")
    if done.dossier:
        say(f"The working draft is {done.dossier}")
    say(f"When you are done: witnessmark lock {typed(case)}")


@click.command(cls=Verb)
@case_argument
@json_option
def lock(case: Path, *, as_json: bool) -> None:
    r"""Wipe the keys and all working copies of an encrypted case from memory.

    \b
    Example: witnessmark lock harbour-road
    """
    from witnessmark.case.locking import lock_case

    done = lock_case(case)
    if as_json:
        print_json(done)
        return
    say(f"Locked {case}." if done.was_unlocked else f"{case} was locked already.")
    if done.at_work:
        say(f"{done.at_work} is still at work on it and holds the keys until it ends: stop it, then lock again.")


@click.command(cls=Verb)
@case_argument
@click.option("--add-passphrase", is_flag=True, help="Ask for a further passphrase.")
@click.option(
    "--add-key-file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Add a key file; made if it is not there."
)
@click.option("--remove", metavar="NAME", help="Take an opener away, after any that is added: passphrase-1.")
@member_option
@json_option
def keys(case: Path, add_key_file: Path | None, remove: str | None, member: str | None, *, add_passphrase: bool, as_json: bool) -> None:
    r"""What opens an unlocked case, and its public key, to which others may collect; add and remove openers.

    To change a passphrase, add the new one and remove the old. Whoever copied the case and its keys before can still open that copy with the old one.

    \b
    Example: witnessmark keys harbour-road
    Example: witnessmark keys harbour-road --add-passphrase --remove passphrase-1
    """
    from witnessmark.case.locking import change_openers, keys_of
    from witnessmark.case.sealed_keys import KEY_FILE, PASSPHRASE, make_key_file, read_key_file
    from witnessmark.errors import UsageError

    known, add = keys_of(case), []
    if add_passphrase:
        passphrase = ask_new_passphrase() if is_terminal() else ""
        if not passphrase:
            raise UsageError("No passphrase was given, at a terminal. Nothing was changed.")
        add.append((PASSPHRASE, passphrase))
    if add_key_file is not None:
        add.append((KEY_FILE, read_key_file(add_key_file) if add_key_file.exists() else make_key_file(add_key_file, case)))
    if remove is not None and remove not in known.openers:
        raise UsageError(f"There is no opener {remove!r}. Nothing was changed. There are: {', '.join(known.openers)}.")
    added = change_openers(case, add=add, remove=remove, member=member) if add or remove else []
    known = keys_of(case)
    if as_json:
        print_json(known)
        return
    for name in added:
        say(f"Added {name}.")
    if remove:
        say(f"Removed {remove}.")
    say(f"What opens {case}: {', '.join(known.openers)}")
    say(f"Its public key, for witnessmark collect --to: {known.recipient}")


@click.group()
def recovery() -> None:
    r"""Let several people together open a case whose passphrase or key file is lost.

    \b
    Example: witnessmark recovery split harbour-road --shares 5 --threshold 3 --out shares
    """


@recovery.command(cls=Verb)
@case_argument
@click.option("--shares", type=int, required=True, help="How many shares to make.")
@click.option("--threshold", type=int, required=True, help="How many of them open the case together.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="A new folder for the shares.")
@member_option
@json_option
def split(case: Path, shares: int, threshold: int, out: Path, member: str | None, *, as_json: bool) -> None:
    r"""Make recovery shares of an unlocked case: pages of text, one for each person.

    \b
    Example: witnessmark recovery split harbour-road --shares 5 --threshold 3 --out shares
    """
    from witnessmark.case.recovery import split as make

    written = make(case, out, shares=shares, threshold=threshold, member=member)
    if as_json:
        print_json([str(path) for path in written])
        return
    say(f"Wrote {count(len(written), 'share')} to {out}; any {threshold} of them open {case}.")
    say(f"Try them: witnessmark recovery drill {typed(case)} {typed(out)}/share-*.txt")
    say(f"Then print them, give each to another person, delete {out}, and try again now and then with what is on paper.")


@recovery.command(cls=Verb)
@case_argument
@click.argument("shares", nargs=-1, required=True, type=click.Path(path_type=Path))
@member_option
@json_option
def drill(case: Path, shares: tuple[Path, ...], member: str | None, *, as_json: bool) -> None:
    r"""Check that shares open a case, without unlocking it, and put that on record.

    \b
    Example: witnessmark recovery drill harbour-road share-1-of-5.txt share-3-of-5.txt share-4-of-5.txt
    """
    from witnessmark.case.recovery import drill as try_them

    done = try_them(case, shares, member=member)
    if as_json:
        print_json(done)
    else:
        say(f"These {done.given} shares open {case} ({done.opener} needs {done.threshold}). It was not unlocked; the drill is on record.")


@recovery.command("open", cls=Verb)
@case_argument
@click.argument("shares", nargs=-1, required=True, type=click.Path(path_type=Path))
@on_disk_option
@json_option
def open_(case: Path, shares: tuple[Path, ...], *, on_disk: bool, as_json: bool) -> None:
    r"""Unlock a case with shares.

    \b
    Example: witnessmark recovery open harbour-road share-1-of-5.txt share-3-of-5.txt share-4-of-5.txt
    """
    from witnessmark.case.locking import unlock_case
    from witnessmark.case.recovery import recovered_secret
    from witnessmark.case.sealed_keys import RECOVERY

    done = unlock_case(case, RECOVERY, recovered_secret(case, shares), on_disk=on_disk)
    if as_json:
        print_json(done)
        return
    say(f"Unlocked {case} with {done.opener}. Working copies lie in {done.place}{'' if done.in_memory else ', WHICH IS ON THE DISK'}.")
    say(f"Give it a new passphrase: witnessmark keys {typed(case)} --add-passphrase")


@click.command(cls=Verb)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to", "recipient", required=True, metavar="KEY", help="The public key of the case, as `witnessmark keys CASE` prints it (age1...)."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write, or the folder to write it in.")
@json_option
def collect(paths: tuple[Path, ...], recipient: str, out: Path, *, as_json: bool) -> None:
    r"""Encrypt files in the field to a case that is elsewhere. This machine cannot read them back.

    Names, times and SHA-256 go into the encryption, too. The files themselves stay where they are: delete them once the parcel is safe.

    \b
    Example: witnessmark collect /media/camera --to age1q2w... --out /media/stick
    """
    from witnessmark.case.collecting import collect as encrypt
    from witnessmark.case.telling import BYTES, amount

    with progress() as tell:
        made = encrypt(paths, recipient, out, tell=tell)
    if as_json:
        print_json(made)
        return
    say(f"Encrypted {count(made.files, 'file')}, {amount(made.bytes, BYTES)}, into {made.out}. This machine cannot open it.")
    say(f"Its SHA-256, to tell whoever takes it in: {made.sha256}")
    say(f"There: witnessmark add CASE {typed(Path(made.out))} --collected")
