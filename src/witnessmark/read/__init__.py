"""Reading: each original becomes a text with a map back to its pages, paragraphs or rows, or a failure that says why not.

Nothing heavy is imported here; decoders load inside the limited child that uses them.
"""

from __future__ import annotations

from witnessmark.read.kinds import HEAD, TAIL, has_tail, media_type_in, media_type_of
from witnessmark.read.request import ReadParams, ReadRequest
from witnessmark.read.stage import STAGE, run, safeguards
from witnessmark.read.tools import Tool, tools

__all__ = [
    "HEAD",
    "STAGE",
    "TAIL",
    "ReadParams",
    "ReadRequest",
    "Tool",
    "has_tail",
    "media_type_in",
    "media_type_of",
    "run",
    "safeguards",
    "tools",
]
