"""The tellings of documents as numbers in arrays, so that one document is compared with hundreds of others at once.

What words weigh in the case is no part of a sheet: it stays as it is when the case grows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.days import Days
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.rarity import Numbers, Rarity
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.whereabouts import Whereabouts, whereabouts
from witnessmark.model.meaning import DIMENSIONS
from witnessmark.text.paragraphs import paragraphs_before

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.int8]

SMALL_NUMBER = 2
"""Numbers up to this are shared by chance."""


class Rows(NamedTuple):
    """What belongs to tellings: `sizes` says how many `values` each has, one after another."""

    sizes: npt.NDArray[np.int32]
    values: npt.NDArray[np.int32]

    @staticmethod
    def of(rows: Sequence[Collection[int]]) -> Rows:
        """The rows of some tellings."""
        return Rows(
            np.array([len(row) for row in rows], dtype=np.int32), np.array([value for row in rows for value in row], dtype=np.int32)
        )

    @property
    def starts(self) -> Ints:
        """Where each row begins, and where the last one ends."""
        return np.concatenate([[0], np.cumsum(self.sizes, dtype=np.int64)])

    @staticmethod
    def joined(many: Sequence[Rows]) -> Rows:
        """The rows of several documents, one after another."""
        return Rows(np.concatenate([one.sizes for one in many]), np.concatenate([one.values for one in many]))

    def chosen(self, starts: Ints, rows: Ints) -> Rows:
        """Some of the rows; `starts` are those of all."""
        sizes = self.sizes[rows]
        return Rows(sizes, self.values[stretches(starts[rows], sizes)])

    def sums(self, of: Floats) -> Floats:
        """For each row the sum of what `of` gives for its values."""
        filled = np.flatnonzero(self.sizes)
        found = np.zeros(len(self.sizes))
        if len(filled):
            found[filled] = np.add.reduceat(of[self.values], self.starts[filled])
        return found


def stretches(starts: npt.NDArray[Any], sizes: npt.NDArray[Any]) -> Ints:
    """The numbers of several stretches one after another, each from its start on as many as its size."""
    ends = np.cumsum(sizes, dtype=np.int64)
    return np.asarray(np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The tellings of one document or of several, in the order of each text, with the words of each document by number.

    A row of each array is a telling: its own words, those of its paragraph, the vector of what that is about (`meant`: whether one was made), how many paragraphs stand before it; act, place (0: not stated) and time (NaN: not closed); its figures with and without
    their harm; and the first and last days of what its paragraph dates, one after the other. A row of `days` (NaN: not dated), of `sizes` (how many tellings) and of `words` is a document.
    """

    documents: tuple[PlacedDocument, ...]
    tellings: tuple[Telling, ...]
    days: Floats
    sizes: npt.NDArray[np.int32]
    words: Rows
    own: Rows
    around: Rows
    meanings: Bytes
    meant: npt.NDArray[np.bool_]
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
            np.array([np.nan if document.day is None else document.day], dtype=np.float64),
            np.array([len(tellings)], dtype=np.int32),
            Rows(np.array([len(words)], dtype=np.int32), words),
            Rows.of([[*map(rarity.number, one.words)] for one in tellings]),
            _around(tellings, rarity),
            _meanings(tellings),
            np.array([bool(one.placed.meaning) and any(one.placed.meaning) for one in tellings], dtype=bool),
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
        """Several documents side by side, at least one; their tellings are left out."""
        return cls(
            tuple(document for sheet in sheets for document in sheet.documents),
            (),
            **_each(lambda name: np.concatenate([getattr(sheet, name) for sheet in sheets]), ("days", "sizes", *COLUMNS)),
            **_each(lambda name: Rows.joined([getattr(sheet, name) for sheet in sheets]), ("words", *ROWS)),
            whereabouts=Whereabouts(**_each(lambda name: np.concatenate([getattr(sheet.whereabouts, name) for sheet in sheets]), PLACED)),
        )


def _each(column: Callable[[str], Any], names: Collection[str]) -> dict[str, Any]:
    return {name: column(name) for name in names}


COLUMNS = ("meanings", "meant", "paragraphs", "acts", "places", "first", "last")
PLACED = Whereabouts._fields
ROWS = ("own", "around", "figures", "bounds", "dated")


class Shelf:
    """Many documents side by side, of which some can be taken at once."""

    def __init__(self, sheets: Sequence[Sheet], before: Shelf | None = None) -> None:
        """`before` holds the first of the documents, in this order."""
        self.all: Sheet = Sheet.joined(sheets if before is None else [before.all, *sheets[len(before.all.documents) :]])
        self.starts = Rows(self.all.sizes, self.all.words.values).starts
        self._starts = {name: getattr(self.all, name).starts for name in ("words", *ROWS)}

    def chosen(self, places: Ints) -> Sheet:
        """The documents at these places, in this order."""
        whole, sizes = self.all, self.all.sizes[places]
        rows = stretches(self.starts[places], sizes)
        return Sheet(
            tuple(whole.documents[place] for place in places.tolist()),
            (),
            whole.days[places],
            sizes,
            whole.words.chosen(self._starts["words"], places),
            **_each(lambda name: getattr(whole, name)[rows], COLUMNS),
            **_each(lambda name: getattr(whole, name).chosen(self._starts[name], rows), ROWS),
            whereabouts=Whereabouts(**_each(lambda name: getattr(whole.whereabouts, name)[rows], PLACED)),
        )


def _around(tellings: Sequence[Telling], rarity: Rarity) -> Rows:
    """The words of each telling's paragraph, which several tellings share."""
    known = {id(one.around): one.around for one in tellings}
    numbers = {key: [*map(rarity.number, words)] for key, words in known.items()}
    return Rows.of([numbers[id(one.around)] for one in tellings])


def _meanings(tellings: Sequence[Telling]) -> Bytes:
    found = np.zeros((len(tellings), DIMENSIONS), dtype=np.int8)
    for row, one in zip(found, tellings, strict=True):
        if one.placed.meaning:
            row[:] = np.frombuffer(one.placed.meaning, dtype=np.int8)
    return found


def _codes(stated: Sequence[str | None], what: str, code: Callable[[str], int]) -> Ints:
    return np.array([code(f"{what} {each}") if each else 0 for each in stated], dtype=np.int64)


def _dated(times: Sequence[Days | None], paragraphs: Sequence[int]) -> Rows:
    """For each telling the first and last days of the closed times in its paragraph, one after the other."""
    found: dict[int, dict[Days, None]] = {}
    for when, paragraph in zip(times, paragraphs, strict=True):
        if when is not None:
            found.setdefault(paragraph, {})[when] = None
    rows = [[day for when in found.get(paragraph, ()) for day in (when.first or 0, when.last or 0)] for paragraph in paragraphs]
    return Rows.of(rows)


def _is_closed(days: Days) -> bool:
    return days.first is not None and days.last is not None
