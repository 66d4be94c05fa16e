"""Passages: blank lines decide first, hard wraps are joined, datelines and credits are nobody's statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.segmentation import PassageKind, find_dateline, segment, stated_date


def cut(text: str) -> list[tuple[str, str]]:
    return [(p.kind.value, text[p.start : p.end]) for p in segment(text)]


def test_blank_lines_of_every_sort_divide_paragraphs() -> None:
    text = "One is here.\r\n \t\r\nTwo is here.\n\nThree is here.\x0cFour is here."
    assert [words for _, words in cut(text)] == ["One is here.", "Two is here.", "Three is here.", "Four is here."]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The governor of the northern province said on Monday that\nnobody had been held at the old mill and that the families\n"
        "were mistaken.\n\nNobody believed it."
    )
    assert len(cut(text)) == 2


def test_single_line_breaks_divide_paragraphs_where_no_blank_line_does() -> None:
    text = (
        "Mill was a prison, families say\nThe governor denied it on Monday.\n"
        "Residents of the valley had seen lorries at the mill for weeks, they said.\nNobody was charged."
    )
    assert [kind for kind, _ in cut(text)] == ["title", "paragraph", "paragraph", "paragraph"]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    text = "\n".join(["A witness said that " + "the lorries came again and " * 8 + "left."] * 3)
    assert len(cut(text)) == 3


def test_titles_headings_lists_and_credits_are_told_apart() -> None:
    text = (
        "Mill was a prison, families say\n\nBy Ana Orlo and Petr Vahl\n\nThe governor denied it.\n\nWhat families saw\n\n"
        "- Lorries at night.\n- Smoke.\n\n(Reporting by Ana Orlo; Editing by Petr Vahl)"
    )
    assert [kind for kind, _ in cut(text)] == ["title", "credit", "paragraph", "heading", "list", "list", "credit"]


def test_a_sentence_that_begins_with_by_is_no_credit() -> None:
    assert [kind for kind, _ in cut("Title of it\n\nBy Monday the families had left the valley.")] == ["title", "paragraph"]


@pytest.mark.parametrize(
    ("dateline", "place", "agency", "day"),
    [
        ("(Bloomberg) --", None, "Bloomberg", None),
        ("LIMA, 20 AUG 88 (EFE) --", "LIMA", "EFE", "1988-08-20"),
        ("[Text] ORVANE, 3 May (Agency) --", "ORVANE", "Agency", "2016-05-03"),
        ("CAIRO, March 4 --", "CAIRO", None, "2017-03-04"),
        ("GENEVA (AP) _", "GENEVA", "AP", None),
        ("Orvane, Vescovia, March 4 (Reuters) -", "Orvane, Vescovia", "Reuters", "2017-03-04"),
        ("SAN SALVADOR, 6 Jan 90 (ACAN-EFE) -- [TEXT]", "SAN SALVADOR", "ACAN-EFE", "1990-01-06"),
        ("ORVANE (VESCOVIA), 6 Jan 90 (ACAN) -- [TEXT]", "ORVANE", "ACAN", "1990-01-06"),
        ("ORVANE CITY (NEW VESCOVIA), 6 Jan 90 -- [TEXT]", "ORVANE CITY", None, "1990-01-06"),
        ("ORVANE —", "ORVANE", None, None),
        ("ORVANE ―", "ORVANE", None, None),
    ],
)
def test_a_dateline_is_read_and_left_out_of_its_paragraph(dateline: str, place: str | None, agency: str | None, day: str | None) -> None:
    text = f"{dateline} The governor denied it."
    found = find_dateline(text, "2017-03-10")
    assert found is not None
    assert (found.place, found.agency, found.earliest, found.latest) == (place, agency, day, day)
    assert cut(text) == [("paragraph", "The governor denied it.")]


def test_a_dateline_without_a_year_states_no_date_of_its_own() -> None:
    found = find_dateline("CAIRO, March 4 -- The governor denied it.")
    assert found is not None
    assert found.earliest is None


@pytest.mark.parametrize("text", ["The war - it went on.", "In March - so he said - it began.", "He left (quickly) - and came back."])
def test_an_ordinary_opening_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title\n\nDate: 4 May 2016\n\nText.", "2016-05-04"),
        ("A title\nPublished on Wednesday, May 4, 2016\n\nText.", "2016-05-04"),
        ("A title\n\nMay 4th, 2016 10:15 am\n\nText.", "2016-05-04"),
        ("LIMA, 20 AUG 88 (EFE) -- Text.", "1988-08-20"),
        ("A title\n\nOn 4 May 2016 he left.", None),
    ],
)
def test_a_document_may_state_its_own_date_near_its_top(text: str, expected: str | None) -> None:
    found = stated_date(text)
    assert (found and found[2]) == expected


@given(st.text(alphabet=st.sampled_from("aB .\n\r\t,-(—1)\x0c\ufeffع😀́\u2028 "), max_size=200))
def test_passages_are_ordered_trimmed_and_lose_only_white_space(text: str) -> None:
    position = 0
    for passage in segment(text):
        assert position <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end] == text[passage.start : passage.end].strip()
        between = text[position : passage.start].strip("\ufeff \t\n\r\x0c\u2028")
        assert not between or between[-1] in "-—"
        position = passage.end
    assert not text[position:].strip("\ufeff \t\n\r\x0c\u2028")


def test_a_megabyte_in_one_line_is_one_paragraph() -> None:
    text = "A witness said so. " * 50_000
    assert [p.kind for p in segment(text)] == [PassageKind.PARAGRAPH]


def test_a_masthead_in_capitals_does_not_hide_the_dateline_below_it() -> None:
    text = (
        "ORNA -- Orvan News Agency\nEnglish service\n\nMinistry rejects report\n\nOrvan, 12 March 2019 (ORNA) - The ministry rejected it.\n"
    )
    dateline = find_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.earliest) == ("Orvan", "ORNA", "2019-03-12")


def test_the_head_line_of_a_transcript_states_its_day() -> None:
    text = "OFFICE OF THE ENVOY\n\nBriefing on detention\nTuesday, 4 June 2030, 9.30 a.m., Blue Room\n\nMODERATOR: Good morning.\n"
    found = stated_date(text)
    assert found is not None
    assert found[2] == "2030-06-04"
    report = stated_date("What the River Kept\n\nOffice for Missing Persons, 20 November 2028\n\nSummary\n")
    assert report is not None
    assert report[2] == "2028-11-20"
    assert stated_date("Raid at Orna, 3 May 2027\n\nWhat follows was told to us.\n") is None
    assert (
        stated_date("On the day\n4 June 2030, when the rain stopped, they came back to the village and found it burned down and empty.\n")
        is None
    )
