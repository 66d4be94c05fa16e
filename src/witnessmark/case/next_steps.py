"""What to do about what could not be read: the next command for each reason that a reader gives.

Reasons are sentences for the person; where one names its own way out, that is what is handed on here, as something to type. Where nothing
but another copy helps, that is said; where nothing helps at all, nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from witnessmark.case.telling import typed
from witnessmark.read.tools import install_command, ocr_languages, tesseract_version

_ADD = "witnessmark add {case} FILE"


def next_step(reason: str, item: str, case: Path) -> str | None:
    """What a person can do about `reason` why `item` (I3) could not be read, or only in part; None where nothing would help."""
    for marks, step in _STEPS:
        if any(mark in reason for mark in marks):
            return step(typed(case), item)
    return None


def _install_ocr(case: str, _: str) -> str:
    again = f"witnessmark read {case} --again"
    return again if tesseract_version() and ocr_languages() else f"{install_command('tesseract')} && {again}"


def _bring_back(case: str, _: str) -> str:
    return f"witnessmark verify {case}; then bring the true file back from a backup, or with {_ADD.format(case=case)}"


def _unlock(case: str, _: str) -> str:
    return f"save it without its password, then {_ADD.format(case=case)}"


def _unpack(case: str, _: str) -> str:
    return f"unpack it, then {_ADD.format(case=case)} for what is in it"


def _write_down(case: str, _: str) -> str:
    return f"listen to it, write down what is said, then {_ADD.format(case=case)}"


def _cut(case: str, _: str) -> str:
    return f"cut it into parts, then {_ADD.format(case=case)} for each"


def _translate(case: str, item: str) -> str:
    return f"witnessmark add {case} FILE --translation-of {item} --translator NAME; or read it yourself: witnessmark review {case} --item {item}"


def _another_copy(case: str, _: str) -> str:
    return f"ask for a whole copy or another format, then {_ADD.format(case=case)}"


def _look(case: str, item: str) -> str:
    return f"witnessmark review {case} --item {item}"


_STEPS: tuple[tuple[tuple[str, ...], Callable[[str, str], str]], ...] = (
    (("OCR is not installed",), _install_ocr),
    (("missing or was altered",), _bring_back),
    (("Unpack it",), _unpack),
    (("turns speech into text",), _write_down),
    (("encrypted", "password"), _unlock),
    (("Cut it into parts",), _cut),
    (("claims are read from English text only",), _translate),
    (
        (
            "damaged",
            "empty (0 bytes)",
            "No reader for",
            "is not text",
            "binary data",
            "is no ",
            "cannot be decoded",
            "could not be read as",
        ),
        _another_copy,
    ),
    (("read by OCR", "OCR is unsure"), _look),
)
"""Marks of a reason and what helps, the first that fits counts: a page that needs OCR can be damaged besides, but OCR comes first."""
