"""How quickly an encrypted case takes in one large file, beside a plain copy with a hash, and how long unlocking takes.

    python bench/encrypted.py --gigabytes 5 --repeats 5 [--folder /somewhere/on/a/disk]

The three are measured in turn, again and again, so that a busy minute strikes all of them: `cp` and hash in one pass with fsync (the reference), an
original preserved in a plain vault, and one in an encrypted vault (hashed, encrypted, hashed again, synced). Prints median and range, and the same for each second of processor time, which a busy machine changes less. Needs four
times the size on the disk.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from witnessmark.preserve.vault import BUFFER_BYTES, Vault
from witnessmark.protect.age import Age, new_identity
from witnessmark.protect.passphrase import open_with, seal_with

GIGABYTE = 10**9


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=5.0)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="witnessmark-bench-", dir=asked.folder) as made:
        folder = Path(made)
        size = make_file(folder / "large.bin", int(asked.gigabytes * GIGABYTE))
        ways: dict[str, Callable[[Path], None]] = {
            "copy and hash": copy_and_hash,
            "plain vault": lambda source: preserve(source, folder / "plain", None),
            "encrypted vault": lambda source: preserve(source, folder / "sealed", Age(new_identity())),
        }
        rates: dict[str, list[float]] = {name: [] for name in ways}
        worked: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(asked.repeats):
            for name, way in ways.items():
                before = time.process_time()
                rates[name].append(size / 1e6 / seconds(partial(way, folder / "large.bin")))
                worked[name].append(size / 1e6 / (time.process_time() - before))
        for name, found in rates.items():
            of_processor = f"{statistics.median(worked[name]):.0f} MB for a second of processor time"
            spread = f"{min(found):.0f} to {max(found):.0f}, {len(found)} repeats of {size / GIGABYTE:g} GB"
            print(f"{name:16} {statistics.median(found):7.0f} MB/s  ({spread}); {of_processor}")
    sealed = seal_with("six words drawn at random here", b"{}")
    unlocking = [seconds(lambda: open_with("six words drawn at random here", sealed)) for _ in range(asked.repeats)]
    print(
        f"{'unlocking':16} {statistics.median(unlocking):7.2f} s     ({min(unlocking):.2f} to {max(unlocking):.2f}), the passphrase alone"
    )


def make_file(path: Path, size: int) -> int:
    """A file of bytes that no compression or repetition makes easier; its size."""
    block = bytearray(os.urandom(8 * 1024 * 1024))
    with path.open("wb") as file:
        for number in range(0, size, len(block)):
            block[:8] = number.to_bytes(8, "big")
            file.write(block[: size - number])
        file.flush()
        os.fsync(file.fileno())
    return size


def copy_and_hash(source: Path) -> None:
    """The reference: one pass, 256 KiB at a time, synced."""
    target, digest = source.with_suffix(".copy"), hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as write:
        while block := read.read(BUFFER_BYTES):
            digest.update(block)
            write.write(block)
        write.flush()
        os.fsync(write.fileno())
    target.unlink()


def preserve(source: Path, folder: Path, cipher: Age | None) -> None:
    """Store a file in a new vault, acknowledged."""
    vault = Vault(folder, cipher, work=folder)
    with source.open("rb") as file:
        stored = vault.stage(file)
    vault.keep([stored], witness=lambda: None)
    shutil.rmtree(folder)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
