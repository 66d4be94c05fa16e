"""How often each counting method's 95 % interval holds the truth, over simulated populations of several kinds.

Run: .venv/bin/python bench/count_coverage.py [POPULATIONS_OF_EACH_KIND] [METHOD...]
Prints, for each kind and method: populations, refusals, the share of the intervals given that hold the truth, the median of total over truth and of width over
truth, and CPU seconds. The latent-class sampler runs with half the default precision of the median, a third of that of the ends and an eighth of its budget, so it refuses at other times than in use.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time

from witnessmark.count.estimate import METHODS, estimate
from witnessmark.count.gates import Gates
from witnessmark.count.table import CaptureTable
from witnessmark.evaluate.coverage import KINDS, Coverage, Method, measure
from witnessmark.model.estimate import Estimate

QUICK = Gates(median_error=0.01, end_error=0.03)
SWEEPS = 80_000


def latent_classes(table: CaptureTable, seed: int) -> Estimate:
    """The latent-class method at less precision and less of a budget."""
    return estimate(table, "lcmcr", seed=seed, gates=QUICK, most_sweeps=SWEEPS)


def by_name(name: str) -> Method:
    """A method at its defaults."""
    return lambda table, seed: estimate(table, name, seed=seed)


def show(found: Coverage, seconds: float) -> None:
    """One line of the table."""
    given = found.populations - found.refused
    if not given:
        print(f"| {found.kind} | {found.method} | {found.populations} | {found.refused} | - | - | - | {seconds:.0f} |", flush=True)
        return
    shares = f"{found.covered / given:.1%} ({found.covered} of {given})"
    medians = f"{statistics.median(found.ratios):.2f} | {statistics.median(found.widths):.2f}"
    print(f"| {found.kind} | {found.method} | {found.populations} | {found.refused} | {shares} | {medians} | {seconds:.0f} |", flush=True)


def main(populations: int, names: list[str]) -> None:
    """Measure and print."""
    methods = {name: latent_classes if name == "lcmcr" else by_name(name) for name in METHODS if not names or name in names}
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print("| population | method | populations | refused | interval holds the truth | total / truth | width / truth | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in KINDS:
        for name, method in methods.items():
            start = time.process_time()
            (found,) = measure({name: method}, kind, populations)
            show(found, time.process_time() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, sys.argv[2:])
