"""The interface speaks the languages it offers, whole, and writes days and figures as they do."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from conftest import Enter
from witnessmark.model.office import Role
from witnessmark.serve.speaking import LANGUAGES, catalogue, chosen, day, figure

TEMPLATES = Path(__file__).parents[2] / "src" / "witnessmark" / "serve" / "templates"
SCRIPT = Path(__file__).parents[2] / "scripts" / "collect-messages"


def collecting() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("collect_messages", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader) or pytest.fail("no such script"))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_message_of_the_templates_is_said_in_every_language(language: str) -> None:
    missing = [message for message in collecting().collected() if catalogue(language).gettext(message) == message]
    assert missing == [], f"run scripts/collect-messages, then translate what waits in serve/locale/{language}/messages.po"


def test_pages_are_written_from_right_to_left_where_the_language_is(enter: Enter) -> None:
    browser = enter(Role.VIEWER)
    assert '<html lang="en" dir="ltr">' in browser.get("/").text
    answer = browser.post("/language/ar", back="/")
    assert answer.headers["location"] == "/"
    assert '<html lang="ar" dir="rtl">' in browser.get("/").text


def test_the_language_is_the_one_chosen_else_the_first_the_browser_takes() -> None:
    assert chosen("ar", "en") == "ar"
    assert chosen(None, "de-DE, ar-SY;q=0.8, en;q=0.5") == "ar"
    assert chosen("tlh", "de") == "en"


def test_days_and_figures_follow_the_language() -> None:
    assert day("2031-03-04", "en") == "4 March 2031"
    assert "آذار" in day("2031-03-04", "ar")
    assert day("2031-03-04T10:05:00Z", "en") == "4 March 2031, 10:05 UTC"
    assert day("some time", "en") == "some time"
    assert figure(12345, "en") == "12,345"
    assert figure(12345, "ar") == "١٢٬٣٤٥"


def test_templates_translate_their_own_words_alone_since_a_message_is_a_pattern() -> None:
    """A percent sign in a value would be read as a place to fill; values go through the filter `spoken`."""
    wrong = {
        path.name: found
        for path in TEMPLATES.rglob("*.j2")
        if (found := re.findall(r"(?<!\w)_\((?![\"'])[^)]*", path.read_text(encoding="utf-8")))
    }
    assert wrong == {}
