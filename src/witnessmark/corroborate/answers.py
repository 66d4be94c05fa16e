"""Which claims a denial, doubt, concession, correction or retraction is about.

Inside a document the claim reader has said so. Across documents a particular answer is about allegations of the same
act that share place or accused and do not differ in any of place, time or accused that both state. A general denial
("these allegations are unfounded") is about what was alleged against the denier in the days before, and is marked general;
it never answers anything published later, nor an older report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import ANSWERING, Interval, Stance
from witnessmark.model.incident import Answer

GENERAL_WINDOW_DAYS = 7
"""A general denial is taken to be about allegations at most this many days older; denials of a briefing follow within days."""


TAKING_BACK = frozenset({Stance.RETRACTS, Stance.CORRECTS})
"""The answers a speaker gives to their own earlier words."""


def find_answers(claims: Sequence[PlacedClaim]) -> list[Answer]:
    """All answers among `claims`, each pair once, in the order of the answering claims."""
    known = {placed.claim.id for placed in claims}
    allegations = [placed for placed in claims if placed.is_allegation]
    found: dict[tuple[str, str], Answer] = {}
    for placed in claims:
        if placed.claim.stance not in ANSWERING:
            continue
        inside = [about for about in placed.claim.answers if about in known]
        for about in inside:
            found[placed.claim.id, about] = Answer(
                placed.claim.id, about, general=_is_general(placed), why="The document sets them beside each other."
            )
        for answer in _across(placed, allegations):
            found.setdefault((answer.claim, answer.about), answer)
    return list(found.values())


def _across(answering: PlacedClaim, allegations: Sequence[PlacedClaim]) -> Iterator[Answer]:
    for alleged in allegations:
        if alleged.item == answering.item or (answering.claim.stance not in TAKING_BACK and _same_speaker(answering, alleged)):
            continue
        why = _general_reason(answering, alleged) if _is_general(answering) else _particular_reason(answering, alleged)
        if why:
            yield Answer(answering.claim.id, alleged.claim.id, general=_is_general(answering), why=why)


def _is_general(answering: PlacedClaim) -> bool:
    """A denial that names no act speaks of allegations as a whole."""
    return answering.claim.act is None


def _same_speaker(one: PlacedClaim, other: PlacedClaim) -> bool:
    return bool(one.speaker_words) and one.speaker_words == other.speaker_words


def _particular_reason(answering: PlacedClaim, alleged: PlacedClaim) -> str | None:
    claim, other = answering.claim, alleged.claim
    if claim.act is not other.act or _is_later(alleged, answering):
        return None
    places = answering.place_key, alleged.place_key
    if all(places) and places[0] != places[1]:
        return None
    if claim.when and other.when and not overlap(claim.when, other.when):
        return None
    accused = answering.accused or answering.speaker_words, alleged.accused
    shared_accused = bool(accused[0] & accused[1])
    if all(accused) and not shared_accused:
        return None
    shared = [name for name, same in (("place", places[0] is not None and places[0] == places[1]), ("accused", shared_accused)) if same]
    return f"The same act ({claim.act}), and the same {' and '.join(shared)}." if shared else None


def _general_reason(answering: PlacedClaim, alleged: PlacedClaim) -> str | None:
    if not answering.speaker_words & alleged.accused:
        return None
    said, before = answering.day, alleged.day
    if said is None or before is None:
        return None
    days = (date.fromisoformat(said) - date.fromisoformat(before)).days
    if not 0 <= days <= GENERAL_WINDOW_DAYS:
        return None
    return (
        f"A general denial by those accused, {days} days after the allegation."
        if days
        else "A general denial by those accused, on the day of the allegation."
    )


def _is_later(alleged: PlacedClaim, answering: PlacedClaim) -> bool:
    """Nobody answers what had not been said yet; where a date is missing, nothing is known against it."""
    return alleged.day is not None and answering.day is not None and alleged.day > answering.day


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two stated times can be the same time; an open or unknown end excludes nothing."""
    starts_before = one.earliest is None or other.latest is None or one.earliest <= other.latest
    return starts_before and (other.earliest is None or one.latest is None or other.earliest <= one.latest)
