"""A decoder that was taken over is stopped, whatever it tries; the program lives, and says why the file was not read."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.engines.child import ChildDiedError, ChildError, ChildTimedOutError, JobFailedError, LimitedChild
from witnessmark.engines.handover import HELD_IN_MEMORY
from witnessmark.engines.landlock import landlock_version
from witnessmark.engines.limits import MEBIBYTE, Limits

TARGET = "hostile_targets:act"
HERE = str(Path(__file__).parent)
LIMITS = Limits(cpu_seconds=2, wall_seconds=20, file_size=MEBIBYTE, folder_size=4 * MEBIBYTE, folder_files=100, answer_size=MEBIBYTE)
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="what is enforced differs from system to system"),
    pytest.mark.skipif(landlock_version() < 6, reason="this kernel cannot hold a decoder to all of it, and `status` says so"),
]


@pytest.fixture(scope="module")
def shared() -> Iterator[LimitedChild]:
    with LimitedChild(TARGET, LIMITS, modules=(HERE,)) as opened:
        yield opened


@pytest.fixture
def child(shared: LimitedChild) -> Iterator[LimitedChild]:
    """One child for all, since it must go on whatever happened to it."""
    yield shared
    assert shared.call(b"echo here") == b"here"


@pytest.fixture
def canary() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A listener and a name server on this machine, which must not hear anything."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as names:
        names.bind(("127.0.0.1", 0))
        listener.settimeout(0)
        names.settimeout(0)
        yield listener, names
        for heard in (listener.accept, lambda: names.recv(100)):
            with pytest.raises(BlockingIOError):
                heard()


def refused(child: LimitedChild, call: str, *words: str) -> None:
    with pytest.raises(JobFailedError, match="|".join(words or ("PermissionError", "Operation not permitted"))):
        child.call(call.encode())


def test_no_listener_and_no_name_server_hears_of_a_decoder(child: LimitedChild, canary: tuple[socket.socket, socket.socket]) -> None:
    listener, names = canary
    refused(child, f"connect 127.0.0.1:{listener.getsockname()[1]}")
    refused(child, f"ask-name-server {names.getsockname()[1]}")
    refused(child, "resolve witness.example.org", "gaierror", "PermissionError")


def test_a_socket_without_a_file_or_a_network_is_out_of_reach(child: LimitedChild) -> None:
    name = f"witnessmark-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind("\0" + name)
        listener.listen()
        refused(child, f"whisper {name}")


def test_no_file_of_the_person_or_the_system_can_be_read_but_the_one_handed_over(child: LimitedChild, tmp_path: Path) -> None:
    secret, original = tmp_path / "id_ed25519", tmp_path / "original"
    secret.write_text("private key", encoding="utf-8")
    original.write_text("as received", encoding="utf-8")
    for path in (
        "/etc/passwd",
        str(secret),
        f"/proc/{os.getpid()}/environ",
        f"/proc/self/root{secret}",
        f"/proc/self/cwd/../../..{secret}",
    ):
        refused(child, f"read {path}")
    for folder in (str(tmp_path), str(Path.home()), "/tmp", "/etc"):  # noqa: S108 -- what must not be listed
        refused(child, f"list {folder}")
    refused(child, f"link {secret}", "PermissionError", "cross-device", "Errno 18")
    assert child.call(b"handed", file=original) == b"as received"
    assert child.call(b"handed") == b"nothing"


def test_the_file_handed_over_is_a_copy_that_cannot_be_changed(child: LimitedChild, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_text("as received", encoding="utf-8")
    assert child.call(b"handed", file=original) == b"as received"
    assert original.read_text(encoding="utf-8") == "as received"


def test_a_file_too_large_for_memory_is_read_by_a_child_that_may_open_just_it(child: LimitedChild, tmp_path: Path) -> None:
    large, other = tmp_path / "large", tmp_path / "other"
    with large.open("wb") as file:
        file.write(b"beginning of it all")
        file.truncate(HELD_IN_MEMORY + 1)
    other.write_text("another original", encoding="utf-8")
    assert bytes.fromhex(child.call(f"read {large}".encode(), file=large).decode()).startswith(b"beginning")
    with pytest.raises(JobFailedError, match="PermissionError"):
        child.call(f"read {other}".encode(), file=large)
    refused(child, f"read {large}")


def test_nothing_outside_the_work_folder_can_be_made_changed_or_loosened(child: LimitedChild, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_text("as received", encoding="utf-8")
    original.chmod(0o444)
    for call in (f"write {original}", f"write {tmp_path / 'new'}", f"change-rights {original}"):
        refused(child, call)
    assert original.read_text(encoding="utf-8") == "as received"
    assert original.stat().st_mode & 0o777 == 0o444
    assert os.listdir(tmp_path) == ["original"]  # noqa: PTH208 -- names are enough


def test_what_it_writes_lies_in_memory_and_never_on_the_disk(child: LimitedChild) -> None:
    if not any("stays in memory" in sentence for sentence in child.enforced()):
        pytest.skip("this kernel refuses a folder in memory, and the child says so")
    folder = Path(child.call(b"folder").decode().split("|")[0])
    child.call(f"write {folder / 'note'}".encode())
    assert list(folder.iterdir()) == []  # seen from here it is empty: the child has another file system in its place


def test_other_processes_can_neither_be_stopped_nor_looked_into(child: LimitedChild) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as victim:
        refused(child, f"kill {victim.pid}")
        refused(child, "kill -1")
        refused(child, f"look-into {victim.pid}")
        assert victim.poll() is None
        victim.kill()


def test_ways_around_the_filter_are_shut(child: LimitedChild) -> None:
    refused(child, "ring")
    refused(child, "new-namespace")
    assert child.call(b"leave") == b"0"
    assert no_process_has("time.sleep(600)")


def test_no_program_is_started_that_was_not_named(child: LimitedChild) -> None:
    refused(child, "start /bin/ls")
    with LimitedChild(TARGET, Limits(programs=("cat",)), modules=(HERE,)) as with_one:
        assert with_one.call(b"start cat").startswith(b"cat")
        refused(with_one, "start ls", "PermissionError")


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        ("allocate 10000000000", JobFailedError, "more than the 2 GiB of memory allowed"),
        ("write-much 10000000000", JobFailedError, "too large"),
        ("write-many 1000", JobFailedError, "No space left"),
        ("answer-at-length 5000000", ChildDiedError, "an answer of 5000000 bytes; 1048576 are allowed"),
        ("spin", ChildTimedOutError, "more than 2 s of processor time"),
        ("print-for-ever", ChildTimedOutError, "more than 2 s of processor time"),
        ("sleep", ChildTimedOutError, r"more than 1\.5 s and was stopped"),
        ("lift-limits", JobFailedError, "ValueError|PermissionError"),
    ],
)
def test_each_way_to_use_up_the_machine_is_stopped_and_named(child: LimitedChild, call: str, kind: type[ChildError], words: str) -> None:
    with pytest.raises(kind, match=words):
        child.call(call.encode(), wall_seconds=1.5 if call == "sleep" else None)


def test_a_fork_bomb_ends_with_its_time_and_leaves_nothing_behind() -> None:
    with LimitedChild(TARGET, Limits(cpu_seconds=5, wall_seconds=19.25), modules=(HERE,)) as child:
        with pytest.raises(ChildError, match=r"was stopped|crashed"):
            child.call(b"fork-bomb", wall_seconds=0.3)
        assert child.call(b"echo here") == b"here"
    assert no_process_has("19.25")


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator can become somebody else")
def test_somebody_who_is_not_the_administrator_may_not_start_more_processes_than_allowed() -> None:
    """The kernel counts none for the administrator, so this asks as nobody."""
    program = """
        import codecs, ctypes, os, resource
        from witnessmark.engines.limits import Limits, enforce
        os.chdir("/tmp")
        parent = os.getpid()
        if os.fork() == 0:
            codecs.lookup("ascii")  # loaded now, while this user may
            os.setgid(65534); os.setuid(65534)
            ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE, which changing the user has cleared
            held = enforce(Limits(processes=20), parent)
            print("processes of a decoder to 20" in " ".join(held.enforced), flush=True)
            started = 0
            try:
                for _ in range(100):
                    if os.fork() == 0:
                        os.read(os.pipe()[0], 1)
                    started += 1
            except BlockingIOError:
                print(started, flush=True)
            os.killpg(0, 9)
        os.wait()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False, start_new_session=True, timeout=60
    )
    assert done.stdout.startswith("True"), done.stderr
    assert int(done.stdout.split()[1]) < 20


def no_process_has(words: str) -> bool:
    for _attempt in range(50):
        if not any(words.encode() in line for line in command_lines()):
            return True
        time.sleep(0.1)
    return False


def command_lines() -> Iterator[bytes]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may end while it is looked at
            yield (folder / "cmdline").read_bytes()
