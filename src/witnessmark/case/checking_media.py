"""Checking the photographs, films and recordings of a case: what programs find goes on record, and what it shows is worked out whenever it is looked at.

A check stays until somebody asks for it again, the programs change or another list of trusted signers is given. One that failed is tried again then, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.committing import in_commits
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.stages import split_stage, step_of
from witnessmark.case.telling import Tell, told, typed
from witnessmark.case.work_folder import work_place
from witnessmark.errors import UsageError
from witnessmark.model.deed import MediaChecked, StageFailed, Step
from witnessmark.model.document import Failure
from witnessmark.model.media import MediaCheck, TrustList
from witnessmark.read.checking import STAGE, CheckParams, run_checks
from witnessmark.read.kinds import is_media
from witnessmark.read.request import ReadRequest
from witnessmark.store import queries

CHECK, VERSION = split_stage(STAGE)
LARGEST_LIST = 2**20
"""Bytes of a list of certificates; the largest in use are a tenth of that."""


class Checked(msgspec.Struct, frozen=True):
    """What came of a run: the items (sha256) that were checked, those left as they were, and the failures."""

    done: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Failure, ...]


def check_media(  # noqa: PLR0913 -- what a run may be asked for, each by its name
    case: Case,
    numbers: Sequence[str] = (),
    trust: Sequence[TrustList] = (),
    *,
    signs: bool = True,
    again: bool = False,
    tell: Tell = lambda _: None,
) -> Checked:
    """Check the items named, or all media of the case; `trust` are lists of signers, `signs` looks for words in pictures.

    Raises UsageError where an item is not there or is no photograph, film or recording, or a list holds no certificate.
    """
    for one in trust:
        _refuse_no_list(one)
    params = CheckParams.here(signs=signs)
    lists = {one.name: hashlib.sha256(one.certificates).hexdigest() for one in trust}
    wanted = media_of(case, numbers)
    with case.asking() as connection:
        settled = queries.steps_taken(connection, CHECK, VERSION, _step(params, lists, "").parameters)
    pending = [item for item in wanted if again or item.id not in settled]
    done: list[str] = []
    failed: list[Failure] = []
    results = _run(case, pending, params, trust)
    for batch in in_commits(told(results, "items checked", len(pending), tell), _weight):
        deeds: list[MediaChecked | StageFailed] = []
        for result in batch:
            if isinstance(result, Failure):
                failed.append(result)
                deeds.append(StageFailed(_step(params, lists, result.item), result))
            else:
                done.append(result.item)
                deeds.append(MediaChecked(_step(params, lists, result.item), result, lists))
        case.record(deeds)
    return Checked(tuple(done), tuple(item.id for item in wanted if item not in pending), tuple(failed))


def media_of(case: Case, numbers: Sequence[str] = ()) -> list[queries.StoredItem]:
    """The items of these short numbers, or all that are photographs, films or recordings. Raises UsageError."""
    with case.asking() as connection:
        items = {item.id: item for item in queries.items(connection)}
        found = []
        for number in numbers:
            refuse_disposed(connection, number)
            subject = queries.subject_of(connection, number)
            if subject not in items:
                raise UsageError(
                    f"There is no item {number} in this case. `witnessmark status {typed(case.folder.root)} --all` lists them."
                )
            if not is_media(items[subject].media_type):
                raise UsageError(
                    f"{number} is of type {items[subject].media_type}: no photograph, film or recording, so there is nothing to check."
                )
            found.append(items[subject])
    return list(dict.fromkeys(found)) if numbers else [item for item in items.values() if is_media(item.media_type)]


def _run(
    case: Case, pending: Sequence[queries.StoredItem], params: CheckParams, trust: Sequence[TrustList]
) -> Iterator[MediaCheck | Failure]:
    """Check each, laid out as a file only while it is being checked; what is not the original any more is not looked at."""
    laid_out: list[ExitStack] = []

    def requests(sound: Sequence[queries.StoredItem]) -> Iterator[ReadRequest]:
        for item in sound:
            laid_out.append(ExitStack())
            path = laid_out[-1].enter_context(case.vault.as_file(item.id))
            yield ReadRequest(item.id, path, "", item.media_type)

    sound = [item for item in pending if case.vault.holds(item.id)]
    reason = "The original in the vault is missing or was altered, so it was not checked. `witnessmark verify` tells more."
    yield from (Failure(item.id, STAGE, reason) for item in pending if item not in sound)
    try:
        for result in run_checks(requests(sound), params, trust, within=work_place(case.access)):
            laid_out.pop(0).close()
            yield result
    finally:
        for stack in laid_out:
            stack.close()


def _step(params: CheckParams, lists: dict[str, str], item: str) -> Step:
    return step_of(CHECK, VERSION, {"programs": msgspec.to_builtins(params), "trusted": lists}, item)


def _refuse_no_list(trust: TrustList) -> None:
    from cryptography import x509

    try:
        x509.load_pem_x509_certificates(trust.certificates)
    except ValueError as error:
        raise UsageError(
            f"The list {trust.name} holds no certificate that can be read ({error}). It has to be a file of certificates in PEM form."
        ) from error


def _weight(result: MediaCheck | Failure) -> int:
    return sum(map(len, result.tags.values())) + len(result.head) if isinstance(result, MediaCheck) else 0
