"""Decoders that were taken over: each does what an attacker would try first, and answers with how far it got."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from witnessmark.engines.handover import handed_over


def act(payload: bytes) -> bytes:
    """Do what the payload says ("verb argument"); an exception is the answer that it was stopped."""
    verb, _, argument = payload.decode().partition(" ")
    return str(_VERBS[verb](argument)).encode()


def _connect(address: str) -> str:
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=2):
        return "connected"


def _ask_name_server(port: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.sendto(b"\x12\x34\x01\x00\x00\x01\0\0\0\0\0\0\x06korrin\x00\x00\x01\x00\x01", ("127.0.0.1", int(port)))
    return "sent"


def _resolve(name: str) -> str:
    return socket.gethostbyname(name)


def _whisper(name: str) -> str:
    """To a socket of the abstract kind, which needs no file and crosses no network."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.connect("\0" + name)
    return "connected"


def _read(path: str) -> str:
    return Path(path).read_bytes()[:20].hex()


def _list(path: str) -> str:
    return str(len(os.listdir(path)))  # noqa: PTH208 -- the plain call


def _write(path: str) -> str:
    Path(path).write_text("was here", encoding="utf-8")
    return "written"


def _change_rights(path: str) -> str:
    Path(path).chmod(0o666)
    return "changed"


def _link(path: str) -> str:
    Path("link").hardlink_to(path)
    return Path("link").read_text(encoding="utf-8")


def _kill(number: str) -> str:
    os.kill(int(number), signal.SIGTERM)
    return "sent"


def _look_into(number: str) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, int(number), 0, 0) != 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "attached"


def _ring(_: str) -> str:
    """A ring of io_uring would carry calls past a filter."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 8, bytes(120)) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "made"


def _new_namespace(_: str) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "made"


def _leave(_: str) -> str:
    """Out of the group that is killed at the deadline."""
    if os.fork() == 0:
        with contextlib.suppress(OSError):
            os.setsid()
            time.sleep(600)
        os._exit(0)
    return str(os.wait()[1])


def _start(program: str) -> str:
    return subprocess.run([program, "--version"], capture_output=True, check=True).stdout.decode()[:40]


def _fork_bomb(_: str) -> str:
    while True:
        with contextlib.suppress(OSError):
            os.fork()


def _fork(number: str) -> str:
    """A bomb that counts, for where it may be counted."""
    started = 0
    with contextlib.suppress(BlockingIOError):
        for _index in range(int(number)):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            started += 1
    return str(started)


def _allocate(size: str) -> str:
    return str(len(bytearray(int(size))))


def _write_much(size: str) -> str:
    with Path("large").open("wb") as file:
        file.writelines(bytes(65536) for _index in range(int(size) // 65536))
    return "written"


def _write_many(number: str) -> str:
    for index in range(int(number)):
        Path(f"small {index}").write_bytes(bytes(100_000))
    return "written"


def _print_for_ever(_: str) -> str:
    while True:
        os.write(1, b"x" * 65536)
        sys.stderr.write("y" * 65536)


def _answer_at_length(size: str) -> str:
    return "z" * int(size)


def _sleep(_: str) -> str:
    time.sleep(600)
    return "woke"


def _spin(_: str) -> str:
    while True:
        pass


def _lift_limits(_: str) -> str:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "lifted"


def _handed(_: str) -> str:
    path = handed_over()
    if path is None:
        return "nothing"
    with contextlib.suppress(OSError):
        path.open("r+b").write(b"altered")
    return path.read_bytes().decode()


def _folder(_: str) -> str:
    return f"{Path.cwd()}|{tempfile.gettempdir()}"


def _echo(argument: str) -> str:
    return argument


_VERBS = {
    name.removeprefix("_").replace("_", "-"): verb for name, verb in list(globals().items()) if name.startswith("_") and callable(verb)
}
