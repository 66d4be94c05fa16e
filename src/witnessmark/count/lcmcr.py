"""Bayesian latent-class estimation of a population from lists that overlap (LCMCR).

People belong to hidden classes, in each of which lists record them independently of each other; how many classes there are, how large they are and how
likely each list is to record their members is learned, by a Dirichlet process of at most `K` classes with concentration ~ Gamma(a, b), capture
probabilities ~ Beta(1, 1) and p(N) proportional to 1 / N. Source: Manrique-Vallier, D. (2016), Biometrics 72, 1246-1254.

Many short chains are scouted first, from starts dispersed over unseen populations of a tenth to thirty times the seen. The chains proper go on from scouts
spread over the whole range of totals these found, the lowest and the highest among them: where the posterior has several peaks, chains sit on several. Then
they run in rounds, each doubling what was run before, the first half always dropped, until every gate is kept or the budget is spent: then there is no estimate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from witnessmark.count.gates import FEWEST_CHAINS, Gates, check, passed, refusal, traced
from witnessmark.count.lcmcr_state import THIN, Cells, Prior, State, cells_of, dispersed_state
from witnessmark.count.table import CaptureTable
from witnessmark.errors import MissingPartError, UsageError
from witnessmark.model.estimate import Estimate, Interval

METHOD = "lcmcr/1"
ASSUMPTION = "Everyone belongs to one of a few hidden groups, whose members each list records independently of the other lists, and no group is out of reach of all the lists."
SCOUTS, SCOUTED = 32, 2_000
"""How many scouts, and how many sweeps each: enough on the published tables to leave the start, and too few to leave one peak for another."""
FIRST_ROUND = 1_000
"""Draws a chain in the first round, THIN sweeps apart."""
SMALLEST_PRIOR = 1e-6
FEWEST_SWEEPS = 100 * THIN
MOST_KEPT = 4_000
"""Draws of the total handed on with an estimate."""


class _Chain(NamedTuple):
    rng: np.random.Generator
    state: State


def estimate_lcmcr(  # noqa: PLR0913 - the parameters of the method, as its papers name them
    table: CaptureTable,
    *,
    seed: int = 1,
    level: float = 0.95,
    K: int = 10,  # noqa: N803 - the paper's name
    a: float = 0.25,
    b: float = 0.25,
    chains: int = 4,
    most_sweeps: int = 640_000,
    gates: Gates | None = None,
) -> Estimate:
    """The posterior of the total, or a refusal: `total` its median, `interval` the central one of probability `level`.

    `K` is the most classes, `a` and `b` shape and rate of the concentration's Gamma prior, `most_sweeps` the budget of each chain. The same arguments give
    the same estimate on one machine and set of libraries. The table is one that `checks` has nothing against; `estimate` sees to that.

    Raises:
        UsageError: a parameter is out of its range.
        MissingPartError: numba or scipy is not installed.
    """
    parameters: dict[str, float | int | str | bool] = {"K": K, "a": a, "b": b, "chains": chains, "most_sweeps": most_sweeps}
    _require(level, parameters)
    blank = Estimate(
        documented=table.documented,
        total=None,
        interval=None,
        level=level,
        method=METHOD,
        assumption=ASSUMPTION,
        parameters=parameters,
        seed=seed,
    )
    cells = cells_of(table)
    started = _scouted_chains(cells, Prior(shape=a, rate=b), classes=K, chains=chains, seed=seed)
    return _sample(blank, cells, Prior(shape=a, rate=b), started, gates or Gates())


def _sample(blank: Estimate, cells: Cells, prior: Prior, chains: list[_Chain], gates: Gates) -> Estimate:
    most_sweeps = int(blank.parameters["most_sweeps"])
    length = min(FIRST_ROUND, most_sweeps // THIN)
    drawn = _advance(chains, cells, prior, length)
    while True:
        kept = (drawn[:, drawn.shape[1] // 2 :] + blank.documented).astype(np.float64)
        checks = check(kept, blank.level, gates)
        more = min(drawn.shape[1], most_sweeps // THIN - drawn.shape[1])
        if passed(checks) or more <= 0:
            break
        drawn = np.concatenate([drawn, _advance(chains, cells, prior, more)], axis=1)
    blank = replace(blank, diagnostics=checks, chains=traced((drawn + blank.documented).astype(np.float64), checks, THIN))
    if not passed(checks):
        return replace(blank, refused=refusal(checks, kept, drawn.shape[1] * THIN))
    low, median, high = np.quantile(kept, [(1 - blank.level) / 2, 0.5, (1 + blank.level) / 2])
    return replace(
        blank,
        total=float(median),
        interval=Interval(low=float(low), high=float(high)),
        draws=tuple(_thinned(kept).tolist()),
    )


def _scouted_chains(cells: Cells, prior: Prior, *, classes: int, chains: int, seed: int) -> list[_Chain]:
    """Chains that go on from scouts at even ranks of the totals they found, the lowest and the highest included."""
    sources = np.random.SeedSequence(seed).spawn(max(SCOUTS, chains))
    scouts = []
    for source in sources:
        rng = np.random.Generator(np.random.PCG64(source))
        scouts.append(_Chain(rng, dispersed_state(rng, cells, classes)))
    seen = _advance(scouts, cells, prior, SCOUTED // THIN)
    found = np.median(seen[:, seen.shape[1] // 2 :], axis=1)
    ranks = np.linspace(0, len(scouts) - 1, chains).round().astype(int)
    return [scouts[i] for i in np.argsort(found, kind="stable")[ranks]]


def _advance(chains: list[_Chain], cells: Cells, prior: Prior, draws: int) -> NDArray[np.int64]:
    """Draws of the unseen, `(chains, draws)`."""
    try:
        from witnessmark.count.lcmcr_kernel import advance
    except ModuleNotFoundError as error:
        raise MissingPartError(
            f"The latent-class method needs {error.name}, which is not installed here. Install it with: pip install 'witnessmark[count]'"
        ) from error
    unseen = np.empty((len(chains), draws), dtype=np.int64)
    for chain, row in zip(chains, unseen, strict=True):
        advance(chain.rng, cells, chain.state, prior, row)
    return unseen


def _thinned(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most MOST_KEPT of the draws, evenly spaced, one chain after the other."""
    step = -(-draws.size // MOST_KEPT)
    return draws.reshape(-1)[::step]


def _require(level: float, parameters: dict[str, float | int | str | bool]) -> None:
    allowed = {
        "K": (2, "at least 2 classes"),
        "a": (SMALLEST_PRIOR, f"at least {SMALLEST_PRIOR}"),
        "b": (SMALLEST_PRIOR, f"at least {SMALLEST_PRIOR}"),
        "chains": (FEWEST_CHAINS, f"at least {FEWEST_CHAINS} chains, without which agreement says little"),
        "most_sweeps": (FEWEST_SWEEPS, f"at least {FEWEST_SWEEPS} sweeps"),
    }
    if not 0 < level < 1:
        raise UsageError(f"The level of an interval lies between 0 and 1, as 0.95 does; here it is {level}.")
    for name, (least, words) in allowed.items():
        if not float(parameters[name]) >= least:
            raise UsageError(f"The latent-class method cannot be run with {name} = {parameters[name]}: {words}.")
