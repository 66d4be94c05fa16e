"""What an assessment says of how a case is kept: checkpoints, encryption and who opens it, consent, disposal, hand-overs, second digests.

Counted from the log and the database like the rest. What lies outside the case (a cosigned copy, a timestamp, a printed share) is said to be not known:
the case holds no trace of it, and is not the place where one would be worth anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.assessed import Gap, first, gap, some
from witnessmark.case.case import Case
from witnessmark.case.persons import standing_persons
from witnessmark.case.sealed_keys import RECOVERY, openers
from witnessmark.model.consent import Purpose
from witnessmark.model.deed import CheckpointMade, ItemReceived, RecoveryDrilled
from witnessmark.model.entry import Stream
from witnessmark.model.view import HeldItem
from witnessmark.protect.permission import is_bound
from witnessmark.store import queries

_DEED = msgspec.json.Decoder(ItemReceived | CheckpointMade | RecoveryDrilled)
_ACTIONS = {str(deed.__struct_config__.tag) for deed in (ItemReceived, CheckpointMade, RecoveryDrilled)}


class Logged(msgspec.Struct):
    """What the custody log says: items with a second digest; checkpoints, the time of the last (UTC) and the entries since; when each recovery opener was last tried."""

    second_digests: set[str] = msgspec.field(default_factory=set)
    checkpoints: int = 0
    checkpointed_at: str = ""
    since: int = 0
    drilled: dict[str, str] = msgspec.field(default_factory=dict)


class Keeping(msgspec.Struct, frozen=True):
    """How the case is kept. `openers` is None for a plain case; short numbers of items bound by consent, of those with none that stands, of those of which
    nobody has said, of those disposed of; hand-overs on record and those without a receipt; persons sealed and erased; files not kept, sealed fields.
    """

    logged: Logged
    openers: tuple[str, ...] | None
    bound: tuple[str, ...]
    lacking: tuple[str, ...]
    unsaid: tuple[str, ...]
    disposed: tuple[str, ...]
    handovers: int
    unreceipted: int
    sealed: int
    erased: int
    not_kept: int
    sealed_fields: int


def keeping_of(case: Case, held: Sequence[HeldItem]) -> Keeping:
    """Gather it. Raises CustodyError where a body of the custody log is not the committed one."""
    with case.asking() as connection:
        handovers, persons = queries.handovers(connection), standing_persons(connection)
        return Keeping(
            logged=_logged(case),
            openers=tuple(openers(case.folder)) if case.settings.encrypted else None,
            bound=tuple(one.item.number for one in held if is_bound(one.item)),
            lacking=tuple(one.item.number for one in held if is_bound(one.item) and not one.item.consent.allows(Purpose.STORE)),
            unsaid=tuple(one.item.number for one in held if is_bound(one.item) is None),
            disposed=tuple(one.number for one in queries.disposals(connection)),
            handovers=len(handovers),
            unreceipted=sum(one.returned is None for one in handovers),
            sealed=sum(person.is_sealed and not person.erased for person in persons),
            erased=sum(person.erased for person in persons),
            not_kept=sum(len(one.files) for one in queries.not_kept(connection)),
            sealed_fields=len(queries.sealed_fields(connection)),
        )


def _logged(case: Case) -> Logged:
    logged, log = Logged(), case.logs[Stream.CUSTODY]
    for entry, record in log.entries_with_records():
        if entry.action not in _ACTIONS:
            continue
        deed = _DEED.decode(record.body)
        if isinstance(deed, CheckpointMade):
            logged.checkpoints += 1
            logged.checkpointed_at = entry.at
            logged.since = log.size - entry.seq - 1 + case.logs[Stream.ANALYSIS].size - deed.analysis
        elif isinstance(deed, RecoveryDrilled):
            logged.drilled[deed.opener] = entry.at
        elif deed.blake3 is not None:
            logged.second_digests.add(deed.receipt.item)
    return logged


def bound_to_time(keeping: Keeping) -> tuple[str, ...]:
    """What supports authenticity: second digests and checkpoints."""
    logged = keeping.logged
    return (
        *some(len(logged.second_digests), "Originals with a BLAKE3 on record beside their SHA-256"),
        *some(logged.checkpoints, f"Signed checkpoints over both logs, the last of {logged.checkpointed_at}"),
    )


def not_bound_to_time(keeping: Keeping, command: str) -> tuple[Gap, ...]:
    """What authenticity lacks; `command` makes a checkpoint."""
    if not keeping.logged.checkpoints:
        return (Gap("No checkpoint was ever made, so nothing outside can show that entries were removed or put back.", next=command),)
    if keeping.logged.since:
        return (Gap(f"Log entries since the last checkpoint: {keeping.logged.since}.", next=command),)
    return ()


def outside(keeping: Keeping, command: str) -> tuple[Gap, ...]:
    """What nobody can know from inside: whether a checkpoint lies elsewhere."""
    if not keeping.logged.checkpoints:
        return ()
    return (
        Gap(
            "Whether a checkpoint lies outside the case, cosigned or timestamped, is not known to the case: it keeps none of that.",
            next=command,
        ),
    )


def allowed(keeping: Keeping) -> tuple[str, ...]:
    """What supports availability: consent, hand-overs that were received, what is guarded."""
    return (
        *some(
            len(keeping.bound) - len(keeping.lacking),
            f"Of {len(keeping.bound)} items bound by consent, with a consent to store them that stands",
        ),
        *some(keeping.handovers, "Hand-overs on record, with what was held back under which rule"),
        *some(keeping.handovers - keeping.unreceipted, "Of these, with the recipient's receipt"),
        *some(keeping.sealed, "Persons whose names are covered wherever the case shows anything"),
        *some(keeping.sealed_fields, "Fields that lie encrypted to a key kept elsewhere"),
        *(() if keeping.openers is None else ("It lies encrypted: whoever takes the folder cannot open it without a key.",)),
    )


def not_allowed(keeping: Keeping, consent: str, say: str, receipt: str) -> tuple[Gap, ...]:
    """What availability lacks. `consent` and `say` are commands up to an item's number: to record a consent, and to say whether one is needed; `receipt` records one."""
    plain = Gap(
        "It is not encrypted: whoever takes the folder has all that is in it, and in members.db the names of those who work on it. Keep it on an encrypted disk."
    )
    return (
        *((plain,) if keeping.openers is None else ()),
        *gap(
            keeping.lacking,
            "bound by consent, and none to store them that stands",
            f"{consent}{first(keeping.lacking)} --purpose store --why TEXT",
        ),
        *gap(
            keeping.unsaid,
            "of which nobody has said whether consent binds them",
            f"{say}{first(keeping.unsaid)} bound_by_consent=no --why TEXT",
        ),
        *gap(keeping.disposed, "destroyed by decision, content and readings, with a tombstone in the log", None),
        *(Gap(sentence) for sentence in some(keeping.erased, "Persons whose names were erased")),
        *(
            Gap(sentence)
            for sentence in some(keeping.not_kept, "Files that were received and not kept, each by name and hash with the reason")
        ),
        *(Gap(sentence, next=receipt) for sentence in some(keeping.unreceipted, "Hand-overs for which no receipt has come back")),
    )


def opened_by(keeping: Keeping) -> tuple[str, ...]:
    """What supports persistence of an encrypted case: who opens it, and which recovery shares were tried."""
    if keeping.openers is None:
        return ()
    tried = ((name, keeping.logged.drilled[name]) for name in _recovery(keeping) if name in keeping.logged.drilled)
    return (
        f"It is opened by: {', '.join(keeping.openers) or 'nothing'}.",
        *(f"The shares of {name} were held together and opened it, last on {at}." for name, at in tried),
    )


def may_be_lost(keeping: Keeping, split: str, drill: str) -> tuple[Gap, ...]:
    """What persistence of an encrypted case lacks: without its keys every bit of it is lost. `split` and `drill` are commands."""
    if keeping.openers is None:
        return ()
    if not _recovery(keeping):
        lone = " It has one opener: lose that, and the case is lost." if len(keeping.openers) == 1 else ""
        return (Gap(f"No recovery shares were split.{lone}", next=split),)
    untried = [name for name in _recovery(keeping) if name not in keeping.logged.drilled]
    return (Gap(f"Recovery shares of which nobody tried that they open it: {', '.join(untried)}.", next=drill),) if untried else ()


def _recovery(keeping: Keeping) -> list[str]:
    return [name for name in keeping.openers or () if name.startswith(RECOVERY)]
