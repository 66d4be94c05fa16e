"""Every colour that carries words or meaning can be read on its ground: WCAG 2.2 AA, in light, in the dark and in print, computed from the stylesheet."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("witnessmark.publish").joinpath("static", "dossier.css").read_text(encoding="utf-8")

WORDS = {
    "ink": ["paper", "card", "tag", "land", "sea", "tint", "lit"],
    "soft": ["paper", "card", "land", "sea"],
    "link": ["paper", "card"],
    "claim": ["paper"],
    "answer": ["paper"],
    "lit-ink": ["lit"],
    "banner-ink": ["banner"],
}
"""Colours of words, and the grounds they stand on: 4.5 to 1."""

MARKS = {
    "claim": ["card", "land", "sea", "tint", "paper"],
    "answer": ["card", "land", "sea", "paper"],
    "target": ["paper", "card"],
    "soft": ["card", "paper"],
    "ink": ["card", "sea"],
    "edge": ["land"],
}
"""Colours of what is drawn and means something, and of the focus: 3 to 1."""

GROUNDS = {"paper", "card", "tag", "land", "sea", "tint", "lit", "banner"}
ORNAMENT = {"line"}
"""Hairlines that only repeat what the layout shows."""

ANYTHING_ELSE = {"#000", "#fff", "none", "inherit", "transparent"}


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name: in the light, in the dark, in print (what print does not name is as in the light)."""
    blocks = [dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)]
    light, dark, print_ = blocks
    return {"light": light, "dark": light | dark, "print": light | print_}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of the lighter to the darker."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_wcag_defines() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_words_can_be_read_on_every_ground_they_stand_on(mode: str) -> None:
    colours = palettes()[mode]
    low = {
        f"{front} on {ground}": round(contrast(colours[front], colours[ground]), 2)
        for front, grounds in WORDS.items()
        for ground in grounds
    }
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_marks_and_the_focus_can_be_seen_on_every_ground_they_stand_on(mode: str) -> None:
    colours = palettes()[mode]
    low = {
        f"{front} on {ground}": round(contrast(colours[front], colours[ground]), 2)
        for front, grounds in MARKS.items()
        for ground in grounds
    }
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


def test_no_colour_is_used_that_is_not_held_to_a_ratio() -> None:
    rules = re.sub(r":root \{.*?\}|@page \{.*?\}\s*\}?|/\*.*?\*/", "", CSS, flags=re.DOTALL)
    named = set(re.findall(r"(?:^|[;{\s])(?:color|fill|stroke|outline|border[a-z-]*|background)\s*:[^;{}]*?var\(--([a-z-]+)\)", rules))
    assert named <= WORDS.keys() | MARKS.keys() | GROUNDS | ORNAMENT
    bare = set(re.findall(r"(?:^|[;{\s])(?:color|fill|background)\s*:\s*(#[0-9a-f]{3,6}|[a-z]+)\s*[;}]", rules))
    assert bare <= ANYTHING_ELSE


def test_print_names_every_colour_so_that_a_page_read_in_the_dark_is_not_printed_dark() -> None:
    light, dark, print_ = (set(re.findall(r"--([a-z-]+):\s*#", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
    assert light == dark == print_
    assert {palettes()["print"][ground] for ground in ("paper", "card", "land")} == {"#fff"}
