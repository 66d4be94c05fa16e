"""Reads claims from text: who says what happened, where, when, to how many, on what basis, how sure, through whom, and who denies it.

The reader is loaded when it is first asked for: whoever only corrects claims does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.version import VERSION

if TYPE_CHECKING:
    from witnessmark.claims.reader import ClaimReader

__all__ = ["VERSION", "ClaimReader"]


def __getattr__(name: str) -> object:
    if name != "ClaimReader":
        raise AttributeError(f"module 'witnessmark.claims' has no attribute {name!r}")
    from witnessmark.claims.reader import ClaimReader

    return ClaimReader
