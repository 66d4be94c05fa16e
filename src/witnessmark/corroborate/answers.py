"""Which claims a denial, doubt, concession, correction or retraction is about.

Where a person has said what a claim answers, that is all it answers. Inside a document the claim reader has said so. Across documents an answer that names an act is particular (`particular`), one that names none is
general (`general`) and answers the briefing or report it names and what that says, never anything later or another report. Either way it answers
each distinct allegation once, at its oldest telling: repeats of it share its incident, so nothing is lost by not repeating the answer.

At most `BESIDE` allegations of other documents are set beside one answer, the latest; where more fit, each reason says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from witnessmark.corroborate.compared import TAKING_BACK, Compared, allegation_of, repeat_key
from witnessmark.corroborate.general import Asked, GeneralAnswers
from witnessmark.corroborate.particular import Filed, Looked, ParticularAnswers, Place
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import ANSWERING
from witnessmark.model.incident import Answer

BY_THE_DOCUMENT = "The document sets them beside each other."
BY_A_PERSON = "A person decided that it answers this."

BESIDE = 50
"""What a person can still read beside one denial; it also keeps the answers of a case in proportion to its claims."""

MORE = f" More allegations fit; the {BESIDE} latest are set beside it."


def find_answers(claims: Sequence[PlacedClaim]) -> list[Answer]:
    """All answers among `claims`, each pair once, in the order of the answering claims. A claim given twice counts once."""
    items: dict[str, list[tuple[Place, Compared]]] = defaultdict(list)
    once = {placed.claim.id: placed for placed in reversed(claims)}
    for n, claim_id in enumerate(dict.fromkeys(placed.claim.id for placed in claims)):
        items[once[claim_id].item].append(((n,), Compared.of(once[claim_id])))
    found = AnswerFinder()
    found.change(items)
    return found.answers()


class _Rests(NamedTuple):
    """What the answers of one claim rest on: the claims its document or a person ties it to, where it looks for particular allegations, and what it asks for as a general one."""

    inside: frozenset[str]
    looks: frozenset[Looked]
    asked: Asked | None


class AnswerFinder:
    """The answers of a case whose items come and go: only those are found again that what came or went bears on."""

    def __init__(self) -> None:
        self._items: dict[str, list[str]] = {}
        self._known: dict[str, Compared] = {}
        self._places: dict[str, Place] = {}
        self._repeats: dict[object, dict[str, Compared]] = defaultdict(dict)
        self._filed: dict[object, Filed] = {}
        self._particular, self._general = ParticularAnswers(), GeneralAnswers()
        self._rests: dict[str, _Rests | None] = {}
        self._found: dict[str, tuple[Answer, ...]] = {}
        self._across: set[str] = set()

    def change(self, items: Mapping[str, Sequence[tuple[Place, Compared]]]) -> None:
        """Put in all claims of these items, each with what it is ordered by in the case, in place of what was held of them."""
        gone = [self._known.pop(claim_id) for item in items for claim_id in self._items.pop(item, ())]
        come = [one for claims in items.values() for _, one in claims]
        for claim in gone:
            del self._places[claim.id]
            self._rests.pop(claim.id, None)
            self._across.discard(claim.id)
        self._items |= {item: [one.id for _, one in claims] for item, claims in items.items()}
        self._known |= {one.id: one for one in come}
        self._places |= {one.id: place for claims in items.values() for place, one in claims}
        looked = self._file(filter(_is_allegation, gone), filter(_is_allegation, come))
        altered = self._general.change({item: [one for _, one in claims if _is_allegation(one)] for item, claims in items.items()})
        moved = {one.id for one in (*gone, *come)}
        for claim_id, rests in self._rests.items():
            if rests is not None and (
                not rests.looks.isdisjoint(looked) or not rests.inside.isdisjoint(moved) or altered.bears_on(rests.asked)
            ):
                self._rests[claim_id] = None
        self._rests |= {one.id: None for one in come if one.placed.claim.stance in ANSWERING}

    def answers(self) -> list[Answer]:
        """All answers, in the order of the answering claims."""
        for claim_id in [claim_id for claim_id, rests in self._rests.items() if rests is None]:
            self._find(self._known[claim_id])
        return [answer for claim_id in sorted(self._rests, key=self._places.__getitem__) for answer in self._found[claim_id]]

    def across(self) -> frozenset[str]:
        """The claims that answer something in another item, after `answers`."""
        return frozenset(self._across)

    def _find(self, answering: Compared) -> None:
        stated = answering.placed.claim.answers
        inside = [
            self._known[about] for about in dict.fromkeys(stated) if about in self._known and _can_answer(answering, self._known[about])
        ]
        if _is_general(answering):
            across, looks, asked = self._general.about(answering, inside), frozenset[Looked](), self._general.asked(answering, inside)
        else:
            across, looks, asked = self._particular.about(answering), self._particular.looks(answering), None
        self._rests[answering.id] = _Rests(frozenset(stated), looks, asked)
        found = self._found[answering.id] = tuple(_answers(answering, inside, across))
        if any(self._known[answer.about].item != answering.item for answer in found):
            self._across.add(answering.id)
        else:
            self._across.discard(answering.id)

    def _file(self, gone: Iterable[Compared], come: Iterable[Compared]) -> set[Looked]:
        """Fold repeats anew where one came or went. Where answers look for the allegations that are others now."""
        touched: dict[object, None] = {}
        for one in gone:
            key = repeat_key(one)
            touched[key] = None
            self._repeats[key].pop(one.id, None)
        for one in come:
            key = repeat_key(one)
            touched[key] = None
            self._repeats[key][one.id] = one
        looked: set[Looked] = set()
        for key in touched:
            if (filed := self._filed.pop(key, None)) is not None:
                looked |= self._particular.take_out(filed)
            repeats = sorted(self._repeats[key].values(), key=lambda one: self._places[one.id])
            if repeats:
                allegation = allegation_of(repeats)
                self._filed[key] = Filed((allegation.first_day, self._places[repeats[0].id]), allegation)
                looked |= self._particular.put(self._filed[key])
            else:
                del self._repeats[key]
        return looked


def _is_allegation(one: Compared) -> bool:
    return one.placed.is_allegation


def _answers(answering: Compared, inside: Sequence[Compared], across: Iterator[tuple[Compared, str]]) -> Iterator[Answer]:
    general = _is_general(answering)
    for about in inside:
        yield Answer(answering.id, about.id, general=general, why=BY_A_PERSON if answering.placed.answers_decided else BY_THE_DOCUMENT)
    if answering.placed.answers_decided:
        return
    set_beside = {about.id for about in inside}
    others = {told.id: why for told, why in islice(across, BESIDE + 1) if told.id not in set_beside}
    more = MORE if len(others) > BESIDE else ""
    for about_id, why in islice(others.items(), BESIDE):
        yield Answer(answering.id, about_id, general=general, why=why + more)


def _can_answer(answering: Compared, about: Compared) -> bool:
    """Whether it is not what the same document says in its own voice, which it takes back but never denies; what a person decided stands."""
    if answering.placed.answers_decided or answering.placed.claim.stance in TAKING_BACK or answering.item != about.item:
        return True
    return answering.placed.claim.speaker is not None or about.placed.claim.speaker is not None


def _is_general(answering: Compared) -> bool:
    """A denial that names no act speaks of allegations as a whole."""
    return answering.placed.claim.act is None
