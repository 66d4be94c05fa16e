"""A checkpoint as a short page: to be printed, or read aloud over a telephone, and typed in again.

Digits stand in groups of four. The check at the end is over all of it, so that a slip in copying shows. A page carries no signature: it is worth what the
keeping of the paper is worth.
"""

from __future__ import annotations

import hashlib
import re

from witnessmark.errors import CustodyError
from witnessmark.ledger.checkpoint import ORIGIN, Checkpoint
from witnessmark.model.entry import Stream
from witnessmark.model.view import LogHead

_TITLE = "WITNESSMARK CHECKPOINT"
_GROUP, _GROUPS_A_LINE, _CHECK_DIGITS = 4, 4, 16
_FIELDS = ("case", "made", "custody", "analysis", "check")
_DIGITS = re.compile(r"[0-9a-f\s]+")


def page_of(checkpoint: Checkpoint) -> str:
    """The page, in plain ASCII."""
    lines = [_TITLE, "", f"case      {checkpoint.origin}", f"made      {checkpoint.at}"]
    for head in checkpoint.heads:
        lines += ["", f"{head.stream:9} {head.size} entries", *(f"          {line}" for line in _grouped(head.root))]
    lines += ["", *(f"{'check':9} {line}" for line in _grouped(check_digits(checkpoint))), ""]
    lines += [
        "Keep this where nobody who can write to the case can change it. To compare, type it",
        "into a text file as it stands (capitals and spaces do not matter), then run:",
        "    witnessmark verify CASE --against FILE",
    ]
    return "\n".join(lines) + "\n"


def check_digits(checkpoint: Checkpoint) -> str:
    """Sixteen hex digits that change when anything in the page does: the beginning of the SHA-256 of what is signed."""
    return hashlib.sha256(checkpoint.text.encode()).hexdigest()[:_CHECK_DIGITS]


def grouped(digits: str) -> str:
    """Hex digits in groups of four, on one line."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def parse_page(content: bytes) -> Checkpoint | None:
    """The checkpoint of a page that was typed in, unsigned; None where it is no page. Raises CustodyError where something was mistyped."""
    text = content.decode(errors="replace").replace("\r\n", "\n")
    if not text.lstrip().upper().startswith(_TITLE):
        return None
    fields = _fields(text.lower())
    missing = [name for name in _FIELDS if name not in fields]
    if missing:
        raise CustodyError(f"the page has no line that begins with {missing[0]!r}")
    origin, made = fields["case"].strip(), fields["made"].strip().upper()
    if not ORIGIN.fullmatch(origin):
        raise CustodyError("the case's name on the page is witnessmark.invalid/ and 16 digits or letters from a to f")
    checkpoint = Checkpoint(origin, _head(Stream.CUSTODY, fields["custody"]), _head(Stream.ANALYSIS, fields["analysis"]), made)
    if check_digits(checkpoint) != re.sub(r"\s", "", fields["check"]):
        raise CustodyError("the check at the end of the page is not that of what stands above it: something was mistyped")
    return checkpoint


def _fields(text: str) -> dict[str, str]:
    """What stands behind each field's word, with the lines of digits below it."""
    fields: dict[str, str] = {}
    last = None
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word.rstrip(":") in _FIELDS:
            last = word.rstrip(":")
            fields[last] = rest
        elif last is not None and _DIGITS.fullmatch(line):
            fields[last] += f" {line}"
        elif line.strip():
            last = None
    return fields


def _head(stream: Stream, field: str) -> LogHead:
    match = re.fullmatch(r"\s*(\d{1,18})\s+entries?\s+((?:[0-9a-f]\s*){64})", field)
    if match is None:
        raise CustodyError(f"{stream} on the page is not a number of entries and 64 digits or letters from a to f")
    return LogHead(stream, int(match[1]), re.sub(r"\s", "", match[2]))


def _grouped(digits: str) -> list[str]:
    width = _GROUP * _GROUPS_A_LINE
    return [grouped(digits[at : at + width]) for at in range(0, len(digits), width)]
