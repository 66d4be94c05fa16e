"""Signing in and out, and choosing a passphrase by an invitation."""

from __future__ import annotations

from math import ceil

import msgspec

from witnessmark.case.signing_in import invited, sign_up, signed_in
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError, SlowDownError
from witnessmark.serve.ways import Outcome, Page, SignedIn, SignedOut, get, local, post


class SignIn(msgspec.Struct, frozen=True):
    """The page that asks for name and passphrase; `next` is where to go on, `error` why the last try failed."""

    next: str
    error: str = ""
    name: str = ""


class Joining(msgspec.Struct, frozen=True):
    """The page on which somebody invited chooses a passphrase."""

    name: str
    role: Role
    invitation: str
    error: str = ""


def ask_for_passphrase(ask: Ask) -> Outcome:
    """The page that asks who it is."""
    return Page("sign_in.html.j2", SignIn(local(ask.query("next", "/"))))


def try_passphrase(ask: Ask) -> Outcome:
    """Let somebody in, or say that name and passphrase do not fit, never which of the two."""
    name, to = ask.form("name")[:200], local(ask.form("next", "/"))
    keys = (f"name {name.casefold()}", f"from {ask.where.client}")
    wait = ask.office.limiter.seconds_to_wait(*keys)
    if wait:
        raise SlowDownError(f"Too many tries. Wait {ceil(wait)} s, then try again.")
    who = signed_in(ask.office.folder, name, next(iter(ask.forms.get("passphrase", ())), ""))
    if who is None:
        ask.office.limiter.failed(*keys)
        return Page("sign_in.html.j2", SignIn(to, "Name and passphrase do not fit.", name), 403)
    ask.office.limiter.succeeded(*keys)
    return SignedIn(who, to)


def sign_out(_ask: Ask) -> Outcome:
    """End the session."""
    return SignedOut("/sign-in")


def ask_for_new_passphrase(ask: Ask) -> Outcome:
    """The page an invitation opens. Raises NotThereError where it is none (any more)."""
    who = invited(ask.office.folder, ask.path["token"])
    if who is None:
        raise NotThereError("This invitation was used or has run out. Ask an owner of the case for a new one.")
    return Page("join.html.j2", Joining(who.name, who.role, ask.path["token"]))


def join(ask: Ask) -> Outcome:
    """Keep the passphrase chosen, and let its person in."""
    token = ask.path["token"]
    who = invited(ask.office.folder, token)
    if who is None:
        raise NotThereError("This invitation was used or has run out. Ask an owner of the case for a new one.")
    first, again = (next(iter(ask.forms.get(name, ())), "") for name in ("passphrase", "again"))
    if first != again:
        return Page("join.html.j2", Joining(who.name, who.role, token, "The two differ."), 400)
    try:
        joined = sign_up(ask.office.folder, token, first)
    except UsageError as error:
        return Page("join.html.j2", Joining(who.name, who.role, token, str(error)), 400)
    ask.office.sessions.end_all_of(joined.key)
    return SignedIn(joined, "/")


WAYS = (
    get("/sign-in", ask_for_passphrase, None),
    post("/sign-in", try_passphrase, None),
    post("/sign-out", sign_out, Role.VIEWER),
    get("/join/{token}", ask_for_new_passphrase, None),
    post("/join/{token}", join, None),
)
