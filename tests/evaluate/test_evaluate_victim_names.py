"""Names of synthetic victim lists: tables that agree with themselves, and spellings that seldom could be another name."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from witnessmark.evaluate.victim_dice import Dice, Weighted
from witnessmark.evaluate.victim_names import Name, family_names, given_names, governorates, places
from witnessmark.evaluate.victim_settings import Spelling
from witnessmark.evaluate.victim_spelling import arabic, latin, slipped

COLLIDING = 0.05
"""Of the spellings written, this share at most is one that another name is written in, too: Rashid, Hamid and Salim are so in life."""


def _spellings(names: tuple[Name, ...], system: str) -> dict[str, Counter[str]]:
    made: defaultdict[str, Counter[str]] = defaultdict(Counter)
    dice, habits = Dice(7), Spelling()
    for name in names:
        for _ in range(40):
            made[(arabic(name, habits, dice) if system == "arabic" else latin(name, system, habits, dice)).lower()][name.script] += 1
    return made


@pytest.mark.parametrize("system", ["english", "french", "adhoc", "arabic"])
@pytest.mark.parametrize("names", [given_names(), family_names()], ids=["given", "family"])
def test_few_spellings_of_a_name_are_spellings_of_another(names: tuple[Name, ...], system: str) -> None:
    made = _spellings(names, system)
    shared = sum(sum(by.values()) for by in made.values() if len(by) > 1)
    assert shared <= COLLIDING * 40 * len(names)


@pytest.mark.parametrize("system", ["english", "french", "adhoc"])
def test_most_names_are_written_in_three_ways_or_more(system: str) -> None:
    ways = Counter(script for by in _spellings(given_names(), system).values() for script in by)
    assert sum(count >= 3 for count in ways.values()) > 0.6 * len(given_names())


def test_no_name_stands_twice_and_script_and_speech_have_the_same_words() -> None:
    for names in (given_names(), family_names()):
        assert len({name.script for name in names}) == len({name.spoken for name in names}) == len(names)
        assert all(len(name.script.split(" ")) == len(name.spoken.split(" ")) for name in names)
    assert {place.governorate for place in places()} == set(governorates())


def test_a_latin_spelling_has_no_letter_of_the_transcription_left_and_an_arabic_none_of_latin() -> None:
    for name in (*given_names(), *family_names()):
        for system in ("english", "french", "adhoc"):
            assert not set(latin(name, system, Spelling(listed=0.0), Dice(1)).lower()) & set("ʾʿḥṣḍṭẓāīūšṯḏġḫ"), name
        assert not any("a" <= letter <= "z" for letter in arabic(name, Spelling(), Dice(1)))


def test_a_slip_changes_one_place_and_leaves_short_names_alone() -> None:
    dice = Dice(3)
    assert slipped("Ali", dice, scanned=False) == "Ali"
    for scanned in (False, True):
        for text in [slipped("Mahmoud", dice, scanned=scanned) for _ in range(200)]:
            assert text != "Mahmoud"
            assert text[0] == "M"
            assert abs(len(text) - 7) <= 1


def test_draws_by_weight_keep_the_weights() -> None:
    dice, drawn = Dice(9), Weighted(["a", "b", "c"], [5.0, 0.0, 15.0])
    counts = Counter(dice.of(drawn) for _ in range(4000))
    assert counts["b"] == 0
    assert abs(counts["a"] - 1000) < 4 * (4000 * 0.25 * 0.75) ** 0.5


def test_the_stream_of_a_seed_is_the_same_everywhere_and_another_for_each_part() -> None:
    for dice, expected in ((Dice(42), [773, 438, 858, 697, 94]), (Dice(1, 2), [448, 430, 419, 277, 821])):
        assert [dice.below(1000) for _ in range(5)] == expected
