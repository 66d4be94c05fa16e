"""What an assessment is made of: properties, gaps, and the sentences that count."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

_SHOWN = 8
"""Short numbers that a sentence names before it says how many more there are."""


class Gap(msgspec.Struct, frozen=True):
    """Something missing: a sentence, the items it is about, and the command that would mend it (None: no command can)."""

    what: str
    items: tuple[str, ...] = ()
    next: str | None = None


class Property(msgspec.Struct, frozen=True):
    """One property: the question it asks, what supports it, what is missing, and what the case cannot know."""

    name: str
    asks: str
    supports: tuple[str, ...]
    missing: tuple[Gap, ...]
    not_known: tuple[Gap, ...]


def gap(numbers: Sequence[str], lack: str, command: str | None) -> tuple[Gap, ...]:
    """A gap about some items, or none."""
    if not numbers:
        return ()
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return (Gap(f"{lack[0].upper()}{lack[1:]}: {len(numbers)} ({', '.join(numbers[:_SHOWN])}{more}).", tuple(numbers), command),)


def first(numbers: Sequence[str]) -> str:
    """The first short number, for a command to be tried on."""
    return numbers[0] if numbers else ""


def some(number: int, what: str) -> tuple[str, ...]:
    """A sentence with a number, unless it is 0: what is not there supports nothing."""
    return (f"{what}: {number}.",) if number else ()
