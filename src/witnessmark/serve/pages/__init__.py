"""The rooms of the workbench, a module each. `WAYS` lists all addresses there are."""

from __future__ import annotations

from witnessmark.serve.pages import accounts, claims, handling, home, intake, search, signing_in, team

WAYS = (*signing_in.WAYS, *home.WAYS, *claims.WAYS, *intake.WAYS, *handling.WAYS, *accounts.WAYS, *search.WAYS, *team.WAYS)
"""Every way into the workbench. What is not here cannot be reached."""
