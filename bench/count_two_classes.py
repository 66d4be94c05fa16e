"""Why latent classes miss people hard to reach by every list: what the likelihood of two classes, one of them four times as hard to reach, can tell of the total.

Run: .venv/bin/python bench/count_two_classes.py [POPULATIONS]
Prints, for several designs: the total over truth at the greatest likelihood of one class (lists independent) and of two, and the gain in log-likelihood of the second class, which
has lists + 1 parameters more. Then, for the first three populations, how far the likelihood of two classes falls at totals other than its best; and the posterior of the
total under two classes by the sampler and by a differential-evolution Metropolis sampler that shares no code with it (ter Braak, Statistics and Computing 16, 2006); last
the sampler with other settings. Takes a quarter of an hour.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, gammaln, xlog1py

from witnessmark.count.estimate import estimate
from witnessmark.count.gates import Gates
from witnessmark.count.table import CaptureTable

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """How many lists there are, how many times the 1,000 to 3,000 people, between what a list reaches of the easier half, and how many times less of the other."""

    lists: int = 4
    times: int = 1
    low: float = 0.1
    high: float = 0.4
    ratio: float = 4.0


DESIGNS = {
    "no such groups": Design(ratio=1),
    "as in bench/count_coverage.py": Design(),
    "ten times the people": Design(times=10),
    "a hundred times the people": Design(times=100),
    "lists twice as long": Design(low=0.2, high=0.7),
    "six lists": Design(lists=6),
}
SETTINGS: tuple[tuple[str, dict[str, float]], ...] = (
    ("as in bench/count_coverage.py", {}),
    ("as in bench/count_coverage.py", {"K": 2}),
    ("as in bench/count_coverage.py", {"a": 1.0, "b": 1.0}),
    ("as in bench/count_coverage.py", {"a": 2.0, "b": 1.0}),
    ("as in bench/count_coverage.py", {"a": 5.0, "b": 1.0}),
    ("lists twice as long", {}),
)
GRID = (0.7, 0.8, 0.9, 1.0, 1.3, 2.0, 5.0, 10.0)
CHAINS, ROUNDS = 60, 30_000
QUICK = Gates(median_error=0.01, end_error=0.03)


def population(seed: int, design: Design) -> tuple[CaptureTable, int]:
    """As those of `evaluate.coverage`, and their number."""
    rng = np.random.default_rng([2, seed])
    truth = int(rng.integers(1_000, 3_001)) * design.times
    chances = np.tile(rng.uniform(design.low, design.high, design.lists), (truth, 1))
    chances[rng.random(truth) < 0.5] /= design.ratio
    listed = rng.random((truth, design.lists)) < chances
    counted = np.bincount(listed @ (1 << np.arange(design.lists)), minlength=1 << design.lists)
    return CaptureTable.from_histories("ABCDEF"[: design.lists], enumerate(counted.tolist())), truth


def log_cells(table: CaptureTable, parameters: Floats) -> Floats:
    """Logarithms of the cells' probabilities, `(rows, cells)`, for rows of one weight and two sets of capture probabilities on the logit scale, or one set alone."""
    on = table.design().astype(float)
    lists = on.shape[1]
    weight = expit(parameters[:, :1]) if parameters.shape[1] > lists else np.ones((len(parameters), 1))
    logits = parameters[:, -(parameters.shape[1] // lists) * lists :].reshape(len(parameters), -1, lists)
    cells = np.exp(-np.logaddexp(0, -logits) @ on.T - np.logaddexp(0, logits) @ (1 - on).T)
    mixed = weight * cells[:, 0] + (1 - weight) * cells[:, -1]
    return np.asarray(np.log(np.maximum(mixed, 1e-300)))


def greatest(table: CaptureTable, classes: int, unseen: float | None = None, starts: int = 6) -> tuple[float, float]:
    """The greatest log-likelihood, given who was seen or given so many unseen, and the total it goes with."""
    counts = np.array(table.counts, dtype=float)
    seen, size = counts.sum(), classes * len(table.lists) + classes - 1

    def loss(parameters: Floats) -> float:
        logs = log_cells(table, parameters[None, :])[0]
        if unseen is None:
            return -float(counts[1:] @ logs[1:] - xlog1py(seen, -min(np.exp(logs[0]), 1 - 1e-12)))
        ways = gammaln(seen + unseen + 1) - gammaln(unseen + 1) - gammaln(seen + 1)
        return -float(counts[1:] @ logs[1:] + unseen * logs[0] + ways)

    rng = np.random.default_rng(0)
    found = [minimize(loss, rng.normal(-1.5, 1, size), method="L-BFGS-B", bounds=[(-12, 12)] * size) for _ in range(starts)]
    best = min(found, key=lambda one: float(one.fun))
    return -float(best.fun), float(seen / -np.expm1(log_cells(table, best.x[None, :])[0, 0]))


def log_posterior(table: CaptureTable, parameters: Floats) -> Floats:
    """Of two classes under the sampler's prior, concentration and total summed out; `(rows,)`."""
    counts = np.array(table.counts, dtype=float)
    logs = log_cells(table, parameters)
    likelihood = logs[:, 1:] @ counts[1:] - counts.sum() * np.log1p(-np.minimum(np.exp(logs[:, 0]), 1 - 1e-12))
    rest = -np.logaddexp(0, parameters[:, 0])
    stick = -rest - 1.25 * np.log(0.25 - rest)
    jacobian = -np.logaddexp(0, parameters) - np.logaddexp(0, -parameters)
    return np.asarray(likelihood + stick + jacobian.sum(axis=1))


def walked_totals(table: CaptureTable, seed: int) -> Floats:
    """Draws of the total, after a third of the rounds."""
    rng = np.random.default_rng(seed)
    at = rng.normal(-1.5, 1.5, (CHAINS, 1 + 2 * len(table.lists)))
    height, half, kept = log_posterior(table, at), CHAINS // 2, []
    for number in range(ROUNDS):
        order = rng.permutation(CHAINS)
        some, others = order[:half], order[half:]
        scale = np.where(rng.random((half, 1)) < 0.1, 1.0, 2.38 / np.sqrt(2 * at.shape[1]) * rng.uniform(0.3, 1.2, (half, 1)))
        moved = rng.random((half, at.shape[1])) < rng.choice([0.2, 0.5, 1.0])
        step = scale * (at[rng.choice(others, half)] - at[rng.choice(others, half)])
        proposed = at[some] + np.where(moved, step, 0) + rng.normal(0, 0.01, step.shape)
        reached = log_posterior(table, proposed)
        taken = np.log(rng.random(half)) < reached - height[some]
        at[some[taken]], height[some[taken]] = proposed[taken], reached[taken]
        if number > ROUNDS // 3 and number % 10 == 0:
            kept.append(table.documented / -np.expm1(log_cells(table, at)[:, 0]))
    return np.concatenate(kept)


def compare_samplers() -> None:
    """The likelihood at several totals, and the posterior by both samplers."""
    for seed in range(3):
        table, truth = population(seed, Design())
        profile = np.array([greatest(table, 2, max(times * truth - table.documented, 1.0))[0] for times in GRID])
        falls = ", ".join(f"{times:g}: {fall:.1f}" for times, fall in zip(GRID, profile - profile.max(), strict=True))
        found = estimate(table, "lcmcr", seed=seed, K=2, gates=QUICK, most_sweeps=80_000)
        ours = [end / truth for end in (found.interval.low, found.total or 0.0, found.interval.high)] if found.interval else []
        walked = np.quantile(walked_totals(table, seed), [0.025, 0.5, 0.975]) / truth
        print(f"population {seed}: log-likelihood at total / truth {falls}")
        print(f"  posterior / truth: sampler {[round(end, 3) for end in ours]}, the other {walked.round(3).tolist()}", flush=True)


def vary_settings(populations: int) -> None:
    """The sampler with other priors."""
    for name, setting in SETTINGS:
        ratios, held = [], 0
        for seed in range(populations):
            table, truth = population(seed, DESIGNS[name])
            found = estimate(table, "lcmcr", seed=seed, gates=QUICK, most_sweeps=80_000, **setting)
            if found.total is not None and found.interval is not None:
                ratios.append(found.total / truth)
                held += found.interval.low <= truth <= found.interval.high
        written = f"{name}, {setting or 'defaults'}: {populations - len(ratios)} of {populations} refused"
        print(
            f"{written}; total / truth {np.median(ratios) if ratios else float('nan'):.2f}, {held} of {len(ratios)} intervals hold the truth",
            flush=True,
        )


def main(populations: int) -> None:
    """Measure and print."""
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {populations} populations of each design")
    for name, design in DESIGNS.items():
        drawn = [population(seed, design) for seed in range(populations)]
        fits = [(greatest(table, 1, starts=1), greatest(table, 2), truth) for table, truth in drawn]
        ratios = [(single[1] / truth, double[1] / truth) for single, double, truth in fits]
        one, two = (np.array([totals[k] for totals in ratios]) for k in (0, 1))
        gain = np.array([double[0] - single[0] for single, double, _ in fits])
        spread = f"two {np.median(two):.2f} ({two.min():.2f}-{two.max():.2f})"
        print(
            f"{name}: total over truth, one class {np.median(one):.2f}, {spread}; gain {np.median(gain):.1f} ({gain.min():.1f}-{gain.max():.1f})",
            flush=True,
        )
    compare_samplers()
    vary_settings(populations)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
