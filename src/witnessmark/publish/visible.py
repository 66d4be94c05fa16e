"""Makes characters visible that would otherwise change how a page reads.

Direction overrides and embeddings (Unicode UAX #9) can make a file name or a quote read as something else, and control
characters and lone surrogates are not allowed in HTML. Marks that ordinary Arabic, Hebrew and Persian need (LRM, RLM,
ALM, joiners) have no scope beyond their isolate and stay.
"""

from __future__ import annotations

import re

_HARMFUL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])
_RTL_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])


def visible(text: str) -> str:
    """`text` with each such character written out as its code point, ⟦U+202E⟧."""
    return _HARMFUL.sub(lambda match: f"⟦U+{ord(match.group()):04X}⟧", text)


def direction(language: str | None) -> str:
    """The HTML `dir` of a text in this BCP 47 language: "auto" where it is not known."""
    if language is None:
        return "auto"
    primary, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
