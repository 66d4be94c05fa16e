"""Accounts: statements taken by us, each an item of its own with how it was taken, what its giver agreed to, and which account came first.

Asking somebody again can harm them and changes what is said (Istanbul Protocol, 2022, paragraphs 263 to 266): whoever is about to is told of the accounts
there are, and goes on only with a reason, which is recorded.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import IO

import msgspec

from witnessmark.case.arriving import name_as_sent
from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import decide_all, record_decisions
from witnessmark.case.intake import Given, SentFile, add_sent, hash_of_content
from witnessmark.case.persons import person_of, persons_of
from witnessmark.case.received_list import is_day
from witnessmark.case.recording_consent import Said, Taken, record_account, record_consent, subject_of
from witnessmark.errors import UsageError, WitnessmarkError
from witnessmark.model.account import REFERRAL_WORDS, account_on_record, account_words
from witnessmark.model.consent import Purpose, consent_on_record, consent_words
from witnessmark.model.decision import Decision
from witnessmark.model.item import Protection, SourceKind
from witnessmark.model.person import JOINED
from witnessmark.store import arrivals, queries

HOW = "taken in an interview"


class AlreadyInterviewedError(WitnessmarkError):
    """Somebody gave accounts before, whose numbers are `earlier`; nothing was recorded."""

    def __init__(self, person: str, earlier: tuple[str, ...]) -> None:
        super().__init__(
            f"{person} gave an account before: {', '.join(earlier)}. Asking again can harm them and changes what is said: read it first. "
            "Nothing was recorded; to go on all the same, say why they were asked again."
        )
        self.earlier = earlier


class Interview(msgspec.Struct, frozen=True):
    """An account to be recorded: its `words`, or a `file` (name and content) that holds it, or the `item` of the case that it is already.

    `person` is the short number of who gave it, where they are entered in the case. `again` is why somebody was asked again who gave an account before.
    """

    taken: Taken
    consent: Said
    words: str = ""
    file: tuple[str, IO[bytes]] | None = None
    item: str | None = None
    person: str | None = None
    protection: Protection = Protection.SENSITIVE
    again: str = ""


class HeldAccount(msgspec.Struct, frozen=True):
    """An account on record: its item, who gave it (short numbers of persons), how it was taken and what was agreed to, in words without a name.

    `follows` is the first account of the same person, where this is a later one; `earlier` what was said of accounts given elsewhere.
    """

    number: str
    persons: tuple[str, ...]
    taken: str | None
    language: str | None
    words: str
    consent: str
    analysable: bool
    publishable: bool
    referral: str | None
    follows: str | None
    earlier: str | None
    recording: str | None
    claims: int
    read: bool


class Giver(msgspec.Struct, frozen=True):
    """Somebody entered in the case, with their accounts: the first, and apart from it those that came later."""

    number: str
    name: str
    first: HeldAccount
    later: tuple[HeldAccount, ...]


class Accounts(msgspec.Struct, frozen=True):
    """All accounts: by the persons who gave them, and those of which no person is entered."""

    by_person: tuple[Giver, ...]
    others: tuple[HeldAccount, ...]


def accounts_of(case: Case) -> Accounts:
    """All accounts on record."""
    held = _held(case)
    by_person = []
    for person in persons_of(case):
        given = [one for one in held if person.number in one.persons]
        if given:
            first = next((one for one in given if one.follows is None), given[0])
            by_person.append(Giver(person.number, person.name, first, tuple(one for one in given if one is not first)))
    return Accounts(tuple(by_person), tuple(one for one in held if not one.persons))


def given_before(case: Case, person: str) -> tuple[str, ...]:
    """The accounts somebody gave before, the first of them first. Raises UsageError where nobody has that number."""
    number = person_of(case, person).number
    given = [one for one in _held(case) if number in one.persons]
    return tuple(one.number for one in sorted(given, key=lambda one: one.follows is not None))


def record_interview(case: Case, said: Interview) -> str:
    """Preserve an account and record all that is said of it; the number of its item.

    Raises AlreadyInterviewedError where its giver was asked before and nobody says why again, UsageError; nothing is recorded then.
    """
    earlier = given_before(case, said.person) if said.person else ()
    if earlier and not said.again.strip():
        raise AlreadyInterviewedError(person_of(case, said.person or "").number, earlier)
    _refuse_unfit(case, said)
    number = said.item.upper() if said.item else _preserved(case, said)
    subject = subject_of(case, number)
    follows = earlier[0] if earlier and earlier[0] != number else said.taken.follows
    why = f"interviewed by us; asked again: {said.again.strip()}" if said.again.strip() else "interviewed by us"
    record_account(case, number, msgspec.structs.replace(said.taken, follows=follows), why=why)
    record_consent(case, number, said.consent, why=said.consent.form or "said in the interview")
    decided = (("source_kind", SourceKind.WITNESS.value), ("bound_by_consent", "yes"), ("protection", said.protection.value))
    record_decisions(case, [Prepared(subject, field, value) for field, value in decided], why="an account taken by us")
    if said.person:
        decide_all(case, said.person.upper(), JOINED, number, why="gave this account")
    return number


def _refuse_unfit(case: Case, said: Interview) -> None:
    """Raise UsageError where anything stands in the way, before anything is recorded."""
    ways = [bool(said.words.strip()), said.file is not None, bool(said.item)]
    if sum(ways) != 1:
        raise UsageError(
            "Where is the account? Write its words, or send one file that holds it, or name the item that it is: one of the three."
        )
    if Purpose.STORE not in said.consent.purposes:
        raise UsageError(
            "Without their agreement that it is stored, no account is recorded. Nothing was recorded: ask them, and tick it if they agree."
        )
    for day in (said.taken.taken, said.consent.given):
        if day is not None and not is_day(day):
            raise UsageError(f"{day!r} is no day. Write it as year-month-day, such as 2031-05-16. Nothing was recorded.")
    for number in (said.item, said.taken.recording, said.taken.follows):
        if number:
            subject_of(case, number)
    names = (
        said.taken.interviewer,
        said.taken.interpreter,
        said.taken.place,
        said.taken.present,
        said.consent.giver,
        said.consent.interpreter,
    )
    if any(names) and not seals(case):
        raise UsageError(
            "Names and places of an interview are stored encrypted, and this case has no key to seal to. Nothing was recorded. An owner makes one on this "
            "machine with: witnessmark sealed-key CASE new FILE. Until then leave those fields open."
        )


def seals(case: Case) -> bool:
    """Whether the case has a key to seal names to."""
    with case.asking() as connection:
        return queries.sealing_recipient(connection) is not None


def _preserved(case: Case, said: Interview) -> str:
    """The number of the new item that the account is. Raises UsageError where the case holds the same bytes already."""
    if said.file is not None:
        name, content = name_as_sent(said.file[0]), said.file[1]
    else:
        lines = said.words.replace("\r\n", "\n").replace("\r", "\n").strip()
        name, content = f"account-{said.taken.taken or now()[:10]}.txt", io.BytesIO(f"{lines}\n".encode())
    item = hash_of_content(content)
    with case.asking() as connection:
        known = queries.numbers_of(connection, [item]).get(item) if queries.is_held(connection, item) else None
    if known is not None:
        raise UsageError(
            f"The case holds this already, as {known}. Nothing was recorded. If it is the account, name it as the item: {known}."
        )
    add_sent(case, [SentFile(name, content, item)], Given(published=said.taken.taken), how=HOW)
    with case.asking() as connection:
        return queries.numbers_of(connection, [item])[item]


def _held(case: Case) -> list[HeldAccount]:
    with case.asking() as connection:
        latest = _latest(queries.decisions_in(connection, "account"))
        found = {item: account for item, decision in latest.items() if (account := account_on_record(decision)) is not None}
        consents = _latest(queries.decisions_in(connection, "consent"))
        numbers = queries.numbers_of(connection, [*found, *(other for a in found.values() for other in (a.recording, a.follows) if other)])
        read = arrivals.read(connection, list(found))
    givers = _givers(case)
    held = []
    for item, account in found.items():
        consent = consent_on_record(consents.get(item))
        held.append(
            HeldAccount(
                number=numbers[item],
                persons=givers.get(numbers[item], ()),
                taken=account.taken,
                language=account.language or (read[item].language if item in read else None),
                words=account_words(account),
                consent=consent_words(consent),
                analysable=consent.allows(Purpose.ANALYSE),
                publishable=consent.allows(Purpose.PUBLISH),
                referral=REFERRAL_WORDS[account.referral] if account.referral else None,
                follows=numbers.get(account.follows) if account.follows else None,
                earlier=account.earlier,
                recording=numbers.get(account.recording) if account.recording else None,
                claims=read[item].claims if item in read else 0,
                read=item in read,
            )
        )
    return sorted(held, key=lambda one: (one.taken or "", int(one.number[1:])))


def _latest(decisions: Sequence[Decision]) -> dict[str, Decision]:
    return {decision.subject: decision for decision in decisions}


def _givers(case: Case) -> dict[str, tuple[str, ...]]:
    """The persons to whom each item is joined."""
    found: dict[str, tuple[str, ...]] = {}
    for person in persons_of(case):
        for joined in person.joined:
            found[joined] = (*found.get(joined, ()), person.number)
    return found
