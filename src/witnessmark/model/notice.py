"""Notice: what was public, or had been delivered to a party, before each later act it is said to have supported, ordered or let happen.

Whether somebody "looked away" is nobody's to assume: these are the claims that stood in print, and the days.
"""

from __future__ import annotations

import msgspec


class Known(msgspec.Struct, frozen=True):
    """An item that was there before an act: the last day (ISO) on which it can have become public, or been delivered to `delivered_to` (None where it was public), and its claims that allege like acts."""

    item: str
    day: str
    delivered_to: str | None
    claims: tuple[str, ...]


class NoticeBefore(msgspec.Struct, frozen=True):
    """An act alleged, by the claims `act`, from the ISO day `day` on, until `until` (None where the end is open), and how many items were there on an earlier day (`before`).

    `known` are those of them that were not there yet before the act above, oldest first, so that each is named once; `during` are the first that came while the act is said to have gone on.
    """

    act: tuple[str, ...]
    day: str
    until: str | None
    before: int
    known: tuple[Known, ...]
    during: tuple[Known, ...] = ()


class NoticeTimeline(msgspec.Struct, frozen=True):
    """Of the party with this key, on the ground that `because` (claims) give it a part: each later act in order. `undated` are claims of such acts that state no day before which anything could have been known."""

    party: str
    because: tuple[str, ...]
    acts: tuple[NoticeBefore, ...]
    undated: tuple[str, ...] = ()
