"""The verdict of a check: pass, fail or not-checked. Three words, never two; nothing skipped is ever called a pass."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 -- the word, not a secret
    FAIL = "fail"
    NOT_CHECKED = "not-checked"


class Check(msgspec.Struct, frozen=True):
    """One thing checked: `subject` names it, `detail` is a sentence saying what was compared or why it was not."""

    subject: str
    verdict: Verdict
    detail: str
