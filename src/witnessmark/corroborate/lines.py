"""Lines of origin: which tellings of an incident go back to one root, and whether that root is established.

A root is a source that nothing shows to have it from another. It is established where it is identified (a named person or body, or a described one who can
be told apart) and where it is stated how it has access to the facts. Unnamed witnesses met in one report are one line, the report's. A speaker who cites another adds none; sources that cite each
other in a circle are one root, of unknown origin. The most possible lines are the distinct roots, since finding no copying is not independence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from witnessmark.corroborate.access import ACCESS, Access, accesses_of
from witnessmark.corroborate.drift import drifts
from witnessmark.corroborate.passages import SharedPassage
from witnessmark.corroborate.retelling import Retold, retold
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.ties import Ties, is_direct
from witnessmark.corroborate.voices import Voice, VoiceKind, Voices, speaks_for_itself
from witnessmark.model.claim import BasisKind
from witnessmark.model.incident import Line, Tie, TieKind

MOST_ASKED = 40
"""Tellings of one source that are searched for how it knows."""
CIRCLE = "in a circle: "


@dataclass(slots=True)
class _Root:
    """What goes back to one root, oldest first; `own` are the root's own tellings."""

    key: str
    voice: Voice
    own: list[Telling] = field(default_factory=list)
    members: list[Telling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Traced:
    """One line with what is behind it: the root's own tellings, which hold its values, and all the kinds of access these state."""

    line: Line
    own: tuple[Telling, ...]
    access: Access | None
    kinds: frozenset[BasisKind]
    voice: Voice


class _Origins:
    """Follows each telling to its root."""

    def __init__(self, tellings: Sequence[Telling], voices: Voices, ties: Mapping[str, Tie]) -> None:
        self._by_id = {one.id: one for one in tellings}
        self._voice = {one.id: voices.of(one) for one in tellings}
        self._voices = voices
        self._ties = ties
        self._leads = self._leads_of_voices(tellings)

    def voice(self, telling: Telling) -> Voice:
        """Whose telling it is on its face."""
        return self._voice[telling.id]

    def root_of(self, telling: Telling) -> str:
        """The key of the root: a source's, or that of a circle."""
        return self._follow(telling.id, ())

    def _leads_of_voices(self, tellings: Sequence[Telling]) -> dict[str, Tie]:
        """Where a source that cites another has it from; one that also speaks at first hand is a root of its own."""
        direct = {self._voice[one.id].key for one in tellings if is_direct(one)}
        leads: dict[str, Tie] = {}
        for one in tellings:
            tie, key = self._ties.get(one.id), self._voice[one.id].key
            if tie is not None and tie.kind is TieKind.CITED and key not in direct:
                leads.setdefault(key, tie)
        return leads

    def _follow(self, claim: str, passed: tuple[str, ...]) -> str:
        key = self._voice[claim].key
        tie = self._ties.get(claim)
        if tie is None or tie.kind is TieKind.CITED:
            tie = self._leads.get(key)
        if tie is None:
            return key
        step = tie.of or f"{key}>"
        if step in passed:
            return CIRCLE + min(passed)
        if tie.of is not None and tie.of in self._by_id:
            return self._follow(tie.of, (*passed, step))
        cited = self._voices.key_of(tie.name or "")
        return self._follow_name(cited or tie.name or key, (*passed, step))

    def _follow_name(self, key: str, passed: tuple[str, ...]) -> str:
        lead = self._leads.get(key)
        if lead is None:
            return key
        if f"{key}>" in passed:
            return CIRCLE + min(passed)
        return self._follow_name(self._voices.key_of(lead.name or "") or lead.name or key, (*passed, f"{key}>"))


class Known(NamedTuple):
    """What all tellings of an incident show: who its sources are, and which documents likely retell others."""

    voices: Voices
    retold: Mapping[str, Retold]

    @classmethod
    def of(cls, tellings: Sequence[Telling]) -> Known:
        """Work it out."""
        voices = Voices(tellings)
        return cls(voices, retold(tellings, voices))


def trace_lines(
    tellings: Iterable[Telling],
    passages: Mapping[str, Sequence[SharedPassage]],
    rejected: Collection[str] = frozenset(),
    known: Known | None = None,
) -> list[Traced]:
    """The lines of an incident in the order of their oldest telling. `known` is what more tellings showed, where that was worked out already."""
    ordered = sorted(tellings, key=lambda one: one.age)
    voices, retellings = known or Known.of(ordered)
    finder = Ties(ordered, voices, passages, rejected, retellings)
    ties = {one.id: tie for one in ordered if (tie := finder.of(one)) is not None}
    origins = _Origins(ordered, voices, ties)
    roots: dict[str, _Root] = {}
    for one in ordered:
        key, voice = origins.root_of(one), origins.voice(one)
        root = roots.setdefault(key, _Root(key, voice))
        root.members.append(one)
        if voice.key == key:
            root.voice = voice
            root.own.append(one)
    return [_traced(root, ties) for root in roots.values() if any(bears(one) for one in root.members)]


def bears(telling: Telling) -> bool:
    """Whether a telling can carry a line: it says that the happening took place, or on what it rests. What only speaks around it carries none."""
    return telling.supports or any(basis.kind in ACCESS for basis in telling.placed.claim.basis)


def _traced(root: _Root, ties: Mapping[str, Tie]) -> Traced:
    own = _nearest(root.own or root.members[:1])
    first = own[0]
    others = [one for one in root.members if one.id != first.id]
    identified = _is_identified(root)
    own_voice = first.placed.claim.speaker is None or root.voice.kind is VoiceKind.BODY
    accesses = accesses_of(root.own[:MOST_ASKED], own_voice=own_voice)
    access = next(iter(accesses), None)
    own_ids = {one.id for one in own}
    changes = [drift for one in others if one.id not in own_ids for drift in drifts(one, own, ties.get(one.id))]
    line = Line(
        root=first.id,
        members=tuple(one.id for one in others),
        drift=tuple(dict.fromkeys(drift.claim for drift in changes)),
        name=root.voice.name if root.voice.key == root.key else root.key.removeprefix(CIRCLE),
        identified=identified,
        access=access.kind if access else None,
        held=access.held if access else None,
        established=identified and access is not None,
        ties=tuple(tie for one in root.members if (tie := ties.get(one.id)) is not None),
        changes=tuple(changes),
    )
    return Traced(line, tuple(own), access, frozenset(each.kind for each in accesses), root.voice)


def _nearest(own: Sequence[Telling]) -> list[Telling]:
    """What the root says in documents of bodies; where it is only quoted by the press, what its oldest document quotes."""
    nearest = [one for one in own if speaks_for_itself(one.document)]
    return nearest or [one for one in own if one.item == own[0].item]


def _is_identified(root: _Root) -> bool:
    if root.key.startswith(CIRCLE):
        return False
    if root.voice.key != root.key:
        return True
    if root.voice.kind in {VoiceKind.NAMED, VoiceKind.BODY}:
        return True
    met_by_a_body = any(speaks_for_itself(one.document) for one in root.own)
    if root.voice.kind is VoiceKind.UNNAMED:
        return met_by_a_body
    return root.voice.kind is VoiceKind.DESCRIBED and any(one.document is not None and one.document.publisher for one in root.own)
