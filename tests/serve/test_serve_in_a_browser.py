"""In a real browser: keys, dialogs, no script of ours needed, and nothing that shuts anybody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workbench import Served, shut_out

from witnessmark.model.office import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def test_a_claim_is_judged_by_one_key_and_question_mark_lists_the_keys(served: Served, chromium: Chromium) -> None:
    page = served.page(chromium, Role.REVIEWER)
    page.goto("/claims/C1")
    page.keyboard.press("?")
    assert "read correctly" in page.inner_text("#help")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.wait_for_url(lambda url: not url.endswith("/C1"))
    with served.office.reading() as case, case.asking() as connection:
        from witnessmark.store import queries

        (decision,) = queries.decisions(connection)
    assert decision.value == "accepted"


@pytest.mark.parametrize(
    "path", ["/", "/claims/C1", "/team", "/myself", "/work", "/second", "/practice", "/agreement", "/sealed/I1", "/items/I1/dispose"]
)
def test_no_page_shuts_anybody_out(served: Served, chromium: Chromium, path: str) -> None:
    page = served.page(chromium, Role.OWNER)
    page.goto(path)
    assert shut_out(page) == []


def test_pages_read_without_any_script_and_on_a_telephone(served: Served, chromium: Chromium) -> None:
    page = served.page(chromium, Role.REVIEWER, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/claims/C1")
    assert page.is_visible("text=read correctly")
    page.click("button[value=accepted]")
    assert not page.url.endswith("/C1")
    wide = served.page(chromium, Role.REVIEWER, viewport={"width": 390, "height": 800})
    for path in ("/", "/claims/C2", "/myself"):
        wide.goto(path)
        assert wide.evaluate("document.documentElement.scrollWidth") <= 390, path
