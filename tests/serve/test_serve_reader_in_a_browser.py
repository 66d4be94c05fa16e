"""The reader in a real browser: keys, selecting words, pages with marks, right to left, and nothing that shuts anybody out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading_cases import ARABIC, claim_words, hold, pdf_of, with_text
from workbench import Served, shut_out

from witnessmark.model.office import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def test_a_person_reviews_corrects_adds_and_takes_back_with_keys_and_selections(case: Path, served: Served, chromium: Chromium) -> None:
    expect = pytest.importorskip("playwright.sync_api").expect
    arabic = hold(case, "ar.txt", ARABIC)
    with_text(case, arabic, language="ar")
    paged = hold(case, "report.pdf", pdf_of([["The guards burned the bodies at Korrin."]]))
    (marked,) = claim_words(case, paged, ["The guards burned the bodies at Korrin"])
    page = served.page(chromium, Role.REVIEWER, viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)

    page.goto("/items/I1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("article.claim").nth(1)
    assert "now" in (second.get_attribute("class") or "")
    number = (second.get_attribute("id") or "")[2:]
    assert page.locator(f'[data-claims~="{number}"].now').count() > 0
    page.locator("article.claim").first.locator(".to-text").click()
    assert "now" in (page.locator("article.claim").first.get_attribute("class") or "")

    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/claims/{number}$"))
    page.keyboard.press("e")
    expect(page.locator("#edit-where")).to_be_visible()
    page.focus("#edit-where")
    page.evaluate("""() => {
        const run = [...document.querySelectorAll('[data-text] [data-at]')].find((one) => one.textContent.includes('Korrin'));
        const at = run.firstChild.data.indexOf('Korrin');
        getSelection().setBaseAndExtent(run.firstChild, at, run.firstChild, at + 6);
        document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    }""")
    expect(page.locator("#edit-where")).to_have_value("Korrin")
    assert page.input_value("#near-where").isdecimal()
    page.select_option("#edit-act", "torture")
    page.click("#editing button.primary")
    page.wait_for_selector(".said")
    page.wait_for_load_state()  # keys are heard from then on
    assert "torture" in page.inner_text(".read > .fields")
    page.keyboard.press("u")
    expect(page.locator(".read > .fields")).not_to_contain_text("torture")  # waits: the address is the same before and after

    page.goto(f"/items/{arabic}")
    assert page.evaluate("getComputedStyle(document.querySelector('.written.block')).direction") == "rtl"
    page.keyboard.press("a")
    expect(page.locator("#adding textarea")).to_be_visible()
    page.evaluate("""() => {
        const text = document.querySelector('[data-text] [data-at]').firstChild;
        const at = text.data.indexOf('الحراس');
        getSelection().setBaseAndExtent(text, at, text, at + 16);
        document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    }""")
    expect(page.locator("#adding textarea")).to_have_value(re.compile("^الحراس"))
    page.click("#adding button.primary")
    page.wait_for_url(re.compile("/claims/C"))
    assert page.locator(".lit").first.evaluate("one => getComputedStyle(one).direction") == "rtl"

    page.goto(f"/items/{paged}?claim={marked}")
    page.keyboard.press("p")
    page.wait_for_selector(f'svg a[data-claims="{marked}"] rect')
    page.locator(f'svg a[data-claims="{marked}"] rect').first.click()
    assert "now" in (page.locator(f"#c-{marked}").get_attribute("class") or "")
    assert wrong == []


@pytest.mark.parametrize("path", ["/items/I1", "/items/I3", "/claims", "/claims/C2", "/items/I4", "/items/I4/pages/1"])
def test_no_page_of_the_reader_shuts_anybody_out(case: Path, served: Served, chromium: Chromium, path: str) -> None:
    hold(case, "report.pdf", pdf_of([["The guards burned the bodies at Korrin."]]))
    page = served.page(chromium, Role.OWNER, viewport={"width": 390, "height": 844})
    page.goto(path)
    assert shut_out(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_everything_reads_and_is_judged_without_scripts(served: Served, chromium: Chromium) -> None:
    page = served.page(chromium, Role.REVIEWER, java_script_enabled=False)
    page.goto("/items/I1")
    page.locator("article.claim .to-text").nth(1).click()
    assert re.search(r"#t-C\d+$", page.url)
    page.locator("a.lit").first.click()
    assert re.search(r"#c-C\d+$", page.url)
    page.goto("/claims/C1")
    page.click("#editing summary")
    page.select_option("#edit-certainty", "possible")
    page.click("#editing button.primary")
    assert "worded as possible" in page.inner_text(".read > .fields")
