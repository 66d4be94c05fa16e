"""What several tests need: a small folder of evidence about an invented place, and a case built from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

BRIEFING = """Prison guards killed detainees at Korrin, envoy says

KORRIN, 15 May 2031 (Northern Wire) -- Guards at Korrin prison killed at least 40 detainees in March 2031, envoy Ana Brecht told reporters on Thursday.

“We have seen photographs of the graves,” Brecht said. She said the government of Tolvaria had burned the bodies to hide the killings.

The Tolvarian Foreign Ministry denied the allegations. “These claims are baseless,” it said in a statement.
"""

STATEMENT = """TOLVAR, 16 May 2031 (TNA) -- The Foreign Ministry of Tolvaria said on Friday that no prisoner was killed at Korrin prison in March 2031.

“The allegations are a fabrication,” the ministry said.
"""


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A folder with a briefing, a denial, a table and an unreadable file."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (folder / "statement.txt").write_text(STATEMENT, encoding="utf-8")
    (folder / "list.csv").write_text("name,age\nمُحَمَّد الأحمد,34\nDara Ilin,29\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnot much of a file")
    return folder


@pytest.fixture(scope="session")
def built_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case built once from that evidence; tests that change a case copy it."""
    root = tmp_path_factory.mktemp("built")
    folder = root / "evidence"
    folder.mkdir()
    (folder / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (folder / "statement.txt").write_text(STATEMENT, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnot much of a file")
    build(folder, root / "case", Given())
    return root / "case"


@pytest.fixture
def case(built_case: Path, tmp_path: Path) -> Path:
    """A copy of the built case, to do with as a test likes."""
    copy = tmp_path / "case"
    shutil.copytree(built_case, copy)
    return copy


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The machine's own Chromium, driven by Playwright; tests that need it are skipped without."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()
