"""The commands page holds every command, option and exit code of the program, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from witnessmark import errors
from witnessmark.cli.main import verbs

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    """Every command of the program, by its name as typed."""
    return dict(verbs.commands)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_on_the_commands_page(name: str) -> None:
    assert f"`witnessmark {name}" in PAGE
    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert any(f"`{option}" in PAGE or f" {option} " in PAGE for option in parameter.opts), parameter.opts


def test_the_commands_page_names_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"^\| `witnessmark ([a-z-]+)", PAGE, re.MULTILINE)) == set(commands())


def test_every_exit_code_is_on_the_commands_page() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.WitnessmarkError)]
    assert documented == {0} | {kind.exit_code for kind in kinds}
