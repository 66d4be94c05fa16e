import subprocess
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from tests.count.published_tables import KOSOVO, UK_6

from witnessmark.count import CaptureTable, Estimate, estimate
from witnessmark.errors import MissingPartError, UsageError


def test_an_unknown_method_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no method 'rasch'; there are lcmcr, loglinear, decomposable, chao"):
        estimate(KOSOVO, method="rasch")


@pytest.mark.parametrize(
    ("method", "parameters", "known"),
    [
        ("loglinear", {"delta": 1}, "threshold, resamples, intervals"),
        ("loglinear", {"model": "[12]", "resamples": 100}, "it has model"),
        ("decomposable", {"model": "[12]"}, "delta, most_unseen"),
        ("chao", {"delta": 1}, "it has none"),
    ],
)
def test_an_unknown_parameter_is_refused_with_those_there_are(method: str, parameters: dict[str, Any], known: str) -> None:
    with pytest.raises(UsageError, match=known):
        estimate(KOSOVO, method=method, **parameters)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("loglinear", {"threshold": 2}),
        ("loglinear", {"resamples": 3}),
        ("loglinear", {"intervals": "wide"}),
        ("decomposable", {"delta": 0}),
        ("decomposable", {"most_unseen": 0}),
        ("chao", {"level": 1.0}),
    ],
)
def test_a_value_out_of_its_range_is_refused(method: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=str(next(iter(parameters.values())))):
        estimate(KOSOVO, method=method, **parameters)


def test_without_the_libraries_the_command_to_install_them_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("witnessmark.count.estimate"), "find_spec", lambda _name: None)

    with pytest.raises(MissingPartError, match=r"pip install 'witnessmark\[count\]'"):
        estimate(KOSOVO, method="chao")


def test_importing_count_loads_neither_scipy_nor_numba() -> None:
    code = "import sys, witnessmark.count; print({'scipy', 'numba'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_wider_level_gives_a_wider_interval() -> None:
    for method in ("decomposable", "chao", "loglinear"):
        parameters = {"resamples": 0} if method == "loglinear" else {}
        usual, wide = (estimate(KOSOVO, method=method, level=level, **parameters).interval for level in (0.8, 0.99))
        assert usual is not None
        assert wide is not None
        assert wide.low < usual.low < usual.high < wide.high


def test_chao_says_that_it_is_a_lower_bound() -> None:
    found = estimate(UK_6, method="chao")

    assert found.assumption.startswith("A lower bound, not an estimate of the total")


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_for_lists_of_equal_reach_the_bound_is_the_formula_of_chao(lists: int) -> None:
    by_number = {1: 60, 2: 13, 3: 4}
    table = CaptureTable.from_histories("abcde"[:lists], ((h, by_number.get(h.bit_count(), 0)) for h in range(1, 1 << lists)))
    once, twice = lists * 60, lists * (lists - 1) // 2 * 13

    found = estimate(table, method="chao")

    assert found.total == pytest.approx(table.documented + (lists - 1) / lists * once**2 / (2 * twice))


def test_the_bound_has_no_value_where_no_one_is_on_just_two_lists() -> None:
    table = CaptureTable.from_histories("abc", [(0b001, 5), (0b010, 6), (0b100, 7), (0b111, 2)])
    found = estimate(table, method="chao")

    assert found.total is None
    assert found.refused is not None
    assert "just two lists" in found.refused


def test_seven_lists_are_too_many_to_average_over_graphs() -> None:
    table = CaptureTable.from_histories("abcdefg", ((h, 2) for h in range(1, 128)))
    found = estimate(table, method="decomposable")

    assert found.refused is not None
    assert "here are 7" in found.refused


def test_latent_classes_get_the_seed_the_level_and_their_own_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def estimate_lcmcr(table: CaptureTable, *, seed: int, level: float, K: int = 10) -> Estimate:  # noqa: N803 (the name in the paper)
        taken.append((seed, level, K))
        return Estimate(
            documented=table.documented, total=None, interval=None, level=level, method="lcmcr/0", assumption="", refused="A stand-in."
        )

    module = ModuleType("witnessmark.count.lcmcr")
    module.__dict__["estimate_lcmcr"] = estimate_lcmcr
    monkeypatch.setitem(sys.modules, "witnessmark.count.lcmcr", module)

    assert estimate(KOSOVO, seed=7, level=0.9, K=5).refused == "A stand-in."
    assert taken == [(7, 0.9, 5)]
    with pytest.raises(UsageError, match="'delta'; it has K"):
        estimate(KOSOVO, delta=1)
