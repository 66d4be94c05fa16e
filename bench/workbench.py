"""Ten people at a workbench for five minutes, and a workbench killed while they decide.

Run: .venv/bin/python bench/workbench.py load [SECONDS] [USERS] [DOCUMENTS]
     .venv/bin/python bench/workbench.py kill [TIMES]
`load` serves a case of DOCUMENTS (1,000) of ten claims each (`evidence.py`) as a process of its own; USERS (10) people sign in, think about a second
between two pages, and read (70 in 100), search (20) or decide (10) for SECONDS (300). Prints the milliseconds of each kind, what went wrong, and whether
every decision that was acknowledged is in the database and in the log. `kill` kills the server TIMES (50) in the middle of decisions and checks
that none that was acknowledged is lost. Ends with exit code 1 where something was lost or failed.
"""

from __future__ import annotations

import json
import os
import platform
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from argon2 import PasswordHasher
from evidence import evidence
from weigh_case import record

from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build
from witnessmark.case.signing_in import sign_ins_of
from witnessmark.case.weighing import weigh
from witnessmark.model.entry import Stream
from witnessmark.model.office import Role
from witnessmark.store import queries

PASSPHRASE = "velvet harbour ninety lanterns"  # noqa: S105 -- of people who do not exist
THINK_SECONDS = 1.0
SEED = 20330401
FAILED = 400


def make_case(root: Path, documents: int, users: int) -> None:
    """A weighed case of many claims, whose originals are not stored, with people who may sign in."""
    create_case(root)
    with open_case(root, write="bench") as case:
        record(case, list(evidence(documents, 0)))
        weigh(case)
    let_in(root, users)


def build_case(root: Path, documents: int, users: int) -> int:
    """A case built from files, as anybody builds one; how many claims were read."""
    folder = root.with_name("evidence")
    folder.mkdir()
    for place, (made, _) in enumerate(evidence(documents, 0)):
        (folder / f"{place}.txt").write_text(
            f"{made.text}\n\nThe ministry said on Friday that 40 people were killed at Korrin.\n", encoding="utf-8"
        )
    build(folder, root, Given())
    let_in(root, users)
    with open_case(root) as case, case.asking() as connection:
        return len(queries.claim_rows(connection))


def let_in(root: Path, users: int) -> None:
    """Put reviewers on the list of those who may sign in."""
    with open_case(root, write="bench") as case:
        sign_ins, secret = sign_ins_of(case.folder), PasswordHasher().hash(PASSPHRASE)
        for place in range(users):
            sign_ins.invite(f"person {place}", Role.REVIEWER, f"token {place}", until="9999", at="2033-04-01T00:00:00Z")
            who = sign_ins.colleague(f"person {place}")
            if who is not None:
                sign_ins.enter(who.key, secret, invitation=f"token {place}")


@contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A workbench as a process of its own: where it answers."""
    command = [sys.executable, "-m", "witnessmark", "serve", str(root), "--port", "0", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        said = ""
        while process.stdout is not None and not said.rstrip().endswith("}"):
            said += process.stdout.readline().decode()
        try:
            yield json.loads(said)["address"], process
        finally:
            process.send_signal(signal.SIGKILL)


class Person:
    """Somebody in a browser. `took` are the milliseconds of each kind of page; `acknowledged` the claims whose decision was."""

    def __init__(self, base: str, place: int, claims: int) -> None:
        self.client = httpx2.Client(base_url=base, timeout=60)
        self.random = random.Random(SEED + place)  # noqa: S311 -- to be the same again
        self.name, self.claims = f"person {place}", claims
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self.acknowledged: list[str] = []

    def sign_in(self) -> None:
        """Sign in as a person does."""
        answer = self.client.post("/sign-in", data={"name": self.name, "passphrase": PASSPHRASE, "next": "/"})
        if answer.status_code != 303:
            raise RuntimeError(f"{self.name} could not sign in: {answer.status_code}")

    def ask(self, kind: str, path: str) -> httpx2.Response:
        """Read a page, and time it."""
        began = time.perf_counter()
        answer = self.client.get(path, follow_redirects=True)
        self.took[kind].append(1000 * (time.perf_counter() - began))
        if answer.status_code >= FAILED:
            self.wrong[f"{answer.status_code} {re.sub(r'[0-9]+', 'N', path)}"] += 1
        return answer

    def read(self) -> None:
        """Open something."""
        n = self.random.randint(1, self.claims)
        ways = ("/", f"/claims/C{n}", f"/claims/C{n}", f"/items/I{1 + n // 10}", "/incidents", f"/incidents/N{1 + n // 400}", "/work")
        path = self.random.choice(ways)
        self.ask(f"read {re.sub(r'[0-9]+', 'N', path)}", path)

    def search(self, words: list[str]) -> None:
        """Search for a word of the case."""
        self.ask("search", f"/search?q={self.random.choice(words)}")

    def decide(self) -> None:
        """Open a claim and judge it."""
        number = f"C{self.random.randint(1, self.claims)}"
        page = self.ask("read /claims/CN", f"/claims/{number}").text
        fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("form_token", "seen")}
        began = time.perf_counter()
        answer = self.client.post(
            f"/claims/{number}/status",
            data={name: found[1] if found else "" for name, found in fields.items()}
            | {"status": self.random.choice(["accepted", "rejected"])},
        )
        self.took["decide"].append(1000 * (time.perf_counter() - began))
        if answer.status_code == 303:
            self.acknowledged.append(number)
        elif answer.status_code != 409:
            self.wrong[f"{answer.status_code} decide"] += 1

    def work(self, until: float, words: list[str]) -> None:
        """Read, search and decide until the time is over."""
        while time.monotonic() < until:
            time.sleep(self.random.expovariate(1 / THINK_SECONDS))
            drawn = self.random.random()
            if drawn < 0.7:
                self.read()
            elif drawn < 0.9:
                self.search(words)
            else:
                self.decide()


def lost(root: Path, people: list[Person]) -> int:
    """How many acknowledged decisions are not in the case, counted by claim; 0 where database and log hold them all."""
    with open_case(root) as case, case.asking() as connection:
        made = queries.decisions(connection)
        numbers = queries.numbers_of(connection, sorted({one.subject for one in made}))
        logged = sum(entry.action == "decision.made" for entry in case.logs[Stream.ANALYSIS].entries())
    held = Counter(numbers.get(one.subject, "") for one in made)
    told = Counter(number for person in people for number in person.acknowledged)
    print(f"acknowledged {told.total()}, in the database {held.total()}, in the log {logged}")
    return (told - held).total() + abs(logged - held.total())


def load(seconds: float, users: int, documents: int) -> int:
    """The people at work."""
    words = list({word for made, _ in evidence(40, 0) for word in re.findall(r"[a-z]{6,}", made.text)})[:400]
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        root = Path(folder) / "case"
        make_case(root, documents, users)
        with served(root) as (base, _):
            people = [Person(base, place, documents * 10) for place in range(users)]
            began = time.perf_counter()
            people[0].sign_in()
            people[0].ask("read /", "/")
            print(f"{documents * 10:,} claims; first page {1000 * (time.perf_counter() - began):.0f} ms after the server said it is there")
            for person in people[1:]:
                person.sign_in()
            until = time.monotonic() + seconds
            threads = [threading.Thread(target=person.work, args=(until, words)) for person in people]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        took: defaultdict[str, list[float]] = defaultdict(list)
        for person in people:
            for kind, times in person.took.items():
                took[kind] += times
                if kind.startswith("read "):
                    took["read (all)"] += times
        for kind, times in sorted(took.items()):
            cut = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
            print(
                f"{kind:28} {len(times):6,} times, median {statistics.median(times):6.0f} ms, p95 {cut[18]:6.0f}, longest {max(times):6.0f}"
            )
        wrong = sum((person.wrong for person in people), Counter[str]())
        print(f"wrong: {dict(wrong) or 'nothing'}")
        missing = lost(root, people)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    return 1 if missing or wrong else 0


def kill(times: int) -> int:
    """The server killed while people decide."""
    draw = random.Random(SEED)  # noqa: S311 -- to be the same again
    kills = missing = 0
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        root = Path(folder) / "case"
        claims = build_case(root, 8, 3)
        people: list[Person] = []
        while kills < times:
            with served(root) as (base, process):
                now = [Person(base, place, claims) for place in range(3)]
                people += now
                for place, person in enumerate(now):
                    person.random = random.Random(SEED + 1000 * kills + place)  # noqa: S311 -- to be the same again
                    person.sign_in()
                threads = [threading.Thread(target=decide_until_killed, args=(person,)) for person in now]
                for thread in threads:
                    thread.start()
                time.sleep(draw.uniform(0.2, 3.0))
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                for thread in threads:
                    thread.join()
        missing = max(sum((Counter(person.acknowledged) for person in people), Counter[str]()).total() - decisions_in(root), 0)
        said = subprocess.run([sys.executable, "-m", "witnessmark", "verify", str(root)], capture_output=True, text=True, check=False)
        print(
            f"{kills} kills of a live server; {sum(len(person.acknowledged) for person in people)} decisions acknowledged, {missing} lost"
        )
        print(f"verify: exit {said.returncode}. {said.stdout.splitlines()[0] if said.stdout else said.stderr}")
    return 1 if missing or said.returncode else 0


def decide_until_killed(person: Person) -> None:
    """Decide until nobody answers."""
    try:
        while True:
            person.decide()
    except httpx2.HTTPError:
        return


def decisions_in(root: Path) -> int:
    """How many decisions the case holds after the next writer has come."""
    with open_case(root, write="bench") as case, case.asking() as connection:
        return len(queries.decisions(connection))


if __name__ == "__main__":
    given = sys.argv[2:]
    if sys.argv[1:2] == ["kill"]:
        sys.exit(kill(int(given[0]) if given else 50))
    seconds, users, documents = [float(each) for each in [*given, *("300", "10", "1000")[len(given) :]]]
    sys.exit(load(seconds, int(users), int(documents)))
