"""What tables and reports say of files that came with them: the files an Uwazi export names, and the SHA-256 hashes an auto-archiver report gives.

The reading itself is that of any table, page or JSON file; here is only what is added to its metadata and problems. Nothing is matched by guess: a file
is found by its name, a hash by its value.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from witnessmark.read.beside import Neighbours, link_words
from witnessmark.read.extract import Extract, Original
from witnessmark.read.plain import MAX_TEXT_BYTES
from witnessmark.text.encoding import NotTextError, decode_text

MOST_LINKS = 5000
_MOST_NAMED = 10
_HASH = re.compile(r"sha-?256[^0-9a-f]{1,12}([0-9a-f]{64})(?![0-9a-f])", re.IGNORECASE)
_FILES = re.compile(r"(file|attachments)(?:__([a-z]{2,3}))?\Z")
_TITLE = re.compile(r"title(?:__[a-z]{2,3})?\Z")
_TABLES = frozenset({"text/csv", "text/tab-separated-values"})
_REPORTS = frozenset({"text/html", "application/json"}) | _TABLES


def with_given(extract: Extract, original: Original) -> Extract:
    """The extract with what it says of the files that came with the original; unchanged where nothing came or it says nothing."""
    if original.media_type not in _REPORTS or not original.beside:
        return extract
    text, beside = _text(original), Neighbours(original.beside)
    metadata, problems = dict[str, str](), list[str]()
    if original.media_type in _TABLES:
        _link_rows(text, beside, metadata, problems)
    _compare_hashes(text, beside, metadata, problems)
    return msgspec.structs.replace(extract, metadata=extract.metadata | metadata, problems=(*extract.problems, *problems))


def _text(original: Original) -> str:
    if original.path.stat().st_size > MAX_TEXT_BYTES:
        return ""
    try:
        return decode_text(original.path.read_bytes())[0]
    except NotTextError:
        return ""


def _link_rows(text: str, beside: Neighbours, metadata: dict[str, str], problems: list[str]) -> None:
    rows = csv.reader(io.StringIO(text, newline=""))
    missing: dict[str, None] = {}
    links = 0
    for number, name in _named_files(rows):
        found = beside.named(name)
        links += 1
        if links <= MOST_LINKS:
            metadata[f"row {number}: {name}"] = link_words(found)
        if not found:
            missing[name] = None
    if links:
        metadata["table"] = f"rows that name files, as Uwazi exports them: {links} names"
    if links > MOST_LINKS:
        problems.append(f"Only the first {MOST_LINKS:,} of {links:,} names of files were linked.")
    if missing:
        problems.append(f"Files that its rows name and that did not come with it: {len(missing)} ({_some(list(missing))}).")


def _named_files(rows: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 -- a csv reader has no public type
    """The number of each row with a file it names; nothing unless the head has a title and a column of files, as in an Uwazi export."""
    try:
        head = [cell.strip().lower() for cell in next(rows, [])]
        columns = [at for at, cell in enumerate(head) if _FILES.match(cell)]
        if not columns or not any(_TITLE.match(cell) for cell in head):
            return
        for number, row in enumerate(rows, 2):
            for name in (name.strip() for at in columns if at < len(row) for name in row[at].split("|")):
                if name:
                    yield number, name
    except csv.Error:
        return


def _compare_hashes(text: str, beside: Neighbours, metadata: dict[str, str], problems: list[str]) -> None:
    given = dict.fromkeys(found.lower() for found in _HASH.findall(text))
    if not given:
        return
    by_hash = {one.sha256: one for one in beside.all}
    for digest in list(given)[:MOST_LINKS]:
        if digest in by_hash:
            metadata[f"sha256 given: {digest}"] = f"that of {by_hash[digest].number} ({by_hash[digest].name})"
    unmet = [digest for digest in given if digest not in by_hash]
    metadata["hashes given"] = f"{len(given) - len(unmet)} of {len(given)} SHA-256 hashes are those of files that came with it"
    if unmet:
        shown = _some([digest[:16] + "…" for digest in unmet])
        problems.append(f"SHA-256 hashes that it gives and no file that came with it has: {len(unmet)} ({shown}).")


def _some(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")
