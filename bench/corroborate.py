"""Times answers and incidents of many synthetic claims, and the peak memory they add, in three shapes of case.

Run: .venv/bin/python bench/corroborate.py [CLAIMS] [SHAPE]
Each shape has CLAIMS allegations and as many denials, one of each a file (10,000 by default), and runs in a process of its own.
- repeats: one speaker's allegations, retold by every file on the days of a month, denied in general;
- distinct: every allegation is another witness's with another figure, all of one act, place and state in one week, all denied in general or in particular;
- dated: each allegation is of another day at one place, and denied in the next file.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from witnessmark.corroborate import PlacedClaim, find_answers, group_incidents
from witnessmark.model.claim import (
    Act,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Speaker,
    Stance,
    VictimCount,
)
from witnessmark.model.span import Span

SHAPES = ("repeats", "distinct", "dated")
START = date(2031, 5, 1)


def claim(n: int, stance: Stance, speaker: str, act: Act | None, *, figure: int | None, when: date | None) -> Claim:  # noqa: PLR0913 -- what shapes differ in
    """One synthetic claim; an allegation accuses the state, a denial that names an act states the place."""
    alleged = stance is Stance.ASSERTS
    return Claim(
        id=f"c-{stance}-{n}",
        attribution=f"a-{n}",
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=(Span(0, 1, "x"),),
        cue=(),
        speaker=Speaker(name=speaker),
        stance=stance,
        certainty=Certainty.CERTAIN,
        act=act,
        parties=(ClaimParty("the Tolvarian army", PartyRole.PERPETRATOR, 0, 1, "x"),) if alleged else (),
        victims=() if figure is None else (VictimCount(figure, None, None, Harm.KILLED, None, None, False, False, 0, 1, "x"),),  # noqa: FBT003 -- approximate and derived, in the order of the contract
        when=Interval(when.isoformat(), when.isoformat(), 0, 1, "x") if when else None,
        where=ClaimPlace("Korrin prison", "site:korrin-prison", None, None, None, 0, 1, "x") if act else None,
    )


def case_of(shape: str, files: int) -> list[PlacedClaim]:
    """The claims of one shape of case."""
    placed = []
    for n in range(files):
        published = (START + timedelta(days=n % {"repeats": 28, "distinct": 7, "dated": 1}[shape])).isoformat()
        when = date(2001, 1, 1) + timedelta(days=n) if shape == "dated" else None
        speaker = "Ana Brecht" if shape == "repeats" else f"Witness Number{n}"
        figure = n % 60 if shape == "repeats" else n
        denied = Act.KILLING if shape == "dated" or (shape == "distinct" and n % 2) else None
        alleged = claim(n, Stance.ASSERTS, speaker, Act.KILLING, figure=figure, when=when)
        denial = claim(n, Stance.DENIES, "Foreign Ministry of Tolvaria", denied, figure=None, when=when)
        placed += [PlacedClaim(alleged, f"item-{n}", published), PlacedClaim(denial, f"item-{n + 1 if shape == 'dated' else n}", published)]
    return placed


def megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(shape: str, files: int) -> None:
    """Print the figures of one shape."""
    claims = case_of(shape, files)
    before, started = megabytes(), time.perf_counter()
    answers = find_answers(claims)
    answered = time.perf_counter()
    incidents = group_incidents(claims, answers)
    grouped = time.perf_counter()
    print(
        f"{shape}: {files} allegations, {files} denials: {len(answers)} answers in {answered - started:.2f} s, "
        f"{len(incidents)} incidents in {grouped - answered:.2f} s, peak {megabytes():.0f} MB ({megabytes() - before:.0f} MB above the claims)",
        flush=True,
    )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        measure(sys.argv[2], size)
    else:
        for name in SHAPES:
            subprocess.run([sys.executable, __file__, str(size), name], check=True)
