"""Saved web pages: the main text found by trafilatura, as paragraphs; the whole page where it finds none.

Nothing of a page is run or fetched: scripts are dropped unread, and the child has no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from witnessmark.model.document import AnchorKind
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, described
from witnessmark.read.held_pictures import HeldPictures, keep_of_markup
from witnessmark.read.plain import read_bytes
from witnessmark.read.request import ReadParams
from witnessmark.read.webmeta import page_metadata
from witnessmark.text.encoding import NotTextError, decode_text

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PAGE_BYTES = 30_000_000
MOST_ELEMENTS = 40_000
"""The search for the main text takes time with the square of the page: 8 s for 40,000 elements, 80 s for 120,000. Articles have a few
thousand; what has more is a table or a dump, and is taken whole."""
SHORTEST_MAIN_TEXT = 40
DEEPEST = 250
"""Elements one in the other that the parser follows; it leaves out silently what lies deeper, so a page that comes near is said to be cut."""
MOST_ATTRIBUTES = 5_000
"""Of one tag. The parser compares each with all before: half a second for 5,000, minutes for 100,000."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z][^<>]*")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "nav", "button", "select"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul",
    }
)  # fmt: skip


def read_page(original: Original, _: ReadParams) -> Extract:
    """The main text of a saved page, with what the page states of itself; pictures written into it as children."""
    data = read_bytes(original.path, MAX_PAGE_BYTES, "web page")
    declared = _CHARSET.search(data[:4096])
    try:
        markup, problems = decode_text(data, declared[1].decode("ascii") if declared else None)
    except NotTextError as error:
        raise UnreadableError(f"The web page is not text: {error}.") from error
    return read_markup(markup, problems)


def read_markup(markup: str, problems: tuple[str, ...] = ()) -> Extract:
    """The same for a page already decoded; `problems` are those met on the way."""
    tree = tree_of(markup)
    states = page_metadata(tree)
    paragraphs, problem = _chosen_paragraphs(tree, markup)
    problems = (*problems, problem) if problem else problems
    passages = Passages()
    for number, paragraph in enumerate(paragraphs, 1):
        passages.add(paragraph, AnchorKind.PARAGRAPH, str(number))
    if _depth(tree) >= DEEPEST:
        problems = (*problems, f"The web page is nested more than {DEEPEST} elements deep; what lies deeper was not read.")
    if not passages.text:
        problems = (*problems, "The web page holds no text; what it shows may have been loaded by scripts, which are not run.")
    pictures = HeldPictures()
    keep_of_markup(pictures, markup, "the page itself")
    return Extract(
        passages.text,
        title=states.title,
        author=states.author,
        publisher=states.publisher,
        published=states.published,
        anchors=tuple(passages.anchors),
        problems=(*problems, *states.problems, *pictures.problems()),
        metadata=states.metadata | described(pictures.told()),
        children=pictures.children,
    )


def _chosen_paragraphs(tree: _Element, markup: str) -> tuple[list[str], str | None]:
    """The main text, or the whole page with a sentence that says why."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return _body_paragraphs(
            tree
        ), "The web page is too large to tell its main text; the text of the whole page was taken, menus included."
    main = _main_paragraphs(markup)
    if sum(len(paragraph) for paragraph in main) >= SHORTEST_MAIN_TEXT:
        return main, None
    whole = _body_paragraphs(tree)
    return whole, "No main text was recognised in the web page; the text of the whole page was taken, menus included." if whole else None


def _depth(tree: _Element) -> int:
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def whole_text(markup: str) -> str:
    """All visible text, paragraphs apart by blank lines: for HTML that is no page with menus around it, as in e-mail."""
    return "\n\n".join(_body_paragraphs(tree_of(markup)))


def tree_of(markup: str) -> _Element:
    """The page as a tree. Raises UnreadableError where there is none, or one made to take long."""
    from lxml import etree, html

    attributes = max((tag.count("=") for tag in _TAG.findall(markup)), default=0)
    if attributes > MOST_ATTRIBUTES:
        raise UnreadableError(f"The web page has a tag with {attributes:,} attributes; at most {MOST_ATTRIBUTES:,} are read.")
    try:
        return html.document_fromstring(_XML_DECLARATION.sub("", markup))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"The web page holds no markup that can be read ({error}).") from error


def _main_paragraphs(markup: str) -> list[str]:
    import trafilatura

    found = trafilatura.bare_extraction(_XML_DECLARATION.sub("", markup), include_comments=False, include_tables=True, favor_recall=True)
    if found is None or isinstance(found, dict):
        return []
    return [text for text in _paragraphs_of(found.body) if text]


def _paragraphs_of(body: _Element) -> Iterator[str]:
    """The blocks of trafilatura's own markup: paragraphs, headings, quotations, list items, table rows."""
    for block in body.iterchildren():
        if block.tag == "table":
            yield from (" | ".join(_inline(cell) for cell in row.iterchildren()) for row in block.iter("row"))
        elif block.tag == "list":
            yield from (_inline(item) for item in block.iterchildren("item"))
        elif block.find("p") is not None or block.find("list") is not None:
            yield _squeezed(block.text or "")
            yield from _paragraphs_of(block)
        else:
            yield _inline(block)


def _inline(element: _Element) -> str:
    return _squeezed("".join(_in_order(element)))


def _in_order(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren():
        if child.tag == "lb":
            yield "\n"
        elif isinstance(child.tag, str):
            yield from _in_order(child)
        yield child.tail or ""


def _body_paragraphs(tree: _Element) -> list[str]:
    """All visible text of a page, a paragraph for each block element."""
    pieces: list[str] = []
    skipped: _Element | None = None
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start" and skipped is None and tag in _UNSEEN:
            skipped = element
        if skipped is None:
            pieces.append(_boundary(tag, event))
            if event == "start":
                pieces.append(_one_line(element.text))
        if event == "end":
            skipped = None if skipped is element else skipped
            if skipped is None:
                pieces.append(_one_line(element.tail))
    return [text for part in "".join(pieces).split("\n\n") if (text := _squeezed(part).strip(" |"))]


def _boundary(tag: str, event: str) -> str:
    if tag in _BLOCKS:
        return "\n\n"
    if event == "start":
        return {"br": "\n", "td": " | ", "th": " | "}.get(tag, "")
    return ""


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _squeezed(text: str) -> str:
    """Runs of spaces as one; single line breaks stay, since a line break in a page was meant."""
    return "\n".join(line for raw in text.split("\n") if (line := re.sub(r"[ \t\r\f\v\u00a0]+", " ", raw).strip()))


READER = Reader("web-page", "2", read_page)
