"""Estimates to be made of many tables, as values: what each depends on, wherever it runs, and about how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from witnessmark.count.estimate import estimate
from witnessmark.count.table import CaptureTable
from witnessmark.model.estimate import Estimate


class Job(msgspec.Struct, frozen=True):
    """One estimate to be made: everything it depends on."""

    table: CaptureTable
    method: str
    seed: int
    level: float
    setting: dict[str, float | int | str | bool] = {}


Over = Callable[[Callable[[Job], Estimate], Sequence[Job]], Iterable[Estimate]]
"""Does one thing to many jobs, in their order, wherever they run; `map` is one."""


def run_job(job: Job) -> Estimate:
    """The estimate asked for. Raises what `estimate` raises."""
    return estimate(job.table, job.method, seed=job.seed, level=job.level, **job.setting)


class Cost(msgspec.Struct, frozen=True):
    """Seconds of one processor: the fewest and the most."""

    least: float = 0.0
    most: float = 0.0

    def plus(self, other: Cost, times: int = 1) -> Cost:
        """Both together, the other so many times."""
        return Cost(self.least + times * other.least, self.most + times * other.most)


_SECONDS = {
    "lcmcr": {3: (1.0, 16.0), 4: (1.3, 23.0), 5: (3.0, 55.0), 6: (3.7, 68.0)},
    "loglinear": {3: (0.3, 1.0), 4: (0.5, 1.5), 5: (1.0, 2.0), 6: (1.5, 3.0)},
    "decomposable": {3: (0.05, 0.1), 4: (0.1, 0.2), 5: (0.5, 1.0), 6: (8.0, 12.0)},
    "chao": {3: (0.01, 0.02), 4: (0.01, 0.02), 5: (0.01, 0.02), 6: (0.01, 0.02)},
}
"""By method and lists, of one table, on one processor of an x86-64 server at 2.5 GHz. The sampler may settle in its first round or need its whole budget of sweeps, or refuse after it."""
EACH_LIST = 2.0
"""How many times as long one list more takes, where there are more than were measured."""


def cost_of(method: str, lists: int) -> Cost:
    """About how long one method takes for one table of so many lists."""
    known = _SECONDS[method]
    most = max(known)
    least_seconds, most_seconds = known[min(max(lists, min(known)), most)]
    times = EACH_LIST ** max(lists - most, 0)
    return Cost(least_seconds * times, most_seconds * times)
