"""What kind of file an original in the vault is, without laying a large one out in the clear: its beginning and its end tell."""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.case import Case
from witnessmark.case.work_folder import work_folder
from witnessmark.preserve.vault import Stored
from witnessmark.read import media_type_of

HEAD = 64 * 1024
TAIL = 256 * 1024
"""Bytes that `media_type_of` looks at: the first of every file, the last of a ZIP."""

_ZIP = b"PK"
_BLOCK = 1024 * 1024


def media_type_in_vault(case: Case, stored: Stored, name: str) -> str:
    """The media type of an original just stored, which was received as `name`."""
    if case.access is None:
        return media_type_of(case.vault.whereabouts(stored.sha256), name)
    with work_folder(case.access) as folder:
        sample = folder / "sample"
        _write_sample(case, stored.sha256, sample)
        return media_type_of(sample, name)


def _write_sample(case: Case, sha256: str, sample: Path) -> None:
    with case.vault.open_original(sha256) as original, sample.open("wb") as file:
        head = original.read(HEAD)
        file.write(head)
        if head.startswith(_ZIP):
            tail = b""
            while block := original.read(_BLOCK):
                tail = (tail + block)[-TAIL:]
            file.write(tail)
