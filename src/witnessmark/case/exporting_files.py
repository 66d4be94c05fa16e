"""The files of an export: one file, or a folder of several that holds nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

from witnessmark.durable import write_durably
from witnessmark.errors import StorageError, UsageError


def refuse_occupied(out: Path, files: bytes | dict[str, bytes]) -> None:
    """Raise UsageError where several files are to be written and `out` is no folder, or holds anything that is not such an export."""
    if isinstance(files, bytes):
        if out.is_dir():
            raise UsageError(f"{out} is a folder. This export is one file: name one, such as {out / 'facts'}.")
        return
    if out.exists() and (not out.is_dir() or any(path.name not in files for path in out.iterdir())):
        raise UsageError(f"{out} is there already and holds something else. This export is a folder: name one that does not exist yet.")


def digest_of(files: bytes | dict[str, bytes]) -> str:
    """The SHA-256 of a file, or of the list of several."""
    if isinstance(files, bytes):
        return hashlib.sha256(files).hexdigest()
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


def write_files(out: Path, files: bytes | dict[str, bytes]) -> None:
    """Write them. Raises StorageError."""
    try:
        if isinstance(files, bytes):
            write_durably(out, files)
            return
        out.mkdir(exist_ok=True)
        for name, content in files.items():
            write_durably(out / name, content)
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
