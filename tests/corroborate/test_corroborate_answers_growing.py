"""Answers of a case whose items come, go and are read again are those of what it holds, found at once."""

from __future__ import annotations

import random

import pytest
from tests.corroborate.corroborate_claims import DENIER, killed, placed

from witnessmark.corroborate import PlacedClaim, find_answers
from witnessmark.corroborate.answers import AnswerFinder
from witnessmark.corroborate.compared import Compared
from witnessmark.model.claim import Act, Stance
from witnessmark.model.incident import Answer

STANCES = (*[Stance.ASSERTS] * 6, *[Stance.DENIES] * 3, Stance.DOUBTS, Stance.CONCEDES, Stance.RETRACTS, Stance.CORRECTS)
SPEAKERS = (None, None, "Ana Brecht", "Brecht", "Olem Varga", DENIER, "Ministry of Foreign Affairs of Tolvaria", "Korrin Council")
ACCUSED = (None, None, "the government of Tolvaria", "Red Scarf militia")
PLACES = (None, None, "site:korrin-prison", "site:mill", "geonames:1")


def claims_of(draw: random.Random, item: str) -> list[PlacedClaim]:
    """One to four claims of an item, within two weeks so that general answers have something in their window."""
    published = draw.choice((None, f"2031-05-{draw.randint(10, 24)}", f"2031-05-{draw.randint(10, 24)}"))
    made: list[PlacedClaim] = []
    for _ in range(draw.randint(1, 4)):
        stance = draw.choice(STANCES)
        day = f"2031-05-{draw.randint(1, 24):02}"
        made.append(
            placed(
                stance,
                draw.choice((Act.KILLING, Act.TORTURE) if stance is Stance.ASSERTS else (Act.KILLING, None, None)),
                item=item,
                published=published,
                speaker=draw.choice(SPEAKERS),
                accused=draw.choice(ACCUSED),
                place=draw.choice(PLACES),
                when=draw.choice((None, (day, day), ("2031-05-01", "2031-05-20"), ("2029-01-01", "2031-05-01"))),
                victims=draw.choice(((), killed(draw.randint(1, 3)))),
                answers=tuple(one.claim.id for one in made[:1]) if stance is not Stance.ASSERTS and draw.random() < 0.4 else (),
            )
        )
    return made


def ordered(held: dict[str, list[PlacedClaim]]) -> list[PlacedClaim]:
    return [claim for item in sorted(held) for claim in held[item]]


def put(finder: AnswerFinder, items: dict[str, list[PlacedClaim]]) -> None:
    finder.change({item: [((item, n), Compared.of(claim)) for n, claim in enumerate(claims)] for item, claims in items.items()})


@pytest.mark.parametrize("seed", range(12))
def test_answers_after_any_change_are_those_found_at_once(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 -- a case, not a secret
    finder, held = AnswerFinder(), dict[str, list[PlacedClaim]]()
    found: list[Answer] = []
    for step in range(24):
        items = {f"item {draw.randrange(30):02}" for _ in range(12 if step == 0 else draw.randint(1, 3))}
        changed = {item: [] if draw.random() < 0.15 else claims_of(draw, item) for item in sorted(items)}
        held |= changed
        put(finder, changed)
        found = finder.answers()
        assert found == find_answers(ordered(held))
    assert any(answer.general for answer in found)
    assert any(not answer.general for answer in found)


class Watched(AnswerFinder):
    """Remembers the items of the claims whose answers it looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def _find(self, answering: Compared) -> None:
        self.asked.append(answering.item)
        super()._find(answering)


def test_an_answer_nothing_bears_on_is_not_found_again() -> None:
    finder = Watched()
    alleged, denied = placed(item="a"), placed(Stance.DENIES, item="b", published="2031-05-16", speaker=DENIER)
    put(finder, {"a": [alleged], "b": [denied]})
    assert [answer.about for answer in finder.answers()] == [alleged.claim.id]
    put(finder, {"c": [placed(Stance.ASSERTS, Act.TORTURE, item="c", place="site:mill")]})
    assert [answer.about for answer in finder.answers()] == [alleged.claim.id]
    assert finder.asked == ["b"]
    put(finder, {"a": []})
    assert finder.answers() == []
    assert finder.asked == ["b", "b"]
