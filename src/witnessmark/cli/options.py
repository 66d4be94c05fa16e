"""What verbs share: arguments and options, how progress is told, how results and errors are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from witnessmark.cli.printing import plain
from witnessmark.cli.progress import Progress
from witnessmark.errors import UsageError, WitnessmarkError

F = TypeVar("F", bound=Callable[..., Any])

PRINTED = "witnessmark.printed"
"""Set on the context once a JSON result is out: an error after it goes to standard error alone, so that the output stays one value."""


class Day(click.ParamType[str]):
    """A calendar day, ISO 8601 (2017-05-16)."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as written, where it is one."""
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as year-month-day, such as 2017-05-16.", param, ctx)


case_argument = click.argument("case", type=click.Path(path_type=Path, file_okay=False))
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
member_option = click.option(
    "--as", "member", metavar="NAME", help="Who is working; the case keeps the name in members.db only. Default: this computer's user name."
)


def given_options(command: F) -> F:
    """What the person adding evidence may say of it."""
    for option in (
        click.option("--already-public", is_flag=True, help="The evidence is public already, so its hash may be shown."),
        click.option("--published", type=Day(), metavar="DATE", help="When it was published, where it does not say so itself."),
        click.option("--received-from", metavar="WHO", help="Who handed it over."),
        click.option("--source", metavar="NAME", help="Who speaks or publishes in it, where it does not say so itself."),
    ):
        command = option(command)
    return command


class SpokenError(click.ClickException):
    """One of our errors on its way out: printed as a sentence, ending with its own exit code."""

    def __init__(self, error: WitnessmarkError, *, as_json: bool) -> None:
        """`as_json` prints the error as JSON on standard output besides."""
        super().__init__(str(error))
        self.exit_code: int = error.exit_code  # type: ignore[misc]  # click declares it on the class and reads it from the instance
        self._as_json = as_json

    def show(self, file: Any = None) -> None:  # noqa: ANN401 -- click's own signature
        """Print it."""
        click.echo(f"witnessmark: {plain(self.message)}", err=True, file=file)
        if self._as_json:
            click.echo(as_json_text({"error": self.message, "exit_code": self.exit_code}))


class InOrder(click.Group):
    """Verbs listed in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own signature
        """The verbs as they were added."""
        return list(self.commands)


class Verb(click.Command):
    """A verb whose errors come out as sentences with exit codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- click's own signature
        """Click keeps the lines of a paragraph apart that begins with a backspace, which docstrings spell out."""
        super().__init__(*args, **kwargs)
        self.help = self.help and self.help.replace("\\b", "\b")

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own signature
        """Run it."""
        try:
            _refuse_broken_text(ctx.params)
            return super().invoke(ctx)
        except WitnessmarkError as error:
            raise SpokenError(error, as_json=bool(ctx.params.get("as_json")) and not ctx.meta.get(PRINTED)) from error


def _refuse_broken_text(params: dict[str, Any]) -> None:
    for name, given in params.items():
        for value in given if isinstance(given, tuple) else (given,):
            if isinstance(value, str) and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
                raise UsageError(f"The value of {name.replace('_', '-')} is not valid text: {plain(value)!r}. Type it again in UTF-8.")


def announce(line: str) -> None:
    """Tell the person at once, on standard error."""
    click.echo(f"witnessmark: {plain(line)}", err=True)


def progress() -> Progress:
    """Something to tell where work stands, to be entered with `with` around that work."""
    return Progress()


def print_json(value: object) -> None:
    """The result as JSON on standard output."""
    click.get_current_context().meta[PRINTED] = True
    click.echo(as_json_text(value))


def as_json_text(value: object) -> str:
    """A value as JSON, readable, in any script."""
    import msgspec

    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2)


def as_of_options(command: Any) -> Any:  # noqa: ANN401 -- click's decorators take and give back whatever stands above a function
    """The options by which a verb shows a case as of an earlier day."""
    for option in (
        click.option("--known-to-us", is_flag=True, help="With --as-of: what we had received by then, instead."),
        click.option(
            "--as-of", "as_of", metavar="DATE", help="As it could be known then: only what was published or delivered by that day."
        ),
    ):
        command = option(command)
    return command
