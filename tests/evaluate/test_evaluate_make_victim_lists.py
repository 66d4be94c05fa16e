"""The command that writes synthetic victim lists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "make-victim-lists"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def test_settings_that_were_printed_make_lists_when_they_are_given_back(tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text(_run("--print-settings").stdout, encoding="utf-8")
    done = _run(str(tmp_path / "out"), "--settings", str(mine), "--people", "50", "--classes", "3", "--seed", "2")
    assert "out of 50 in" in done.stdout
    assert (tmp_path / "out" / "lists" / "list4.csv").is_file()
    assert (tmp_path / "out" / "truth" / "people.csv").read_text(encoding="utf-8").count("\n") == 51


def test_a_wrong_setting_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    done = _run(str(tmp_path / "out"), "--people", "0")
    assert done.returncode == 1
    assert "people" in done.stderr
    assert not (tmp_path / "out").exists()


def test_help_gives_every_setting_its_meaning() -> None:
    told = _run("--help").stdout
    assert all(word in told for word in ("kunya = 0.03: Abu or Umm", "odds_ratio", "hamza_folded", "make-victim-lists OUT --seed 1"))
