"""Publishing the working draft into `dossier/`: written beside the old one, recorded with the hash of each file, then exchanged for it."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.exchange import exchange, stand_by
from witnessmark.case.publishing_pdf import with_pdf
from witnessmark.case.sealed_dossier import seal_pages, show_pages
from witnessmark.case.stages import PUBLISH, step_of
from witnessmark.case.telling import Tell
from witnessmark.case.viewing import view_case, warnings_of
from witnessmark.errors import StorageError
from witnessmark.model.deed import DossierPublished, Step
from witnessmark.model.view import AsOf
from witnessmark.publish import draft
from witnessmark.publish.pdf import PDF
from witnessmark.store import queries
from witnessmark.store.counting import counted_state
from witnessmark.store.media import media_state
from witnessmark.store.sheets import sheets_state
from witnessmark.store.watching import watched_state


class Published(msgspec.Struct, frozen=True):
    """Where the dossier is, and whether it had to be written."""

    index: Path
    changed: bool


def publish_draft(case: Case, *, asked: AsOf | None = None, pdf: bool = False, tell: Tell = lambda _: None) -> Published:
    """Write the working draft where anything it shows, or any of its files, has changed; `asked` about an earlier day, as the case was then.

    With `pdf` as one PDF besides; a PDF that is there stays as long as nothing has changed. Raises UncitedSentenceError, MissingPartError, StorageError.
    """
    index, step = case.dossier / "index.html", publish_step(case, asked)
    with case.asking() as connection:
        published, last = queries.published_files(connection), queries.published_step(connection)
    if last == step and (PDF in published or not pdf) and case.stores_dossier(case.folder.dossier, published):
        _show(case)
        return Published(index, changed=False)
    tell("Putting the pages of the dossier together")
    pages = draft(view_case(case, asked))
    if pdf:
        pages = with_pdf(pages, tell)
    try:
        stand_by(case.folder.dossier, pages if case.access is None else seal_pages(case.access, pages), tell=tell)
        case.record([DossierPublished(step, {name: hashlib.sha256(content).hexdigest() for name, content in sorted(pages.items())})])
        exchange(case.folder.dossier)
    except OSError as error:
        raise StorageError(
            f"The dossier {case.folder.dossier} cannot be written: {error.strerror or error}. Free some space, then run `witnessmark publish {case.folder.root}`."
        ) from error
    _show(case)
    return Published(index, changed=True)


def draft_page(case: Case, name: str) -> Path | None:
    """Where a page of the working draft as it was published last lies in the clear; None where it has no such page."""
    with case.asking() as connection:
        return case.dossier / name if name in queries.published_files(connection) else None


def _show(case: Case) -> None:
    """Have the pages where a browser can open them; those of a plain case lie there already."""
    if case.access is not None:
        with case.asking() as connection:
            published = queries.published_files(connection)
        show_pages(case.access, case.folder.dossier, published)


def publish_step(case: Case, asked: AsOf | None = None) -> Step:
    """What the draft depends on: the state of the case, the methods that derived from it, what this machine lacks, and the day it was `asked` about."""
    with case.asking() as connection:
        parameters = {
            "warnings": warnings_of(connection),
            "weighed": queries.weighed_steps(connection),
            "counted": counted_state(connection),
            "watched": watched_state(connection),
            "media": media_state(connection),
            "sheets": sheets_state(connection),
        } | ({"as_of": msgspec.to_builtins(asked)} if asked is not None else {})
        return step_of(PUBLISH, version("witnessmark"), parameters, queries.state(connection))
