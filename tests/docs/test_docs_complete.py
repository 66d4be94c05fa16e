"""The docs hold together: links lead somewhere, every page can be reached, every dependency and decision is listed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def links_of(page: Path) -> list[str]:
    """The relative links and images of a page, without their fragments."""
    targets = _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return [target.split("#")[0] for target in targets if "://" not in target and not target.startswith(("#", "mailto:"))]


def headings_of(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    missing = [target for target in links_of(page) if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if anchor and "://" not in target:
            assert anchor in headings_of(page.parent / path if path else page), target


def test_every_page_in_docs_is_linked_from_another() -> None:
    linked = {(page.parent / target).resolve() for page in PAGES for target in links_of(page)}
    folders = {path for path in linked if path.is_dir()}
    orphans = [page for page in PAGES if page != ROOT / "README.md" and page not in linked and page.parent not in folders]
    assert not orphans


def test_every_dependency_has_its_sentence_and_no_other_has() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"]]
    for extra in settings["project"].get("optional-dependencies", {}).values():
        named += extra
    page = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    packages = page.split("## Outside programs")[0]
    assert set(re.findall(r"^\| `([\w.-]+)` \|", packages, re.MULTILINE)) == {re.split(r"[\[=<>~ ;]", name)[0] for name in named}


def test_every_decision_is_listed_under_its_number() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"^\d+\. \[[^\]]+\]\(([^)]+)\)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
