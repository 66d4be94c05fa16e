"""Taking keys and lines from a person at a terminal, or from a pipe where one feeds them in."""

from __future__ import annotations

import shutil
from typing import TextIO

import click

from witnessmark.cli.printing import show, styled

NARROWEST, WIDEST = 40, 100
"""Columns of running text: fewer cannot be read, more are hard to follow."""


class TerminalKeys:
    """Single keys without Enter, on a screen that is cleared between claims."""

    @property
    def width(self) -> int:
        """Columns to write in."""
        return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))

    def press(self) -> str:
        """One key; an arrow comes as its escape sequence. Ctrl-C comes as a key, since a review may always be left."""
        try:
            return click.getchar()
        except (KeyboardInterrupt, EOFError):
            return "q"

    def ask(self, question: str, *, beside_key: bool = False) -> str:  # noqa: ARG002 -- on a terminal every answer is a line
        """A line; empty where the person only pressed Enter or went back with Ctrl-C."""
        show(styled(question, "title"))
        try:
            return input("> ").strip()
        except (KeyboardInterrupt, EOFError):
            return ""

    def clear(self) -> None:
        """An empty screen."""
        click.clear()


class LineKeys:
    """Keys and lines read from a stream. Keys may stand together ("yyn"), with a reason behind one after a space, or on lines of their own."""

    width = WIDEST

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = ""

    def press(self) -> str:
        """The next character that is no white space; empty at the end of the stream."""
        while not self._rest.strip():
            self._rest = self._stream.readline()
            if not self._rest:
                return ""
        rest = self._rest.lstrip()
        self._rest = rest[1:]
        return rest[0]

    def ask(self, question: str, *, beside_key: bool = False) -> str:
        """What stands behind the key; where nothing does, and the answer need not stand `beside_key`, the next line."""
        show(question)
        if beside_key and not self._rest.startswith(" "):
            return ""
        answer, self._rest = self._rest.strip(), ""
        return answer if answer or beside_key else self._stream.readline().strip()

    def clear(self) -> None:
        """A blank line between claims."""
        show("")
