"""What the limited child runs to look at one original: the decoding of `read`, the hashing of `watch`; and the small pictures that are shown beside each other."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import numpy as np

from witnessmark.engines.handover import handed_over
from witnessmark.model.matching import Look
from witnessmark.protect.metadata import encoded
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.pictures import frame_at, pictures_of, small_picture
from witnessmark.watch.media.keypoints import LONG_SIDE
from witnessmark.watch.media.looking import look_of


class LookJob(msgspec.Struct, frozen=True):
    """Which original to look at. `shown` asks for one picture to show instead, and of a film which frame, by its seconds."""

    path: bytes
    media_type: str
    shown: bool = False
    seconds: float | None = None


class Looked(msgspec.Struct, frozen=True):
    """What comes back: how the pictures look, or a JPEG to show; or the reason why neither."""

    looks: tuple[Look, ...] = ()
    problems: tuple[str, ...] = ()
    jpeg: bytes = b""
    refused: str | None = None


def look(payload: bytes) -> bytes:
    """An encoded LookJob in, an encoded Looked out."""
    job = msgspec.msgpack.decode(payload, type=LookJob)
    original = Original(handed_over() or Path(os.fsdecode(job.path)), "", job.media_type)
    try:
        found = _shown(original, job.seconds) if job.shown else _looked(original)
    except UnreadableError as error:
        found = Looked(refused=str(error))
    return msgspec.msgpack.encode(found)


def _looked(original: Original) -> Looked:
    problems: list[str] = []
    looks = []
    for seconds, size, picture in pictures_of(original, problems):
        smaller = picture.copy()
        smaller.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
        looks.append(look_of(np.asarray(picture), np.asarray(smaller), size=size, seconds=seconds))
    return Looked(tuple(looks), tuple(problems))


def _shown(original: Original, seconds: float | None) -> Looked:
    picture = small_picture(original, [], "RGB")[1] if seconds is None else frame_at(original, seconds)
    return Looked(jpeg=encoded(picture, "JPEG"))
