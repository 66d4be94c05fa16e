"""One table, one method, one estimate or the reason why there is none. No method is the right one: run several and show them side by side."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from witnessmark.count.checks import list_warnings, refusal
from witnessmark.count.table import CaptureTable
from witnessmark.errors import MissingPartError, UsageError
from witnessmark.model.estimate import Estimate

NEEDED = ("scipy", "numba")
NO_ESTIMATE = "None: the lists allow of no estimate."


def estimate(table: CaptureTable, method: str = "lcmcr", *, seed: int = 1, level: float = 0.95, **parameters: Any) -> Estimate:  # noqa: ANN401 (each method has its own)
    """The total of people, recorded or not, by one method; where `refused` holds a reason there is none.

    Args:
        table: who stands on which lists.
        method: `lcmcr` (latent classes), `loglinear` (stepwise, p = .02; or the model given as `model="[123,14,34]"`), `decomposable` (averaged over graphs) or `chao` (a lower bound).
        seed: of whatever the method draws.
        level: of the interval, between 0 and 1.
        parameters: the method's own, by name.

    Raises:
        UsageError: there is no such method or parameter, or a value is out of its range.
        MissingPartError: the libraries for counting are not installed.
    """
    if method not in METHODS:
        raise UsageError(f"There is no method {method!r}; there are {', '.join(METHODS)}.")
    if not 0 < level < 1:
        raise UsageError(f"level={level!r} is not between 0 and 1; 0.95 is usual.")
    if reason := refusal(table):
        return _refused(table, method, seed, level, reason)
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPartError("Counting needs scipy and numba. Install them with: pip install 'witnessmark[count]'")
    run = METHODS[method](parameters)
    taken = inspect.signature(run).parameters
    _require_known(method, parameters, taken)
    shared = {name: value for name, value in (("seed", seed), ("level", level)) if name in taken}
    return run(table, **shared, **parameters)


def _require_known(method: str, parameters: dict[str, Any], taken: Any) -> None:  # noqa: ANN401 (inspect's mapping)
    own = [name for name in taken if name not in {"table", "seed", "level"}]
    for name in parameters:
        if name not in own:
            raise UsageError(f"The method {method!r} has no parameter {name!r}; it has {', '.join(own) or 'none'}.")


def _refused(table: CaptureTable, method: str, seed: int, level: float, reason: str) -> Estimate:
    return Estimate(
        documented=table.documented,
        total=None,
        interval=None,
        level=level,
        method=method,
        assumption=NO_ESTIMATE,
        diagnostics=list_warnings(table),
        refused=reason,
        seed=seed,
    )


def _lcmcr(_parameters: dict[str, Any]) -> Callable[..., Estimate]:
    from witnessmark.count.lcmcr import estimate_lcmcr

    return estimate_lcmcr


def _loglinear(parameters: dict[str, Any]) -> Callable[..., Estimate]:
    if "model" in parameters:
        from witnessmark.count.loglinear import estimate_loglinear

        return estimate_loglinear
    from witnessmark.count.stepwise import estimate_stepwise

    return estimate_stepwise


def _decomposable(_parameters: dict[str, Any]) -> Callable[..., Estimate]:
    from witnessmark.count.decomposable import estimate_decomposable

    return estimate_decomposable


def _chao(_parameters: dict[str, Any]) -> Callable[..., Estimate]:
    from witnessmark.count.chao import estimate_chao

    return estimate_chao


METHODS: dict[str, Callable[[dict[str, Any]], Callable[..., Estimate]]] = {
    "lcmcr": _lcmcr,
    "loglinear": _loglinear,
    "decomposable": _decomposable,
    "chao": _chao,
}
