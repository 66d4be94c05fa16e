"""Accounts: what people told us, how it was taken, what they agreed to; and the form on which an interview is recorded."""

from __future__ import annotations

import msgspec

from witnessmark.case.accounts import Accounts, AlreadyInterviewedError, Interview, accounts_of, given_before, record_interview, seals
from witnessmark.case.persons import persons_of
from witnessmark.case.recording_consent import Taken
from witnessmark.errors import UsageError
from witnessmark.model.account import REFERRAL_WORDS, Referral
from witnessmark.model.consent import PURPOSE_WORDS, Purpose
from witnessmark.model.item import Protection
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask
from witnessmark.serve.pages.handling import said_of_consent
from witnessmark.serve.ways import Go, Outcome, Page, get, post

MOST_BYTES = 1 << 30
OF_A_PAGE = 50
"""People, or accounts of people who are not entered, on a page."""
MOST_OFFERED = 300
"""Persons offered by name where one is asked for; any other is named by number."""
PROTECTIONS = (Protection.SENSITIVE, Protection.SEALED, Protection.NONE)
TYPED = (
    "words",
    "item",
    "person",
    "interviewer",
    "interpreter",
    "place",
    "present",
    "language",
    "recording",
    "taken",
    "earlier",
    "read_back",
    "referral",
)
CONSENT = ("shared_with", "giver", "given", "consent_form", "protection", "again")


class AccountsPage(msgspec.Struct, frozen=True):
    """A page of the accounts on record."""

    accounts: Accounts
    page: int
    pages: int


class Entered(msgspec.Struct, frozen=True):
    """Somebody who can be chosen as who gave an account."""

    number: str
    name: str


class InterviewPage(msgspec.Struct, frozen=True):
    """The form, with what was typed so far; `earlier` are accounts that the person gave before, `error` what stood in the way."""

    persons: tuple[Entered, ...]
    purposes: dict[Purpose, str]
    referrals: dict[Referral, str]
    protections: tuple[Protection, ...]
    seals: bool
    typed: dict[str, str]
    ticked: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    error: str = ""


def accounts(ask: Ask) -> Outcome:
    """The list."""
    with ask.reading() as case:
        found = ask.office.remembered(case, "accounts", lambda: accounts_of(case))
    pages = max(-(-(len(found.by_person) + len(found.others)) // OF_A_PAGE), 1)
    page = min(ask.number("page", 1), pages)
    begin, end = (page - 1) * OF_A_PAGE, page * OF_A_PAGE
    before = len(found.by_person)
    shown = Accounts(found.by_person[begin:end], found.others[max(begin - before, 0) : max(end - before, 0)])
    return Page("accounts.html.j2", AccountsPage(shown, page, pages))


def interview(ask: Ask) -> Outcome:
    """The form; with a person chosen, it says what they told before."""
    person = ask.query("person")
    with ask.reading() as case:
        earlier = given_before(case, person) if person else ()
    return _form(ask, {"person": person}, earlier=earlier)


def record(ask: Ask) -> Outcome:
    """Record an interview, and have the account read; or show the form again with what stands in the way, and nothing lost of what was typed."""
    try:
        said = _said(ask)
        with ask.writing() as case:
            number = record_interview(case, said)
    except AlreadyInterviewedError as error:
        return _form(ask, _typed(ask), earlier=error.earlier, error=str(error))
    except UsageError as error:
        return _form(ask, _typed(ask), error=str(error))
    ask.office.worker.wake(ask.session.who.name)
    return Go(f"/items/{number}/custody", f"The account is preserved as {number} and is being read.")


def _form(ask: Ask, typed: dict[str, str], *, earlier: tuple[str, ...] = (), error: str = "") -> Page:
    with ask.reading() as case:
        persons = tuple(Entered(one.number, one.name) for one in persons_of(case) if not one.erased)[:MOST_OFFERED]
        page = InterviewPage(
            persons,
            PURPOSE_WORDS,
            REFERRAL_WORDS,
            PROTECTIONS,
            seals(case),
            {name: typed.get(name, "") for name in (*TYPED, *CONSENT)},
            tuple(ask.forms.get("purposes", ())),
            earlier,
            error,
        )
    return Page("interview.html.j2", page, 400 if error else 200)


def _typed(ask: Ask) -> dict[str, str]:
    return {name: next(iter(ask.forms.get(name, ())), "") for name in (*TYPED, *CONSENT)}


def _said(ask: Ask) -> Interview:
    """What the form says. Raises UsageError for more than one file, and for what is none of the values there are."""
    if len(ask.uploads) > 1:
        raise UsageError("One file holds the account. Send what else belongs to it through the intake. Nothing was recorded.")
    referral, protection = ask.form("referral"), ask.form("protection", Protection.SENSITIVE)
    if referral not in {"", *Referral} or protection not in PROTECTIONS:
        raise UsageError("That form is not one of ours. Nothing was recorded.")
    taken = Taken(
        interviewer=ask.form("interviewer") or None,
        interpreter=ask.form("interpreter") or None,
        place=ask.form("place") or None,
        present=ask.form("present") or None,
        language=ask.form("language") or None,
        recording=ask.form("recording") or None,
        taken=ask.form("taken") or None,
        earlier=ask.form("earlier") or None,
        read_back={"yes": True, "no": False}.get(ask.form("read_back")),
        referral=Referral(referral) if referral else None,
    )
    return Interview(
        taken,
        said_of_consent(ask),
        words=ask.form("words"),
        file=next(((one.name, one.content) for one in ask.uploads), None),
        item=ask.form("item") or None,
        person=ask.form("person") or None,
        protection=Protection(protection),
        again=ask.form("again"),
    )


WAYS = (
    get("/accounts", accounts, Role.VIEWER),
    get("/accounts/new", interview, Role.REVIEWER),
    post("/accounts", record, Role.REVIEWER, most_bytes=MOST_BYTES),
)
