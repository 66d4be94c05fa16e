"""What a general denial ("these allegations are unfounded") is about, across documents: the briefing or report it names, and what that says.

A briefing here is what one speaker alleges in one item on one day. Which one is meant:
- where the denial's own document sets it beside allegations of named speakers, what those speakers alleged against the denier (or, where the
  denier's name says nothing, against those whom these allegations accuse);
- else, of what was alleged against the denier, the briefings of the latest day on or before the denial, the denial's own document included,
  and what the speakers of that day alleged before, since outlets repeat a briefing for days and each keeps another part of it.
- a denier whose name says nothing and whose document accuses nobody may still date what is denied and name somebody or some place in it ("the claims made
  on Monday about Karvel"): then the briefings of that day that name the same;
- or state a place: then what was alleged of that place on the latest day.
All only within `GENERAL_WINDOW_DAYS`, never anything later, never what others alleged earlier. Of a briefing that accuses the denier it is about what
accuses the denier or leaves the accused open; what accuses only others is not meant, nor what lies elsewhere than a place the denial states.
A general retraction is about its own speaker's words of the latest day in that window.

The day must be known to within that window on both sides; each distinct allegation is answered once, at its oldest telling in the window.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from witnessmark.corroborate.compared import TAKING_BACK, Allegation, Compared, fold_repeats, repeat_key
from witnessmark.corroborate.naming import name_keys
from witnessmark.corroborate.particular import is_same_speaker
from witnessmark.model.claim import Stance

GENERAL_WINDOW_DAYS = 7
"""A general denial is taken to be about allegations at most this many days older; denials of a briefing follow within days."""

NOUN = {Stance.DENIES: "denial", Stance.DOUBTS: "doubt", Stance.CONCEDES: "concession"}
EVERYWHERE = ""
AGAINST, BY, WORD = "against", "by", "word"
Voice = frozenset[str] | str
Key = tuple[str, Voice]


class Meant(NamedTuple):
    """Which briefings are meant: against whom, by whom (None: by whoever spoke last), and up to which day."""

    against: frozenset[str]
    by: frozenset[Voice] | None
    day: int


class Dated:
    """Claims in order of their day. They can be put in, and taken out by the item they stand in."""

    def __init__(self) -> None:
        self._dated: list[tuple[int, Compared]] = []
        self._ordered = True

    def __bool__(self) -> bool:
        return bool(self._dated)

    def put(self, day: int, told: Compared) -> None:
        """Put a claim in."""
        self._dated.append((day, told))
        self._ordered = False

    def take_out(self, items: Collection[str]) -> None:
        """Take out the claims of these items."""
        self._dated = [(day, told) for day, told in self._dated if told.item not in items]

    def window(self, day: int) -> list[Compared]:
        """Those of the window that ends on `day`, oldest first."""
        if not self._ordered:
            self._dated.sort(key=_day)
            self._ordered = True
        first, last = bisect_left(self._dated, day - GENERAL_WINDOW_DAYS, key=_day), bisect_right(self._dated, day, key=_day)
        return [told for _, told in self._dated[first:last]]


def _day(dated: tuple[int, Compared]) -> int:
    return dated[0]


class Asked(NamedTuple):
    """What a general answer rests on: whom, where and which day it asks for, whose words, those of speakers with which name words, and the last day of its window."""

    against: frozenset[str]
    by: frozenset[Voice]
    words: frozenset[str]
    day: int


class Altered(NamedTuple):
    """What was put in or taken out: by what it can be found the days on which it was said, and what can be found by now that could not, or no longer can."""

    days: Mapping[Key, set[int]]
    turned: set[Key]

    def bears_on(self, asked: Asked | None) -> bool:
        """Whether a general answer may be about something else now."""
        if asked is None:
            return False
        keys = [(kind, key) for kind, keys in ((AGAINST, asked.against), (BY, asked.by), (WORD, asked.words)) for key in keys]
        return any(key in self.turned or any(0 <= asked.day - day <= GENERAL_WINDOW_DAYS for day in self.days.get(key, ())) for key in keys)


class Entry(NamedTuple):
    """That a claim of some day can be found by a key: whom, where or on which day it is against, or who says it."""

    key: Key
    day: int
    told: Compared


class GeneralAnswers:
    """Finds what general answers are about among the allegations of a case, which are put in and taken out item by item."""

    def __init__(self) -> None:
        self._dated: dict[Key, Dated] = {}
        self._spoken_by: dict[str, set[Voice]] = defaultdict(set)
        self._items: dict[str, list[Entry]] = {}
        self._found: dict[Meant, dict[str | None, list[Allegation]]] = {}
        self._own: dict[tuple[str, int], list[Compared]] = {}

    def change(self, items: Mapping[str, Sequence[Compared]]) -> Altered:
        """Put in all that these items allege, in place of what was held of them."""
        self._found, self._own = {}, {}
        gone = [entry for item in items for entry in self._items.pop(item, ())]
        self._items |= {item: list(_entries(alleged)) for item, alleged in items.items() if alleged}
        come = [entry for item in items for entry in self._items.get(item, ())]
        days: dict[Key, set[int]] = defaultdict(set)
        for entry in (*gone, *come):
            days[entry.key].add(entry.day)
        held = days.keys() & self._dated.keys()
        for key in {entry.key for entry in gone}:
            self._dated[key].take_out(items.keys())
        for entry in come:
            self._dated.setdefault(entry.key, Dated()).put(entry.day, entry.told)
        for key in [key for key in held if not self._dated[key]]:
            del self._dated[key]
        for kind, voice in [key for key in days if key[0] == BY and isinstance(key[1], frozenset)]:
            for word in voice:
                (self._spoken_by[word].add if (kind, voice) in self._dated else self._spoken_by[word].discard)(voice)
                days[WORD, word] |= days[kind, voice]
        return Altered(days, {key for key in days if (key in held) != (key in self._dated)})

    def asked(self, answering: Compared, tied: Sequence[Compared]) -> Asked | None:
        """What the answer rests on, or rather more; None where its day says nothing."""
        day = day_of(answering)
        if day is None:
            return None
        if answering.placed.claim.stance in TAKING_BACK:
            return Asked(frozenset(), frozenset(), answering.speaker, day)
        against = answering.speaker_keys.union(*(told.accused for told in tied), _days_named(answering, day))
        here = frozenset([_at(answering.place)] if answering.place else [])
        return Asked(against | here, frozenset(told.speaker for told in tied if told.speaker), frozenset(), day)

    def _known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those by which something can be found."""
        return frozenset(key for key in keys if (AGAINST, key) in self._dated)

    def _window(self, kind: str, key: Voice, day: int) -> list[Compared]:
        dated = self._dated.get((kind, key))
        return dated.window(day) if dated is not None else []

    def about(self, answering: Compared, tied: Sequence[Compared]) -> Iterator[tuple[Compared, str]]:
        """Each telling the answer is about with the reason in words, latest allegation first; `tied` is what its document sets beside it."""
        day = day_of(answering)
        if day is None:
            return
        if answering.placed.claim.stance in TAKING_BACK:
            yield from self._taken_back(answering, day)
            return
        meant = self._what_is_meant(answering, tied, day)
        noun, reason = NOUN[answering.placed.claim.stance], _reason(answering, meant)
        for allegation in self._of_place(meant, answering):
            told = allegation.telling_outside(answering)
            if told is not None and (not answering.speaker or told.speaker != answering.speaker):
                yield told, f"A general {noun} {reason}, {_after(day, told)}."

    def _what_is_meant(self, answering: Compared, tied: Sequence[Compared], day: int) -> Meant:
        """Against the denier; where a denier's name says nothing, against those whom the allegations beside the denial accuse."""
        against = self._known(answering.speaker_keys)
        if not against and answering.placed.claim.stance is Stance.DENIES:
            against = self._known(key for told in tied for key in told.accused)
        if not against and answering.placed.claim.stance is Stance.DENIES and (dated := self._known(_days_named(answering, day))):
            return Meant(dated, None, day)
        if not against and answering.placed.claim.stance is Stance.DENIES and answering.place and answering.placed.claim.speaker:
            return Meant(self._known([_at(answering.place)]), None, day)
        named = frozenset[Voice](told.speaker for told in tied if told.speaker)
        return Meant(against, named or None, day)

    def _taken_back(self, answering: Compared, day: int) -> Iterator[tuple[Compared, str]]:
        """What its speaker alleged in other items on the latest day of the window."""
        latest, seen = None, set[object]()
        for told in self._own_words(answering, day):
            if told.item == answering.item or repeat_key(told) in seen:
                continue
            latest = latest or day_of(told)
            if day_of(told) != latest:
                return
            seen.add(repeat_key(told))
            yield told, f"A speaker takes back in general what the same speaker alleged, {_after(day, told)}."

    def _own_words(self, answering: Compared, day: int) -> list[Compared]:
        """What the speaker of an answer alleged in the window, latest first."""
        name = answering.placed.speaker_name, day
        if name not in self._own:
            voices = {voice for word in answering.speaker for voice in self._spoken_by.get(word, ())}
            own = [told for voice in voices for told in self._window(BY, voice, day) if is_same_speaker(answering, told)]
            self._own[name] = sorted(own, key=lambda told: (-(day_of(told) or 0), told.id))
        return self._own[name]

    def _of_place(self, meant: Meant, answering: Compared) -> Iterable[Allegation]:
        """What is meant and is not said to lie elsewhere, latest first."""
        found = self._found.get(meant)
        if found is None:
            found = self._found[meant] = defaultdict(list)
            for allegation in reversed(fold_repeats(self._meant(meant))):
                for place in {allegation.oldest.place, None if allegation.oldest.wide else allegation.oldest.place, EVERYWHERE}:
                    found[place].append(allegation)
        if answering.place is None or answering.wide:
            return found[EVERYWHERE]
        return merge(found.get(answering.place, ()), found.get(None, ()), key=_first_day, reverse=True)

    def _meant(self, meant: Meant) -> list[Compared]:
        if not meant.against:
            return []
        if meant.by is not None:
            said = [told for voice in meant.by for told in self._window(BY, voice, meant.day)]
            return _in_order(told for told in said if not told.accused or told.accused & meant.against)
        accusing = _in_order(told for key in meant.against for told in self._window(AGAINST, key, meant.day))
        latest = max((day_of(told) or 0 for told in accusing), default=0)
        speakers = {told.voice for told in accusing if day_of(told) == latest}
        return [told for told in accusing if told.voice in speakers]


def _entries(alleged: Iterable[Compared]) -> Iterator[Entry]:
    """All by which what one item alleges can be found."""
    briefings: dict[tuple[Voice, int], list[Compared]] = defaultdict(list)
    for told in alleged:
        day = day_of(told)
        if day is not None:
            briefings[told.voice, day].append(told)
    for (voice, day), said in briefings.items():
        yield from (Entry((BY, voice), day, told) for told in said)
        for name in {name for told in said for name in _names_of(told)}:
            yield from (Entry((AGAINST, _on(day, name)), day, told) for told in said)
        yield from (Entry((AGAINST, _at(told.place)), day, told) for told in said if told.place is not None)
        for name in {name for told in said for name in told.accused}:
            yield from (Entry((AGAINST, name), day, told) for told in said if name in told.accused or not told.accused)


def _days_named(answering: Compared, day: int) -> frozenset[str]:
    """The keys of the one day, within the window, on which a denial says that was said which it denies, and of whom or what it names."""
    on = answering.when.day
    if on is None or not day - GENERAL_WINDOW_DAYS <= on <= day:
        return frozenset()
    names = " ".join(word for word in answering.placed.claim.quote.split() if word[:1].isupper())
    return frozenset(_on(on, name) for name in name_keys(names))


def _at(place: str) -> str:
    """A key no name can be, since names have no space in them."""
    return f"at {place}"


def _on(day: int, name: str) -> str:
    """A key no name can be, either: what was said on a day by or about somebody or some place."""
    return f"on {day} {name}"


def _names_of(told: Compared) -> frozenset[str]:
    where = told.placed.claim.where
    return told.accused | told.speaker_keys | (name_keys(where.name or where.text) if where else frozenset())


def _reason(answering: Compared, meant: Meant) -> str:
    if any(key.startswith("on ") for key in meant.against):
        return "that names the day of the allegations, and somebody or some place in them"
    if meant.by:
        return "of what those say whom its document sets beside it"
    return "by those accused" if answering.speaker_keys & meant.against else "of what was last alleged of the same place or party"


def day_of(said: Compared) -> int | None:
    """The last day on which it can have been said, where that is known to within the window."""
    first, last = said.days
    return last if first is not None and last is not None and last - first <= GENERAL_WINDOW_DAYS else None


def _in_order(claims: Iterable[Compared]) -> list[Compared]:
    """Each claim once, in an order that does not hang on how a set is walked."""
    once = {told.id: told for told in claims}
    return [once[claim_id] for claim_id in sorted(once)]


def _first_day(allegation: Allegation) -> int:
    return allegation.oldest.days.first or 0


def _after(day: int, told: Compared) -> str:
    days = day - (day_of(told) or day)
    if not days:
        return "on the day of the allegation"
    return f"{days} day{'s' if days > 1 else ''} after the allegation"
