"""What stands in a case, in numbers and names: what `status`, `build` and `demo` print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.claiming import documents_waiting
from witnessmark.case.next_steps import next_step
from witnessmark.case.register import NOT_STATED, ListedDecision, ListedItem, kind_of, language_of, list_decisions, list_items
from witnessmark.case.translating import TRANSLATION_OF
from witnessmark.case.viewing import decoder_safeguards, held_items, left_out_of, machine_warnings_of, with_checks
from witnessmark.case.voices import called
from witnessmark.case.waiting import Behind, Waiting, dossier_behind, waits_for_a_machine, waits_for_a_person
from witnessmark.engines.limits import Enforcement
from witnessmark.model.claim import Stance
from witnessmark.model.decision import Status
from witnessmark.model.view import HeldItem
from witnessmark.read.doubts import doubts_among
from witnessmark.store import queries


class Unread(msgspec.Struct, frozen=True):
    """An item that could not be read, or only in part, why, and what would help; `next` is None where nothing would."""

    number: str
    name: str
    reason: str
    next: str | None = None


class Voice(msgspec.Struct, frozen=True):
    """A speaker and how many claims."""

    name: str
    claims: int


class Share(msgspec.Struct, frozen=True):
    """How many items are of one kind, source or language."""

    name: str
    items: int


class HandedOverTo(msgspec.Struct, frozen=True):
    """A hand-over: its id, to whom, how many items, how many were held back, when (UTC), and when the receipt came back; None where it has not."""

    handover: str
    recipient: str
    items: int
    held_back: int
    at: str
    returned: str | None


class Summary(msgspec.Struct, frozen=True):
    """A case at a glance. `waiting` counts items no reader has been sent yet; `writer` is another process at work on it now.

    `machine` and `person` are what waits for either; `behind` says what the dossier lacks, None where there is none. `all_items` and `decisions`
    (those that were not taken back) are listed in the order in which they came. `safeguards` are sentences on what this system holds decoders to. `public_key` is
    that of an encrypted case, to which others may collect; None for a plain one.
    """

    title: str
    case: str
    items: int
    documents: int
    waiting: int
    claims: int
    checked: int
    denials: int
    incidents: int
    says: tuple[Voice, ...]
    denies: tuple[Voice, ...]
    unread: tuple[Unread, ...]
    left_out: tuple[str, ...]
    doubted: tuple[str, ...]
    warnings: tuple[str, ...]
    dossier: str | None
    writer: str | None
    format_version: int
    opened: str
    bytes: int
    kinds: tuple[Share, ...]
    sources: tuple[Share, ...]
    languages: tuple[Share, ...]
    already_public: int
    answers: int
    statuses: dict[Status, int]
    machine: tuple[Waiting, ...]
    person: tuple[Waiting, ...]
    behind: Behind | None
    all_items: tuple[ListedItem, ...]
    decisions: tuple[ListedDecision, ...]
    safeguards: Enforcement
    handovers: tuple[HandedOverTo, ...]
    encrypted: bool
    public_key: str | None


def summarise(case: Case, *, writer: str | None = None) -> Summary:
    """The case now."""
    with case.asking() as connection:
        held = held_items(connection)
        rows = queries.claim_rows(connection)
        denying = queries.claim_rows(connection, stance=Stance.DENIES.value)
        answers, incidents = len(queries.answers(connection)), len(queries.incidents(connection))
        translated = {d.value for d in queries.decisions(connection) if d.field == TRANSLATION_OF and not d.undone}
        handovers = queries.handovers(connection)
        title, opened = queries.title(connection), queries.opened(connection)
        left_out, warnings = left_out_of(connection), machine_warnings_of(connection)
    held = with_checks(case, held)
    documents = [item.document for item in held if item.document]
    statuses = [row.status for row in rows]
    index, unclaimed = case.dossier / "index.html", documents_waiting(case)
    return Summary(
        title=title,
        case=str(case.folder.root),
        items=len(held),
        documents=len(documents),
        waiting=sum(item.document is None and not item.failures for item in held),
        claims=len(rows),
        checked=sum(status is not Status.PROPOSED for status in statuses),
        denials=len(denying),
        incidents=incidents,
        says=_voices(rows),
        denies=_voices(denying),
        unread=tuple(_unread(held, translated, case.folder.root)),
        left_out=left_out,
        doubted=tuple(_doubted(held)),
        warnings=warnings,
        dossier=str(index) if index.exists() else None,
        writer=writer,
        format_version=case.settings.format_version,
        opened=opened,
        bytes=sum(item.item.size for item in held),
        kinds=_shares(kind_of(item.item.media_type) for item in held),
        sources=_shares(_source(item) for item in held),
        languages=_shares(language_of(document) for document in documents),
        already_public=sum(item.item.already_public for item in held),
        answers=answers,
        statuses={status: statuses.count(status) for status in Status},
        machine=waits_for_a_machine(case, len(unclaimed)),
        person=waits_for_a_person(case, held, rows, unclaimed),
        behind=dossier_behind(case),
        all_items=list_items(case, held, rows),
        decisions=list_decisions(case),
        safeguards=decoder_safeguards(),
        handovers=tuple(
            HandedOverTo(h.deed.handover, h.deed.recipient, len(h.deed.items), sum(h.deed.held_back.values()), h.at, h.returned)
            for h in handovers
        ),
        encrypted=case.access is not None,
        public_key=case.access.cipher.recipient if case.access is not None else None,
    )


def _unread(held: Sequence[HeldItem], translated: set[str], case: Path) -> Iterator[Unread]:
    """What could not be read, then what was read and holds no text. What the case has a translation of needs nothing more."""
    for item in held:
        for failure in item.failures:
            step = None if item.item.id in translated else next_step(failure.reason, item.item.number, case)
            yield Unread(item.item.number, item.item.name, failure.reason, step)
    for item in held:
        if item.document and not item.document.text.strip():
            reason = " ".join(item.document.problems) or "No text was found in it."
            yield Unread(item.item.number, item.item.name, reason, next_step(reason, item.item.number, case))


def _doubted(held: Sequence[HeldItem]) -> Iterator[str]:
    """What speaks against a package that came in: files that are not those it names, in its own words."""
    for item in held:
        for problem in doubts_among(item.document.problems) if item.document else ():
            yield f"{item.item.number} {item.item.name}: {problem}"


def _shares(names: Iterable[str]) -> tuple[Share, ...]:
    """The most frequent first; what is not stated last."""
    counted = Counter(names)
    return tuple(Share(name, count) for name, count in sorted(counted.items(), key=lambda pair: (pair[0] == NOT_STATED, -pair[1], pair[0])))


def _source(held: HeldItem) -> str:
    publisher = held.document.publisher.value if held.document and held.document.publisher else None
    return held.item.source or publisher or NOT_STATED


def _voices(rows: Sequence[queries.ClaimRow]) -> tuple[Voice, ...]:
    counted = Counter(called(row.source) for row in rows)
    return tuple(Voice(name, count) for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
