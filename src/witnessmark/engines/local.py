"""Several limited children at once on this machine, with the answers in the order of the jobs."""

from __future__ import annotations

import contextlib
import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from witnessmark.engines.child import ChildError, LimitedChild

_AHEAD = 2
"""Jobs taken from the input for each worker: enough to keep it busy, few enough that answers do not pile up in memory."""


class Job(msgspec.Struct, frozen=True):
    """One call: its payload, the seconds it may take (None: those of the child's limits), and the file it is about, if any."""

    payload: bytes
    wall_seconds: float | None = None
    file: Path | None = None


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_ordered(jobs: Iterable[Job], open_child: Callable[[], LimitedChild], workers: int | None = None) -> Iterator[bytes | ChildError]:
    """The answer to each job, or the error it ended in, in the order of `jobs`, which is read only as far as needed.

    Children are opened as jobs come and closed when the iterator ends or is closed. `workers` is the number of
    processors if not given.
    """
    workers = workers or processors()
    children: queue.LifoQueue[LimitedChild] = queue.LifoQueue()
    pending: deque[Future[bytes | ChildError]] = deque()
    with (
        contextlib.ExitStack() as afterwards,
        ThreadPoolExecutor(max_workers=workers, thread_name_prefix="decode") as threads,
        contextlib.ExitStack() as at_once,  # a caller who stops waits for no job
    ):
        for _ in range(workers):
            child = afterwards.enter_context(open_child())
            at_once.callback(child.retire)
            children.put(child)
        at_once.callback(lambda: [future.cancel() for future in pending])
        for job in jobs:
            pending.append(threads.submit(_run, job, children))
            if len(pending) >= _AHEAD * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _run(job: Job, children: queue.LifoQueue[LimitedChild]) -> bytes | ChildError:
    child = children.get()
    try:
        return child.call(job.payload, wall_seconds=job.wall_seconds, file=job.file)
    except ChildError as error:
        return error
    finally:
        children.put(child)
