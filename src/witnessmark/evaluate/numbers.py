"""Measures the numbers of victims that are read, against the templates of MUC-3 and MUC-4 (1991-92).

How a key is read. The slot HUM TGT: NUMBER holds a line for each target, `NUMBER: "TARGET" / "TARGET"`; what stands after the colon are alternative names
of that one target, and `/` before it parts alternative numbers, any of which is right. "12" is [12, 12], "~12" the same, approximate; "12-" (at least, more
than) is [12, null] or [13, null]; "-12" (up to, nearly) is [null, 12] or [null, 11] or about 12; PLURAL and "-" state no number. A leading "?" marks what need
not be found and is right if it is. A number in HUM TGT: TOTAL NUMBER need not be found either, since it is often a sum that the text does not state.

What is compared. A claim reader reads all that is claimed; the templates hold only acts of terror, recent and in nine countries. Soldiers killed in combat, deaths
of years ago, totals of a war are read rightly and stand in no key. So precision is measured where there is a key at all, in documents with at least one target
that has a number, and is a lower bound; recall is the figure that means what it says. Numbers of a rate ("10 a day") are no totals and are left out; so is an
open number such as "dozens" where the key says PLURAL. Four figures:

- numbers: the different intervals of a document on both sides. (min, max) must be equal; which target it is of is not asked;
- several: the same without [1, 1], which some target has in nearly every document;
- targets: every target for itself; the interval must be equal, and the words read must share a word with its names or descriptions;
- several of a target: the same without [1, 1].

"Sharper than written" are exact numbers read right after a word such as "some" or "at least": there must be none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from witnessmark.evaluate.figures import Counts, Figure, figure, share
from witnessmark.model.claim import Claim, VictimCount

NUMBER, TOTAL, NAME, DESCRIPTION = ("HUM TGT: " + slot for slot in ("NUMBER", "TOTAL NUMBER", "NAME", "DESCRIPTION"))
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
            totals.update(intervals_of(line.partition(":")[0]))
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
    readings = intervals_of(numbers)
    if not readings:
        return None
    words = words_of(" ".join([*names, *(described.get(name, "") for name in names)]))
    return Target(readings, words, demanded=not numbers.lstrip().startswith("?") and "PLURAL" not in numbers)


def intervals_of(numbers: str) -> frozenset[Interval]:
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


def _tells(count: VictimCount, key: Key) -> bool:
    """Whether a count belongs in the comparison: an open one such as "dozens" does not where the key says PLURAL."""
    interval = (count.min, count.max)
    return not (key.plural and None in interval and not any(interval in target.readings for target in key.targets))


def measure_numbers(documents: Sequence[dict[str, Any]], read: Callable[[Iterable[str]], Iterable[list[Claim]]]) -> list[Figure]:
    """The figures over those documents of the form `{text, templates}` that have a number in their key; the others are not read."""
    keyed = [(document, key) for document in documents if (key := read_key(document)).targets]
    claims = read(document["text"] for document, _ in keyed)
    counted = [counts_of(document["text"], key, found) for (document, key), found in zip(keyed, claims, strict=True)]
    figures = []
    for table in ("numbers", "several", "targets", "several of a target"):
        figures.append(figure(f"{table}, F", counted, _f_of(table), f"{table}.demanded"))
        figures.append(figure(f"{table}, recall", counted, _share_of(table, "found", "demanded"), f"{table}.demanded"))
        figures.append(figure(f"{table}, precision", counted, _share_of(table, "right", "read"), f"{table}.read"))
    return [*figures, figure("sharper than written", counted, lambda c: share(c["sharper"], c["exact"]), "exact")]


def _share_of(table: str, part: str, whole: str) -> Callable[[Counts], float | None]:
    return lambda counts: share(counts[f"{table}.{part}"], counts[f"{table}.{whole}"])


def _f_of(table: str) -> Callable[[Counts], float | None]:
    def measure(counts: Counts) -> float | None:
        recall, precision = _share_of(table, "found", "demanded")(counts), _share_of(table, "right", "read")(counts)
        if recall is None or precision is None:
            return None
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    return measure


def counts_of(text: str, key: Key, claims: list[Claim]) -> Counts:
    """What one document adds to each sum."""
    read = [count for claim in claims for count in claim.victims if count.per is None and _tells(count, key)]
    exact = [count for count in read if count.min == count.max != 1 and not count.approximate]
    counts: Counts = Counter(exact=len(exact), sharper=sum(HEDGED.search(text, max(0, c.start - 20), c.start) is not None for c in exact))
    for name, several in (("numbers", False), ("several", True)):
        _count_numbers(counts, name, key, read, several=several)
    for name, several in (("targets", False), ("several of a target", True)):
        _count_targets(counts, name, key, read, several=several)
    return counts


def _count_numbers(counts: Counts, name: str, key: Key, read: list[VictimCount], *, several: bool) -> None:
    intervals = {(count.min, count.max) for count in read} - ({ONE} if several else set())
    targets = [target for target in key.targets if not several or target.readings != {ONE}]
    demanded = {target.readings for target in targets if target.demanded}
    welcome = key.totals.union(*(target.readings for target in targets))
    found = sum(bool(readings & intervals) for readings in demanded)
    _tally(counts, name, len(demanded), found, len(intervals), len(intervals & welcome))


def _count_targets(counts: Counts, name: str, key: Key, read: list[VictimCount], *, several: bool) -> None:
    entries = {((count.min, count.max), words_of(f"{count.text} {count.group or ''}")) for count in read}
    entries = {entry for entry in entries if not several or entry[0] != ONE}
    targets = [target for target in key.targets if not several or target.readings != {ONE}]
    demanded = [target for target in targets if target.demanded]
    met = {(target, entry) for target, entry in product(targets, entries) if entry[0] in target.readings and target.words & entry[1]}
    right = {entry for _, entry in met} | {entry for entry in entries if entry[0] in key.totals}
    _tally(counts, name, len(demanded), sum(any(target is one for one, _ in met) for target in demanded), len(entries), len(right))


def _tally(counts: Counts, name: str, demanded: int, found: int, read: int, right: int) -> None:  # noqa: PLR0913, PLR0917 -- four sums of one table
    counts.update({f"{name}.demanded": demanded, f"{name}.found": found, f"{name}.read": read, f"{name}.right": right})
