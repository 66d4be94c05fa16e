"""The rooms named at the top of every page, in the order of work, and the role from which on each is shown."""

from __future__ import annotations

import msgspec

from witnessmark.model.office import Role


class Room(msgspec.Struct, frozen=True):
    """`name` is a message of the catalogues."""

    path: str
    name: str
    needs: Role = Role.VIEWER


ROOMS = (
    Room("/intake", "Intake"),
    Room("/accounts", "Accounts"),
    Room("/claims", "Review"),
    Room("/search", "Search"),
    Room("/incidents", "Incidents"),
    Room("/people", "People"),
    Room("/dossier", "Dossier"),
    Room("/work", "Work", Role.REVIEWER),
    Room("/team", "Team", Role.OWNER),
)
