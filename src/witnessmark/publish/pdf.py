"""The dossier as one PDF: its finished pages bound in their order, every link between them a link inside the file, made by WeasyPrint.

It is made of pages that are finished, so what they do not hold it cannot hold. Nothing is fetched: a page may name a picture that is a file of the
dossier and nothing else. Nothing of the clock or the machine is written into it: the same pages, fonts and versions give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from witnessmark.errors import MissingPartError, ProtectionError
from witnessmark.publish.book import bound_pages

PDF = "dossier.pdf"
"""What the file is called beside the pages."""

INSTALL = "The PDF is made with WeasyPrint, which is not installed here. Install it with: pip install 'witnessmark[pdf]'"
PANGO = (
    "WeasyPrint is installed, but not the library it sets letters with. Install Pango (Debian and Ubuntu: apt-get install libpangoft2-1.0-0;"
    " macOS: brew install pango), then publish again."
)
BASE = "dossier:/"
"""Before the names of the dossier's files, so that none is ever taken for an address on this machine or on the network."""


def made_pdf(pages: Mapping[str, bytes]) -> bytes:
    """The PDF of the pages of a dossier, the front page first.

    Raises MissingPartError with the install command where WeasyPrint cannot be used, ProtectionError where a page asks for what is no file of the dossier.
    """
    printer = printing()
    document = printer.HTML(string=bound_pages(pages), base_url=BASE, url_fetcher=_shelf(printer, pages))
    try:
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=False, pdf_tags=True)
    except printer.urls.FatalURLFetchingError as refused:
        raise ProtectionError(f"No PDF was made: {refused}") from refused
    return made


def printing() -> Any:  # noqa: ANN401 -- WeasyPrint publishes no types
    """WeasyPrint, loaded. Raises MissingPartError."""
    from PIL import ImageFile

    try:
        import weasyprint
    except ImportError as error:
        raise MissingPartError(INSTALL) from error
    except OSError as error:
        raise MissingPartError(PANGO) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # it has every later reader of this process take half a picture for a whole one
    return weasyprint


def _shelf(printer: Any, pages: Mapping[str, bytes]) -> Any:  # noqa: ANN401 -- WeasyPrint publishes no types
    """What hands WeasyPrint pictures of the dossier by their names, and stops it where it asks for anything else."""

    class Shelf(printer.urls.URLFetcher):  # type: ignore[misc] # of a package without types
        """Only what lies on the shelf."""

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002 -- the interface of WeasyPrint
            name = url.removeprefix(BASE).lstrip("/")
            if not url.startswith(BASE) or not name.endswith(".png") or name not in pages:
                raise printer.urls.FatalURLFetchingError(f"a page asks for {url!r}, which is no file of the dossier.")
            return printer.urls.URLFetcherResponse(url, pages[name], {"Content-Type": "image/png"})

    return Shelf()
