"""Between which dates something appeared or vanished, from what a person saw in each scene: the bracket, the gaps nobody looked into, and sightings that contradict it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from witnessmark.errors import UsageError
from witnessmark.model.watching import Bracket, Gap, Sighting, State
from witnessmark.watch.facts import day_of

LONG_GAP = dt.timedelta(days=30)


def bracket(sightings: Sequence[Sighting]) -> Bracket:
    """The bracket that the sightings leave, in whatever order they are given.

    Raises:
        UsageError: two scenes with other states may have been taken in either order, by what is known of their times.
    """
    ordered = sorted(sightings, key=lambda sighting: (sighting.acquired.earliest, sighting.acquired.latest))
    clear = [sighting for sighting in ordered if sighting.state is not State.UNCLEAR]
    turns = [(one, other) for one, other in pairwise(clear) if one.state is not other.state]
    _require_order(turns)
    last_before, first_after = turns[0] if len(turns) == 1 else (None, None)
    return Bracket(
        first=clear[0].state if clear else None,
        last_before=last_before,
        first_after=first_after,
        sentence=_sentence(clear, turns),
        gaps=tuple(_gaps(clear)),
        unclear=tuple(f"{sighting.scene} ({day_of(sighting.acquired)})" for sighting in ordered if sighting.state is State.UNCLEAR),
    )


def _require_order(turns: list[tuple[Sighting, Sighting]]) -> None:
    for one, other in turns:
        if one.acquired.meets(other.acquired):
            raise UsageError(
                f"{one.scene} shows it {one.state}, {other.scene} {other.state}, and by their times ({day_of(one.acquired)}, {day_of(other.acquired)}) either may be the earlier. Find the time of day."
            )


def _sentence(clear: list[Sighting], turns: list[tuple[Sighting, Sighting]]) -> str:
    if not clear:
        return "No scene shows clearly whether it was there."
    if len(clear) == 1:
        return f"Only one scene shows it clearly: {clear[0].state} on {day_of(clear[0].acquired)}. One scene shows no change; a second date is needed."
    if not turns:
        return f"It is {clear[0].state} in every clear scene, from {day_of(clear[0].acquired)} to {day_of(clear[-1].acquired)}: when it changed, if it did, is not known."
    if len(turns) > 1:
        days = ", ".join(f"{day_of(one.acquired)} to {day_of(other.acquired)}" for one, other in turns)
        return f"It changed {len(turns)} times ({days}), so that there is no one bracket; look at those scenes again."
    one, other = turns[0]
    words = {State.ABSENT: "not present", State.PRESENT: "present"}
    return (
        f"{words[one.state].capitalize()} on or before {day_of(one.acquired)}, {words[other.state]} on or after {day_of(other.acquired)}."
    )


def _gaps(clear: list[Sighting]) -> list[Gap]:
    return [
        Gap(one.acquired.latest, other.acquired.earliest)
        for one, other in pairwise(clear)
        if other.acquired.earliest - one.acquired.latest > LONG_GAP
    ]
