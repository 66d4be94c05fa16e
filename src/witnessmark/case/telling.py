"""How a long piece of work says where it stands: a sentence that also knows its numbers.

Whoever only prints it (a log, a test) has a sentence; whoever draws a bar has `done`, `total` and the unit. The work itself
neither knows nor asks whether anybody listens.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self, TypeVar

T = TypeVar("T")

Tell = Callable[[str], None]
"""How a long piece of work says where it stands: one line for the person, a `Standing` where it has numbers."""

BYTES = "bytes"
"""The unit of work that is counted in bytes and shown in kB, MB or GB."""

_STEPS = ("bytes", "kB", "MB", "GB", "TB")


class Standing(str):
    """`done` of `total` (None where nobody knows yet), of whatever `unit` counts; `what` says it in words: "items read"."""

    __slots__ = ("done", "total", "unit", "what")

    what: str
    done: int
    total: int | None
    unit: str

    def __new__(cls, what: str, done: int, total: int | None = None, *, unit: str = "") -> Self:
        """The sentence: "3 of 10 items read", "1.2 GB of 5.0 GB copied"."""
        counted = f"{amount(done, unit)} of {amount(total, unit)}" if total is not None else amount(done, unit)
        standing = super().__new__(cls, f"{counted} {what}")
        standing.what, standing.done, standing.total, standing.unit = what, done, total, unit
        return standing


def told(results: Iterable[T], what: str, total: int, tell: Callable[[str], None]) -> Iterator[T]:
    """The results as they come, each of them told."""
    for done, result in enumerate(results, 1):
        tell(Standing(what, done, total))
        yield result


def amount(number: float, unit: str = "") -> str:
    """A number as people read it: "1,204", or "1.2 GB" where the unit is bytes."""
    if unit != BYTES:
        return f"{number:,.0f}"
    for step in _STEPS[:-1]:
        if abs(number) < 1000:
            return f"{number:,.0f} {step}" if step == _STEPS[0] else f"{number:,.1f} {step}"
        number /= 1000
    return f"{number:,.1f} {_STEPS[-1]}"


def typed(path: Path) -> str:
    """A path as it can be typed or pasted into a shell after a command; "./" goes before one that would be taken for an option."""
    name = str(path)
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
