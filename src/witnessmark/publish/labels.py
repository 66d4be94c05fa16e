"""Finds room for names on a map: each beside its mark or on its country where nothing stands yet, else it is left out. Pure.

What is left out is never lost: every mark has its words and its row in the table.
"""

from __future__ import annotations

import msgspec

LETTER = {"spot": 7.6, "country": 8.6, "town": 6.4}
"""Pixels a letter takes on average, with some to spare: no font can be measured here."""

HEIGHT = {"spot": 17.0, "country": 16.0, "town": 14.0}
RISE = 0.3
"""How far below the middle of a line of text its baseline lies, in heights."""


class Name(msgspec.Struct, frozen=True):
    """A name to write, of a kind: "spot", "country" or "town"; `anchor` where it leads to a row."""

    text: str
    kind: str
    anchor: str | None = None

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high it is, in pixels."""
        return len(self.text) * LETTER[self.kind], HEIGHT[self.kind]


class Label(msgspec.Struct, frozen=True):
    """A name at `x`, `y` (its baseline), which is its `place`: "start", "middle" or "end"."""

    x: float
    y: float
    place: str
    name: Name


class Labels:
    """The names placed so far on a drawing of this size, and the room they take."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._taken: list[tuple[float, float, float, float]] = []
        self._placed: list[Label] = []

    @property
    def placed(self) -> tuple[Label, ...]:
        """In the order in which they found room."""
        return tuple(self._placed)

    def number_of(self, kind: str) -> int:
        """How many of a kind found room."""
        return sum(1 for label in self._placed if label.name.kind == kind)

    def keep_off(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keeps names off a mark, or off what stands in a corner."""
        self._taken.append((left, top, right, bottom))

    def beside(self, x: float, y: float, radius: float, name: Name) -> bool:
        """Places a name right, left, above or below a mark; says whether it found room."""
        (across, height), gap = name.size, radius + 5
        for place, left, middle in (
            ("start", x + gap, y),
            ("end", x - gap - across, y),
            ("middle", x - across / 2, y - gap - height / 2),
            ("middle", x - across / 2, y + gap + height / 2),
        ):
            if self._take(left, middle, across, height):
                at = {"start": left, "end": left + across, "middle": x}[place]
                self._put(at, middle, place, name)
                return True
        return False

    def on(self, x: float, y: float, name: Name) -> bool:
        """Places a name about a middle; says whether it found room."""
        across, height = name.size
        if not self._take(x - across / 2, y, across, height):
            return False
        self._put(x, y, "middle", name)
        return True

    def _put(self, x: float, middle: float, place: str, name: Name) -> None:
        self._placed.append(Label(round(x, 1), round(middle + HEIGHT[name.kind] * RISE, 1), place, name))

    def _take(self, left: float, middle: float, across: float, height: float) -> bool:
        """Takes the room of a line of text if it is free and inside the drawing."""
        top, right, bottom = middle - height / 2, left + across, middle + height / 2
        if left < 4 or top < 4 or right > self._width - 4 or bottom > self._height - 4:
            return False
        if any(left < r and right > x and top < b and bottom > y for x, y, r, b in self._taken):
            return False
        self._taken.append((left, top, right, bottom))
        return True
