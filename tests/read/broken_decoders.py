"""Decoders that do what none may, for the fuzzer to find out."""

from __future__ import annotations

import os
import time

import msgspec

from witnessmark.model.document import Anchor, AnchorKind, Document, Reading
from witnessmark.read.decode import decode
from witnessmark.read.request import DecodeJob, Outcome


def of_another(payload: bytes) -> bytes:
    """The reading of one item under the name of another."""
    return _answer(payload, item="0" * 64)


def beyond_the_text(payload: bytes) -> bytes:
    """A reading with a page that lies behind its text."""
    return _answer(payload, anchors=(Anchor(0, 9, AnchorKind.PAGE, "1"),))


def slow(payload: bytes) -> bytes:
    """An answer that comes too late."""
    time.sleep(3)
    return decode(payload)


def dead(_: bytes) -> bytes:
    """No answer, and no decoder any more."""
    os._exit(3)


def _answer(payload: bytes, *, item: str | None = None, anchors: tuple[Anchor, ...] = ()) -> bytes:
    job = msgspec.msgpack.decode(payload, type=DecodeJob)
    document = Document("d-1", item or job.item, "plain-text@1", "text/plain", "short", anchors=anchors)
    return msgspec.msgpack.encode(Outcome(reading=Reading(document)))
