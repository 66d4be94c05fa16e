from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.engines.child import ChildDiedError, ChildTimedOutError, JobFailedError, LimitedChild
from witnessmark.engines.limits import MEBIBYTE, Limits

TARGET = "engines_targets:act"
MODULES = (str(Path(__file__).parent),)
PROGRAMS = (sys.executable,)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what is enforced differs from system to system")


@pytest.fixture
def child() -> Iterator[LimitedChild]:
    with LimitedChild(TARGET, Limits(cpu_seconds=1, wall_seconds=20, file_size=MEBIBYTE, programs=PROGRAMS), modules=MODULES) as opened:
        yield opened


def still_answers(child: LimitedChild) -> bool:
    return child.call(b"echo here") == b"here"


def test_the_child_stays_warm_from_one_call_to_the_next(child: LimitedChild) -> None:
    assert child.call(b"pid") == child.call(b"pid")


def test_a_large_payload_comes_back_whole(child: LimitedChild) -> None:
    text = "ا" * 3_000_000
    assert child.call(f"echo {text}".encode()).decode() == text


def test_a_call_that_sleeps_too_long_is_stopped_and_the_next_one_works(child: LimitedChild) -> None:
    with pytest.raises(ChildTimedOutError, match=r"more than 0\.3 s"):
        child.call(b"sleep 60", wall_seconds=0.3)
    assert still_answers(child)


@linux_only
def test_a_memory_bomb_is_refused_and_the_next_call_works(child: LimitedChild) -> None:
    with pytest.raises(JobFailedError, match=r"more than the 2 GiB") as caught:
        child.call(b"allocate 10000000000")
    assert caught.value.type == "MemoryError"
    assert still_answers(child)


def test_a_child_that_exits_is_replaced(child: LimitedChild) -> None:
    with pytest.raises(ChildDiedError, match="exit code 3"):
        child.call(b"exit 3")
    assert still_answers(child)


@linux_only
def test_a_child_that_crashes_is_replaced_and_the_signal_named(child: LimitedChild) -> None:
    with pytest.raises(ChildDiedError, match="SIGABRT"):
        child.call(b"crash")
    assert still_answers(child)


def test_what_a_decoder_prints_never_reaches_the_answers(child: LimitedChild) -> None:
    assert child.call(b"print \x04garbage on the pipe") == b"printed"
    assert still_answers(child)


@linux_only
def test_the_child_cannot_reach_the_network(child: LimitedChild) -> None:
    if not any("no network" in sentence for sentence in child.enforced()):
        pytest.skip("this kernel refuses network namespaces, and the child says so")
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(JobFailedError):
        child.call(f"connect {server.getsockname()[1]}".encode())
    assert still_answers(child)


@linux_only
def test_a_call_that_spins_is_stopped_by_its_processor_time(child: LimitedChild) -> None:
    with pytest.raises(ChildTimedOutError, match="processor time"):
        child.call(b"spin")
    assert still_answers(child)


@linux_only
def test_processor_time_is_counted_for_each_call_alone() -> None:
    with LimitedChild(TARGET, Limits(cpu_seconds=1), modules=MODULES) as child:
        pid = child.call(b"pid")
        for _ in range(3):
            child.call(b"echo " + b"x" * 50_000_000)
        assert child.call(b"pid") == pid


@linux_only
def test_a_file_larger_than_allowed_is_not_written(child: LimitedChild) -> None:
    with pytest.raises(JobFailedError, match="too large"):
        child.call(f"write {2 * MEBIBYTE}".encode())
    assert still_answers(child)


@linux_only
@pytest.mark.parametrize("verb", ["alter", "remove"])
def test_a_file_outside_its_folder_can_be_neither_changed_nor_removed(child: LimitedChild, tmp_path: Path, verb: str) -> None:
    if not any("cannot write" in sentence for sentence in child.enforced()):
        pytest.skip("this kernel has no Landlock, and the child says so")
    original = tmp_path / "original"
    original.write_text("as received", encoding="utf-8")
    with pytest.raises(JobFailedError, match="PermissionError"):
        child.call(f"{verb} {original}".encode())
    assert original.read_text(encoding="utf-8") == "as received"


def test_each_call_sees_an_empty_folder_of_its_own_which_is_removed_at_the_end(child: LimitedChild) -> None:
    child.call(b"look")
    folder, temporary, found = child.call(b"look").decode().split("|")
    assert folder == temporary
    assert found == ""
    child.close()
    assert not Path(folder).exists()


def test_an_exception_in_the_target_comes_back_by_name(child: LimitedChild) -> None:
    with pytest.raises(JobFailedError, match="LookupError: no such table"):
        child.call(b"raise no such table")
    assert still_answers(child)


def test_a_target_that_does_not_exist_is_named() -> None:
    with LimitedChild("engines_targets:nothing", modules=MODULES) as child, pytest.raises(ChildDiedError, match="engines_targets:nothing"):
        child.call(b"x")


def test_a_child_is_replaced_after_its_number_of_calls() -> None:
    with LimitedChild(TARGET, Limits(calls=2), modules=MODULES) as child:
        first = [child.call(b"pid"), child.call(b"pid")]
        assert first[0] == first[1] != child.call(b"pid")


@linux_only
def test_a_child_that_has_grown_is_replaced() -> None:
    with LimitedChild(TARGET, Limits(resident=MEBIBYTE), modules=MODULES) as child:
        assert child.call(b"pid") != child.call(b"pid")


def test_the_persons_environment_does_not_reach_the_child(child: LimitedChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "abc")
    assert child.call(b"environment SECRET_TOKEN") == b"absent"


def test_what_is_enforced_and_what_is_not_are_sentences(child: LimitedChild) -> None:
    said = child.enforced() + child.not_enforced()
    assert said
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize(("system", "missing"), [("darwin", "network"), ("win32", "memory, processor time and file size")])
def test_what_another_system_does_not_offer_is_said(system: str, missing: str) -> None:
    program = (
        "import sys, witnessmark.engines.limits as limits\n"
        f"sys.platform = {system!r}\n"
        "held = limits.enforce(limits.Limits(), 1)\n"
        "limits.allow_cpu(limits.Limits())\n"
        "print(' '.join(held.not_enforced))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert missing in done.stdout


@linux_only
def test_a_late_call_takes_the_programs_it_started_with_it(child: LimitedChild) -> None:
    folder = Path(child.call(b"look").decode().split("|")[0])
    with pytest.raises(ChildTimedOutError):
        child.call(b"grandchild", wall_seconds=1.5)
    assert not folder.exists()
    assert gone_within(5, lambda: not processes_with("time.sleep(600)"))


@linux_only
def test_no_child_is_left_behind_when_the_program_is_killed(tmp_path: Path) -> None:
    program = (
        "from witnessmark.engines.child import LimitedChild\n"
        f"child = LimitedChild('engines_targets:act', modules={MODULES!r})\n"
        "print(child.call(b'pid').decode(), flush=True)\n"
        "child.call(b'sleep 600')\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert gone_within(5, lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes())


def gone_within(seconds: float, gone: object) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(gone) and gone():
            return True
        time.sleep(0.05)
    return False


def processes_with(words: str) -> list[Path]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if words.encode() in path.read_bytes():
                found.append(path)
        except OSError:  # ended while we looked
            continue
    return found
