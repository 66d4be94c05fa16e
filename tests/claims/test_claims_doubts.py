from __future__ import annotations

import msgspec

from witnessmark.claims.by_hand import added
from witnessmark.claims.doubts import DOUBT_WORDS, Doubt, doubts_of
from witnessmark.model.claim import Harm, Interval, Speaker, Stance, VictimCount

CLAIM = added("ab" * 32, "nobody was held there", "He said nobody was held there on some day.")


def doubts(*, from_image: bool = False, answers_something: bool = False, **fields: object) -> set[Doubt]:
    return set(doubts_of(msgspec.structs.replace(CLAIM, **fields), from_image=from_image, answers_something=answers_something))


def test_a_reading_with_nothing_open_leaves_no_doubt() -> None:
    assert doubts() == set()


def test_a_denial_is_in_doubt_until_something_is_found_that_it_answers() -> None:
    assert doubts(stance=Stance.DENIES) == {Doubt.ANSWERS}
    assert doubts(stance=Stance.DENIES, answers_something=True) == set()


def test_a_speaker_nobody_could_name_is_in_doubt_and_one_who_stays_unnamed_is_not() -> None:
    assert doubts(speaker=Speaker(None, None)) == {Doubt.SPEAKER}
    assert doubts(speaker=Speaker(None, None, anonymous=True)) == set()


def test_counts_dates_and_scans_are_in_doubt_where_they_leave_something_open() -> None:
    count = VictimCount(None, None, None, Harm.KILLED, None, None, approximate=False, derived=False, start=8, end=14, text="nobody")
    assert doubts(victims=(count,)) == {Doubt.VICTIMS, Doubt.ACT}
    assert doubts(when=Interval(None, None, 31, 39, "some day")) == {Doubt.DATE}
    assert doubts(from_image=True) == {Doubt.SCAN}


def test_every_doubt_has_its_words() -> None:
    assert set(DOUBT_WORDS) == set(Doubt)
