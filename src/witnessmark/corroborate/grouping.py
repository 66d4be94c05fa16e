"""Grouping tellings of one happening: pairs of documents that have rare words in common, scores of their tellings, and groups by average linkage.

The order in which claims come changes nothing. `Grouping` keeps what it compared, so that a change compares only what it touches: the documents that changed, and those with a word whose weight
they change (`rarity`). Groups are components of linked tellings, cut by average linkage; only components that were touched are cut again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from witnessmark.corroborate.clusters import average_linkage, components
from witnessmark.corroborate.likeness import Model, Scores, Sheet, scores
from witnessmark.corroborate.passages import SharedPassage
from witnessmark.corroborate.rarity import Rarity
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.words import Weights

LEAST_ALIKE = 0.01
"""Cosine of two documents from which their tellings are compared at all."""
MOST_TOGETHER = 3000
"""Tellings in one component that are still compared all with all; a larger one is cut at a higher score until it is no longer so large."""
HIGHER = 0.1


class Weighed(NamedTuple):
    """The words of a telling and those of its paragraph."""

    own: Weights
    around: Weights


class Grouping:
    """The tellings of a case by document, the scores of those that were compared, and the groups they make."""

    def __init__(self, rarity: Rarity, model: Model) -> None:
        self._rarity = rarity
        self._model = model
        self._sheets: dict[str, Sheet] = {}
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._scores: dict[str, dict[str, Scores]] = defaultdict(dict)
        self._copies: dict[str, str] = {}
        self._links: dict[str, set[str]] = defaultdict(set)
        self._tellings: dict[str, Telling] = {}
        self._places: dict[str, tuple[Sheet, int]] = {}
        self._group_of: dict[str, tuple[Telling, ...]] = {}

    def sheet(self, item: str) -> Sheet | None:
        """What is held of a document."""
        return self._sheets.get(item)

    def holders(self, words: Iterable[str]) -> set[str]:
        """The documents that have one of these words."""
        return {item for word in words for item in self._holders.get(word, ())}

    def weighed(self, telling: Telling) -> Weighed:
        """The words of a telling and of its paragraph, as they weigh in this case."""
        sheet, place = self._places[telling.id]
        return Weighed(sheet.own[place], sheet.around[place])

    def likeness(self, one: Telling, other: Telling) -> float:
        """How likely both speak of one happening; 0 where their documents have so little in common that they were not compared."""
        found = self._scores.get(one.item, {}).get(other.item)
        return 0.0 if found is None else float(found[self._places[one.id][1], self._places[other.id][1]])

    def groups(self) -> list[tuple[Telling, ...]]:
        """The groups in the order of their oldest telling."""
        found = {id(group): group for group in self._group_of.values()}
        return sorted(found.values(), key=lambda group: (group[0].age, group[0].id))

    def change(self, sheets: Sequence[Sheet], gone: Iterable[str], passages: Mapping[str, Sequence[SharedPassage]]) -> None:
        """Put in documents, those that changed and those that are new, and take out those that are gone."""
        touched = {claim for item in [*gone, *(sheet.document.item for sheet in sheets)] for claim in self._take_out(item)}
        ordered = sorted(sheets, key=lambda sheet: sheet.document.age)
        for sheet in ordered:
            self._sheets[sheet.document.item] = sheet
            for word in sheet.vocabulary:
                self._holders[word].add(sheet.document.item)
            self._tellings |= {telling.id: telling for telling in sheet.tellings}
            self._places |= {telling.id: (sheet, n) for n, telling in enumerate(sheet.tellings)}
        for sheet in ordered:
            self._copy(sheet, passages.get(sheet.document.item, ()))
        for sheet in ordered:
            self._compare(sheet)
            touched |= {telling.id for telling in sheet.tellings}
        self._group(touched)

    def _take_out(self, item: str) -> set[str]:
        """Forget a document; its claims and those that were linked to them."""
        sheet = self._sheets.pop(item, None)
        if sheet is None:
            return set()
        for word in sheet.vocabulary:
            self._holders[word].discard(item)
        for other in self._scores.pop(item, {}):
            if other != item:
                self._scores[other].pop(item, None)
        touched: set[str] = set()
        for telling in sheet.tellings:
            touched |= {telling.id, *(one.id for one in self._group_of.pop(telling.id, ()))}
            for other in self._links.pop(telling.id, set()):
                self._links[other].discard(telling.id)
                touched.add(other)
            self._copies.pop(telling.id, None)
            self._tellings.pop(telling.id, None)
            self._places.pop(telling.id, None)
        return touched

    def _copy(self, sheet: Sheet, passages: Sequence[SharedPassage]) -> None:
        """Note which claims stand word for word in an older document: the score of a copy is that of what it copies."""
        for passage in passages:
            older = self._sheets.get(passage.of)
            for telling in sheet.tellings if older else ():
                if passage.span.start <= telling.start < passage.span.end and telling.id not in self._copies:
                    same = next((one for one in older.tellings if _is_same(one, telling)), None) if older else None
                    if same is not None:
                        self._copies[telling.id] = same.id
                        self._link(telling.id, same.id)

    def _compare(self, sheet: Sheet) -> None:
        item = sheet.document.item
        if all(telling.id in self._copies for telling in sheet.tellings):
            return
        for other in [item, *self._worth_comparing(sheet)]:
            if item in self._scores[other]:
                continue
            theirs = self._sheets[other]
            older, younger = (theirs, sheet) if (theirs.document.age, other) < (sheet.document.age, item) else (sheet, theirs)
            found = scores(older, younger, self._model)
            self._scores[older.document.item][younger.document.item] = found
            self._scores[younger.document.item][older.document.item] = found.T
            for n, m in zip(*np.nonzero(found >= self._model.threshold), strict=True):
                self._link(older.tellings[n].id, younger.tellings[m].id)

    def _worth_comparing(self, sheet: Sheet) -> list[str]:
        shared: dict[str, float] = defaultdict(float)
        for word, weight in sheet.words.items():
            if self._rarity.is_followed(word):
                for other in self._holders[word]:
                    shared[other] += weight * self._sheets[other].words.get(word, 0.0)
        shared.pop(sheet.document.item, None)
        return sorted(other for other, product in shared.items() if product >= LEAST_ALIKE * sheet.length * self._sheets[other].length)

    def _link(self, one: str, other: str) -> None:
        if one != other:
            self._links[one].add(other)
            self._links[other].add(one)

    def _group(self, touched: Iterable[str]) -> None:
        """Cut again the components that hold touched claims."""
        seen: set[str] = set()
        for claim in touched:
            if claim not in seen and claim in self._tellings:
                part = self._reachable(claim)
                seen |= part
                tellings = sorted((self._tellings[each] for each in part), key=_order)
                for group in self._cut(tellings, self._model.threshold):
                    made = tuple(sorted(group, key=_order))
                    for telling in made:
                        self._group_of[telling.id] = made

    def _reachable(self, claim: str) -> set[str]:
        part, ahead = {claim}, [claim]
        while ahead:
            for other in self._links.get(ahead.pop(), ()):
                if other not in part:
                    part.add(other)
                    ahead.append(other)
        return part

    def _cut(self, part: Sequence[Telling], least: float) -> Iterator[list[Telling]]:
        """The groups of one component; a verbatim copy goes where what it copies goes."""
        kept = [telling for telling in part if self._original(telling.id) == telling.id]
        if len(kept) > MOST_TOGETHER:
            for smaller in self._parts(part, least + HIGHER):
                yield from self._cut(smaller, least + HIGHER)
            return
        copies: dict[str, list[Telling]] = defaultdict(list)
        for telling in part:
            copies[self._original(telling.id)].append(telling)
        for group in average_linkage(self._matrix(kept), self._model.threshold):
            yield [copy for n in group for copy in copies[kept[n].id]]

    def _original(self, claim: str) -> str:
        passed = {claim}
        while (of := self._copies.get(claim)) is not None and of not in passed:
            passed.add(of)
            claim = of
        return claim

    def _parts(self, part: Sequence[Telling], least: float) -> list[list[Telling]]:
        """The components of a component with the links of at least this score."""
        place = {telling.id: n for n, telling in enumerate(part)}
        links = [(place[telling.id], place[of]) for telling in part if (of := self._copies.get(telling.id)) in place]
        for items, found in self._blocks({telling.item for telling in part}):
            mine, theirs = (self._sheets[item].tellings for item in items)
            links += [
                (place[mine[n].id], place[theirs[m].id])
                for n, m in zip(*np.nonzero(found >= least), strict=True)
                if mine[n].id in place and theirs[m].id in place
            ]
        return [[part[n] for n in smaller] for smaller in components(len(part), links)]

    def _blocks(self, items: Collection[str]) -> Iterator[tuple[tuple[str, str], Scores]]:
        for one in sorted(items):
            for other, found in self._scores.get(one, {}).items():
                if other in items and one <= other:
                    yield (one, other), found

    def _matrix(self, kept: Sequence[Telling]) -> Scores:
        likeness = np.zeros((len(kept), len(kept)))
        place = {telling.id: n for n, telling in enumerate(kept)}
        items = {telling.item for telling in kept}
        rows = {
            item: np.array([(place[each.id], n) for n, each in enumerate(self._sheets[item].tellings) if each.id in place])
            for item in items
        }
        for (one, other), found in self._blocks(items):
            mine, theirs = rows[one], rows[other]
            block = found[np.ix_(mine[:, 1], theirs[:, 1])]
            likeness[np.ix_(mine[:, 0], theirs[:, 0])] = block
            likeness[np.ix_(theirs[:, 0], mine[:, 0])] = block.T
        return likeness


def _order(telling: Telling) -> tuple[object, ...]:
    return (*telling.age, telling.id)


def _is_same(one: Telling, other: Telling) -> bool:
    claim, copy = one.placed.claim, other.placed.claim
    stated = one.figures == other.figures and one.compared.place == other.compared.place
    return bool(one.words) and one.words == other.words and stated and claim.act == copy.act and claim.stance == copy.stance
