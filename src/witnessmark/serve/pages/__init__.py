"""The rooms of the workbench, a module each. `WAYS` lists all addresses there are."""

from __future__ import annotations

from witnessmark.serve.pages import (
    accounts,
    claims,
    dossier,
    guarded,
    handling,
    home,
    incidents,
    intake,
    people,
    reader,
    search,
    signing_in,
    team,
    work,
)

WAYS = (
    *signing_in.WAYS,
    *home.WAYS,
    *intake.WAYS,
    *handling.WAYS,
    *accounts.WAYS,
    *claims.WAYS,
    *reader.WAYS,
    *search.WAYS,
    *incidents.WAYS,
    *people.WAYS,
    *dossier.WAYS,
    *work.WAYS,
    *guarded.WAYS,
    *team.WAYS,
)
"""Every way into the workbench. What is not here cannot be reached."""
