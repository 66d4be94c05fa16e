"""The one way to a folder for working copies: in the system's temporary folder for a plain case, in memory alone for an encrypted one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from witnessmark.case.access import Access

PREFIX = "witnessmark-"


@contextmanager
def work_folder(access: Access | None) -> Iterator[Path]:
    """An empty folder that only this user may open, gone after the block. `access` is that of an encrypted case, None for a plain one."""
    with TemporaryDirectory(prefix=PREFIX, dir=work_place(access), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def kept_folder(access: Access | None) -> TemporaryDirectory[str]:
    """Such a folder for as long as whoever asked for it holds on to it."""
    return TemporaryDirectory(prefix=PREFIX, dir=work_place(access), ignore_cleanup_errors=True)


def work_place(access: Access | None) -> Path | None:
    """Where working folders are made: None is the system's temporary folder."""
    return access.work if access is not None else None
