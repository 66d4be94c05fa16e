"""Erasing a person: their sealed fields are destroyed, their own items disposed of, and their name masked in every record that is somebody else's.

Nothing is taken out of the logs: each entry stands with its commitment, and a new one says which bodies were replaced and commits to what took their place. What left
the case before (backups, exports, dossiers) is not reached, nor what a disk keeps of deleted files; whoever erases has to be told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.disposing import dispose
from witnessmark.case.persons import person_of
from witnessmark.case.publishing import publish_draft
from witnessmark.case.telling import Tell
from witnessmark.case.weighing import weigh
from witnessmark.errors import StorageError, UsageError
from witnessmark.ledger.erasing import stand_by
from witnessmark.ledger.records import Record, new_records
from witnessmark.model.correction import ADDED, AddedClaim, encode
from witnessmark.model.decision import Decision
from witnessmark.model.deed import (
    NAMED,
    WORDED,
    ClaimsRead,
    DecisionMade,
    Deed,
    DocumentRead,
    FieldSealed,
    FormsConfirmed,
    PersonAdded,
    PersonErased,
)
from witnessmark.model.entry import Stream
from witnessmark.model.person import Person
from witnessmark.text.masking import COVER, Mask, covered, covered_decision

_DEED = msgspec.json.Decoder(Deed)


class Erased(msgspec.Struct, frozen=True):
    """What was done: the person's number, how many bodies of each log were rewritten, and the items that were disposed of.

    `still_named` are the entries whose bodies name the person all the same, as "custody 7 (item.disposed)": the reason of a disposal or of an earlier erasure.
    Those say what may be missing, so nothing takes a name out of them.
    """

    number: str
    rewritten: dict[Stream, int]
    disposed: tuple[str, ...]
    still_named: tuple[str, ...] = ()


def erase(  # noqa: PLR0913 -- what an erasure is told, each by its name
    case: Case, number: str, *, why: str, authority: str, items: Sequence[str] = (), tell: Tell = lambda _: None
) -> Erased:
    """Erase a person; `items` are their own, to be disposed of. Raises UsageError for what cannot be erased, StorageError where it cannot be finished."""
    person = person_of(case, number)
    mask = Mask((person.name, *person.forms))
    _refuse(person, mask, why, authority)
    if items:
        dispose(case, items, why=why, authority=authority, with_members=True)
    bodies = {stream: dict(_new_bodies(case, stream, person, mask)) for stream in Stream}
    rewritten = {stream: {str(seq): record.commitment for seq, record in found.items()} for stream, found in bodies.items()}
    try:
        segments = {stream: stand_by(case.logs[stream].records, found) for stream, found in bodies.items()}
        anew = tuple(f"{stream}/{first}={sha256}" for stream, found in segments.items() for first, sha256 in found.items())
        drafts = case.logs[Stream.ANALYSIS].size
        case.record([PersonErased(person.id, authority.strip(), why.strip(), rewritten, drafts, tuple(items), anew)])
        case.finish_erasures()
    except OSError as error:
        raise StorageError(
            f"Not everything could be erased: {error.strerror or error}. Free some space; the next command that writes goes on with it."
        ) from error
    case.redraw()
    if case.folder.dossier.exists():
        weigh(case)
        publish_draft(case, tell=tell)
    return Erased(
        person.number,
        {stream: len(found) for stream, found in bodies.items()},
        tuple(each.upper() for each in items),
        tuple(_still_named(case, mask)),
    )


def _still_named(case: Case, mask: Mask) -> Iterator[str]:
    """What names the person after all was done."""
    for stream, log in case.logs.items():
        for entry, record in log.entries_with_records():
            if mask.spans(bytes(record.body).decode()):
                yield f"{stream} {entry.seq} ({entry.action})"


def _refuse(person: Person, mask: Mask, why: str, authority: str) -> None:
    if person.erased:
        raise UsageError(f"{person.number} was erased already.")
    if not why.strip() or not authority.strip():
        raise UsageError("Erasing needs a reason and an authority: add --why TEXT and --authority TEXT.")
    if mask.spans(why) or mask.spans(authority):
        raise UsageError("The reason or the authority names the person, and both stay on record: say them without the name.")


def _new_bodies(case: Case, stream: Stream, person: Person, mask: Mask) -> Iterator[tuple[int, Record]]:
    """The bodies of a log that name the person, without the name, each under a fresh salt."""
    texts: dict[str, str] = {}
    for entry, record in case.logs[stream].entries_with_records():
        before = _DEED.decode(record.body)
        after = _without(before, person, mask, texts)
        if isinstance(after, DocumentRead):
            texts[after.document.item] = after.document.text
        if after != before:
            ((fresh, _),) = new_records(entry.seq, [after])
            yield entry.seq, fresh


def _without(deed: Deed, person: Person, mask: Mask, texts: dict[str, str]) -> Deed:
    """A deed without the person; `texts` are the masked texts of documents read so far."""
    if isinstance(deed, PersonAdded):
        own = deed.person == person.id
        return msgspec.structs.replace(deed, name="", forms=()) if own else covered(deed, mask)
    if isinstance(deed, FormsConfirmed):
        return msgspec.structs.replace(deed, forms=()) if deed.person == person.id else covered(deed, mask)
    if isinstance(deed, FieldSealed):
        return msgspec.structs.replace(deed, sealed="") if deed.subject == person.id else deed
    if isinstance(deed, ClaimsRead):
        text = texts.get(deed.item)
        meanings = () if text is not None and COVER in text else deed.meanings  # made of the words that are to go
        return msgspec.structs.replace(
            deed, claims=covered(deed.claims, mask, text), problems=covered(deed.problems, mask), meanings=meanings
        )
    if isinstance(deed, DecisionMade):
        by_hand = deed.decision.field == ADDED
        return msgspec.structs.replace(deed, decision=_added(deed, mask, texts) if by_hand else covered_decision(deed.decision, mask))
    return _without_words(deed, mask)


def _without_words(deed: Deed, mask: Mask) -> Deed:
    if type(deed) in NAMED:
        words = {name: getattr(deed, name) for name in NAMED[type(deed)]}
        return msgspec.structs.replace(deed, **{name: mask.cover(said) for name, said in words.items() if said})
    return covered(deed, mask) if isinstance(deed, WORDED) else deed


def _added(deed: DecisionMade, mask: Mask, texts: dict[str, str]) -> Decision:
    added = msgspec.json.decode(deed.decision.value, type=AddedClaim)
    value = encode(msgspec.structs.replace(added, claim=covered(added.claim, mask, texts.get(added.item))))
    return msgspec.structs.replace(deed.decision, value=value, why=mask.cover(deed.decision.why))
