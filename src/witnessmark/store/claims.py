"""Drawing claims as they stand: what a machine read and what a person added, with people's corrections in place.

The machine's reading stays in `claim_read`, untouched by any decision, so that undoing a correction brings it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from witnessmark.model.canonical import canonical_json
from witnessmark.model.claim import Claim, PartyRole
from witnessmark.model.correction import (
    ADDED,
    CORRECTABLE,
    AddedClaim,
    as_far_as_it_holds,
    corrected,
    holds,
    is_out_of_place,
    status_of,
)
from witnessmark.model.decision import Decision, Status
from witnessmark.model.deed import ClaimsRead
from witnessmark.model.document import Document
from witnessmark.model.meaning import Meaning
from witnessmark.store import schema
from witnessmark.store.batches import batches
from witnessmark.store.full_text import drop_claims, index_claims
from witnessmark.text.aligning import original_span
from witnessmark.text.masking import COVER

BY_HAND = "by hand"
"""The reader of a claim that a person added."""


def replace_machine_claims(connection: Connection, deed: ClaimsRead) -> None:
    """Set what a machine read now in the place of what it read before, and draw the document's claims anew."""
    connection.execute(delete(schema.claim_read).where(schema.claim_read.c.item == deed.item))
    reader = f"{deed.step.stage}@{deed.step.version}"
    vectors = {claim: meaning.vector for meaning in _meanings(connection, deed) for claim in meaning.claims}
    rows = [
        {"id": c.id, "item": deed.item, "document": deed.document, "reader": reader, "body": _json(c), "meaning": vectors.get(c.id)}
        for c in deed.claims
    ]
    if rows:
        connection.execute(insert(schema.claim_read), rows)
    draw_claims_of(connection, deed.item)


def _meanings(connection: Connection, deed: ClaimsRead) -> tuple[Meaning, ...]:
    """What the paragraphs are about; of a document in which somebody is masked none, since the vectors were made of the words behind the mask."""
    document = _document_of(connection, deed.item)
    return () if document is not None and COVER in document.text else deed.meanings


def drop_claims_of_another_text(connection: Connection, document: Document) -> bool:
    """A claim's span holds in the text it was read from; where that text is replaced, the machine's claims wait to be read anew."""
    before = _document_of(connection, document.item)
    if before is None or before.text == document.text:
        return False
    connection.execute(delete(schema.claim_read).where(schema.claim_read.c.item == document.item))
    return True


def draw_decided(connection: Connection, decision: Decision) -> None:
    """Draw what a decision, just made or just undone, changes of a claim; decisions on items change no claim."""
    if decision.field == ADDED:
        added = msgspec.json.decode(decision.value, type=AddedClaim)
        _draw_added(connection, decision)
        draw_claims_of(connection, added.item, only=None if added.supersedes else decision.subject)
    elif decision.field == "status" or decision.field in CORRECTABLE:
        item = connection.execute(select(schema.claim.c.item).where(schema.claim.c.id == decision.subject)).scalar_one_or_none()
        if item is not None:
            draw_claims_of(connection, item, only=decision.subject)


def draw_claims_of(connection: Connection, item: str, *, only: str | None = None) -> None:
    """Draw the claims of an item as they stand now, or one alone."""
    _clear(connection, item, only)
    bases = _bases(connection, item, only)
    if not bases:
        return
    decisions, numbers = _decisions_on(connection, list(bases)), _numbers(connection, list(bases))
    superseded = _superseded(connection, item)
    document = _document_of(connection, item) if decisions else None
    text = document.text if document else ""
    rows, bodies, parties, claims = [], [], [], []
    for claim_id, (base, document_id, reader) in bases.items():
        made, status = decisions.get(claim_id, []), Status.PROPOSED
        held = _as_read_by_hand(base, document) if reader == BY_HAND else base
        if held is None:
            continue  # added in another reading of the original: `claims_out_of_place` names it
        claim = _answering(corrected(held, made, text) if made else held, superseded)
        if made and not is_out_of_place(made, text):
            status = status_of(made)
        number = numbers[claim_id]
        rows.append(_row(claim, number, item, document_id, reader, status))
        bodies.append({"number": number, "body": _json(claim)})
        parties += [{"number": number, "party": party} for party in parties_of(claim)]
        claims.append((number, claim))
    if rows:
        connection.execute(insert(schema.claim), rows)
        connection.execute(insert(schema.claim_body), bodies)
        if parties:
            connection.execute(insert(schema.claim_party), parties)
        index_claims(connection, claims)


def has_claims_by_hand(connection: Connection, item: str) -> bool:
    """Whether a person added claims in the document read from an item."""
    return connection.execute(select(schema.claim_added.c.id).where(schema.claim_added.c.item == item).limit(1)).first() is not None


def source_of(claim: Claim) -> str | None:
    """Who speaks, as lists name it: None for the document itself, empty for a source that is not named."""
    if claim.speaker is None:
        return None
    return claim.speaker.name or (claim.speaker.mention.text if claim.speaker.mention else "")


def parties_of(claim: Claim) -> tuple[str, ...]:
    """The parties a claim names, each once, as lists name them: by the name, where it was resolved, else by the words; victims without a name ("40 prisoners") are none."""
    named = (party.name or (party.text if party.role is not PartyRole.VICTIM else None) for party in claim.parties)
    return tuple(dict.fromkeys(name for name in named if name))


def _as_read_by_hand(base: Claim, document: Document | None) -> Claim | None:
    """A claim by hand as far as the document has its words now, with its place in the original of a translation; None where it has not."""
    if document is None or not holds(base.content, document.text):
        return None
    return msgspec.structs.replace(as_far_as_it_holds(base, document.text), original=original_span(document.translates, base.content))


def _superseded(connection: Connection, item: str) -> dict[str, str]:
    """The claims whose words a person corrected, each with the claim that has the right ones."""
    added = schema.claim_added.c
    rows = connection.execute(
        select(added.supersedes, added.id).where(added.item == item, added.supersedes.is_not(None)).order_by(added.id)
    )
    return {row.supersedes: row.id for row in rows}


def _answering(claim: Claim, superseded: dict[str, str]) -> Claim:
    """The claim with what it answers as that stands: a claim with corrected words in the place of the one that had the wrong ones."""
    answers = tuple(dict.fromkeys(superseded.get(about, about) for about in claim.answers if superseded.get(about, about) != claim.id))
    return claim if answers == claim.answers else msgspec.structs.replace(claim, answers=answers)


def _row(claim: Claim, number: int, item: str, document: str, reader: str, status: Status) -> dict[str, object]:  # noqa: PLR0913, PLR0917 -- one column each
    return {
        "number": number,
        "id": claim.id,
        "item": item,
        "document": document,
        "reader": reader,
        "status": status.value,
        "stance": claim.stance.value,
        "act": claim.act.value if claim.act else None,
        "source": source_of(claim),
        "place": (claim.where.name or claim.where.text) if claim.where else None,
        "earliest": claim.when.earliest if claim.when else None,
        "latest": claim.when.latest if claim.when else None,
        "confidence": claim.confidence,
    }


def _clear(connection: Connection, item: str, only: str | None) -> None:
    chosen = schema.claim.c.item == item if only is None else schema.claim.c.id == only
    numbers = list(connection.execute(select(schema.claim.c.number).where(chosen)).scalars())
    for batch in batches(numbers):
        drop_claims(connection, batch)
        connection.execute(delete(schema.claim_body).where(schema.claim_body.c.number.in_(batch)))
        connection.execute(delete(schema.claim_party).where(schema.claim_party.c.number.in_(batch)))
        connection.execute(delete(schema.claim).where(schema.claim.c.number.in_(batch)))


def _bases(connection: Connection, item: str, only: str | None) -> dict[str, tuple[Claim, str, str]]:
    """The claims of an item before corrections: those a machine read, and in their place or besides those a person added."""
    decoder = msgspec.json.Decoder(Claim)
    read, added = (
        select(schema.claim_read).where(schema.claim_read.c.item == item),
        select(schema.claim_added).where(schema.claim_added.c.item == item),
    )
    if only is not None:
        read, added = read.where(schema.claim_read.c.id == only), added.where(schema.claim_added.c.id == only)
    bases = {
        row.id: (decoder.decode(row.body), row.document, row.reader) for row in connection.execute(read.order_by(schema.claim_read.c.id))
    }
    bases |= {
        row.id: (decoder.decode(row.body), row.document, BY_HAND) for row in connection.execute(added.order_by(schema.claim_added.c.id))
    }
    return bases


def _draw_added(connection: Connection, decision: Decision) -> None:
    """The latest standing entry of a claim by hand is the one that counts."""
    query = (
        select(schema.decision.c.body)
        .where(schema.decision.c.subject == decision.subject, schema.decision.c.field == ADDED, schema.decision.c.undone == 0)
        .order_by(schema.decision.c.seq.desc())
        .limit(1)
    )
    standing = connection.execute(query).scalar_one_or_none()
    if standing is None:
        connection.execute(delete(schema.claim_added).where(schema.claim_added.c.id == decision.subject))
        return
    entry = msgspec.json.decode(msgspec.json.decode(standing, type=Decision).value, type=AddedClaim)
    row = {
        "id": decision.subject,
        "item": entry.item,
        "document": entry.document,
        "supersedes": entry.supersedes,
        "body": _json(entry.claim),
    }
    connection.execute(upsert(schema.claim_added).values(row).on_conflict_do_update(index_elements=["id"], set_=row))


def _decisions_on(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Decision]]:
    """The standing decisions on each claim, in order of time."""
    found: dict[str, list[Decision]] = defaultdict(list)
    decoder = msgspec.json.Decoder(Decision)
    for batch in batches(subjects):
        query = (
            select(schema.decision.c.body)
            .where(schema.decision.c.subject.in_(batch), schema.decision.c.undone == 0)
            .order_by(schema.decision.c.seq)
        )
        for body in connection.execute(query).scalars():
            decision = decoder.decode(body)
            found[decision.subject].append(decision)
    return found


def _numbers(connection: Connection, subjects: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(subjects):
        query = select(schema.label.c.subject, schema.label.c.number).where(schema.label.c.subject.in_(batch))
        found.update({row.subject: int(row.number[1:]) for row in connection.execute(query)})
    return found


def _document_of(connection: Connection, item: str) -> Document | None:
    body = connection.execute(select(schema.document.c.body).where(schema.document.c.item == item)).scalar_one_or_none()
    return msgspec.json.decode(body, type=Document) if body is not None else None


def _json(value: object) -> str:
    return canonical_json(value).decode()
