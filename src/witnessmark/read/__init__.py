"""Reading: each original becomes a text with a map back to its pages, paragraphs or rows, or a failure that says why not.

Nothing heavy is imported here; decoders load inside the limited child that uses them.
"""

from __future__ import annotations

from witnessmark.read.beside import digests_wanted, is_named_for_it, wants_beside
from witnessmark.read.kinds import media_type_of
from witnessmark.read.request import Beside, ReadParams, ReadRequest
from witnessmark.read.stage import STAGE, run, safeguards
from witnessmark.read.tools import Tool, tools

__all__ = [
    "STAGE",
    "Beside",
    "ReadParams",
    "ReadRequest",
    "Tool",
    "digests_wanted",
    "is_named_for_it",
    "media_type_of",
    "run",
    "safeguards",
    "tools",
    "wants_beside",
]
