"""The placebo test in time: a footprint between two dates against the same footprint between other dates, on which nobody says that it was modified.

Which pairs are placebos is settled before anything is measured: the scenes before the first of the two follow each other in pairs, and so do those after the second; no scene is in two pairs, for a pair that shares one with another is
no draw of its own, and neither of the two tested is in any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from witnessmark.errors import UsageError
from witnessmark.model.watching import PlaceboInTime, PlaceboTest, WatchedScene, WatchedSite
from witnessmark.watch.placebo import placebo_test

Measure = Callable[[WatchedScene, WatchedScene], float | str]
"""The statistic of the footprint between two scenes, or the sentence with which that was refused."""


def pairs_in_time(site: WatchedSite, before: WatchedScene, after: WatchedScene) -> list[tuple[WatchedScene, WatchedScene]]:
    """The pairs of other dates. Raises UsageError where the two have no known time or stand in the wrong order, or there is no pair."""
    first, second = before.facts.acquired, after.facts.acquired
    if first is None or second is None:
        raise UsageError(f"The time of acquisition of {before.number if first is None else after.number} is missing.")
    if first.latest >= second.earliest:
        raise UsageError(f"{before.number} was not taken before {after.number}. Name the earlier one first.")
    timed = [scene for scene in site.scenes if scene.found is not None and (taken := scene.facts.acquired) is not None]
    earlier = [scene for scene in timed if (taken := scene.facts.acquired) and taken.latest < first.earliest]
    later = [scene for scene in timed if (taken := scene.facts.acquired) and taken.earliest > second.latest]
    backwards = earlier[::-1]  # so that the pair nearest to the two is always one
    pairs = [(one, other) for other, one in zip(backwards[::2], backwards[1::2], strict=False)]
    pairs += zip(later[::2], later[1::2], strict=False)
    if not pairs:
        raise UsageError(
            f"{site.number} has {len(earlier)} readable scenes before {before.number} and {len(later)} after {after.number}. A placebo in time is a pair of other dates on one side: two scenes there at the least, and 38 in all for p to reach .05."
        )
    return pairs


def against_other_dates(
    observed: float, pairs: Sequence[tuple[WatchedScene, WatchedScene]], measure: Measure, *, looks: int
) -> tuple[PlaceboTest, tuple[PlaceboInTime, ...]]:
    """The test, and each pair with what it gave. Raises UsageError where no pair could be measured."""
    made = [_measured(one, other, measure) for one, other in pairs]
    placebos = [each.statistic for each in made if each.statistic is not None]
    if not placebos:
        raise UsageError(f"None of the {len(made)} pairs of other dates could be compared: {made[0].left_out}")
    return placebo_test(observed, placebos, looks=looks), tuple(made)


def _measured(one: WatchedScene, other: WatchedScene, measure: Measure) -> PlaceboInTime:
    found = measure(one, other)
    return PlaceboInTime(one.item, other.item, None, found) if isinstance(found, str) else PlaceboInTime(one.item, other.item, found)
