"""The analysis that leaves with a hand-over by an explicit decision: claims of what is handed over, and incidents that rest on nothing else.

A line that points at anything held back is left out whole: half a claim would be a claim nobody made. How many were left out is said.
"""

from __future__ import annotations

from witnessmark.case.case import Case
from witnessmark.case.exporting import lines_leaving
from witnessmark.case.leaving import Selection
from witnessmark.model.canonical import canonical_json

FOLDER = "analysis"
CLAIMS, INCIDENTS, LEFT_OUT = f"{FOLDER}/claims.jsonl", f"{FOLDER}/incidents.jsonl", f"{FOLDER}/left-out.json"
ANALYSIS_FILES = (CLAIMS, INCIDENTS, LEFT_OUT)


def analysis_of(case: Case, selection: Selection) -> dict[str, bytes]:
    """Claims and incidents as JSON lines, and how many of each were left out, by file name."""
    claims, fewer_claims = lines_leaving(case, "claims-jsonl", selection)
    incidents, fewer_incidents = lines_leaving(case, "incidents-jsonl", selection)
    return {
        CLAIMS: b"".join(line + b"\n" for line in claims),
        INCIDENTS: b"".join(line + b"\n" for line in incidents),
        LEFT_OUT: canonical_json({"claims": fewer_claims, "incidents": fewer_incidents}) + b"\n",
    }
