"""A document in its place: what corroboration looks at of one, besides the claims read in it."""

from __future__ import annotations

import msgspec

from witnessmark.corroborate.days import days_of
from witnessmark.corroborate.pictures import SharedPicture
from witnessmark.model.item import SourceKind

_NO_DAY = 10**9


class PlacedDocument(msgspec.Struct, frozen=True):
    """The text read of an item, and who published it when, as stated or given; None where that is not known.

    `translates` is the item it is a translation of, `pictures` what it shows that other documents show too.
    """

    item: str
    text: str
    published: str | None = None
    publisher: str | None = None
    kind: SourceKind | None = None
    translates: str | None = None
    pictures: tuple[SharedPicture, ...] = ()

    @property
    def day(self) -> int | None:
        """The last day on which it can have been published, as an ordinal."""
        return days_of(self.published).last

    @property
    def age(self) -> tuple[int, bool, int, str]:
        """Sorts the older first. Of one day, what a body issued itself comes before what the press made of it, and the fuller text before the shorter."""
        return _NO_DAY if self.day is None else self.day, self.kind in {None, SourceKind.PRESS}, -len(self.text), self.item
