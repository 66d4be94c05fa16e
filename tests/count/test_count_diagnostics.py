"""Diagnostics of chains say what they are known to say of chains made for it, and gates refuse what each is there to refuse."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from witnessmark.count import diagnostics
from witnessmark.count.gates import Gates, check, passed, refusal

Draws = NDArray[np.float64]


def independent(chains: int = 4, draws: int = 2000, seed: int = 1) -> Draws:
    return np.random.default_rng(seed).normal(1000, 20, (chains, draws))


def autoregressive(correlation: float, *, chains: int = 4, draws: int = 20_000) -> Draws:
    rng = np.random.default_rng(3)
    noise = rng.standard_normal((chains, draws)) * np.sqrt(1 - correlation**2)
    values = np.empty((chains, draws))
    values[:, 0] = rng.standard_normal(chains)
    for i in range(1, draws):
        values[:, i] = correlation * values[:, i - 1] + noise[:, i]
    return values


def failed(draws: Draws) -> set[str]:
    return {one.name for one in check(draws, 0.95, Gates()) if not one.kept}


def test_independent_draws_count_for_themselves_and_pass_every_gate() -> None:
    draws = independent()
    assert diagnostics.split_rhat(draws) == pytest.approx(1, abs=0.003)
    assert diagnostics.bulk_ess(draws) == pytest.approx(8000, rel=0.1)
    assert diagnostics.tail_ess(draws) == pytest.approx(8000, rel=0.15)
    assert failed(draws) == set()


@pytest.mark.parametrize("correlation", [0.5, 0.9, 0.97])
def test_the_effective_size_of_an_autoregressive_chain_is_the_known_one(correlation: float) -> None:
    known = 80_000 * (1 - correlation) / (1 + correlation)
    assert diagnostics.bulk_ess(autoregressive(correlation)) == pytest.approx(known, rel=0.15)


def test_the_error_of_a_median_and_of_a_mean_is_the_known_one() -> None:
    draws = independent()
    assert diagnostics.quantile_error(draws, 0.5) == pytest.approx(20 * np.sqrt(np.pi / 2 / 8000), rel=0.15)
    assert diagnostics.mean_error(draws) == pytest.approx(20 / np.sqrt(8000), rel=0.1)


def test_a_chain_elsewhere_is_seen_by_rhat_and_refused() -> None:
    draws = independent()
    draws[3] += 40
    assert diagnostics.split_rhat(draws) > 1.3
    assert "split R-hat" in failed(draws)


def test_a_chain_that_drifts_is_seen_by_splitting_it() -> None:
    draws = independent() + np.linspace(0, 40, 2000)
    assert "split R-hat" in failed(draws)


def test_a_chain_of_another_spread_is_seen_by_folding() -> None:
    draws = independent()
    draws[2] = 1000 + (draws[2] - 1000) * 3
    assert "split R-hat" in failed(draws)


def test_long_chains_ten_standard_errors_apart_pass_rhat_and_are_refused_all_the_same() -> None:
    draws = independent(draws=40_000)
    draws[1] += 10 * 20 * np.sqrt(np.pi / 40_000)
    assert diagnostics.split_rhat(draws) < 1.01
    assert failed(draws) == {"difference between chains"}


def test_converged_chains_are_seldom_called_different() -> None:
    apart = [diagnostics.between_chains(independent(draws=400, seed=seed)) for seed in range(60)]
    assert max(apart) < 4.5
    assert np.median(apart) == pytest.approx(1.8, abs=0.5)


def test_a_tail_that_never_settles_is_refused_though_the_middle_has() -> None:
    rng = np.random.default_rng(2)
    draws = 1000 + np.exp(rng.standard_cauchy((4, 2000)).clip(-50, 50))
    assert "Monte-Carlo error of the ends" in failed(draws)
    assert "split R-hat" not in failed(draws)


def test_chains_stuck_each_in_a_place_of_its_own_are_refused_in_words() -> None:
    draws = np.repeat([[1000.0], [2000.0], [3000.0], [4000.0]], 100, axis=1)
    checks = check(draws, 0.95, Gates())
    assert not passed(checks)
    words = refusal(checks, draws, 5000)
    assert words.startswith("No estimate: the sampler has not settled after 5,000 sweeps in each of 4 chains.")
    assert "medians from 1,000 to 4,000" in words


def test_too_few_draws_to_tell_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least 8"):
        diagnostics.split_rhat(independent(draws=6))
