"""Times the latent-class sampler: effective draws of the total per CPU-second, after 40,000 sweeps of warm-up, one chain a repeat.

Run: .venv/bin/python bench/lcmcr.py TABLE.csv [REPEATS]
"""

from __future__ import annotations

import platform
import statistics
import sys
import time

import numpy as np

from witnessmark.count.diagnostics import bulk_ess
from witnessmark.count.lcmcr_kernel import advance
from witnessmark.count.lcmcr_state import Cells, Prior, cells_of, dispersed_state
from witnessmark.count.table import CaptureTable


def effective_draws_a_second(cells: Cells, seed: int) -> float:
    """Of one chain of 10,000 draws."""
    rng = np.random.default_rng(seed)
    state, prior = dispersed_state(rng, cells, 10), Prior(shape=0.25, rate=0.25)
    advance(rng, cells, state, prior, np.empty(2_000, dtype=np.int64))
    draws = np.empty(10_000, dtype=np.int64)
    start = time.process_time()
    advance(rng, cells, state, prior, draws)
    return bulk_ess(draws[None, :].astype(np.float64)) / (time.process_time() - start)


def main(path: str, repeats: int) -> None:
    """Measure and print."""
    cells = cells_of(CaptureTable.read_csv(path))
    found = [effective_draws_a_second(cells, seed) for seed in range(repeats)]
    print(
        f"{path}: median {statistics.median(found):.0f} effective draws a CPU-second ({min(found):.0f}-{max(found):.0f}, {repeats} repeats), {platform.machine()}"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5)
