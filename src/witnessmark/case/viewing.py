"""The case as a view: everything held, with labels, decisions and failures in their places, as plain values.

What publishes or exports gets this and nothing else, so no publisher can reach an original or a log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.claiming import CLAIMS
from witnessmark.case.claiming import VERSION as CLAIMS_VERSION
from witnessmark.case.comparing_pictures import pictures_compared
from witnessmark.case.findings import derive_findings
from witnessmark.case.judged_incidents import assessments_of
from witnessmark.case.reading import READ
from witnessmark.case.reading import VERSION as READ_VERSION
from witnessmark.case.sheets import sheets_from
from witnessmark.case.stages import WEIGH
from witnessmark.case.tracking import VERSION as TRACK_VERSION
from witnessmark.case.tracking import with_tracked
from witnessmark.case.translating import ALIGN, TRANSLATION_OF
from witnessmark.case.translating import VERSION as ALIGN_VERSION
from witnessmark.case.translators import TRANSLATOR
from witnessmark.case.watching_sites import watched_sites
from witnessmark.corroborate import VERSION as WEIGH_VERSION
from witnessmark.corroborate.as_of import cut_view, not_yet_there
from witnessmark.corroborate.responsibility import party_decisions
from witnessmark.engines.limits import Enforcement
from witnessmark.model.account import account_on_record
from witnessmark.model.assessment import Assessment
from witnessmark.model.consent import consent_on_record
from witnessmark.model.correction import ADDED, CORRECTABLE, NONE
from witnessmark.model.decision import Decision
from witnessmark.model.deed import INCIDENT_MARK, Label
from witnessmark.model.delivery import FIELD as DELIVERED
from witnessmark.model.delivery import deliveries_on_record
from witnessmark.model.entry import Stream
from witnessmark.model.incident import Incident
from witnessmark.model.item import Item, Protection, Receipt, Sensitivity, SourceKind, release_on_record
from witnessmark.model.noted import noted_on_record
from witnessmark.model.translator import translator_on_record
from witnessmark.model.view import AsOf, CaseView, HeldItem, Method, NumberedIncident, ReadClaim
from witnessmark.read import safeguards, tools
from witnessmark.store import queries
from witnessmark.store.counting import questions
from witnessmark.store.database import Connection
from witnessmark.store.media import checks
from witnessmark.watch.media.matching import VERSION as MATCH_VERSION

METHODS = (
    Method(
        READ,
        READ_VERSION,
        "Turns an original into text with a map back to its pages, paragraphs or rows. Text from images is a machine's guess: check names against the image.",
    ),
    Method(
        ALIGN,
        ALIGN_VERSION,
        "Pairs the paragraphs of a translation with those of its original by their length, numbers and quotations alone. What is not sure is left unpaired.",
    ),
    Method(
        CLAIMS,
        CLAIMS_VERSION,
        "Finds who says what in English text by written rules over a statistical parse. It misses claims and misreads some; every reading is a proposal until a person has looked at it. Rows of tables are not read as claims.",
    ),
    Method(
        WEIGH,
        WEIGH_VERSION,
        "Sets denials beside what they deny, groups claims about one happening, traces each to its root and weighs it by the rule weigh/1. What was not found to be copied may be copied all the same; groups and ties are proposals that people decide.",
    ),
    Method(
        "match",
        MATCH_VERSION,
        "Finds pictures that are one picture by hashes of the whole and by keypoints, each also of the mirror image, and films by their key frames. It misses pictures cut to a small part or seen aslant, compares no picture drawn into a page of a PDF or Word file, and looks at no faces.",
    ),
    Method(
        "track",
        TRACK_VERSION,
        "Follows promises, demands and agreements, gathers who is said to have had which part, and sets what was public beside later acts, by written rules over names, words and days. Names are compared as they are written, and a later claim in other words is missed.",
    ),
)


MEDIA_METHOD = Method(
    "check-media",
    "1",
    "Reads what photographs, films and recordings say of themselves, tests content credentials without a network, and holds both against what is said of them. "
    "Metadata are easily changed and easily lost: a difference asks for an explanation, and none shows nothing. It looks at no face and gives no verdict.",
)
"""Named where anything was checked."""


def view_case(case: Case, asked: AsOf | None = None) -> CaseView:
    """Everything the case holds now; or, asked about an earlier day, what of it was there then, with everything derived from that alone."""
    with case.asking() as connection:
        labels = queries.labels(connection)
        made = queries.decisions(connection)
        decisions = _standing(made)
        view = CaseView(
            readers=2 if case.settings.second_reader else 1,
            title=queries.title(connection),
            format_version=case.settings.format_version,
            opened=queries.opened(connection),
            as_of=queries.as_of(connection),
            items=_items(connection, labels, decisions),
            claims=_claims(connection, labels, decisions),
            answers=tuple(queries.answers(connection)),
            incidents=tuple(_numbered(connection, labels)),
            methods=METHODS,
            heads=tuple(case.logs[stream].head for stream in Stream),
            warnings=warnings_of(connection),
            counting=tuple(questions(connection)),
            sites=watched_sites(connection),
            pictures=pictures_compared(connection),
            sheets=sheets_from(each for each in made if asked is None or each.at[:10] <= asked.day),
        )
        view = view if asked is None else _cut(connection, view, asked, labels)
        if checked := checks(connection):
            from witnessmark.case.media_shown import with_media  # it loads what measures scenes

            view = msgspec.structs.replace(with_media(view, checked), methods=(*view.methods, MEDIA_METHOD))
        return with_tracked(view, party_decisions(made))


def _cut(connection: Connection, view: CaseView, asked: AsOf, labels: dict[str, Label]) -> CaseView:
    """The view as of an earlier day, its answers and incidents derived from the claims of that day only."""
    answers, incidents = derive_findings(connection, without=not_yet_there(view.items, asked))
    cut = cut_view(view, asked)
    return msgspec.structs.replace(cut, answers=tuple(answers), incidents=tuple(_numbered_then(incidents, labels)))


def _numbered_then(incidents: list[Incident], labels: dict[str, Label]) -> Iterator[NumberedIncident]:
    """Incidents of an earlier day under the numbers they have now; one that has since become part of another goes by its oldest claim."""
    for incident in incidents:
        own, oldest = labels.get(incident.id + INCIDENT_MARK), labels[incident.id]
        yield NumberedIncident(incident, own.number if own else f"incident of {oldest.number}", (own or oldest).public_id)


def warnings_of(connection: Connection) -> tuple[str, ...]:
    """Sentences on what was offered and is not in the case, on programs this machine lacks, and on limits it does not enforce."""
    return (*left_out_of(connection), *machine_warnings_of(connection))


def left_out_of(connection: Connection) -> tuple[str, ...]:
    """Sentences on what was received and is not in the case: not kept, with the reason, or disposed of, with date and authority."""
    left = [f"Received, not kept: {len(deed.files)}. {deed.reason}" for deed in queries.not_kept(connection)]
    gone = [
        f"Disposed of: {one.number}, {one.at[:10]}, by authority of {one.authority}. {one.why}" for one in queries.disposals(connection)
    ]
    return (*left, *gone)


def machine_warnings_of(connection: Connection) -> tuple[str, ...]:
    """The other sentences of `warnings_of`."""
    refused = [f"Not received: {refusal.name}. {refusal.reason}" for refusal in queries.refusals(connection)]
    missing = [
        f"{tool.name}, which {tool.purpose}, is not installed here. Install it with `{tool.install}`, then run `witnessmark read CASE --again`."
        for tool in tools()
        if tool.version is None
    ]
    unnumbered = queries.unnumbered_incidents(connection)
    regrouped = (
        [f"{unnumbered} incidents are grouped otherwise by this version of the program and wait for `witnessmark weigh`."]
        if unnumbered
        else []
    )
    displaced = [
        f"{number}, a claim read by hand, is left out: its words do not stand at their place in the text as it is read now. Add it again from that text."
        for number in queries.claims_out_of_place(connection)
    ]
    return (*refused, *missing, *decoder_safeguards().not_enforced, *regrouped, *displaced)


@cache
def decoder_safeguards() -> Enforcement:
    """What this system holds the decoders of hostile files to, and what it does not; asking it starts one, once."""
    return safeguards()


def _standing(decisions: list[Decision]) -> dict[str, list[Decision]]:
    by_subject: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if not decision.undone:
            by_subject[decision.subject].append(decision)
    return by_subject


def held_items(connection: Connection) -> tuple[HeldItem, ...]:
    """Every item with all that is known of it, in the order they came in."""
    return _items(connection, queries.labels(connection), _standing(queries.decisions(connection)))


def with_checks(case: Case, items: tuple[HeldItem, ...]) -> tuple[HeldItem, ...]:
    """The same items, each with its check as a view of the whole case shows it; quick where nothing was checked."""
    with case.asking() as connection:
        checked = checks(connection)
    if not checked:
        return items
    media = {held.item.id: held.media for held in view_case(case).items}
    return tuple(msgspec.structs.replace(held, media=media.get(held.item.id)) for held in items)


def _items(connection: Connection, labels: dict[str, Label], decisions: dict[str, list[Decision]]) -> tuple[HeldItem, ...]:
    receipts, failures, custody = queries.receipts(connection), queries.failures(connection), queries.custody(connection)
    documents = {stored.document.item: stored.document for stored in queries.documents(connection)}
    return tuple(
        HeldItem(
            item=_item(stored, labels[stored.id].number, receipts[stored.id], {d.field: d for d in decisions.get(stored.id, [])}),
            public_id=labels[stored.id].public_id,
            receipts=tuple(receipts[stored.id]),
            document=documents.get(stored.id),
            failures=tuple(failures.get(stored.id, ())),
            custody=tuple(custody[stored.id]),
        )
        for stored in queries.items(connection)
    )


def _item(stored: queries.StoredItem, number: str, receipts: list[Receipt], decided: dict[str, Decision]) -> Item:
    def value(field: str) -> str | None:
        return decided[field].value if field in decided else None

    said_public = value("already_public")
    return Item(
        id=stored.id,
        number=number,
        size=stored.size,
        media_type=stored.media_type,
        name=receipts[0].name,
        parent=receipts[0].parent,
        source=value("source") or next((r.source for r in receipts if r.source), None),
        published=next((r.published for r in receipts if r.published), None),
        already_public=said_public == "yes" if said_public else any(r.already_public for r in receipts),
        sensitivity=Sensitivity(value("sensitivity") or Sensitivity.UNKNOWN),
        protection=Protection(value("protection") or Protection.UNSET),
        release=release_on_record(decided.get("release")),
        consent=consent_on_record(decided.get("consent")),
        translator=translator_on_record(value(TRANSLATOR)) if value(TRANSLATION_OF) not in {None, NONE} else None,
        account=account_on_record(decided.get("account")),
        source_kind=SourceKind(kind) if (kind := value("source_kind")) else None,
        bound={"yes": True, "no": False}.get(value("bound_by_consent") or ""),
        deliveries=deliveries_on_record(decided.get(DELIVERED)),
        noted=noted_on_record(decided),
    )


def _claims(connection: Connection, labels: dict[str, Label], decisions: dict[str, list[Decision]]) -> tuple[ReadClaim, ...]:
    stored_claims = queries.claims(connection)
    touched = {
        stored.claim.id
        for stored in stored_claims
        if any(d.field in CORRECTABLE or d.field == ADDED for d in decisions.get(stored.claim.id, ()))
    }
    machine = queries.machine_readings(connection, sorted(touched))
    return tuple(
        ReadClaim(
            claim=stored.claim,
            number=labels[stored.claim.id].number,
            public_id=labels[stored.claim.id].public_id,
            item=stored.item,
            document=stored.document,
            reader=stored.reader,
            status=stored.status,
            decisions=tuple(decisions.get(stored.claim.id, ())),
            as_read=machine.get(stored.claim.id) if stored.claim.id in touched else stored.claim,
        )
        for stored in stored_claims
    )


def _numbered(connection: Connection, labels: dict[str, Label]) -> list[NumberedIncident]:
    incidents = queries.incidents(connection)
    found = {incident.id: labels[incident.id + INCIDENT_MARK] for incident in incidents}
    assessed = assessments_of(queries.decisions(connection), incidents, {incident: label.number for incident, label in found.items()})
    return [
        NumberedIncident(incident, found[incident.id].number, found[incident.id].public_id, assessed.get(incident.id, Assessment()))
        for incident in incidents
    ]
