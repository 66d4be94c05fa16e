"""Telling where a long piece of work stands, on standard error: a bar on a terminal, a line every few seconds in a pipe or log.

A thread of its own draws, so that work that says nothing for a minute still shows that it goes on, and work that says a
thousand things a second is not slowed by saying them. What is over within a second shows nothing. Only carriage returns and
spaces move the line, no escape codes: a terminal that knows nothing else gets lines, as a log does.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self

import click

from witnessmark.cli.printing import plain

QUIET_SECONDS = 1.0
"""Progress is told only of work that has gone on for this long."""

REDRAWN_SECONDS = 0.2
LOGGED_SECONDS = 5.0
"""How often a terminal's line is drawn anew, and how often a log gets one."""

_BAR, _SHORTEST_BAR = 24, 6
_TRUSTED_SECONDS = 2.0
"""A rate is shown, and time left reckoned from it, once it has been watched for this long."""


class Progress:
    """Called with where work stands, as often as the work likes; draws from entering to leaving its `with` block."""

    def __init__(self) -> None:
        """Nothing is drawn before the block is entered."""
        self._terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._line: str | None = None
        self._what: str | None = None
        self._began = 0.0
        self._width = 0
        self._over = threading.Event()
        self._drawing = threading.Thread(target=self._draw_on, daemon=True)

    def __call__(self, line: str) -> None:
        """Take note of `line`, a `Standing` where it has numbers."""
        what = getattr(line, "what", line)
        if what != self._what:
            self._began, self._what = time.monotonic(), what
        self._line = line

    def __enter__(self) -> Self:
        self._drawing.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._drawing.join()
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)

    def _draw_on(self) -> None:
        pause = QUIET_SECONDS
        while not self._over.wait(pause):
            if self._line is None:
                pause = REDRAWN_SECONDS
                continue
            pause = REDRAWN_SECONDS if self._terminal else LOGGED_SECONDS
            self._draw(self._line, time.monotonic() - self._began)

    def _draw(self, line: str, seconds: float) -> None:
        if not self._terminal:
            click.echo(worded(line, seconds), err=True)
            return
        room = shutil.get_terminal_size().columns - 1
        drawn = worded(line, seconds, room=room)[:room]
        click.echo("\r" + drawn.ljust(self._width), nl=False, err=True)
        self._width = len(drawn)


def worded(line: str, seconds: float, *, room: int | None = None) -> str:
    """One line for the person: what `line` says, and from its numbers the rate, the time left and, where there is `room` of so many columns, a bar."""
    from witnessmark.case.telling import Standing, amount

    text = plain(line)
    if not isinstance(line, Standing) or not line.total:
        return f"{text} ({duration(seconds)} so far)"
    if seconds >= _TRUSTED_SECONDS and line.done:
        rate = line.done / seconds
        left = f", {duration((line.total - line.done) / rate)} left" if line.done < line.total else ""
        text += f", {amount(rate, line.unit) if rate >= 1 else f'{rate:.2f}'}/s{left}"
    return _bar(line.done / line.total, min(_BAR, (room or 0) - len(text) - len("[] "))) + text


def _bar(share: float, width: int) -> str:
    """A bar filled to `share`, nothing where it would be too short to tell anything."""
    return f"[{'#' * round(min(share, 1.0) * width):.<{width}}] " if width >= _SHORTEST_BAR else ""


def duration(seconds: float) -> str:
    """A length of time as people say it: "17 s", "4 min 10 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
