"""Publishing the full dossier as one encrypted file: every page of the working draft in a ZIP, inside age, with its PDF where one is asked for. In the clear it exists in memory only."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.publishing_pdf import with_pdf
from witnessmark.case.telling import Tell
from witnessmark.case.viewing import view_case
from witnessmark.durable import write_durably
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.view import AsOf
from witnessmark.protect.sealing import check_recipient, encrypt_file, encrypt_with_passphrase
from witnessmark.publish import draft

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can state: when its pages were packed is nobody's business."""


class SealedDossier(msgspec.Struct, frozen=True):
    """The encrypted file, and how many pages are in it."""

    out: str
    files: int
    bytes: int


def publish_sealed(  # noqa: PLR0913 -- who can open it and what it is of, each by its name
    case: Case,
    out: Path,
    *,
    recipient: str | None = None,
    passphrase: str | None = None,
    asked: AsOf | None = None,
    pdf: bool = False,
    tell: Tell = lambda _: None,
) -> SealedDossier:
    """Write the full dossier to `out`, for an age recipient or under a passphrase. Raises UsageError where neither fits or `out` is taken, StorageError."""
    if (recipient is None) == (passphrase is None):
        raise UsageError("Say who can open it: an age recipient (--for age1...) or a passphrase, one of the two.")
    if recipient is not None:
        check_recipient(recipient)
    if out.exists() or out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} is there already, or inside the case. Name a file that does not exist yet, elsewhere.")
    tell("Putting the pages of the dossier together")
    pages = draft(view_case(case, asked))
    if pdf:
        pages = with_pdf(pages, tell)
    packed = _packed(pages)
    tell("Encrypting them")
    sealed = encrypt_file(packed, recipient) if recipient is not None else encrypt_with_passphrase(packed, passphrase or "")
    try:
        write_durably(out, sealed)
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
    return SealedDossier(str(out), len(pages), len(sealed))


def _packed(pages: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(pages.items()):
            archive.writestr(zipfile.ZipInfo(f"dossier/{name}", _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
