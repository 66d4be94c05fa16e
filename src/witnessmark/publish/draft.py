"""A dossier: every section of a case view, cited, laid out on pages that need nothing but a browser. The working draft is made of the whole case.

Pure: the same view gives the same bytes. The draft stays inside the case, yet betrays no holdings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.edition import DRAFT, Edition
from witnessmark.publish.paging import FRONT, Chapter, Piece, Sheet, anchors_in, compose, linked, on_front, sheets
from witnessmark.publish.prose import clip
from witnessmark.publish.section import Section, cited_blocks
from witnessmark.publish.sections import SECTIONS
from witnessmark.publish.watched_pictures import watched_pictures
from witnessmark.publish.words import WATERMARK, cut_words, moment_words

if TYPE_CHECKING:
    from witnessmark.publish.render import Renderer

STYLESHEET = "dossier.css"

LONGEST_TITLE = 200

MOST_LISTED = 60
"""Pages of a section listed on the front page; the rest are reached from the claims and the evidence."""


class _Body(msgspec.Struct, frozen=True):
    """The content of one page before its frame; `before` and `after` are its neighbours in the same section, each a `noun`."""

    title: str
    html: str
    before: str | None = None
    after: str | None = None
    noun: str = "page"


def draft(view: CaseView, *, sections: Sequence[Section] = SECTIONS) -> dict[str, bytes]:
    """The files of the working draft: relative path (`index.html`, `claims-2.html`, `dossier.css`, ...) to content. Raises like `pages_of`."""
    return pages_of(Casebook(view), DRAFT, sections)


def _stylesheet(edition: Edition) -> bytes:
    """The style sheet, which prints the edition's own words at the foot of every page."""
    content = resources.files("witnessmark.publish").joinpath("static", STYLESHEET).read_text(encoding="utf-8")
    return content.replace(WATERMARK, edition.watermark).encode()


def pages_of(casebook: Casebook, edition: Edition, sections: Sequence[Section]) -> dict[str, bytes]:
    """The files of a dossier: relative path to content.

    Raises UncitedSentenceError where a section says something that rests on nothing the dossier shows, and ValueError
    where a public id could not name a file.
    """
    from witnessmark.publish.render import Renderer  # brings jinja2, which the command line must not pay for

    view = casebook.view
    renderer = Renderer(casebook)
    chapters = [_chapter(section, casebook, renderer) for section in sections]
    bodies = _bodies(chapters, renderer)
    places = {anchor: path for path, body in bodies.items() for anchor in anchors_in(body.html)}
    nav = [(chapter.title, f"{places[anchor]}#{anchor}") for chapter in chapters if (anchor := f"section-{chapter.slug}") in places]
    files = {STYLESHEET: _stylesheet(edition)}
    files |= watched_pictures(view)
    for path, body in bodies.items():
        page = renderer.page(
            title=clip(view.title, LONGEST_TITLE),
            view=view,
            as_of=moment_words(view.as_of) if view.as_of else "",
            cut=cut_words(view.cut, handed_out=casebook.handed_out) if view.cut else "",
            edition=edition,
            stylesheet=STYLESHEET,
            front=FRONT,
            path=path,
            nav=nav,
            body=body,
            content=renderer.trusted(linked(body.html, path, places)),
        )
        files[path] = casebook.withheld.cover(page).encode()
    return files


def _chapter(section: Section, casebook: Casebook, renderer: Renderer) -> Chapter:
    whole, digest = (
        tuple(piece for block in cited_blocks(section, blocks, casebook) for piece in renderer.pieces(block))
        for blocks in (section.blocks(casebook), section.digest(casebook))
    )
    return Chapter(section.slug, section.title, whole, digest, section.noun)


def _bodies(chapters: list[Chapter], renderer: Renderer) -> dict[str, _Body]:
    """The content of every page by path, the front page first."""
    whole = on_front(chapters)
    front: list[str] = []
    pages: dict[str, _Body] = {}
    for chapter in chapters:
        own = [] if chapter.slug in whole else sheets(chapter, chapter.main)
        beyond = sheets(chapter, chapter.beyond)
        front.append(_on_front(chapter, own, beyond, renderer))
        for run in (own, beyond):
            pages.update(_in_a_row(run, chapter, renderer, slug=chapter.slug if run is own else None))
    return {FRONT: _Body("", "".join(front)), **pages}


def _on_front(chapter: Chapter, own: list[Sheet], beyond: list[Sheet], renderer: Renderer) -> str:
    """A chapter on the front page: whole, or its digest and where the rest is."""
    if own:
        return _pointer(chapter, chapter.digest, own, renderer)
    if chapter.main:
        return _section(chapter.title, compose(chapter.main), renderer, slug=chapter.slug)
    return _pointer(chapter, (), beyond, renderer, slug=chapter.slug) if beyond else ""


def _in_a_row(run: list[Sheet], chapter: Chapter, renderer: Renderer, *, slug: str | None) -> Iterator[tuple[str, _Body]]:
    """Pages that follow each other; the first carries the section's anchor where `slug` is given."""
    for at, sheet in enumerate(run):
        yield (
            sheet.path,
            _Body(
                title=sheet.title,
                html=_section(sheet.title, sheet.html, renderer, slug=slug if not at else None, anchor=sheet.anchor, kind=chapter.slug),
                before=run[at - 1].path if at else None,
                after=run[at + 1].path if at + 1 < len(run) else None,
                noun=chapter.noun if sheet.anchor else "page",
            ),
        )


def _section(title: str, content: str, renderer: Renderer, *, slug: str | None, **marks: str | None) -> str:
    """A section of a page: `slug` where it begins a section of the dossier, `anchor` of its heading, `kind` for its style."""
    marks = {"anchor": None, "kind": slug, **marks}
    return renderer.part("section.html.j2", slug=slug, title=title, content=renderer.trusted(content), **marks)


def _pointer(chapter: Chapter, digest: tuple[Piece, ...], pages: list[Sheet], renderer: Renderer, slug: str | None = None) -> str:
    """What the front page shows of a section that lies on pages of its own."""
    listed = pages[:MOST_LISTED]
    begins = [at for at, page in enumerate(listed) if page.begins]
    shown = [
        {"path": listed[at].path, "title": listed[at].title, "further": [page.path for page in listed[at + 1 : end]]}
        for at, end in pairwise([*begins, len(listed)])
    ]
    return renderer.part(
        "pointer.html.j2",
        title=chapter.title,
        slug=slug,
        digest=renderer.trusted(compose(digest)),
        pages=shown,
        more=len(pages) - len(listed),
    )
