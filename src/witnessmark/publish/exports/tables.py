"""Claims, incidents, items, answers and places as five tables: the columns an analyst sorts and filters by, one row a thing, joined by ids.

A cell says nothing where nobody stated anything. Words of evidence stand as written; what stands in words in one column (victims) stands as numbers in others for
the first figure that is not a part of another. Figures are never combined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from witnessmark.model.claim import ClaimPlace, Interval, VictimCount
from witnessmark.model.incident import Incident, Role, VictimRange
from witnessmark.model.item import Protection
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.attribution import answers_back
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.areas import place_of
from witnessmark.publish.exports.columns import ANSWERS, CLAIMS, INCIDENTS, ITEMS, PLACE, PLACES, Column
from witnessmark.publish.exports.naming import given, named
from witnessmark.publish.site_files import SiteFile, SiteFiles, sites_on
from witnessmark.publish.words import count_words

Cell = str | int | float | None

BETWEEN = "; "
"""Between several values in one cell."""


class Table(msgspec.Struct, frozen=True):
    """A table: its columns, and its rows in the order of the short numbers. The first column is the row's public id."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def tables(book: Casebook) -> tuple[Table, ...]:
    """The five tables of what may leave."""
    return (
        _table("claims", CLAIMS, (_claim(read, book) for read in book.view.claims)),
        _table("incidents", INCIDENTS, (_incident(numbered, book) for numbered in book.view.incidents)),
        _table("items", ITEMS, (_item(held, book) for held in book.view.items)),
        _table("answers", ANSWERS, _answers(book)),
        _table("places", PLACES, (_place(file, book) for file in SiteFiles(book, most=None).files)),
    )


def _table(name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]]) -> Table:
    return Table(name, columns, tuple(tuple(_said(row[column.name]) for column in columns) for row in rows))


def _said(value: Cell) -> Cell:
    """Nothing said is no text of no length."""
    return None if value == "" else value


def _claim(read: ReadClaim, book: Casebook) -> dict[str, Cell]:
    claim, held = read.claim, book.item_of(read)
    return {
        "claim_id": read.public_id,
        "claim": read.number,
        "item_id": held.public_id if held else None,
        "item": held.item.number if held else None,
        "incidents": BETWEEN.join(numbered.number for numbered in book.incidents_of(read)),
        "reading": read.status,
        "reader": "a person" if read.as_read is None else read.reader,
        "stance": claim.stance,
        "polarity": claim.polarity,
        "words": book.quote(read),
        "start": claim.content[0].start if claim.content else None,
        "end": claim.content[-1].end if claim.content else None,
        **_speaker(read, book),
        "form": claim.form,
        "kind": claim.kind,
        "certainty": claim.certainty,
        "relay_certainty": claim.relay_certainty,
        "act": claim.act,
        "parties": BETWEEN.join(f"{party.role.value}: {given(party.name or party.text, book)}" for party in claim.parties),
        **_victims(claim.victims, book),
        **_dates("when", claim.when, book),
        **_dates("said", claim.said, book),
        **_dates("due", claim.due, book),
        **_position(claim.where, book),
        "basis": BETWEEN.join(f"{basis.kind.value}: {given(basis.text, book)}" for basis in claim.basis),
        "addressed_to": given(claim.addressee.name or claim.addressee.text, book) if claim.addressee else None,
        "aim": book.withheld.cover(claim.purpose.text) if claim.purpose else None,
        "answers": BETWEEN.join(_numbers((answer.about for answer in book.answers_of(read) if answer.claim == claim.id), book)),
        "answered_by": BETWEEN.join(_numbers((answer.claim for answer in book.answers_of(read) if answer.about == claim.id), book)),
        "language": book.language_of(read),
        "from_translation": _yes(held is not None and held.document is not None and held.document.translates is not None),
    }


def _speaker(read: ReadClaim, book: Casebook) -> dict[str, Cell]:
    speaker = read.claim.speaker
    if speaker is None:
        return {"speaker": None, "speaker_role": None, "speaker_kind": "the document itself", "speaker_words": None, "relayed_by": None}
    kind = "named" if speaker.name else "unnamed" if speaker.anonymous else "not identified"
    return {
        "speaker": given(speaker.name, book) if speaker.name else None,
        "speaker_role": given(speaker.role, book) if speaker.role else None,
        "speaker_kind": kind,
        "speaker_words": book.withheld.cover(speaker.mention.text) if speaker.mention else None,
        "relayed_by": BETWEEN.join(given(name, book) for name in speaker.via),
    }


def _victims(counts: Sequence[VictimCount], book: Casebook) -> dict[str, Cell]:
    whole = next((count for count in counts if count.includes is None), None)
    return {
        "victims": BETWEEN.join(_count(count, book) for count in counts),
        "victims_min": whole.min if whole else None,
        "victims_max": whole.max if whole else None,
        "victims_per": whole.per if whole else None,
        "victims_harm": whole.harm if whole else None,
        "victims_approximate": _yes(whole.approximate) if whole else None,
    }


def _count(count: VictimCount, book: Casebook) -> str:
    part = "of these, " if count.includes is not None else ""
    return f"{part}{count_words(count)}" + (f" ({given(count.group, book)})" if count.group else "")


def _dates(name: str, interval: Interval | None, book: Casebook) -> dict[str, Cell]:
    names = (f"{name}_earliest", f"{name}_latest", f"{name}_words")
    values = (interval.earliest, interval.latest, book.withheld.cover(interval.text)) if interval else (None, None, None)
    return dict(zip(names, values, strict=True))


def _position(place: ClaimPlace | None, book: Casebook) -> dict[str, Cell]:
    """Where a place is shown: coarse where the case keeps it so, and then why."""
    if place is None:
        return dict.fromkeys(column.name for column in PLACE)
    shown = book.discretion.position(place)
    return {
        "place": given(place.name or place.text, book),
        "place_id": place.id,
        "place_words": book.withheld.cover(place.text),
        "precision": place.precision,
        "latitude": shown.latitude if shown else None,
        "longitude": shown.longitude if shown else None,
        "coarse_because": shown.reason if shown else None,
    }


def _incident(numbered: NumberedIncident, book: Casebook) -> dict[str, Cell]:
    incident = numbered.incident
    return {
        "incident_id": numbered.public_id,
        "incident": numbered.number,
        "act": incident.act,
        **_position(place_of(numbered, book), book),
        "when_earliest": incident.when.earliest if incident.when else None,
        "when_latest": incident.when.latest if incident.when else None,
        "how_well_supported": given(incident.support, book) if incident.support else None,
        "independent_lines": incident.independent_lines,
        "independent_lines_at_most": incident.independent_lines_max,
        "victims": BETWEEN.join(_range(victims) for victims in incident.victims),
        "claims_supporting": _members(incident, Role.SUPPORTS, book),
        "claims_contradicting": _members(incident, Role.CONTRADICTS, book),
        "claims_denying": _members(incident, Role.DENIES, book),
        "claims_around": _members(incident, Role.CONTEXT, book),
        "denied_by": BETWEEN.join(named(incident.denied_by, book)),
        "disputed_by": BETWEEN.join(named(incident.disputed_by, book)),
        "asked_for": BETWEEN.join(named(incident.asked_for, book)),
        "reasons": BETWEEN.join(given(reason, book) for reason in incident.reasons),
    }


def _range(victims: VictimRange) -> str:
    """A figure as the incident has it, with the rule by which it was made."""
    words = count_words(VictimCount(victims.min, victims.max, victims.per, victims.harm, None, None, False, False, 0, 0, ""))  # noqa: FBT003 -- fields of a record
    return f"{words} ({victims.rule})"


def _members(incident: Incident, role: Role, book: Casebook) -> str:
    """The claims of an incident in a role; a denial counts as one whatever role it was given."""
    found = [(member, book.claims[member.id]) for member in incident.claims if member.id in book.claims]
    roles = [(Role.DENIES if answers_back(read) and member.role is Role.SUPPORTS else member.role, read) for member, read in found]
    return BETWEEN.join(read.number for taken, read in roles if taken is role)


def _numbers(claims: Iterable[str], book: Casebook) -> list[str]:
    return [book.claims[claim].number for claim in claims if claim in book.claims]


def _item(held: HeldItem, book: Casebook) -> dict[str, Cell]:
    item, document = held.item, held.document
    parent = book.items.get(item.parent) if item.parent else None
    original = book.items.get(document.translates.item) if document and document.translates else None
    return {
        "item_id": held.public_id,
        "item": item.number,
        "name": given(item.name, book),
        "media_type": item.media_type,
        "title": given(document.title, book) if document and document.title else None,
        "language": document.language if document else None,
        "publisher": given(document.publisher.value, book) if document and document.publisher else None,
        "publisher_known": document.publisher.origin if document and document.publisher else None,
        "published": document.published.value if document and document.published else item.published,
        "published_known": document.published.origin if document and document.published else "given" if item.published else None,
        "source": given(item.source, book) if item.source else None,
        "received_utc": held.receipts[0].at if held.receipts else None,
        "already_public": _yes(item.already_public),
        "sha256": item.id if item.already_public else None,
        "found_in": parent.public_id if parent else None,
        "translates": original.public_id if original else None,
        "release": item.release.state.value if item.release.by is not None else None,
        "protection": item.protection.value if item.protection is not Protection.UNSET else None,
        "sensitivity": item.sensitivity,
        "reader": document.reader if document else None,
        "claims": len(book.claims_of(held)),
    }


def _answers(book: Casebook) -> Iterator[dict[str, Cell]]:
    for answer in book.answers:
        claim, about = book.claims.get(answer.claim), book.claims.get(answer.about)
        if claim is not None and about is not None:
            yield {
                "claim_id": claim.public_id,
                "claim": claim.number,
                "about_id": about.public_id,
                "about": about.number,
                "stance": claim.claim.stance,
                "general": None if answer.general is None else _yes(answer.general),
                "why": given(answer.why, book),
            }


def _place(file: SiteFile, book: Casebook) -> dict[str, Cell]:
    """A place as the dossier's page of it has it; its dates are those of claims that do not answer others, the earliest and the latest that any states."""
    reads = file.reads
    events = [read.claim.when for read in reads if read.claim.when is not None and not answers_back(read)]
    items = dict.fromkeys(held.item.number for read in reads if (held := book.item_of(read)) is not None)
    incidents = dict.fromkeys(numbered.number for read in reads for numbered in book.incidents_of(read))
    return {
        "place_file": file.anchor,
        "names": BETWEEN.join(given(name, book) for name in file.names),
        **_position(reads[0].claim.where, book),
        "claims": len(reads),
        "claims_answering": sum(map(answers_back, reads)),
        "claims_which": BETWEEN.join(read.number for read in reads),
        "incidents": BETWEEN.join(incidents),
        "items": BETWEEN.join(items),
        "sites": BETWEEN.join(site.number for site in sites_on(file, book)),
        "when_earliest": min((each.earliest for each in events if each.earliest), default=None),
        "when_latest": max((each.latest for each in events if each.latest), default=None),
    }


def _yes(said: bool) -> str:  # noqa: FBT001 -- the one thing it is asked
    return "yes" if said else "no"
