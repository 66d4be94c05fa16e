"""Where estimates run: beside each other on every processor where a slow method is asked for, else right here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from witnessmark.case.telling import told
from witnessmark.count.jobs import Job, Over
from witnessmark.engines.local import spread
from witnessmark.model.estimate import Estimate

SLOW = frozenset({"lcmcr", "loglinear"})
"""Methods that take seconds a table, and so are worth starting processes for."""


def estimating(tell: Callable[[str], None]) -> Over:
    """Something that runs jobs in their order, and tells how many are done."""

    def over(function: Callable[[Job], Estimate], jobs: Sequence[Job]) -> Iterable[Estimate]:
        slow = any(job.method in SLOW for job in jobs)
        made: Iterable[Estimate] = spread(function, jobs) if slow else map(function, jobs)
        return told(made, "estimates made", len(jobs), tell)

    return over
