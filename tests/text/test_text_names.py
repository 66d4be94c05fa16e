"""Names lose their titles, have short forms, and may name the same only by rules of spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.names import acronym, same_name, short_forms, strip_titles, surname


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("President Jan Orlo's", "Jan Orlo"),
        ("Secretary of State Ana Vahl", "Ana Vahl"),
        ("Gen. Petr Orlo Jr.", "Petr Orlo"),
        ("Dr. Orlo", "Orlo"),
        ("General", "General"),
        ("Generosa Orlo", "Generosa Orlo"),
    ],
)
def test_titles_and_possessives_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert strip_titles(name) == bare


def test_a_surname_keeps_its_particles() -> None:
    assert surname("Ana van der Orlo") == "van der Orlo"
    assert short_forms("President Karim al-Orlo") == ("Karim al-Orlo", "al-Orlo", "Orlo")


def test_an_acronym_is_made_of_the_names_capitals() -> None:
    assert acronym("Vescovian State News Agency") == "VSNA"
    assert acronym("Ministry of Defence") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Orlo", "Jan Orlo", True),
        ("President Orlo", "Jan Orlo", True),
        ("Orlo", "Karim al-Orlo", True),
        ("VSNA", "Vescovian State News Agency", True),
        ("V.S.N.A.", "VSNA", True),
        ("J. Orlo", "Jan Petr Orlo", True),
        ("Jan Orlo", "Ana Orlo", False),
        ("Jan", "Jan Orlo", False),
        ("Orlo", "Orlov", False),
        ("VSNA", "Ministry of Defence", False),
        ("", "Orlo", False),
    ],
)
def test_two_mentions_may_name_the_same(one: str, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@given(st.text(), st.text())
def test_sameness_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
