"""A person: somebody the case is about or heard from, and the words by which documents name them.

What a person's `forms` are is decided by people, never found by a machine alone. Sealing a person masks those words wherever the case shows them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.consent import Consent
from witnessmark.model.item import Protection


class PersonStatus(StrEnum):
    """What is reported of a person; each by its own standard, none by itself established."""

    UNKNOWN = "unknown"
    DETAINED = "detained"
    MISSING = "missing"
    REPORTED_DEAD = "reported_dead"
    CONFIRMED_DEAD = "confirmed_dead"


class Person(msgspec.Struct, frozen=True):
    """`id` is random, `number` short (P1). `name` and `forms` are empty once the person is erased; `bound` as of an item."""

    id: str
    number: str
    name: str
    forms: tuple[str, ...] = ()
    protection: Protection = Protection.UNSET
    consent: Consent = Consent()
    status: PersonStatus = PersonStatus.UNKNOWN
    bound: bool | None = None
    erased: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether the person's names are masked in the case itself."""
        return self.protection is Protection.SEALED
