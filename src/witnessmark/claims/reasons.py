"""Reasons: what was read from which words by what, apart from the reading, so that keeping them loads no reader."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.model.span import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: `words` are what it was read from, None where that is the absence of words; `by` what read it."""

    field: str
    value: str
    words: Span | None
    by: str
