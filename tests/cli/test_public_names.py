from __future__ import annotations

import subprocess
import sys

import pytest

import witnessmark


@pytest.mark.parametrize("name", witnessmark.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(witnessmark, name).__name__ == name


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import witnessmark; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name.startswith("witnessmark.") or name in {"msgspec", "click", "sqlalchemy", "spacy"}] == []
