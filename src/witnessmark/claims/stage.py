"""The claim reader as a stage: requests in, one result for each out, in the same order.

The reader knows English only. A document in another language, or one with hardly any words, gives no claims and says why: garbage that looks like claims
would be worse than nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from witnessmark.claims.language import not_english
from witnessmark.claims.reasons import Reason
from witnessmark.claims.version import VERSION
from witnessmark.model.claim import Claim
from witnessmark.model.document import Failure
from witnessmark.model.meaning import Meaning

if TYPE_CHECKING:
    from witnessmark.claims.reader import ClaimReader

STAGE = VERSION


class ClaimParams(msgspec.Struct, frozen=True):
    """What the result depends on besides the documents: whether attributions are found by rules alone."""

    rules_only: bool = False


class ClaimRequest(msgspec.Struct, frozen=True):
    """One document to read: its id, the sha256 of its original, its text, its date (ISO) and its language (BCP 47), None where not known."""

    document: str
    item: str
    text: str
    published: str | None = None
    language: str | None = None


class ClaimsRead(msgspec.Struct, frozen=True):
    """The claims of one document, and sentences for the person about what was not read; `meanings` say what the paragraphs that hold them are about; `reasons` by a claim's id, where they were asked for."""

    document: str
    claims: tuple[Claim, ...]
    problems: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    reasons: dict[str, tuple[Reason, ...]] = {}


@cache
def _reader(*, rules_only: bool) -> ClaimReader:
    from witnessmark.claims.reader import ClaimReader

    return ClaimReader.load(rules_only=rules_only)


def run(batch: Iterable[ClaimRequest], params: ClaimParams) -> Iterator[ClaimsRead | Failure]:
    """Read the claims of each document. A document that is not in English gives none, and a problem that says so."""
    waiting: list[tuple[ClaimRequest, str | None]] = []

    def texts() -> Iterator[tuple[str, str | None, str | None]]:
        for request in batch:
            problem = not_english(request.text, request.language)
            waiting.append((request, problem))
            yield ("" if problem else request.text), request.published, request.item

    for claims in _reader(rules_only=params.rules_only).read_all(texts()):
        request, problem = waiting.pop(0)
        yield ClaimsRead(request.document, tuple(claims), (problem,) if problem else (), meanings_of(request.text, claims))


def meanings_of(text: str, claims: Sequence[Claim]) -> tuple[Meaning, ...]:
    """What the paragraphs of a text that hold claims are about."""
    if not claims:
        return ()
    from witnessmark.text.meaning import Encoder, vectors_of_paragraphs

    vectors = vectors_of_paragraphs(text, [claim.content[0].start for claim in claims], Encoder.load())
    found: dict[bytes, list[str]] = {}
    for claim in claims:
        found.setdefault(vectors[claim.content[0].start], []).append(claim.id)
    return tuple(Meaning(tuple(ids), vector) for vector, ids in found.items())


def run_explained(batch: Iterable[ClaimRequest], params: ClaimParams) -> Iterator[ClaimsRead]:
    """The same, with why every field has its value."""
    reader = _reader(rules_only=params.rules_only)
    for request in batch:
        problem = not_english(request.text, request.language)
        explained = [] if problem else reader.explain(request.text, request.published, request.item)
        yield ClaimsRead(
            request.document,
            tuple(claim for claim, _ in explained),
            (problem,) if problem else (),
            reasons={claim.id: reasons for claim, reasons in explained},
        )
