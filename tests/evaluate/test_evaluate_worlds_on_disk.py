"""The invented worlds of incidents that measuring rests on are well formed, and the test part is what was frozen."""

import hashlib
import subprocess
import sys
from pathlib import Path

INCIDENTS = Path(__file__).parents[2] / "corpus" / "incidents"


def test_every_quote_key_root_and_denial_of_the_worlds_holds() -> None:
    done = subprocess.run([sys.executable, INCIDENTS / "check.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith("7 worlds, 0 wrong")


def test_the_test_part_is_as_it_was_frozen() -> None:
    listed = [line.split("  ", 1) for line in (INCIDENTS / "test" / "SHA256SUMS").read_text().splitlines()]
    there = {path.relative_to(INCIDENTS / "test").as_posix() for path in (INCIDENTS / "test").rglob("*.*") if path.is_file()}
    assert {name for _, name in listed} == there - {"SHA256SUMS"}
    for digest, name in listed:
        assert hashlib.sha256((INCIDENTS / "test" / name).read_bytes()).hexdigest() == digest, name
