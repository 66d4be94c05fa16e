"""Lays rendered pieces out on pages no larger than a slow laptop or a copied folder should have to bear.

A small case is one page to read from top to bottom; a section that does not fit moves to pages of its own, and the
front page says where. Tables may be cut between rows. Links are written as bare anchors and get their page last.
"""

from __future__ import annotations

import re

import msgspec

from witnessmark.errors import UncitedSentenceError

PAGE_BUDGET = 230_000
"""Bytes of content a page may hold, links as long as their page makes them; with its frame it stays under 300 kB."""

LONGER_LINK = 32
"""Bytes by which a link grows when it gets the name of its page."""

FRONT_BUDGET = 70_000
"""Bytes of content (drawn paths aside) up to which sections stand on the front page: some fifteen screens."""

FRONT = "index.html"

_ANCHOR = re.compile(r' id="([^"]+)"')
_UNSEEN = re.compile(r' d="[^"]*"')
_LINK = re.compile(r'href="#([^"]+)"')


class Piece(msgspec.Struct, frozen=True):
    """A stretch of HTML that stays together. Neighbours with the same `wrap` stand inside one `head` and `tail` (a table's)."""

    html: str
    wrap: int = 0
    head: str = ""
    tail: str = ""
    new_page: str | None = None
    title: str | None = None


class Chapter(msgspec.Struct, frozen=True):
    """A section rendered: its own pieces, then those that stand on pages of their own (from the first `new_page` on).

    `digest` is what the front page shows of it where its own pieces stand elsewhere; each of its further pages is a `noun`.
    """

    slug: str
    title: str
    pieces: tuple[Piece, ...]
    digest: tuple[Piece, ...] = ()
    noun: str = "page"

    @property
    def main(self) -> tuple[Piece, ...]:
        """What stands on the front page, or on the section's own page."""
        return self.pieces[: self._first_page]

    @property
    def beyond(self) -> tuple[Piece, ...]:
        """What stands on pages of its own, whatever its size."""
        return self.pieces[self._first_page :]

    @property
    def _first_page(self) -> int:
        return next((at for at, piece in enumerate(self.pieces) if piece.new_page is not None), len(self.pieces))


class Sheet(msgspec.Struct):
    """One page of a chapter; `begins` where it is no continuation, `anchor` the name of its heading where it has its own."""

    path: str
    title: str
    pieces: list[Piece]
    begins: bool
    anchor: str | None = None

    @property
    def html(self) -> str:
        """The pieces in order, each wrapper opened and closed where it belongs."""
        return compose(self.pieces)


def compose(pieces: list[Piece] | tuple[Piece, ...]) -> str:
    """The pieces as one stretch of HTML."""
    parts: list[str] = []
    open_piece: Piece | None = None
    for piece in pieces:
        if open_piece is not None and piece.wrap != open_piece.wrap:
            parts.append(open_piece.tail)
            open_piece = None
        if piece.wrap and open_piece is None:
            parts.append(piece.head)
            open_piece = piece
        parts.append(piece.html)
    if open_piece is not None:
        parts.append(open_piece.tail)
    return "".join(parts)


def on_front(chapters: list[Chapter]) -> set[str]:
    """The slugs of chapters that stand whole on the front page: all of them where that is short enough, else as many as fit, in order.

    A large case must still open with one page that can be read: what does not fit is shown there by its digest.
    """
    chosen: set[str] = set()
    digests = {chapter.slug: _shown(chapter.digest) for chapter in chapters}
    room, weight = FRONT_BUDGET - sum(digests.values()), PAGE_BUDGET
    for chapter in chapters:
        size, bytes_ = _shown(chapter.main) - digests[chapter.slug], sum(map(_bytes, chapter.main))
        if chapter.main and size <= max(room, 0) and bytes_ <= weight:
            chosen.add(chapter.slug)
            room, weight = room - size, weight - bytes_
    return chosen


def _shown(pieces: tuple[Piece, ...]) -> int:
    """Bytes of pieces without the paths of drawings and what is folded away, which take no room on a screen."""
    return sum(_bytes(piece) - sum(map(len, _UNSEEN.findall(piece.html))) for piece in pieces if "<details" not in piece.head)


def sheets(chapter: Chapter, pieces: tuple[Piece, ...]) -> list[Sheet]:
    """Pieces of a chapter on pages of their own, cut between pieces."""
    found: list[Sheet] = []
    slug, title, number, room = chapter.slug, chapter.title, 0, 0
    for piece in pieces:
        if piece.new_page is not None:
            slug, title, number, room = piece.new_page, piece.title or chapter.title, 0, 0
            continue
        around = piece.head + piece.tail if not found or number == 0 or piece.wrap != found[-1].pieces[-1].wrap else ""
        size = _size(piece.html + around)
        if not found or number == 0 or size > room:
            number += 1
            path = f"{slug}.html" if number == 1 else f"{slug}-{number}.html"
            anchor = slug if number == 1 and slug != chapter.slug else None
            found.append(Sheet(path, title if number == 1 else f"{title}, page {number}", [], number == 1, anchor))
            room = PAGE_BUDGET
        found[-1].pieces.append(piece)
        room -= size
    return found


def anchors_in(html: str) -> list[str]:
    """The anchors that a page offers."""
    return _ANCHOR.findall(html)


def linked(html: str, path: str, places: dict[str, str]) -> str:
    """The page with every bare anchor leading to the page it is on. Raises UncitedSentenceError where one leads nowhere."""

    def lead(match: re.Match[str]) -> str:
        anchor = match.group(1)
        place = places.get(anchor)
        if place is None:
            raise UncitedSentenceError(f"the page {path} cites #{anchor}, which no section of this dossier shows")
        return match.group() if place == path else f'href="{place}#{anchor}"'

    return _LINK.sub(lead, html)


def _size(html: str) -> int:
    """Bytes of HTML once its links are whole."""
    return len(html.encode()) + LONGER_LINK * len(_LINK.findall(html))


def _bytes(piece: Piece) -> int:
    return len(piece.html.encode()) + (len(piece.head) + len(piece.tail)) // 8
