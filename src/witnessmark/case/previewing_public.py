"""A look at the public dossier before there is one: the pages as they would be, and nothing recorded."""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.publishing_public import Stripped, compose, look_again, numbers_in, stripped
from witnessmark.case.reidentifying import who_can_be_told
from witnessmark.errors import ProtectionError
from witnessmark.model.view import AsOf


class Preview(msgspec.Struct, frozen=True):
    """The pages by name, and what is told to whoever publishes. `problem` says what would stop it from being written; empty where nothing would.

    Commitments of items that are in no dossier yet, and the proofs, are made only when it is written.
    """

    pages: dict[str, bytes]
    items: int
    claims: int
    stripped: tuple[Stripped, ...]
    masked: tuple[str, ...]
    warnings: tuple[str, ...]
    problem: str = ""


def preview_public(case: Case, *, asked: AsOf | None = None) -> Preview:
    """The public dossier as it would be now. Raises UncitedSentenceError."""
    composed = compose(case, asked=asked, tell=lambda _: None, before=lambda _: None)
    problem = ""
    try:
        look_again(case, composed.pages, composed.look)
    except ProtectionError as error:
        problem = str(error)
    return Preview(
        pages=composed.pages,
        items=len(composed.shown.items),
        claims=len(composed.shown.claims),
        stripped=stripped(composed.view, composed.chosen),
        masked=composed.masked,
        warnings=who_can_be_told(composed.shown, numbers_in(composed.view)),
        problem=problem,
    )
