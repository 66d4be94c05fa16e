"""The rooms of the workbench, a module each. `WAYS` lists all addresses there are."""

from __future__ import annotations

from witnessmark.serve.pages import accounts, claims, guarded, handling, home, intake, search, signing_in, team, work

WAYS = (
    *signing_in.WAYS,
    *home.WAYS,
    *intake.WAYS,
    *handling.WAYS,
    *accounts.WAYS,
    *claims.WAYS,
    *search.WAYS,
    *work.WAYS,
    *guarded.WAYS,
    *team.WAYS,
)
"""Every way into the workbench. What is not here cannot be reached."""
