"""Decoding: from probabilities of words to cues, sources and contents.

A cue is a run of words. Seen from one cue every word is its source, its content or neither; the best reading is found with a price on each
change, so that a stray word neither splits a content nor makes one. A source is one run; a content may have several, around its cue.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

NEITHER, SOURCE, CONTENT = range(3)
BEGINS, GOES_ON = 1, 2
CHANGE = 0.8
SOURCE_CHANGE = 0.8
"""The price, in nats, of beginning or ending a content and a source (often one word, "he"); chosen on the 34 documents held out of training."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a cue was read to put forward: places of words in the window, and how sure the network is of cue and link."""

    cue: range
    source: range | None
    content: tuple[range, ...]
    cue_probability: float
    link_probability: float

    @property
    def probability(self) -> float:
        """How sure the network is of the whole: of the cue, and of what it is tied to."""
        return self.cue_probability * self.link_probability


def cue_spans(cue: Floats, words: Mask, least: float) -> list[tuple[range, float]]:
    """The cues among the tokens: runs that begin where a cue begins with probability `least` or more."""
    found: list[tuple[range, float]] = []
    n = len(cue)
    likely = cue.argmax(1)
    for i in range(n):
        begins = float(cue[i, BEGINS])
        if begins < least or not words[i] or (found and i < found[-1][0].stop):
            continue
        end = i + 1
        while end < n and likely[end] == GOES_ON:
            end += 1
        while end > i + 1 and not words[end - 1]:
            end -= 1
        found.append((range(i, end), begins))
    return found


def link(roles: Floats, words: Mask, cue: range) -> tuple[range | None, tuple[range, ...], float]:
    """The source and content of a cue, and the mean probability of the words read as them; `roles` are log probabilities (tokens, 3)."""
    scores = roles.copy()
    scores[~words] = 0.0
    scores[cue.start : cue.stop, SOURCE] -= 20.0
    path = _best_path(scores, SOURCE_CHANGE)
    if SOURCE not in path:
        path = _best_path(scores, 0.0)
    sources, contents = _runs(path, SOURCE, words), _joined(_runs(path, CONTENT, words), words)
    source = max(sources, key=lambda run: _gain(scores, run, SOURCE), default=None)
    chosen = [i for run in (*contents, *([source] if source else [])) for i in run if words[i]]
    sure = float(np.exp(np.mean([scores[i, path[i]] for i in chosen]))) if chosen else 0.0
    return source, tuple(contents), sure


def _joined(runs: list[range], words: Mask) -> list[range]:
    """The runs with those joined between which only marks stand."""
    joined: list[range] = []
    for run in runs:
        if joined and not words[joined[-1].stop : run.start].any():
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    return joined


def _gain(scores: Floats, run: range, role: int) -> float:
    return float((scores[run.start : run.stop, role] - scores[run.start : run.stop, NEITHER]).sum())


def _best_path(scores: Floats, source_change: float) -> list[int]:
    n, k = scores.shape
    price = np.full((k, k), -CHANGE, dtype=np.float32)
    price[SOURCE, :] = price[:, SOURCE] = -source_change
    np.fill_diagonal(price, 0.0)
    best = scores[0].astype(np.float32)
    back = np.zeros((n, k), dtype=np.int64)
    for i in range(1, n):
        total = best[:, None] + price
        back[i] = total.argmax(0)
        best = total.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _runs(path: list[int], role: int, words: Mask) -> list[range]:
    """The runs of a role, without marks at their edges."""
    found = []
    i, n = 0, len(path)
    while i < n:
        if path[i] != role:
            i += 1
            continue
        end = i
        while end < n and path[end] == role:
            end += 1
        start, stop = i, end
        while start < stop and not words[start]:
            start += 1
        while stop > start and not words[stop - 1]:
            stop -= 1
        if stop > start:
            found.append(range(start, stop))
        i = end
    return found
