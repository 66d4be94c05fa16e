"""The texts that bytes can be read as: decoded, with entities, percent signs, quoted-printable and backslash escapes undone, with and without tags.

Each is a way a name travels unseen by a plain search. Binary data give the texts of their printable stretches.
"""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote

_PRINTABLE = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HEX_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))")
_OCTAL_ESCAPE = re.compile(r"\\([0-7]{3})")
_SHOWN_STRING = re.compile(rb"\(((?:\\.|[^\\()]){0,2000})\)|<([0-9A-Fa-f\s]{1,4000})>", re.DOTALL)
_QUOTED_PRINTABLE = re.compile(rb"=[0-9A-Fa-f]{2}|=\r?\n")
_FEWEST_WIDE = 8


def texts_of(content: bytes) -> Iterator[tuple[str, str]]:
    """Each text with the form it has, as a person would say it ("as text", "quoted-printable")."""
    for form, text in _decoded(content):
        yield form, text
        yield from _undone(form, text)
    if _QUOTED_PRINTABLE.search(content):
        yield from _with_tags_removed("quoted-printable", quopri.decodestring(content).decode("utf-8", "replace"))
    if b"TJ" in content or b"Tj" in content:
        yield "in strings that a PDF shows", _shown_strings(content)


def _decoded(content: bytes) -> Iterator[tuple[str, str]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield "as text among other data", "\n".join(run.decode("utf-8", "replace") for run in _PRINTABLE.findall(content))
        yield from _in_other_encodings(content)
    else:
        yield "as text", text
        yield from _wide(content)


def _in_other_encodings(content: bytes) -> Iterator[tuple[str, str]]:
    yield from _wide(content)
    if not content.count(0):
        yield from ((f"in {encoding}", content.decode(encoding, "replace")) for encoding in ("cp1252", "cp1256"))


def _wide(content: bytes) -> Iterator[tuple[str, str]]:
    if content.count(0, 0, 4096) >= _FEWEST_WIDE:
        yield from (("in utf-16", content.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be"))


def _undone(form: str, text: str) -> Iterator[tuple[str, str]]:
    if "<" in text:
        yield from _without_tags(form, text)
    if "&" in text or "%" in text:
        yield from _with_tags_removed("with entities and percent signs undone", unquote(html.unescape(text)))
        yield "with percent signs undone, plus signs as spaces", unquote(text.replace("+", " "))
    if "\\" in text:
        yield from _with_tags_removed("with escapes undone", _OCTAL_ESCAPE.sub(_octal, _HEX_ESCAPE.sub(_hexadecimal, text)))


def _with_tags_removed(form: str, text: str) -> Iterator[tuple[str, str]]:
    yield form, text
    if "<" in text:
        yield from _without_tags(form, text)


def _without_tags(form: str, text: str) -> Iterator[tuple[str, str]]:
    """Twice: letters set apart by tags, and words set apart by nothing else."""
    yield f"{form}, across tags", _TAG.sub("", text)
    yield f"{form}, across tags", _TAG.sub(" ", text)


def _hexadecimal(found: re.Match[str]) -> str:
    code = int(next(group for group in found.groups() if group), 16)
    return chr(code) if code < 0x110000 else found.group()


def _octal(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 8))


def _shown_strings(content: bytes) -> str:
    """The strings of a PDF page one behind the other; kerning numbers between them part a name that is read as one."""
    pieces = []
    for found in _SHOWN_STRING.finditer(content):
        literal, hexadecimal = found.groups()
        if hexadecimal is not None:
            digits = re.sub(rb"\s", b"", hexadecimal).decode("ascii")
            raw = bytes.fromhex(digits + "0" * (len(digits) % 2))
            pieces.append(raw.decode("utf-16-be", "replace") if raw.startswith(b"\0") else raw.decode("cp1252", "replace"))
        else:
            pieces.append(_OCTAL_ESCAPE.sub(_octal, literal.decode("cp1252", "replace")))
    return "".join(pieces)
