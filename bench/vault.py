"""Times the vault beside plain copying and `bagit.py`, in turns within one run, and prints the ratios: the machine's own speed cancels out.

Run: .venv/bin/python bench/vault.py small|large|verify [REPEATS] [SIZE]
  small   SIZE files (10,000) of 1 to 8 KB: `witnessmark add` beside `cp -r` and `sync`
  large   one file of SIZE MB (5,000): `witnessmark add` beside `cp` and `sync`
  verify  SIZE files (10,000) of 1 to 8 KB: `witnessmark verify` beside `bagit.py --validate --processes 2`; then one core's speed on 1 GB
Prints every repeat, then median and range, and what OpenSSL says this core can hash.
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from witnessmark.preserve.hashing import hash_file

MEGABYTE = 1_000_000


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run(*command: str | Path) -> None:
    """A command that must succeed, quietly."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True, stdin=subprocess.DEVNULL)


def witnessmark(*arguments: str | Path) -> None:
    """A verb of the program, as a process of its own."""
    run(sys.executable, "-m", "witnessmark", *arguments)


def lay_small(folder: Path, files: int) -> None:
    """Files of 1 to 8 KB, no two alike, 500 to a folder."""
    chance = random.Random(1)  # noqa: S311 -- sizes, not secrets
    for n in range(files):
        path = folder / f"{n // 500:03}" / f"{n:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.randint(512, 4096)).hex().encode())


def lay_large(path: Path, megabytes: int) -> None:
    """One file that no file system can make smaller."""
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(MEGABYTE))


def copied(source: Path, target: Path) -> None:
    """What every tool can do: copy, and have it on disk."""
    run("cp", "-r", source, target)
    run("sync")


def added(source: Path, case: Path) -> Callable[[], None]:
    """Adding to a new case, which is made beforehand."""
    witnessmark("new", case)
    run("sync")
    return lambda: witnessmark("add", case, source)


def add_beside_copy(source: Path, folder: Path, repeats: int, megabytes: float, *, keep: bool) -> None:
    """`add` and `cp` + `sync` by turns. Where they can be kept, nothing is deleted until the end: a disk that discards what was freed is slow for whoever comes next."""
    copies, adds = [], []
    for repeat in range(repeats):
        target, case = folder / f"copy-{repeat}", folder / f"case-{repeat}"
        copies.append(timed(lambda target=target: copied(source, target)))  # type: ignore[misc]
        if not keep:
            target.unlink()
            run("sync")
        adds.append(timed(added(source, case)))
        if not keep:
            shutil.rmtree(case)
            run("sync")
        print(f"{repeat + 1}: cp + sync {copies[-1]:.2f} s, add {adds[-1]:.2f} s, ratio {adds[-1] / copies[-1]:.2f}", flush=True)
    tell("cp + sync", copies, "s")
    tell("add", adds, "s")
    tell("add", [megabytes / seconds for seconds in adds], "MB/s")
    tell("add to cp + sync", [mine / theirs for mine, theirs in zip(adds, copies, strict=True)], "times")


def verify_beside_bagit(folder: Path, files: int, repeats: int) -> None:
    """`verify` of a case and `bagit.py --validate` of a bag of the same files by turns."""
    lay_small(folder / "bag", files)
    case = folder / "case"
    added(folder / "bag", case)()
    run(sys.executable, "-m", "bagit", "--quiet", folder / "bag")
    bags, cases, hashed = [], [], []
    for repeat in range(repeats):
        bags.append(timed(lambda: run(sys.executable, "-m", "bagit", "--quiet", "--validate", "--processes", "2", folder / "bag")))
        cases.append(timed(lambda: witnessmark("verify", case)))
        print(f"{repeat + 1}: bagit {bags[-1]:.2f} s, verify {cases[-1]:.2f} s", flush=True)
    large = folder / "large"
    lay_large(large, 1000)
    hash_file(large)
    hashed = [1000 / timed(lambda: hash_file(large)) for _ in range(repeats)]
    tell("bagit.py --validate --processes 2", bags, "s")
    tell("verify", cases, "s")
    tell("hashing a file of 1 GB in the page cache, one core", hashed, "MB/s")


def tell(what: str, figures: list[float], unit: str) -> None:
    """Median and range."""
    print(f"{what}: median {statistics.median(figures):.2f} {unit} ({min(figures):.2f}-{max(figures):.2f}, {len(figures)} repeats)")


def tell_machine() -> None:
    """What the figures were measured on, and what one core can hash at most."""
    speed = shutil.which("openssl")
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    if speed:
        done = subprocess.run([speed, "speed", "-bytes", "262144", "-seconds", "1", "sha256"], capture_output=True, text=True, check=False)
        print("openssl speed sha256, blocks of 256 KiB:", done.stdout.splitlines()[-1].split()[-1])


def main(what: str, repeats: int, size: int | None) -> None:
    """One of the three measures."""
    tell_machine()
    with tempfile.TemporaryDirectory(prefix="witnessmark-vault-") as name:
        folder = Path(name)
        if what == "small":
            lay_small(folder / "evidence", size or 10_000)
            run("sync")
            megabytes = sum(path.stat().st_size for path in (folder / "evidence").rglob("*.txt")) / MEGABYTE
            add_beside_copy(folder / "evidence", folder, repeats, megabytes, keep=True)
        elif what == "large":
            lay_large(folder / "large.bin", size or 5_000)
            run("sync")
            add_beside_copy(folder / "large.bin", folder, repeats, size or 5_000, keep=False)
        else:
            verify_beside_bagit(folder, size or 10_000, repeats)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5, int(sys.argv[3]) if len(sys.argv) > 3 else None)
