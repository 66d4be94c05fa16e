"""Covers of one width: they do not tell how long a name is, and every quote still stands at its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.publish.one_width import MARK, OneWidth

TEXTS = st.text(alphabet="ab \n█", max_size=60)


@given(TEXTS, st.integers(1, 20))
def test_how_long_a_cover_is_and_in_how_many_parts_makes_no_difference(around: str, letters: int) -> None:
    short, long = (OneWidth(f"a{cover}b{around}").text for cover in ("█" * letters, "██ ███████ █"))
    assert short == long


@given(TEXTS, st.data())
def test_a_stretch_of_the_covered_text_is_found_again_with_its_marks_whole(covered: str, data: st.DataObject) -> None:
    moved = OneWidth(covered)
    start = data.draw(st.integers(0, len(covered)))
    end = data.draw(st.integers(start, len(covered)))
    if start == end:
        return
    there = moved.text[moved.start(start) : moved.end(end)]
    assert there.replace(MARK, "").replace(" ", "") == covered[start:end].replace("█", "").replace(" ", "")
    assert (MARK in there) or "█" not in covered[start:end]


def test_places_beside_and_inside_a_cover() -> None:
    covered = "said ███ ████, a baker"
    moved = OneWidth(covered)
    assert moved.text == "said █████, a baker"
    for start, end, words in (
        (0, 4, "said"),
        (5, 8, MARK),
        (7, 10, MARK),
        (0, 13, "said █████"),
        (13, 22, ", a baker"),
        (5, 22, "█████, a baker"),
    ):
        assert moved.text[moved.start(start) : moved.end(end)] == words
