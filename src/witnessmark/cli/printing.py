"""Results in words, for a terminal. Control characters in evidence never reach the terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from witnessmark.case.telling import typed as as_typed

if TYPE_CHECKING:
    from witnessmark.case.intake import Received


def say(line: str = "") -> None:
    """Print a line with anything that could command a terminal shown as a question mark."""
    click.echo(plain(line))


ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "soft": {"dim": True},
    "lit": {"bold": True, "fg": "yellow"},
    "cue": {"underline": True},
    "good": {"fg": "green"},
    "warning": {"fg": "yellow"},
    "bad": {"fg": "red", "bold": True},
    "key": {"bold": True, "fg": "cyan"},
}
"""What a stretch of a line is, and how a terminal shows it. No meaning is carried by colour alone."""


def styled(text: str, role: str) -> str:
    """`text` made plain and dressed for its role; for `show`, which undresses it where colours would be garbage."""
    return click.style(plain(text), **ROLES[role])


def show(*pieces: str, end: bool = True) -> None:
    """Print pieces that were each made by `plain` or `styled`, or are our own words."""
    click.echo("".join(pieces), nl=end)


def plain(line: str) -> str:
    """`line` without control or direction-changing characters."""
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\t‌‍" else c for c in line)


def print_received(received: Received, found_inside: int = 0) -> None:
    """What came in; `found_inside` are items that reading found in others, such as attachments."""
    parts = [count(received.new, "new item")]
    if found_inside:
        parts.append(f"{found_inside} found inside them")
    if received.repeated:
        parts.append(f"{count(received.repeated, 'further receipt')} of bytes held already")
    if received.unchanged:
        parts.append(f"{received.unchanged} on record already")
    if received.refused:
        parts.append(f"{len(received.refused)} not received")
    say("Received: " + ", ".join(parts) + ".")
    for refusal in received.refused:
        say(f"  not received: {refusal.name}: {refusal.reason}")


def count(number: int, noun: str, several: str | None = None) -> str:
    """A number with its noun: "1 claim", "2 claims", "2 strata"."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or noun + 's'}"


def typed(path: Path) -> str:
    """A path as it can be typed or pasted into a shell."""
    return as_typed(path)


def use_utf8() -> None:
    """Print every script even where the terminal's encoding is older; what cannot be shown is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_color(choice: str, environment: Mapping[str, str]) -> bool | None:
    """Whether to print colours; None leaves it to whether a terminal listens (https://no-color.org, https://force-color.org)."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return True if environment.get("FORCE_COLOR") else None
