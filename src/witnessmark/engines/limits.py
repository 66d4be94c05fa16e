"""What a child process that decodes hostile files may use, and how the running system is made to hold it to that.

Linux offers the most: resource limits, no network, no changes to files, death with the parent. Elsewhere a
part is missing; then nothing fails, but a sentence says what is not enforced, because a limit that is silently absent
would be believed in.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import signal
import sys
from pathlib import Path

import msgspec

from witnessmark.engines.landlock import forbid_changes_outside

MEBIBYTE = 2**20
GIBIBYTE = 2**30

_CLONE_NEWUSER = 0x10000000  # linux/sched.h
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PR_SET_NO_NEW_PRIVS = 38


class Limits(msgspec.Struct, frozen=True):
    """What one child may use: sizes in bytes, times in seconds.

    `cpu_seconds` and `wall_seconds` are for each call; `calls` and `resident` say when a child that still works is
    replaced all the same, because decoders leak.
    """

    address_space: int = 2 * GIBIBYTE
    cpu_seconds: int = 120
    wall_seconds: float = 180.0
    file_size: int = 256 * MEBIBYTE
    answer_size: int = 512 * MEBIBYTE
    calls: int = 500
    resident: int = 512 * MEBIBYTE


class Enforcement(msgspec.Struct, frozen=True):
    """Sentences on what the system holds a child to, and on what it does not."""

    enforced: tuple[str, ...]
    not_enforced: tuple[str, ...]


def enforce(limits: Limits, parent: int) -> Enforcement:
    """Put the calling process under `limits`, without a network or writing rights outside its working folder, and tie its life to `parent`.

    Must run before anything starts a thread: the kernel refuses a new user namespace to a process with several.
    """
    outcomes = [_end_with(parent), _cut_network(), _keep_files(), *_set_resource_limits(limits)]
    return Enforcement(
        enforced=tuple(sentence for held, sentence in outcomes if held),
        not_enforced=tuple(sentence for held, sentence in outcomes if not held),
    )


def allow_cpu(limits: Limits) -> None:
    """Give the calling process `cpu_seconds` more from now on; the kernel ends it when they are used up."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def resident_memory() -> int:
    """Bytes of memory the calling process occupies now, or 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def die_with_parent() -> None:
    """Ask the kernel to kill the calling process when the one that started it ends. Does nothing where it cannot be asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _end_with(parent: int) -> tuple[bool, str]:
    if sys.platform != "linux":
        return False, "A decoder at work when the program is killed ends only with its file."
    die_with_parent()
    if os.getppid() != parent:  # the parent ended before the kernel was asked
        os._exit(0)
    return True, "Decoders end with the program."


def _cut_network() -> tuple[bool, str]:
    if sys.platform != "linux":
        return False, "Decoders are not kept from the network: this system offers no way to do it without privileges."
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True, "Decoders have no network."
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        _keep_identity(user, group)
        return True, "Decoders have no network."
    reason = os.strerror(ctypes.get_errno())
    return False, f"Decoders are not kept from the network: the kernel refused a network namespace ({reason})."


def _keep_files() -> tuple[bool, str]:
    if sys.platform == "linux" and forbid_changes_outside(Path.cwd()):
        return True, "Decoders cannot write to or remove files outside a temporary folder of their own."
    return False, "Decoders are not kept from writing to files: this system offers no way to do it without privileges."


def _keep_identity(user: int, group: int) -> None:
    """Map our own ids into the new user namespace. Without it files stay readable but programs see a nobody."""
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _set_resource_limits(limits: Limits) -> list[tuple[bool, str]]:
    if sys.platform == "win32":
        return [(False, "Decoders are limited in time only: this system offers no limit on memory, processor time and file size.")]
    import resource

    memory = limits.address_space / GIBIBYTE
    return [
        _hold(resource.RLIMIT_AS, limits.address_space, f"memory of decoders to {memory:g} GiB"),
        _hold(resource.RLIMIT_FSIZE, limits.file_size, f"files written by decoders to {limits.file_size // MEBIBYTE} MiB"),
        _hold(resource.RLIMIT_CORE, 0, "memory images after a crash to nothing"),
        (True, f"The system limits processor time of decoders to {limits.cpu_seconds} s for each file."),
    ]


def _hold(kind: int, ceiling: int, what: str) -> tuple[bool, str]:
    if sys.platform == "win32":
        return False, f"The system does not limit the {what}."
    import resource

    hard = resource.getrlimit(kind)[1]
    wanted = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
    try:
        resource.setrlimit(kind, (wanted, wanted))
    except (ValueError, OSError) as error:  # macOS refuses a limit on address space
        return False, f"The system does not limit the {what} ({error})."
    return True, f"The system limits the {what}."
