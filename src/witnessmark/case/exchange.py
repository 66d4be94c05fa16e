"""Exchanging the dossier for a new one, so that a crash leaves the old or the new, never half of each.

The new one is written whole beside the old, recorded, and only then put in its place; what a crash left undone after the
record is done by the next writer, what it left before is dropped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from witnessmark.case.telling import Standing
from witnessmark.durable import sync_folder
from witnessmark.preserve.vault import hash_file


def stand_by(dossier: Path, pages: Mapping[str, bytes], *, tell: Callable[[str], None] = lambda _: None) -> None:
    """Write the pages beside `dossier`, durably. Raises OSError."""
    fresh = _beside(dossier, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    for done, (name, content) in enumerate(pages.items()):
        tell(Standing("files of the dossier written", done, len(pages)))
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    sync_folder(fresh)


def exchange(dossier: Path) -> None:
    """Put what stands by in the place of `dossier`. Raises OSError."""
    fresh, old = _beside(dossier, "new"), _beside(dossier, "old")
    shutil.rmtree(old, ignore_errors=True)
    if dossier.exists():
        dossier.replace(old)
    fresh.replace(dossier)
    sync_folder(dossier.parent)
    shutil.rmtree(old, ignore_errors=True)


def settle_dossier(dossier: Path, is_recorded: Callable[[Path], bool]) -> None:
    """After a crash: put a recorded dossier in its place, drop one that never was recorded; `is_recorded` tells of a folder which it is."""
    fresh, old = _beside(dossier, "new"), _beside(dossier, "old")
    if fresh.exists():
        if is_recorded(fresh):
            exchange(dossier)
        else:
            shutil.rmtree(fresh, ignore_errors=True)
    if old.exists() and not dossier.exists():
        old.replace(dossier)
    shutil.rmtree(old, ignore_errors=True)


def is_as_published(folder: Path, published: Mapping[str, str]) -> bool:
    """Whether the folder holds just these files with these sha256."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return found.keys() == published.keys() and all(hash_file(path) == published[name] for name, path in found.items())


def _beside(dossier: Path, which: str) -> Path:
    return dossier.with_name(f"{dossier.name}.{which}")
