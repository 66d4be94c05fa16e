"""Questions to the database, answered in nouns. Every list has a stated order, so that the same case prints the same."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, cast, func, select

from witnessmark.model.claim import Claim
from witnessmark.model.decision import Decision, Status
from witnessmark.model.deed import (
    INCIDENT_MARK,
    DossierPublished,
    DossierReleased,
    IntakeRefused,
    ItemRedacted,
    ItemsHandedOver,
    ItemsNotKept,
    Label,
    Step,
)
from witnessmark.model.document import Document, Failure, Origin, Stated
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import Disposal, Receipt
from witnessmark.store import schema
from witnessmark.store.batches import batches
from witnessmark.store.meta import get_meta
from witnessmark.store.projection import DECISIONS_GONE

T = TypeVar("T")


class StoredItem(msgspec.Struct, frozen=True):
    """What the database holds of an item, before receipts and decisions are applied."""

    id: str
    size: int
    media_type: str


class StoredClaim(msgspec.Struct, frozen=True):
    """A claim as it stands, with its number, the item, document and reader it belongs to, and what people said of the reading."""

    claim: Claim
    number: int
    item: str
    document: str
    reader: str
    status: Status


class StoredDocument(msgspec.Struct, frozen=True):
    """A document and the number of the analysis entry it was read by."""

    document: Document
    seq: int


def title(connection: Connection) -> str:
    """The case's title."""
    return get_meta(connection, "title") or ""


def opened(connection: Connection) -> str:
    """When the case was opened (UTC)."""
    return get_meta(connection, "opened") or ""


def as_of(connection: Connection) -> str:
    """The time of the newest entry (UTC)."""
    return max(get_meta(connection, f"as_of/{stream}") or "" for stream in Stream)


def drawn(connection: Connection, stream: Stream) -> int:
    """How many entries of a log the database has drawn."""
    return int(get_meta(connection, f"size/{stream}") or 0)


def state(connection: Connection) -> str:
    """A hash of everything received, read and decided; it stays the same while only derived things are made."""
    states = "".join(get_meta(connection, f"state/{stream}") or "-" for stream in Stream)
    return hashlib.sha256(states.encode()).hexdigest()


def weighed_steps(connection: Connection) -> list[str]:
    """The version and input of each weighing, so that a dossier written before one is known to be out of date."""
    query = (
        select(schema.step.c.version, schema.step.c.input)
        .where(schema.step.c.stage == "weigh")
        .order_by(schema.step.c.version, schema.step.c.input)
    )
    return [f"{row.version}:{row.input}" for row in connection.execute(query)]


def published_files(connection: Connection) -> dict[str, str]:
    """The files of the dossier as last published, with the sha256 of each."""
    published = _published(connection)
    return published.files if published else {}


def published_step(connection: Connection) -> Step | None:
    """What the dossier was last made from, None where there is none."""
    published = _published(connection)
    return published.step if published else None


def _published(connection: Connection) -> DossierPublished | None:
    body = get_meta(connection, "dossier")
    return msgspec.json.decode(body, type=DossierPublished) if body else None


class Released(msgspec.Struct, frozen=True):
    """The public dossier written last, and the number of the analysis entry that records it."""

    seq: int
    deed: DossierReleased


def released(connection: Connection) -> Released | None:
    """The public dossier written last, None where there is none."""
    body = get_meta(connection, "released")
    return msgspec.json.decode(body, type=Released) if body else None


def committed(connection: Connection) -> dict[str, int]:
    """The custody entry that commits to each item for public dossiers, of those items that have one."""
    return {row.item: row.seq for row in connection.execute(select(schema.committed.c.item, schema.committed.c.seq))}


def items(connection: Connection) -> list[StoredItem]:
    """All items in the order they came in."""
    rows = connection.execute(select(schema.item).order_by(schema.item.c.seq))
    return [StoredItem(row.id, row.size, row.media_type) for row in rows]


def item(connection: Connection, sha256: str) -> StoredItem | None:
    """One item, None where it is not held."""
    row = connection.execute(select(schema.item).where(schema.item.c.id == sha256)).first()
    return StoredItem(row.id, row.size, row.media_type) if row is not None else None


def count_members(connection: Connection, sha256: str) -> int:
    """How many items came out of another, by their receipts."""
    came = func.json_extract(schema.receipt.c.body, "$.parent") == sha256
    return int(connection.execute(select(func.count(schema.receipt.c.item.distinct())).where(came)).scalar_one())


def custody_of(connection: Connection, sha256: str) -> list[Entry]:
    """The entries of the custody log about one item, in order."""
    query = select(schema.custody.c.entry).where(schema.custody.c.item == sha256).order_by(schema.custody.c.seq)
    return _bodies(connection, query, Entry)


def address_of(connection: Connection, sha256: str) -> str | None:
    """Where the vault has an item by the records: the sha256 of its bytes as stored; None where no such item was received."""
    address: str | None = connection.execute(
        select(func.coalesce(schema.item.c.address, schema.item.c.id)).where(schema.item.c.id == sha256)
    ).scalar_one_or_none()
    return address


def addresses(connection: Connection) -> set[str]:
    """Where the vault has each item by the records."""
    return set(connection.execute(select(func.coalesce(schema.item.c.address, schema.item.c.id))).scalars())


def is_held(connection: Connection, sha256: str) -> bool:
    """Whether these bytes were received before."""
    return connection.execute(select(schema.item.c.id).where(schema.item.c.id == sha256)).first() is not None


def receipts(connection: Connection, item: str | None = None) -> dict[str, list[Receipt]]:
    """The receipts of each item in order of time, or of one item alone."""
    query = select(schema.receipt.c.item, schema.receipt.c.body).order_by(schema.receipt.c.seq)
    return _by_item(connection.execute(query if item is None else query.where(schema.receipt.c.item == item)).all(), Receipt)


def failures(connection: Connection) -> dict[str, list[Failure]]:
    """What could not be read of each item, and why."""
    query = select(schema.failure.c.item, schema.failure.c.body).order_by(schema.failure.c.item, schema.failure.c.stage)
    return _by_item(connection.execute(query).all(), Failure)


def custody(connection: Connection) -> dict[str, list[Entry]]:
    """The custody entries of each item; the case's own are under the empty string."""
    query = select(schema.custody.c.item, schema.custody.c.entry.label("body")).order_by(schema.custody.c.seq)
    return _by_item(connection.execute(query).all(), Entry)


def refusals(connection: Connection) -> list[IntakeRefused]:
    """What was offered and not received, in order of time."""
    return _bodies(connection, select(schema.refusal.c.body).order_by(schema.refusal.c.seq), IntakeRefused)


def redactions(connection: Connection) -> list[ItemRedacted]:
    """The redacted copies made of items, in order of time."""
    return _bodies(connection, select(schema.redaction.c.body).order_by(schema.redaction.c.seq), ItemRedacted)


class StoredHandover(msgspec.Struct, frozen=True):
    """A hand-over as recorded, when (UTC), and when the receipt for it came back; None where it has not."""

    deed: ItemsHandedOver
    at: str
    returned: str | None


def handovers(connection: Connection) -> list[StoredHandover]:
    """All hand-overs in order of time."""
    decoder, rows = msgspec.json.Decoder(ItemsHandedOver), connection.execute(select(schema.handover).order_by(schema.handover.c.seq))
    return [StoredHandover(decoder.decode(row.body), row.at, row.returned) for row in rows]


def not_kept(connection: Connection) -> list[ItemsNotKept]:
    """What was received and not kept, in order of time."""
    return _bodies(connection, select(schema.not_kept.c.body).order_by(schema.not_kept.c.seq), ItemsNotKept)


def disposals(connection: Connection) -> list[Disposal]:
    """The items whose content was destroyed by decision, in order of time."""
    return _bodies(connection, select(schema.disposal.c.body).order_by(schema.disposal.c.seq), Disposal)


def is_disposed(connection: Connection, item: str) -> bool:
    """Whether this item's content was destroyed by decision."""
    return connection.execute(select(schema.disposal.c.item).where(schema.disposal.c.item == item)).first() is not None


def documents(connection: Connection) -> list[StoredDocument]:
    """All documents in the order their items came in; date and publisher as the document states them, else as they were given on a receipt."""
    query = (
        select(schema.document.c.body, schema.document.c.seq)
        .join(schema.item, schema.item.c.id == schema.document.c.item)
        .order_by(schema.item.c.seq)
    )
    decoder, given = msgspec.json.Decoder(Document), receipts(connection)
    return [StoredDocument(_with_given(decoder.decode(row.body), given), row.seq) for row in connection.execute(query)]


def is_document(connection: Connection, document: str, seq: int) -> bool:
    """Whether this document, as recorded by the entry `seq`, stands."""
    query = select(schema.document.c.id).where(schema.document.c.id == document, schema.document.c.seq == seq)
    return connection.execute(query).first() is not None


def document_of(connection: Connection, item: str) -> Document | None:
    """The document read from an item, with date and publisher as in `documents`; None where nothing was read."""
    body = connection.execute(select(schema.document.c.body).where(schema.document.c.item == item)).scalar_one_or_none()
    return _with_given(msgspec.json.decode(body, type=Document), receipts(connection, item)) if body is not None else None


def _with_given(document: Document, given: dict[str, list[Receipt]]) -> Document:
    if document.published and document.publisher:
        return document
    said = given[document.item]
    return msgspec.structs.replace(
        document,
        published=document.published or _first_given([receipt.published for receipt in said]),
        publisher=document.publisher or _first_given([receipt.source for receipt in said]),
    )


def _first_given(values: Sequence[str | None]) -> Stated | None:
    value = next((value for value in values if value), None)
    return Stated(value, Origin.GIVEN) if value else None


def claims(connection: Connection) -> list[StoredClaim]:
    """All claims as they stand, in the order of their short numbers."""
    decoder = msgspec.json.Decoder(Claim)
    rows = connection.execute(CLAIMS.order_by(schema.claim.c.number))
    return [stored_claim(row, decoder) for row in rows]


def meanings(connection: Connection) -> dict[str, bytes]:
    """By claim the vector of the paragraph it was read in, where one was made."""
    query = select(schema.claim_read.c.id, schema.claim_read.c.meaning).where(schema.claim_read.c.meaning.is_not(None))
    return {row.id: row.meaning for row in connection.execute(query)}


def claim(connection: Connection, claim_id: str) -> StoredClaim | None:
    """One claim as it stands, None where nothing of this id does."""
    row = connection.execute(CLAIMS.where(schema.claim.c.id == claim_id)).one_or_none()
    return stored_claim(row, msgspec.json.Decoder(Claim)) if row is not None else None


CLAIMS = select(
    schema.claim.c.number,
    schema.claim.c.item,
    schema.claim.c.document,
    schema.claim.c.reader,
    schema.claim.c.status,
    schema.claim_body.c.body,
).join(schema.claim_body, schema.claim_body.c.number == schema.claim.c.number)
"""What a claim is made of, a row each, in no order."""


def stored_claim(row: Row[Any, Any, Any, Any, Any, Any], decoder: msgspec.json.Decoder[Claim]) -> StoredClaim:
    """A claim from a row of `CLAIMS`."""
    return StoredClaim(decoder.decode(row.body), row.number, row.item, row.document, row.reader, Status(row.status))


def claims_out_of_place(connection: Connection) -> list[str]:
    """The numbers of claims by hand whose words do not stand at their place in the text as it is read now, so that they are left out."""
    drawn = select(schema.claim.c.id)
    query = select(schema.label.c.number).join(schema.claim_added, schema.claim_added.c.id == schema.label.c.subject)
    return list(connection.execute(query.where(schema.claim_added.c.id.not_in(drawn)).order_by(_number(schema.label.c.number))).scalars())


class ClaimRow(msgspec.Struct, frozen=True):
    """What lists ask of a claim before it is opened; `source` is None where the document itself speaks."""

    id: str
    number: int
    item: str
    status: Status
    source: str | None


def claim_rows(
    connection: Connection, *, item: str | None = None, statuses: Sequence[Status] = (), stance: str | None = None, act: str | None = None
) -> list[ClaimRow]:
    """The claims that fit all of what is asked (nothing asked: all), in the order of their short numbers."""
    c = schema.claim.c
    query = select(c.id, c.number, c.item, c.status, c.source).order_by(c.number)
    for column, value in ((c.item, item), (c.stance, stance), (c.act, act)):
        query = query if value is None else query.where(column == value)
    if statuses:
        query = query.where(c.status.in_([status.value for status in statuses]))
    return [ClaimRow(row.id, row.number, row.item, Status(row.status), row.source) for row in connection.execute(query)]


def decisions_on(connection: Connection, subject: str) -> list[Decision]:
    """The standing decisions on one subject, in order of time."""
    query = select(schema.decision.c.body).where(schema.decision.c.subject == subject, schema.decision.c.undone == 0)
    return _bodies(connection, query.order_by(schema.decision.c.seq), Decision)


def numbers_of(connection: Connection, subjects: Sequence[str]) -> dict[str, str]:
    """The short number of each subject that has one."""
    found: dict[str, str] = {}
    for batch in batches(subjects):
        query = select(schema.label.c.subject, schema.label.c.number).where(schema.label.c.subject.in_(batch))
        found.update({row.subject: row.number for row in connection.execute(query)})
    return found


def machine_readings(connection: Connection, claim_ids: Sequence[str]) -> dict[str, Claim]:
    """What a machine read of these claims, before any correction; a claim that only a person read is not among them."""
    decoder, found = msgspec.json.Decoder(Claim), {}
    for batch in batches(claim_ids):
        query = select(schema.claim_read.c.id, schema.claim_read.c.body).where(schema.claim_read.c.id.in_(batch))
        found.update({row.id: decoder.decode(row.body) for row in connection.execute(query)})
    return found


def answers(connection: Connection) -> list[Answer]:
    """All answers, by claim and by what they are about."""
    return _bodies(connection, select(schema.answer.c.body).order_by(schema.answer.c.claim, schema.answer.c.about), Answer)


def answered_by(connection: Connection, claim_id: str) -> list[str]:
    """The claims that this one was set beside as their answer."""
    return list(
        connection.execute(select(schema.answer.c.about).where(schema.answer.c.claim == claim_id).order_by(schema.answer.c.about)).scalars()
    )


def incidents(connection: Connection) -> list[Incident]:
    """All incidents in the order of their short numbers."""
    query = select(schema.incident.c.body).join(schema.label, schema.label.c.subject == schema.incident.c.id.concat(INCIDENT_MARK))
    return _bodies(connection, query.order_by(_number(schema.label.c.number)), Incident)


def unnumbered_incidents(connection: Connection) -> int:
    """How many incidents have no number: those another version of the program derived on a rebuild."""
    marked = schema.incident.c.id.concat(INCIDENT_MARK)
    query = select(func.count()).select_from(schema.incident).where(marked.not_in(select(schema.label.c.subject)))
    return int(connection.execute(query).scalar_one())


def decisions(connection: Connection) -> list[Decision]:
    """All decisions in order of time, those taken back marked so."""
    rows = connection.execute(select(schema.decision.c.body, schema.decision.c.undone).order_by(schema.decision.c.seq))
    return [msgspec.structs.replace(msgspec.json.decode(row.body, type=Decision), undone=bool(row.undone)) for row in rows]


def decisions_in(connection: Connection, field: str) -> list[Decision]:
    """The standing decisions on one field of any subject, in order of time."""
    query = select(schema.decision.c.body).where(schema.decision.c.field == field, schema.decision.c.undone == 0)
    return _bodies(connection, query.order_by(schema.decision.c.seq), Decision)


def decision_count(connection: Connection) -> int:
    """How many decisions were ever made."""
    return int(connection.execute(select(func.count()).select_from(schema.decision)).scalar_one()) + int(
        get_meta(connection, DECISIONS_GONE) or 0
    )


class StoredPerson(msgspec.Struct, frozen=True):
    """A person as entered, before decisions are applied."""

    id: str
    number: str
    name: str
    forms: tuple[str, ...]
    erased: bool


def persons(connection: Connection) -> list[StoredPerson]:
    """All persons in the order of their numbers."""
    rows = connection.execute(select(schema.person).order_by(schema.person.c.number))
    return [
        StoredPerson(row.id, f"P{row.number}", row.name, msgspec.json.decode(row.forms, type=tuple[str, ...]), bool(row.erased))
        for row in rows
    ]


def pseudonyms(connection: Connection) -> dict[str, str]:
    """Every pseudonym that was drawn, with the id of whom it stands for; empty where nobody entered is meant."""
    rows = connection.execute(select(schema.pseudonym).order_by(schema.pseudonym.c.shown))
    return {row.shown: row.person for row in rows}


def vocabulary(connection: Connection) -> list[str]:
    """Every folded word of three letters or more that documents and claims hold."""
    return [padded.strip() for padded in connection.exec_driver_sql("SELECT padded FROM vocabulary ORDER BY padded").scalars()]


class StoredSeal(msgspec.Struct, frozen=True):
    """A sealed field, still encrypted, and the custody entry that records it."""

    id: str
    seq: int
    subject: str
    field: str
    sealed: str


def sealed_fields(connection: Connection, subject: str | None = None) -> list[StoredSeal]:
    """All sealed fields in the order in which they were sealed, or those of one subject."""
    query = select(schema.sealed_field).order_by(schema.sealed_field.c.seq)
    rows = connection.execute(query if subject is None else query.where(schema.sealed_field.c.subject == subject))
    return [StoredSeal(row.id, row.seq, row.subject, row.field, row.sealed) for row in rows]


def sealing_recipient(connection: Connection) -> str | None:
    """The age recipient that sealed fields are encrypted to, None where none was named."""
    return get_meta(connection, "sealing_recipient")


def labels(connection: Connection) -> dict[str, Label]:
    """The label of each subject."""
    rows = connection.execute(select(schema.label))
    return {row.subject: Label(row.subject, row.number, row.public_id) for row in rows}


def labelled(connection: Connection, subjects: Sequence[str]) -> set[str]:
    """Those of the subjects that have a label."""
    found: set[str] = set()
    for batch in batches(subjects):
        query = select(schema.label.c.subject).where(schema.label.c.subject.in_(batch))
        found.update(connection.execute(query).scalars())
    return found


def subject_of(connection: Connection, number: str) -> str | None:
    """The subject a short number was allotted to; None for one whose content was disposed of, of which there is nothing to say any more."""
    gone = select(schema.disposal.c.item)
    query = select(schema.label.c.subject).where(schema.label.c.number == number.upper(), schema.label.c.subject.not_in(gone))
    return connection.execute(query).scalar_one_or_none()


def highest_number(connection: Connection, letter: str) -> int:
    """The highest number allotted so far to subjects of this letter (I, C, N), 0 where none was."""
    query = select(func.max(_number(schema.label.c.number))).where(func.substr(schema.label.c.number, 1, 1) == letter)
    return connection.execute(query).scalar_one() or 0


def steps_taken(connection: Connection, stage: str, version: str, parameters: str) -> set[str]:
    """The inputs this stage has dealt with at this version and these parameters, done or failed."""
    query = select(schema.step.c.input).where(
        schema.step.c.stage == stage, schema.step.c.version == version, schema.step.c.parameters == parameters
    )
    return set(connection.execute(query).scalars())


def steps_done(connection: Connection, stage: str) -> set[str]:
    """The inputs this stage has dealt with at any version; what was read is read until somebody asks for it again."""
    query = select(schema.step.c.input).where(schema.step.c.stage == stage, schema.step.c.outcome == "done")
    return set(connection.execute(query).scalars())


def step_is_done(connection: Connection, step: Step) -> bool:
    """Whether this very step was taken."""
    return step.input in steps_taken(connection, step.stage, step.version, step.parameters)


def _number(column: ColumnElement[str]) -> ColumnElement[int]:
    return cast(func.substr(column, 2), Integer)


def _by_item(rows: Sequence[Row[Any, Any]], noun: type[T]) -> dict[str, list[T]]:
    decoder, grouped = msgspec.json.Decoder(noun), defaultdict(list)
    for row in rows:
        grouped[row.item].append(decoder.decode(row.body))
    return dict(grouped)


def _bodies(connection: Connection, query: Select[Any], noun: type[T]) -> list[T]:
    decoder = msgspec.json.Decoder(noun)
    return [decoder.decode(body) for body in connection.execute(query).scalars()]
