"""Places to look at first, where single buildings are told apart and no verdict can be given.

Windows of the site are ordered by how much changed in them; beside each stands how often windows on comparison ground, where nothing is known to have happened, changed at least as much. Nothing is
called changed: untrained methods score below "everything changed" at this scale.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError

WINDOW = 16
"""Pixels on a side: about a house at half a metre a pixel."""
_WITHIN = 0.5
"""Share of a window that has to lie in the site, or on comparison ground, and be seen."""
FEWEST_COMPARED = 20


class Place(msgspec.Struct, frozen=True):
    """A window of the site: its rank, its top left pixel, how much changed in it, and the share of comparison windows that changed at least as much (the false-alarm rate of looking at all places down to this one)."""

    rank: int
    row: int
    column: int
    score: float
    false_alarm_rate: float


class Ranking(msgspec.Struct, frozen=True):
    """Places in order, the windows' side in pixels, and how many windows of comparison ground the rates are counted on."""

    places: tuple[Place, ...]
    window: int
    compared: int


def rank_places(statistic: NDArray[np.float64], site: NDArray[np.bool_], ground: NDArray[np.bool_], *, window: int = WINDOW) -> Ranking:
    """Windows of `site` in order of change, with rates counted on `ground`; both are masks on the grid of `statistic`, which is not a number where nothing was seen.

    Raises:
        UsageError: the two overlap, or hold too few windows to rank or to count rates on.
    """
    if (site & ground).any():
        raise UsageError("Site and comparison ground overlap; a rate counted on the site itself says nothing.")
    here, there = _windows(statistic, site, window), _windows(statistic, ground, window)
    if not here:
        raise UsageError(f"No window of {window} x {window} pixels lies in the site and is seen in both scenes.")
    if len(there) < FEWEST_COMPARED:
        raise UsageError(
            f"Comparison ground holds {len(there)} windows of {window} x {window} pixels; at least {FEWEST_COMPARED} are needed."
        )
    placebos = np.sort([score for score, _, _ in there])
    places = []
    for rank, (score, row, column) in enumerate(sorted(here, key=lambda place: (-place[0], place[1], place[2])), start=1):
        at_least = len(placebos) - int(np.searchsorted(placebos, score, side="left"))
        places.append(Place(rank, row, column, score, (1 + at_least) / (1 + len(placebos))))
    return Ranking(tuple(places), window, len(there))


def _windows(statistic: NDArray[np.float64], mask: NDArray[np.bool_], window: int) -> list[tuple[float, int, int]]:
    """Score, top row and left column of each window on a fixed grid that lies in the mask."""
    seen = mask & np.isfinite(statistic)
    logs = np.log1p(np.nan_to_num(statistic))
    found = []
    for row in range(0, statistic.shape[0] - window + 1, window):
        for column in range(0, statistic.shape[1] - window + 1, window):
            tile = np.s_[row : row + window, column : column + window]
            if seen[tile].mean() >= _WITHIN:
                found.append((float(logs[tile][seen[tile]].mean()), row, column))
    return found
