"""From bytes to characters: Unicode where the bytes are Unicode, else what was declared, else a guess that says it is one.

Never changes a character: line ends stay, only a byte-order mark goes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"))
_SHORT_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # after UTF-32, whose mark begins alike
_CONTROL = bytes([*range(0x01, 0x08), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])  # not tab, line feed, form feed, escape and the like

MOST_CONTROL = 0.01
"""Share of control bytes above which bytes are no text. Random bytes hold 10 %; logs and old exports with stray ones stay far below 1 %."""
MOST_BROKEN = 0.1
"""Share of broken sequences among the non-ASCII ones up to which bytes are damaged UTF-8, not another encoding (then nearly all are)."""
_SEVEN_BIT = ("iso-2022-", "utf-7", "hz-gb-2312")  # their bytes are also valid UTF-8, so here the declaration goes first
_STRANGE = frozenset({"Cc", "Cn", "Co", "Cs"})
_UTF16_ZEROS = 0.3
_SAMPLE = 65536


class NotTextError(ValueError):
    """The bytes are no text in any encoding; the message says what speaks against it."""


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """`data` as characters, and sentences on what is doubtful in them. `declared` is what the file says its encoding is.

    Raises NotTextError for bytes that are no text.
    """
    encoding, mark = unicode_by_shape(data)
    if encoding is not None:
        return _replaced(data[mark:], encoding)
    reason = not_text_reason(data)
    if reason is not None:
        raise NotTextError(reason)
    if declared is not None and declared.lower().startswith(_SEVEN_BIT) and (text := _as_declared(data, declared)):
        return text
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _from_damaged_utf8(data) or _as_declared(data, declared) or _guessed(data)


def not_text_reason(data: bytes) -> str | None:
    """Why `data`, not known to be UTF-16 or UTF-32, cannot be text; None where it can."""
    zeros = data.count(0)
    if zeros:
        return f"it holds {zeros} NUL bytes"
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > MOST_CONTROL * len(data):
        return f"{controls} of its {len(data)} bytes are control characters"
    return None


def unicode_by_shape(data: bytes) -> tuple[str | None, int]:
    """The Unicode encoding named by a byte-order mark, or shown by zeros in every other byte (UTF-16); and the length of the mark."""
    for mark, encoding in (*_MARKS, *_SHORT_MARKS):
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:_SAMPLE]
    if 0 not in sample:
        return None, 0
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > _UTF16_ZEROS * half and even == 0 and _reads_as(sample, "utf-16-le"):
        return "utf-16-le", 0
    if even > _UTF16_ZEROS * half and odd == 0 and _reads_as(sample, "utf-16-be"):
        return "utf-16-be", 0
    return None, 0


def _reads_as(sample: bytes, encoding: str) -> bool:
    """Whether the sample, cut to whole units, holds hardly anything but assigned, visible characters in `encoding`."""
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    strange = sum(1 for character in text if unicodedata.category(character) in _STRANGE and character not in "\t\n\r\f")
    return strange <= MOST_CONTROL * len(text)


def _replaced(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    if "\x00" in text:
        raise NotTextError(f"it holds {text.count(chr(0))} NUL characters")
    broken = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    if broken <= 0:
        return text, ()
    return text, (f"In {broken} places the bytes are not valid {encoding.upper()}; they are shown as \ufffd.",)


def _from_damaged_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    text = data.decode("utf-8", errors="replace")
    foreign = sum(1 for character in text if character > "\x7f")
    return _replaced(data, "utf-8") if text.count("\ufffd") <= MOST_BROKEN * foreign else None


def _as_declared(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]] | None:
    if declared is None:
        return None
    try:
        return data.decode(declared), ()
    except (LookupError, UnicodeError):
        return None


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise NotTextError("its bytes fit no known encoding")
    # Western European text often fits windows-1250 and windows-1252 equally well; the second is by far the more common.
    level = {
        name
        for match in matches
        if (match.chaos, -match.coherence) <= (best.chaos, -best.coherence)
        for name in match.could_be_from_charset
    }
    encoding = "cp1252" if "cp1252" in level else best.encoding
    shown = re.sub(r"^cp(125\d)$", r"windows-\1", encoding)
    text = data.decode(encoding, errors="replace")
    return text, (f"The encoding is not stated; it was guessed as {shown}: check names and numbers against the original.",)
