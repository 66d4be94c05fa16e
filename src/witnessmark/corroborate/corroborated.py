"""The whole of corroboration: from the claims and documents of a case to answers and weighed incidents.

`corroborate` works a case out at once. `Corroboration` keeps what it worked out, so that a new document compares only what it touches; both give the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from witnessmark.corroborate.answering import answers_in
from witnessmark.corroborate.answers import find_answers
from witnessmark.corroborate.compared import Compared
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.grouping import Grouping
from witnessmark.corroborate.incidents import incident_of, is_incident
from witnessmark.corroborate.judged import Judged, judged_groups
from witnessmark.corroborate.likeness import Model, Sheet
from witnessmark.corroborate.passages import PassageIndex
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.corroborate.rarity import Rarity
from witnessmark.corroborate.telling import Telling, telling_of
from witnessmark.corroborate.words import Weights, words_of
from witnessmark.model.incident import Answer, Incident


class Corroborated(msgspec.Struct, frozen=True):
    """What answers what, and the incidents in the order of their oldest claim."""

    answers: tuple[Answer, ...]
    incidents: tuple[Incident, ...]


def corroborate(claims: Iterable[PlacedClaim], documents: Iterable[PlacedDocument] = (), judged: Judged | None = None) -> Corroborated:
    """Answers and incidents of a case. A claim given twice counts once; a claim whose document is not given is known by its own words only."""
    corroboration = Corroboration(judged)
    corroboration.change(claims, documents)
    return corroboration.result()


class Corroboration:
    """A case that can grow: give it documents with all their claims, and ask for the result."""

    def __init__(self, judged: Judged | None = None) -> None:
        self._judged = judged or Judged()
        self._documents: dict[str, PlacedDocument] = {}
        self._claims: dict[str, list[PlacedClaim]] = {}
        self._tellings: dict[str, Telling] = {}
        self._words: dict[str, Weights] = {}
        self._rarity = Rarity()
        self._passages = PassageIndex(())
        self.grouping = Grouping(self._rarity, Model.load())
        self._incidents: dict[object, Incident] = {}
        self._answers: dict[object, tuple[Answer, ...]] = {}

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
        passages = self._take_in(held, replaced)
        self._claims |= {item: come.get(item, []) for item in held}
        moved = self._count_words(held, replaced)
        self._tellings |= {
            placed.claim.id: telling_of(Compared.of(placed), self._documents[item]) for item in held for placed in self._claims[item]
        }
        again = set(held) | (self._documents.keys() if moved is None else self.grouping.holders(moved)) | passages
        sheets = [self._sheet(item) for item in sorted(again) if self._claims.get(item)]
        self.grouping.change(sheets, [item for item in held if not self._claims[item]], self._passages.passages())

    def telling(self, claim: str) -> Telling | None:
        """What is compared of a claim."""
        return self._tellings.get(claim)

    def groups(self) -> list[tuple[Telling, ...]]:
        """The groups of tellings, as people merged and parted them."""
        return judged_groups(self.grouping.groups(), self._judged)

    def result(self) -> Corroborated:
        """Everything as it stands."""
        ordered = sorted(self._tellings.values(), key=lambda one: (one.age, one.id))
        groups = self.groups()
        answers = find_answers([telling.placed for telling in ordered])
        across = frozenset(answer.claim for answer in answers if self._is_across(answer))
        answers += self._answers_in(groups, across)
        about: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            about[answer.about].append(answer)
        incidents = {}
        for group in groups:
            if is_incident(group):
                key, made = self._incident(group, [answer for telling in group for answer in about.get(telling.id, ())])
                incidents[key] = made
        self._incidents = incidents
        return Corroborated(tuple(answers), tuple(incidents.values()))

    def _answers_in(self, groups: Sequence[tuple[Telling, ...]], across: frozenset[str]) -> list[Answer]:
        """The answers inside each group, as they were found before where nothing of it changed."""
        known, self._answers = self._answers, {}
        found: list[Answer] = []
        for group in groups:
            answered = across.intersection(telling.id for telling in group)
            key = (tuple(map(id, group)), answered)
            self._answers[key] = known[key] if key in known else tuple(answers_in(group, self.grouping, answered))
            found += self._answers[key]
        return found

    def _is_across(self, answer: Answer) -> bool:
        return self._tellings[answer.claim].item != self._tellings[answer.about].item

    def _incident(self, group: Sequence[Telling], answers: Sequence[Answer]) -> tuple[object, Incident]:
        """The incident of a group, as it was made before where nothing of it changed."""
        passages: Mapping[str, object] = self._passages.passages()
        answering = [self._tellings[claim] for claim in dict.fromkeys(answer.claim for answer in answers) if claim in self._tellings]
        key = (tuple(map(id, group)), tuple(map(id, answering)), tuple(answers), tuple(id(passages.get(telling.item)) for telling in group))
        known = self._incidents.get(key)
        return key, known or incident_of(group, answering, answers, self._passages.passages(), self._judged)

    def _take_in(self, held: Mapping[str, PlacedDocument], replaced: Sequence[str]) -> set[str]:
        """Keep the documents; the items whose shared passages are others than before, or stand in a document that is replaced."""
        self._documents |= held
        before = self._passages.passages()
        self._passages = PassageIndex(self._documents.values()) if replaced else self._passages.extended(list(held.values()))
        after = self._passages.passages()
        copying = {item for item, found in after.items() if any(passage.of in replaced for passage in found)}
        return copying | {item for item in before.keys() | after.keys() if before.get(item) != after.get(item)}

    def _count_words(self, held: Mapping[str, PlacedDocument], replaced: Sequence[str]) -> frozenset[str] | None:
        gone = [self._words[item] for item in replaced]
        for item, document in held.items():
            text = document.text or " ".join(placed.claim.quote for placed in self._claims[item])
            self._words[item] = words_of(text)
            for telling in [key for key, known in self._tellings.items() if known.item == item] if item in replaced else ():
                del self._tellings[telling]
        return self._rarity.change(gone, [self._words[item] for item in held])

    def _sheet(self, item: str) -> Sheet:
        known = (self._tellings[placed.claim.id] for placed in self._claims[item])
        tellings = sorted(known, key=lambda one: (one.start, one.id))
        return Sheet.of(self._documents[item], tellings, self._words[item], self._rarity, self._rarity.number)
