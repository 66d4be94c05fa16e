"""Who may work in the case: inviting, roles, passphrases."""

from __future__ import annotations

import msgspec

from witnessmark.case.signing_in import Invitation, change_passphrase, change_role, invite, remove, sign_ins_of
from witnessmark.errors import UsageError
from witnessmark.model.office import Colleague, Role
from witnessmark.serve.ask import Ask
from witnessmark.serve.ways import Go, Outcome, Page, get, post


class Team(msgspec.Struct, frozen=True):
    """Everybody on the list, and the invitation just made, if one was."""

    colleagues: tuple[Colleague, ...]
    invitation: Invitation | None = None


def team(ask: Ask) -> Outcome:
    """The list."""
    return Page("team.html.j2", Team(tuple(sign_ins_of(ask.office.folder).colleagues())))


def invite_somebody(ask: Ask) -> Outcome:
    """Make an invitation. Its link is shown this once and kept nowhere."""
    made = invite(ask.office.folder, ask.form("name"), _role(ask))
    return Page("team.html.j2", Team(tuple(sign_ins_of(ask.office.folder).colleagues()), made))


def give_role(ask: Ask) -> Outcome:
    """Give somebody another role; whoever it is signs in again."""
    who = change_role(ask.office.folder, ask.form("name"), _role(ask))
    ask.office.sessions.end_all_of(who.key)
    return Go("/team", f"{who.name} is a {who.role} now.")


def take_off(ask: Ask) -> Outcome:
    """Take somebody off the list, wherever they are signed in."""
    who = remove(ask.office.folder, ask.form("name"))
    ask.office.sessions.end_all_of(who.key)
    return Go("/team", f"{who.name} can no longer sign in. What they decided stays on record.")


def myself(ask: Ask) -> Outcome:
    """What somebody may change of their own."""
    return Page("myself.html.j2", {"colleague": ask.session.who})


def renew_passphrase(ask: Ask) -> Outcome:
    """Choose another passphrase; all other sessions of the person end."""
    old, new, again = (next(iter(ask.forms.get(name, ())), "") for name in ("old", "new", "again"))
    if new != again:
        raise UsageError("The two new passphrases differ. Nothing was changed.")
    change_passphrase(ask.office.folder, ask.session.who, old, new)
    ask.office.sessions.end_all_of(ask.session.who.key, but=ask.session)
    return Go("/myself", "Your passphrase is changed; you are signed out everywhere else.")


def _role(ask: Ask) -> Role:
    role = ask.form("role")
    if role not in list(Role):
        raise UsageError(f"A role is {', '.join(Role)}; not {role[:40]!r}.")
    return Role(role)


WAYS = (
    get("/team", team, Role.OWNER),
    post("/team/invite", invite_somebody, Role.OWNER),
    post("/team/role", give_role, Role.OWNER),
    post("/team/remove", take_off, Role.OWNER),
    get("/myself", myself, Role.VIEWER),
    post("/myself/passphrase", renew_passphrase, Role.VIEWER),
)
