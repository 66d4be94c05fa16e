"""The facts as FollowTheMoney entities (schema of followthemoney 4.11), one a line, with a sidecar for what that model cannot hold.

Items are Documents, claims Notes on them, incidents Events, places Addresses; whoever is named as speaker or party is a LegalEntity, since nobody has said whether it
is a person or a body, with a Mention in each document that names it. One name is one entity; whether two names are one party is for people to decide. FollowTheMoney
has no place for who alleges what, so everything that says it (stance, speaker, certainty, roles, spans, counts as intervals, denials, support) stands in the sidecar under the same ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.model.claim import ClaimPlace
from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.areas import place_of
from witnessmark.publish.exports.languages import ISO_639_3
from witnessmark.publish.exports.naming import given, json_text, stated, who_says
from witnessmark.publish.exports.public_claim import public_claim, public_incident, public_place
from witnessmark.publish.prose import clip
from witnessmark.publish.words import act_words, as_date, count_words, dates_words

ENTITIES = "entities.ftm.json"
SIDECAR = "sidecar.jsonl"

LONGEST_NAME = 384
"""Characters of a name that FollowTheMoney keeps."""

NOTHING_KNOWN = "application/octet-stream"
"""A media type that FollowTheMoney leaves out, since it says nothing."""

Entity = dict[str, object]


def ftm(book: Casebook) -> dict[str, bytes]:
    """`entities.ftm.json`, JSON lines as Aleph and `ftm` read them, and `sidecar.jsonl`."""
    cast = _Cast(book)
    entities = [
        *(_document(held, book) for held in book.view.items),
        *cast.entities(),
        *cast.places(),
        *(_event(numbered, cast, book) for numbered in book.view.incidents),
        *(_note(read, book) for read in book.view.claims),
    ]
    return {ENTITIES: _lines(entities, book), SIDECAR: _lines(_sidecar(book), book)}


def _lines(values: Iterable[object], book: Casebook) -> bytes:
    return "".join(json_text(value, book) + "\n" for value in values).encode()


def _entity(name: str, schema: str, /, **properties: object) -> Entity:
    """An entity; each property is a list of strings, and one that nobody stated is left out."""
    values = {key: [value] if isinstance(value, str) else list(value) for key, value in stated(**properties).items()}  # type: ignore[call-overload]
    return {"id": name, "schema": schema, "properties": values}


def _document(held: HeldItem, book: Casebook) -> Entity:
    document, item = held.document, held.item
    published = document.published.value if document and document.published else item.published
    return _entity(
        _item_id(held),
        "Document",
        fileName=given(item.name, book),
        name=given(document.title or item.name if document else item.name, book)[:LONGEST_NAME],
        title=given(document.title, book) if document and document.title else None,
        mimeType=item.media_type if item.media_type != NOTHING_KNOWN else None,
        language=_language(held),
        publishedAt=published if as_date(published) else None,
        publisher=given(document.publisher.value, book) if document and document.publisher else None,
        processingAgent=document.reader if document else None,
    )


def _language(held: HeldItem) -> str | None:
    """The language by its three letters, as FollowTheMoney has it; None for one it does not have."""
    language = held.document.language if held.document else None
    return ISO_639_3.get(language.lower().replace("_", "-").split("-")[0]) if language else None


def _note(read: ReadClaim, book: Casebook) -> Entity:
    held = book.item_of(read)
    events = [_incident_id(numbered) for numbered in book.incidents_of(read)]
    return _entity(
        _claim_id(read),
        "Note",
        name=f"Claim {read.number}, {who_says(read, book)}"[:LONGEST_NAME],
        description=book.quote(read),
        summary=f"{STATUS_WORDS[read.status]}; what somebody is reported to have said, and nothing of what happened",
        proof=_item_id(held) if held else None,
        entity=[*([_item_id(held)] if held else []), *events],
    )


def _event(numbered: NumberedIncident, cast: _Cast, book: Casebook) -> Entity:
    incident = numbered.incident
    members = [book.claims[member.id] for member in incident.claims if member.id in book.claims]
    place = place_of(numbered, book)
    named = given(place.name or place.text, book) if place else None
    return _entity(
        _incident_id(numbered),
        "Event",
        name=clip(f"Alleged {act_words(incident.act)}" + (f", {named}" if named else ""), LONGEST_NAME - 10),
        summary=f"How well supported: {given(incident.support, book) if incident.support else 'not weighed yet'}",
        description=f"{dates_words(incident.when.earliest, incident.when.latest)}, as claimed" if incident.when else None,
        startDate=incident.when.earliest if incident.when else None,
        endDate=incident.when.latest if incident.when else None,
        location=named,
        addressEntity=cast.place_id(place),
        proof=dict.fromkeys(_item_id(held) for read in members if (held := book.item_of(read))),
    )


class _Cast:
    """Who and what is named, each once, in the order of the claims: named by the public id of the first claim that does."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._ids: dict[str, str] = {}
        self._in_documents: dict[str, dict[str, HeldItem]] = {}
        self._places: dict[str, tuple[str, ClaimPlace]] = {}
        for read in book.view.claims:
            for place_in_claim, name in enumerate(dict.fromkeys(_names(read)), 1):
                self._ids.setdefault(name, f"wm-party-{read.public_id}-{place_in_claim}")
                if held := book.item_of(read):
                    self._in_documents.setdefault(name, {})[held.public_id] = held
            if place := read.claim.where:
                self._places.setdefault(_place_key(place), (f"wm-place-{read.public_id}", place))

    def entities(self) -> Iterator[Entity]:
        """Each party, followed by its mentions."""
        for name, party in self._ids.items():
            shown = given(name, self._book)[:LONGEST_NAME]
            yield _entity(party, "LegalEntity", name=shown, proof=[_item_id(held) for held in self._in_documents.get(name, {}).values()])
            for held in self._in_documents.get(name, {}).values():
                mention = f"wm-mention-{held.public_id}-{party.removeprefix('wm-party-')}"
                yield _entity(mention, "Mention", document=_item_id(held), name=shown, resolved=party, detectedSchema="LegalEntity")

    def places(self) -> Iterator[Entity]:
        """Each place, where the case shows it."""
        for name, place in self._places.values():
            shown, called = self._book.discretion.position(place), given(place.name or place.text, self._book)
            yield _entity(
                name,
                "Address",
                name=called[:LONGEST_NAME],
                full=called,
                latitude=f"{shown.latitude:g}" if shown else None,
                longitude=f"{shown.longitude:g}" if shown else None,
                remarks=_remarks(place, shown.reason if shown else None),
            )

    def place_id(self, place: ClaimPlace | None) -> str | None:
        """The id of a place that a claim names."""
        found = self._places.get(_place_key(place)) if place else None
        return found[0] if found else None


def _remarks(place: ClaimPlace, reason: str | None) -> str | None:
    said = [f"known as a {place.precision.value}"] if place.precision else []
    said += [f"position to the nearest ~10 km because {reason}"] if reason else []
    return "; ".join(said) or None


def _names(read: ReadClaim) -> Iterator[str]:
    """Whoever the claim names: its speaker, those who relay it, its parties."""
    speaker = read.claim.speaker
    names = ((speaker.name, *speaker.via) if speaker else ()) + tuple(party.name or party.text for party in read.claim.parties)
    return (name for name in names if name and name.strip())


def _place_key(place: ClaimPlace) -> str:
    return place.id or f"named {place.name or place.text}"


def _sidecar(book: Casebook) -> Iterator[dict[str, object]]:
    for held in book.view.items:
        item = held.item
        beside = stated(
            number=item.number,
            already_public=item.already_public,
            sha256=item.id if item.already_public else None,
            language=held.document.language if held.document else None,
            release=item.release.state if item.release.by is not None else None,
        )
        yield {"id": _item_id(held), "of": "item", "fields": beside}
    for numbered in book.view.incidents:
        place = public_place(place_of(numbered, book), book)
        yield {"id": _incident_id(numbered), "of": "incident", "fields": {**public_incident(numbered, book), "where": place}}
    for read in book.view.claims:
        words = [count_words(count) for count in read.claim.victims]
        yield {"id": _claim_id(read), "of": "claim", "fields": {**public_claim(read, book), "victims_in_words": words}}
    for answer in book.answers:
        claim, about = book.claims.get(answer.claim), book.claims.get(answer.about)
        if claim is not None and about is not None:
            yield {
                "id": _claim_id(claim),
                "of": "answer",
                "fields": {"about": _claim_id(about), "general": answer.general, "why": answer.why},
            }


def _item_id(held: HeldItem) -> str:
    return f"wm-item-{held.public_id}"


def _claim_id(read: ReadClaim) -> str:
    return f"wm-claim-{read.public_id}"


def _incident_id(numbered: NumberedIncident) -> str:
    return f"wm-incident-{numbered.public_id}"
