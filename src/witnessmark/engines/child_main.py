"""The child's side: limit oneself, import the target once, then answer calls until the parent hangs up.

Started as `python -m witnessmark.engines.child_main ORDERS`. The pipes are moved away from descriptors 0
and 1 first, so a decoder that prints, or a program it starts, can never write into the answers.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from witnessmark.engines.frames import Kind, receive, send
from witnessmark.engines.handover import taken_from
from witnessmark.engines.landlock import Ground
from witnessmark.engines.limits import Enforcement, Limits, allow_cpu, enforce, resident_memory

_LARGEST_CALL = 2**30


class JobError(msgspec.Struct, frozen=True):
    """What a target raised: the exception's type and message."""

    type: str
    message: str


class Orders(msgspec.Struct, frozen=True):
    """What a child is started with: "package.module:function", its limits, the files it keeps (None: all), its parent, and the
    number of the channel over which files are handed to it (None: none are).
    """

    target: str
    limits: Limits
    ground: Ground | None
    parent: int
    channel: int | None


def main(encoded: str) -> None:
    """Serve calls of the target (bytes in, bytes out) until the parent closes its end."""
    orders = msgspec.json.decode(encoded, type=Orders)
    calls, answers = _take_pipes()
    channel = socket.socket(fileno=orders.channel) if orders.channel is not None else None
    held = enforce(orders.limits, orders.parent, orders.ground)
    allow_cpu(orders.limits)
    function = _load(orders.target, answers, held)
    while function is not None and (frame := receive(calls, _LARGEST_CALL)) is not None:
        allow_cpu(orders.limits)
        with taken_from(channel) if channel is not None and frame[0] is Kind.CALL_WITH_FILE else contextlib.nullcontext():
            kind, body = _answer(function, frame[2])
        _empty(Path.cwd())
        send(answers, kind, body, resident_memory())


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return calls, answers


def _load(target: str, answers: BinaryIO, held: Enforcement) -> Callable[[bytes], bytes] | None:
    module, _, name = target.partition(":")
    try:
        function: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        send(answers, Kind.ERROR, msgspec.json.encode(JobError(type(error).__name__, str(error))))
        return None
    send(answers, Kind.READY, msgspec.json.encode(held), resident_memory())
    return function


def _answer(function: Callable[[bytes], bytes], body: bytes) -> tuple[Kind, bytes]:
    try:
        return Kind.ANSWER, function(body)
    except Exception as error:  # noqa: BLE001 -- the one job boundary: whatever a decoder raises on hostile bytes is that file's failure
        return Kind.ERROR, msgspec.json.encode(JobError(type(error).__name__, str(error)[:500].encode(errors="replace").decode()))


def _empty(folder: Path) -> None:
    for leftover in folder.iterdir():
        with contextlib.suppress(OSError):
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
