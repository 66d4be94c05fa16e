"""The direction of a shadow from two points of a frame and a line in it whose direction on the map is known, such as a road or a wall.

That holds where the frame is seen from straight above, or was rectified: in a frame seen aslant, angles are not those on the ground.
"""

from __future__ import annotations

import math

from witnessmark.errors import UsageError
from witnessmark.watch.shadows import Measured

Point = tuple[float, float]
"""Column and row, in pixels."""


def azimuth_in_frame(foot: Point, tip: Point, reference: tuple[Point, Point], known: Measured, *, read_within: float = 1.0) -> Measured:
    """Where the shadow from `foot` to `tip` points, in degrees from north.

    `known` is the direction of the line from the first to the second point of `reference`, with its error; `read_within` are the pixels each point may be off. Both lines turn by at
    most what two such ends allow.

    Raises:
        UsageError: two points are one, or so near that their direction cannot be told.
    """
    shadow, line = _length(foot, tip), _length(*reference)
    if read_within <= 0:
        raise UsageError("Points of a frame are never read exactly: give the pixels they may be off, such as 1.")
    if min(shadow, line) <= 2 * read_within:
        raise UsageError(
            f"Two points {min(shadow, line):.1f} pixels apart, each read within {read_within:g}, give no direction. Take points further apart."
        )
    error = known.error + sum(math.degrees(math.asin(2 * read_within / length)) for length in (shadow, line))
    turned = _direction(foot, tip) - _direction(*reference)
    return Measured((known.value + turned) % 360, error)


def _direction(start: Point, end: Point) -> float:
    """Degrees clockwise from the frame's upward direction."""
    return math.degrees(math.atan2(end[0] - start[0], start[1] - end[1]))


def _length(start: Point, end: Point) -> float:
    return math.hypot(end[0] - start[0], end[1] - start[1])
