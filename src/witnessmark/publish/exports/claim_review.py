"""Incidents as schema.org ClaimReview: what is claimed, where it stands, who denies it, and how well it is supported.

A rating here is words of the rule that weighed it ("supported at first hand"), never a number and never true or false: how well something is supported is not
whether it happened. An incident that nobody has weighed has no rating and says so.
"""

from __future__ import annotations

from witnessmark.model.decision import Status
from witnessmark.model.incident import Incident, IncidentTime
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.naming import claim_urn, given, incident_urn, item_urn, json_file, named, stated, who_says
from witnessmark.publish.words import act_words, counted, dates_words

ASPECT = "how well supported"

NOT_WEIGHED = "How well supported this is has not been weighed yet."

NO_VERDICT = "This says how well what is claimed is supported by what is held in this case. It does not say whether it is true."


def claim_review(book: Casebook) -> bytes:
    """A graph with a ClaimReview for each incident."""
    return json_file({"@context": "https://schema.org", "@graph": [_review(numbered, book) for numbered in book.view.incidents]}, book)


def _review(numbered: NumberedIncident, book: Casebook) -> dict[str, object]:
    incident = numbered.incident
    return stated(
        **{"@type": "ClaimReview", "@id": incident_urn(numbered)},
        identifier=numbered.number,
        claimReviewed=_claimed(incident, book),
        itemReviewed=_claim(numbered, book),
        author={"@type": "Organization", "name": f"The team of the case “{given(book.view.title, book)}”"},
        inLanguage="en",
        reviewAspect=ASPECT,
        reviewBody=" ".join([*_body(incident, book), _checked(incident, book), NO_VERDICT]),
        reviewRating=_rating(incident, book),
    )


def _claimed(incident: Incident, book: Casebook) -> str:
    """The claim in a line: the act as alleged, the place, the days."""
    place = given(incident.where.name, book) if incident.where and incident.where.name else "place not stated"
    when = dates_words(incident.when.earliest, incident.when.latest) if incident.when else "date not stated"
    return f"Alleged {act_words(incident.act)}, {place}, {when}" if incident.act else f"No act stated, {place}, {when}"


def _claim(numbered: NumberedIncident, book: Casebook) -> dict[str, object]:
    members = [book.claims[member.id] for member in numbered.incident.claims if member.id in book.claims]
    shown = [(read, held) for read in members if read.status is not Status.REJECTED and (held := book.item_of(read)) is not None]
    return stated(
        **{"@type": "Claim"},
        name=_claimed(numbered.incident, book),
        temporalCoverage=_coverage(numbered.incident.when),
        appearance=[_appearance(read, held, book) for read, held in shown],
    )


def _coverage(when: IncidentTime | None) -> str | None:
    """The interval of days as ISO 8601 has it; an open end is two full stops."""
    if when is None or not (when.earliest or when.latest):
        return None
    return when.earliest if when.earliest == when.latest else f"{when.earliest or '..'}/{when.latest or '..'}"


def _appearance(read: ReadClaim, held: HeldItem, book: Casebook) -> dict[str, object]:
    """Where it is said or answered: the words, who says so, and the item they stand in."""
    document = held.document
    return stated(
        **{"@type": "CreativeWork", "@id": claim_urn(read)},
        identifier=read.number,
        name=who_says(read, book),
        text=book.quote(read),
        inLanguage=document.language if document else None,
        isPartOf=stated(
            **{"@type": "CreativeWork", "@id": item_urn(held)},
            identifier=held.item.number,
            name=given(document.title, book) if document and document.title else None,
            datePublished=document.published.value if document and document.published else None,
            publisher={"@type": "Organization", "name": given(document.publisher.value, book)} if document and document.publisher else None,
        ),
    )


def _body(incident: Incident, book: Casebook) -> list[str]:
    lines, most = incident.independent_lines, incident.independent_lines_max
    said = [f"How well supported it is: {given(incident.support, book)}." if incident.support else NOT_WEIGHED]
    if lines is not None:
        said.append(f"Independent lines: {lines} established" + (f", at most {most} possible." if most is not None else "."))
    said += [f"Denied by: {'; '.join(named(incident.denied_by, book))}."] if incident.denied_by else []
    said += [f"Disputed on evidence by: {'; '.join(named(incident.disputed_by, book))}."] if incident.disputed_by else []
    said += [f"Asserted, not held here: {'; '.join(named(incident.asked_for, book))}."] if incident.asked_for else []
    return [*said, *(given(reason, book) for reason in incident.reasons)]


def _checked(incident: Incident, book: Casebook) -> str:
    """How far people have compared the claims with the text, so that no machine's reading passes for one."""
    members = [book.claims[member.id] for member in incident.claims if member.id in book.claims]
    checked = sum(1 for read in members if read.status is Status.ACCEPTED)
    return f"Of {counted(len(members), 'claim')} a person has compared {checked} with the text and called {'it' if checked == 1 else 'them'} read correctly."


def _rating(incident: Incident, book: Casebook) -> dict[str, object] | None:
    """The words of the finding. No `ratingValue`: on a scale it would be read as how true it is."""
    if not incident.support:
        return None
    reasons = " ".join(given(reason, book) for reason in incident.reasons)
    return stated(
        **{"@type": "Rating"},
        reviewAspect=ASPECT,
        alternateName=given(incident.support, book),
        ratingExplanation=f"{reasons} {NO_VERDICT}".strip(),
    )
