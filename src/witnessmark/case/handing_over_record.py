"""The record of a hand-over: the index, the held-back list, and the custody entries with their proofs and openings.

An entry's body is opened only where all it tells is about what is handed over; every other body stays a commitment. What is held back appears as a
random id, a rule and a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.leaving import Selection
from witnessmark.case.register import kind_of
from witnessmark.case.vouching import SIGNING_BEGAN, Vouched, proofs_of
from witnessmark.ledger.records import Record
from witnessmark.model.canonical import canonical_json
from witnessmark.model.consent import PURPOSE_WORDS, Consent
from witnessmark.model.deed import DocumentRead, ItemReceived
from witnessmark.model.entry import Stream
from witnessmark.model.handover import HandedItem, HandedReceipt, Opening, ProvenEntry, Testifier
from witnessmark.model.item import Item, Protection, Receipt, ReleaseState, Sensitivity
from witnessmark.model.view import HeldItem

RECEIVED = str(ItemReceived.__struct_config__.tag)
DOCUMENT_READ = str(DocumentRead.__struct_config__.tag)

EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "audio/mpeg": ".mp3",
    "audio/x-wav": ".wav",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/tab-separated-values": ".tsv",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/x-matroska": ".mkv",
    "video/x-msvideo": ".avi",
}
"""Endings of the neutral names, by media type; `.bin` for any other. The same on every machine, which `mimetypes` is not."""

NOT_OPENED_OTHERS = "The body also tells of something that is not handed over, so it stays closed."
NOT_OPENED_ACTION = "Of what was done to items, only receipts are opened, so it stays closed."
NOT_OPENED_SENSITIVE = "The item is sensitive, and the body says who gave it, so it stays closed."
NOT_OPENED_REWRITTEN = "The body was rewritten when somebody was erased from it, so it opens the commitment no more."
WITHIN_HELD_BACK = "found inside an item that is held back"


def neutral_name(place: int, media_type: str) -> str:
    """The name an original has in the package: it says nothing of what the file was called outside."""
    return f"{place:06d}{EXTENSIONS.get(media_type, '.bin')}"


def index_items(case: Case, selection: Selection, files: Mapping[str, str], *, tell_all: bool) -> tuple[HandedItem, ...]:
    """The index; `files` is the path of each item in the package. `tell_all` says of sensitive items, too, who gave them."""
    places = {held.item.id: place for place, held in enumerate(selection.leaving, 1)}
    readers, receipts = _readers(case), _receipts_as_recorded(case)
    return tuple(_indexed(held, places, files[held.item.id], readers, receipts, tell_all=tell_all) for held in selection.leaving)


def _receipts_as_recorded(case: Case) -> dict[int, Receipt]:
    """The receipts by the number of their entry, as the records have them: the database masks the names of who is sealed."""
    decoder = msgspec.json.Decoder(ItemReceived)
    pairs = case.logs[Stream.CUSTODY].entries_with_records()
    return {entry.seq: decoder.decode(record.body).receipt for entry, record in pairs if entry.action == RECEIVED}


def _readers(case: Case) -> dict[str, str]:
    """Who had each item read, by the newest entry that says so."""
    found: dict[str, str] = {}
    decoder = msgspec.json.Decoder(DocumentRead)
    for entry, record in case.logs[Stream.ANALYSIS].entries_with_records():
        if entry.action == DOCUMENT_READ:
            found[decoder.decode(record.body).document.item] = entry.actor
    return found


def _indexed(  # noqa: PLR0913 -- what an item is drawn from, each by its name
    held: HeldItem, places: Mapping[str, int], file: str, readers: Mapping[str, str], recorded: Mapping[int, Receipt], *, tell_all: bool
) -> HandedItem:
    item, document = held.item, held.document
    discreet = _is_discreet(item, tell_all=tell_all)
    stated = document.published.value if document and document.published else None
    publisher = document.publisher.value if document and document.publisher else None
    return HandedItem(
        place=places[item.id],
        public_id=held.public_id,
        number=item.number,
        kind=kind_of(item.media_type),
        media_type=item.media_type,
        language=document.language if document else None,
        source=None if discreet else item.source or publisher,
        published=stated or item.published,
        already_public=item.already_public,
        parent=places.get(item.parent) if item.parent else None,
        sha256=item.id,
        size=item.size,
        file=file,
        release=_release(item),
        consent=_consent(item.consent),
        protection=_PROTECTION[item.protection],
        sensitivity=_SENSITIVITY[item.sensitivity],
        receipts=tuple(_receipts(held, places, recorded, discreet=discreet)),
        testifiers=tuple(_testifiers(held, readers)),
    )


def _is_discreet(item: Item, *, tell_all: bool) -> bool:
    """Whether who gave an item stays in the case."""
    return item.protection in {Protection.SENSITIVE, Protection.SEALED} and not tell_all


def _receipts(held: HeldItem, places: Mapping[str, int], recorded: Mapping[int, Receipt], *, discreet: bool) -> Iterator[HandedReceipt]:
    entries = [entry for entry in held.custody if entry.action == RECEIVED]
    for drawn, entry in zip(held.receipts, entries, strict=True):
        receipt = recorded.get(entry.seq, drawn)
        hidden = receipt.parent is not None and receipt.parent not in places
        yield HandedReceipt(
            at=receipt.at,
            name=PurePosixPath(receipt.name).name if hidden else receipt.name,
            how=WITHIN_HELD_BACK if hidden else receipt.how,
            received_from=None if discreet else receipt.received_from,
            source=None if discreet else receipt.source,
            published=receipt.published,
            already_public=receipt.already_public,
            parent=None if hidden else receipt.parent,
            entry=entry.seq,
            not_told=(*(("received_from", "source") if discreet else ()), *(("how", "parent") if hidden else ())),
        )


def _testifiers(held: HeldItem, readers: Mapping[str, str]) -> Iterator[Testifier]:
    yield from dict.fromkeys(Testifier(entry.actor, "received it") for entry in held.custody if entry.action == RECEIVED)
    if held.item.id in readers:
        yield Testifier(readers[held.item.id], "had it read")
    if held.item.release.by is not None:
        yield Testifier(held.item.release.by, "decided on its release")


_PROTECTION = {
    Protection.UNSET: "nobody has said whom it could endanger",
    Protection.NONE: "none needed",
    Protection.SENSITIVE: "sensitive: it could endanger somebody if it became known that it is held",
    Protection.SEALED: "sealed: it would endanger somebody if it became known that it is held",
}
_SENSITIVITY = {
    Sensitivity.UNKNOWN: "nobody has said",
    Sensitivity.ORDINARY: "ordinary to look at",
    Sensitivity.GRAPHIC: "graphic: it can harm who looks at it",
}


def _release(item: Item) -> str:
    """Restrictions are given in the words of whoever decided; other reasons stay with the case."""
    release = item.release
    if release.by is None:
        return "already public" if item.already_public else "not decided of this item itself"
    restriction = f": {release.authority}" if release.state is ReleaseState.RESTRICTED and release.authority else ""
    restriction += f" until {release.until}" if release.until else ""
    return f"{release.state.value}{restriction} (decided by {release.by})"


def _consent(consent: Consent) -> str:
    """Which bodies the giver named besides the recipient is nobody's business but theirs."""
    if consent.withdrawn is not None:
        return f"withdrawn on {consent.withdrawn}"
    if consent.recorded is None:
        return "none on record"
    purposes = ", ".join(PURPOSE_WORDS[purpose] for purpose in consent.purposes) or "nothing"
    return f"the giver agreed to: {purposes}; recorded {consent.recorded[:10]}; the form stays with the case"


def prove_custody(case: Case, selection: Selection, vouched: Vouched, *, tell_all: bool) -> Iterator[ProvenEntry]:
    """The custody entries about the items that leave, and those that name the key the case signs with, in the order of the log."""
    about = {entry.seq: held for held in selection.leaving for entry in held.custody if entry.seq < vouched.head.size}
    pairs = [
        (entry, record)
        for entry, record in case.logs[Stream.CUSTODY].entries_with_records()
        if entry.seq < vouched.head.size and (entry.seq in about or entry.action == SIGNING_BEGAN)
    ]
    proofs = proofs_of(vouched.lines, [entry.seq for entry, _ in pairs])
    leaving, names = {held.item.id for held in selection.leaving}, _names_held_back(selection)
    for entry, record in pairs:
        closed = (
            None
            if entry.action == SIGNING_BEGAN
            else _why_closed(entry.action, entry.commitment, record, about[entry.seq].item, leaving, names, tell_all=tell_all)
        )
        opening = None if closed else Opening(record.salt, bytes(record.body).decode())
        yield ProvenEntry(vouched.lines[entry.seq].decode(), proofs[entry.seq], opening, closed)


def _why_closed(  # noqa: PLR0913, PLR0917 -- all that decides whether a body is opened
    action: str, commitment: str, record: Record, item: Item, leaving: set[str], names: frozenset[str], *, tell_all: bool
) -> str | None:
    if action != RECEIVED:
        return NOT_OPENED_ACTION
    if record.commitment != commitment:
        return NOT_OPENED_REWRITTEN
    if _is_discreet(item, tell_all=tell_all):
        return NOT_OPENED_SENSITIVE
    receipt: Receipt = msgspec.json.decode(record.body, type=ItemReceived).receipt
    own = PurePosixPath(receipt.name).name
    if (receipt.parent is not None and receipt.parent not in leaving) or (names - {own}) & set(PurePosixPath(receipt.name).parts):
        return NOT_OPENED_OTHERS
    return None


def _names_held_back(selection: Selection) -> frozenset[str]:
    return frozenset(part for held, _ in selection.held_back for receipt in held.receipts for part in [PurePosixPath(receipt.name).name])


def json_lines(values: Iterable[object]) -> bytes:
    """Values as canonical JSON, a line each."""
    return b"".join(canonical_json(value) + b"\n" for value in values)
