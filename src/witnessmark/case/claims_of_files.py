"""Reading the claims of loose files, with no case: the same readers and rules, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from witnessmark.claims.stage import ClaimParams, ClaimRequest, ClaimsRead, run_explained
from witnessmark.claims.stage import run as run_claims
from witnessmark.model.document import Failure
from witnessmark.preserve.vault import hash_file
from witnessmark.read import ReadParams, ReadRequest, media_type_of
from witnessmark.read import run as run_readers


def claims_of_files(
    files: Sequence[Path], published: str | None, *, rules_only: bool = False, explained: bool = False
) -> Iterator[tuple[Path, ClaimsRead | Failure]]:
    """Each file with its claims, or why it could not be read, in the order given.

    `published` (ISO) stands in where a document does not date itself.
    """
    readable: list[Path] = []
    requests: list[ReadRequest] = []
    for path in files:
        try:
            requests.append(ReadRequest(hash_file(path), path, path.name, media_type_of(path, path.name)))
            readable.append(path)
        except OSError as error:
            yield path, Failure("", "read", f"The file cannot be opened: {error.strerror or error}.")
    to_read: list[tuple[Path, ClaimRequest]] = []
    for path, result in zip(readable, run_readers(requests, ReadParams()), strict=True):
        if isinstance(result, Failure):
            yield path, result
        else:
            document = result.document
            day = document.published.value if document.published else published
            to_read.append((path, ClaimRequest(document.id, document.item, document.text, day, document.language)))
    read = run_explained if explained else run_claims
    results = read((request for _, request in to_read), ClaimParams(rules_only))
    yield from ((path, result) for (path, _), result in zip(to_read, results, strict=True))
