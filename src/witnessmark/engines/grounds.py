"""Which files a decoder needs: the interpreter with its libraries, the system's own, and the few programs it may start.

Everything else stays out of its reach. A folder that holds the person's home is never on the list, wherever programs may be installed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from witnessmark.engines.landlock import Ground

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store", "/opt/homebrew")
_SYSTEM_FILES = (
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/mime.types", "/etc/fonts", "/etc/perl"),
    *(
        "/dev/urandom",
        "/dev/random",
        "/dev/zero",
        "/proc/meminfo",
        "/proc/cpuinfo",
        "/proc/sys/kernel/ngroups_max",
        "/sys/devices/system/cpu",
    ),
)
_PACKAGES = ("site-packages", "dist-packages")
_LOADER = re.compile(rb"/[^\0]{1,200}ld[^/\0]*\.so[^/\0]*(?=\0)")
_HEAD = 4096


@functools.lru_cache(maxsize=8)
def ground_for(programs: tuple[str, ...] = (), modules: tuple[str, ...] = ()) -> Ground:
    """What a decoder may read and start on this machine: `programs` by name, and folders of `modules` beside the installed ones."""
    found = [path for name in programs if (path := shutil.which(name)) is not None]
    executable = tuple(sorted({str(path) for name in found for path in _with_interpreters(Path(name))}))
    readable = (*_places(), *modules, *(str(folder) for path in executable for folder in _libraries_beside(Path(path))))
    return Ground(readable=tuple(dict.fromkeys(path for path in readable if path)), executable=executable)


def _places() -> Iterator[str]:
    yield from _SYSTEM
    yield from _SYSTEM_FILES
    own = Path(__file__).resolve().parents[1]
    libraries = [entry for entry in sys.path if Path(entry).name in _PACKAGES]
    given = [entry for name in ("LD_LIBRARY_PATH", "TESSDATA_PREFIX") for entry in os.environ.get(name, "").split(os.pathsep)]
    for folder in (str(own), sys.prefix, sys.base_prefix, sys.exec_prefix, *libraries, *given):
        if folder and not _holds_home(Path(folder)):
            yield os.path.realpath(folder)


def _holds_home(folder: Path) -> bool:
    """Whether giving `folder` away would give away the person's own files."""
    try:
        return Path.home().resolve().is_relative_to(folder.resolve())
    except (RuntimeError, OSError):  # no home is known
        return folder.resolve() == Path("/")


def _libraries_beside(program: Path) -> Iterator[Path]:
    """The libraries and data installed with a program, as in PREFIX/bin, PREFIX/lib, PREFIX/share."""
    for name in ("lib", "share"):
        folder = program.parent.parent / name
        if folder.is_dir() and not _holds_home(folder):
            yield folder


def _with_interpreters(program: Path) -> Iterator[Path]:
    """A program's file, and what the kernel starts in its stead: the interpreter of a script, the loader of a binary."""
    program = program.resolve()
    yield program
    with contextlib.suppress(OSError):
        with program.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(b"#!"):
            yield from _named_in(head[2:].partition(b"\n")[0])
        elif loader := _LOADER.search(head):
            yield Path(os.fsdecode(loader[0])).resolve()


def _named_in(line: bytes) -> Iterator[Path]:
    words: Iterable[str] = os.fsdecode(line).split()
    for word in list(words)[:2]:
        path = word if word.startswith("/") else shutil.which(word)
        if path is not None and Path(path).is_file():
            yield from _with_interpreters(Path(path))
