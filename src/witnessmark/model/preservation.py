"""The six properties that the Berkeley Protocol on Digital Open Source Investigations (OHCHR and UC Berkeley, HR/PUB/20/2) asks preservation to keep of a digital item."""

from __future__ import annotations

from enum import StrEnum


class Preserved(StrEnum):
    """The properties in the order of the Protocol."""

    AUTHENTICITY = "authenticity"
    AVAILABILITY = "availability"
    IDENTITY = "identity"
    PERSISTENCE = "persistence"
    RENDERABILITY = "renderability"
    UNDERSTANDABILITY = "understandability"

    @property
    def asks(self) -> str:
        """What it asks, in our words."""
        return _ASKS[self]


_ASKS = {
    Preserved.AUTHENTICITY: "Can it be shown that each item is what was collected, unchanged?",
    Preserved.AVAILABILITY: "Does each item still exist, and can it be got out again?",
    Preserved.IDENTITY: "Can each item be told from every other, and is it known where it came from?",
    Preserved.PERSISTENCE: "Are the bits whole, and in formats that will still be processed?",
    Preserved.RENDERABILITY: "Can people or programs open and use it?",
    Preserved.UNDERSTANDABILITY: "Can those who need it make out what it says and means?",
}
