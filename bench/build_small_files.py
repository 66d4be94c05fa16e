"""Times `witnessmark build` of many small files, then the same again with nothing to do.

Run: .venv/bin/python bench/build_small_files.py [FILES] [RUNS]
Prints seconds of wall time and of processor time for each run, and the median and range.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = """HALVEN, {day} May 2031 (Northern Wire) -- Guards killed at least {n} detainees at Korrin prison, envoy Ana Brecht told reporters.

The Tolvarian Foreign Ministry denied the allegation. "Nothing of the kind took place," it said in statement number {i}.
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of a command and all it started."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, used


def main(files: int, runs: int) -> None:
    """Build afresh `runs` times, each followed by a run with nothing to do."""
    program = str(Path(sys.executable).with_name("witnessmark"))
    first, second = [], []
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            evidence = Path(folder) / "evidence"
            evidence.mkdir()
            for i in range(files):
                (evidence / f"{i:05}.txt").write_text(TEXT.format(day=i % 28 + 1, n=i % 60 + 2, i=i), encoding="utf-8")
            command = [program, "build", str(evidence), "--case", str(Path(folder) / "case")]
            first.append(timed(command))
            second.append(timed(command))
            print(
                f"run {run + 1}: build {first[-1][0]:.2f} s (cpu {first[-1][1]:.2f}); again {second[-1][0]:.2f} s (cpu {second[-1][1]:.2f})",
                flush=True,
            )
    for name, times in (("build", first), ("again", second)):
        walls = sorted(wall for wall, _ in times)
        print(f"{name}: {files} files, median {statistics.median(walls):.2f} s, range {walls[0]:.2f}-{walls[-1]:.2f} s over {runs} runs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
