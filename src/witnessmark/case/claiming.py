"""Reading claims: every document whose claims were not read yet goes to the claim reader, and its claims get their labels.

A claim that a better reader finds again keeps its id, hence its number and every decision made about it. A claim read in a translation
points at the stretch of the original it translates, where that is sure. In an account no claims are looked for unless its giver agreed to that.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.committing import in_commits
from witnessmark.case.labels import new_labels
from witnessmark.case.reading import Tally, Writing, as_open
from witnessmark.case.stages import split_stage, step_of
from witnessmark.case.telling import Tell, told
from witnessmark.claims.stage import STAGE, ClaimParams, ClaimRequest, ClaimsRead, run
from witnessmark.model import deed
from witnessmark.model.account import FIELD as ACCOUNT
from witnessmark.model.account import account_on_record
from witnessmark.model.consent import FIELD as CONSENT
from witnessmark.model.consent import Purpose, consent_on_record
from witnessmark.model.document import AnchorKind, Document, Failure, Translation
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.text.aligning import original_span

CLAIMS, VERSION = split_stage(STAGE)
EARLIER = "claims/rules"
"""What the stage was called while rules alone found attributions; what it read then stays read until somebody asks for it again."""


class _Asked(NamedTuple):
    request: ClaimRequest
    input: str
    seq: int
    translation: Translation | None


def read_claims(
    case: Case, *, again: bool = False, rules_only: bool = False, writing: Writing | None = None, tell: Tell = lambda _: None
) -> Tally:
    """Read the claims of documents that are new or were read anew. `again` reads all once more, `rules_only` without the network.

    `writing` opens the case for each record, where it is not open for writing already.
    """
    tally, params = Tally(), ClaimParams(rules_only)
    pending = _pending(case, params, again=again)
    if not pending:
        return tally  # the reader's model takes a second to load
    tell("Loading the claim reader")
    results = told(run([asked.request for asked in pending], params), "documents read for claims", len(pending), tell)
    checked = ((asked, _with_originals(asked, _checked(asked.request, result))) for asked, result in zip(pending, results, strict=True))
    for batch in in_commits(checked, _characters):
        with (writing or as_open(case))() as writer:
            _record(writer, [(asked, result) for asked, result in batch if _is_current(writer, asked)], params, tally)
    return tally


def _record(case: Case, batch: list[tuple[_Asked, ClaimsRead | Failure]], params: ClaimParams, tally: Tally) -> None:
    with case.asking() as connection:
        found = [claim.id for _, result in batch if isinstance(result, ClaimsRead) for claim in result.claims]
        labels = {label.subject: label for label in new_labels(connection, "C", found)}
    deeds: list[deed.ClaimsRead | deed.StageFailed] = []
    for asked, result in batch:
        step, request = step_of(CLAIMS, VERSION, params, asked.input), asked.request
        if isinstance(result, Failure):
            tally.failed.append(result)
            deeds.append(deed.StageFailed(step, result))
        else:
            tally.done += 1
            fresh = tuple(labels.pop(claim.id) for claim in result.claims if claim.id in labels)
            deeds.append(
                deed.ClaimsRead(step, request.item, request.document, tuple(result.claims), fresh, tuple(result.problems), result.meanings)
            )
    case.record(deeds)


def _is_current(case: Case, asked: _Asked) -> bool:
    """Whether the document is still what stands for its item: it may have been read anew or disposed of while its claims were read."""
    with case.asking() as connection:
        return queries.is_document(connection, asked.request.document, asked.seq)


TABLES = frozenset({"text/csv", "text/tab-separated-values", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
"""Kinds whose rows are records, not prose; they are kept as tables and no claims are looked for in them."""


def _is_table(document: Document) -> bool:
    """Whether the text is rows, not prose: a table, a list of digests, or the list of what a container holds."""
    return (
        document.media_type in TABLES
        or document.reader.startswith("manifest@")
        or (bool(document.anchors) and all(anchor.kind is AnchorKind.ROW for anchor in document.anchors))
    )


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


def _with_originals(asked: _Asked, result: ClaimsRead | Failure) -> ClaimsRead | Failure:
    """The claims of a translation with the stretch of the original each translates, and a sentence on those whose stretch is not known."""
    if asked.translation is None or isinstance(result, Failure):
        return result
    claims = tuple(msgspec.structs.replace(claim, original=original_span(asked.translation, claim.content)) for claim in result.claims)
    unplaced = sum(claim.original is None for claim in claims)
    problems = list(asked.translation.problems)
    if unplaced and asked.translation.aligned:
        problems.append(
            f"{unplaced} of its {len(claims)} claims stand in paragraphs whose place in the original is not sure, so they point at none."
        )
    return msgspec.structs.replace(result, claims=claims, problems=(*result.problems, *problems))


def documents_waiting(case: Case) -> frozenset[str]:
    """The items of the documents that claims would be looked for in now."""
    return frozenset(asked.request.item for asked in _pending(case, ClaimParams(), again=False))


def not_to_be_analysed(connection: Connection) -> frozenset[str]:
    """The accounts whose givers did not agree that they are analysed, or took that back: no claims are looked for in them."""
    accounts = {made.subject: made for made in queries.decisions_in(connection, ACCOUNT) if account_on_record(made) is not None}
    if not accounts:
        return frozenset()
    consents = {made.subject: made for made in queries.decisions_in(connection, CONSENT)}
    return frozenset(item for item in accounts if not consent_on_record(consents.get(item)).allows(Purpose.ANALYSE))


def _pending(case: Case, params: ClaimParams, *, again: bool) -> list[_Asked]:
    with case.asking() as connection:
        step = step_of(CLAIMS, VERSION, params, "")
        settled = queries.steps_done(connection, CLAIMS) | queries.steps_done(connection, EARLIER)
        settled |= queries.steps_taken(connection, CLAIMS, VERSION, step.parameters)
        documents, kept_from = queries.documents(connection), not_to_be_analysed(connection)
    requests = []
    for stored in documents:
        document = stored.document
        published = document.published.value if document.published else None
        input_id = f"{document.id}:{stored.seq}:{published or ''}"
        if document.text.strip() and not _is_table(document) and document.item not in kept_from and (again or input_id not in settled):
            request = ClaimRequest(document.id, document.item, document.text, published, document.language)
            requests.append(_Asked(request, input_id, stored.seq, document.translates))
    return requests


def _characters(result: tuple[_Asked, ClaimsRead | Failure]) -> int:
    return len(result[0].request.text)
