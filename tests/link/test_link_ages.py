import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.link.ages import ABOUT_AGE, NO_AGE, NO_SEX, TOO_OLD, read_age, read_sex
from witnessmark.link.records import AgeSpan


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("30", 30, 30),
        ("30.0", 30, 30),
        ("٣٠", 30, 30),
        ("30 years old", 30, 30),
        ("30 سنة", 30, 30),
        ("30 ans", 30, 30),
        ("twenty-five years", 25, 25),
        ("0", 0, 0),
        ("6 months", 0, 0),
        ("18 months", 1, 1),
        ("٣ أشهر", 0, 0),
        ("6 mois", 0, 0),
        ("3 days", 0, 0),
        ("سنتان", 2, 2),
        ("30s", 30, 39),
        ("in his thirties", 30, 39),
        ("الثلاثينات", 30, 39),
        ("20-25", 20, 25),
        ("بين 20 و 25", 20, 25),
        ("30 or 31", 30, 31),
        ("18+", 18, None),
        ("over 60", 60, None),
        ("under 18", None, 17),
        ("child", 0, 17),
        ("طفلة", 0, 17),
        ("رضيع", 0, 1),
        ("adulte", 18, None),
    ],
)
def test_an_age_is_a_number_of_years_or_a_range(written: str, low: int | None, high: int | None) -> None:
    assert read_age(written) == (AgeSpan(low, high), None)


@pytest.mark.parametrize("written", ["about 30", "30?", "حوالي 30", "~30", "30 environ"])
def test_an_approximate_age_is_marked_as_one(written: str) -> None:
    assert read_age(written) == (AgeSpan(30, 30, approximate=True), ABOUT_AGE)


@pytest.mark.parametrize("written", ["x", "-5", "elderly", "12/05/2013", "2 سنة و 3 أشهر", "40-30", "9" * 100, "a lot"])
def test_what_is_no_age_has_a_reason(written: str) -> None:
    assert read_age(written) == (None, NO_AGE)


@pytest.mark.parametrize("written", ["1985", "150", "100-200"])
def test_an_age_that_nobody_reaches_is_not_used(written: str) -> None:
    assert read_age(written) == (None, TOO_OLD)


@pytest.mark.parametrize(
    ("sex", "words"), [("male", "M Male man ذكر رجل homme masculin H"), ("female", "F female أنثى انثى امرأة femme Féminin")]
)
def test_a_sex_is_read_in_english_arabic_and_french(sex: str, words: str) -> None:
    assert {read_sex(word) for word in words.split()} == {(sex, None)}


@pytest.mark.parametrize("written", ["1", "طفل", "yes", "mf"])
def test_a_word_that_names_no_sex_has_a_reason(written: str) -> None:
    assert read_sex(written) == (None, NO_SEX)


@given(st.one_of(st.text(max_size=30), st.text("0123456789 -+<s~?شهرسنةmonths", max_size=15)))
def test_whatever_stands_in_an_age_cell_gives_a_range_or_a_reason(written: str) -> None:
    span, problem = read_age(written)
    assert span is not None or problem
