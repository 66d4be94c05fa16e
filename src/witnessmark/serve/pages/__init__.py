"""The rooms of the workbench, a module each. `WAYS` lists all addresses there are."""

from __future__ import annotations

from witnessmark.serve.pages import claims, dossier, guarded, home, incidents, people, reader, signing_in, team, work

WAYS = (
    *signing_in.WAYS,
    *home.WAYS,
    *claims.WAYS,
    *reader.WAYS,
    *incidents.WAYS,
    *people.WAYS,
    *dossier.WAYS,
    *work.WAYS,
    *guarded.WAYS,
    *team.WAYS,
)
"""Every way into the workbench. What is not here cannot be reached."""
