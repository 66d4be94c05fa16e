"""The commands page holds every command, option and exit code of the program, and none that does not exist."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import click
import pytest

from witnessmark import errors
from witnessmark.cli.main import verbs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def test_the_commands_page_says_what_the_program_says_of_itself() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make-command-reference"), run_name="reference")
    assert script["page_with_commands"](PAGE) == PAGE, "run: python scripts/make-command-reference"


def all_commands() -> dict[str, click.Command]:
    """Every command under its whole name; those of a group one by one."""
    commands: dict[str, click.Command] = {}
    for name, command in verbs.commands.items():
        parts = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        commands |= {f"{name} {part}".strip(): inner for part, inner in parts}
    return commands


@pytest.mark.parametrize("name", sorted(all_commands()))
def test_every_command_and_option_is_on_the_commands_page(name: str) -> None:
    section = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert f"witnessmark {name} " in section
    for parameter in all_commands()[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.opts} says nothing of itself"
            assert all(option in section for option in parameter.opts), parameter.opts


def test_every_exit_code_is_on_the_commands_page() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.WitnessmarkError)]
    assert documented == {0} | {kind.exit_code for kind in kinds}
