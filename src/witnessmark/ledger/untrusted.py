"""Reading a folder that somebody may have tampered with: plain files only, never a link, never a wait.

A symbolic link could lead out of the case, a pipe would block for ever, a name may hold control characters. Everything
`verify` looks at is opened here, and every fault of one thing becomes a verdict on that thing, so that the rest is checked.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

import msgspec

from witnessmark.errors import CustodyError
from witnessmark.model.verdict import Check, Verdict

FILE, FOLDER, LINK = "file", "folder", "symbolic link"
CANNOT_OPEN = "It cannot be opened"

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Found(msgspec.Struct, frozen=True):
    """Something met in a folder: its `name` relative to the case, with `/`, and its `kind` in words ("file", "symbolic link", ...)."""

    name: str
    kind: str


def kind_of(path: Path | str) -> str | None:
    """What lies at `path`, in words, links not followed; None where nothing does. Raises OSError."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISREG(mode):
        return FILE
    if stat.S_ISDIR(mode):
        return FOLDER
    names = {stat.S_ISLNK: LINK, stat.S_ISFIFO: "pipe", stat.S_ISSOCK: "socket"}
    return next((name for test, name in names.items() if test(mode)), "device")


def open_plain(case: Path, name: str) -> BufferedReader:
    """Open the file `name` (relative to the case). Raises CustodyError where it, or a folder on the way, is anything else; OSError."""
    parts = name.split("/")
    if "\0" in name or "\\" in name or any(part in {"", ".", ".."} for part in parts):
        raise CustodyError(f"{shown(name)} is not the name of a file of this case.")
    root = os.fspath(case)  # thousands of files are opened here, and a Path for each step on the way costs more than looking
    for depth in range(1, len(parts)):
        _expect(root, "/".join(parts[:depth]), FOLDER)
    _expect(root, name, FILE)
    return os.fdopen(os.open(f"{root}{os.sep}{name}", _FLAGS), "rb")


def _expect(root: str, name: str, wanted: str) -> None:
    kind = kind_of(f"{root}{os.sep}{name}")
    if kind is None:
        raise FileNotFoundError(name)
    if kind != wanted:
        raise CustodyError(f"In the place of the {wanted} {shown(name)} there is a {kind}.")


def hash_plain(case: Path, name: str) -> tuple[str, int]:
    """The sha256 (64 hex digits) and size in bytes of a file. Raises like `open_plain`."""
    with open_plain(case, name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def list_plain(case: Path, name: str) -> list[Found]:
    """What lies in the folder `name`, in order of name; nothing where it does not exist. Raises CustodyError, OSError."""
    if name and kind_of(case / name) is None:
        return []
    if name:
        _expect(os.fspath(case), name, FOLDER)
    inside, folder = f"{name}/" if name else "", f"{case / name}{os.sep}"
    kinds = ((inside + child, kind_of(folder + child)) for child in sorted(os.listdir(folder)))  # noqa: PTH208 -- a name is all that is asked for
    return [Found(child, kind) for child, kind in kinds if kind is not None]


def walk_plain(case: Path, name: str) -> tuple[list[Found], list[Check]]:
    """Everything below the folder `name`, links named but not followed, and a check for each folder that could not be looked into."""
    met: list[Found] = []
    faults: list[Check] = []
    folders = [name]
    while folders:
        folder = folders.pop()
        try:
            inside = list_plain(case, folder)
        except (OSError, CustodyError) as error:
            faults.append(Check(shown(folder), *verdict_on(error)))
            continue
        met += inside
        folders += [found.name for found in inside if found.kind == FOLDER]
    return sorted(met, key=lambda found: found.name), faults


def verdict_on(error: Exception) -> tuple[Verdict, str]:
    """Not-checked for what this user may not open, fail for whatever else keeps a thing from being read; with a sentence."""
    if isinstance(error, PermissionError):
        return Verdict.NOT_CHECKED, f"{CANNOT_OPEN}: {error.strerror}."
    if isinstance(error, FileNotFoundError):
        return Verdict.FAIL, "It is missing."
    if isinstance(error, OSError):
        return Verdict.FAIL, f"It cannot be read: {error.strerror or error}."
    if isinstance(error, RecursionError):
        return Verdict.FAIL, "It is nested deeper than anything this program writes."
    return Verdict.FAIL, str(error) if isinstance(error, CustodyError) else f"It is damaged: {shown(str(error))}."


def shown(name: str) -> str:
    """A name made safe to print: what is no visible character is escaped."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in name)


def numbers(seqs: Iterable[int]) -> str:
    """Numbers of entries as people write them: "3, 5 to 7"."""
    runs: list[list[int]] = []
    for seq in sorted(set(seqs)):
        if runs and seq == runs[-1][-1] + 1:
            runs[-1][1:] = [seq]
        else:
            runs.append([seq])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
