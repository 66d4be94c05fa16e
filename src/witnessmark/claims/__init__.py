"""Reads claims from text: who says what happened, where, when, to how many, on what basis, how sure, through whom, and who denies it."""

from __future__ import annotations

from witnessmark.claims.reader import VERSION, ClaimReader

__all__ = ["VERSION", "ClaimReader"]
