"""No library that the program loads leaves a trace of its own, or gathers anything for its makers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_reading_claims_leaves_nothing_in_the_home_or_the_temporary_folder(tmp_path: Path) -> None:
    home, temporary, article = tmp_path / "home", tmp_path / "temporary", tmp_path / "article.txt"
    home.mkdir()
    temporary.mkdir()
    article.write_text("Envoy Ana Brecht said that guards killed ten prisoners at Korrin.\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_")) and name != "CI"}
    done = subprocess.run(
        [sys.executable, "-m", "witnessmark", "claims", str(article), "--json"],
        env={**kept, "HOME": str(home), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert [path.name for folder in (home, temporary) for path in folder.rglob("*")] == []
