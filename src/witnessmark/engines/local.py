"""Several limited children at once on this machine, with the answers in the order of the jobs."""

from __future__ import annotations

import contextlib
import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import msgspec

from witnessmark.engines.child import ChildError, LimitedChild

_AHEAD = 2
"""Jobs taken from the input for each worker: enough to keep it busy, few enough that answers do not pile up in memory."""


T = TypeVar("T")
R = TypeVar("R")


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


def spread(function: Callable[[T], R], values: Sequence[T]) -> Iterator[R]:
    """What a function of our own gives for each value, in their order and as soon as it is there, on as many processors as there are. It and the values must be picklable; it raises what the function raises."""
    workers = min(processors(), len(values))
    if workers < 2:
        yield from map(function, values)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(function, values)


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
