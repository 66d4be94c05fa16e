"""How lists name whoever speaks in a claim: the same words in `status`, in `search` and as a filter."""

from __future__ import annotations

OWN_VOICE = "the documents themselves"
UNNAMED = "sources not named"
"""Claims without a speaker, and those of a speaker without a name."""


def called(source: str | None) -> str:
    """The name of a claim's source as the database keeps it: None is the document's own voice, empty a source that is not named."""
    return OWN_VOICE if source is None else source or UNNAMED
