"""The analysis that leaves with a hand-over by an explicit decision: claims of what is handed over, and incidents that rest on nothing else.

A line that points at anything held back is left out whole: half a claim would be a claim nobody made. How many were left out is said.
"""

from __future__ import annotations

from witnessmark.case.case import Case
from witnessmark.case.exporting import FORMATS
from witnessmark.case.leaving import Selection
from witnessmark.model.canonical import canonical_json
from witnessmark.store import queries

FOLDER = "analysis"
CLAIMS, INCIDENTS, LEFT_OUT = f"{FOLDER}/claims.jsonl", f"{FOLDER}/incidents.jsonl", f"{FOLDER}/left-out.json"
ANALYSIS_FILES = (CLAIMS, INCIDENTS, LEFT_OUT)


def analysis_of(case: Case, selection: Selection) -> dict[str, bytes]:
    """Claims and incidents as JSON lines, and how many of each were left out, by file name."""
    secrets = _secrets(case, selection)
    lines = {name: list(FORMATS[kind](case)) for name, kind in ((CLAIMS, "claims-jsonl"), (INCIDENTS, "incidents-jsonl"))}
    kept = {name: [line for line in found if not any(secret in line for secret in secrets)] for name, found in lines.items()}
    left_out = {"claims": len(lines[CLAIMS]) - len(kept[CLAIMS]), "incidents": len(lines[INCIDENTS]) - len(kept[INCIDENTS])}
    return {name: b"".join(line + b"\n" for line in found) for name, found in kept.items()} | {LEFT_OUT: canonical_json(left_out) + b"\n"}


def _secrets(case: Case, selection: Selection) -> list[bytes]:
    """The ids of everything held back and of everything read in it; each stands in quotation marks where a line uses it."""
    hidden = {held.item.id for held, _ in selection.held_back}
    documents = [held.document.id for held, _ in selection.held_back if held.document]
    with case.asking() as connection:
        claims = [stored.claim for stored in queries.claims(connection) if stored.item in hidden]
    ids = {*hidden, *documents, *(claim.id for claim in claims), *(claim.attribution for claim in claims)}
    return [canonical_json(identity) for identity in sorted(ids)]
