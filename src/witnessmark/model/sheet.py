"""The verification sheet of a photograph, a video or a scene: where it was first found, what its source was asked, where and when it was taken, and who checked that.

Every line of it is a decision on the item, so it has who, when and why, and is taken back as others are. A later line may take the place of an earlier one; both stay. What disagrees
stands side by side: nothing here is ever joined into one answer. The questions are those of the Berkeley Protocol on Digital Open Source Investigations (2020, chapter VI.C).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from witnessmark.model.canonical import canonical_json
from witnessmark.model.decision import Decision

KIND = "kind"
SEEN, ASKED, PLACED, TIMED, CHECKED = "first_seen", "original_asked", "placed", "timed", "checked"

WHY = "written on the verification sheet"
"""The reason of a line for which none is given; what it says is its content."""


class Shows(StrEnum):
    """What a position is of: something to be seen in the picture, or where the camera stood."""

    SUBJECT = "subject"
    CAMERA = "camera"


class Basis(StrEnum):
    """What a time rests on. A caption is what is claimed, and is held against the others."""

    CAPTION = "caption"
    METADATA = "metadata"
    SHADOW = "shadow"
    WEATHER = "weather"
    STATEMENT = "statement"
    CONTENT = "content"


class CheckVerdict(StrEnum):
    """What a second person came to, from the same picture."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT_TELL = "cannot tell"


class Seen(msgspec.Struct, frozen=True, tag_field=KIND, tag=SEEN):
    """The earliest upload that was found: `where` (an address, a channel, a paper) and `when` it was posted as that place states; both None where it was searched for and none found.

    `means` is how it was looked for; `looked_by` who looked, where that is not who wrote it down.
    """

    where: str | None
    when: str | None
    means: str
    looked_by: str | None = None


class Asked(msgspec.Struct, frozen=True, tag_field=KIND, tag=ASKED):
    """The original was asked of `source` on the ISO day `when`; `answer` is None as long as there is none."""

    source: str
    when: str
    answer: str | None = None
    answered: str | None = None


class PointPair(msgspec.Struct, frozen=True):
    """One thing, at a point of the frame (pixels from its top left corner) and at its place on the map (degrees, WGS 84)."""

    column: float
    row: float
    latitude: float
    longitude: float
    what: str


class Placed(msgspec.Struct, frozen=True, tag_field=KIND, tag=PLACED):
    """Where it is: degrees, WGS 84, and the metres within which the place is held to lie, as stated.

    `computed` is the error of a map fitted through the points, in metres, each measured with itself left out (a frame seen from straight above, with four points or more); else None.
    """

    shows: Shows
    latitude: float
    longitude: float
    within: float
    points: tuple[PointPair, ...] = ()
    computed: float | None = None
    map: str | None = None


class Moments(msgspec.Struct, frozen=True):
    """From `start` to `end` (UTC, both included)."""

    start: dt.datetime
    end: dt.datetime


class ShadowMeasured(msgspec.Struct, frozen=True):
    """What intervals from a shadow were worked out of: direction and ratio each as value and error (None where not measured), the place with its uncertainty in metres, and the days looked at (ISO)."""

    azimuth: tuple[float, float] | None
    ratio: tuple[float, float] | None
    latitude: float
    longitude: float
    within: float
    first: str
    last: str


class Timed(msgspec.Struct, frozen=True, tag_field=KIND, tag=TIMED):
    """When it was taken, as far as one basis tells: it lies in one of `moments`; empty where the basis fits no time of those looked at.

    `says` is what the basis says, as written; `source` where that stands. `zone` is the offset from UTC it was read with, None where it states none: the interval is then widened to every zone there is.
    """

    basis: Basis
    moments: tuple[Moments, ...]
    says: str
    source: str | None = None
    zone: str | None = None
    shadow: ShadowMeasured | None = None


class Checked(msgspec.Struct, frozen=True, tag_field=KIND, tag=CHECKED):
    """A second person looked at the line `entry` (the id of its decision), from the picture."""

    entry: str
    verdict: CheckVerdict


Body = Seen | Asked | Placed | Timed | Checked
BODIES: dict[str, type[Seen | Asked | Placed | Timed | Checked]] = {
    SEEN: Seen,
    ASKED: Asked,
    PLACED: Placed,
    TIMED: Timed,
    CHECKED: Checked,
}


class OnRecord(msgspec.Struct, frozen=True):
    """The value of a decision that writes a line: what it says, and the line whose place it takes."""

    body: Body
    instead_of: str | None = None


def line_of(decision: Decision) -> OnRecord:
    """What a decision writes on a sheet."""
    return msgspec.json.decode(decision.value, type=OnRecord)


def recorded(line: OnRecord) -> str:
    """The value of the decision that writes it."""
    return canonical_json(line).decode()


class Check(msgspec.Struct, frozen=True):
    """What another person said of a line, why, who (a key) and when."""

    verdict: CheckVerdict
    why: str
    by: str
    at: str
    id: str


class Line(msgspec.Struct, frozen=True):
    """A line of a sheet: its id is that of its decision, `by` a key. `replaced_by` is the later line that took its place; `checks` are by others than who wrote it."""

    id: str
    body: Seen | Asked | Placed | Timed
    why: str
    by: str
    at: str
    replaced_by: str | None = None
    taken_back: bool = False
    checks: tuple[Check, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it was neither taken back nor replaced."""
        return self.replaced_by is None and not self.taken_back


class Compared(msgspec.Struct, frozen=True):
    """Two times of one sheet, by the ids of their lines: whether any moment lies in both. None where none does, and one reaches outside the days in which the other's shadow was looked for."""

    one: str
    other: str
    agree: bool | None


class Sheet(msgspec.Struct, frozen=True):
    """The sheet of an item (sha256) in the order it was written, with all that was replaced or taken back.

    `compared` sets each two standing times side by side. `consistent` are the moments that lie in all times but captions, where there are two or more and all meet; empty else. It is a
    remark on the others, never a time of its own. `distance` is how many metres the furthest two standing positions of one thing lie apart, None with fewer than two.
    """

    item: str
    lines: tuple[Line, ...]
    compared: tuple[Compared, ...] = ()
    consistent: tuple[Moments, ...] = ()
    distance: float | None = None

    def standing(self, kind: type[Seen | Asked | Placed | Timed]) -> tuple[Line, ...]:
        """The lines of a kind that stand."""
        return tuple(line for line in self.lines if line.stands and isinstance(line.body, kind))
