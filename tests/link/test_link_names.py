import pytest

from witnessmark.link.blocking import pairs_of
from witnessmark.link.names import keys_of, split_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abd al-Rahman", "Abdurrahman"),
        ("al-Shami", "ash-Shami"),
        ("Qassem", "Kasim"),
        ("Djamal", "Jamal"),
        ("Othman", "Osman"),
        ("Hamzeh", "Hamza"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert keys_of(one).skeleton == keys_of(other).skeleton


def test_different_vowels_part_the_sounds_of_names_with_the_same_consonants() -> None:
    assert keys_of("Baruni").sound != keys_of("Barani").sound


def test_an_arabic_name_has_the_skeleton_of_its_latin_spelling() -> None:
    pytest.importorskip("arabic_name_romanizer")
    assert keys_of("الخطيب").skeleton == keys_of("al-Khatib").skeleton


def test_an_initial_is_kept_as_an_initial() -> None:
    assert keys_of("M.").initial == "m"
    assert keys_of("M.").skeleton is None


def test_a_full_name_is_cut_into_parts_without_words_of_descent() -> None:
    assert split_name("Salah al-Din bin Abd al-Rahman al-Masri") == ["salah al din", "abd al rahman", "al masri"]


def test_a_missing_key_is_shared_with_no_one() -> None:
    assert pairs_of({"year": [2013, 2013, None, None]}, ("year",)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AlHaj", "al-Haj"),
        ("Elkhidir", "al-Khidir"),
        ("Dr. Adnan", "Adnan"),
        ("Mohd", "Muhammad"),
        ("المصري", "al-Masri"),
        ("Şêxo", "Shekho"),
        ("Ebd al-Karim", "Abdelkarim"),
    ],
)
def test_titles_abbreviations_and_habits_of_spelling_leave_the_key_as_it_is(one: str, other: str) -> None:
    assert keys_of(one).skeleton == keys_of(other).skeleton


def test_a_title_that_is_all_there_is_stays() -> None:
    assert keys_of("Shahid").skeleton
