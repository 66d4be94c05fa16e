"""Who may work in a case through the workbench: invitations, passphrases and roles, kept in `members.db` and nowhere else.

A person is invited by a link that can be used once; with it they choose a passphrase, which is kept as its Argon2id hash (RFC 9106). What they
then decide is on record under their pseudonymous key, as everybody's is.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from witnessmark.case.access import access_to
from witnessmark.case.clock import now
from witnessmark.case.folder import CaseFolder
from witnessmark.case.sealed_keys import SHORTEST_PASSPHRASE
from witnessmark.errors import MissingPartError, UsageError
from witnessmark.model.office import Colleague, Role
from witnessmark.store.members import names_of
from witnessmark.store.sign_ins import SignIns

if TYPE_CHECKING:
    from argon2 import PasswordHasher

INVITED_FOR = timedelta(days=3)
"""How long an invitation can be used."""

LONGEST_NAME = 100
LONGEST_PASSPHRASE = 1000


class Invitation(msgspec.Struct, frozen=True):
    """An invitation just made. `token` goes to the person invited and is kept nowhere."""

    name: str
    role: Role
    token: str
    until: str


def sign_ins_of(folder: CaseFolder) -> SignIns:
    """The list of a case. Raises LockedError where the case is locked, CaseError."""
    access = access_to(folder)
    return SignIns(folder.roster, access.database_key if access is not None else None)


def name_behind(folder: CaseFolder, key: str) -> str | None:
    """Who is behind a key, for a screen inside the case; None where the roster does not know. Raises LockedError, CaseError."""
    access = access_to(folder)
    return names_of(folder.roster, [key], database_key=access.database_key if access is not None else None).get(key)


def invite(folder: CaseFolder, name: str, role: Role) -> Invitation:
    """Invite somebody, or somebody again who lost their passphrase. Raises UsageError where the name is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"A name has 1 to {LONGEST_NAME} printable characters; this one has {len(name)}.")
    token = secrets.token_urlsafe(32)
    until = (datetime.fromisoformat(now()) + INVITED_FOR).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _keep_an_owner(folder, name, role)
    sign_ins_of(folder).invite(name, role, _hashed(token), until=until, at=now())
    return Invitation(name, role, token, until)


def invited(folder: CaseFolder, token: str) -> Colleague | None:
    """Whom a token invites, None where it invites nobody (any more)."""
    return sign_ins_of(folder).invited(_hashed(token), now())


def sign_up(folder: CaseFolder, token: str, passphrase: str) -> Colleague:
    """Keep the passphrase somebody invited has chosen. Raises UsageError where it will not do, or the invitation is none."""
    refuse_weak(passphrase)
    sign_ins = sign_ins_of(folder)
    colleague = sign_ins.invited(_hashed(token), now())
    if colleague is None or not sign_ins.enter(colleague.key, _hasher().hash(passphrase), invitation=_hashed(token)):
        raise UsageError("This invitation was used or has run out. Ask an owner of the case for a new one.")
    return msgspec.structs.replace(colleague, signed_up=True, invited_until=None)


def signed_in(folder: CaseFolder, name: str, passphrase: str) -> Colleague | None:
    """Whoever has this name and passphrase, None otherwise, after the same time whether the name is known or not."""
    from argon2.exceptions import VerificationError

    sign_ins, hasher = sign_ins_of(folder), _hasher()
    name = " ".join(name.split())
    secret = sign_ins.secret_of(name) if len(name) <= LONGEST_NAME else None
    try:
        hasher.verify(secret or _nobodys(), passphrase[:LONGEST_PASSPHRASE])
    except VerificationError:
        return None
    colleague = sign_ins.colleague(name)
    if secret is None or colleague is None:
        return None
    if hasher.check_needs_rehash(secret):
        sign_ins.renew(colleague.key, hasher.hash(passphrase))
    return colleague


def change_passphrase(folder: CaseFolder, colleague: Colleague, old: str, new: str) -> None:
    """Put another passphrase in place of the old one. Raises UsageError."""
    refuse_weak(new)
    if signed_in(folder, colleague.name, old) is None:
        raise UsageError("The passphrase you had is another one. Nothing was changed.")
    sign_ins_of(folder).renew(colleague.key, _hasher().hash(new))


def change_role(folder: CaseFolder, name: str, role: Role) -> Colleague:
    """Give somebody another role. Raises UsageError where nobody has the name, or nobody would be an owner any more."""
    colleague = _named(folder, name)
    _keep_an_owner(folder, name, role)
    sign_ins_of(folder).change_role(colleague.key, role)
    return msgspec.structs.replace(colleague, role=role)


def remove(folder: CaseFolder, name: str) -> Colleague:
    """Take somebody off the list. Raises UsageError where nobody has the name, or nobody would be an owner any more."""
    colleague = _named(folder, name)
    _keep_an_owner(folder, name, None)
    sign_ins_of(folder).remove(colleague.key)
    return colleague


def has_owner(folder: CaseFolder) -> bool:
    """Whether somebody can sign in who may let others in."""
    if not folder.roster.is_file():
        return False
    return any(one.role is Role.OWNER and one.signed_up for one in sign_ins_of(folder).colleagues())


def refuse_weak(passphrase: str) -> None:
    """Raises UsageError where a passphrase is too short to keep anybody out, or absurdly long."""
    if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise UsageError(
            f"That has {len(passphrase)} characters; a passphrase needs {SHORTEST_PASSPHRASE} to {LONGEST_PASSPHRASE}. Six words drawn at random are best."
        )


def _named(folder: CaseFolder, name: str) -> Colleague:
    colleague = sign_ins_of(folder).colleague(name)
    if colleague is None:
        raise UsageError(f"Nobody called {name} is on the list of this case.")
    return colleague


def _keep_an_owner(folder: CaseFolder, name: str, role: Role | None) -> None:
    """Raises UsageError where the last owner who can sign in would be one no more."""
    if role is Role.OWNER or not folder.roster.is_file():
        return
    owners = {one.name for one in sign_ins_of(folder).colleagues() if one.role is Role.OWNER and one.signed_up}
    if owners == {name}:
        raise UsageError(f"{name} is the only owner who can sign in. Make somebody else an owner first; nothing was changed.")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise MissingPartError("The workbench needs more libraries. Install them with: pip install 'witnessmark[serve]'") from error
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash of a passphrase that nobody knows, so that an unknown name takes as long as a known one."""
    return _hasher().hash(secrets.token_urlsafe(32))
