"""Pseudonyms are drawn at random, lead back to nobody, stay with their person, and are on record without a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.case import open_case
from witnessmark.case.persons import add_person
from witnessmark.case.pseudonyms import pseudonym_for
from witnessmark.case.viewing import view_case
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.entry import Stream
from witnessmark.protect.pseudonyms import LETTERS, draw_pseudonym
from witnessmark.protect.redaction import derives_from

FORM = re.compile(r"Person [A-Z][1-9]\d\d")


def test_a_pseudonym_shares_no_initial_with_the_name_and_none_that_is_taken() -> None:
    drawn: set[str] = set()
    for _ in range(300):
        drawn.add(draw_pseudonym(["Dara Ilin", "D. Ilin"], drawn))
    assert len(drawn) == 300
    assert all(FORM.fullmatch(each) and each[7] not in "DI" and not derives_from("Dara Ilin", each) for each in drawn)


def test_the_same_name_gives_another_pseudonym_in_another_case() -> None:
    assert len({draw_pseudonym(["Dara Ilin"], ()) for _ in range(20)}) > 1


def test_where_all_are_taken_it_says_so() -> None:
    every = {f"Person {letter}{number}" for letter in LETTERS for number in range(100, 1000)}
    last = draw_pseudonym([], every - {"Person K472"})
    assert last == "Person K472"
    with pytest.raises(ValueError, match="taken"):
        draw_pseudonym([], every)


def test_a_person_keeps_theirs_by_every_form_and_through_a_rebuild(case: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, "Ana Brecht", ["Brecht"])
        first = pseudonym_for(opened, "ana  BRECHT")
        size = opened.logs[Stream.ANALYSIS].size
        assert pseudonym_for(opened, "Brecht") == first
        assert opened.logs[Stream.ANALYSIS].size == size
        opened.redraw()
        assert pseudonym_for(opened, "Brecht") == first
        assert pseudonym_for(opened, "Nobody Entered") != pseudonym_for(opened, "Nobody Entered")
        bodies = b"".join(
            record.body for entry, record in opened.logs[Stream.ANALYSIS].entries_with_records() if entry.action == "person.pseudonym"
        )
    assert first.encode() in bodies
    assert b"recht" not in bodies
    assert b"Nobody" not in bodies


def test_words_that_name_two_persons_are_refused(case: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, "Ana Brecht", ["Brecht"])
        add_person(opened, "Otto Brecht", ["Brecht"])
        with pytest.raises(UsageError, match="P1 and P2"):
            pseudonym_for(opened, "Brecht")


def test_redact_draws_one_where_none_is_given_and_the_same_again(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, "Ana Brecht", ["Brecht"])
    shown = []
    for place, words in enumerate((("Ana Brecht", "Brecht"), ("Brecht",))):
        out = tmp_path / f"copy-{place}.txt"
        asked = [part for each in words for part in ("--pseudonym", each)]
        number = _briefing(case)
        done = CliRunner().invoke(verbs, ["redact", str(case), number, *asked, "--why", "at risk", "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert "Brecht" not in out.read_text()
        shown += FORM.findall(out.read_text())
    assert len(shown) >= 3
    assert len(set(shown)) == 1


def _briefing(case: Path) -> str:
    with open_case(case) as opened:
        return next(held.item.number for held in view_case(opened).items if held.item.name.endswith("briefing.txt"))
