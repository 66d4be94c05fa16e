"""Sends broken files through the reading stage, as the program does, and counts what came of each.

Run: .venv/bin/python bench/fuzz/run.py [--seed 1] [--count 20000] [--with-programs] [--keep FOLDER]
Prints outcomes by kind, deaths and replacements of the child, the slowest inputs, and what must not be; ends with 1 where something must not.
An input is made from the seed and its number alone, so `--first NUMBER --count 1` makes just that one again.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.fuzz.mutate import mutated
from bench.fuzz.seeds import seeds

from witnessmark.engines.child import ChildError, JobFailedError, LimitedChild
from witnessmark.model.document import Failure, Reading
from witnessmark.read import ReadParams, ReadRequest, media_type_of, run, stage
from witnessmark.read.request import DecodeJob

_AT_ONCE = 500
_SLOWEST_SHOWN = 10
_GRACE = 30.0
"""Seconds over its limit that a call may take for killing and replacing a child on a busy machine."""
_UNNAMED = re.compile(r"\((\w+)(?:: .*)?\)\.$", re.DOTALL)


class Made(msgspec.Struct, frozen=True):
    """One broken file: its number, the name it is received under, its bytes."""

    number: int
    name: str
    content: bytes


class Report(msgspec.Struct):
    """What came of the inputs; `wrong` holds sentences on what must not be."""

    inputs: int = 0
    outcomes: Counter[str] = msgspec.field(default_factory=Counter)
    unforeseen: dict[str, list[str]] = {}
    deaths: Counter[str] = msgspec.field(default_factory=Counter)
    started: int = 0
    slowest: list[tuple[float, str]] = []
    wrong: list[str] = []


class WatchedChild(LimitedChild):
    """The child the stage opens, with a watch in its hand: how long each call takes, how often one is started, how calls end."""

    report: Report

    def call(self, payload: bytes, *, wall_seconds: float | None = None, file: Path | None = None, files: Sequence[Path] = ()) -> bytes:
        """As ever, and noted."""
        before = time.monotonic()
        try:
            return super().call(payload, wall_seconds=wall_seconds, file=file, files=files)
        except ChildError as error:
            if not isinstance(error, JobFailedError):
                self.report.deaths[str(error)] += 1
            raise
        finally:
            seconds = time.monotonic() - before
            name = msgspec.msgpack.decode(payload, type=DecodeJob).name
            self.report.slowest = sorted([*self.report.slowest, (seconds, name)], reverse=True)[:_SLOWEST_SHOWN]
            if seconds > (wall_seconds or stage.LIMITS.wall_seconds) + _GRACE:
                self.report.wrong.append(f"{name} took {seconds:.0f} s, past its limit.")

    def _start(self) -> object:  # type: ignore[override]  # the base's own way to start, counted
        self.report.started += 1
        return super()._start()


def broken_files(seed: int, first: int, count: int) -> Iterator[Made]:
    """The inputs of `seed`, each a function of it and of its number."""
    valid = seeds()
    names = sorted(valid)
    for number in range(first, first + count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 -- repeatable on purpose
        name = names[number % len(names)]
        yield Made(number, name, mutated(valid[name], valid[chance.choice(names)], chance))


def fuzz(made: Iterator[Made], params: ReadParams, *, workers: int | None = None, keep: Path | None = None) -> Report:
    """Read every input, and hold what came of it against what must be."""
    report = Report()

    def open_child(within: Path | None = None) -> WatchedChild:
        child = WatchedChild("witnessmark.read.decode:decode", stage.LIMITS, within=within)
        child.report = report
        return child

    with tempfile.TemporaryDirectory(prefix="fuzz-work-") as work, mock.patch.object(tempfile, "tempdir", work):
        with mock.patch.object(stage, "open_child", open_child):
            while batch := list(itertools.islice(made, _AT_ONCE)):
                _read_batch(batch, params, workers, report, keep)
        left = os.listdir(work)  # noqa: PTH208 -- names are enough
        if left:
            report.wrong.append(f"Left over in the work folder: {left}.")
    return report


def _read_batch(batch: list[Made], params: ReadParams, workers: int | None, report: Report, keep: Path | None) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-inputs-"))
    try:
        requests = [_request(folder, made) for made in batch]
        answers = run(requests, params, workers=workers)
        for made, request, answer in zip(batch, requests, answers, strict=True):
            report.inputs += 1
            _judge(made, request, answer, report, keep)
    finally:
        shutil.rmtree(folder)


def _request(folder: Path, made: Made) -> ReadRequest:
    path = folder / f"{made.number}"
    path.write_bytes(made.content)
    path.chmod(0o444)
    return ReadRequest(hashlib.sha256(made.content).hexdigest(), path, f"{made.number}-{made.name}", media_type_of(path, made.name))


def _judge(made: Made, request: ReadRequest, answer: Reading | Failure, report: Report, keep: Path | None) -> None:
    label = f"{made.number}-{made.name}"
    if isinstance(answer, Reading):
        report.outcomes["read, with a problem in words" if answer.document.problems else "read"] += 1
        said = answer.document.item
        if any(not 0 <= anchor.start < anchor.end <= len(answer.document.text) for anchor in answer.document.anchors):
            report.wrong.append(f"{label}: an anchor lies outside the text.")
    else:
        said = answer.item
        kind = _kind_of(answer.reason)
        report.outcomes[kind] += 1
        if kind.startswith("unforeseen"):
            report.unforeseen.setdefault(f"{request.media_type}: {answer.reason[:160]}", []).append(label)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / label).write_bytes(made.content)
    if said != request.item:
        report.wrong.append(f"{label}: the answer is about another item.")
    if hashlib.sha256(request.path.read_bytes()).hexdigest() != request.item:
        report.wrong.append(f"{label}: the file was changed.")


def _kind_of(reason: str) -> str:
    """A failure by what stopped it: a reader that knew why, an exception no reader foresaw, or a limit."""
    if "memory allowed" in reason:
        return "failure: memory"
    if "processor time" in reason or "was stopped" in reason:
        return "failure: time"
    if "The decoding process" in reason:
        return "failure: the child died"
    if reason.startswith("The file could not be read as") and (found := _UNNAMED.search(reason)):
        return f"unforeseen: {found[1]}"
    return "failure: foreseen, in words"


def main() -> int:
    """Run as told on the command line and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--with-programs", action="store_true", help="use tesseract and exiftool where installed (slow)")
    parser.add_argument("--keep", type=Path, help="folder for inputs that ended in an exception no reader foresaw")
    asked = parser.parse_args()
    params = ReadParams() if asked.with_programs else ReadParams(tesseract=None, ocr_languages=(), exiftool=None)
    started = time.monotonic()
    report = fuzz(broken_files(asked.seed, asked.first, asked.count), params, workers=asked.workers, keep=asked.keep)
    print(f"{report.inputs} inputs of seed {asked.seed} in {time.monotonic() - started:.0f} s")
    for kind, number in sorted(report.outcomes.items()):
        print(f"{number:8}  {kind}")
    print(f"{report.started} children started; calls that ended with one: {dict(report.deaths) or 'none'}")
    print("slowest:", ", ".join(f"{name} {seconds:.1f} s" for seconds, name in report.slowest))
    for reason, labels in report.unforeseen.items():
        print(f"UNFORESEEN {len(labels)}x {reason}  e.g. {labels[0]}")
    for sentence in report.wrong:
        print(f"WRONG {sentence}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
