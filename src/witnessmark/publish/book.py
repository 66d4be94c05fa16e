"""The pages of a dossier as one, for print: each page's content in order, and links between pages as links within it.

A drawing carries the rules of the style sheet that are about drawings, with the colours of print, since what sets a PDF looks for them there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from witnessmark.errors import UsageError
from witnessmark.publish.paging import FRONT

STYLESHEET = "dossier.css"

_MAIN = re.compile(r'<main id="main" tabindex="-1">(.*)</main>', re.DOTALL)
_SKIP = re.compile(r'<a class="skip".*?</a>')
_PAGER = re.compile(r'<nav class="pager".*?</nav>', re.DOTALL)
_NARROW = re.compile(r'<svg class="narrow".*?</svg>', re.DOTALL)
_FIGURE = re.compile(r'(<figure class="(?:map|plot|chart)">.*?)<svg(?: class="wide")?(.*?</svg>)', re.DOTALL)
_CLASS = re.compile(r'<figure class="(\w+)">')
_LINK = re.compile(r'<a ((?:[^>]*? )?)href="([^"#]*)(#[^"]*)?"')
_TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
_BENT = re.compile("[\u0590-\u08ff\u0900-\u1fff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters of scripts that run from right to left or change with their neighbours."""
_WIDTH = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_ID = re.compile(r' id="([^"]+)"')
_INNER_LINK = re.compile(r'<a ((?:[^>]*? )?)href="#([^"]*)"')
_HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--[\w-]+):\s*([^;}]+)")
_USE = re.compile(r"var\((--[\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_PRINT = re.compile(r"@media print \{\s*:root \{(.*?)\}", re.DOTALL)

MOST = 2_500_000
"""Bytes of pages that are bound, since a laptop has to make it: 0.22 MB took 10 s of a processor and 180 MB of memory, 5.5 MB had taken six minutes and 2.3 GB when it was stopped."""

SHEETS_A_BYTE = 1 / 5_000
"""A4 sheets, as measured on the same."""

OF_ONE_CLAIM = "claim-"
"""How the pages of single claims begin, which are left out first: what they say of a claim stands in tables and documents besides."""

LEFT_OUT = '<p class="as-of cut" role="note">The pages of single claims are not in this PDF: the number of a claim leads to its words in the original.</p>'

LETTERS = 14
"""Pixels of the letters of a drawing."""

PAPER = 640
"""Pixels that a drawing is wide on paper: an A4 page within its margins and the frame of the drawing."""

FOR_PAPER = """
.sheet { position: relative; }
.over { position: absolute; white-space: nowrap; line-height: 1.2; font-family: sans-serif; color: #000; }
.over.meant, .over.lane { font-weight: 600; }
body > nav { display: block; }
body > nav ul { display: block; }
body > nav a::after { content: leader(dotted) " " target-counter(attr(href), page); }
body > nav a { display: block; }
section.chapter { break-before: page; }
section.chapter:first-child { break-before: auto; }
h1 { bookmark-level: none; }
h2 { bookmark-level: 1; }
h3 { bookmark-level: 2; }
h4 { bookmark-level: none; }
.rows, .drawing { overflow: visible; }
.onward, .stamp { display: none; }
.ref, a { color: #1b4f7a; }
@page { size: A4; @bottom-right { content: counter(page); font: 8pt sans-serif; } }
"""


def bound_pages(pages: Mapping[str, bytes]) -> str:
    """One page made of all pages that hold words: the front page with its frame, then the content of the others in their order.

    Where they are too many, without the pages of single claims. Raises UsageError where even that is too long for one file.
    """
    texts = {name: content.decode() for name, content in pages.items() if name.endswith(".html")}
    short = sum(map(len, texts.values())) > MOST
    if short:
        texts = {name: text for name, text in texts.items() if not name.startswith(OF_ONE_CLAIM)}
        _refuse_too_long(sum(map(len, texts.values())))
    style = pages[STYLESHEET].decode()
    front = texts.pop(FRONT)
    title = _TITLE.search(front)
    head = f'<head><meta charset="utf-8"><title>{title.group(1) if title else ""}</title><style>{style}{FOR_PAPER}</style></head>'
    parts = [_content(FRONT, front, style), *(_content(name, text, style) for name, text in texts.items())]
    whole = _LINK.sub(_inside, _SKIP.sub("", _HEAD.sub(lambda _: head, front, count=1)))
    book = _MAIN.sub(lambda _: f"<main>{LEFT_OUT if short else ''}{''.join(parts)}</main>", whole, count=1)
    return _without_what_is_left_out(book) if short else book


def _refuse_too_long(size: int) -> None:
    if size > MOST:
        raise UsageError(
            f"The dossier has {size / 1e6:,.1f} MB of pages without those of single claims, which would be a PDF of some {size * SHEETS_A_BYTE:,.0f} sheets;"
            f" one is made of up to {MOST / 1e6:,.1f} MB. Hand over its pages, or publish a smaller part of it (--as-of DATE)."
        )


def _without_what_is_left_out(book: str) -> str:
    """Links to a claim whose page is not there lead to its words in the original, and all others that would lead nowhere are words."""
    there = set(_ID.findall(book))

    def lead(link: re.Match[str]) -> str:
        before, anchor = link.groups()
        words = f"mark-{anchor.removeprefix(OF_ONE_CLAIM)}" if anchor.startswith(OF_ONE_CLAIM) else anchor
        target = anchor if anchor in there else words
        return f'<a {before}href="#{target}"' if target in there else f"<a {before}"

    return _INNER_LINK.sub(lead, book)


def _content(name: str, page: str, style: str) -> str:
    """What a page holds, behind an anchor that has the page's name."""
    found = _MAIN.search(page)
    content = _PAGER.sub("", found.group(1)) if found else ""
    content = _FIGURE.sub(lambda each: _drawn(each, style), _NARROW.sub("", content))
    return f'<div id="{_page_anchor(name)}">{_LINK.sub(_inside, content)}</div>'


def _drawn(figure: re.Match[str], style: str) -> str:
    """A figure with its rules inside the drawing, and over it the words that a drawing would be set letter by letter."""
    before, drawing = figure.groups()
    kind, size = _CLASS.match(before), _WIDTH.search(drawing)
    words = "".join(_over(each, float(size.group(1)), float(size.group(2))) for each in _TEXT.finditer(drawing)) if size else ""
    drawing = _TEXT.sub(lambda each: "" if _BENT.search(each.group(2)) else each.group(), drawing)
    drawing = drawing.replace(">", f"><style>{drawing_rules(style)}</style>", 1)
    return f'{before}<div class="sheet"><svg class="{kind.group(1) if kind else ""}"{drawing}{words}</div>'


def _over(text: re.Match[str], width: float, height: float) -> str:
    """Words of a drawing that are set as words of the page, at their place: whole, so that letters join and run as their script does."""
    attributes = dict(_ATTRIBUTE.findall(text.group(1)))
    if _BENT.search(text.group(2)) is None:
        return ""
    x, y = float(attributes.get("x", 0)) / width * 100, (float(attributes.get("y", 0)) - LETTERS) / height * 100
    moved = {"middle": "transform: translateX(-50%);", "end": "transform: translateX(-100%);"}.get(attributes.get("text-anchor", ""), "")
    size = LETTERS * PAPER / width
    return f'<span class="over {attributes.get("class", "")}" style="left: {x:.2f}%; top: {y:.2f}%; font-size: {size:.1f}px; {moved}">{text.group(2)}</span>'


def _inside(link: re.Match[str]) -> str:
    """A link to a place of another page is one to that place, a link to a page one to where it begins; what leads to a file besides leads nowhere here."""
    before, page, anchor = link.groups()
    if page and not page.endswith(".html"):
        return f"<a {before}"
    return f'<a {before}href="{anchor or "#" + _page_anchor(page)}"'


def _page_anchor(name: str) -> str:
    return f"page-{name.removesuffix('.html')}"


@cache
def drawing_rules(style: str) -> str:
    """The rules of a style sheet that are about drawings, with each variable's value in print."""
    plain = _COMMENT.sub("", style)
    root = plain[: plain.index("}")]
    on_paper = _PRINT.search(plain)
    values = dict(_VARIABLE.findall(root)) | dict(_VARIABLE.findall(on_paper.group(1) if on_paper else ""))
    found = []
    for selectors, body in _RULE.findall(plain[: plain.index("@media screen")]):
        kept = [each.strip() for each in selectors.split(",") if each.strip().startswith(("svg ", ".plot "))]
        if kept:
            found.append(f"{', '.join(kept)} {{{_USE.sub(lambda use: values.get(use.group(1), 'none').strip(), body)}}}")
    return " ".join(["svg { font-family: sans-serif; font-size: 14px; }", *found])
