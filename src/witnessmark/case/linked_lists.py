"""Linking lists that lie in files, with no case: the lists with their mappings in, a folder with what was found out.

The folder names rows by the ids and lines of the lists, never people: `people.csv` says which rows are one person, `pairs.csv` how sure each pair is, `to-judge.csv` which of them are most worth a person's look, `tables/` holds a capture table for the linkage
chosen, for each plausible one and for each of several thresholds, `linkage.json` what all of it was made from.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Given
from pathlib import Path

import msgspec

from witnessmark.durable import write_durably
from witnessmark.errors import StorageError, UsageError
from witnessmark.link.judgements import Judgement, read_judgements, worth_asking
from witnessmark.link.linkage import Linkage, link_lists
from witnessmark.link.mapping import Mapping
from witnessmark.link.proposing import proposed_file
from witnessmark.link.reading import read_list
from witnessmark.link.records import VictimList
from witnessmark.model.counting import Histories

Tell = Callable[[str], None]
TABLES = "tables"
RECORD = "linkage.json"


class ListRead(msgspec.Struct, frozen=True):
    """A list as it was brought in: `faults` counts each kind of problem, `digest` is the SHA-256 of the file."""

    name: str
    source: str | None
    compiled: str | None
    file: str
    digest: str
    records: int
    unnamed: int
    faults: dict[str, int]


class LinkedLists(msgspec.Struct, frozen=True, kw_only=True):
    """What linking found. `people` is at the threshold, `fewest` and `most` over that and the plausible linkages."""

    lists: tuple[ListRead, ...]
    records: int
    pairs: int
    threshold: float
    people: int
    fewest: int
    most: int
    seed: int
    once: tuple[str, ...]
    judgements: int
    unkept: tuple[Judgement, ...]
    warnings: tuple[str, ...]


def mapping_beside(path: Path) -> Path:
    """Where the mapping of a list is looked for: the same name, ending in .toml."""
    return path.with_suffix(".toml")


def proposed(path: Path) -> str:
    """A mapping for a list, as TOML, guessed from its headings and the look of its dates."""
    return proposed_file(_content(path), path.name)


def link_files(  # noqa: PLR0913 -- what it may be told, each by its name
    files: Sequence[Path],
    out: Path,
    *,
    once: Sequence[str] = (),
    judged: Path | None = None,
    draws: int,
    seed: int,
    tell: Tell = lambda _: None,
) -> LinkedLists:
    """Link the lists in these files, each read by the mapping beside it, and write what was found into the folder `out`.

    Raises:
        UsageError: fewer than two lists, no mapping beside one, a list that cannot be read with it, or a folder that holds something already.
    """
    if len(files) < 2:
        raise UsageError("Linking takes two lists at the least; for an estimate, three.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} holds something already. Name a new folder; nothing is written over.")
    read, lists = zip(*(_read(path) for path in files), strict=True)
    said = read_judgements(_content(judged), str(judged)) if judged is not None else []
    existed = _make(out)
    try:
        linkage = link_lists(lists, once=once, judgements=said, draws=draws, seed=seed, tell=tell)
        found = _found(read, linkage, once, len(said))
        _write(out, linkage, found, lists)
    except BaseException as error:  # whatever stopped it, Ctrl-C too: half a linkage is none
        shutil.rmtree(out, ignore_errors=True)
        if existed:
            out.mkdir(exist_ok=True)
        if isinstance(error, OSError):
            raise StorageError(f"Nothing was written into {out}: {error.strerror or error}.") from error
        raise
    return found


def _make(out: Path) -> bool:
    """Make the folder before any work is done for it. Returns whether it was there, empty."""
    try:
        existed = out.exists()
        (out / TABLES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {out} cannot be made: {error.strerror or error}.") from error
    return existed


def _found(read: Sequence[ListRead], linkage: Linkage, once: Sequence[str], judgements: int) -> LinkedLists:
    counts = [linkage.people, *(sum(count for _, count in drawn) for drawn in linkage.drawn)]
    return LinkedLists(
        lists=tuple(read),
        records=len(linkage.records),
        pairs=len(linkage.pairs),
        threshold=linkage.threshold,
        people=linkage.people,
        fewest=min(counts),
        most=max(counts),
        seed=linkage.seed,
        once=tuple(sorted(set(once))),
        judgements=judgements,
        unkept=linkage.unkept,
        warnings=tuple(warnings_of_linkage({one.name: one.records for one in read}, linkage)),
    )


def warnings_of_linkage(records: Given[str, int], linkage: Linkage) -> Iterable[str]:
    """Sentences on a linkage that whoever uses it should know; `records` counts those of each list."""
    for name, count in records.items():
        if not count:
            yield f"No row of {name} names anyone. Does its mapping name the right columns?"
    if not linkage.pairs:
        yield "No two rows could be compared: they share nothing, or so many share everything that comparing them would never end. Look at the mappings."
    for said in linkage.unkept:
        yield f"{said.one} and {said.other} were judged {said.verdict}, which other judgements or a list that names everyone once stand against."


def _read(path: Path) -> tuple[ListRead, VictimList]:
    mapping_file = mapping_beside(path)
    if not mapping_file.exists():
        raise UsageError(f"{path} has no mapping. Propose one: witnessmark count map {path} > {mapping_file}, then look through it.")
    content = _content(path)
    victims = read_list(content, path.name, Mapping.load(mapping_file))
    faults: dict[str, int] = {}
    for problem in victims.problems:
        faults[problem.what] = faults.get(problem.what, 0) + 1
    digest = hashlib.sha256(content).hexdigest()
    return (
        ListRead(victims.name, victims.source, victims.compiled, path.name, digest, len(victims.records), len(victims.unnamed), faults),
        victims,
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The list {path} cannot be read: {error.strerror or error}.") from error


def _write(out: Path, linkage: Linkage, found: LinkedLists, lists: Sequence[VictimList]) -> None:
    tables = out / TABLES
    problems = ((one.name, problem.line, problem.column or "", problem.what) for one in lists for problem in one.problems)
    write_durably(out / "problems.csv", _csv(("list", "line", "column", "what"), problems))
    rows = ((record.list, record.id, record.line, person) for record, person in zip(linkage.records, linkage.person, strict=True))
    write_durably(out / "people.csv", _csv(("list", "record", "line", "person"), rows))
    pairs = ((pair.one, pair.other, f"{pair.probability:.6f}") for pair in linkage.pairs)
    write_durably(out / "pairs.csv", _csv(("one", "other", "probability"), pairs))
    asked = ((pair.one, pair.other, f"{pair.probability:.6f}", "") for pair in worth_asking(linkage.pairs, linkage.threshold))
    write_durably(out / "to-judge.csv", _csv(("one", "other", "probability", "verdict"), asked))
    write_durably(tables / "chosen.csv", _table(linkage, linkage.histories))
    for number, drawn in enumerate(linkage.drawn, start=1):
        write_durably(tables / f"draw-{number:03}.csv", _table(linkage, drawn))
    for bar, histories in linkage.at_thresholds.items():
        write_durably(tables / f"threshold-{bar:.2f}.csv", _table(linkage, histories))
    write_durably(out / RECORD, msgspec.json.format(msgspec.json.encode(found)) + b"\n")


def _table(linkage: Linkage, histories: Histories) -> bytes:
    width = len(linkage.lists)
    return _csv((*linkage.lists, "count"), ((*(history >> j & 1 for j in range(width)), count) for history, count in histories))


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return written.getvalue().encode()
