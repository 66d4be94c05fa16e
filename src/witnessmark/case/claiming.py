"""Reading claims: every document whose claims were not read yet goes to the claim reader, and its claims get their labels.

A claim that a better reader finds again keeps its id, hence its number and every decision made about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from witnessmark.case.case import Case, Tell
from witnessmark.case.labels import new_labels
from witnessmark.case.reading import COMMIT_ITEMS, Tally
from witnessmark.case.stages import split_stage, step_of
from witnessmark.case.telling import told
from witnessmark.claims.stage import STAGE, ClaimParams, ClaimRequest, ClaimsRead, run
from witnessmark.model import deed
from witnessmark.model.document import Failure
from witnessmark.store import queries

CLAIMS, VERSION = split_stage(STAGE)


def read_claims(case: Case, *, again: bool = False, tell: Tell = lambda _: None) -> Tally:
    """Read the claims of documents that are new or were read anew. `again` reads all once more."""
    tally, params = Tally(), ClaimParams()
    pending = _pending(case, params, again=again)
    if not pending:
        return tally  # the reader's model takes a second to load
    tell("Loading the claim reader")
    results = told(run([request for request, _ in pending], params), "documents read for claims", len(pending), tell)
    checked = ((asked, _checked(asked[0], result)) for asked, result in zip(pending, results, strict=True))
    for batch in _in_commits(checked):
        with case.asking() as connection:
            found = [claim.id for _, result in batch if isinstance(result, ClaimsRead) for claim in result.claims]
            labels = {label.subject: label for label in new_labels(connection, "C", found)}
        deeds: list[deed.ClaimsRead | deed.StageFailed] = []
        for (request, input_id), result in batch:
            step = step_of(CLAIMS, VERSION, params, input_id)
            if isinstance(result, Failure):
                tally.failed.append(result)
                deeds.append(deed.StageFailed(step, result))
            else:
                tally.done += 1
                fresh = tuple(labels.pop(claim.id) for claim in result.claims if claim.id in labels)
                deeds.append(deed.ClaimsRead(step, request.item, request.document, tuple(result.claims), fresh, tuple(result.problems)))
        case.record(deeds)
    return tally


TABLES = frozenset({"text/csv", "text/tab-separated-values", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
"""Kinds whose rows are records, not prose; they are kept as tables and no claims are looked for in them."""


def _checked(request: ClaimRequest, result: ClaimsRead | Failure) -> ClaimsRead | Failure:
    """Law 4 at the door of the records: a reading whose spans are not the document's characters is no reading."""
    if isinstance(result, Failure):
        return result
    for claim in result.claims:
        spans = [*claim.content, *claim.cue, *([claim.speaker.mention] if claim.speaker and claim.speaker.mention else [])]
        if not all(span.holds_in(request.text) for span in spans):
            return Failure(
                request.item,
                STAGE,
                f"The reading of {claim.id} points at characters that are not the document's, so nothing of it was kept.",
            )
    if len({claim.id for claim in result.claims}) < len(result.claims):
        return Failure(request.item, STAGE, "The reading gave one claim twice, so nothing of it was kept.")
    return result


def _pending(case: Case, params: ClaimParams, *, again: bool) -> list[tuple[ClaimRequest, str]]:
    with case.asking() as connection:
        step = step_of(CLAIMS, VERSION, params, "")
        settled = queries.steps_done(connection, CLAIMS) | queries.steps_taken(connection, CLAIMS, VERSION, step.parameters)
        documents = queries.documents(connection)
    requests = []
    for stored in documents:
        document = stored.document
        published = document.published.value if document.published else None
        input_id = f"{document.id}:{stored.seq}:{published or ''}"
        if document.text.strip() and document.media_type not in TABLES and (again or input_id not in settled):
            requests.append((ClaimRequest(document.id, document.item, document.text, published, document.language), input_id))
    return requests


_Result = tuple[tuple[ClaimRequest, str], ClaimsRead | Failure]


def _in_commits(results: Iterator[_Result]) -> Iterator[list[_Result]]:
    while batch := list(islice(results, COMMIT_ITEMS)):
        yield batch
