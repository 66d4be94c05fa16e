"""The words between a program and its limited child: frames of one kind byte, two numbers and a body, over two pipes."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import BinaryIO

_HEAD = struct.Struct(">BQQ")


class Kind(IntEnum):
    """What a frame says: the child is ready, do this, here is the answer, it could not be done, do this with the file that was sent."""

    READY = 1
    CALL = 2
    ANSWER = 3
    ERROR = 4
    CALL_WITH_FILE = 5


class BrokenFrameError(ValueError):
    """The other side sent something that is no frame, or one larger than agreed."""


def send(stream: BinaryIO, kind: Kind, body: bytes, resident: int = 0) -> None:
    """Write one frame; `resident` is the sender's memory in bytes. Raises OSError where the other side is gone."""
    stream.write(_HEAD.pack(kind, resident, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, at_most: int) -> tuple[Kind, int, bytes] | None:
    """Read one frame as (kind, resident memory, body), or None where the stream has ended.

    Raises BrokenFrameError for a body over `at_most` bytes or an unknown kind.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, resident, length = _HEAD.unpack(head)
    if length > at_most:
        raise BrokenFrameError(f"an answer of {length} bytes; {at_most} are allowed")
    if kind not in Kind.__members__.values():
        raise BrokenFrameError(f"an answer of unknown kind {kind}")
    body = stream.read(length)
    return (Kind(kind), resident, body) if len(body) == length else None
