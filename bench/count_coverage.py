"""How often each counting method's 95 % interval holds the truth, over simulated populations of several kinds.

Run: .venv/bin/python bench/count_coverage.py [POPULATIONS_OF_EACH_KIND] [METHOD...]
Prints, for each kind and method: populations, refusals, the share of the intervals given that hold the truth, the median of total over truth and of width over
truth, and CPU seconds. The latent-class sampler runs with half the default precision of the median, a third of that of the ends and an eighth of its budget, so it refuses at other times than in use.
"""

from __future__ import annotations

import importlib
import importlib.util
import platform
import statistics
import sys
import time
from functools import partial

from witnessmark.count.gates import Gates
from witnessmark.count.lcmcr import estimate_lcmcr
from witnessmark.count.table import CaptureTable
from witnessmark.evaluate.coverage import KINDS, Coverage, Method, measure
from witnessmark.model.estimate import Estimate

QUICK = Gates(median_error=0.01, end_error=0.03)
SWEEPS = 80_000
EVERY_METHOD = "witnessmark.count.estimate"


def latent_classes(table: CaptureTable, seed: int) -> Estimate:
    """The latent-class method at less precision and less of a budget."""
    return estimate_lcmcr(table, seed=seed, gates=QUICK, most_sweeps=SWEEPS)


def every_method() -> dict[str, Method]:
    """The methods that are present, by name."""
    methods: dict[str, Method] = {"lcmcr": latent_classes}
    if importlib.util.find_spec(EVERY_METHOD):
        module = importlib.import_module(EVERY_METHOD)
        methods |= {name: partial(by_name, module.estimate, name) for name in module.METHODS if name not in methods}
    return methods


def by_name(estimate: object, name: str, table: CaptureTable, seed: int) -> Estimate:
    """One of the methods of `witnessmark.count.estimate`, at its defaults."""
    if not callable(estimate):
        raise TypeError(f"{EVERY_METHOD}.estimate is no function")
    found = estimate(table, name, seed=seed)
    if not isinstance(found, Estimate):
        raise TypeError(f"{name} gave {type(found).__name__}")
    return found


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
    methods = {name: method for name, method in every_method().items() if not names or name in names}
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
