"""Measures the numbers of victims that are read, against the templates of MUC-3 and MUC-4 (1991-92).

    python bench/muc.py KEY.jsonl.gz...      each line {"id", "text", "templates"}, slot values as in the keys

How a key is read. The slot HUM TGT: NUMBER holds a line for each target, `NUMBER: "TARGET" / "TARGET"`; what stands after the colon are alternative names
of that one target, and `/` before it parts alternative numbers, any of which is right. "12" is [12, 12], "~12" the same, approximate; "12-" (at least, more
than) is [12, null] or [13, null]; "-12" (up to, nearly) is [null, 12] or [null, 11] or about 12; PLURAL and "-" state no number. A leading "?" marks what need
not be found and is right if it is. A number in HUM TGT: TOTAL NUMBER need not be found either, since it is often a sum that the text does not state.

What is compared. A claim reader reads all that is claimed; the templates hold only acts of terror, recent and in nine countries. Soldiers killed in combat, deaths
of years ago, totals of a war are read rightly and stand in no key. So precision is measured where there is a key at all, in documents with at least one target
that has a number, and is a lower bound; recall is the figure that means what it says. Numbers of a rate ("10 a day") are no totals and are left out; so is an
open number such as "dozens" where the key says PLURAL. Four tables:

- numbers: the different intervals of a document on both sides. (min, max) must be equal; which target it is of is not asked;
- several: the same without [1, 1], which some target has in nearly every document;
- targets: every target for itself; the interval must be equal, and the words read must share a word with its names or descriptions;
- several of a target: the same without [1, 1].

`sharpened` are exact numbers read right after a word such as "some" or "at least": there must be none.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import Claim, VictimCount

NUMBER, TOTAL, NAME, DESCRIPTION = ("HUM TGT: " + slot for slot in ("NUMBER", "TOTAL NUMBER", "NAME", "DESCRIPTION"))
DRAWS, SEED, LEVEL = 1000, 1, 0.95
ONE = (1, 1)
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "her",
        "his",
        "in",
        "of",
        "on",
        "other",
        "others",
        "the",
        "their",
        "to",
        "who",
        "whom",
        "with",
    ]
)
WRITTEN = re.compile(r"\s*~?\s*(?P<most>-)?\s*(?P<number>\d+)\s*(?P<least>-)?\s*")
HEDGED = re.compile(
    r"\b(?:about|around|some|almost|nearly|approximately|roughly|over|at\s+least|at\s+most|up\s+to|more\s+than|less\s+than|fewer\s+than|as\s+many\s+as)\s+\Z",
    re.IGNORECASE,
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')

Interval = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a template with a number: the intervals that are right, and the words of its names and descriptions."""

    readings: frozenset[Interval]
    words: frozenset[str]
    demanded: bool


@dataclass(frozen=True, slots=True)
class Key:
    """What the templates of one document say of numbers; `totals` need not be found, `plural` tells that some target has no number."""

    targets: tuple[Target, ...]
    totals: frozenset[Interval]
    plural: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one document: tallies by table, and the words of numbers that were read sharper than written."""

    half: int
    tallies: dict[str, Tally]
    sharpened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one table: demanded and found of these, read and right of these."""

    demanded: int = 0
    found: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.demanded + other.demanded, self.found + other.found, self.read + other.read, self.right + other.right)

    def figures(self) -> dict[str, float]:
        """Recall, precision and F between 0 and 1."""
        recall = self.found / self.demanded if self.demanded else 0.0
        precision = self.right / self.read if self.read else 0.0
        return {"recall": recall, "precision": precision, "f": 2 * recall * precision / (recall + precision) if recall + precision else 0.0}


def main() -> None:
    """Print the tables of every file, for all its documents and for either half of them."""
    reader = ClaimReader.load()
    for path in map(Path, sys.argv[1:]):
        print(f"== {path.name}")
        scores = scores_of(reader, read_documents(path))
        _show(figures(scores))
        for half in (0, 1):
            print(f"-- half {half}")
            _show(figures([score for score in scores if score.half == half]))


def measure(reader: ClaimReader, documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The figures of `figures` for documents as `read_documents` gives them."""
    return figures(scores_of(reader, documents))


def scores_of(reader: ClaimReader, documents: Iterable[dict[str, Any]]) -> list[Score]:
    """The score of every document with a number in its key, in order; the others are not read."""
    keyed = [(document, key) for document in documents if (key := read_key(document)).targets]
    read = reader.read_all((document["text"], None, None) for document, _ in keyed)
    return [score(document, key, claims) for (document, key), claims in zip(keyed, read, strict=True)]


def figures(scores: list[Score]) -> dict[str, Any]:
    """Recall, precision and F by table, each with its interval: the middle `LEVEL` of `DRAWS` resamples of documents."""
    tables = {name: _table([score.tallies[name] for score in scores]) for name in TABLES}
    return {"documents": len(scores), "sharpened": [words for score in scores for words in score.sharpened], "tables": tables}


def read_documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a key file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(name: str) -> int:
    """0 or 1, for ever the same for one document."""
    return hashlib.sha256(name.encode()).digest()[0] % 2


def read_key(document: dict[str, Any]) -> Key:
    """The key of a document, each target once, however many templates it stands in."""
    targets: dict[Target, None] = {}
    totals: set[Interval] = set()
    plural = False
    for template in document["templates"]:
        described = _descriptions(template)
        for line in template.get(NUMBER, "").splitlines():
            numbers, _, names = line.partition(":")
            plural = plural or "PLURAL" in numbers
            target = _target(numbers, QUOTED.findall(names), described)
            if target is not None:
                targets[target] = None
        for line in template.get(TOTAL, "").splitlines():
            totals.update(_readings(line.partition(":")[0]))
    return Key(tuple(targets), frozenset(totals), plural)


def _descriptions(template: dict[str, str]) -> dict[str, str]:
    """The descriptions of each name of a template."""
    found: dict[str, str] = {}
    for line in template.get(DESCRIPTION, "").splitlines():
        described, _, names = line.partition(":")
        for name in QUOTED.findall(names):
            found[name] = found.get(name, "") + " " + described
    return found


def _target(numbers: str, names: list[str], described: dict[str, str]) -> Target | None:
    readings = _readings(numbers)
    if not readings:
        return None
    words = words_of(" ".join([*names, *(described.get(name, "") for name in names)]))
    return Target(readings, words, demanded=not numbers.lstrip().startswith("?") and "PLURAL" not in numbers)


def _readings(numbers: str) -> frozenset[Interval]:
    """The intervals that are right."""
    found: set[Interval] = set()
    for alternative in numbers.replace("?", "").replace("(", "").replace(")", "").split("/"):
        written = WRITTEN.fullmatch(alternative)
        if written is None:
            continue
        number = int(written["number"])
        if written["least"]:
            found |= {(number, None), (number + 1, None)}
        elif written["most"]:
            found |= {(None, number), (None, number - 1), (number, number)}
        else:
            found.add((number, number))
    return frozenset(found)


def words_of(words: str) -> frozenset[str]:
    """The words that can tell one target from another, without number or plural ending."""
    return frozenset(
        word.rstrip("s") for word in re.findall(r"[a-z]+", re.sub(r"['’]s\b", "", words.casefold())) if word not in SMALL_WORDS
    )


def score(document: dict[str, Any], key: Key, claims: list[Claim]) -> Score:
    """The tallies of one document by table, and the words of numbers read sharper than they were written."""
    counts = [count for claim in claims for count in claim.victims if count.per is None and _tells(count, key)]
    sharpened = tuple(
        document["text"][max(0, count.start - 20) : count.end]
        for count in counts
        if count.min == count.max != 1 and not count.approximate and HEDGED.search(document["text"], max(0, count.start - 20), count.start)
    )
    return Score(half_of(document["id"]), {name: table(key, counts) for name, table in TABLES.items()}, sharpened)


def _tells(count: VictimCount, key: Key) -> bool:
    """Whether a count belongs in the comparison: an open one such as "dozens" does not where the key says PLURAL."""
    interval = (count.min, count.max)
    return not (key.plural and None in interval and not any(interval in target.readings for target in key.targets))


def _numbers(key: Key, counts: list[VictimCount], *, several: bool) -> Tally:
    read = {(count.min, count.max) for count in counts} - ({ONE} if several else set())
    targets = [target for target in key.targets if not several or target.readings != {ONE}]
    demanded = {target.readings for target in targets if target.demanded}
    welcome = key.totals.union(*(target.readings for target in targets))
    return Tally(len(demanded), sum(bool(readings & read) for readings in demanded), len(read), len(read & welcome))


def _targets(key: Key, counts: list[VictimCount], *, several: bool) -> Tally:
    read = {((count.min, count.max), words_of(f"{count.text} {count.group or ''}")) for count in counts}
    read = {entry for entry in read if not several or entry[0] != ONE}
    targets = [target for target in key.targets if not several or target.readings != {ONE}]
    demanded = [target for target in targets if target.demanded]
    met = {(target, entry) for target, entry in product(targets, read) if entry[0] in target.readings and target.words & entry[1]}
    right = {entry for _, entry in met} | {entry for entry in read if entry[0] in key.totals}
    return Tally(len(demanded), sum(any(target is one for one, _ in met) for target in demanded), len(read), len(right))


TABLES: dict[str, Callable[[Key, list[VictimCount]], Tally]] = {
    "numbers": lambda key, counts: _numbers(key, counts, several=False),
    "several": lambda key, counts: _numbers(key, counts, several=True),
    "targets": lambda key, counts: _targets(key, counts, several=False),
    "several of a target": lambda key, counts: _targets(key, counts, several=True),
}


def _table(tallies: list[Tally]) -> dict[str, Any]:
    total = sum(tallies, Tally())
    draw = random.Random(SEED)  # noqa: S311 -- the same draws each time are the purpose
    drawn = [sum(draw.choices(tallies, k=len(tallies)), Tally()).figures() for _ in range(DRAWS)] if tallies else []
    intervals = {name: _middle([figures[name] for figures in drawn]) for name in total.figures()}
    return {"tally": total, "figures": total.figures(), "intervals": intervals}


def _middle(values: list[float]) -> tuple[float, float]:
    """The middle `LEVEL` of some values."""
    if not values:
        return 0.0, 0.0
    ordered, tail = sorted(values), (1 - LEVEL) / 2
    return ordered[int(tail * len(ordered))], ordered[min(int((1 - tail) * len(ordered)), len(ordered) - 1)]


def _show(result: dict[str, Any]) -> None:
    print(f"{result['documents']} documents with a number in the key; sharper than written: {result['sharpened']}")
    for name, table in result["tables"].items():
        figures = ", ".join(
            f"{measure} {value:.3f} ({table['intervals'][measure][0]:.3f}-{table['intervals'][measure][1]:.3f})"
            for measure, value in table["figures"].items()
        )
        tally = table["tally"]
        print(f"{name}: {figures}; {tally.found} of {tally.demanded} found, {tally.right} of {tally.read} right")


if __name__ == "__main__":
    main()
