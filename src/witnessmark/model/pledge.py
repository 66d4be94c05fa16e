"""A pledge: a commitment, a demand or an agreement found in claims, and the later claims that bear on it.

What became of it is what claims say became of it, on a given day. Where none says so, the program says "unclear" or, once its date has passed in silence,
"overdue"; it never concludes that a promise was kept or broken.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class PledgeKind(StrEnum):
    """What sort of undertaking it is."""

    COMMITMENT = "commitment"
    DEMAND = "demand"
    AGREEMENT = "agreement"


class PledgeState(StrEnum):
    """What is said to have become of it by a day. `KEPT` and `BROKEN` only where claims say so; of a demand they mean met and refused."""

    KEPT = "kept"
    BROKEN = "broken"
    UNCLEAR = "unclear"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"


class Bearing(StrEnum):
    """What a later claim says of a pledge. `DOUBTS` is doubt of the pledge itself, `DENIES` a denial of it or of its breach."""

    SAYS_KEPT = "says_kept"
    SAYS_BROKEN = "says_broken"
    DOUBTS = "doubts"
    DENIES = "denies"
    SPEAKS_OF = "speaks_of"


class LaterClaim(msgspec.Struct, frozen=True):
    """A claim (by id) that bears on a pledge, how, and in a sentence what ties it to it. `day` is the last day on which it was said, ISO, None where unknown."""

    claim: str
    bearing: Bearing
    why: str
    day: str | None


class Pledge(msgspec.Struct, frozen=True):
    """A commitment, demand or agreement. The id is that of its oldest claim; `claims` are all that tell of it, oldest first.

    `by` are the names of who promised, demanded or is said to have agreed, `to` those of whom it was promised to or demanded of; both empty where no
    claim names them. `due` is an interval of ISO dates, ends None where not stated. `state` is that on the ISO day `on`; `unclear` says why in a sentence where it is not settled by a claim.
    """

    id: str
    kind: PledgeKind
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: tuple[str | None, str | None] | None
    claims: tuple[str, ...]
    later: tuple[LaterClaim, ...]
    state: PledgeState
    on: str
    why: str

    def bearing(self, *which: Bearing) -> tuple[str, ...]:
        """The later claims that bear on it in one of these ways."""
        return tuple(later.claim for later in self.later if later.bearing in which)
