"""Custody: every act on an item, and what people decide of how it is to be handled."""

from __future__ import annotations

import msgspec

from witnessmark.case.handling_items import CHOICES, FIELDS, WORDS, Handling, handling_of
from witnessmark.case.recording_consent import Said, record_consent, withdraw_consent
from witnessmark.case.seen import decide_as_seen, refuse_decided_meanwhile
from witnessmark.errors import UsageError
from witnessmark.model.consent import PURPOSE_WORDS, Purpose
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.ways import Go, Outcome, Page, get, post


class CustodyPage(msgspec.Struct, frozen=True):
    """An item with its acts and decisions; `choices` are the values of each field that is chosen from a list, `purposes` what may be agreed to, in words."""

    item: Handling
    choices: dict[str, tuple[str, ...]]
    typed: tuple[str, ...]
    purposes: dict[Purpose, str]


def custody(ask: Ask) -> Outcome:
    """The page of one item."""
    number = ask.path["number"].upper()
    with ask.reading() as case:
        item = handling_of(case, number, with_keys=ask.session.who.role.covers(Role.REVIEWER))
    if item is None:
        raise NotThereError(f"There is no item {number[:40]!r} in this case.")
    return Page("custody.html.j2", CustodyPage(item, CHOICES, WORDS, PURPOSE_WORDS))


def decide(ask: Ask) -> Outcome:
    """Record a decision on how an item is to be handled."""
    number, field, value = ask.path["number"].upper(), ask.form("field"), ask.form("value")
    if field not in FIELDS or not number.startswith("I"):
        raise UsageError(f"Of how an item is handled, {', '.join(FIELDS)} are decided here; not {field[:40]!r}.")
    until = ask.form("until")
    if field == "release" and until:
        value = f"{value} until {until}"
    with ask.writing() as case:
        decide_as_seen(case, number, field, value, why=ask.form("why"), seen=ask.form("seen"))
    return Go(f"/items/{number}/custody", "Recorded.")


def consent(ask: Ask) -> Outcome:
    """Record what was agreed to, in the place of any consent before."""
    number = ask.path["number"].upper()
    with ask.writing() as case:
        refuse_decided_meanwhile(case, number, ask.form("seen"))
        record_consent(case, number, said_of_consent(ask), why=ask.form("why"))
    return Go(f"/items/{number}/custody", "Recorded.")


def withdraw(ask: Ask) -> Outcome:
    """Record that a consent was taken back."""
    number = ask.path["number"].upper()
    with ask.writing() as case:
        refuse_decided_meanwhile(case, number, ask.form("seen"))
        withdraw_consent(case, number, on=ask.form("on") or None, why=ask.form("why"))
    return Go(f"/items/{number}/custody", "The consent is withdrawn. What is published from now on is without this item.")


def said_of_consent(ask: Ask) -> Said:
    """What a form says of a consent: `purposes` ticked, `shared_with` the bodies, one on each line, and how it was given."""
    ticked = [purpose for purpose in ask.forms.get("purposes", ()) if purpose != Purpose.SHARE]
    bodies = [body.strip() for body in ask.form("shared_with").splitlines() if body.strip()]
    if Purpose.SHARE in ask.forms.get("purposes", ()) and not bodies:
        raise UsageError("With whom may it be shared? Write each body on a line of its own. Nothing was recorded.")
    return Said(
        purposes=(*ticked, *(f"share: {body}" for body in bodies)),
        giver=ask.form("giver") or None,
        interpreter=ask.form("interpreter") or None,
        form=ask.form("consent_form") or None,
        given=ask.form("given") or None,
    )


WAYS = (
    get("/items/{number}/custody", custody, Role.VIEWER),
    post("/items/{number}/handling", decide, Role.REVIEWER),
    post("/items/{number}/consent", consent, Role.REVIEWER),
    post("/items/{number}/consent/withdraw", withdraw, Role.REVIEWER),
)
