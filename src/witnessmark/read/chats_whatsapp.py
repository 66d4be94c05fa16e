"""WhatsApp's own export of a chat: a text file whose lines begin with day, hour and name, in the form of whichever phone wrote it.

Android writes "01/03/2031, 14:22 - Name: words", an iPhone "[01/03/2031, 14:22:05] Name: words", with the order of day and month, the clock of 12
or 24 hours and the marks of direction of the phone's language. The text stays as the file has it, for every offset counts from it; who says what when
stands in an anchor to each message. Which number is the month is decided by the chat as a whole: a number above 12 is
a day, and messages follow one another. Where that leaves both open, dates stay as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath

import msgspec

from witnessmark.model.document import Anchor, AnchorKind
from witnessmark.read.chats import Message, conversation, described_message
from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.plain import MAX_TEXT_BYTES, read_bytes
from witnessmark.read.request import ReadParams
from witnessmark.text.encoding import NotTextError, decode_text

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_SPACES = str.maketrans(
    {"\u202f": " ", "\u00a0": " ", "،": ","} | {chr(0x660 + n): str(n) for n in range(10)} | {chr(0x6F0 + n): str(n) for n in range(10)}
)
_DAY = r"(?P<a>\d{1,4})[./-] ?(?P<b>\d{1,2})[./-] ?(?P<c>\d{1,4})\.?"
_HOUR = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?: ?(?P<half>[AaPp]\.? ?[Mm]\.?|ص|م|ÖÖ|ÖS))?"
_HEAD = re.compile(rf"(?:\[{_DAY},? {_HOUR}\]|{_DAY.replace('?P<', '?P<x')},? {_HOUR.replace('?P<', '?P<x')} [-–]) ?")
_PARTS = ("a", "b", "c", "hour", "minute", "second", "half")
_NAME = re.compile(r"(?P<name>[^:\n\"“”«»]{1,80}?): ?(?P<text>.*)", re.DOTALL)
_ENCLOSED = (
    re.compile(r"<[^:<>]{2,40}: (?P<file>[^<>\n/]+\.\w{2,5})>"),
    re.compile(r"^(?P<file>[^\n/<>:]+\.\w{2,5}) \([^()\n]{3,40}\)$", re.MULTILINE),
)
_OMITTED = re.compile(r"<[^<>\n:]{3,60}>|\S+ omitted")
_LATE = frozenset({"p", "م", "ös"})
_NAMED_CHAT = re.compile(
    r"(?:WhatsApp[ _-]*(?:Chat|Conversation)?[ _-]*(?:with|con|avec|mit|com|مع)?[ _-]*)(?P<with>.*)\.txt\Z", re.IGNORECASE
)
_LOOKED_AT, _FEWEST = 30, 3
_NO_ZONE = "The export does not say which time zone its times are in; they are those of the phone that made it."


class _Line(msgspec.Struct):
    """A message as it stands: its day and hour in parts, its words without them, and from where to where it reaches in the text."""

    parts: tuple[str, ...]
    rest: str
    start: int
    end: int


def looks_like_a_chat(head: bytes, name: str) -> bool:
    """Whether the first lines have the form; a name that says chat makes one such line enough."""
    lines = [line for line in _plain(head.decode("utf-8", errors="ignore")).split("\n") if line.strip()][:_LOOKED_AT]
    matching = sum(_HEAD.match(line) is not None for line in lines)
    named = "chat" in name.lower() or "whatsapp" in name.lower()
    return bool(lines) and ((named and matching > 0) or (matching >= _FEWEST and _HEAD.match(lines[0]) is not None))


def read_whatsapp(original: Original, _: ReadParams) -> Extract:
    """Every message in the order of the file."""
    try:
        text, doubts = decode_text(read_bytes(original.path, MAX_TEXT_BYTES, "chat"))
    except NotTextError as error:
        raise UnreadableError(f"The file is not text: {error}.") from error
    lines = _lines(text)
    order, said = _order([line.parts for line in lines])
    messages = [_message(line, order) for line in lines]
    omitted = sum(not message.files and _OMITTED.fullmatch(message.text) is not None for message in messages)
    problems = [*doubts, _NO_ZONE]
    if order is None:
        problems.append(said)
    title = _NAMED_CHAT.match(PurePosixPath(original.name).name)
    facts: dict[str, object] = {"order of dates": said, "time zone": "not stated"}
    anchors = [
        Anchor(line.start, line.end, AnchorKind.PARAGRAPH, described_message(number, message))
        for number, (line, message) in enumerate(zip(lines, messages, strict=True), 1)
    ]
    return conversation(
        text,
        anchors,
        messages,
        original,
        kind="WhatsApp export",
        title=title["with"] or None if title else None,
        facts=facts,
        problems=problems,
        omitted=omitted,
    )


def _plain(text: str) -> str:
    """Without the invisible marks of direction, and with plain spaces and digits, so that a date looks the same from every phone."""
    return text.replace("\r\n", "\n").translate(_MARKS).translate(_SPACES)


def _lines(text: str) -> list[_Line]:
    """The messages, those over several lines put together; what stands before the first is none."""
    found: list[_Line] = []
    at = 0
    for written in text.splitlines(keepends=True):
        line = _plain(written).rstrip("\r\n")
        end = at + len(written.rstrip())
        head = _HEAD.match(line)
        if head:
            parts = tuple(head[part] or head[f"x{part}"] or "" for part in _PARTS)
            found.append(_Line(parts, line[head.end() :], at, end))
        elif found:
            found[-1].rest += f"\n{line}"
            found[-1].end = max(found[-1].end, end if line.strip() else 0)
        at += len(written)
    return found


def _message(line: _Line, order: str | None) -> Message:
    rest = line.rest.rstrip()
    named = _NAME.match(rest)
    speaker, text = (named["name"].strip(), named["text"].strip()) if named else (None, rest.strip())
    files = tuple(dict.fromkeys(found["file"].strip() for pattern in _ENCLOSED for found in pattern.finditer(text)))
    return Message(_when(line.parts, order), speaker, text, files)


def _when(parts: tuple[str, ...], order: str | None) -> str:
    a, b, c, hour, minute, second, half = parts
    clock = f"{_hour(hour, half):02}:{minute}" + (f":{second}" if second else "")
    if order is None:
        return f"{a}/{b}/{c} {clock}"
    year, month, day = _day((a, b, c), order)
    return f"{year:04}-{month:02}-{day:02} {clock}"


def _hour(hour: str, half: str) -> int:
    if not half:
        return int(hour)
    return int(hour) % 12 + (12 if half.lower() in _LATE or half[:1].lower() == "p" else 0)


def _day(numbers: tuple[str, ...], order: str) -> tuple[int, int, int]:
    """Year, month and day; a year of two digits is one of this century, since the program is."""
    given = dict(zip(order, (int(number) for number in numbers), strict=True))
    return given["y"] + (2000 if given["y"] < 100 else 0), given["m"], given["d"]


def _order(lines: Sequence[tuple[str, ...]]) -> tuple[str | None, str]:
    """Which number is day, month and year ("dmy"), None where the chat leaves that open; and a sentence on how it was decided."""
    if not lines:
        return None, "No message was found."
    if all(len(parts[0]) == 4 for parts in lines):
        return "ymd", "The year comes first."
    possible = [order for order in ("dmy", "mdy") if all(_is_day(parts[:3], order) for parts in lines)]
    if len(possible) == 1:
        words = "day before month" if possible[0] == "dmy" else "month before day"
        return possible[0], f"Decided by a number above 12: {words}."
    if not possible:
        return None, "Its dates fit neither day before month nor month before day throughout; they are given as written."
    backwards = {order: _backwards(lines, order) for order in possible}
    if 0 in backwards.values() and len(set(backwards.values())) > 1:
        order = min(backwards, key=lambda one: backwards[one])
        words = "day before month" if order == "dmy" else "month before day"
        return order, f"Decided by the messages following one another: {words}."
    return None, "Whether its dates give the day or the month first cannot be told from the chat; they are given as written."


def _backwards(lines: Sequence[tuple[str, ...]], order: str) -> int:
    """How often a message would come on an earlier day than the one before it."""
    return sum(after < before for before, after in pairwise(_day(parts[:3], order) for parts in lines))


def _is_day(numbers: tuple[str, ...], order: str) -> bool:
    import calendar

    year, month, day = _day(numbers, order)
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


READER = Reader("whatsapp-chat", "1", read_whatsapp)
