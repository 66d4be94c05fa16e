"""Who may sign in to the workbench: a table of `members.db`, beside who is who.

A passphrase is kept as its Argon2 hash alone, an invitation as the SHA-256 of its random token. Plain SQL, as for the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from witnessmark.errors import CaseError, StorageError
from witnessmark.model.office import Colleague, Role
from witnessmark.store.driver import ERRORS, OPERATIONAL_ERRORS, Connected
from witnessmark.store.members import MOVE_AWAY, SIGN_IN_LAYOUT, connected, key_of, tables_of

_OF_ONE = "SELECT s.key, m.name, s.role, s.secret IS NOT NULL, s.until, s.since FROM sign_in s JOIN member m ON m.key = s.key"


class SignIns:
    """The list of one case. `database_key` is that of an encrypted one. Every method raises CaseError or StorageError as the roster does."""

    def __init__(self, roster: Path, database_key: str | None = None) -> None:
        self._roster, self._key = roster, database_key

    def colleagues(self) -> list[Colleague]:
        """Everybody who may sign in or is invited, by name."""
        with self._open() as connection:
            return [_colleague(row) for row in connection.execute(f"{_OF_ONE} ORDER BY m.name")]

    def colleague(self, name: str) -> Colleague | None:
        """The one of this name."""
        with self._open() as connection:
            row = connection.execute(f"{_OF_ONE} WHERE m.name = ?", (name,)).fetchone()
        return _colleague(row) if row is not None else None

    def secret_of(self, name: str) -> str | None:
        """The Argon2 hash of somebody's passphrase, None where nobody of the name has one."""
        with self._open() as connection:
            row = connection.execute("SELECT s.secret FROM sign_in s JOIN member m ON m.key = s.key WHERE m.name = ?", (name,)).fetchone()
        return row[0] if row is not None else None

    def invited(self, invitation: str, now: str) -> Colleague | None:
        """Whom an invitation (the SHA-256 of its token) is for, None where it is none or has run out."""
        with self._open() as connection:
            row = connection.execute(f'{_OF_ONE} WHERE s.invitation = ? AND s."until" > ?', (invitation, now)).fetchone()
        return _colleague(row) if row is not None else None

    def invite(self, name: str, role: Role, invitation: str, *, until: str, at: str) -> None:
        """Let somebody choose a passphrase by an invitation; one they have stays good until they do. A role given before is changed."""
        key = key_of(self._roster, name, at=at, database_key=self._key)
        with self._open() as connection:
            connection.execute(
                'INSERT INTO sign_in ("key", role, invitation, "until", since) VALUES (?, ?, ?, ?, ?) ON CONFLICT ("key") '
                'DO UPDATE SET role = excluded.role, invitation = excluded.invitation, "until" = excluded."until"',
                (key, role.value, invitation, until, at),
            )

    def enter(self, key: str, secret: str, *, invitation: str) -> bool:
        """Keep the hash of a new passphrase in place of the invitation it was chosen by; False where somebody used it meanwhile."""
        with self._open() as connection:
            done = connection.execute(
                'UPDATE sign_in SET secret = ?, invitation = NULL, "until" = NULL WHERE "key" = ? AND invitation = ?',
                (secret, key, invitation),
            )
        return done.rowcount == 1

    def renew(self, key: str, secret: str) -> None:
        """Keep another hash of a passphrase: a new passphrase, or the same one hashed with newer parameters."""
        with self._open() as connection:
            connection.execute('UPDATE sign_in SET secret = ? WHERE "key" = ? AND secret IS NOT NULL', (secret, key))

    def change_role(self, key: str, role: Role) -> None:
        """Give somebody another role."""
        with self._open() as connection:
            connection.execute('UPDATE sign_in SET role = ? WHERE "key" = ?', (role.value, key))

    def remove(self, key: str) -> None:
        """Take somebody off the list; who they are stays in the roster, since the logs hold their key."""
        with self._open() as connection:
            connection.execute('DELETE FROM sign_in WHERE "key" = ?', (key,))

    @contextmanager
    def _open(self) -> Iterator[Connected]:
        try:
            with closing(connected(self._roster, self._key)) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                tables = _tables(connection)
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    if "sign_in" not in tables and "sign_in" not in tables_of(connection):
                        connection.execute(SIGN_IN_LAYOUT)
                    yield connection
        except (*OPERATIONAL_ERRORS, OSError) as error:
            raise StorageError(f"{self._roster} cannot be used now ({error}). Nothing was changed; try again.") from error
        except (*ERRORS, ValueError) as error:
            raise CaseError(f"{self._roster} cannot be used as a roster ({error}). {MOVE_AWAY}") from error


def _tables(connection: Connected) -> set[str]:
    tables = tables_of(connection)
    if "member" not in tables:
        raise ValueError("it names nobody yet")
    return tables


def _colleague(row: tuple[str, str, str, int, str | None, str]) -> Colleague:
    key, name, role, signed_up, until, since = row
    return Colleague(key, name, Role(role), bool(signed_up), until, since)
