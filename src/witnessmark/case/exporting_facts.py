"""The facts that may leave, as exports to other programs take them: claims and incidents that leave as lines, and of the items only what may be told of them.

Listed are the items that those claims stand in, and such as people released or called public: of an item that nobody decided of, lines would show nothing either. Who gave an item never leaves, and of a sensitive one not its source either. Positions are as in the dossier; where anything is held back every place is coarse, since
that some are exact and others are not would tell what a claim that is held back says of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.leaving import Selection
from witnessmark.case.viewing import view_case
from witnessmark.model.claim import Claim
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DossierPublished, DossierReleased, ItemReceived
from witnessmark.model.document import Document, Origin
from witnessmark.model.entry import Stream
from witnessmark.model.incident import Incident
from witnessmark.model.item import Item
from witnessmark.model.sheet import ASKED
from witnessmark.model.view import CaseView, HeldItem, NumberedIncident, ReadClaim
from witnessmark.protect.permission import GUARDED
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.exports.annotations import web_annotations
from witnessmark.publish.exports.claim_review import claim_review
from witnessmark.publish.exports.ftm import ftm
from witnessmark.publish.exports.geojson import geojson
from witnessmark.publish.exports.prov import Act, Doings, Publishing, prov
from witnessmark.publish.exports.spreadsheet import csv_files, xlsx
from witnessmark.publish.withheld import Withheld
from witnessmark.store import queries
from witnessmark.text.masking import covered

RECEIVED = str(ItemReceived.__struct_config__.tag)

PUBLISHED = {
    str(DossierPublished.__struct_config__.tag): "working draft",
    str(DossierReleased.__struct_config__.tag): "public dossier",
}
"""What each act of publishing writes."""

SOMETHING_HELD_BACK = "an export from which something is held back gives no position more exactly"


class Facts(msgspec.Struct, frozen=True):
    """What leaves, with its lookups, and the acts it came of."""

    book: Casebook
    doings: Doings


FORMS: dict[str, Callable[[Facts], bytes | dict[str, bytes]]] = {
    "csv": lambda facts: csv_files(facts.book),
    "xlsx": lambda facts: xlsx(facts.book),
    "geojson": lambda facts: geojson(facts.book),
    "web-annotations": lambda facts: web_annotations(facts.book),
    "claimreview": lambda facts: claim_review(facts.book),
    "ftm": lambda facts: ftm(facts.book),
    "prov": lambda facts: prov(facts.book, facts.doings),
}
"""The forms of other programs: one file, or several by name."""


def facts_of(case: Case, selection: Selection, claims: Iterable[bytes], incidents: Iterable[bytes], *, tell_all: bool) -> Facts:
    """The facts of these lines (`claims` and `incidents` as JSON). `tell_all` says of sensitive items, too, what their source is."""
    view = view_case(case)
    withheld = Withheld.of_case(view)
    discretion = Discretion.of_public(view, SOMETHING_HELD_BACK) if selection.held_back else Discretion.of_case(view)
    wanted = {msgspec.json.decode(line, type=_Named).id for line in claims}
    told = {read.item for read in view.claims if read.claim.id in wanted}
    leaving = {held.item.id for held in selection.leaving if tell_all or held.item.id in told or _is_decided(held.item)}
    items = tuple(covered(_item(held, leaving, tell_all=tell_all), withheld) for held in view.items if held.item.id in leaving)
    texts = {held.document.id: held.document.text for held in items if held.document}
    reads = tuple(_claim(read, texts.get(read.document), withheld) for read in view.claims if read.claim.id in wanted)
    shown = msgspec.structs.replace(
        view,
        items=items,
        claims=reads,
        answers=tuple(covered(answer, withheld) for answer in view.answers if {answer.claim, answer.about} <= wanted),
        incidents=tuple(_incidents([msgspec.json.decode(line, type=Incident) for line in incidents], view, withheld)),
        heads=(),
        warnings=(),
        counting=(),
        sites=tuple(site for site in view.sites if {scene.item for scene in site.scenes} <= leaving),
    )
    return Facts(Casebook(shown, discretion=discretion, withheld=withheld, handed_out=True), _doings(case, view, leaving))


class _Named(msgspec.Struct, frozen=True):
    id: str


def _is_decided(item: Item) -> bool:
    """Whether people said that the item may be known of; what they withheld is no part of what leaves."""
    return item.release.by is not None or item.already_public


def _item(held: HeldItem, leaving: set[str], *, tell_all: bool) -> HeldItem:
    """An item without who gave it and what it was found in where that stays; of a sensitive one the source stays, too."""
    item, discreet = held.item, held.item.protection in GUARDED and not tell_all
    within_held_back = item.parent is not None and item.parent not in leaving
    told = msgspec.structs.replace(
        item,
        name=PurePosixPath(item.name).name if within_held_back else item.name,
        parent=None if within_held_back else item.parent,
        source=None if discreet else item.source,
    )
    receipts = tuple(msgspec.structs.replace(receipt, received_from=None, source=None, parent=None, stated={}) for receipt in held.receipts)
    document = _document(held.document, leaving, discreet=discreet) if held.document else None
    return HeldItem(_without_consent(told), held.public_id, receipts, document, (), ())


def _without_consent(item: Item) -> Item:
    """Consent, accounts and translators are about people, and no form has a place for them."""
    return Item(
        id=item.id,
        number=item.number,
        size=item.size,
        media_type=item.media_type,
        name=item.name,
        parent=item.parent,
        source=item.source,
        published=item.published,
        already_public=item.already_public,
        sensitivity=item.sensitivity,
        protection=item.protection,
        release=item.release,
    )


def _document(document: Document, leaving: set[str], *, discreet: bool) -> Document:
    hidden = discreet and document.publisher is not None and document.publisher.origin is Origin.GIVEN
    translates = document.translates
    return msgspec.structs.replace(
        document,
        author=None if discreet else document.author,
        publisher=None if hidden else document.publisher,
        problems=(),
        metadata={},
        translates=translates if translates and translates.item in leaving else None,
    )


def _claim(read: ReadClaim, text: str | None, withheld: Withheld) -> ReadClaim:
    """A claim whose words are cut from the covered text of its document."""
    claim: Claim = covered(read.claim, withheld, text)
    return msgspec.structs.replace(read, claim=claim, as_read=claim if read.as_read is not None else None)


def _incidents(incidents: Sequence[Incident], view: CaseView, withheld: Withheld) -> Iterable[NumberedIncident]:
    """Incidents under their numbers; one that the case knows only as part of a larger one goes by its oldest claim."""
    known = {numbered.incident.id: numbered for numbered in view.incidents}
    oldest = {read.claim.id: read for read in view.claims}
    for incident in incidents:
        numbered = known.get(incident.id)
        number, public_id = (
            (numbered.number, numbered.public_id) if numbered else (f"of {oldest[incident.id].number}", oldest[incident.id].public_id)
        )
        yield NumberedIncident(covered(incident, withheld), number, public_id)


def _doings(case: Case, view: CaseView, leaving: set[str]) -> Doings:
    """When each item was received and read, what was decided of it, and when a dossier was written."""
    with case.asking() as connection:
        read_by = {stored.seq: stored.document.item for stored in queries.documents(connection) if stored.document.item in leaving}
        made = [
            decision
            for decision in queries.decisions(connection)
            if decision.subject in leaving and not decision.undone and decision.field != ASKED
        ]
    decided: dict[str, list[Decision]] = {}
    for decision in made:
        decided.setdefault(decision.subject, []).append(decision)
    read, published = {}, []
    for entry in case.logs[Stream.ANALYSIS].entries():
        if entry.seq in read_by:
            read[read_by[entry.seq]] = Act(entry.at, entry.actor)
        if entry.action in PUBLISHED:
            published.append(Publishing(PUBLISHED[entry.action], Act(entry.at, entry.actor)))
    received = {
        held.item.id: [Act(entry.at, entry.actor) for entry in held.custody if entry.action == RECEIVED]
        for held in view.items
        if held.item.id in leaving
    }
    return Doings(received, read, decided, published)
