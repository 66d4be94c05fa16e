"""Keeping the calling process, and all it starts, from changing any file but those in its own folder (Linux 5.13 or newer).

Landlock is the kernel's way to give up rights without being privileged. A decoder that was taken over can then alter
neither an original nor a record. Constants and layouts are those of linux/landlock.h; the call numbers are the same on
all processors.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_TRUNCATE = 1 << 14
_KNOWS_TRUNCATE = 3  # version of the interface; before it a file that may not be written may still be cut
_PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h; Landlock is refused without it


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def forbid_changes_outside(folder: Path) -> bool:
    """Give up, for good, the right to write, make or remove files outside `folder`; False where the kernel does not offer it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    on_files = _WRITE_FILE | (_TRUNCATE if version >= _KNOWS_TRUNCATE else 0)
    rules = _Ruleset(on_files | _REMOVE_AND_MAKE)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        allowed = _allow(libc, ruleset, folder, on_files | _REMOVE_AND_MAKE) and _allow(libc, ruleset, Path(os.devnull), on_files)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return allowed and libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, access: int) -> bool:
    descriptor = os.open(path, getattr(os, "O_PATH", os.O_RDONLY))
    try:
        rule = _PathBeneath(access, descriptor)
        done: int = libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
        return done == 0
    finally:
        os.close(descriptor)
