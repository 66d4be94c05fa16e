"""A case may ask for two readers: then one person's word lets nothing into a public dossier."""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.viewing import view_case
from witnessmark.publish.visibility import Rule, Selection, select


def selected(case: Path) -> Selection:
    with open_case(case) as opened:
        return select(view_case(opened), "2031-06-01")


def accept(case: Path, member: str) -> str:
    with open_case(case, write="test", member=member) as opened:
        return decide(opened, "C1", "status", "accepted", why="read beside the text").subject


def test_a_claim_waits_for_its_second_reader_where_the_case_asks_for_one(case: Path) -> None:
    with open_case(case, write="test") as opened:
        for number in ("I1", "I2", "I3"):
            decide(opened, number, "already_public", "yes", why="printed")
    claim = accept(case, "Mira Osk")
    assert claim in selected(case).claims
    settings = case / "case.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "second_reader = true\n", encoding="utf-8")
    assert selected(case).held_back[claim] is Rule.SECOND
    accept(case, "Mira Osk")
    assert selected(case).held_back[claim] is Rule.SECOND  # the same person twice is one reader
    accept(case, "Tam Ledo")
    assert claim in selected(case).claims
    with open_case(case, write="test", member="Tam Ledo") as opened:
        decide(opened, "C1", "status", "unsure", why="on second thoughts")
    assert selected(case).held_back[claim] is Rule.MISREAD
