"""Drawing the logs into the database: one function for each deed, applied in the order of the logs.

This is the only way rows come into being, whether a deed has just happened or a deleted database is rebuilt; that is what
makes both the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import cast

import msgspec
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from witnessmark.model.canonical import canonical_json
from witnessmark.model.decision import SAVED_SEARCH, Decision
from witnessmark.model.deed import (
    CaseOpened,
    CaseUpgraded,
    CaseWeighed,
    CheckpointMade,
    ClaimsRead,
    CountPlanned,
    CountRun,
    DecisionMade,
    DecisionUndone,
    Deed,
    DocumentRead,
    DossierPublished,
    DossierReleased,
    FieldSealed,
    FootprintTested,
    FormsConfirmed,
    FramesDrawn,
    IntakeRefused,
    ItemCommitted,
    ItemDisposed,
    ItemReceived,
    ItemRedacted,
    ItemsHandedOver,
    ItemsNotKept,
    KeysChanged,
    Label,
    LinesExported,
    ListsLinked,
    MediaChecked,
    PersonAdded,
    PersonErased,
    PictureLookedAt,
    PseudonymDrawn,
    ReceiptReturned,
    RecoveryDrilled,
    SceneRead,
    ScenesCompared,
    SealingKeyNamed,
    SealOpened,
    SegmentsRenewed,
    SigningBegan,
    SiteAdded,
    SourceAdded,
    StageFailed,
    Step,
)
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.item import Disposal
from witnessmark.model.sheet import BODIES
from witnessmark.store import schema
from witnessmark.store.claims import (
    draw_claims_of,
    draw_decided,
    drop_claims_of_another_text,
    has_claims_by_hand,
    replace_machine_claims,
)
from witnessmark.store.full_text import index_document
from witnessmark.store.meta import get_meta, set_meta
from witnessmark.store.persons import draw_forms, draw_person, draw_pseudonym, draw_sealed
from witnessmark.store.received import draw_received
from witnessmark.store.sealing import masked, masked_decision, masked_in

OUTPUTS = (
    CaseWeighed,
    DossierPublished,
    DossierReleased,
    ItemCommitted,
    SigningBegan,
    CheckpointMade,
    KeysChanged,
    RecoveryDrilled,
    SegmentsRenewed,
    ItemsHandedOver,
    LinesExported,
    PseudonymDrawn,
    CountPlanned,
    ListsLinked,
    CountRun,
    SiteAdded,
    SceneRead,
    ScenesCompared,
    FootprintTested,
    MediaChecked,
    FramesDrawn,
)
"""Deeds that derive, publish, sign, hand over or name anew, or concern only who opens the case, and leave what they were derived from unchanged; they do not enter the case's state."""
_OUTPUT_ACTIONS = frozenset(str(deed.__struct_config__.tag) for deed in OUTPUTS)

DECISIONS_GONE = "decisions disposed of"
"""How many decisions went with what was disposed of: their numbers stay taken."""


COUNTED = "counted"
"""The newest entry about counting, which enters no other state."""
WATCHED = "watched"
"""The same about watched sites."""

MEDIA = "media"
"""The newest entry about checks of media, which enters no other state."""


SHEETS = "sheets"
"""The newest entry about a verification sheet, which enters no other state."""


def apply(connection: Connection, entry: Entry, deed: Deed) -> None:
    """Draw one deed. Expects all entries before it to have been drawn."""
    apply_all(connection, [(entry, deed)])


def apply_all(connection: Connection, drawn: Sequence[tuple[Entry, Deed | None]]) -> None:
    """Draw deeds of one log in their order, None for one whose body was disposed of. Expects all entries before them to have been drawn.

    A run of received items is drawn together, since an intake brings thousands: each table is written once.
    """
    for received, run in groupby(drawn, key=lambda pair: isinstance(pair[1], ItemReceived)):
        if received:
            draw_received(connection, cast("list[tuple[Entry, ItemReceived]]", list(run)))
            continue
        for entry, deed in run:
            if deed is None:
                _disposed_of(connection, entry)
            else:
                _DRAW[type(deed)](connection, entry, deed)
    if drawn:
        _note_standing(connection, drawn)


def _note_standing(connection: Connection, drawn: Sequence[tuple[Entry, Deed | None]]) -> None:
    """Note how far a log is drawn; what enters the case's state is folded into it, by its action where its body is gone."""
    last = drawn[-1][0]
    set_meta(connection, f"size/{last.stream}", str(last.seq + 1))
    set_meta(connection, f"as_of/{last.stream}", last.at)
    counted = [entry.commitment for entry, deed in drawn if entry.action not in _OUTPUT_ACTIONS and not _bears_on_nothing(connection, deed)]
    if counted:
        state = get_meta(connection, f"state/{last.stream}") or ""
        for commitment in counted:
            state = hashlib.sha256((state + commitment).encode()).hexdigest()
        set_meta(connection, f"state/{last.stream}", state)


def _bears_on_nothing(connection: Connection, deed: Deed | None) -> bool:
    """Whether a deed writes or takes back what no incident is derived from (a line of a verification sheet, a saved search), so nothing has to be weighed again."""
    field = _field_of(connection, deed)
    return field in BODIES or field == SAVED_SEARCH


def _field_of(connection: Connection, deed: Deed | None) -> str | None:
    """Of what a deed decides or takes a decision back, None where it does neither."""
    if isinstance(deed, DecisionUndone):
        query = select(schema.decision.c.field).where(schema.decision.c.id == deed.decision)
        return connection.execute(query).scalar_one_or_none()
    return deed.decision.field if isinstance(deed, DecisionMade) else None


def _disposed_of(connection: Connection, entry: Entry) -> None:
    """That it happened still counts, what it said is gone."""
    if entry.stream is Stream.CUSTODY:
        _custody(connection, entry, "")
    elif entry.action == DecisionMade.__struct_config__.tag:
        set_meta(connection, DECISIONS_GONE, str(int(get_meta(connection, DECISIONS_GONE) or 0) + 1))


def _case_opened(connection: Connection, entry: Entry, deed: CaseOpened) -> None:
    set_meta(connection, "title", masked(connection, deed.title))
    set_meta(connection, "opened", entry.at)
    _custody(connection, entry, "")


def _of_the_case(connection: Connection, entry: Entry, _: CaseUpgraded | SigningBegan | CheckpointMade) -> None:
    _custody(connection, entry, "")


def _intake_refused(connection: Connection, entry: Entry, deed: IntakeRefused) -> None:
    connection.execute(insert(schema.refusal).values(seq=entry.seq, body=_json(masked(connection, deed))))
    _custody(connection, entry, "")


def _item_redacted(connection: Connection, entry: Entry, deed: ItemRedacted) -> None:
    connection.execute(insert(schema.redaction).values(seq=entry.seq, item=deed.item, body=_json(deed)))
    _custody(connection, entry, deed.item)


def _items_not_kept(connection: Connection, entry: Entry, deed: ItemsNotKept) -> None:
    connection.execute(insert(schema.not_kept).values(seq=entry.seq, body=_json(masked(connection, deed))))
    _custody(connection, entry, "")


def _item_disposed(connection: Connection, entry: Entry, deed: ItemDisposed) -> None:
    """Rows the item still has are not looked for: whoever disposes of it has the database drawn anew, without them."""
    own = deed.labels[0]
    noun = Disposal(deed.item, own.number, own.public_id, deed.at, deed.authority, deed.why)
    row = {"item": deed.item, "seq": entry.seq, "body": _json(noun)}
    connection.execute(upsert(schema.disposal).values(row).on_conflict_do_nothing())
    labels = [{"subject": x.subject, "number": x.number, "public_id": x.public_id} for x in deed.labels]
    connection.execute(upsert(schema.label).on_conflict_do_nothing(), labels)
    _custody(connection, entry, "")


def _said_only(connection: Connection, entry: Entry, _: KeysChanged | RecoveryDrilled | SegmentsRenewed | LinesExported) -> None:
    _custody(connection, entry, "")


def _items_handed_over(connection: Connection, entry: Entry, deed: ItemsHandedOver) -> None:
    connection.execute(insert(schema.handover).values(id=deed.handover, seq=entry.seq, at=entry.at, body=_json(deed)))
    _custody(connection, entry, "")


def _receipt_returned(connection: Connection, entry: Entry, deed: ReceiptReturned) -> None:
    connection.execute(update(schema.handover).where(schema.handover.c.id == deed.handover).values(returned=entry.at))
    _custody(connection, entry, deed.receipt)


def _custody(connection: Connection, entry: Entry, item: str) -> None:
    connection.execute(insert(schema.custody).values(seq=entry.seq, item=item, entry=_json(entry)))


def _document_read(connection: Connection, entry: Entry, deed: DocumentRead) -> None:
    document = masked(connection, deed.document)
    another_text = drop_claims_of_another_text(connection, document)
    connection.execute(delete(schema.document).where(schema.document.c.item == document.item))
    connection.execute(insert(schema.document).values(id=document.id, item=document.item, seq=entry.seq, body=_json(document)))
    index_document(connection, document)
    if another_text or has_claims_by_hand(connection, document.item):
        draw_claims_of(connection, document.item)
    _clear_failure(connection, document.item, deed.step.stage)
    _step(connection, deed.step, "done")


def _claims_read(connection: Connection, _: Entry, deed: ClaimsRead) -> None:
    _labels(connection, deed.labels)
    replace_machine_claims(connection, msgspec.structs.replace(deed, claims=masked_in(connection, deed.claims, deed.item)))
    _clear_failure(connection, deed.item, deed.step.stage)
    if deed.problems:
        reader = f"{deed.step.stage}@{deed.step.version}"
        _failure(
            connection,
            deed.item,
            deed.step.stage,
            _json({"item": deed.item, "stage": reader, "reason": masked(connection, " ".join(deed.problems))}),
        )
    _step(connection, deed.step, "done")


def _stage_failed(connection: Connection, _: Entry, deed: StageFailed) -> None:
    _clear_failure(connection, deed.failure.item, deed.step.stage)
    _failure(connection, deed.failure.item, deed.step.stage, _json(masked(connection, deed.failure)))
    _step(connection, deed.step, "failed")


def _clear_failure(connection: Connection, item: str, stage: str) -> None:
    connection.execute(delete(schema.failure).where(schema.failure.c.item == item, schema.failure.c.stage == stage))


def _failure(connection: Connection, item: str, stage: str, body: str) -> None:
    connection.execute(insert(schema.failure).values(item=item, stage=stage, body=body))


def _decision_made(connection: Connection, entry: Entry, deed: DecisionMade) -> None:
    _note_sheet(connection, entry, deed)
    d = masked_decision(connection, deed.decision)
    _labels(connection, deed.labels)
    connection.execute(insert(schema.decision).values(id=d.id, seq=entry.seq, subject=d.subject, field=d.field, undone=0, body=_json(d)))
    draw_decided(connection, d)


def _note_sheet(connection: Connection, entry: Entry, deed: DecisionMade | DecisionUndone) -> None:
    if _field_of(connection, deed) in BODIES:
        set_meta(connection, SHEETS, str(entry.seq))


def _decision_undone(connection: Connection, entry: Entry, deed: DecisionUndone) -> None:
    _note_sheet(connection, entry, deed)
    connection.execute(update(schema.decision).where(schema.decision.c.id == deed.decision).values(undone=1))
    body = connection.execute(select(schema.decision.c.body).where(schema.decision.c.id == deed.decision)).scalar_one_or_none()
    if body is not None:
        draw_decided(connection, msgspec.json.decode(body, type=Decision))


def _case_weighed(connection: Connection, _: Entry, deed: CaseWeighed) -> None:
    _labels(connection, deed.labels)
    _step(connection, deed.step, "done")


def _dossier_published(connection: Connection, _: Entry, deed: DossierPublished) -> None:
    set_meta(connection, "dossier", _json(deed))
    _step(connection, deed.step, "done")


def _dossier_released(connection: Connection, entry: Entry, deed: DossierReleased) -> None:
    set_meta(connection, "released", _json({"seq": entry.seq, "deed": deed}))


def _item_committed(connection: Connection, entry: Entry, deed: ItemCommitted) -> None:
    statement = upsert(schema.committed).values(item=deed.item, seq=entry.seq)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["item"]))
    _custody(connection, entry, deed.item)


def _person_added(connection: Connection, _: Entry, deed: PersonAdded) -> None:
    _labels(connection, (deed.label,))
    draw_person(connection, deed)


def _forms_confirmed(connection: Connection, _: Entry, deed: FormsConfirmed) -> None:
    draw_forms(connection, deed)


def _pseudonym_drawn(connection: Connection, _: Entry, deed: PseudonymDrawn) -> None:
    draw_pseudonym(connection, deed)


def _sealing_key_named(connection: Connection, entry: Entry, deed: SealingKeyNamed) -> None:
    set_meta(connection, "sealing_recipient", deed.recipient)
    _custody(connection, entry, "")


def _field_sealed(connection: Connection, entry: Entry, deed: FieldSealed) -> None:
    draw_sealed(connection, entry, deed)
    _custody(connection, entry, "")


def _seal_opened(connection: Connection, entry: Entry, _: SealOpened) -> None:
    _custody(connection, entry, "")


def _person_erased(connection: Connection, entry: Entry, _: PersonErased) -> None:
    _custody(connection, entry, "")


def _source_added(connection: Connection, _: Entry, deed: SourceAdded) -> None:
    _labels(connection, (deed.label,))
    row = {"id": deed.source, "number": int(deed.label.number[1:]), "name": masked(connection, deed.name)}
    connection.execute(insert(schema.source).values(row))


def _count_planned(connection: Connection, entry: Entry, deed: CountPlanned) -> None:
    _labels(connection, (deed.label,))
    plan = masked(connection, deed.plan)
    connection.execute(insert(schema.question).values(id=deed.question, seq=entry.seq, at=entry.at, body=_json(plan)))
    set_meta(connection, COUNTED, str(entry.seq))


def _lists_linked(connection: Connection, entry: Entry, deed: ListsLinked) -> None:
    _counted(connection, entry, deed, "linked")


def _count_run(connection: Connection, entry: Entry, deed: CountRun) -> None:
    _counted(connection, entry, deed, "run")


def _counted(connection: Connection, entry: Entry, deed: ListsLinked | CountRun, kind: str) -> None:
    row = {"seq": entry.seq, "question": deed.question, "kind": kind, "at": entry.at, "body": _json(deed)}
    connection.execute(insert(schema.counted).values(row))
    _step(connection, deed.step, "done")
    set_meta(connection, COUNTED, str(entry.seq))


def _site_added(connection: Connection, entry: Entry, deed: SiteAdded) -> None:
    _labels(connection, (deed.label,))
    drawn = masked(connection, deed.drawn)
    connection.execute(insert(schema.site).values(id=deed.site, seq=entry.seq, at=entry.at, body=_json(drawn)))
    set_meta(connection, WATCHED, str(entry.seq))


def _scene_read(connection: Connection, entry: Entry, deed: SceneRead) -> None:
    _clear_failure(connection, deed.item, deed.step.stage)
    _watched(connection, entry, deed, "read")


def _scenes_compared(connection: Connection, entry: Entry, deed: ScenesCompared) -> None:
    _watched(connection, entry, deed, "compared")


def _footprint_tested(connection: Connection, entry: Entry, deed: FootprintTested) -> None:
    _watched(connection, entry, deed, "tested")


def _watched(connection: Connection, entry: Entry, deed: SceneRead | ScenesCompared | FootprintTested, kind: str) -> None:
    row = {"seq": entry.seq, "site": deed.site, "kind": kind, "at": entry.at, "body": _json(masked(connection, deed))}
    connection.execute(insert(schema.watched).values(row))
    _step(connection, deed.step, "done")
    set_meta(connection, WATCHED, str(entry.seq))


def _media_checked(connection: Connection, entry: Entry, deed: MediaChecked) -> None:
    item = deed.check.item
    connection.execute(delete(schema.media_check).where(schema.media_check.c.item == item))
    row = {"item": item, "seq": entry.seq, "at": entry.at, "body": _json(masked(connection, deed))}
    connection.execute(insert(schema.media_check).values(row))
    _clear_failure(connection, item, deed.step.stage)
    _step(connection, deed.step, "done")
    set_meta(connection, MEDIA, str(entry.seq))


def _frames_drawn(connection: Connection, entry: Entry, deed: FramesDrawn) -> None:
    row = {"seq": entry.seq, "item": deed.sheet.item, "at": entry.at, "body": _json(deed.sheet)}
    connection.execute(insert(schema.frame_sheet).values(row))
    set_meta(connection, MEDIA, str(entry.seq))


def _picture_looked_at(connection: Connection, entry: Entry, deed: PictureLookedAt) -> None:
    row = {"item": deed.looks.item, "seq": entry.seq, "body": _json(deed.looks)}
    connection.execute(delete(schema.looks).where(schema.looks.c.item == deed.looks.item))
    connection.execute(insert(schema.looks).values(row))
    _clear_failure(connection, deed.looks.item, deed.step.stage)
    _step(connection, deed.step, "done")


def _labels(connection: Connection, labels: tuple[Label, ...]) -> None:
    if labels:
        connection.execute(insert(schema.label), [{"subject": x.subject, "number": x.number, "public_id": x.public_id} for x in labels])


def _step(connection: Connection, step: Step, outcome: str) -> None:
    row = {"stage": step.stage, "version": step.version, "parameters": step.parameters, "input": step.input, "outcome": outcome}
    statement = upsert(schema.step).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["stage", "version", "parameters", "input"], set_={"outcome": outcome})
    )


def _json(value: object) -> str:
    return canonical_json(value).decode()


_DRAW: dict[type, Callable[..., None]] = {
    CaseOpened: _case_opened,
    CaseUpgraded: _of_the_case,
    SigningBegan: _of_the_case,
    CheckpointMade: _of_the_case,
    IntakeRefused: _intake_refused,
    ItemRedacted: _item_redacted,
    KeysChanged: _said_only,
    SegmentsRenewed: _said_only,
    RecoveryDrilled: _said_only,
    LinesExported: _said_only,
    ItemsHandedOver: _items_handed_over,
    ReceiptReturned: _receipt_returned,
    ItemsNotKept: _items_not_kept,
    ItemDisposed: _item_disposed,
    DocumentRead: _document_read,
    ClaimsRead: _claims_read,
    StageFailed: _stage_failed,
    DecisionMade: _decision_made,
    DecisionUndone: _decision_undone,
    CaseWeighed: _case_weighed,
    DossierPublished: _dossier_published,
    DossierReleased: _dossier_released,
    ItemCommitted: _item_committed,
    PersonAdded: _person_added,
    FormsConfirmed: _forms_confirmed,
    PseudonymDrawn: _pseudonym_drawn,
    SealingKeyNamed: _sealing_key_named,
    FieldSealed: _field_sealed,
    SealOpened: _seal_opened,
    PersonErased: _person_erased,
    SourceAdded: _source_added,
    CountPlanned: _count_planned,
    ListsLinked: _lists_linked,
    CountRun: _count_run,
    SiteAdded: _site_added,
    SceneRead: _scene_read,
    ScenesCompared: _scenes_compared,
    FootprintTested: _footprint_tested,
    MediaChecked: _media_checked,
    FramesDrawn: _frames_drawn,
    PictureLookedAt: _picture_looked_at,
}
