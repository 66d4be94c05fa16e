"""The total averaged over every decomposable graph of dependence between the lists (Madigan & York, Biometrika 84, 1997; the R package dga).

Given a graph, cell probabilities have a hyper-Dirichlet prior with `delta` prior people in each cell of the full table (Dawid & Lauritzen, Annals of Statistics 21, 1993), so the
likelihood of a total is a ratio of gamma functions. Graphs are equally likely beforehand, totals in proportion to 1/N up to a bound on the unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.count.graphs import Graph, decomposable_graphs
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import Terms, write_model
from witnessmark.errors import UsageError
from witnessmark.model.estimate import Diagnostic, Estimate, Interval

METHOD = "decomposable/1"
MOST_LISTS = 6
EXACT = 20_000
"""Every number of unseen up to here is weighed by itself; beyond, each stands for those since the one before, `FINENESS` to every e-fold."""
FINENESS = 2000
TIMES_DOCUMENTED = 100
MOST_AT_BOUND = 1e-3
MOST_SATURATED = 0.5
SHOWN = 5
DRAWS = 2000
AT_ONCE = 256
ASSUMPTION = (
    "Lists depend on each other as in some decomposable graph, all equally likely beforehand; everyone within this table has the same chances, "
    "and no more than {bound:,} are on no list."
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """Probabilities of the numbers on no list, `(grid,)`, and of the graphs."""

    unseen: Floats
    probability: Floats
    graphs: tuple[Graph, ...]
    graph_probability: Floats

    def quantile(self, p: float) -> float:
        """The least number of unseen with at least this probability at or under it."""
        return float(self.unseen[min(int(np.searchsorted(np.cumsum(self.probability), p)), len(self.unseen) - 1)])


def estimate_decomposable(
    table: CaptureTable, *, seed: int = 1, level: float = 0.95, delta: float | None = None, most_unseen: int | None = None
) -> Estimate:
    """The posterior median of the total and its equal-tailed credible interval, with the graphs that carry it.

    Args:
        table: three to six lists; more are refused.
        seed: of the draws only; the posterior is computed in full.
        level: of the interval.
        delta: prior people in a cell; by default one spread over all cells.
        most_unseen: the largest number on no list that is thought of; by default 20,000, or a hundred times the documented where that is more.

    Raises:
        UsageError: `delta` or `most_unseen` is not above zero.
    """
    lists = len(table.lists)
    prior = 1 / (1 << lists) if delta is None else delta
    bound = max(EXACT, TIMES_DOCUMENTED * table.documented) if most_unseen is None else most_unseen
    if not (prior > 0 and bound >= 1):
        raise UsageError(f"delta={prior!r} and most_unseen={bound!r}: both have to be above zero.")
    found = Estimate(
        documented=table.documented,
        total=None,
        interval=None,
        level=level,
        method=METHOD,
        assumption=ASSUMPTION.format(bound=bound),
        refused=_reason(table),
        parameters={"delta": prior, "most_unseen": bound},
        seed=seed,
    )
    return found if found.refused else _estimated(found, table, posterior_of(table, delta=prior, most_unseen=bound))


def posterior_of(table: CaptureTable, *, delta: float, most_unseen: int) -> Posterior:
    """The joint posterior of graph and unseen, summed each way."""
    lists = len(table.lists)
    graphs = decomposable_graphs(lists)
    unseen, stands_for = unseen_grid(most_unseen)
    total = unseen + table.documented
    sets = np.array([margin_likelihood(table, margin, unseen, delta=delta) for margin in range(1 << lists)])
    alone = _log_gamma(total + 1) - _log_gamma(unseen + 1) - np.log(total) + np.log(stands_for)
    by_unseen, by_graph, peak = np.zeros(len(unseen)), np.zeros(len(graphs)), -np.inf
    for start in range(0, len(graphs), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        log_weights = _signs(graphs[some], lists) @ sets + alone
        higher = max(peak, float(log_weights.max()))
        weights = np.exp(log_weights - higher)
        by_unseen = by_unseen * np.exp(peak - higher) + weights.sum(axis=0)
        by_graph *= np.exp(peak - higher)
        by_graph[some] = weights.sum(axis=1)
        peak = higher
    return Posterior(unseen, by_unseen / by_unseen.sum(), graphs, by_graph / by_graph.sum())


def margin_likelihood(table: CaptureTable, margin: int, unseen: Floats, *, delta: float) -> Floats:
    """The log Dirichlet-multinomial likelihood of the table summed onto some lists, `(unseen,)`; zero for none of them."""
    if margin == 0:
        return np.zeros(len(unseen))
    lists = len(table.lists)
    prior = delta * 2.0 ** (lists - margin.bit_count())
    cells = np.bincount(np.arange(1 << lists) & margin, weights=np.array(table.counts, dtype=np.float64), minlength=1 << lists)
    held = np.array([cells[cell] for cell in range(1, 1 << lists) if cell & margin == cell])
    everyone = delta * 2.0**lists
    fixed = float(
        np.sum(_log_gamma(held + prior)) - (len(held) + 1) * _log_gamma(np.array([prior]))[0] + _log_gamma(np.array([everyone]))[0]
    )
    return np.asarray(_log_gamma(cells[0] + unseen + prior) - _log_gamma(unseen + table.documented + everyone) + fixed)


def unseen_grid(most_unseen: int) -> tuple[Floats, Floats]:
    """Numbers of unseen from 1 up, and how many numbers each stands for."""
    exact = np.arange(1, min(most_unseen, EXACT) + 1, dtype=np.float64)
    if most_unseen <= EXACT:
        return exact, np.ones(len(exact))
    steps = int(np.ceil(np.log(most_unseen / EXACT) * FINENESS))
    farther = np.unique(np.round(np.geomspace(EXACT, most_unseen, steps + 1)))[1:]
    return np.concatenate([exact, farther]), np.concatenate([np.ones(len(exact)), np.diff(farther, prepend=EXACT)])


def _estimated(found: Estimate, table: CaptureTable, posterior: Posterior) -> Estimate:
    low, median, high = (posterior.quantile(p) + table.documented for p in ((1 - found.level) / 2, 0.5, (1 + found.level) / 2))
    drawn = np.random.default_rng(found.seed).choice(posterior.unseen, size=DRAWS, p=posterior.probability) + table.documented
    return msgspec.structs.replace(
        found,
        total=median,
        interval=Interval(low, high),
        diagnostics=_posterior_diagnostics(posterior, len(table.lists)),
        draws=tuple(float(total) for total in drawn),
    )


def _posterior_diagnostics(posterior: Posterior, lists: int) -> tuple[Diagnostic, ...]:
    near_bound = float(posterior.probability[posterior.unseen > 0.99 * posterior.unseen[-1]].sum())
    saturated = float(
        sum(
            p
            for graph, p in zip(posterior.graphs, posterior.graph_probability, strict=True)
            if len(graph.edges) == lists * (lists - 1) // 2
        )
    )
    likeliest = sorted(zip(posterior.graph_probability, posterior.graphs, strict=True), key=lambda pair: -pair[0])[:SHOWN]
    return (
        Diagnostic(
            "probability at the bound",
            near_bound,
            MOST_AT_BOUND,
            kept=near_bound <= MOST_AT_BOUND,
            detail="Where it is more, the bound on the unseen makes the interval; raise it.",
        ),
        Diagnostic(
            "probability of the complete graph",
            saturated,
            MOST_SATURATED,
            kept=saturated <= MOST_SATURATED,
            detail="Under the complete graph the lists say nothing of the unseen: what it gives comes from the prior delta alone.",
        ),
        *(
            Diagnostic(
                f"graph {write_model(_cliques(graph), lists)}",
                float(p),
                None,
                kept=True,
                detail="Posterior probability of this graph, by its cliques.",
            )
            for p, graph in likeliest
        ),
    )


def _cliques(graph: Graph) -> Terms:
    return tuple(family for family in graph.families if not any(family != other and family & other == family for other in graph.families))


def _signs(graphs: tuple[Graph, ...], lists: int) -> Floats:
    """How often each set of lists is a family less how often a separator, `(graphs, 2 ** lists)`."""
    signs = np.zeros((len(graphs), 1 << lists))
    for row, graph in zip(signs, graphs, strict=True):
        np.add.at(row, list(graph.families), 1.0)
        np.subtract.at(row, list(graph.separators), 1.0)
    return signs


def _reason(table: CaptureTable) -> str | None:
    if len(table.lists) > MOST_LISTS:
        return f"Decomposable graphs are averaged over for three to {MOST_LISTS} lists; here are {len(table.lists)}. Join lists that were compiled from each other, or use lcmcr."
    return None


def _log_gamma(values: Floats) -> Floats:
    from scipy.special import gammaln

    return np.asarray(gammaln(values), dtype=np.float64)
