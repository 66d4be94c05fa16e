"""Times weighing a synthetic case, the peak memory it takes, and what more documents cost, one at a time.

Run: .venv/bin/python bench/weigh.py [DOCUMENTS] [RUNS] [KIND]
DOCUMENTS (10,000 by default) of ten claims each (`evidence.py`). KIND is `mixed` (the default), `copies` (one article printed by every one of them), `circle` (each document cites the next in its own words)
or `itself` (each names itself as its source). Vectors of words are made inside the measure, reading is not. Prints median and range over RUNS (1 by default), and of each step the
seconds this process had a core for, too: on a machine that is shared, these say more. The hash of the result tells whether two versions of the program find the same.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import platform
import resource
import statistics
import sys
import time

import msgspec
from evidence import CLAIMS_EACH, Told, evidence

from witnessmark.corroborate import Corroborated, Corroboration, PlacedClaim, PlacedDocument
from witnessmark.model.canonical import canonical_json

ONE_BY_ONE = 5


def copies(documents: int) -> list[Told]:
    """One article printed so many times."""
    document, claims = next(iter(evidence(documents)))
    return [printed_by(f"Outlet {n}", document.text, document, claims, n) for n in range(documents)]


def citing(documents: int, *, itself: bool) -> list[Told]:
    """One article in which each outlet says it has it from the next, or from itself."""
    document, claims = next(iter(evidence(documents)))
    return [
        printed_by(
            f"Outlet {n}", f"{document.text}\n\nAccording to Outlet {n if itself else (n + 1) % documents}, it was so.", document, claims, n
        )
        for n in range(documents)
    ]


def printed_by(publisher: str, text: str, document: PlacedDocument, claims: list[PlacedClaim], n: int) -> Told:
    """The document under another name, with its claims."""
    item = f"{n:064x}"
    made = msgspec.structs.replace(document, item=item, text=text, publisher=publisher)
    return made, [
        msgspec.structs.replace(one, item=item, claim=msgspec.structs.replace(one.claim, id=f"c-{n}-{k}")) for k, one in enumerate(claims)
    ]


def case_of(documents: int, kind: str) -> list[Told]:
    """The documents to weigh and those that come one by one afterwards."""
    count = documents + ONE_BY_ONE
    if kind == "mixed":
        return list(evidence(documents, ONE_BY_ONE))
    return copies(count) if kind == "copies" else citing(count, itself=kind == "itself")


def megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fingerprint(found: Corroborated) -> str:
    """A hash of the whole result."""
    return hashlib.sha256(canonical_json([found.answers, found.incidents])).hexdigest()[:16]


def measure(documents: int, kind: str) -> tuple[float, float]:
    """Seconds for the whole case, and the median for one document more."""
    made = case_of(documents, kind)
    held, later = made[:documents], made[documents:]
    before, clock, core = megabytes(), [time.perf_counter()], [time.process_time()]

    def lap() -> None:
        clock.append(time.perf_counter())
        core.append(time.process_time())

    corroboration = Corroboration()
    corroboration.change([claim for _, claims in held for claim in claims], [document for document, _ in held])
    lap()
    found = corroboration.result()
    lap()
    print(
        f"{documents:,} documents, {documents * CLAIMS_EACH:,} claims ({kind}): {len(found.incidents):,} incidents, {len(found.answers):,} answers; "
        f"compared in {clock[1] - clock[0]:.1f} s, answered and weighed in {clock[2] - clock[1]:.1f} s, on a core {core[1] - core[0]:.1f} + {core[2] - core[1]:.1f}; "
        f"peak {megabytes():,.0f} MB, {megabytes() - before:,.0f} above the claims; {fingerprint(found)}",
        flush=True,
    )
    lap()
    for document, claims in later:
        corroboration.change(claims, [document])
        found = corroboration.result()
        lap()
    ones = [after - earlier for earlier, after in itertools.pairwise(clock[3:])]
    on_core = [after - earlier for earlier, after in itertools.pairwise(core[3:])]
    print(
        f"one document more, {len(later)} times: {', '.join(f'{each:.2f}' for each in ones)} s, on a core {', '.join(f'{each:.2f}' for each in on_core)}; {fingerprint(found)}",
        flush=True,
    )
    return clock[2] - clock[0], statistics.median(ones)


if __name__ == "__main__":
    size, runs = (int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    asked = sys.argv[3] if len(sys.argv) > 3 else "mixed"
    wholes, ones = zip(*(measure(size, asked) for _ in range(runs)), strict=True)
    print(
        f"whole: median {statistics.median(wholes):.1f} s ({min(wholes):.1f} to {max(wholes):.1f}); one more: {statistics.median(ones):.2f} s ({min(ones):.2f} to {max(ones):.2f})"
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
