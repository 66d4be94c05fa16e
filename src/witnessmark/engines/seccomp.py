"""A filter on system calls that the calling process and all it starts cannot shed (Linux, x86-64 and 64-bit ARM).

What no decoder needs is refused: making sockets, looking into other processes, mounting, loading code into the kernel,
changing the rights of files, leaving the process group that is killed at the deadline. The calls are listed by what they
endanger; what is not listed stays allowed, since a list of all that tesseract or a C library of another year may call
would break more often than it protects. Layouts are those of linux/filter.h and linux/seccomp.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterable

import msgspec

from witnessmark.engines.calls import CALLS, MACHINES

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16  # struct seccomp_data; the machines known are little-endian, so the low half comes first
_X32 = 0x40000000  # bit that marks the calls of a third interface on x86-64, which would pass by the numbers compared
_SET_MODE_FILTER = 1
_PR_SET_NO_NEW_PRIVS = 38

_NEW_NAMESPACES = 0x7E020080  # all CLONE_NEW* flags of linux/sched.h
_TO_MANY = 0x80000000  # sign bit of a process number: a group, or everybody


class Rule(msgspec.Struct, frozen=True):
    """One call to refuse with `error`: always, or only where argument `argument` has a bit of `bits` set, or equals `value`."""

    call: str
    error: int = errno.EPERM
    argument: int | None = None
    bits: int = 0
    value: int | None = None


_NEVER = (
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmmsg"),
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "pidfd_send_signal", "kcmp"),
    *("mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick"),
    *("mount_setattr", "open_tree_attr"),
    *("unshare", "setns", "setsid", "setpgid", "personality", "name_to_handle_at", "open_by_handle_at"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "bpf", "perf_event_open", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "add_key", "request_key", "keyctl"),
    *("swapon", "swapoff", "reboot", "sethostname", "setdomainname", "acct", "syslog", "quotactl", "fanotify_init"),
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "iopl", "ioperm", "modify_ldt"),
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "mknod", "mknodat"),
    *("utime", "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    *("removexattr", "lremovexattr", "fremovexattr", "removexattrat"),
    *("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open"),
)
_SPAWN = ("execve", "execveat")


def decoder_rules(*, programs: bool) -> tuple[Rule, ...]:
    """What a decoder is refused; with `programs` it may start others, which then stand under the same filter."""
    return (
        *(Rule(call) for call in _NEVER),
        *(() if programs else (Rule(call) for call in _SPAWN)),
        Rule("clone", argument=0, bits=_NEW_NAMESPACES),
        Rule("clone3", errno.ENOSYS),  # its flags lie in memory, where no filter looks; C libraries then take clone
        Rule("kill", argument=0, bits=_TO_MANY),
    )


def refuse_calls(rules: Iterable[Rule]) -> str | None:
    """Put the calling thread and all it starts under `rules` for good; the reason where the system does not offer it."""
    machine = MACHINES.get(os.uname().machine) if sys.platform == "linux" and sys.maxsize > 2**32 else None
    if machine is None:
        return "not known for this kind of processor"
    program = _program(machine.audit, machine.column, rules)
    buffer = ctypes.create_string_buffer(program, len(program))
    filter_of = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.syscall(CALLS["seccomp"][machine.column], ctypes.c_ulong(_SET_MODE_FILTER), ctypes.c_ulong(0), filter_of) != 0:
        return os.strerror(ctypes.get_errno())
    return None


def _program(audit: int, column: int, rules: Iterable[Rule]) -> bytes:
    steps = [(_LOAD, 0, 0, _MACHINE_AT), (_IF_EQUAL, 1, 0, audit), (_RETURN, 0, 0, _KILL_PROCESS), (_LOAD, 0, 0, _NUMBER_AT)]
    if column == 0:
        steps += [(_IF_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL_PROCESS)]
    for rule in rules:
        number = CALLS[rule.call][column]
        if number is not None:
            steps += _steps(rule, number)
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _steps(rule: Rule, number: int) -> list[tuple[int, int, int, int]]:
    refuse = (_RETURN, 0, 0, _REFUSE | rule.error)
    if rule.argument is None:
        return [(_IF_EQUAL, 0, 1, number), refuse]
    test = (_IF_ANY_BIT, 0, 1, rule.bits) if rule.value is None else (_IF_EQUAL, 0, 1, rule.value)
    return [(_IF_EQUAL, 0, 4, number), (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * rule.argument), test, refuse, (_LOAD, 0, 0, _NUMBER_AT)]
