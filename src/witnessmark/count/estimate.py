"""One table, one method, one estimate or the reason why there is none. No method is the right one: run several and show them side by side."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import msgspec

from witnessmark.count.checks import list_warnings, refusal, unidentifiable, without_empty_lists
from witnessmark.count.table import CaptureTable
from witnessmark.errors import MissingPartError, UsageError
from witnessmark.model.estimate import Diagnostic, Estimate

NEEDED = ("scipy", "numba")
METHODS = {
    "lcmcr": ("witnessmark.count.lcmcr", "estimate_lcmcr"),
    "loglinear": ("witnessmark.count.stepwise", "estimate_stepwise"),
    "decomposable": ("witnessmark.count.decomposable", "estimate_decomposable"),
    "chao": ("witnessmark.count.chao", "estimate_chao"),
}
"""Module and function of each method; the modules load scipy or numba, so they are imported when asked for."""
NAMED_MODEL = ("witnessmark.count.loglinear", "estimate_loglinear")
"""What `loglinear` is where a model is given."""

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
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPartError("Counting needs scipy and numba. Install them with: pip install 'witnessmark[count]'")
    module, function = NAMED_MODEL if method == "loglinear" and "model" in parameters else METHODS[method]
    run: Callable[..., Estimate] = getattr(import_module(module), function)
    taken = inspect.signature(run).parameters
    _require_known(method, parameters, taken)
    if reason := refusal(table) or _unidentifiable(table, method, parameters):
        return _refused(table, method, seed, level, reason)
    shared = {name: value for name, value in (("seed", seed), ("level", level)) if name in taken}
    # a model given by name numbers the lists as they stand, and leaves those without anyone out itself
    counted = table if "model" in parameters else without_empty_lists(table)
    found = run(counted, **shared, **parameters)
    alone = _bound_alone(table) if method == "chao" else ()
    return msgspec.structs.replace(found, diagnostics=found.diagnostics + alone + list_warnings(table))


def _bound_alone(table: CaptureTable) -> tuple[Diagnostic, ...]:
    """A warning where only a bound can be had, for it supposes what other methods would have to find in the table."""
    reason = unidentifiable(table)
    if reason is None:
        return ()
    detail = f"{reason} The bound supposes lists that do not depend on each other, which these cannot contradict: where that is wrong, it is no bound."
    return (Diagnostic("independence not seen", 0.0, 1.0, kept=False, detail=detail),)


def _unidentifiable(table: CaptureTable, method: str, parameters: dict[str, Any]) -> str | None:
    """A bound, and a model given by name, say themselves which dependence they leave out; whatever else would have to find it in the table."""
    return None if method == "chao" or (method == "loglinear" and "model" in parameters) else unidentifiable(table)


def _require_known(method: str, parameters: dict[str, Any], taken: Iterable[str]) -> None:
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
