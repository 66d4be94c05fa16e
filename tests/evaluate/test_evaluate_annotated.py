from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.evaluate.annotated import MarkupError, read_annotated, without_marks

BODY = "[c1.who|Mara Hoel] [c1.cue c2.cue|said] [c1.says|guards \\[at the mill\\] beat [c2.says|two men]]."


def test_the_plain_text_is_what_remains_without_the_marks() -> None:
    text, marked = without_marks(BODY, "x")
    assert text == "Mara Hoel said guards [at the mill] beat two men."
    assert [text[a:b] for a, b in marked["c1"].says] == ["guards [at the mill] beat two men"]
    assert [text[a:b] for a, b in marked["c2"].says] == ["two men"]
    assert marked["c1"].cue == marked["c2"].cue
    assert [text[a:b] for a, b in marked["c1"].who] == ["Mara Hoel"]


@pytest.mark.parametrize(
    ("body", "word"), [("[c1.says|never closed", "never closed"), ("closes nothing]", "closes nothing"), ("[odd|x]", "opens no mark")]
)
def test_marks_that_do_not_fit_are_named(body: str, word: str) -> None:
    with pytest.raises(MarkupError, match=word):
        without_marks(body, "x.ann")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=20, alphabet="abc [](\\"))
def test_any_text_can_be_marked_and_comes_back_whole(before: str, inside: str) -> None:
    def escape(text: str) -> str:
        return "".join("\\" + c if c in "[]\\" else c for c in text)

    text, marked = without_marks(f"{escape(before)}[c1.says|{escape(inside)}]", "x")
    assert text == before + inside
    ((start, end),) = marked["c1"].says
    assert text[start:end] == inside


def test_a_file_without_its_three_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ann"
    path.write_text("title = 'x'\n+++\nno fields\n", encoding="utf-8")
    with pytest.raises(MarkupError, match="parted by two"):
        read_annotated(path)
