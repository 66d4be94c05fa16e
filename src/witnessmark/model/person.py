"""A person: somebody the case is about or heard from, and the words by which documents name them.

What a person's `forms` are is decided by people, never found by a machine alone. Sealing a person masks those words wherever the case shows them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.consent import Consent
from witnessmark.model.item import Protection


class PersonStatus(StrEnum):
    """What is reported of a person; each by its own standard, none by itself established. Missing is never dead."""

    UNKNOWN = "unknown"
    DETAINED = "detained"
    MISSING = "missing"
    REPORTED_DEAD = "reported_dead"
    CONFIRMED_DEAD = "confirmed_dead"


STATUS_BY = " by "
"""Between a status and its standard in what a person types and the record keeps."""
JOINED = "joined"
"""The field by which records, claims, items and accounts are joined to a person."""
APART = "not "
"""Before a status or what was joined, where it is taken away again."""


class StatusByStandard(msgspec.Struct, frozen=True):
    """What somebody is reported as, by whose account or which standard, and the decision that says so. Several stand side by side; none takes the place of another."""

    status: PersonStatus
    standard: str
    decision: str


class Person(msgspec.Struct, frozen=True):
    """`id` is random, `number` short (P1). `name` and `forms` are empty once the person is erased; `bound` as of an item.

    `joined` are the records ("I4:12"), claims, items and accounts, by short number, that people say are about this person.
    """

    id: str
    number: str
    name: str
    forms: tuple[str, ...] = ()
    protection: Protection = Protection.UNSET
    consent: Consent = Consent()
    statuses: tuple[StatusByStandard, ...] = ()
    joined: tuple[str, ...] = ()
    bound: bool | None = None
    erased: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether the person's names are masked in the case itself."""
        return self.protection is Protection.SEALED
