"""The dossier in a real browser: axe finds nothing to mend on any kind of page, and the keyboard alone reaches everything and shows where it is.

Chromium is driven by Playwright where both are installed; nothing is fetched, the pages are opened from disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.publish.publish_counting import asked, with_questions
from tests.publish.publish_sites import watched_site, with_sites

from witnessmark.model.sheet import Line, Placed, Sheet, Shows
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.public import public_pages
from witnessmark.publish.public_view import Derived, public_view
from witnessmark.publish.sections.public import RELEASE
from witnessmark.publish.visibility import Selection
from witnessmark.text.masking import Mask

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_STOPS = 80
"""Stops of the keyboard that are tried on one page; longer ones go on with more of the same."""

SEEN = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  if (at === document.body) return null;
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [at.dataset.stop ?? '', shown, at.getClientRects().length > 0];
}"""
MARKED = """() => {
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter(each => each.checkVisibility() && !each.closest('[tabindex="-1"]:not(main)'));
  all.forEach((each, at) => each.dataset.stop = at);
  return all.length;
}"""


@pytest.fixture(scope="module")
def dossier(case: CaseView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft with every kind of page, and a public dossier, each in its folder."""
    held = [each.item.id for each in case.items]
    line = Line("line-1", Placed(Shows.SUBJECT, 44.1, 31.2, 50.0), "seen from the road", "analyst", "2031-03-07T10:00:00Z")
    view = with_sites(with_questions(case, asked(1)), watched_site((held[0], held[1], held[2])))
    view = msgspec.structs.replace(view, sheets=(Sheet(held[0], (line,)),))
    everything = Selection(frozenset(held), frozenset(read.claim.id for read in view.claims), {})
    derived = Derived(view.answers, tuple(each.incident for each in view.incidents))
    shown = public_view(view, everything, derived, Mask([]), methods=(RELEASE, *view.methods))
    root = tmp_path_factory.mktemp("browser")
    for name, files in (
        ("draft", draft(view)),
        ("public", public_pages(shown, Discretion.of_public(view), {}, everything.banded())),
    ):
        for path, content in files.items():
            (root / name).mkdir(exist_ok=True)
            (root / name / path).write_bytes(content)
    return root


def kinds(dossier: Path) -> dict[str, list[Path]]:
    """The pages by kind, the smallest first."""
    found: dict[str, list[Path]] = {}
    for path in sorted(dossier.rglob("*.html"), key=lambda path: path.stat().st_size):
        found.setdefault(f"{path.parent.name} {re.sub(r'-[0-9a-f]{8,}.*', '', path.stem)}", []).append(path)
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)], ids=["light on a desk", "dark on a phone"])
def test_axe_finds_nothing_on_any_kind_of_page(chromium: Browser, dossier: Path, scheme: str, width: int) -> None:
    axe_package = pytest.importorskip("axe_playwright_python")
    axe = (Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(
        bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    found = []
    for kind, paths in kinds(dossier).items():
        page.goto(paths[-1].as_uri())
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(kind, each["impact"], each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]]
    context.close()
    assert found == []


def test_the_keyboard_alone_reaches_every_link_and_fold_in_order_and_each_stop_is_seen(chromium: Browser, dossier: Path) -> None:
    page = chromium.new_page()
    for kind, paths in kinds(dossier).items():
        page.goto(paths[0].as_uri())
        wanted = min(int(page.evaluate(MARKED)), MOST_STOPS)
        stops = list(_stops(page, wanted))
        assert [int(stop) for stop, _, _ in stops] == list(range(wanted)), kind
        assert all(outlined and drawn for _, outlined, drawn in stops), kind


def test_a_fold_is_opened_with_the_keyboard(chromium: Browser, dossier: Path) -> None:
    page = chromium.new_page()
    path = next(path for paths in kinds(dossier).values() for path in paths if "<summary" in path.read_text(encoding="utf-8"))
    page.goto(path.as_uri())
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_no_page_is_wider_than_the_screen(chromium: Browser, dossier: Path, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    for kind, paths in kinds(dossier).items():
        page.goto(paths[-1].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind


def test_nothing_is_asked_of_any_network_and_no_script_runs(chromium: Browser, dossier: Path) -> None:
    page = chromium.new_page()
    asked_for: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for paths in kinds(dossier).values():
        page.goto(paths[-1].as_uri())
    assert asked_for
    assert not [url for url in asked_for if not url.startswith("file:")]
    assert said == []


def _stops(page: Page, wanted: int) -> Iterator[tuple[str, bool, bool]]:
    """What the keyboard meets, one stop at a time."""
    for _ in range(wanted):
        page.keyboard.press("Tab")
        met = page.evaluate(SEEN)
        if met is None:
            return
        yield tuple(met)
