"""A warm, limited child process that decodes hostile files, and is replaced when it dies.

A crash, an endless loop or a memory bomb in a decoder costs one file and one child, never the case. The child starts
with the first call, keeps its imports warm, sees an empty temporary folder of its own, and is killed with all it
started when a call takes too long. It can open only files handed to it. One child serves one thread at a time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import msgspec

from witnessmark.engines.child_main import JobError, Orders
from witnessmark.engines.frames import BrokenFrameError, Kind, receive, send
from witnessmark.engines.grounds import ground_for
from witnessmark.engines.handover import closing_descriptors, handed_copies
from witnessmark.engines.limits import GIBIBYTE, Enforcement, Limits
from witnessmark.errors import WitnessmarkError


class ChildError(WitnessmarkError):
    """A call that gave no answer. The next call works: the child was replaced if need be."""


class ChildDiedError(ChildError):
    """The child ended in the middle of the call; the message says how."""


class ChildTimedOutError(ChildError):
    """The call took more time than allowed and was stopped."""


class NotHandedOverError(ChildError):
    """The file a call is about could not be opened; the message says why."""


class JobFailedError(ChildError):
    """The target raised an exception; `type` is its name, the message its own words."""

    def __init__(self, type_name: str, message: str) -> None:
        super().__init__(f"{type_name}: {message}" if message else type_name)
        self.type = type_name


class LimitedChild:
    """Calls `target` ("package.module:function", bytes in, bytes out) in a process held to `limits`.

    Use as a context manager; `close` ends the process and removes its temporary folder, which is made below `within` (None: where the system
    has such folders). `modules` are folders that the target is imported from, where that is not this program's own.
    """

    def __init__(self, target: str, limits: Limits | None = None, *, modules: tuple[str, ...] = (), within: Path | None = None) -> None:
        self._within = within
        self._target = target
        self._limits = limits or Limits()
        self._ground = ground_for(self._limits.programs, modules)
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._held: Enforcement | None = None
        self._calls = 0
        self._late = False
        self._retired = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def call(self, payload: bytes, *, wall_seconds: float | None = None, file: Path | None = None, files: Sequence[Path] = ()) -> bytes:
        """The target's answer to `payload`, within `wall_seconds` (those of the limits if not given).

        `file`, or several `files`, are handed over where the child can open none by itself: it finds them through `handover.handed_over`. Raises
        ChildDiedError, ChildTimedOutError, NotHandedOverError, or JobFailedError with what the target raised.
        """
        seconds = wall_seconds or self._limits.wall_seconds
        given = [*files] if file is None else [file, *files]
        if not given or not self._enforcement().shut_in:
            return self._call(payload, seconds, ())
        try:
            copies = handed_copies(given)
        except OSError as error:
            raise NotHandedOverError(f"The stored original could not be opened ({error.strerror or error}).") from error
        if copies is None:
            return self._call_for(given, payload, seconds)
        with closing_descriptors(copies):
            return self._call(payload, seconds, copies)

    def _call_for(self, files: Sequence[Path], payload: bytes, seconds: float) -> bytes:
        """The same in a child of its own that may open just these files, which are too large to be copied into memory."""
        usual = self._ground
        self.close()
        self._ground = msgspec.structs.replace(usual, readable=(*usual.readable, *(str(file.resolve()) for file in files)))
        try:
            return self._call(payload, seconds, ())
        finally:
            self._ground = usual
            self.close()

    def _call(self, payload: bytes, seconds: float, copies: Sequence[int]) -> bytes:
        calls, answers = self._running()
        kind, resident, body = self._exchange(calls, answers, payload, seconds, copies)
        self._calls += 1
        if kind is Kind.ERROR:
            failed = msgspec.json.decode(body, type=JobError)
            if failed.type == "MemoryError":
                self.close()
                raise JobFailedError(failed.type, f"it needs more than the {self._limits.address_space / GIBIBYTE:g} GiB of memory allowed")
            raise JobFailedError(failed.type, failed.message)
        if self._calls >= self._limits.calls or resident > self._limits.resident:
            self.close()
        return body

    def enforced(self) -> tuple[str, ...]:
        """Sentences on what the running system holds the child to. Starts the child if it does not run."""
        return self._enforcement().enforced

    def not_enforced(self) -> tuple[str, ...]:
        """Sentences on what the running system cannot hold the child to. Starts the child if it does not run."""
        return self._enforcement().not_enforced

    def close(self) -> None:
        """End the child with all it started and remove its temporary folder. A later call starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                    stream and stream.close()
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        self._calls = 0

    def retire(self) -> None:
        """End the call at hand and refuse others, from another thread than the one that calls; `close` must still follow."""
        self._retired = True
        process = self._process
        if process is not None:
            _kill(process)

    def _enforcement(self) -> Enforcement:
        if self._held is None:
            self._running()
        return self._held or Enforcement((), ())

    def _running(self) -> tuple[BinaryIO, BinaryIO]:
        """The pipes of a living child; one that ended between two calls is replaced without a word."""
        if self._process is not None and _has_ended(self._process):
            self.close()
        return self._pipes(self._process or self._start())

    @staticmethod
    def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
        if process.stdin is None or process.stdout is None:
            raise ChildDiedError("The decoding process has no pipes to talk through.")
        return cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)

    def _start(self) -> subprocess.Popen[bytes]:
        self._folder = tempfile.mkdtemp(prefix="witnessmark-", dir=self._within)
        theirs = self._open_channel()
        numbers = [theirs.fileno()] if theirs is not None else []
        orders = Orders(self._target, self._limits, self._ground, os.getpid(), next(iter(numbers), None))
        command = [sys.executable, "-P", "-m", "witnessmark.engines.child_main", msgspec.json.encode(orders).decode()]
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module; the target is named in this program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
                pass_fds=numbers,
            )
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ChildDiedError(f"The decoding process could not be started ({error}).") from error
        finally:
            if theirs is not None:
                theirs.close()
        if self._retired:  # looked at after the process is known, so that `retire` either finds it or is noticed here
            self.close()
            raise ChildDiedError("The decoding process was ended because nobody waits for its answers any more.")
        calls, answers = self._pipes(self._process)
        with self._deadline(max(60.0, self._limits.wall_seconds)):
            frame = self._received(calls, answers, None, ())
        if frame[0] is not Kind.READY:
            failed = msgspec.json.decode(frame[2], type=JobError)
            self.close()
            raise ChildDiedError(f"The decoding process could not load {self._target} ({failed.type}: {failed.message}).")
        self._held = msgspec.json.decode(frame[2], type=Enforcement)
        return self._process

    def _open_channel(self) -> socket.socket | None:
        """The child's end of a channel for files; the own end is kept. None where the system could not hand over any."""
        if sys.platform != "linux":
            return None
        self._channel, theirs = socket.socketpair()
        return theirs

    def _exchange(
        self, calls: BinaryIO, answers: BinaryIO, payload: bytes, seconds: float, copies: Sequence[int]
    ) -> tuple[Kind, int, bytes]:
        with self._deadline(seconds):
            try:
                return self._received(calls, answers, payload, copies)
            except ChildDiedError as error:
                if self._late:
                    raise ChildTimedOutError(f"It took more than {seconds:g} s and was stopped.") from error
                raise

    def _received(self, calls: BinaryIO, answers: BinaryIO, payload: bytes | None, copies: Sequence[int]) -> tuple[Kind, int, bytes]:
        try:
            if payload is not None:
                send(calls, self._hand_over(copies), payload)
            frame = receive(answers, self._limits.answer_size)
        except BrokenFrameError as error:
            self.close()
            raise ChildDiedError(f"The decoding process gave {error}.") from error
        except OSError:
            frame = None
        if frame is None:
            raise self._cause_of_death()
        return frame

    def _hand_over(self, copies: Sequence[int]) -> Kind:
        if not copies or self._channel is None:
            return Kind.CALL
        socket.send_fds(self._channel, [b"f"], [*copies])
        return Kind.CALL_WITH_FILE

    @contextlib.contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        self._late = False
        timer = threading.Timer(seconds, self._stop_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # it may be killing right now; then the next call needs a new child
            if self._late:
                self.close()

    def _stop_late(self) -> None:
        self._late = True
        if self._process is not None:
            _kill(self._process)

    def _cause_of_death(self) -> ChildError:
        process = self._process
        self.close()
        code = process.returncode if process is not None else None
        if code is None or code >= 0:
            return ChildDiedError(f"The decoding process ended by itself (exit code {code}).")
        name = signal.Signals(-code).name if -code in signal.Signals.__members__.values() else f"signal {-code}"
        if name == "SIGXCPU":
            return ChildTimedOutError(f"It used more than {self._limits.cpu_seconds} s of processor time and was stopped.")
        memory = (
            f" It may have needed more than the {self._limits.address_space / GIBIBYTE:g} GiB of memory allowed."
            if name == "SIGABRT"
            else ""
        )
        return ChildDiedError(f"The decoding process crashed ({name}).{memory}")


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has, without taking note: as long as nobody does, its number is not given to another and what it started can be killed by it."""
    if sys.platform == "win32" or process.returncode is not None:
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _environment(folder: str) -> dict[str, str]:
    """Only what programs need to run: no proxies, tokens or settings of the person's own reach a decoder."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX", "LD_LIBRARY_PATH") if name in os.environ}
    temporary = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), folder)
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return kept | temporary | {"PYTHONPATH": path, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC", "OMP_THREAD_LIMIT": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it started; it leads a session of its own, so the group is exactly that."""
    if sys.platform == "win32":
        taskkill = shutil.which("taskkill")
        if taskkill and process.poll() is None:
            subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603 -- a system program on our own child
        process.kill()
        return
    if process.returncode is None:  # not reaped yet, so the number is still this child's
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
