"""Times the latent-class sampler: effective draws of the total per CPU-second, four chains a repeat, each after a warm-up of 40,000 sweeps that is not counted.

Run: .venv/bin/python bench/lcmcr.py TABLE.csv [REPEATS]
An effective sample size is itself an estimate, and from one chain it may be off by half; so it is taken of four chains together, which also lets chains that disagree count against it, and all
repeats are pooled. Figures of R's LCMCR on another machine or another day stand beside it for no more than the order: 54 to 60 on Kosovo 1999, 127 to 156 on UK 2013.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time

import numpy as np

from witnessmark.count.diagnostics import bulk_ess, split_rhat
from witnessmark.count.lcmcr_kernel import advance
from witnessmark.count.lcmcr_state import THIN, Cells, Prior, cells_of, dispersed_state
from witnessmark.count.table import CaptureTable

CHAINS, WARM_UP, DRAWS = 4, 2_000, 10_000


def sampled(cells: Cells, seed: int) -> tuple[float, float, float]:
    """Effective draws, CPU-seconds, and split R-hat, of four chains."""
    draws, seconds = np.empty((CHAINS, DRAWS), dtype=np.int64), 0.0
    prior = Prior(shape=0.25, rate=0.25)
    for row, source in zip(draws, np.random.SeedSequence(seed).spawn(CHAINS), strict=True):
        rng = np.random.default_rng(source)
        state = dispersed_state(rng, cells, 10)
        advance(rng, cells, state, prior, np.empty(WARM_UP, dtype=np.int64))
        start = time.process_time()
        advance(rng, cells, state, prior, row)
        seconds += time.process_time() - start
    totals = draws.astype(np.float64)
    return bulk_ess(totals), seconds, split_rhat(totals)


def main(path: str, repeats: int) -> None:
    """Measure and print."""
    cells = cells_of(CaptureTable.read_csv(path))
    found = [sampled(cells, seed) for seed in range(repeats)]
    rates = [size / seconds for size, seconds, _ in found]
    seconds = sum(each for _, each, _ in found)
    whole = sum(size for size, _, _ in found) / seconds
    sweep = seconds / (repeats * CHAINS * DRAWS * THIN)
    print(
        f"{path}: {whole:.0f} effective draws a CPU-second over {repeats} repeats of {CHAINS} chains; a repeat by itself {statistics.median(rates):.0f} "
        f"({min(rates):.0f} to {max(rates):.0f}); {sweep * 1e6:.1f} microseconds a sweep; largest R-hat {max(each for _, _, each in found):.4f}; {platform.machine()}"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)
