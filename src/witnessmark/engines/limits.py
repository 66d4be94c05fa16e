"""What a child process that decodes hostile files may use, and how the running system is made to hold it to that.

Linux offers the most: no network, no files but its own, a filter on system calls, resource limits, death with the
parent. Elsewhere a part is missing; then nothing fails, but a sentence says what is not enforced, because a limit that
is silently absent would be believed in.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import sys
from pathlib import Path

import msgspec

from witnessmark.engines.landlock import Ground, Kept, keep_only, landlock_version, own_process
from witnessmark.engines.namespaces import Apart, drop_capabilities, go_apart
from witnessmark.engines.seccomp import decoder_rules, refuse_calls

MEBIBYTE = 2**20
GIBIBYTE = 2**30

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Limits(msgspec.Struct, frozen=True):
    """What one child may use: sizes in bytes, times in seconds.

    `cpu_seconds` and `wall_seconds` are for each call; `calls` and `resident` say when a child that still works is
    replaced all the same, because decoders leak. `folder_size` and `folder_files` are for all it writes together;
    `open_files` and `processes` for it and all it starts. `programs` are those it may start, by name.
    """

    address_space: int = 2 * GIBIBYTE
    cpu_seconds: int = 120
    wall_seconds: float = 180.0
    file_size: int = 256 * MEBIBYTE
    folder_size: int = 512 * MEBIBYTE
    folder_files: int = 10_000
    answer_size: int = 512 * MEBIBYTE
    calls: int = 500
    resident: int = 512 * MEBIBYTE
    open_files: int = 256
    processes: int = 256
    programs: tuple[str, ...] = ()


class Enforcement(msgspec.Struct, frozen=True):
    """Sentences on what the system holds a child to, and on what it does not; `shut_in`: it can open no file but its own, so one must be handed over."""

    enforced: tuple[str, ...]
    not_enforced: tuple[str, ...]
    shut_in: bool = False


def enforce(limits: Limits, parent: int, ground: Ground | None = None) -> Enforcement:
    """Put the calling process under `limits`, without a network or files outside `ground` and its working folder, and tie its life to `parent`.

    Must run before anything starts a thread: the kernel refuses a new user namespace to a process with several. The filter
    on system calls comes last, since what comes before needs calls that it refuses.
    """
    dies = _end_with(parent)
    apart = go_apart(Path.cwd(), limits.folder_size, limits.folder_files)
    resources = _set_resource_limits(limits, apart)
    kept = _keep_files(ground or Ground(readable=("/",), executable=("/",)))
    drop_capabilities()
    refused = refuse_calls(decoder_rules(programs=bool(limits.programs)))
    outcomes = [dies, *_network(apart, kept, refused), *_files(kept, apart, limits), _calls(refused), _signals(kept), *resources]
    return Enforcement(
        enforced=tuple(sentence for held, sentence in outcomes if held),
        not_enforced=tuple(sentence for held, sentence in outcomes if not held),
        shut_in=kept.files and ground is not None,
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


def _keep_files(ground: Ground) -> Kept:
    if sys.platform != "linux":
        return Kept(files=False)
    own = msgspec.structs.replace(ground, readable=(*ground.readable, own_process()), writable=(*ground.writable, str(Path.cwd())))
    return keep_only(own)


def _network(apart: Apart, kept: Kept, refused: str | None) -> list[tuple[bool, str]]:
    if sys.platform != "linux":
        return [(False, "Decoders are not kept from the network: this system offers no way to do it without privileges.")]
    if apart.network and refused is None:
        return [(True, "Decoders have no network: they run in an empty one of their own, and may make no connection.")]
    if apart.network:
        return [(True, "Decoders have no network: they run in an empty one of their own.")]
    if refused is None:
        return [
            (True, "Decoders have no network: they may make no connection."),
            (
                False,
                f"Decoders have no empty network of their own: the kernel refused it ({apart.reason}). A filter on system calls stands in for it.",
            ),
        ]
    part = " Connections by TCP alone are refused." if kept.tcp else ""
    return [(False, f"Decoders are not kept from the network: the kernel refused a network namespace ({apart.reason}).{part}")]


def _files(kept: Kept, apart: Apart, limits: Limits) -> list[tuple[bool, str]]:
    if not kept.files:
        return [
            (False, "Decoders are not kept from writing to files: this system offers no way to do it without privileges."),
            (False, "Decoders are not kept from reading the other files of whoever runs this program, for the same reason."),
        ]
    room = f"{limits.folder_size // MEBIBYTE} MiB in {limits.folder_files:,} files"
    return [
        (True, "Decoders cannot write to or remove files outside a temporary folder of their own."),
        (True, "Decoders can read the file handed to them, this program and the system's libraries, and no other file."),
        (True, f"What decoders write stays in memory and is limited to {room}.")
        if apart.folder
        else (
            False,
            "What decoders write is limited for each file, not altogether, and lies on the disk until they end: the kernel refused a folder in memory.",
        ),
    ]


def _calls(refused: str | None) -> tuple[bool, str]:
    if refused is None:
        return True, "Decoders may not look into other programs, change rights of files, mount, or load anything into the kernel."
    if sys.platform != "linux":
        return False, "The system calls of decoders are not filtered: this system offers no way to do it without privileges."
    return False, f"The system calls of decoders are not filtered ({refused})."


def _signals(kept: Kept) -> tuple[bool, str]:
    if kept.signals:
        return True, "Decoders cannot stop other programs."
    reason = (
        f"Landlock is at version {landlock_version()} here, it takes 6" if sys.platform == "linux" else "this system offers no way to do it"
    )
    return False, f"Decoders are not kept from stopping other programs of the same user ({reason})."


def _set_resource_limits(limits: Limits, apart: Apart) -> list[tuple[bool, str]]:
    if sys.platform == "win32":
        return [(False, "Decoders are limited in time only: this system offers no limit on memory, processor time and file size.")]
    import resource

    memory = limits.address_space / GIBIBYTE
    return [
        _hold(resource.RLIMIT_AS, limits.address_space, f"memory of decoders to {memory:g} GiB"),
        _hold(resource.RLIMIT_FSIZE, limits.file_size, f"files written by decoders to {limits.file_size // MEBIBYTE} MiB"),
        _hold(resource.RLIMIT_CORE, 0, "memory images after a crash to nothing"),
        _hold(resource.RLIMIT_NOFILE, limits.open_files, f"files that decoders hold open to {limits.open_files}"),
        _limit_processes(limits, apart),
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


def _limit_processes(limits: Limits, apart: Apart) -> tuple[bool, str]:
    """Only in a user table of its own is the count that of the child; elsewhere it is that of all the person's programs, and the administrator has none."""
    if sys.platform == "win32":
        return False, "The system does not limit how many processes a decoder starts."
    import resource

    if not apart.users or os.getuid() == 0:
        reason = "it runs as the administrator" if os.getuid() == 0 else "the system counts those of all programs together"
        return False, f"The system does not limit how many processes a decoder starts ({reason}); they all end when its time is up."
    return _hold(resource.RLIMIT_NPROC, limits.processes, f"processes of a decoder to {limits.processes}")
