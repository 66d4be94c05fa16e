"""Reading: every item that has no document yet goes to the readers; what is found inside it comes in as items of its own.

Results are recorded as they arrive (`committing` says how many at once), so stopping it loses only the items being read. An item that was
read stays read until someone asks for it again; one that failed is tried again when the readers or the programs they use have changed.

The case need be open for writing only while results are recorded: whoever serves people meanwhile says how, and nobody waits for a long scan.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.committing import in_commits
from witnessmark.case.company import Company
from witnessmark.case.stages import split_stage, step_of
from witnessmark.case.telling import Tell, told
from witnessmark.case.unpacking import Taken, depth_of, take_out
from witnessmark.case.work_folder import work_place
from witnessmark.model.deed import DocumentRead, StageFailed
from witnessmark.model.document import Failure, Reading
from witnessmark.read import STAGE, ReadParams, ReadRequest, run
from witnessmark.store import queries

READ, VERSION = split_stage(STAGE)

Writing = Callable[[], AbstractContextManager[Case]]
"""Opens the case for writing, for as long as its block lasts."""


def as_open(case: Case) -> Writing:
    """A case that is open for writing already, as it is."""
    return lambda: nullcontext(case)


class Tally(msgspec.Struct):
    """How many inputs a stage dealt with in this run, the items it found inside others, and the inputs it could not deal with."""

    done: int = 0
    found_inside: int = 0
    failed: list[Failure] = []


def read_items(case: Case, *, again: bool = False, writing: Writing | None = None, tell: Tell = lambda _: None) -> Tally:
    """Read what is unread, and what that brings to light, until nothing is. `again` reads everything once more.

    `writing` opens the case for each record, where it is not open for writing already.
    """
    tally, params = Tally(), ReadParams()
    seen: set[str] = set()
    taken: dict[str, Taken] = {}
    while pending := [request for request in _pending(case, params, again=again, with_company=True) if request.item not in seen]:
        seen.update(request.item for request in pending)
        _read(case, pending, params, tally, taken=taken, writing=writing or as_open(case), tell=tell)
    return tally


def items_waiting(case: Case) -> int:
    """How many items reading would be tried of now: unread ones, and failed ones since readers or programs have changed."""
    return len(_pending(case, ReadParams(), again=False))


def _pending(case: Case, params: ReadParams, *, again: bool, with_company: bool = False) -> list[ReadRequest]:
    with case.asking() as connection:
        items, receipts = queries.items(connection), queries.receipts(connection)
        numbers = {label.subject: label.number for label in queries.labels(connection).values()}
        step = step_of(READ, VERSION, params, "")
        settled = queries.steps_done(connection, READ) | queries.steps_taken(connection, READ, VERSION, step.parameters)
    wanted = items if again else [item for item in items if item.id not in settled]
    parents = {item: said[0].parent for item, said in receipts.items()}
    company = Company(receipts, numbers, case.vault)
    return [
        ReadRequest(
            item.id,
            case.vault.path_of(item.id),
            receipts[item.id][0].name,
            item.media_type,
            depth=depth_of(item.id, parents),
            beside=company.beside(receipts[item.id][0], item.media_type) if with_company else (),
        )
        for item in wanted
    ]


def _read_one_by_one(case: Case, pending: list[ReadRequest], params: ReadParams) -> Iterator[Reading | Failure]:
    """Read, with each original laid out as a file only from when a reader takes it until its result is there."""
    laid_out: deque[ExitStack] = deque()

    def as_files() -> Iterator[ReadRequest]:
        for request in pending:
            laid_out.append(ExitStack())
            yield msgspec.structs.replace(request, path=laid_out[-1].enter_context(case.vault.as_file(request.item)))

    try:
        for result in run(as_files(), params, within=work_place(case.access)):
            laid_out.popleft().close()
            yield result
    finally:
        for stack in laid_out:
            stack.close()


def _read(  # noqa: PLR0913 -- what one round of reading needs, each by its name
    case: Case, pending: list[ReadRequest], params: ReadParams, tally: Tally, *, taken: dict[str, Taken], writing: Writing, tell: Tell
) -> None:
    asked = {request.item: request for request in pending}
    sound = {request.item for request in pending if case.vault.holds(request.item)}
    altered = [request for request in pending if request.item not in sound]
    if altered:
        with writing() as writer:
            _refuse_altered(writer, altered, tally)
    results = _read_one_by_one(case, [request for request in pending if request.item in sound], params)
    for batch in in_commits(told(results, "items read", len(sound), tell), _characters):
        with writing() as writer:
            _record(writer, [result for result in batch if _is_held(writer, result)], asked, params, tally, taken)


def _record(  # noqa: PLR0913, PLR0917 -- what came of a batch, and what is kept of it
    case: Case, batch: list[Reading | Failure], asked: dict[str, ReadRequest], params: ReadParams, tally: Tally, taken: dict[str, Taken]
) -> None:
    deeds: list[DocumentRead | StageFailed] = []
    for result in batch:
        if isinstance(result, Failure):
            tally.failed.append(result)
            deeds.append(StageFailed(step_of(READ, VERSION, params, result.item), result))
        else:
            tally.done += 1
            whole = take_out(case, asked[result.document.item], result, params, taken)
            tally.found_inside += whole.new
            deeds.append(DocumentRead(step_of(READ, VERSION, params, result.document.item), whole.document))
    case.record(deeds)


def _is_held(case: Case, result: Reading | Failure) -> bool:
    """Whether the item is still in the case: somebody may have disposed of it while it was read."""
    with case.asking() as connection:
        return queries.is_held(connection, result.item if isinstance(result, Failure) else result.document.item)


def _refuse_altered(case: Case, altered: list[ReadRequest], tally: Tally) -> None:
    """What is not the original any more is not read under its name; it is tried again at every reading, since it may be restored."""
    reason = "The original in the vault is missing or was altered, so it was not read. `witnessmark verify` tells more; adding the true file again restores it."
    failures = [Failure(request.item, STAGE, reason) for request in altered]
    tally.failed += failures
    case.record([StageFailed(step_of(READ, VERSION, "altered", failure.item), failure) for failure in failures])


def _characters(result: Reading | Failure) -> int:
    """How much memory a result holds: characters of its text and bytes of what was found inside."""
    return len(result.document.text) + sum(len(child.content) for child in result.children) if isinstance(result, Reading) else 0
