"""Taking keys and lines from a person at a terminal, or from a pipe where one feeds them in."""

from __future__ import annotations

import io
import shutil
from typing import TextIO

import click

from witnessmark.cli.printing import show, styled

ESCAPE = "\x1b"

NARROWEST, WIDEST = 40, 100
"""Columns of running text: fewer cannot be read, more are hard to follow."""


class Abandoned(Exception):  # noqa: N818 -- no error: the person went back with Ctrl-C
    """The person went back from a question instead of answering it."""


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
        """A line; empty where the person only pressed Enter. Raises Abandoned on Ctrl-C or Escape and Enter."""
        show(styled(question, "title"))
        try:
            answer = input("> ").strip()
        except KeyboardInterrupt as error:
            raise Abandoned from error
        except EOFError:
            return ""
        if answer.startswith(ESCAPE):
            raise Abandoned
        return answer

    def clear(self) -> None:
        """An empty screen."""
        click.clear()


class LineKeys:
    """Keys and lines read from a stream. Keys may stand together ("yyn"), with a reason behind one after a space, or on lines of their own."""

    width = WIDEST

    def __init__(self, stream: TextIO) -> None:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a byte that is no text is a character that fits nothing, not a fault
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
        """What stands behind the key; where nothing does, and the answer need not stand `beside_key`, the next line. Escape raises Abandoned."""
        show(question)
        if beside_key and not self._rest.startswith(" "):
            return ""
        answer, self._rest = self._rest.strip(), ""
        if not answer and not beside_key:
            answer = self._stream.readline().strip()
        if answer.startswith(ESCAPE):
            raise Abandoned
        return answer

    def clear(self) -> None:
        """A blank line between claims."""
        show("")
