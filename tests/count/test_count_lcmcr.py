"""The latent-class method reproduces published posteriors, refuses what does not settle, and says why."""

from __future__ import annotations

import msgspec
import pytest

from witnessmark.count.gates import Gates
from witnessmark.count.lcmcr import estimate_lcmcr
from witnessmark.count.table import CaptureTable
from witnessmark.errors import UsageError
from witnessmark.model.estimate import Estimate

KOSOVO = CaptureTable(
    lists=("EXH", "ABA", "OSCE", "HRW"), counts=(0, 1131, 845, 177, 936, 228, 217, 181, 306, 106, 31, 18, 123, 42, 32, 27)
)
"""Killings in Kosovo from March to June 1999, 4,400 documented."""


def written(lists: str, rows: str) -> CaptureTable:
    """A table from rows like `IO P 81`: the lists people are on, and how many they are."""
    names = lists.split()
    cells = [row.split() for row in rows.strip().split(",")]
    return CaptureTable.from_mapping(names, {tuple(cell[:-1]): int(cell[-1]) for cell in cells})


UK = written(
    "LA NG PF GO GP NCA",
    "LA 54, NG 463, PF 907, GO 695, GP 316, NCA 57, LA NG 15, LA PF 19, LA GO 3, NG PF 56, NG GO 19, NG GP 1, NG NCA 3, PF GO 69, PF GP 10, PF NCA 31, "
    "GO GP 8, GO NCA 6, GP NCA 1, LA NG PF 1, LA NG GO 1, NG PF GO 4, NG PF NCA 3, PF GO NCA 1, LA NG PF GO 1",
)
"""Victims of slavery known in the United Kingdom in 2013, 2,744 documented."""
NETHERLANDS = written(
    "IO K P R Z",
    "IO 756, K 1299, P 4466, R 650, Z 632, IO K 1, IO P 81, IO R 5, IO Z 73, K P 44, K Z 4, P R 82, P Z 125, R Z 2, IO P R 2, IO P Z 11, P R Z 1",
)
"""Victims of trafficking known in the Netherlands, 8,234 documented."""
QUICK = Gates(median_error=0.01, end_error=0.02)
"""Half the precision of the default, a quarter of its time."""


@pytest.fixture(scope="module")
def kosovo() -> Estimate:
    return estimate_lcmcr(KOSOVO, gates=QUICK)


@pytest.fixture(scope="module")
def netherlands() -> Estimate:
    return estimate_lcmcr(NETHERLANDS, most_sweeps=40_000)


def test_the_posterior_of_kosovo_is_the_published_one(kosovo: Estimate) -> None:
    assert KOSOVO.documented == kosovo.documented == 4400
    assert kosovo.interval is not None
    assert kosovo.total == pytest.approx(10_430, rel=0.01)
    assert kosovo.interval.low == pytest.approx(8_970, rel=0.03)
    assert kosovo.interval.high == pytest.approx(14_000, rel=0.03)


def test_the_posterior_of_the_united_kingdom_is_the_published_one() -> None:
    assert UK.documented == 2744
    estimate = estimate_lcmcr(UK, gates=QUICK)
    assert estimate.total == pytest.approx(22_950, rel=0.02)


def test_an_estimate_shows_every_gate_and_keeps_them(kosovo: Estimate) -> None:
    assert [check.name for check in kosovo.diagnostics] == [
        "split R-hat",
        "bulk effective sample size",
        "tail effective sample size",
        "difference between chains",
        "Monte-Carlo error of the median",
        "Monte-Carlo error of the ends",
    ]
    assert all(check.kept and check.value is not None and check.limit is not None for check in kosovo.diagnostics)


def test_draws_are_handed_on_and_are_totals(kosovo: Estimate) -> None:
    assert kosovo.total is not None
    assert 1000 <= len(kosovo.draws) <= 4000
    assert min(kosovo.draws) >= 4400
    assert sum(draw <= kosovo.total for draw in kosovo.draws) / len(kosovo.draws) == pytest.approx(0.5, abs=0.05)


def test_the_netherlands_with_five_lists_are_refused_for_their_chains_do_not_settle(netherlands: Estimate) -> None:
    assert NETHERLANDS.documented == 8234
    assert netherlands.refused is not None
    assert netherlands.total is None
    assert netherlands.interval is None
    assert netherlands.draws == ()
    assert netherlands.documented == 8234


def test_a_refusal_says_in_plain_words_what_was_seen(netherlands: Estimate) -> None:
    assert netherlands.refused is not None
    assert netherlands.refused.startswith("No estimate: the sampler has not settled after 40,000 sweeps in each of 4 chains.")
    failed = [check for check in netherlands.diagnostics if not check.kept]
    assert failed
    assert all(check.detail in netherlands.refused for check in failed)


def test_a_budget_too_small_for_the_gates_refuses_what_a_larger_one_accepts(kosovo: Estimate) -> None:
    assert kosovo.refused is None
    assert estimate_lcmcr(KOSOVO, most_sweeps=4_000).refused is not None


def test_the_same_seed_gives_the_same_estimate_and_another_seed_another() -> None:
    table = written("A B C", "A 40, B 30, C 20, A B 16, A C 9, B C 8, A B C 4")
    first, again, other = (estimate_lcmcr(table, seed=seed, most_sweeps=4_000, gates=LAX) for seed in (5, 5, 6))
    assert first == again
    assert first.draws != other.draws


LAX = Gates(rhat=2, ess=10, between=100, median_error=1, end_error=10)


def test_an_estimate_can_be_written_down_and_read_again(netherlands: Estimate) -> None:
    assert msgspec.json.decode(msgspec.json.encode(netherlands), type=Estimate) == netherlands


@pytest.mark.parametrize(
    "wrong", [{"K": 1}, {"a": 0.0}, {"b": -1.0}, {"chains": 3}, {"most_sweeps": 10}, {"level": 1.0}, {"a": float("nan")}]
)
def test_a_parameter_out_of_its_range_is_an_error_that_names_it(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        estimate_lcmcr(KOSOVO, **wrong)  # type: ignore[arg-type]


def test_each_chain_leaves_a_short_trace_from_its_start_on_with_the_figures_of_its_agreement(kosovo: Estimate) -> None:
    chains = kosovo.chains
    assert chains is not None
    assert len(chains.traces) == 4
    assert 100 < len(chains.traces[0]) <= 200
    assert {len(trace) for trace in chains.traces} == {len(chains.traces[0])}
    assert chains.dropped == pytest.approx(len(chains.traces[0]) / 2, abs=1)
    assert all(total >= kosovo.documented for trace in chains.traces for total in trace)
    counted = [total for trace in chains.traces for total in trace[chains.dropped :]]
    assert kosovo.total == pytest.approx(sorted(counted)[len(counted) // 2], rel=0.03)
    values = {check.name: check.value for check in kosovo.diagnostics}
    assert (chains.rhat, chains.between) == (values["split R-hat"], values["difference between chains"])
    assert chains.effective == min(values["bulk effective sample size"] or 0, values["tail effective sample size"] or 0)


def test_chains_that_do_not_settle_leave_their_traces_with_the_refusal(netherlands: Estimate) -> None:
    assert netherlands.refused is not None
    assert netherlands.chains is not None
    assert len(netherlands.chains.traces) == 4
    assert not netherlands.without_draws().chains
