from __future__ import annotations

import re
from pathlib import Path

from witnessmark.claims.lexicon import CueClass, act_words, cues
from witnessmark.model.claim import Act

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "acts.md"


def test_every_cue_names_its_constructions() -> None:
    assert all(cue.constructions and "" not in cue.constructions for cue in cues().values())
    assert cues()["verb", "deny"].meaning is CueClass.DENY
    assert "clause" in cues()["verb", "say"].constructions


def test_act_words_carry_acts_of_the_contract() -> None:
    found = {word.act for word in act_words().values()}
    assert found <= set(Act)
    assert {Act.KILLING, Act.TORTURE, Act.DETENTION, Act.DESTRUCTION, Act.MEETING, Act.AGREEMENT} <= found


def test_the_reference_maps_every_act() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE))
    assert rows == {act.value for act in Act}
