"""Giving up, for good, all files but named ones, and the network (Linux 5.13 or newer; each part from its own version on).

Landlock is the kernel's way to give up rights without being privileged. A decoder that was taken over can then neither
alter an original or a record nor read what else its user keeps. Names, sizes and dates of files it can still ask for:
Landlock does not cover that. Constants and layouts are those of linux/landlock.h; the call numbers are the same on all processors.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_MOVE, _TRUNCATE = 1 << 13, 1 << 14
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_KNOWS_MOVE, _KNOWS_TRUNCATE, _KNOWS_TCP, _KNOWS_SCOPE = 2, 3, 4, 6  # versions of the interface
_PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h; Landlock is refused without it


class Ground(msgspec.Struct, frozen=True):
    """The files a process keeps: folders with all below and single files, by what may be done with them."""

    readable: tuple[str, ...] = ()
    executable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()


class Kept(msgspec.Struct, frozen=True):
    """What the running kernel could take away: files at all, connections by TCP, signals to others."""

    files: bool
    tcp: bool = False
    signals: bool = False


def landlock_version() -> int:
    """The version of the kernel's interface; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_kernel().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))))


def keep_only(ground: Ground) -> Kept:
    """Give up, for good, every right to files outside `ground` and, where the kernel knows how, the network and signals to others."""
    version = landlock_version()
    if version < 1:
        return Kept(files=False)
    libc = _kernel()
    files = _files_handled(version)
    network = _BIND_AND_CONNECT_TCP if version >= _KNOWS_TCP else 0
    scope = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= _KNOWS_SCOPE else 0
    rules = struct.pack("QQQ", files, network, scope)[: 24 if scope else 16 if network else 8]
    ruleset = libc.syscall(_CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return Kept(files=False)
    try:
        for paths, rights in _rights(ground):
            _allow(libc, ruleset, paths, rights & files)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        kept = libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    finally:
        os.close(ruleset)
    return Kept(files=kept, tcp=kept and bool(network), signals=kept and bool(scope))


def _files_handled(version: int) -> int:
    handled = _EXECUTE | _WRITE_FILE | _READ_FILE | _READ_FOLDER | _REMOVE_AND_MAKE
    handled |= _MOVE if version >= _KNOWS_MOVE else 0
    return handled | (_TRUNCATE if version >= _KNOWS_TRUNCATE else 0)


def _rights(ground: Ground) -> tuple[tuple[tuple[str, ...], int], ...]:
    reading = _READ_FILE | _READ_FOLDER
    return (
        (ground.readable, reading),
        (ground.executable, _READ_FILE | _EXECUTE),
        (ground.writable, reading | _WRITE_FILE | _TRUNCATE | _REMOVE_AND_MAKE | _MOVE),
        ((os.devnull,), _READ_FILE | _WRITE_FILE | _TRUNCATE),
    )


def _allow(libc: ctypes.CDLL, ruleset: int, paths: Iterable[str], access: int) -> None:
    """Add a rule for each path that there is; a right that fits folders alone is left out for a file, or the kernel refuses the rule."""
    for path in paths:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, getattr(os, "O_PATH", os.O_RDONLY))
            try:
                on_this = access if stat.S_ISDIR(os.fstat(descriptor).st_mode) else access & _ON_FILES
                rule = ctypes.create_string_buffer(struct.pack("=Qi", on_this, descriptor))
                libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
            finally:
                os.close(descriptor)


def _kernel() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def own_process() -> str:
    """The kernel's folder on the calling process, by number: a rule holds for what a path leads to when it is made."""
    return str(Path("/proc", str(os.getpid())))
