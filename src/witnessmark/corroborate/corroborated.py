"""The whole of corroboration: from the claims and documents of a case to answers and weighed incidents.

`corroborate` works a case out at once. `Corroboration` keeps what it worked out, so that a new document compares only what it touches; both give the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from witnessmark.corroborate.answering import answers_in
from witnessmark.corroborate.answers import AnswerFinder
from witnessmark.corroborate.compared import Compared
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.grouping import Grouping, Touched
from witnessmark.corroborate.incidents import incident_of, is_incident
from witnessmark.corroborate.judged import Judged, judged_groups
from witnessmark.corroborate.keeping import ANSWERS, DOCUMENT, INCIDENT, STATE, Kept, KeptDocument, Memory, digest
from witnessmark.corroborate.likeness import model
from witnessmark.corroborate.passages import PassageIndex
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.corroborate.rarity import Numbers, Rarity
from witnessmark.corroborate.sheets import Sheet
from witnessmark.corroborate.telling import Telling, telling_of
from witnessmark.corroborate.words import words_of
from witnessmark.model.incident import Answer, Incident

_ANSWERS = msgspec.msgpack.Decoder(tuple[Answer, ...])


class Corroborated(msgspec.Struct, frozen=True):
    """What answers what, and the incidents in the order of their oldest claim."""

    answers: tuple[Answer, ...]
    incidents: tuple[Incident, ...]


class _Made(NamedTuple):
    """An incident and all it was made from: the group, what answers it, and the items of both; `key` is a hash of it."""

    group: tuple[Telling, ...]
    answers: list[Answer]
    items: frozenset[str]
    key: str
    incident: Incident


class Before(msgspec.Struct, frozen=True):
    """What a weighing before found, and what it kept to go on from."""

    incidents: Sequence[Incident]
    kept: Kept


def corroborate(claims: Iterable[PlacedClaim], documents: Iterable[PlacedDocument] = (), judged: Judged | None = None) -> Corroborated:
    """Answers and incidents of a case. A claim given twice counts once; a claim whose document is not given is known by its own words only."""
    corroboration = Corroboration(judged)
    corroboration.change(claims, documents)
    return corroboration.result()


class Corroboration:
    """A case that can grow: give it documents with all their claims, and ask for the result."""

    def __init__(self, judged: Judged | None = None, before: Before | None = None) -> None:
        self._judged = judged or Judged()
        self._memory = Memory(before.kept if before else {})
        self._grades = msgspec.msgpack.encode((sorted(self._judged.rejected), sorted(self._judged.grades.items())))
        self._made = {incident.id: incident for incident in before.incidents} if before and self._memory.goes_on else {}
        self._documents: dict[str, PlacedDocument] = {}
        self._claims: dict[str, list[PlacedClaim]] = {}
        self._tellings: dict[str, Telling] = {}
        self._words: dict[str, Numbers] = {}
        self._says: dict[str, bytes] = {}
        self._shares: dict[str, bytes] = {}
        self._touched: set[str] = set()
        self._last: dict[str, _Made] = {}
        self._answers = AnswerFinder()
        self._rarity = Rarity()
        self._passages = PassageIndex(())
        self.grouping = Grouping(self._rarity, model(), self._memory)

    def change(self, claims: Iterable[PlacedClaim], documents: Iterable[PlacedDocument] = ()) -> None:
        """Put in items with all their claims, in place of what was held of these items."""
        come: dict[str, list[PlacedClaim]] = defaultdict(list)
        for placed in {each.claim.id: each for each in reversed(list(claims))}.values():
            come[placed.item].append(placed)
        held = {document.item: document for document in documents}
        for item, found in come.items():
            if item not in held:
                held[item] = self._documents.get(item) or PlacedDocument(item, "", found[0].published)
        replaced = [item for item in held if item in self._documents]
        for item in replaced:
            for placed in self._claims.get(item, ()):
                self._tellings.pop(placed.claim.id, None)
        passages = self._take_in(held, replaced)
        self._claims |= {item: come.get(item, []) for item in held}
        self._tellings |= {
            placed.claim.id: telling_of(Compared.of(placed), self._documents[item]) for item in held for placed in self._claims[item]
        }
        tellings = {item: [self._tellings[placed.claim.id] for placed in self._claims[item]] for item in held}
        self._answers.change({item: [((one.age, one.id), one.compared) for one in found] for item, found in tellings.items()})
        self._digest(held, passages)
        gone = [self._words[item] for item in replaced]
        self._words |= {item: self._rarity.numbers(self._words_in(document)) for item, document in held.items()}
        sheets = [self._sheet(item) for item in sorted(held) if self._claims[item]]
        moved = self._rarity.change(gone, [self._words[item] for item in held])
        again = passages | (set(self._documents) if moved is None else self.grouping.items_with(moved))
        touched = Touched([item for item in held if not self._claims[item]], sorted(again - held.keys()), self._known(sheets))
        self.grouping.change(sheets, touched, self._passages.passages())

    def _digest(self, held: Mapping[str, PlacedDocument], passages: Iterable[str]) -> None:
        """Digests of what documents say and share, by which it is known that they are still the same."""
        for item, document in held.items():
            claims = sorted(self._claims[item], key=lambda placed: placed.claim.id)
            self._says[item] = bytes.fromhex(digest(map(msgspec.msgpack.encode, (document, claims))))
        shared = self._passages.passages()
        self._touched |= {*held, *passages}
        for item in {*held, *passages}:
            self._shares[item] = bytes.fromhex(digest([msgspec.msgpack.encode(shared.get(item, ()))]))

    def _known(self, sheets: Sequence[Sheet]) -> dict[str, KeptDocument]:
        """What is known from the weighing before of the first documents put in: of those that neither differ nor are touched by what does."""
        state, known = self._memory.take_state(), self._memory.documents
        if state is None:
            return {}
        self.grouping.go_on_from(state)
        moved = self._rarity.moved_since(state.size, state.steps)
        if moved is None:
            return {}
        differs = {item for item, one in known.items() if self._says.get(item) != one.says}
        weighs = np.zeros(len(self._rarity.weights), dtype=bool)
        weighs[moved] = True
        shared = self._passages.passages()

        def stands(sheet: Sheet) -> bool:
            item = sheet.document.item
            kept = known.get(item)
            if kept is None or item in differs or kept.shares != self._shares[item]:
                return False
            copies = any(passage.of in differs or passage.of not in known for passage in shared.get(item, ()))
            return not copies and not weighs[sheet.words.values].any()

        return {sheet.document.item: known[sheet.document.item] for sheet in sheets if stands(sheet)}

    def kept(self) -> Kept:
        """What the next weighing can go on from, after `result`."""
        self._memory.begin(DOCUMENT)
        self._memory.begin(STATE)
        self.grouping.keep(self._says, self._shares)
        return self._memory.rows()

    def telling(self, claim: str) -> Telling | None:
        """What is compared of a claim."""
        return self._tellings.get(claim)

    def groups(self) -> list[tuple[Telling, ...]]:
        """The groups of tellings, as people merged and parted them."""
        return judged_groups(self.grouping.groups(), self._judged)

    def result(self) -> Corroborated:
        """Everything as it stands."""
        groups = self.groups()
        self._memory.begin(ANSWERS)
        self._memory.begin(INCIDENT)
        answers = self._answers.answers()
        across = self._answers.across()
        answers += self._answers_in(groups, across)
        about: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            about[answer.about].append(answer)
        made = {
            group[0].id: self._incident(group, [answer for telling in group for answer in about.get(telling.id, ())])
            for group in groups
            if is_incident(group)
        }
        self._last, self._touched = made, set()
        self._made = {each.incident.id: each.incident for each in made.values()}
        return Corroborated(tuple(answers), tuple(self._made.values()))

    def _answers_in(self, groups: Sequence[tuple[Telling, ...]], across: frozenset[str]) -> list[Answer]:
        """The answers inside each group, as they were found before where nothing of it changed."""
        found: list[Answer] = []
        for group in groups:
            if len(group) > 1:
                answered = across.intersection(telling.id for telling in group)
                key = digest([self.grouping.key_of(group).encode(), *(claim.encode() for claim in sorted(answered))])
                known = self._memory.known(ANSWERS, key)
                answers = _ANSWERS.decode(known) if known is not None else tuple(answers_in(group, self.grouping, answered))
                self._memory.keep(ANSWERS, key, lambda answers=answers: msgspec.msgpack.encode(answers))  # type: ignore[misc]
                found += answers
        return found

    def _incident(self, group: tuple[Telling, ...], answers: list[Answer]) -> _Made:
        """The incident of a group, as it was made before where nothing of it changed."""
        last = self._last.get(group[0].id)
        if last is not None and last.group == group and last.answers == answers and last.items.isdisjoint(self._touched):
            found = last
        else:
            answering = [self._tellings[claim] for claim in dict.fromkeys(answer.claim for answer in answers) if claim in self._tellings]
            items = dict.fromkeys(one.item for one in (*group, *answering))
            key = digest(
                [
                    *(one.id.encode() for one in (*group, *answering)),
                    *(part for item in items for part in (item.encode(), self._says[item], self._shares[item])),
                    msgspec.msgpack.encode(answers),
                    self._grades,
                ]
            )
            known = self._made.get((self._memory.known(INCIDENT, key) or b"").decode())
            made = known or incident_of(group, answering, answers, self._passages.passages(), self._judged)
            found = _Made(group, answers, frozenset(items), key, made)
        self._memory.keep(INCIDENT, found.key, found.incident.id.encode)
        return found

    def _take_in(self, held: Mapping[str, PlacedDocument], replaced: Sequence[str]) -> set[str]:
        """Keep the documents; the items whose shared passages are others than before, or stand in a document that is replaced."""
        self._documents |= held
        before = self._passages.passages()
        self._passages = PassageIndex(self._documents.values()) if replaced else self._passages.extended(list(held.values()))
        after = self._passages.passages()
        copying = {item for item, found in after.items() if any(passage.of in replaced for passage in found)}
        return copying | {item for item in before.keys() | after.keys() if before.get(item) != after.get(item)}

    def _words_in(self, document: PlacedDocument) -> Iterable[str]:
        """The words of a document; of one whose text is not known, those of its claims."""
        return words_of(document.text or " ".join(placed.claim.quote for placed in self._claims[document.item]))

    def _sheet(self, item: str) -> Sheet:
        known = (self._tellings[placed.claim.id] for placed in self._claims[item])
        tellings = sorted(known, key=lambda one: (one.start, one.id))
        return Sheet.of(self._documents[item], tellings, self._words[item], self._rarity)
