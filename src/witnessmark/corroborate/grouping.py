"""Grouping tellings of one happening: pairs of documents that have rare words in common, scores of their tellings, and groups by average linkage.

The order in which claims come changes nothing. `Grouping` keeps what it compared, so that a change compares only what it touches: the documents that changed, and those with a word whose weight
they change (`rarity`). Groups are components of linked tellings, cut by average linkage; only what was touched is cut again. Of two documents only the links are kept; scores that link nothing are worked out
for the tellings of one component alone, which are few of all that were compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import is_
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.clusters import average_linkage, labels_of
from witnessmark.corroborate.keeping import CUT, DOCUMENT, STATE, KeptDocument, KeptState, Memory, digest, made_by
from witnessmark.corroborate.likeness import DECIMALS, cosines, scores
from witnessmark.corroborate.passages import SharedPassage
from witnessmark.corroborate.rarity import Rarity
from witnessmark.corroborate.sheets import Floats, Ints, Sheet, Shelf, stretches
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.trees import Trees
from witnessmark.corroborate.words import Weights

LEAST_ALIKE = 0.01
"""Cosine of two documents from which their tellings are compared at all."""
MOST_TOGETHER = 3000
"""Tellings in one component that are still compared all with all; a larger one is cut at a higher score until it is no longer so large."""
HIGHER = 0.1
AT_ONCE = 500
"""Documents that one is compared with at once; it bounds memory, never the result."""
WHOLE = 10**DECIMALS

Fixed = npt.NDArray[np.int32]
"""Scores as whole numbers of 10 ** -DECIMALS, just as they were rounded."""


class Weighed(NamedTuple):
    """The words of a telling and those of its paragraph."""

    own: Weights
    around: Weights


class Links(NamedTuple):
    """The pairs of tellings of one document and others that are alike enough: row, number of the other document, row there, score."""

    row: npt.NDArray[np.int32]
    of: npt.NDArray[np.int32]
    of_row: npt.NDArray[np.int32]
    score: Fixed


class Held(NamedTuple):
    """One document as it was compared last: at which `change`, with which other documents (by number), and what was linked. Of two documents the later one knows."""

    sheet: Sheet
    number: int
    change: int
    near: npt.NDArray[np.int32]
    links: Links


class Touched(NamedTuple):
    """What a change touches: documents that are gone, held ones to be compared `again`, and what is `known` from an earlier weighing of those put in."""

    gone: Sequence[str]
    again: Sequence[str]
    known: Mapping[str, KeptDocument]


NOTHING = Links(*(np.zeros(0, dtype=np.int32) for _ in range(4)))
Cut = list[tuple[Telling, ...]]


class Grouping:
    """The tellings of a case by document, what was linked of those that were compared, and the groups they make."""

    def __init__(self, rarity: Rarity, model: Trees, memory: Memory | None = None) -> None:
        self._memory = memory or Memory({})
        self._rarity = rarity
        self._model = model
        self._held: dict[str, Held] = {}
        self._numbers: dict[str, int] = {}
        self._items: list[str] = []
        self._changes = 0
        self._copies: dict[str, dict[str, str]] = {}
        self._originals: dict[str, str] = {}
        self._shelf: _Shelf | None = None
        self._blocks: dict[str, dict[str, Fixed]] = {}
        self._places: dict[str, tuple[Sheet, int]] = {}
        self._cuts: dict[str, Cut] = {}
        self._groups: Cut = []
        self._weighed: dict[str, Weighed] = {}
        self._keys: dict[tuple[str, int], tuple[tuple[str, ...], frozenset[str], str]] = {}

    def items_with(self, words: npt.NDArray[np.int32]) -> set[str]:
        """The documents that have one of these words."""
        return self._shelf.items_with(words) if self._shelf is not None else set()

    def change_of(self, item: str) -> int:
        """When a document was compared last: as long as this stays, all that was worked out of it does."""
        held = self._held.get(item)
        return held.change if held is not None else 0

    def tellings_of(self, item: str) -> Sequence[Telling]:
        """The tellings of a document, in the order of its text."""
        held = self._held.get(item)
        return held.sheet.tellings if held is not None else ()

    def weighed(self, telling: Telling) -> Weighed:
        """The words of a telling and of its paragraph, as they weigh in this case."""
        known = self._weighed.get(telling.id)
        if known is None:
            known = self._weighed[telling.id] = Weighed(self.weigh(telling.words), self.weigh(telling.around))
        return known

    def weigh(self, words: Weights) -> Weights:
        """Words as they weigh in this case."""
        return self._rarity.weigh(words)

    def documents_alike(self, one: str, other: str) -> float:
        """The cosine of the angle between two documents, as vectors of weights, from 0 to 1."""
        mine, theirs = self._held.get(one), self._held.get(other)
        return float(cosines(mine.sheet, theirs.sheet, self._rarity.weights)[0]) if mine and theirs else 0.0

    def likeness(self, one: Telling, other: Telling) -> float:
        """How likely both speak of one happening; 0 where their documents have so little in common that they were not compared."""
        if not self._is_compared(one.item, other.item):
            return 0.0
        block = self._block(one.item, other.item)
        return float(block[self._places[one.id][1], self._places[other.id][1]] / WHOLE)

    def groups(self) -> list[tuple[Telling, ...]]:
        """The groups in the order of their oldest telling."""
        return self._groups

    def go_on_from(self, state: KeptState) -> None:
        """Number documents and changes on from those of an earlier weighing. Expects that nothing is held yet."""
        self._items, self._changes = list(state.items), state.changes
        self._numbers = {item: number for number, item in enumerate(self._items)}

    def change(self, sheets: Sequence[Sheet], touched: Touched, passages: Mapping[str, Sequence[SharedPassage]]) -> None:
        """Put in documents, take out those that are gone, and compare again what is held and touched by it."""
        self._changes += 1
        self._weighed = {}
        moved = {*touched.gone, *touched.again, *(sheet.document.item for sheet in sheets)}
        self._keys = {first: known for first, known in self._keys.items() if known[1].isdisjoint(moved)}
        for item in [*touched.gone, *(sheet.document.item for sheet in sheets)]:
            self._take_out(item)
        worked = [*sheets, *(self._held[item].sheet for item in touched.again if item in self._held)]
        for sheet in sheets:
            self._put_in(sheet, touched.known.get(sheet.document.item))
        for sheet in worked:
            self._copies[sheet.document.item] = self._copies_in(sheet, passages.get(sheet.document.item, ()))
            self._drop_blocks(sheet.document.item)
        self._originals = {copy: of for copies in self._copies.values() for copy, of in copies.items()}
        self._compare([sheet for sheet in worked if sheet.document.item not in touched.known])
        self._group()

    def keep(self, says: Mapping[str, bytes], shares: Mapping[str, bytes]) -> None:
        """Put what was compared into the memory; `says` and `shares` are digests of documents and of their passages."""
        for item, held in self._held.items():

            def made(item: str = item, held: Held = held) -> bytes:
                near, *links = (column.tobytes() for column in (held.near, *held.links))
                return msgspec.msgpack.encode(KeptDocument(item, says[item], shares[item], held.number, held.change, near, links))

            self._memory.keep(DOCUMENT, f"{item} {held.change}", made)
        size, steps = self._rarity.steps()
        state = msgspec.msgpack.encode(KeptState(made_by(), size, steps, self._items, self._changes))
        self._memory.keep(STATE, digest([state]), lambda: state)

    def _put_in(self, sheet: Sheet, known: KeptDocument | None) -> None:
        """Hold a document, as it was compared in an earlier weighing where that is known."""
        item = sheet.document.item
        number = self._numbers.setdefault(item, len(self._items))
        self._items += [item] if number == len(self._items) else []
        self._places |= {telling.id: (sheet, n) for n, telling in enumerate(sheet.tellings)}
        if known is None:
            self._held[item] = Held(sheet, number, self._changes, NOTHING.of, NOTHING)
        else:
            near, *links = (np.frombuffer(column, dtype=np.int32) for column in (known.near, *known.links))
            self._held[item] = Held(sheet, number, known.change, near, Links(*links))

    def _take_out(self, item: str) -> None:
        held = self._held.pop(item, None)
        if held is not None:
            self._copies.pop(item, None)
            self._drop_blocks(item)
            for telling in held.sheet.tellings:
                self._places.pop(telling.id, None)

    def _drop_blocks(self, item: str) -> None:
        for other in self._blocks.pop(item, {}):
            self._blocks[other].pop(item, None) if other in self._blocks else None

    def _copies_in(self, sheet: Sheet, passages: Sequence[SharedPassage]) -> dict[str, str]:
        """Which claims stand word for word in an older document: the score of a copy is that of what it copies."""
        found: dict[str, str] = {}
        for passage in passages:
            older = self._held.get(passage.of)
            for telling in sheet.tellings if older else ():
                if passage.span.start <= telling.start < passage.span.end and telling.id not in found:
                    same = next((one for one in older.sheet.tellings if _is_same(one, telling)), None) if older else None
                    if same is not None:
                        found[telling.id] = same.id
        return found

    def _is_copied(self, sheet: Sheet) -> bool:
        """Whether all that a document tells it tells in the words of others; two such documents are not compared."""
        return len(self._copies[sheet.document.item]) == len(sheet.tellings)

    def _compare(self, touched: Sequence[Sheet]) -> None:
        """Compare each of these documents with all that have enough in common with it."""
        held = list(self._held.values())
        before = self._shelf if self._shelf is not None and self._shelf.begins([one.sheet for one in held]) else None
        self._shelf = _Shelf([one.sheet for one in held], self._rarity, before) if held else None
        if self._shelf is None:
            return
        waiting = np.ones(len(held), dtype=bool)
        numbers = np.array([one.number for one in held], dtype=np.int32)
        copied = np.array([self._is_copied(one.sheet) for one in held], dtype=bool)
        for sheet in touched:
            place = self._shelf.places[sheet.document.item]
            worth = self._shelf.worth_comparing(place)
            worth = worth[~copied[worth]] if copied[place] else worth
            new = worth[waiting[worth]]
            links = [self._linked(sheet, self._shelf, new[n : n + AT_ONCE]) for n in range(0, len(new), AT_ONCE)]
            links += [] if copied[place] else [self._linked(sheet, self._shelf, np.array([place]))]
            joined = Links(*(np.concatenate(column) for column in zip(NOTHING, *links, strict=True)))
            self._held[sheet.document.item] = Held(sheet, int(numbers[place]), self._changes, np.sort(numbers[worth]), joined)
            waiting[place] = False

    def _linked(self, sheet: Sheet, shelf: _Shelf, places: Ints) -> Links:
        """The links of one document with others, or with itself alone, since then it counts how near its claims stand to each other."""
        beside = shelf.chosen(places)
        found = scores(sheet, beside, self._rarity.weights, self._model)
        rows, columns = np.nonzero(found >= self._model.threshold)
        ends = np.cumsum(beside.sizes)
        which = np.searchsorted(ends, columns, side="right")
        numbers = np.array([self._numbers[document.item] for document in beside.documents], dtype=np.int32)
        return Links(
            rows.astype(np.int32),
            numbers[which],
            (columns - ends[which] + beside.sizes[which]).astype(np.int32),
            _fixed(found[rows, columns]),
        )

    def _is_compared(self, one: str, other: str) -> bool:
        mine, theirs = self._held.get(one), self._held.get(other)
        if mine is None or theirs is None:
            return False
        if one == other:
            return not self._is_copied(mine.sheet)
        later, earlier = (mine, theirs) if mine.change >= theirs.change else (theirs, mine)
        at = int(np.searchsorted(later.near, earlier.number))
        return at < len(later.near) and bool(later.near[at] == earlier.number)

    def _block(self, one: str, other: str) -> Fixed:
        """The scores of the tellings of two documents that were compared."""
        known = self._blocks.setdefault(one, {}).get(other)
        if known is None:
            self._fill(one, [other])
            known = self._blocks[one][other]
        return known

    def _fill(self, item: str, others: Sequence[str]) -> None:
        """Work out the scores of a document and others, each way."""
        sheet, shelf = self._held[item].sheet, self._shelf
        for part in [[other for other in others if other == item], [other for other in others if other != item]]:
            if part and shelf is not None:
                beside = shelf.chosen(np.array([shelf.places[other] for other in part]))
                found = _fixed(scores(sheet, beside, self._rarity.weights, self._model))
                for other, block in zip(part, np.split(found, np.cumsum(beside.sizes)[:-1], axis=1), strict=True):
                    kept = np.ascontiguousarray(block)
                    self._blocks.setdefault(item, {})[other] = kept
                    self._blocks.setdefault(other, {})[item] = kept.T

    def _group(self) -> None:
        """Cut the components of linked tellings again, those that hold what was touched."""
        web = _Web(list(self._held.values()), self._originals, self._items)
        known, self._cuts = self._cuts, {}
        self._memory.begin(CUT)
        found: Cut = []
        for part in self._parts(web, np.arange(len(web.tellings)), self._model.threshold):
            tellings = [web.tellings[n] for n in part]
            if len(tellings) == 1:
                found.append(tuple(tellings))
                continue
            key = self.key_of(tellings)
            self._cuts[key] = known.get(key) or self._recalled(key) or self._cut(sorted(tellings, key=_order))
            cut = self._cuts[key]
            self._memory.keep(CUT, key, lambda cut=cut: msgspec.msgpack.encode([[one.id for one in group] for group in cut]))  # type: ignore[misc]
            found += cut
        self._groups = sorted(found, key=lambda group: _order(group[0]))

    def key_of(self, tellings: Sequence[Telling]) -> str:
        """The same as long as neither these tellings nor what they were compared with change."""
        ids = tuple(one.id for one in tellings)
        known = self._keys.get((ids[0], len(ids)))
        if known is not None and known[0] == ids:
            return known[2]
        items = dict.fromkeys(one.item for one in tellings)
        key = digest([*map(str.encode, ids), *(f"{item} {self.change_of(item)}".encode() for item in items)])
        self._keys[ids[0], len(ids)] = ids, frozenset(items), key
        return key

    def _recalled(self, key: str) -> Cut:
        kept = self._memory.known(CUT, key)
        groups = msgspec.msgpack.decode(kept, type=list[list[str]]) if kept is not None else []
        return [tuple(self._telling(claim) for claim in group) for group in groups]

    def _telling(self, claim: str) -> Telling:
        sheet, place = self._places[claim]
        return sheet.tellings[place]

    def _parts(self, web: _Web, members: Ints, least: float, links: Ints | None = None) -> Iterator[list[int]]:
        """The components of what is linked by at least this score, those too large cut at a higher one."""
        for part, linked in web.components(members, least, links):
            if np.count_nonzero(web.is_original[part]) > MOST_TOGETHER:
                yield from self._parts(web, part, least + HIGHER, linked)
            else:
                yield part.tolist()

    def _cut(self, part: Sequence[Telling]) -> Cut:
        """The groups of one component; a verbatim copy goes where what it copies goes."""
        copies: dict[str, list[Telling]] = defaultdict(list)
        for telling in part:
            copies[self._original(telling.id)].append(telling)
        kept = [telling for telling in part if self._original(telling.id) == telling.id]
        groups = (
            [copy for n in group for copy in copies[kept[n].id]] for group in average_linkage(self._matrix(kept), self._model.threshold)
        )
        return [tuple(sorted(group, key=_order)) for group in groups]

    def _original(self, claim: str) -> str:
        passed = {claim}
        while (of := self._originals.get(claim)) is not None and of not in passed:
            passed.add(of)
            claim = of
        return claim

    def _matrix(self, kept: Sequence[Telling]) -> Floats:
        likeness = np.zeros((len(kept), len(kept)))
        rows: dict[str, list[int]] = defaultdict(list)
        for n, telling in enumerate(kept):
            rows[telling.item].append(n)
        items = sorted(rows)
        places = [np.array([self._places[kept[n].id][1] for n in rows[item]]) for item in items]
        compared = self._compared(items)
        for n, one in enumerate(items):
            others = np.flatnonzero(compared[n, n:]) + n
            if len(others):
                self._fill(one, [items[other] for other in others if items[other] not in self._blocks.get(one, ())])
                known = self._blocks[one]
                block = np.concatenate([known[items[other]][np.ix_(places[n], places[other])] for other in others], axis=1) / WHOLE
                mine, theirs = np.array(rows[one]), np.concatenate([rows[items[other]] for other in others])
                likeness[np.ix_(mine, theirs)] = block
                likeness[np.ix_(theirs, mine)] = block.T
        return likeness

    def _compared(self, items: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Which of these documents were compared with which, each pair told above the diagonal."""
        held = [self._held[item] for item in items]
        numbers = np.array([one.number for one in held], dtype=np.int32)
        near = np.array([np.isin(numbers, one.near, assume_unique=True) for one in held]).reshape(len(held), len(held))
        changes = np.array([one.change for one in held])
        found = np.where(changes[:, None] >= changes[None, :], near, near.T)
        np.fill_diagonal(found, [not self._is_copied(one.sheet) for one in held])
        return found


class _Shelf(Shelf):
    """The documents by the words that are worth following."""

    def __init__(self, sheets: Sequence[Sheet], rarity: Rarity, before: Shelf | None = None) -> None:
        super().__init__(sheets, before)
        self.places = {sheet.document.item: n for n, sheet in enumerate(sheets)}
        self._sheets = tuple(sheets)
        self._words = self.all.words
        self._word_starts = self._words.starts
        self._owners = np.repeat(np.arange(len(sheets), dtype=np.int32), self._words.sizes)
        followed = rarity.followed()[self._words.values]
        order = np.argsort(self._words.values[followed], kind="stable")
        self._holders = self._owners[followed][order]
        self._holder_starts = np.searchsorted(self._words.values[followed][order], np.arange(len(rarity.weights) + 1))
        self._squares = rarity.weights**2
        self._lengths = np.sqrt(self._words.sums(self._squares))

    def begins(self, sheets: Sequence[Sheet]) -> bool:
        """Whether these documents are those of this shelf, the same in the same order, and perhaps more."""
        return len(self._sheets) <= len(sheets) and all(map(is_, self._sheets, sheets))

    def items_with(self, words: npt.NDArray[np.int32]) -> set[str]:
        """The documents that have one of these words."""
        known = np.zeros(int(max(self._words.values.max(initial=0), words.max(initial=0))) + 1, dtype=bool)
        known[words] = True
        return {self.all.documents[place].item for place in np.unique(self._owners[known[self._words.values]]).tolist()}

    def worth_comparing(self, place: int) -> Ints:
        """The places of the documents that have enough followed words in common with the one at `place`."""
        words = self._words.values[self._word_starts[place] : self._word_starts[place + 1]]
        starts = self._holder_starts[words]
        sizes = self._holder_starts[words + 1] - starts
        held = self._holders[stretches(starts, sizes)]
        shared = np.bincount(held, weights=np.repeat(self._squares[words], sizes), minlength=len(self._lengths))
        worth = (shared > 0) & (shared >= LEAST_ALIKE * self._lengths[place] * self._lengths)
        worth[place] = False
        return np.flatnonzero(worth)


class _Web:
    """All tellings as numbers, in the order of documents and texts, and what links them."""

    def __init__(self, held: Sequence[Held], originals: Mapping[str, str], items: Sequence[str]) -> None:
        self.tellings = [telling for one in held for telling in one.sheet.tellings]
        place = {telling.id: n for n, telling in enumerate(self.tellings)}
        self.is_original = np.array([telling.id not in originals for telling in self.tellings], dtype=bool)
        first, since = np.zeros((2, len(items)), dtype=np.int64)
        since[:] = np.iinfo(np.int64).max
        at = 0
        for one in held:
            first[one.number], since[one.number] = at, one.change
            at += len(one.sheet.tellings)
        links = Links(*(np.concatenate(column) for column in zip(*(one.links for one in held), strict=True))) if held else NOTHING
        counts = [len(one.links.row) for one in held]
        known = np.repeat(np.array([one.change for one in held], dtype=np.int64), counts)
        begins = np.repeat(np.array([first[one.number] for one in held], dtype=np.int64), counts)
        stands = since[links.of] <= known
        pairs = [(place[copy], place[of]) for copy, of in originals.items() if copy in place and of in place]
        copies = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self._one = np.concatenate([(begins + links.row)[stands], copies[:, 0]])
        self._other = np.concatenate([(first[links.of] + links.of_row)[stands], copies[:, 1]])
        self._score = np.concatenate([links.score[stands], np.full(len(copies), np.iinfo(np.int32).max, dtype=np.int32)])

    def components(self, members: Ints, least: float, links: Ints | None = None) -> Iterator[tuple[Ints, Ints]]:
        """The components of these tellings by links of at least this score; `links` are all among the members, None where the members are all there are.

        Each comes with the links inside it, where it is so large that it may have to be cut at a higher score.
        """
        strong = self._score >= round(least * WHOLE) if links is None else self._score[links] >= round(least * WHOLE)
        links = np.flatnonzero(strong) if links is None else links[strong]
        place = np.zeros(len(self.tellings), dtype=np.int64)
        place[members] = np.arange(len(members))
        one = place[self._one[links]]
        label = labels_of(len(members), one, place[self._other[links]])
        order = np.argsort(label, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(members) else ():
            yield members[part], links[label[one] == label[part[0]]] if len(part) > MOST_TOGETHER else links[:0]


def _fixed(found: Floats) -> Fixed:
    return np.asarray(np.rint(found * WHOLE), dtype=np.int32)


def _order(telling: Telling) -> tuple[object, ...]:
    return (*telling.age, telling.id)


def _is_same(one: Telling, other: Telling) -> bool:
    claim, copy = one.placed.claim, other.placed.claim
    stated = one.figures == other.figures and one.compared.place == other.compared.place
    return bool(one.words) and one.words == other.words and stated and claim.act == copy.act and claim.stance == copy.stance
