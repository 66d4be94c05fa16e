"""Times pledges, responsibility and notice of many synthetic claims: median and range of several runs, each of other claims.

Run: .venv/bin/python bench/tracking.py [CLAIMS] [RUNS]
Of the claims (10,000 by default, ten a document) 6 in 100 promise, 8 demand, 8 tell of an agreement, 7 of support and most accuse one of 60 units, on days of twelve years and at 40 places.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import time
from collections.abc import Callable

from witnessmark.corroborate import PlacedClaim
from witnessmark.corroborate.notice import notice_timelines
from witnessmark.corroborate.pledges import track_pledges
from witnessmark.corroborate.responsibility import alleged_responsibility
from witnessmark.model.claim import Act, Certainty, Claim, ClaimParty, ClaimPlace, Form, Interval, Kind, PartyRole, Speaker, Stance
from witnessmark.model.item import Item
from witnessmark.model.span import Span
from witnessmark.model.view import HeldItem

NOUNS = [
    "observers",
    "prison",
    "doctors",
    "convoy",
    "bridge",
    "school",
    "river",
    "district",
    "ministry",
    "families",
    "graves",
    "road",
    "market",
    "fuel",
    "camp",
    "valley",
    "winter",
    "court",
]
STANCES = {Stance.ASSERTS: 70, Stance.PLEDGES: 6, Stance.DEMANDS: 8, Stance.DENIES: 12, Stance.DOUBTS: 4}
ACTS = {Act.KILLING: 30, Act.AGREEMENT: 8, Act.SUPPORT: 7, Act.DETENTION: 15, None: 40}


def claim(n: int, chance: random.Random) -> PlacedClaim:
    """One synthetic claim of the tenth of a document it stands in."""
    (stance,) = chance.choices(list(STANCES), list(STANCES.values()))
    (act,) = chance.choices(list(ACTS), list(ACTS.values()))
    words = " ".join(chance.choices(NOUNS, k=10))
    quote = f"the truce in Perrin {words}" if act is Act.AGREEMENT else f"{words} violated" if chance.random() < 0.05 else words
    day = f"20{chance.randint(20, 31)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    unit, other = (f"Unit{chance.randint(1, 60)} brigade" for _ in range(2))
    parties: tuple[ClaimParty, ...] = (ClaimParty(unit, PartyRole.SUPPORTER if act is Act.SUPPORT else PartyRole.PERPETRATOR, 0, 1, unit),)
    if act is Act.SUPPORT:
        parties += (ClaimParty(other, PartyRole.RECIPIENT, 0, 1, other),)
    place = f"site:place-{chance.randint(1, 40)}"
    read = Claim(
        id=f"c-{n}",
        attribution=f"a-{n}",
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=(Span(n * 100, n * 100 + len(quote), quote),),
        cue=(),
        speaker=Speaker(f"Speaker{chance.randint(1, 80)} Brecht"),
        stance=stance,
        certainty=Certainty.CERTAIN,
        act=act,
        parties=parties,
        when=Interval(day, day, 0, 1, day) if chance.random() < 0.6 else None,
        where=ClaimPlace(place, place, None, None, None, 0, 1, place),
    )
    return PlacedClaim(read, f"item-{n // 10}", day)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(size: int, seed: int) -> tuple[float, float, float]:
    """The three times for one set of claims."""
    chance = random.Random(seed)  # noqa: S311 -- synthetic claims, not secrets
    claims = [claim(n, chance) for n in range(size)]
    items = [
        HeldItem(Item(f"item-{n}", f"I{n}", 1, "text/plain", "x", published=f"2025-01-{n % 28 + 1:02}", already_public=True), f"p{n}", (), None, (), ())
        for n in range(size // 10)
    ]  # fmt: skip
    graph = alleged_responsibility(claims, ())
    return (
        seconds(lambda: track_pledges(claims, (), on="2032-01-01")),
        seconds(lambda: alleged_responsibility(claims, ())),
        seconds(lambda: notice_timelines(graph, claims, items)),
    )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    times = [measure(size, seed) for seed in range(runs)]
    print(f"{size:,} claims, {runs} runs, {platform.machine()}, Python {platform.python_version()}, processor time")
    for name, taken in zip(("pledges", "responsibility", "notice"), zip(*times, strict=True), strict=True):
        print(f"{name}: median {statistics.median(taken):.2f} s, {min(taken):.2f} to {max(taken):.2f} s")
