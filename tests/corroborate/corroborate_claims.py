"""Claims as short as a test needs them, and the answers among them as plain values."""

from __future__ import annotations

import itertools

import msgspec

from witnessmark.corroborate import PlacedClaim, find_answers
from witnessmark.model.claim import (
    Act,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Speaker,
    Stance,
    VictimCount,
)  # fmt: skip
from witnessmark.model.span import Span

COUNT = itertools.count(1)
DENIER = "Foreign Ministry of Tolvaria"


def placed(
    stance: Stance = Stance.ASSERTS,
    act: Act | None = Act.KILLING,
    *,
    item: str = "briefing",
    published: str | None = "2031-05-15",
    speaker: str | None = "Ana Brecht",
    accused: str | None = "the government of Tolvaria",
    place: str | None = "site:korrin-prison",
    when: tuple[str | None, str | None] | None = None,
    **more: object,
) -> PlacedClaim:
    n = next(COUNT)
    claim = Claim(
        id=f"c-{n}", attribution=f"a-{n}", form=Form.INDIRECT, kind=Kind.FACTUAL, polarity=None, content=(Span(n, n + 1, "x"),), cue=(),
        speaker=Speaker(name=speaker) if speaker else None, stance=stance, certainty=Certainty.CERTAIN, act=act,
        parties=(ClaimParty(accused, PartyRole.PERPETRATOR, 0, 1, accused),) if accused else (),
        where=ClaimPlace(place, place, None, None, None, 0, 1, place) if place else None,
        when=Interval(when[0], when[1], 0, 1, "then") if when else None,
    )  # fmt: skip
    return PlacedClaim(msgspec.structs.replace(claim, **more), item, published)


def pairs(claims: list[PlacedClaim]) -> set[tuple[str, str, bool]]:
    return {(answer.claim, answer.about, answer.general) for answer in find_answers(claims)}


def general(item: str = "agency", *, speaker: str = DENIER, place: str | None = None, answers: tuple[str, ...] = ()) -> PlacedClaim:
    return placed(Stance.DENIES, act=None, item=item, published="2031-05-16", speaker=speaker, accused=None, place=place, answers=answers)


def killed(number: int) -> tuple[VictimCount, ...]:
    return (VictimCount(number, number, None, Harm.KILLED, None, None, approximate=False, derived=False, start=0, end=1, text="x"),)
