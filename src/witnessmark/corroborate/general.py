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
from collections.abc import Iterable, Iterator, Sequence
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
Voice = frozenset[str] | str


class Meant(NamedTuple):
    """Which briefings are meant: against whom, by whom (None: by whoever spoke last), and up to which day."""

    against: frozenset[str]
    by: frozenset[Voice] | None
    day: int


class Dated:
    """Claims in order of their day."""

    def __init__(self, dated: Iterable[tuple[int, Compared]]) -> None:
        ordered = sorted(dated, key=lambda entry: entry[0])
        self._days = [day for day, _ in ordered]
        self._claims = [claim for _, claim in ordered]

    def window(self, day: int) -> list[Compared]:
        """Those of the window that ends on `day`, oldest first."""
        return self._claims[bisect_left(self._days, day - GENERAL_WINDOW_DAYS) : bisect_right(self._days, day)]


class GeneralAnswers:
    """Finds what general answers are about among the allegations of a case."""

    def __init__(self, allegations: Iterable[Compared]) -> None:
        briefings: dict[tuple[str, Voice, int], list[Compared]] = defaultdict(list)
        for told in allegations:
            day = day_of(told)
            if day is not None:
                briefings[told.item, told.voice, day].append(told)
        against: dict[str, list[tuple[int, Compared]]] = defaultdict(list)
        by: dict[Voice, list[tuple[int, Compared]]] = defaultdict(list)
        for (_, voice, day), said in briefings.items():
            by[voice] += ((day, told) for told in said)
            for key in {key for told in said for key in _names_of(told)}:
                against[_on(day, key)] += ((day, told) for told in said)
            for told in said:
                if told.place is not None:
                    against[_at(told.place)].append((day, told))
            for key in {key for told in said for key in told.accused}:
                against[key] += ((day, told) for told in said if key in told.accused or not told.accused)
        self._against = {key: Dated(dated) for key, dated in against.items()}
        self._by = {voice: Dated(dated) for voice, dated in by.items()}
        self._spoken_by: dict[str, list[Voice]] = defaultdict(list)
        for voice in by:
            for word in voice if isinstance(voice, frozenset) else ():
                self._spoken_by[word].append(voice)
        self._found: dict[Meant, dict[str | None, list[Allegation]]] = {}
        self._own: dict[tuple[str, int], list[Compared]] = {}

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
        against = frozenset(answering.speaker_keys & self._against.keys())
        if not against and answering.placed.claim.stance is Stance.DENIES:
            against = frozenset(key for told in tied for key in told.accused & self._against.keys())
        if not against and answering.placed.claim.stance is Stance.DENIES and (dated := self._briefings_dated_by(answering, day)):
            return Meant(dated, None, day)
        if not against and answering.placed.claim.stance is Stance.DENIES and answering.place and answering.placed.claim.speaker:
            return Meant(frozenset(key for key in [_at(answering.place)] if key in self._against), None, day)
        named = frozenset[Voice](told.speaker for told in tied if told.speaker)
        return Meant(against, named or None, day)

    def _briefings_dated_by(self, answering: Compared, day: int) -> frozenset[str]:
        """The briefings of the one day, within the window, on which a denial says that was said which it denies, and whom or what it names."""
        on = answering.when.day
        if on is None or not day - GENERAL_WINDOW_DAYS <= on <= day:
            return frozenset()
        names = " ".join(word for word in answering.placed.claim.quote.split() if word[:1].isupper())
        return frozenset(key for name in name_keys(names) if (key := _on(on, name)) in self._against)

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
            voices = dict.fromkeys(voice for word in sorted(answering.speaker) for voice in self._spoken_by[word])
            own = [told for voice in voices for told in self._by[voice].window(day) if is_same_speaker(answering, told)]
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
            said = [told for voice in meant.by if voice in self._by for told in self._by[voice].window(meant.day)]
            return _in_order(told for told in said if not told.accused or told.accused & meant.against)
        accusing = _in_order(told for key in meant.against for told in self._against[key].window(meant.day))
        latest = max((day_of(told) or 0 for told in accusing), default=0)
        speakers = {told.voice for told in accusing if day_of(told) == latest}
        return [told for told in accusing if told.voice in speakers]


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
