"""Witnessmark turns evidence about alleged abuses into a case that anyone can check.

These names are the public Python interface; each is loaded when it is first asked for, so importing costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from witnessmark.case.pipeline import build
    from witnessmark.claims import ClaimReader
    from witnessmark.model.claim import Claim
    from witnessmark.text import find_dates, find_places

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""The library that runs the network of `claims` keeps an id of the device and reports to its makers unless it finds this before it is loaded."""

__all__ = ["Claim", "ClaimReader", "build", "find_dates", "find_places"]

_HOMES = {
    "Claim": "witnessmark.model.claim",
    "ClaimReader": "witnessmark.claims",
    "build": "witnessmark.case.pipeline",
    "find_dates": "witnessmark.text",
    "find_places": "witnessmark.text",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'witnessmark' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
