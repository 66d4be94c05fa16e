"""Proposals of how documents may name somebody."""

from __future__ import annotations

import pytest

from witnessmark.protect.surface_forms import by_rule, in_documents


def test_parts_initials_and_the_family_name_first_are_proposed_and_particles_are_not() -> None:
    forms = by_rule("Dr Oren van der Tessaly")
    assert {"Oren", "Tessaly", "O. Tessaly", "Tessaly, Oren"} <= set(forms)
    assert not {"van", "der"} & set(forms)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("محمد الدغيم", "daghim"),
        ("Mohammad al-Daghim", "الدغيم"),
        ("Ilse Marrant", "مارانت"),
        ("Ольга Вереск", "вереску"),
        ("Mirela Vosk", "voskom"),
        ("Oren Tessaly", "tessali"),
    ],
)
def test_other_spellings_scripts_and_endings_that_documents_hold_are_proposed(name: str, word: str) -> None:
    assert word in in_documents(name, [word, "bridge", "جسر", "мост"])
    assert not {"bridge", "جسر", "мост"} & set(in_documents(name, [word, "bridge", "جسر", "мост"]))
