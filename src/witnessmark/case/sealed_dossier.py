"""The working draft of an encrypted case: one encrypted file in `dossier/`, and its pages in the clear in the private folder in memory."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from witnessmark.case.access import Access
from witnessmark.case.exchange import is_as_published
from witnessmark.errors import CustodyError, StorageError
from witnessmark.ledger.untrusted import FILE, kind_of
from witnessmark.preserve.hashing import hash_bytes

SEALED = "pages.zip.age"
"""All pages, in one uncompressed ZIP, encrypted: neither how many there are nor what they are called can be seen."""


def seal_pages(access: Access, pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of `dossier/` that hold these pages."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in pages.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return {SEALED: access.cipher.seal(packed.getvalue())}


def sealed_pages(access: Access, folder: Path) -> dict[str, bytes]:
    """The pages that a folder holds encrypted, none where there are none. Raises CustodyError where they were altered, OSError."""
    if kind_of(folder / SEALED) != FILE:
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(access.cipher.open((folder / SEALED).read_bytes()))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise CustodyError(f"The pages in it are damaged ({error}).") from error


def holds_published(access: Access, folder: Path, published: Mapping[str, str]) -> bool:
    """Whether a folder holds, encrypted, just the pages with these sha256. Raises OSError."""
    try:
        return {name: hash_bytes(content) for name, content in sealed_pages(access, folder).items()} == dict(published)
    except CustodyError:
        return False


def show_pages(access: Access, dossier: Path, published: Mapping[str, str]) -> None:
    """Lay the pages out in the clear in the private folder, where they are not there yet. Raises CustodyError, StorageError."""
    shown = access.dossier
    if is_as_published(shown, published):
        return
    try:
        pages = sealed_pages(access, dossier)
        shutil.rmtree(shown)
        for name, content in pages.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise CustodyError(f"{name!r} is no name of a page.")
            path = shown / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise StorageError(
            f"The pages of the dossier cannot be laid out in {shown}: {error.strerror or error}. They are safe in {dossier}, encrypted; free some memory, then publish again."
        ) from error
