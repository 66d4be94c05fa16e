"""A case view cut down to what a public dossier may hold: nothing of what is held back is left in it, so no page can show it.

Numbers are drawn anew, because gaps would count what is withheld. Receipts, file names, custody, decisions, metadata and the keys of those who work on
the case stay behind; every word is covered, and a person's name among a document's authors is left out unless the document is public already.
"""

from __future__ import annotations

import hashlib

import msgspec

from witnessmark.model.document import Document
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import Item, Release
from witnessmark.model.notice import NoticeTimeline
from witnessmark.model.pledge import Pledge
from witnessmark.model.responsibility import Responsibility
from witnessmark.model.translator import Translator
from witnessmark.model.view import CaseView, Cut, HeldItem, Method, NumberedIncident, ReadClaim
from witnessmark.publish.one_width import in_one_width
from witnessmark.publish.public_counting import public_questions
from witnessmark.publish.public_media import public_media
from witnessmark.publish.public_parties import public_notices, public_pledges, public_responsibility
from witnessmark.publish.public_pictures import public_pictures
from witnessmark.publish.public_sheets import public_sheets
from witnessmark.publish.public_sites import public_sites
from witnessmark.publish.visibility import Selection
from witnessmark.text.masking import Cover, covered

DOUBTED = "It was read with doubt in places; the reasons are kept in the case."


class Derived(msgspec.Struct, frozen=True):
    """Answers, incidents, pledges, parties and notices derived from the claims that are shown, and from no other."""

    answers: tuple[Answer, ...]
    incidents: tuple[Incident, ...]
    pledges: tuple[Pledge, ...] = ()
    responsibility: Responsibility = Responsibility()
    notices: tuple[NoticeTimeline, ...] = ()


def public_view(view: CaseView, chosen: Selection, derived: Derived, cover: Cover, *, methods: tuple[Method, ...]) -> CaseView:
    """The view a public dossier is made from. `cover` covers what must not be seen; `methods` are those that the dossier names."""
    held = [each for each in view.items if each.item.id in chosen.items]
    reads = [each for each in view.claims if each.claim.id in chosen.claims]
    items = tuple(_item(each, number, chosen, cover) for number, each in enumerate(held, 1))
    documents = {each.document.id: each.document for each in items if each.document is not None}
    claims = tuple(_claim(read, number, chosen, documents, cover) for number, read in enumerate(reads, 1))
    numbers = {each.item.id: (each.item.number, f"I{number}") for number, each in enumerate(held, 1)}
    narrow = in_one_width(
        CaseView(
            title=cover.cover(view.title),
            format_version=view.format_version,
            opened="",
            as_of=last_checked(view, chosen),
            items=items,
            claims=claims,
            answers=derived.answers,
            incidents=_incidents(derived.incidents, claims, cover),
            methods=methods,
            heads=(),
            warnings=(),
            sheets=public_sheets(view.sheets, [(each.item.id, each.item.already_public) for each in held], cover),
            counting=public_questions(view.counting, chosen.items, cover),
            pictures=public_pictures(view.pictures, numbers),
            sites=public_sites(
                view.sites,
                numbers,
                frozenset(each.item.number for each in view.items),
                chosen.claims,
                cover,
            ),
            pledges=public_pledges(derived.pledges, cover),
            responsibility=public_responsibility(derived.responsibility, cover),
            notices=public_notices(derived.notices, derived.responsibility, cover),
            cut=Cut(view.cut.asked, 0, 0) if view.cut is not None else None,
        )
    )
    documents = {each.document.id: each.document for each in narrow.items if each.document is not None}
    return msgspec.structs.replace(narrow, items=tuple(_aligned_again(each, documents) for each in narrow.items))


def last_checked(view: CaseView, chosen: Selection) -> str:
    """When the newest reading shown was checked (UTC); empty where none was."""
    return max((made.at for read in view.claims if read.claim.id in chosen.claims for made in read.decisions), default="")


def _item(held: HeldItem, number: int, chosen: Selection, cover: Cover) -> HeldItem:
    item = held.item
    return HeldItem(
        item=Item(
            id=item.id,
            number=f"I{number}",
            size=0,
            media_type=item.media_type,
            name=f"original {held.public_id}",
            parent=item.parent if item.parent in chosen.items else None,
            source=cover.cover(item.source) if item.source else None,
            published=item.published,
            already_public=item.already_public,
            sensitivity=item.sensitivity,
            release=Release(item.release.state),
            translator=_translator(item.translator),
        ),
        public_id=held.public_id,
        receipts=(),
        document=_document(held.document, item, chosen, cover) if held.document else None,
        failures=(),
        custody=(),
        media=public_media(held.media, cover),
    )


def _translator(translator: Translator | None) -> Translator | None:
    """A machine by its name; of a person not even the key."""
    return translator and Translator(machine=translator.machine)


def _document(document: Document, item: Item, chosen: Selection, cover: Cover) -> Document:
    made = document.translates
    return msgspec.structs.replace(
        covered(msgspec.structs.replace(document, translates=None), cover),
        author=cover.cover(document.author) if document.author and item.already_public else None,
        problems=(DOUBTED,) if document.problems else (),
        metadata={},
        translates=msgspec.structs.replace(made, problems=()) if made and made.item in chosen.items else None,
    )


def _aligned_again(held: HeldItem, documents: dict[str, Document]) -> HeldItem:
    """A translation with the hash of its original's text as that is shown: its paragraphs were moved with the covers, so they stay aligned."""
    made = held.document.translates if held.document else None
    original = documents.get(made.document) if made and made.document else None
    if held.document is None or made is None or original is None or made.text is None:
        return held
    shown = msgspec.structs.replace(made, text=hashlib.sha256(original.text.encode()).hexdigest())
    return msgspec.structs.replace(held, document=msgspec.structs.replace(held.document, translates=shown))


def _claim(read: ReadClaim, number: int, chosen: Selection, documents: dict[str, Document], cover: Cover) -> ReadClaim:
    document = documents.get(read.document)
    claim = covered(read.claim, cover, document.text if document else None)
    claim = msgspec.structs.replace(
        claim,
        answers=tuple(about for about in claim.answers if about in chosen.claims),
        basis=tuple(msgspec.structs.replace(each, held=each.held if each.held in chosen.items else None) for each in claim.basis),
        original=claim.original if claim.original and claim.original.document in documents else None,
        confidence=None,
    )
    return msgspec.structs.replace(
        read, claim=claim, number=f"C{number}", decisions=(), as_read=claim if read.as_read is not None else None
    )


def _incidents(incidents: tuple[Incident, ...], claims: tuple[ReadClaim, ...], cover: Cover) -> tuple[NumberedIncident, ...]:
    """An incident has the random id of its oldest claim that is shown: an id drawn for it once could be that of a larger one."""
    public_ids = {read.claim.id: read.public_id for read in claims}
    return tuple(
        NumberedIncident(covered(incident, cover), f"N{number}", public_ids[incident.id]) for number, incident in enumerate(incidents, 1)
    )
