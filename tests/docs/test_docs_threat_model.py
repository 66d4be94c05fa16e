"""The threat model names commands and tests that exist, and each row says what is not defended."""

from __future__ import annotations

import re
from pathlib import Path

from witnessmark.cli.main import verbs

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "internals" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in row.split("|")[1:-1]] for row in PAGE.splitlines() if row.startswith("| **")]


def test_every_row_has_a_test_that_exists_and_says_what_is_not_defended() -> None:
    assert len(ROWS) >= 10
    for who, defends, tried, undefended in ROWS:
        tests = re.findall(r"`((?:tests|bench)/[\w/]+\.py)`", tried)
        assert tests, who
        assert all((ROOT / test).is_file() for test in tests), (who, tests)
        assert defends, who
        assert undefended, who


def test_every_command_is_one() -> None:
    named = set(re.findall(r"`witnessmark ([\w-]+)", PAGE))
    assert {"lock", "erase", "checkpoint", "recovery"} <= named <= set(verbs.commands)


def test_every_anchor_into_another_page_is_a_heading_there() -> None:
    for page in ("threat-model", "flow", "protection", "redaction"):
        text = (ROOT / "docs" / "internals" / f"{page}.md").read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\(([\w-]*(?:\.md)?)#([\w-]+)\)", text):
            there = (ROOT / "docs" / "internals" / (target or f"{page}.md")).read_text(encoding="utf-8")
            headings = {
                re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in there.splitlines() if line.startswith("#")
            }
            assert anchor in headings, (page, target, anchor)
