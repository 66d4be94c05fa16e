"""How many results of a stage are recorded at once: many small ones together, slow ones as they come, and what is at hand when somebody stops it.

Recording costs a few writes that wait for the disk, so small files are recorded in batches. A batch is closed by the first result that comes
`COMMIT_SECONDS` after the last record, so whatever is at hand came within that time: that is the most that a power cut can take.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

COMMIT_ITEMS = 50
COMMIT_CHARACTERS = 20_000_000
"""One record holds at most this many results or characters, so that long texts do not pile up in memory."""
COMMIT_SECONDS = 2.0
"""A result that comes so long after the last record is recorded at once, with those at hand.

Building 300 small files (those of `bench/build_small_files.py`) makes 18 records and takes 7.4 s with this limit as without it."""


def in_commits(
    results: Iterator[T], characters_of: Callable[[T], int], *, clock: Callable[[], float] = time.monotonic
) -> Iterator[list[T]]:
    """The results in batches, each to be recorded before the next is asked for; a KeyboardInterrupt is let through after what is at hand.

    `characters_of` is how much memory a result holds; `clock` is in seconds.
    """
    batch: list[T] = []
    characters, recorded = 0, clock()
    try:
        for result in results:
            batch.append(result)
            characters += characters_of(result)
            if len(batch) == COMMIT_ITEMS or characters > COMMIT_CHARACTERS or clock() - recorded >= COMMIT_SECONDS:
                whole, batch, characters = batch, [], 0
                yield whole
                recorded = clock()
    except KeyboardInterrupt:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
