"""The tellings of documents as numbers in arrays, so that one document is compared with hundreds of others at once.

What words weigh in the case is no part of a sheet: it stays as it is when the case grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.days import Days
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.rarity import Numbers, Rarity
from witnessmark.corroborate.telling import Telling, paragraphs_before
from witnessmark.corroborate.whereabouts import Whereabouts, whereabouts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SMALL_NUMBER = 2
"""Numbers up to this are shared by chance."""


class Rows(NamedTuple):
    """What belongs to tellings: that of telling n stands in `values` from `starts[n]` to `starts[n + 1]`."""

    starts: Ints
    values: npt.NDArray[np.int32]

    @staticmethod
    def of(rows: Sequence[Iterable[int]]) -> Rows:
        """The rows of some tellings, each in order."""
        kept = [sorted(row) for row in rows]
        return Rows(np.cumsum([0, *map(len, kept)], dtype=np.int64), np.array([value for row in kept for value in row], dtype=np.int32))

    @staticmethod
    def joined(many: Sequence[Rows]) -> Rows:
        """The rows of several documents, one after another."""
        if len(many) == 1:
            return many[0]
        sizes = np.concatenate([[0], *(np.diff(one.starts) for one in many)])
        return Rows(np.cumsum(sizes, dtype=np.int64), np.concatenate([one.values for one in many]))

    def sums(self, of: Floats) -> Floats:
        """For each row the sum of what `of` gives for its values."""
        filled = np.flatnonzero(np.diff(self.starts))
        found = np.zeros(len(self.starts) - 1)
        if len(filled):
            found[filled] = np.add.reduceat(of[self.values], self.starts[filled])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The tellings of one document or of several, in the order of each text, with the words of each document by number.

    A row of each array is a telling: its own words, those of its paragraph, how many paragraphs stand before it; act, place (0: not stated) and time (NaN: not closed); its figures with and without
    their harm; and the first and last days of what its paragraph dates, one after the other.
    """

    documents: tuple[PlacedDocument, ...]
    tellings: tuple[Telling, ...]
    starts: Ints
    words: Rows
    own: Rows
    around: Rows
    paragraphs: Ints
    acts: Ints
    places: Ints
    first: Floats
    last: Floats
    figures: Rows
    bounds: Rows
    dated: Rows
    whereabouts: Whereabouts

    @property
    def document(self) -> PlacedDocument:
        """The document, where it is one."""
        return self.documents[0]

    @classmethod
    def of(cls, document: PlacedDocument, tellings: Sequence[Telling], words: Numbers, rarity: Rarity) -> Sheet:
        """The tellings of one document, which come in the order of its text; `words` are those of the text."""
        paragraphs = [paragraphs_before(document.text, one.start) for one in tellings]
        times = [one.compared.when if _is_closed(one.compared.when) else None for one in tellings]
        figures = [[(harm, bound) for harm, bound in one.figures if bound > SMALL_NUMBER] for one in tellings]
        return cls(
            (document,),
            tuple(tellings),
            np.array([0, len(tellings)], dtype=np.int64),
            Rows(np.array([0, len(words)], dtype=np.int64), words),
            Rows.of([map(rarity.number, one.words) for one in tellings]),
            Rows.of([map(rarity.number, one.around) for one in tellings]),
            np.array(paragraphs, dtype=np.int64),
            _codes([one.placed.claim.act for one in tellings], "act", rarity.code),
            _codes([one.compared.place for one in tellings], "place", rarity.code),
            np.array([float(when.first or 0) if when else np.nan for when in times]),
            np.array([float(when.last or 0) if when else np.nan for when in times]),
            Rows.of([{rarity.code(f"{bound} {harm}") for harm, bound in row} for row in figures]),
            Rows.of([{rarity.code(f"{bound}") for _, bound in row} for row in figures]),
            _dated(times, paragraphs),
            whereabouts(tellings, rarity.code),
        )

    @classmethod
    def joined(cls, sheets: Sequence[Sheet]) -> Sheet:
        """Several documents side by side."""
        if len(sheets) == 1:
            return sheets[0]
        return cls(
            tuple(document for sheet in sheets for document in sheet.documents),
            (),
            np.cumsum([0, *(sheet.starts[-1] for sheet in sheets)], dtype=np.int64),
            *(Rows.joined([getattr(sheet, name) for sheet in sheets]) for name in ("words", "own", "around")),
            *(np.concatenate([getattr(sheet, name) for sheet in sheets]) for name in ("paragraphs", "acts", "places", "first", "last")),
            *(Rows.joined([getattr(sheet, name) for sheet in sheets]) for name in ("figures", "bounds", "dated")),
            Whereabouts(*(np.concatenate(column) for column in zip(*(sheet.whereabouts for sheet in sheets), strict=True))),
        )


def _codes(stated: Sequence[str | None], what: str, code: Callable[[str], int]) -> Ints:
    return np.array([code(f"{what} {each}") if each else 0 for each in stated], dtype=np.int64)


def _dated(times: Sequence[Days | None], paragraphs: Sequence[int]) -> Rows:
    """For each telling the first and last days of the closed times in its paragraph, one after the other."""
    found: dict[int, dict[Days, None]] = {}
    for when, paragraph in zip(times, paragraphs, strict=True):
        if when is not None:
            found.setdefault(paragraph, {})[when] = None
    rows = [[day for when in found.get(paragraph, ()) for day in (when.first or 0, when.last or 0)] for paragraph in paragraphs]
    return Rows(np.cumsum([0, *map(len, rows)], dtype=np.int64), np.array([day for row in rows for day in row], dtype=np.int32))


def _is_closed(days: Days) -> bool:
    return days.first is not None and days.last is not None
