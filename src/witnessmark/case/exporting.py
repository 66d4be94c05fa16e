"""Exports: claims and incidents as JSON lines in the published shapes, in the order of their short numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from witnessmark.case.case import Case, Tell
from witnessmark.case.telling import Standing
from witnessmark.durable import write_durably
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.store import queries


def export(case: Case, kind: str, out: Path, *, tell: Tell = lambda _: None) -> int:
    """Write an export to `out` and return its number of lines. Raises UsageError for an unknown format, StorageError."""
    if kind not in FORMATS:
        raise UsageError(f"There is no export to {kind!r}. Choose one of: handover, bagit, ocfl, {', '.join(FORMATS)}.")
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write exports elsewhere, so that nothing of the case is ever overwritten.")
    lines: list[bytes] = []
    for line in FORMATS[kind](case):
        lines.append(line)
        tell(Standing("lines made", len(lines)))
    try:
        write_durably(out, b"".join(line + b"\n" for line in lines))
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
    return len(lines)


def _claims(case: Case) -> Iterator[bytes]:
    with case.asking() as connection:
        names = {item: receipts[0].name for item, receipts in queries.receipts(connection).items()}
        for stored in queries.claims(connection):
            yield canonical_json(
                {
                    "file": names[stored.item],
                    **msgspec.to_builtins(stored.claim),
                    "item": stored.item,
                    "number": f"C{stored.number}",
                    "status": stored.status,
                }
            )


def _incidents(case: Case) -> Iterator[bytes]:
    with case.asking() as connection:
        yield from (canonical_json(incident) for incident in queries.incidents(connection))


FORMATS: dict[str, Callable[[Case], Iterator[bytes]]] = {"claims-jsonl": _claims, "incidents-jsonl": _incidents}
