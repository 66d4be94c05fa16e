"""Where the secrets and working copies of an unlocked case lie: a folder in memory (tmpfs) that only this user may open.

What is in a tmpfs is gone when the computer is off, and never was on its disk unless the system swapped it out or was put to sleep on
disk (docs/internals/encryption.md). Where there is no tmpfs, nothing is unlocked unless the person says that a folder on the disk will do.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from witnessmark.errors import StorageError

_NAME = "witnessmark"
_ESCAPES = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))
"""How /proc/self/mounts writes what would end a field."""


def private_place(case_id: str) -> Path | None:
    """The private folder of the case with this id, None where there is none. Raises StorageError where it is not this user's own."""
    return next(iter(private_places(case_id)), None)


def private_places(case_id: str) -> list[Path]:
    """Every private folder of the case with this id: sessions of one user may have made several. Raises StorageError."""
    found = [(top, top / case_id) for top in _tops(on_disk=True) if (top / case_id).is_dir()]
    for top, place in found:
        _refuse_foreign(top)
        _refuse_foreign(place)
    return [place for _, place in found]


def make_private_place(case_id: str, *, on_disk: bool = False) -> Path:
    """The private folder of the case with this id, made if need be; `on_disk` allows one on the disk where there is none in memory.

    Raises StorageError where neither can be, or where what lies there is not this user's own.
    """
    for top in _tops(on_disk=on_disk):
        _make(top)
        _make(top / case_id)
        return top / case_id
    raise StorageError(
        "This computer has no folder in memory (tmpfs) for the keys and working copies of an unlocked case, and on the disk they could be found again. "
        "Nothing was written. Where that is no danger, say --on-disk."
    )


def is_in_memory(place: Path) -> bool:
    """Whether a folder lies on a tmpfs or ramfs."""
    return _file_system(place) in {"tmpfs", "ramfs"}


def wipe(place: Path) -> None:
    """Overwrite and remove everything below a private folder, and the folder. Raises OSError where something stays."""
    for path in sorted(place.rglob("*"), reverse=True):
        if path.is_file() and not path.is_symlink():
            wipe_file(path)
        elif path.is_dir() and not path.is_symlink():
            with suppress(OSError):  # what a process at work puts there meanwhile goes with the whole
                path.rmdir()
        else:
            path.unlink(missing_ok=True)
    shutil.rmtree(place)


def wipe_file(path: Path) -> None:
    """Overwrite a file with zeros where it lies, then remove it. Raises OSError."""
    with suppress(PermissionError):
        path.chmod(0o600)
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
        path.unlink()


def _tops(*, on_disk: bool) -> Iterator[Path]:
    """The folders that private folders may lie in, best first."""
    if sys.platform == "win32":
        if on_disk:
            yield Path(tempfile.gettempdir()) / _NAME
        return
    named = os.environ.get("XDG_RUNTIME_DIR")
    for runtime in dict.fromkeys([*([Path(named)] if named else []), Path(f"/run/user/{os.getuid()}")]):
        if is_in_memory(runtime) and _is_own(runtime):
            yield runtime / _NAME
    if is_in_memory(Path("/dev/shm")):  # noqa: S108 -- the system's tmpfs; what is made there is checked to be ours
        yield Path(f"/dev/shm/{_NAME}-{os.getuid()}")  # noqa: S108
    if on_disk:
        yield Path(tempfile.gettempdir()) / f"{_NAME}-{os.getuid()}"


def _make(folder: Path) -> None:
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
    except OSError as error:
        raise StorageError(f"{folder} cannot be made: {error.strerror or error}. Nothing was unlocked.") from error
    _refuse_foreign(folder)


def _refuse_foreign(folder: Path) -> None:
    """Raise StorageError unless a folder is a folder, this user's, and closed to all others: somebody may have put one there to look inside."""
    if not _is_own(folder):
        raise StorageError(f"{folder} is not a folder of this user alone. Nothing was unlocked. See who made it, and remove it.")


def _is_own(folder: Path) -> bool:
    try:
        facts = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(facts.st_mode):
        return False
    return sys.platform == "win32" or (facts.st_uid == os.getuid() and not stat.S_IMODE(facts.st_mode) & 0o077)


def _file_system(place: Path) -> str | None:
    """The kind of file system a folder lies on, None where the system does not say."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    where, best, kind = place.resolve(), -1, None
    for line in lines:
        _, point, found, *_ = line.split(" ")
        for written, meant in _ESCAPES:
            point = point.replace(written, meant)
        if where.is_relative_to(point) and len(point) >= best:  # a later mount lies on top of an earlier one
            best, kind = len(point), found
    return kind
