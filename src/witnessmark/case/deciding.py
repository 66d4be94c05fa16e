"""Deciding: what a person says of a reading or an item, recorded with who, when and why, and taken back when asked.

One Decision record stands behind every human judgement. The latest of a subject and field counts.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.completed import refuse_completed
from witnessmark.case.correcting import CONTENT, CORRECTIONS, Prepared, addition, correction, replacement
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.joining import joined_value, status_value
from witnessmark.case.judging_incidents import in_words as of_incident_words
from witnessmark.case.judging_incidents import recorded as of_incident
from witnessmark.case.judging_pictures import in_words as of_pictures_words
from witnessmark.case.judging_pictures import recorded as of_pictures
from witnessmark.case.noting import check_noted
from witnessmark.case.sources import SOURCE, source_value
from witnessmark.case.telling import typed
from witnessmark.case.translating import TRANSLATION_OF, refuse_circle, standing_originals
from witnessmark.case.translators import TRANSLATOR, named, on_record, refuse_name_in_reason, typed_words
from witnessmark.corroborate.bodies import party_key
from witnessmark.errors import UsageError
from witnessmark.model.account import FIELD as ACCOUNT
from witnessmark.model.account import account_on_record, account_words
from witnessmark.model.assessment import APART, CONFIDENCE, LIKELIHOOD, LINKED, MERGED, REJECTED_TIE, REPLY, Confidence, Likelihood
from witnessmark.model.consent import FIELD as CONSENT
from witnessmark.model.consent import Purpose, consent_on_record, consent_words
from witnessmark.model.correction import ADDED, CORRECTABLE, NONE, AddedClaim, value_in_words
from witnessmark.model.decision import PAIR, SAVED_SEARCH, SEARCH, STATUS_WORDS, Decision, Status
from witnessmark.model.deed import DecisionMade, DecisionUndone
from witnessmark.model.delivery import FIELD as DELIVERED
from witnessmark.model.delivery import deliveries_in
from witnessmark.model.item import UNTIL, Protection, ReleaseState, Sensitivity, SourceKind
from witnessmark.model.matching import SAME_PICTURE
from witnessmark.model.noted import NOTED
from witnessmark.model.person import JOINED
from witnessmark.model.responsibility import NAMED_RESPONSIBILITY, PARTY, PARTY_KIND, PartyKind
from witnessmark.model.sheet import BODIES, line_of
from witnessmark.model.sheet_words import line_words
from witnessmark.model.source import ALIAS, DERIVES_FROM, KIND, POSITION, PROTECTION, RELIABILITY, Position
from witnessmark.model.watching import Coordinates
from witnessmark.model.watching_words import SAID, said_words
from witnessmark.model.work import HIDDEN, WORK, Work
from witnessmark.store import queries


class YesNo(StrEnum):
    """The values of a field that is either so or not."""

    YES = "yes"
    NO = "no"


class Publishing(StrEnum):
    """Whether what was counted about a question, or observed of a site, may be published."""

    WITHHELD = "withheld"
    RELEASED = "released"


OF_CLAIMS = (MERGED, APART, REJECTED_TIE, LINKED, REPLY)
"""Fields of an incident whose values are claims, ties or words."""


class CarriesName(StrEnum):
    """What carries the name of a party."""

    BODY = PartyKind.BODY.value
    PERSON = PartyKind.PERSON.value


FIELDS: dict[str, dict[str, type[StrEnum] | None]] = {
    "C": {"status": Status, **dict.fromkeys(CORRECTIONS)},
    "I": {
        "sensitivity": Sensitivity,
        "protection": Protection,
        "release": ReleaseState,
        "already_public": YesNo,
        "consent": Purpose,
        "bound_by_consent": YesNo,
        "source": None,
        "source_kind": SourceKind,
        TRANSLATION_OF: None,
        TRANSLATOR: None,
        ADDED: None,
        DELIVERED: None,
        **dict.fromkeys(NOTED),
        SAME_PICTURE: None,
        WORK: Work,
        HIDDEN: YesNo,
    },
    "N": {WORK: Work, LIKELIHOOD: Likelihood, CONFIDENCE: Confidence, **dict.fromkeys(OF_CLAIMS)},
    "Q": {WORK: Work, "release": Publishing},
    "W": {WORK: Work, "release": Publishing, "coordinates": Coordinates},
    "S": {ALIAS: None, KIND: SourceKind, POSITION: Position, RELIABILITY: None, DERIVES_FROM: None, PROTECTION: Protection},
    "P": {WORK: Work, "protection": Protection, "consent": Purpose, "bound_by_consent": YesNo, "status": None, JOINED: None},
    PARTY: {PARTY_KIND: CarriesName, NAMED_RESPONSIBILITY: YesNo},
}
"""What can be decided of a claim (C), an item (I), an incident (N), a source (S), a question of counting (Q), a watched site (W), a person (P) and a party ("party Tolvaria"): field and its values, None where the words of the text or any others will do."""

SPOKEN_STATUS = {words: status.value for status, words in STATUS_WORDS.items()}
"""The words a screen uses for a status may be typed for it."""

PERSON = "p-"
"""What the id of a person begins with."""

SEVERAL = frozenset({CONSENT})
"""Fields that take several values, with commas between them, or "none"."""

ANOTHER_ITEM = frozenset({TRANSLATION_OF})
"""Fields whose value is another item, typed by its short number, or "none"."""


class _Named(msgspec.Struct, frozen=True):
    name: str


_IN_WORDS: dict[str, Callable[[Decision], str]] = {
    CONSENT: lambda decision: consent_words(consent_on_record(decision)),
    ACCOUNT: lambda decision: account_words(account_on_record(decision)),
    SAVED_SEARCH: lambda decision: msgspec.json.decode(decision.value, type=_Named).name,
    **dict.fromkeys(SAID, said_words),
    **dict.fromkeys(BODIES, lambda decision: line_words(line_of(decision).body)),
}
"""What is recorded as JSON, in words without a name."""


def decide(case: Case, number: str, field: str, value: str, *, why: str) -> Decision:
    """Record a decision on the subject with this short number; see `decide_all`, whose first decision this is."""
    return decide_all(case, number, field, value, why=why)[0]


def decide_all(case: Case, number: str, field: str, value: str, *, why: str) -> list[Decision]:
    """Record all decisions that follow from one: other words for a claim also call the old one misread.

    `claim=WORDS` of an item adds a claim by hand; the decision's subject is then that claim. Raises UsageError for what
    does not exist or fit.
    """
    if not why.strip():
        raise UsageError("A decision needs its reason: add --why TEXT.")
    with case.asking() as connection:
        refuse_disposed(connection, number)
        subject = party_subject(number) or queries.subject_of(connection, number)
    if subject is None:
        raise UsageError(
            f"There is no {number} in this case. The numbers stand in the dossier, and in `witnessmark search {typed(case.folder.root)} WORDS`."
        )
    with case.asking() as connection:
        refuse_completed(connection, subject, field)
    if field == "status" and number.upper().startswith("C"):
        value = SPOKEN_STATUS.get(value, value)
    _check_fits(number if party_subject(number) else number.upper(), field, value)
    if field == TRANSLATOR and value != NONE:
        refuse_name_in_reason(named(value), why)
    return record_decisions(case, _prepared(case, subject, field, value), why=why.strip())


def party_subject(typed_words: str) -> str | None:
    """The subject of a decision on a party, typed as "party" and its name as claims write it; None where something else is meant."""
    word, _, name = " ".join(typed_words.split()).partition(" ")
    return PARTY + party_key(name) if word.casefold() == PARTY.strip() and name else None


def record_decisions(case: Case, prepared: list[Prepared], *, why: str) -> list[Decision]:
    """Record decisions made in one act for one reason, each checked and prepared. Raises UsageError where a subject is completed."""
    with case.asking() as connection:
        for one in prepared:
            refuse_completed(connection, one.subject, one.field)
    decisions = _numbered(case, prepared, why)
    case.record([DecisionMade(decision, one.labels) for decision, one in zip(decisions, prepared, strict=True)])
    return decisions


def _prepared(case: Case, subject: str, field: str, value: str) -> list[Prepared]:
    """The decisions that follow from what was typed: one, but for other words, which make a new claim and call the old one misread."""
    if field == ADDED:
        return [addition(case, subject, value)]
    if field == CONTENT:
        return [replacement(case, subject, value), Prepared(subject, "status", Status.REJECTED.value)]
    return [
        correction(case, subject, field, value)
        if field in CORRECTIONS
        else Prepared(subject, field, _recorded(case, subject, field, value))
    ]


def _recorded(case: Case, subject: str, field: str, value: str) -> str:
    """The value as the record keeps it. Raises UsageError where it fits nothing in the case."""
    if field == "status" and subject.startswith(PERSON):
        return status_value(value)
    if field == JOINED:
        return _joined(case, value)
    if subject.startswith(SOURCE):
        return source_value(case, subject, field, value)
    if field in OF_CLAIMS:
        return of_incident(case, subject, field, value)
    if field == SAME_PICTURE:
        return of_pictures(case, subject, value)
    return value if value == NONE else _of_item(case, subject, field, value)


def _of_item(case: Case, subject: str, field: str, value: str) -> str:
    if field in ANOTHER_ITEM:
        return _another_item(case, subject, field, value)
    if field == TRANSLATOR:
        _refuse_no_translation(case, subject)
        return on_record(case, named(value))
    return value


def _joined(case: Case, value: str) -> str:
    recorded, number = joined_value(value)
    with case.asking() as connection:
        refuse_disposed(connection, number)
        there = queries.subject_of(connection, number)
    if there is None:
        raise UsageError(f"There is no {number} in this case, so nothing of it can be joined to a person.")
    return recorded


def _another_item(case: Case, subject: str, field: str, number: str) -> str:
    with case.asking() as connection:
        other, decisions = queries.subject_of(connection, number), queries.decisions(connection)
    if other is None or not number.upper().startswith("I"):
        raise UsageError(f"There is no item {number} in this case. Type {field}=I3, with the short number of an item.")
    refuse_circle(standing_originals(decisions), subject, other)
    return other


def _refuse_no_translation(case: Case, subject: str) -> None:
    with case.asking() as connection:
        originals = standing_originals(queries.decisions(connection))
    if subject not in originals:
        number = number_of(case, subject)
        raise UsageError(
            f"{number} is not said to be a translation, so it has no translator. Say of which item it is one: "
            f"`witnessmark decide {typed(case.folder.root)} {number} {TRANSLATION_OF}=I3 --why TEXT`."
        )


def _numbered(case: Case, prepared: list[Prepared], why: str) -> list[Decision]:
    with case.asking() as connection:
        count = queries.decision_count(connection)
    at = now()
    return [
        Decision(id=f"decision-{count + place}", subject=one.subject, field=one.field, value=one.value, why=why, by=case.actor, at=at)
        for place, one in enumerate(prepared, start=1)
    ]


def number_of(case: Case, subject: str) -> str:
    """The short number of what a decision is about; of a pair of records, both."""
    with case.asking() as connection:
        return subject_words(subject, queries.numbers_of(connection, [subject]))


def subject_words(subject: str, numbers: Mapping[str, str]) -> str:
    """What a decision is about, as people name it, from the short number of each subject that has one."""
    if subject.startswith(PARTY):
        return subject
    if subject.startswith(SEARCH):
        return "a saved search"
    return subject.removeprefix(PAIR).replace(" ", " and ") if subject.startswith(PAIR) else numbers[subject]


def value_words(case: Case, decision: Decision) -> str:
    """The value of a decision as a person would type it; a claim by hand is its words."""
    if decision.field == ADDED:
        return msgspec.json.decode(decision.value, type=AddedClaim).claim.quote
    if decision.field in ANOTHER_ITEM and decision.value != NONE:
        return number_of(case, decision.value)
    if decision.field in _IN_CASE:
        return _IN_CASE[decision.field](case, decision)
    if decision.field in _IN_WORDS:
        return _IN_WORDS[decision.field](decision)
    return value_in_words(decision.field, decision.value) if decision.field in CORRECTABLE else decision.value


def _answered(case: Case, decision: Decision) -> str:
    with case.asking() as connection:
        about = msgspec.json.decode(decision.value, type=tuple[str, ...]) if decision.value != NONE else ()
        return ", ".join(queries.numbers_of(connection, about).values()) or NONE


_IN_CASE: dict[str, Callable[[Case, Decision], str]] = {
    TRANSLATOR: lambda case, decision: typed_words(case, decision.value),
    "answers": _answered,
    **dict.fromkeys(OF_CLAIMS, of_incident_words),
    SAME_PICTURE: of_pictures_words,
}
"""What is recorded by ids, in words that take the case to tell."""


def undo(case: Case, decision_id: str | None = None) -> Decision:
    """Take back the latest decision that stands, or the one named; see `undo_all`, whose first decision this is."""
    return undo_all(case, decision_id)[0]


def undo_all(case: Case, decision_id: str | None = None) -> list[Decision]:
    """Take back the latest decision that stands, or the one named, with all that was decided in one act with it.

    Other words for a claim are one act: with them goes that the old claim was called misread. Raises UsageError where there is nothing to take back.
    """
    with case.asking() as connection:
        standing = [decision for decision in queries.decisions(connection) if not decision.undone]
    chosen = [decision for decision in standing if decision_id in (None, decision.id)]
    if not chosen:
        raise UsageError(f"There is no decision {decision_id} to take back." if decision_id else "There is no decision to take back.")
    together = _together(chosen[-1], standing)
    with case.asking() as connection:
        for decision in together:
            refuse_completed(connection, decision.subject, decision.field)
    case.record([DecisionUndone(decision.id) for decision in reversed(together)])
    return [msgspec.structs.replace(decision, undone=True) for decision in together]


def _together(chosen: Decision, standing: list[Decision]) -> list[Decision]:
    """A decision with the one it was made in one act with: a claim with other words, and the old claim called misread."""
    for words, misread in pairwise(standing):
        if words.field == ADDED and chosen in (words, misread) and (words.at, words.why) == (misread.at, misread.why):
            superseded = msgspec.json.decode(words.value, type=AddedClaim).supersedes
            if superseded is not None and (misread.subject, misread.field) == (superseded, "status"):
                return [words, misread]
    return [chosen]


def _check_fits(number: str, field: str, value: str) -> None:
    fields = FIELDS.get(PARTY if party_subject(number) else number[:1], {})
    if field not in fields:
        near = difflib.get_close_matches(field, fields, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(fields) or 'nothing yet'}."
        raise UsageError(f"Nothing called {field!r} can be decided of {number}. {hint}")
    if field == "release":
        value = _without_end(value)
    if field == DELIVERED:
        _check_deliveries(value)
    if field in NOTED:
        check_noted(field, value)
    values = fields[field]
    several = field in SEVERAL
    for one in value.split(",") if several and value != "none" else [] if several else [value]:
        if values is not None and one not in list(values):
            choice = "Choose from" if several else "Choose one of"
            raise UsageError(f"{field} of {number} cannot be {one!r}. {choice}: {', '.join(values)}{'; or none' if several else ''}.")


def _check_deliveries(value: str) -> None:
    try:
        deliveries_in(value)
    except ValueError as error:
        raise UsageError(
            f"{str(error)!r} is no delivery. Write {DELIVERED}='2031-05-04 to Ministry of Justice', with a semicolon before the next; or none."
        ) from None


def _without_end(release: str) -> str:
    """The state of a release, whose last day was found to be one. Raises UsageError."""
    state, until, day = release.partition(UNTIL)
    if until:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day!r} is not a date. Write release='released until 2031-12-31': year-month-day.") from None
        if state != ReleaseState.RELEASED:
            raise UsageError(f"Only a release ends on a day; {state} stays until somebody decides otherwise.")
    return state
