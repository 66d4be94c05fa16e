"""A writer killed at chosen or random moments, and what must hold of its case afterwards. `bench/crash.py` runs the same at length."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from witnessmark.case.case import open_case
from witnessmark.case.verifying import verify_case
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries

BOUNDARIES = {"fsync": "?fsync,?fdatasync,?syncfs", "rename": "?rename,?renameat,?renameat2", "write": "?write,?pwrite64"}
"""The calls by which something comes to be on disk, and what they are called here or there: a kill at each of them is a crash between two steps."""

WRITER = """
import sys
from pathlib import Path
from witnessmark.case import intake
from witnessmark.case.case import open_case
from witnessmark.preserve import incoming, places
intake.BATCH_FILES = int(sys.argv[3])
incoming.LARGE_GROUP = places.MANY_FOLDERS = int(sys.argv[4])
commit = intake._commit
def acknowledging(case, group, kept, received):
    commit(case, group, kept, received)
    for one in group:
        print(one.stored.sha256, flush=True)
intake._commit = acknowledging
with open_case(Path(sys.argv[1]), write="add") as case:
    intake.add(case, [Path(sys.argv[2])], intake.Given(), again=False)
"""
"""Adds a folder in small groups and prints what it acknowledges, as it does."""

EACH, TOGETHER = 1000, 2
"""Files from which a writer brings a group to disk by one call for the whole file system: never, and always. A real one does so from 64 files."""


def lay_evidence(folder: Path, files: int, *, each: int = 700) -> None:
    """Small texts, no two alike, and now and then the same bytes again under another name."""
    folder.mkdir()
    for n in range(files):
        content = f"statement {n if n % 10 else 0}\n" * (each // 13)
        (folder / f"{n:04}.txt").write_text(content, encoding="utf-8")


def digests_below(folder: Path) -> set[str]:
    """The sha256 of every file below a folder."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def writer(case: Path, evidence: Path, *, group: int, under: tuple[str, ...] = (), large: int = EACH, program: str = WRITER) -> list[str]:
    """The command of a writer, `under` another program if given; `large` is `EACH` or `TOGETHER`, `program` another than the real one."""
    return [*under, sys.executable, "-c", program, str(case), str(evidence), str(group), str(large)]


def killed_at_random(case: Path, evidence: Path, *, group: int, after: float, large: int = EACH) -> tuple[bool, set[str]]:
    """Run a writer and kill it after so many seconds of writing; whether it was still alive then, and what it had acknowledged."""
    with subprocess.Popen(writer(case, evidence, group=group, large=large), stdout=subprocess.PIPE, text=True) as process:
        held, deadline = case / "write.holder", time.monotonic() + 60
        while process.poll() is None and not held.exists() and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(after)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
    return alive and process.returncode == -signal.SIGKILL, set(re.findall(r"^[0-9a-f]{64}$", said, re.MULTILINE))


def killed_at_call(
    case: Path, evidence: Path, call: str, nth: int, *, group: int, large: int = EACH, program: str = WRITER
) -> tuple[bool, set[str]]:
    """Run a writer under strace and have it killed at its nth `call`, before that is carried out; as `killed_at_random`."""
    done = run_injected(case, evidence, call, f"signal=KILL:error=EIO:when={nth}", group=group, large=large, program=program)
    killed = done.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
    return killed, set(re.findall(r"^[0-9a-f]{64}$", done.stdout, re.MULTILINE))


def run_injected(
    case: Path, evidence: Path, call: str, fault: str, *, group: int, large: int = EACH, program: str = WRITER
) -> subprocess.CompletedProcess[str]:
    """Run a writer under strace with a fault injected into one kind of call, counted in each thread by itself."""
    calls = BOUNDARIES[call]
    strace = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:{fault}")
    command = writer(case, evidence, group=group, under=strace, large=large, program=program)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def can_trace() -> bool:
    """Whether strace is here and may inject."""
    if shutil.which("strace") is None:
        return False
    probe = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "inject=fsync:error=EIO:when=999", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def faults_after(case: Path, acknowledged: set[str]) -> Iterator[str]:
    """What is wrong with a case after a crash, in words: before the next writer comes, and after."""
    yield from (f"verify before settling: {c.subject}: {c.detail}" for c in verify_case(case) if c.verdict is Verdict.FAIL)
    with open_case(case, write="settling") as opened:
        with opened.asking() as connection:
            items = [item.id for item in queries.items(connection)]
        lost = acknowledged - set(items)
        yield from (f"acknowledged and not on record: {sha256}" for sha256 in lost)
        yield from (f"on record and not whole: {sha256}" for sha256 in items if not opened.vault.holds(sha256))
    in_place = [path.parent.name + path.name for path in (case / "vault").glob("??/*")]
    yield from (f"in its place without an entry: {name}" for name in set(in_place) - set(items))
    left = list((case / "vault" / "incoming").glob("*"))
    yield from (f"left in incoming: {path.name}" for path in left)
    yield from (f"verify: {c.subject}: {c.detail}" for c in verify_case(case) if c.verdict is Verdict.FAIL)


def faults_after_rerun(case: Path, evidence: Path) -> Iterator[str]:
    """What is wrong after the same is added again: all of it there, once."""
    subprocess.run(writer(case, evidence, group=50), check=True, capture_output=True)
    with open_case(case) as opened, opened.asking() as connection:
        items = [item.id for item in queries.items(connection)]
        receipts = queries.receipts(connection)
    offered = digests_below(evidence)
    if set(items) != offered or len(items) != len(offered):
        yield f"{len(items)} items of {len(offered)} different files"
    names = [receipt.name for received in receipts.values() for receipt in received]
    yield from (f"received twice: {name}" for name in set(names) if names.count(name) > 1)
    yield from (f"never received: {path.name}" for path in evidence.iterdir() if path.name not in names)
    yield from (f"verify: {c.subject}: {c.detail}" for c in verify_case(case) if c.verdict is Verdict.FAIL)
