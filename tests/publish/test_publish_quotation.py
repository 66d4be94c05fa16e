"""Lone quotation marks at the edge of a span: only they go, whatever the language, and apostrophes stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.publish.quotation import without_lone_marks

MARKS = "\"'“”„‟«»‹›‘’‚‛「」『』"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“killed in their cells", "killed in their cells"),
        ("killed in their cells”", "killed in their cells"),
        ("killed in their cells.”", "killed in their cells."),
        ('"killed in their cells', "killed in their cells"),
        ('killed" and "buried', 'killed" and "buried'),
        ('killed in "the pit"', 'killed in "the pit"'),
        ('"killed in "the pit"', 'killed in "the pit"'),
        ('killed in "the pit""', 'killed in "the pit"'),
        ("“killed” and “buried", "“killed” and “buried"),
        ("„getötet“", "„getötet“"),
        ("„getötet", "getötet"),
        ("« tués", "tués"),
        ("« tués »", "« tués »"),
        ("»dræbt«", "»dræbt«"),
        ("‘taken at night", "taken at night"),
        ("‘don’t’", "‘don’t’"),
        ("the cells of the guards’", "the cells of the guards’"),
        ("the guards' cells", "the guards' cells"),
        ("’90s prisons", "’90s prisons"),
        ("«قتلوا في السجن", "قتلوا في السجن"),
        ("”", "”"),
        ("nothing quoted", "nothing quoted"),
    ],
)
def test_only_a_mark_without_its_partner_goes(text: str, expected: str) -> None:
    assert without_lone_marks(text) == expected


@given(st.text(alphabet=f"ab .,{MARKS}"))
def test_nothing_but_quotation_marks_and_outer_space_is_ever_left_out(text: str) -> None:
    shown = without_lone_marks(text)
    bare = str.maketrans("", "", MARKS)
    assert shown.translate(bare).strip() == text.translate(bare).strip()


@given(st.text(alphabet="ab .,"))
def test_a_text_without_quotation_marks_is_left_alone(text: str) -> None:
    assert without_lone_marks(text) == text


@given(st.text(alphabet="ab", min_size=1), st.sampled_from(["“”", "«»", "„“", '""', "「」"]))
def test_a_whole_quotation_keeps_its_marks(text: str, marks: str) -> None:
    assert without_lone_marks(f"{marks[0]}{text}{marks[1]}") == f"{marks[0]}{text}{marks[1]}"
