"""What the limited children of the tests are asked to do: each a decoder that misbehaves in its own way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path


def act(payload: bytes) -> bytes:
    """Do what the payload says ("verb argument") and answer with what came of it."""
    verb, _, argument = payload.decode().partition(" ")
    return _VERBS[verb](argument).encode()


def _echo(argument: str) -> str:
    return argument


def _pid(_: str) -> str:
    return str(os.getpid())


def _sleep(argument: str) -> str:
    time.sleep(float(argument))
    return "woke"


def _allocate(argument: str) -> str:
    return str(len(bytearray(int(argument))))


def _exit(argument: str) -> str:
    os._exit(int(argument))


def _crash(_: str) -> str:
    os.abort()


def _print(argument: str) -> str:
    print(argument)  # noqa: T201 -- what is tested
    os.write(1, argument.encode())
    sys.stdout.flush()
    subprocess.run([sys.executable, "-c", f"print({argument!r})"], check=True)
    return "printed"


def _connect(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=5):
        return "connected"


def _spin(_: str) -> str:
    while True:
        pass


def _write(argument: str) -> str:
    Path("large").write_bytes(bytes(int(argument)))
    return "written"


def _alter(argument: str) -> str:
    Path(argument).chmod(0o600)
    Path(argument).write_text("altered", encoding="utf-8")
    return "altered"


def _remove(argument: str) -> str:
    Path(argument).unlink()
    return "removed"


def _look(_: str) -> str:
    found = ",".join(sorted(path.name for path in Path.cwd().iterdir()))
    Path("leftover").write_text("x", encoding="utf-8")
    return f"{Path.cwd()}|{os.environ['TMPDIR']}|{found}"


def _raise(argument: str) -> str:
    raise LookupError(argument)


def _start_grandchild(_: str) -> str:
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(os.environ["TMPDIR"], "grandchild").write_text(str(grandchild.pid), encoding="ascii")
    time.sleep(600)
    return "never"


def _environment(name: str) -> str:
    return os.environ.get(name, "absent")


_VERBS = {
    "echo": _echo,
    "pid": _pid,
    "sleep": _sleep,
    "allocate": _allocate,
    "exit": _exit,
    "crash": _crash,
    "print": _print,
    "connect": _connect,
    "spin": _spin,
    "write": _write,
    "alter": _alter,
    "remove": _remove,
    "look": _look,
    "raise": _raise,
    "grandchild": _start_grandchild,
    "environment": _environment,
}
