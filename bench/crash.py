"""Kills `add` at least 200 times, at random and at every step to the disk, and checks the case after each; the long form of tests/case/test_case_crash.py.

Run: .venv/bin/python bench/crash.py [RANDOM_KILLS]
Needs strace for the kills at steps. Counts only kills of a live process. Ends with exit code 1 where anything was lost, half visible, doubled or failed to verify.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "case"))

import case_crashes as crashes

from witnessmark.case.case import create_case

FILES, GROUP = 24, 8
WAYS = {"each file synced": crashes.EACH, "groups synced": crashes.TOGETHER}


def at_steps(folder: Path, killed: Counter[str], faults: list[str]) -> None:
    """A kill at the first call of each kind, the second, and so on until a run outlives them."""
    evidence = folder / "few"
    crashes.lay_evidence(evidence, FILES)
    for call, (way, large) in product(crashes.BOUNDARIES, WAYS.items()):
        nth, alive, step = 0, True, f"{call}, {way}"
        while alive:
            nth += 1
            case = folder / f"{call}-{large}-{nth}"
            create_case(case)
            alive, acknowledged = crashes.killed_at_call(case, evidence, call, nth, group=GROUP, large=large)
            killed[step] += alive
            faults += [f"{step} {nth}: {fault}" for fault in crashes.faults_after(case, acknowledged)]
            faults += [f"{step} {nth}: {fault}" for fault in crashes.faults_after_rerun(case, evidence)]
        print(f"{step}: {killed[step]} kills, {len(faults)} faults so far", flush=True)


def at_random(folder: Path, kills: int, killed: Counter[str], faults: list[str]) -> None:
    """Kills at random moments, over and over on one case until it is whole, then on the next."""
    moments, evidence, number = random.Random(20), folder / "many", 0  # noqa: S311 -- moments, not secrets
    crashes.lay_evidence(evidence, 400)
    while killed["random"] < kills:
        number += 1
        case, acknowledged, alive = folder / f"random-{number}", set[str](), True
        create_case(case)
        while alive and killed["random"] < kills:
            large = list(WAYS.values())[number % len(WAYS)]
            alive, said = crashes.killed_at_random(case, evidence, group=10, after=moments.uniform(0.0, 0.25), large=large)
            killed["random"] += alive
            acknowledged |= said
            faults += [f"random {killed['random']}: {fault}" for fault in crashes.faults_after(case, acknowledged)]
            print(f"random: {killed['random']} kills, {len(faults)} faults so far", flush=True)
        faults += [f"random, again: {fault}" for fault in crashes.faults_after_rerun(case, evidence)]


def main(kills: int) -> None:
    """Both, then the sum."""
    killed, faults = Counter[str](), list[str]()
    with tempfile.TemporaryDirectory(prefix="witnessmark-crash-") as name:
        if crashes.can_trace():
            at_steps(Path(name), killed, faults)
        else:
            print("strace is not here, or may not inject: no kills at steps")
        at_random(Path(name), kills, killed, faults)
    for fault in faults[:20]:
        print("FAULT", fault)
    print(f"{sum(killed.values())} kills of a live process ({dict(killed)}), {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
