"""How fast entries with their bodies come to lie durably in a log, and how fast a log is opened again.

In turns with a reference written here by hand: the compact range of the same lines, hashed and nothing else (no canonical JSON, no salt, no commitment,
no file). Bodies are receipts as `add` records them, invented.
"""

from __future__ import annotations

import argparse
import hashlib
import secrets
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from witnessmark.ledger.log import Log
from witnessmark.ledger.proofs import Tree, prove_inclusion
from witnessmark.ledger.tiles import write_tiles
from witnessmark.model.deed import ItemReceived, Label, action_of
from witnessmark.model.entry import Stream
from witnessmark.model.item import Receipt

AT, ACTOR = "2026-11-29T08:00:00Z", "k-0011223344556677"


class Watch:
    """Seconds by the clock and of the processor since the last look."""

    def __init__(self) -> None:
        self._last = time.perf_counter(), time.process_time()

    def lap(self) -> tuple[float, float]:
        """Both, and start anew."""
        now, before = (time.perf_counter(), time.process_time()), self._last
        self._last = now
        return now[0] - before[0], now[1] - before[1]


def main() -> None:
    """Print the median and range of each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", nargs="?", type=int, default=100_000, help="entries in one batch (default: %(default)s)")
    parser.add_argument("repeats", nargs="?", type=int, default=5, help="interleaved repeats (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where to write; the system's temporary folder by default, which may be no disk")
    given = parser.parse_args()
    acts = [(action_of(deed), deed) for deed in map(receipt, range(given.entries))]
    figures: dict[str, list[tuple[float, float]]] = {}
    for _ in range(given.repeats):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            for what, seconds in measure(Path(folder), acts).items():
                figures.setdefault(what, []).append(seconds)
    print(f"{given.entries:,} entries, {given.repeats} runs; entries a second by the clock, and a second of processor time")
    for what, all_taken in figures.items():
        clock, processor = (sorted(given.entries / taken[kind] for taken in all_taken) for kind in (0, 1))
        print(f"{what:52} {told(clock)}    {told(processor)}")


def told(rates: list[float]) -> str:
    """Median and range."""
    return f"{statistics.median(rates):9,.0f} ({rates[0]:,.0f}-{rates[-1]:,.0f})"


def measure(case: Path, acts: Sequence[tuple[str, ItemReceived]]) -> dict[str, tuple[float, float]]:
    """The seconds of each kind of work, done once."""
    taken: dict[str, tuple[float, float]] = {}
    log, watch = Log(case, Stream.CUSTODY), Watch()
    log.append(log.prepare(acts, at=AT, actor=ACTOR))
    taken["entries and bodies appended in one batch, durable"] = watch.lap()
    opened = Log(case, Stream.CUSTODY)
    taken["a log opened again"] = watch.lap()
    lines = list(opened.lines())
    watch.lap()
    root = by_hand(lines)
    taken["by hand: compact range of these lines, in memory"] = watch.lap()
    if not root.hex() == log.head.root == opened.head.root:
        raise SystemExit("The reference and the log give unlike roots.")
    write_tiles(case, case / "out", Stream.CUSTODY, len(lines), with_entries=False)
    taken["first tiles written, durable"] = watch.lap()
    tree = Tree([hashlib.sha256(b"\x00" + line).digest() for line in lines])
    for index in range(len(lines)):
        prove_inclusion(tree.perfect, index, len(lines))
    taken["inclusion proofs of all, tree included"] = watch.lap()
    return taken


def by_hand(lines: Sequence[bytes]) -> bytes:
    """RFC 6962's root by the shortest way there is in Python."""
    sha256 = hashlib.sha256
    peaks: list[bytes] = []
    for count, line in enumerate(lines):
        node, low = sha256(b"\x00" + line).digest(), count
        while low & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            low >>= 1
        peaks.append(node)
    root = peaks.pop()
    while peaks:
        root = sha256(b"\x01" + peaks.pop() + root).digest()
    return root


def receipt(number: int) -> ItemReceived:
    """A receipt of an invented file."""
    item = hashlib.sha256(str(number).encode()).hexdigest()
    label = Label(item, f"I{number + 1}", secrets.token_hex(8))
    return ItemReceived(Receipt(item, AT, f"photograph-{number}.jpg", "added from a folder"), 123_456, "image/jpeg", label)


if __name__ == "__main__":
    main()
