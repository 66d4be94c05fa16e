"""The small parts under the sections: covered hashes, visible controls, excerpts, the words for numbers and dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.claim import Harm, Per, VictimCount
from witnessmark.publish.excerpt import Layer, lit
from witnessmark.publish.visible import direction, visible
from witnessmark.publish.withheld import COVER, Withheld
from witnessmark.publish.words import count_words, counted, dates_words, moment_words, size_words

SECRET = "0123456789abcdef" * 4


@given(st.text(), st.text())
def test_covering_keeps_every_other_character_where_it_was(before: str, after: str) -> None:
    covered = Withheld([SECRET]).cover(f"{before}-{SECRET}-{after}")
    assert len(covered) == len(before) + len(after) + 66
    assert SECRET not in covered
    assert covered[len(before) + 1 : len(before) + 65] == COVER * 64


@given(st.text())
def test_a_text_without_the_hash_is_left_alone(text: str) -> None:
    assert SECRET[:10] in text.lower() or Withheld([SECRET]).cover(text) == text


@given(st.text(st.characters()))
def test_a_visible_text_can_be_written_as_utf_8_and_turns_nothing_around(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert not any(0x202A <= ord(character) <= 0x202E or 0x2066 <= ord(character) <= 0x2069 for character in shown)


def test_marks_that_arabic_and_persian_need_stay() -> None:
    assert visible("می\u200cروم\u200f") == "می\u200cروم\u200f"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("ur-PK", "rtl"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("en-GB", "ltr"),
        (None, "auto"),
    ],
)
def test_direction_follows_language_and_script(language: str | None, expected: str) -> None:
    assert direction(language) == expected


@given(
    st.text(min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["content", "cue", "speaker"])), max_size=8),
)
def test_lighting_a_text_changes_no_character_and_lights_exactly_its_spans(text: str, places: list[tuple[int, int, str]]) -> None:
    layers = [Layer(start, min(start + length, len(text)), kind) for start, length, kind in places if start < len(text)]
    runs = list(lit(text, 0, len(text), layers))
    assert "".join(run.text for run in runs) == text
    at = 0
    for run in runs:
        for position in range(at, at + len(run.text)):
            on = {layer.kind for layer in layers if layer.start <= position < layer.end}
            assert on == {kind for kind, shown in (("content", run.content), ("cue", run.cue), ("speaker", run.speaker)) if shown}
        at += len(run.text)


@pytest.mark.parametrize(
    ("low", "high", "per", "approximate", "expected"),
    [
        (13, None, None, False, "at least 13 killed"),
        (None, 50, Per.DAY, False, "at most 50 killed a day"),
        (300, 450, None, False, "300 to 450 killed"),
        (10, 10, Per.HOUR, False, "10 killed an hour"),
        (3000, 3000, None, True, "about 3,000 killed"),
        (None, None, None, False, "a number not stated killed"),
    ],
)
def test_a_count_keeps_its_range(low: int | None, high: int | None, per: Per | None, approximate: bool, expected: str) -> None:  # noqa: FBT001 -- a parameter of the table above
    count = VictimCount(
        min=low,
        max=high,
        per=per,
        harm=Harm.KILLED,
        group=None,
        includes=None,
        approximate=approximate,
        derived=False,
        start=0,
        end=1,
        text="x",
    )
    assert count_words(count) == expected


def test_dates_and_sizes_read_as_words() -> None:
    assert dates_words("2031-03-01", "2031-03-31") == "1 March 2031 to 31 March 2031"
    assert dates_words(None, "2031-03-31") == "31 March 2031 or earlier"
    assert dates_words(None, None) == "date not worked out"
    assert dates_words("unclear", "unclear") == "unclear"
    assert moment_words("2031-03-06T09:05:00Z") == "6 March 2031, 09:05 UTC"
    assert size_words(13_500_000) == "about 14 MB"
    assert size_words(20) == "under 1 kB"
    assert (counted(1, "claim"), counted(0, "claim"), counted(1204, "claim")) == ("1 claim", "no claims", "1,204 claims")
