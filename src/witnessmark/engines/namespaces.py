"""A network, a table of mounts and a user table of the calling process's own (Linux): nothing in the first, nothing lasting in the second.

The empty network leads nowhere, not even to this machine. The work folder becomes a small file system in memory that only
this process and its children see: what a decoder writes never reaches the disk, and is gone when the last of them ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from pathlib import Path

import msgspec

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_NETWORK = 0x00020000, 0x08000000, 0x10000000, 0x40000000  # linux/sched.h
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 0x2, 0x4, 0x4000, 0x40000  # linux/mount.h
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 24, 38  # linux/prctl.h
_CAPABILITY_VERSION = 0x20080522  # linux/capability.h
_MOST_CAPABILITIES = 64


class Apart(msgspec.Struct, frozen=True):
    """What the kernel granted: an empty network, a user table, a work folder in memory; `reason` where the network was refused."""

    network: bool
    users: bool = False
    folder: bool = False
    reason: str = ""


def go_apart(folder: Path, most_bytes: int, most_files: int) -> Apart:
    """Move the calling process into namespaces of its own, `folder` (its working folder) into memory.

    Must run before anything starts a thread: the kernel refuses a new user table to a process with several.
    """
    if sys.platform != "linux":
        return Apart(network=False, reason="this system has none")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK | _NEW_MOUNTS | _NEW_IPC) == 0:
        _keep_identity(user, group)
        return Apart(network=True, users=True, folder=_in_memory(libc, folder, most_bytes, most_files))
    if libc.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        _keep_identity(user, group)
        return Apart(network=True, users=True)
    refused = os.strerror(ctypes.get_errno())
    if libc.unshare(_NEW_NETWORK) == 0:
        return Apart(network=True)
    return Apart(network=False, reason=refused)


def drop_capabilities() -> None:
    """Give up whatever rights of an administrator the calling process holds, for itself and for what it starts."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(_MOST_CAPABILITIES):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    libc.capset(struct.pack("Ii", _CAPABILITY_VERSION, 0), bytes(24))


def _keep_identity(user: int, group: int) -> None:
    """Map our own ids into the new user namespace. Without it files stay readable but programs see a nobody."""
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _in_memory(libc: ctypes.CDLL, folder: Path, most_bytes: int, most_files: int) -> bool:
    options = f"size={most_bytes},nr_inodes={most_files},mode=700".encode()
    if libc.mount(b"none", b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None) != 0:
        return False
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", ctypes.c_ulong(_MS_NOSUID | _MS_NODEV), options) != 0:
        return False
    os.chdir(folder)  # the old working folder lies beneath the new one
    return True
