"""Asking for what opens an encrypted case: a passphrase at a terminal, unseen, or a key file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from witnessmark.cli.options import announce
from witnessmark.cli.printing import typed

F = TypeVar("F", bound=Callable[..., Any])

key_file_option = click.option(
    "--key-file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Open the case with this key file, not with a passphrase.",
)
on_disk_option = click.option(
    "--on-disk", is_flag=True, help="Where this computer has no folder in memory: let keys and working copies lie on its disk."
)


def sealing_options(command: F) -> F:
    """What `new` and `build` take to make an encrypted case."""
    option = click.option(
        "--key-file",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Encrypt a new case with this key file, which is made if it is not there and must lie outside the case.",
    )
    plain = click.option("--plain", is_flag=True, help="Do not ask for a passphrase: the new case is not encrypted.")
    return option(plain(on_disk_option(command)))


def ask_openers(case: Path, key_file: Path | None, *, plain: bool) -> list[tuple[str, str]]:
    """What a new case is to be opened with; none for a plain one. Asks for a passphrase at a terminal, where no key file is named."""
    from witnessmark.case.folder import refuse_occupied
    from witnessmark.case.sealed_keys import KEY_FILE, PASSPHRASE, make_key_file, read_key_file
    from witnessmark.errors import UsageError

    if plain and key_file is not None:
        raise UsageError("--plain and --key-file contradict each other. Nothing was made.")
    if plain:
        return []
    refuse_occupied(case)
    if key_file is not None:
        if key_file.exists():
            return [(KEY_FILE, read_key_file(key_file))]
        identity = make_key_file(key_file, case)
        announce(f"Made the key file {key_file}. Keep it apart from the case, with a copy: without it nobody opens the case again.")
        return [(KEY_FILE, identity)]
    if not is_terminal():
        announce(f"There is no terminal to ask for a passphrase in, so {typed(case)} is not encrypted. --key-file FILE encrypts it.")
        return []
    passphrase = ask_new_passphrase()
    return [(PASSPHRASE, passphrase)] if passphrase else []


def ask_new_passphrase() -> str:
    """A new passphrase, typed twice; empty for none."""
    from witnessmark.case.sealed_keys import SHORTEST_PASSPHRASE

    announce(f"A passphrase encrypts the case: {SHORTEST_PASSPHRASE} characters or more. Nobody can open it without. Press Enter for none.")
    while True:
        first = _ask("Passphrase")
        if not first:
            return ""
        if len(first) < SHORTEST_PASSPHRASE:
            announce(
                f"That has {len(first)} characters, and a passphrase needs {SHORTEST_PASSPHRASE} or more; six words drawn at random are best."
            )
        elif _ask("Once more") == first:
            return first
        else:
            announce("The two differ.")


def ask_opener(case: Path, key_file: Path | None) -> tuple[str, str]:
    """What opens an existing case: the kind and the secret. Raises LockedError where there is nothing to ask with."""
    from witnessmark.case.sealed_keys import KEY_FILE, PASSPHRASE, read_key_file
    from witnessmark.errors import LockedError

    if key_file is not None:
        return KEY_FILE, read_key_file(key_file)
    if not is_terminal():
        raise LockedError(
            f"There is no terminal to ask for the passphrase of {case} in. Nothing was unlocked. Name a key file: --key-file FILE."
        )
    return PASSPHRASE, _ask(f"Passphrase of {case}")


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(question: str) -> str:
    return str(click.prompt(question, hide_input=True, default="", show_default=False, err=True))
