"""The PDF beside the pages of a dossier, and its words as a reader's program takes them out of it, for the last look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.case.telling import Tell
from witnessmark.publish.pdf import PDF, made_pdf

WORDS = f"{PDF}, the words in it"


def with_pdf(pages: Mapping[str, bytes], tell: Tell) -> dict[str, bytes]:
    """The pages and the PDF made of them. Raises MissingPartError where WeasyPrint is not installed."""
    tell(f"Setting {len(pages):,} pages as one PDF, which takes a while")
    return {**pages, PDF: made_pdf(pages)}


def read_back(pdf: bytes) -> dict[str, bytes]:
    """What is to be looked over besides the file's own bytes: letters stand in a PDF as numbers of shapes, so that no search of its streams finds a name.

    Words of scripts that run from right to left may come out of it the other way round, so they are given in both orders.
    """
    words = "\n".join(_pages_of(pdf))
    turned = "\n".join(" ".join(reversed(line.split(" "))) for line in words.splitlines())
    return {WORDS: words.encode(), f"{WORDS}, turned round": turned.encode()}


def _pages_of(pdf: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield "\n".join(f"{key}: {value}" for key, value in document.get_metadata_dict().items())
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()
        yield "\n".join(bookmark.get_title() for bookmark in document.get_toc())
    finally:
        document.close()
