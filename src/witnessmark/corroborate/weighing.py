"""The rule `weigh/1`: how well supported an incident is, from 1 to 6, with the reasons in sentences. `docs/weighing.md` is the same on one page.

The best line sets where the level starts: 1 where nothing but accounts of unknown origin or words taken back are left; 2 where somebody identified says so and does not say how they know; 3 where the access
is at second hand; 4 where it is at first hand. It rises by one for a second established line, by one where a first-hand basis is held in this case, and by one where what is rested on is
of two kinds (a witness and a document, say). So one line reaches 6 where its basis is held and is of two kinds. It falls by one where somebody denies with a basis, or an answer other than a denial contradicts it.
A bare denial moves nothing; silence moves nothing; nobody's testimony is graded. A body that people graded D or E raises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from witnessmark.corroborate.access import DIRECT
from witnessmark.corroborate.lines import Traced
from witnessmark.corroborate.voices import VoiceKind
from witnessmark.model.claim import BasisKind

RULE = "weigh/1"

SUPPORT_WORDS = {
    1: "of unknown origin",
    2: "alleged, with no stated basis",
    3: "supported at second hand",
    4: "supported at first hand",
    5: "well supported",
    6: "very well supported",
}

UNRELIABLE = frozenset({"D", "E"})
"""Grades set by people, of bodies only, that keep a line from raising the level; F says that it cannot be judged, and changes nothing."""

ACCESS_WORDS = {
    BasisKind.SUFFERED: "suffered it",
    BasisKind.SAW: "saw or heard it",
    BasisKind.WAS_TOLD: "was told",
    BasisKind.DOCUMENT: "rests on a document",
    BasisKind.IMAGE: "rests on an image",
    BasisKind.SENSOR: "rests on an instrument",
}


class Weight(msgspec.Struct, frozen=True):
    """The outcome of the rule, and the sentences that led to it."""

    level: int
    support: str
    reasons: tuple[str, ...]


class Against(msgspec.Struct, frozen=True):
    """Who speaks against an incident: names of those who deny it barely, deny it with a basis, or contradict it."""

    denied_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()


def weigh(traced: Sequence[Traced], against: Against, grades: Mapping[str, str]) -> Weight:
    """Weigh what is left of an incident's lines. `grades` are reliabilities of bodies by name, as people set them."""
    start, reasons = _start(traced)
    raised = [line for line in traced if line.line.established and not _is_unreliable(line, grades)]
    for rises, reason in _rises(raised):
        start += rises
        reasons.append(reason)
    for name in against.disputed_by:
        reasons.append(f"{name} disputes it and names a basis.")
    for name in against.contradicted_by:
        reasons.append(f"{name} says otherwise.")
    if against.disputed_by or against.contradicted_by:
        start -= 1
    if against.denied_by:
        reasons.append(f"{_listed(against.denied_by)} denied it without naming a basis, which changes nothing either way.")
    level = max(1, min(6, start))
    return Weight(level, SUPPORT_WORDS[level], tuple(reasons))


def _start(traced: Sequence[Traced]) -> tuple[int, list[str]]:
    established = [each for each in traced if each.line.established]
    direct = [each for each in established if each.line.access in DIRECT]
    if direct:
        return 4, [_reason(each) for each in established]
    if established:
        return 3, [_reason(each) for each in established]
    identified = [each for each in traced if each.line.identified]
    if identified:
        names = _listed([each.line.name or "somebody" for each in identified])
        return 2, [f"{names} put it forward without saying how they know."]
    return 1, ["No account of it has a known origin." if traced else "Nothing that puts it forward is left standing."]


def _rises(lines: Sequence[Traced]) -> list[tuple[int, str]]:
    rises = []
    if len(lines) > 1:
        rises.append((1, f"{len(lines)} lines of origin are established."))
    held = [each for each in lines if each.line.held is not None and each.line.access in DIRECT]
    if held:
        rises.append((1, f"What {_listed([each.line.name or 'a source' for each in held])} rests on is held in this case."))
    kinds = {BasisKind.SAW if kind is BasisKind.SUFFERED else kind for each in lines for kind in each.kinds & DIRECT}
    if len(kinds) > 1:
        rises.append((1, "It rests on first-hand bases of more than one kind."))
    return rises


def _reason(each: Traced) -> str:
    access = ACCESS_WORDS[each.line.access] if each.line.access else "says so"
    repeats = len({one for one in each.line.members if one not in {own.id for own in each.own}})
    told = f", repeated by {repeats} other claim{'s' if repeats > 1 else ''}, which add no line" if repeats else ""
    return f"{each.line.name or 'A source'} {access}{told}."


def _is_unreliable(each: Traced, grades: Mapping[str, str]) -> bool:
    """A person's testimony is never graded, whatever a table says."""
    return each.voice.kind is VoiceKind.BODY and grades.get(each.voice.name) in UNRELIABLE


def _listed(names: Sequence[str], most: int = 5) -> str:
    shown = list(dict.fromkeys(names))
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more
