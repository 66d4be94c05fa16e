"""A film that holds nothing but a GPS track, a point a second, as Google's specification of camera motion metadata (CAMM, type 6) lays it out."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_GPS_EPOCH = 315964800
_TURNED = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def film_with_track(points: Sequence[tuple[float, float]], start: float) -> bytes:
    """`points` are degrees north and east, `start` is the first one's second since 1970."""
    samples = [
        struct.pack("<HHdidd7f", 0, 6, start - _GPS_EPOCH + second, 3, north, east, 100, 1, 1, 0, 0, 0, 1)
        for second, (north, east) in enumerate(points)
    ]
    head, length = _box(b"ftyp", b"isom\0\0\x02\0isomiso2mp41"), 1000 * len(samples)
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _box(b"camm", bytes(6) + struct.pack(">H", 1))),
        _full(b"stts", struct.pack(">III", 1, len(samples), 1000)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, len(samples), 1)),
        _full(b"stsz", struct.pack(">II", 0, len(samples)), *(struct.pack(">I", len(sample)) for sample in samples)),
        _full(b"stco", struct.pack(">II", 1, len(head) + 8)),
    )
    data = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
    media = _box(
        b"mdia",
        _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, 1000, length, 0x55C4, 0)),
        _full(b"hdlr", bytes(4) + b"meta" + bytes(12) + b"camm\0"),
        _box(b"minf", _full(b"nmhd"), data, table),
    )
    track = _full(b"tkhd", struct.pack(">IIIII", 0, 0, 1, 0, length), bytes(16), _TURNED, bytes(8), flags=7)
    film = _full(b"mvhd", struct.pack(">IIIIIH", 0, 0, 1000, length, 0x10000, 0x100), bytes(10), _TURNED, bytes(24), struct.pack(">I", 2))
    return head + _box(b"mdat", *samples) + _box(b"moov", film, _box(b"trak", track, media))


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, *content: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *content)
