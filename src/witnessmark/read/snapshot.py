"""A web page made inert: its own words and look, with nothing left that runs, loads, sends or leads anywhere. Runs in the limited child.

Cleaning is the first of two walls: whoever shows the result does so under a policy that lets nothing run or load either.
"""

from __future__ import annotations

from pathlib import Path

from witnessmark.read.extract import UnreadableError
from witnessmark.read.plain import MAX_TEXT_BYTES, read_bytes
from witnessmark.read.web import tree_of
from witnessmark.text.encoding import NotTextError, decode_text

MOST_BYTES = 2_000_000
"""A page longer than that is read as text, not looked at."""

_LEADING = frozenset({"href", "src", "srcset", "action", "formaction", "background", "poster", "cite", "data", "ping", "longdesc", "usemap", "manifest", "xlink:href", "target"})  # fmt: skip


def inert_page(path: Path) -> str:
    """The page of a stored original. Raises UnreadableError where it is none, or too long to be looked at."""
    from lxml import etree, html
    from lxml_html_clean import Cleaner

    try:
        markup, _ = decode_text(read_bytes(path, MAX_TEXT_BYTES, "web page"))
    except NotTextError as error:
        raise UnreadableError(f"The web page is not text: {error}.") from error
    if len(markup) > MOST_BYTES:
        raise UnreadableError(
            f"The web page has {len(markup):,} characters; up to {MOST_BYTES:,} are shown as a page. Its text is read as any other."
        )
    tree = tree_of(markup)
    clean = Cleaner(
        scripts=True, javascript=True, comments=True, style=False, inline_style=False, links=True, meta=True, page_structure=False,
        processing_instructions=True, embedded=True, frames=True, forms=True, annoying_tags=True, safe_attrs_only=False,
        remove_tags=("base",), kill_tags=("noscript", "template", "svg", "math", "picture", "source", "video", "audio", "img", "style"),
    )  # fmt: skip
    clean(tree)
    for element in tree.iter(etree.Element):
        for name in list(element.attrib):
            plain = str(name).lower()
            if plain in _LEADING or plain.startswith("on") or (plain == "style" and "url" in element.attrib[name].lower()):
                del element.attrib[name]
    written = html.tostring(tree, encoding="unicode", doctype="<!doctype html>")
    return written if isinstance(written, str) else str(written)
