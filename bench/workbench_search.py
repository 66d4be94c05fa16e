"""Times the first page of a search at the workbench, from request to HTML, over the case that `bench/search.py` makes.

Run: .venv/bin/python bench/search.py CLAIMS 20, then .venv/bin/python bench/workbench_search.py CLAIMS [QUERIES]
One reader, no network; words are drawn from every tenth of the vocabulary by document frequency, half of the queries with a filter. Prints milliseconds and
the largest page.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from search import SEED, frequencies
from starlette.testclient import TestClient

from witnessmark.case.case import open_case
from witnessmark.case.signing_in import invite, sign_up
from witnessmark.model.office import Role
from witnessmark.serve.app import build_app
from witnessmark.serve.office import Office
from witnessmark.serve.sessions import COOKIE

HOST = "127.0.0.1:8642"
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"act": "killing"},
    {},
    {"stance": "denies"},
    {},
    {"language": "ar"},
    {},
    {"from": "2015-01-01", "to": "2015-12-31"},
)


def main(claims: int, queries: int) -> None:
    """Ask, and print."""
    office = Office(Path(tempfile.gettempdir()) / f"witnessmark-bench-search-{claims}", hosts=(HOST,))
    token = office.sessions.begin(
        sign_up(office.folder, invite(office.folder, "Ines Karr", Role.VIEWER).token, "velvet harbour ninety lanterns")
    )
    client = TestClient(build_app(office), base_url=f"http://{HOST}")
    client.cookies.set(COOKIE, token)
    with open_case(office.root) as case:
        ordered = [word for word, _ in frequencies(case)]
    draw = random.Random(SEED)  # noqa: S311 -- reproducible test data
    times, processor, largest = [], [], 0
    client.get(f"/search?{urlencode({'q': ordered[-1]})}")
    for number in range(queries):
        tenth = number % 10
        word = draw.choice(ordered[len(ordered) * tenth // 10 : len(ordered) * (tenth + 1) // 10])
        address = "/search?" + urlencode({"q": f'"{word}"', **FILTERS[number % len(FILTERS)]})
        started, used = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
        largest = max(largest, len(answer.content))
        answer.raise_for_status()
    ordered_times, ordered_processor = sorted(times), sorted(processor)
    print(
        f"{queries} first pages over {claims:,} claims: median {statistics.median(times):.1f} ms, p95 {ordered_times[int(0.95 * len(times))]:.1f} ms, "
        f"range {ordered_times[0]:.1f}-{ordered_times[-1]:.1f} ms; processor median {statistics.median(processor):.1f} ms, "
        f"p95 {ordered_processor[int(0.95 * len(times))]:.1f} ms; largest page {largest / 1000:.0f} kB; {platform.machine()}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000, int(sys.argv[2]) if len(sys.argv) > 2 else 400)
