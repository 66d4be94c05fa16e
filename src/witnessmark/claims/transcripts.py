"""Openings: what stands before the words of a passage, and whose words they therefore are.

A label at the start of a paragraph names who speaks until the next label: "MR. BRANDT:", a handle with or without the hour of its post, a station with
the hour of its broadcast. A document is read as a transcript where at least two paragraphs start with labels. A label for whoever asks ("QUESTION:",
"Q.") names nobody. Numbers and, in a log, hours are taken off too, so that a parser never reads them as words of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from witnessmark.claims.people import ROLES
from witnessmark.text.segmentation import Passage, PassageKind

TERMINAL = re.compile(r"[.!?…][\"”’)\]]*\Z")
FEWEST = 2
FEWEST_HOURS = 3
"""Passages that start with an hour or a day before a document is read as a log."""
LONGEST_NAME = 3
"""Words of a label that nothing else tells from a heading."""
FARTHEST = 140
"""Characters in which a label must end."""
_NAME = r"[^\W\d_a-z][\w.'’\-]*"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|President|Chair(?:man|woman)?|The|Judge|Gen|Col|Capt|Minister|Speaker|Witness|MR|MRS|MS|DR|THE)\.?"
)
_HOUR = r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d|(?:[01]\d|2[0-3])[0-5]\d)(?:\s?(?:h|hrs|hours|GMT|UTC|Z|am|pm|a\.m\.|p\.m\.)(?=[\s,:–—-]))?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
LABEL = re.compile(
    rf"(?P<name>(?:{_TITLE}\s+)?(?:{_NAME})(?:\s+(?:of|for|the|and|de|al)?\s*{_NAME}){{0,6}}|Q|A|@[\w.]*\w(?:\s+replying)?)\s*(?P<role>\([^()\n]{{1,60}}\))?"
    rf"(?:(?:,\s[^:\n,]{{1,40}}){{0,2}},\s{_HOUR}(?:,\s[^:\n,]{{1,40}})?)?\s*(?P<mark>:|\.(?=\s*[—–―-]{{1,2}}\s))\s+(?=\S)"
)
_POSTED = rf"(?:[\s,·|()–—-]|{_HOUR}|\d{{1,4}}(?:st|nd|rd|th)?\b|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|{_MONTH}|[ap]m\b|h\b|GMT|UTC|replying to|@\w+|\([^()\n]{{1,30}}\))*"
HANDLE = re.compile(rf"(?:[^\n@:.!?]{{1,40}}[ \t(])?(?P<name>@[\w.]*\w)(?:\Z|{_POSTED}(?:(?<=\n)|\Z))")
"""A line of its own that names who posts, perhaps with a display name before and a day and hour behind the handle."""
NUMBERED = re.compile(r"(?:\*?\(?\d{1,3}[.)]|\d{1,3}/\d{0,3}|(?:ITEM|Item)\s\d{1,3}[.:])[ \t]+(?=\S)")
HOUR = re.compile(rf"(?:{_HOUR})\s*[-–—:,.|]?\s+(?=\S)")
AT_HOUR = re.compile(rf",\s{_HOUR}")
_MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_SENT = (
    r"(?:\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"
    r"|\[?\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?[,،]? ?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f\u00a0]?(?:[AaPp]\.? ?[Mm]\.?|[صم]|Ö[ÖS]))?(?:\]| [-–]))"
)
STAMPED = re.compile(rf"{_MARKS}{_SENT} {_MARKS}(?:(?P<name>[^:\n()][^:\n]{{0,79}}): ?{_MARKS})?(?=\S)")
"""Day, hour and name in front of a message of a chat, as phones export it or a reader of exports writes it; a message of the program itself has no name."""
LEFT_OUT = re.compile(r"<[^<>\n]{3,60}>\s*")
"""What an export writes for a picture or sound that it leaves out."""
DAY = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,\s[^.:–—\n]{{1,20}})?\s?[.:–—]\s+(?=\S)")
HEARD = re.compile(
    r"\((?:full |partial )?(?:text|excerpts?|summary|report|recording|passage omitted|processed report)\)\s+(?=\S)", re.IGNORECASE
)
"""How much of a broadcast is given: "(TEXT)", "(EXCERPTS)"."""
STATION = re.compile(
    r"(?:ITEM\s\d{1,3}[.:]\s)?(?P<name>[A-Z][A-Z’'\-]*(?:\s(?!IN\s|FOR\s|AT\s)[A-Z’'\-]+){0,5})(?=[\s,(])[^\n]{0,80}?\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:GMT|UTC|Z|HRS|HOURS)\b[^\n]{0,40}(?:\n\s*|\Z)"
)
"""A line of its own that names the station whose broadcast follows."""
METHOD = re.compile(
    r"(?:(?:a )?note on )?(?:method\w*|sources(?: and methods)?|how (?:we|this|i) (?:work|gather|collect|did|report|document|was)\w*|about this (?:report|note|document)|scope|acknowledge?ments?)\b",
    re.IGNORECASE,
)
LONGEST_METHOD = 60
ASKING = frozenset({"question", "q", "reporter", "journalist", "interviewer", "correspondent", "questioner"})


class Label(NamedTuple):
    """A label: where the name stands, the role in brackets, and where speech starts."""

    name: str
    start: int
    end: int
    role: str | None
    speech: int

    @property
    def asks(self) -> bool:
        """Whether it names nobody but whoever asks."""
        return self.name.lower().split()[0].strip(".") in ASKING

    @property
    def is_handle(self) -> bool:
        """Whether it is the name of an account."""
        return self.name.startswith("@")


class Opened(NamedTuple):
    """A passage without its opening; `label` is the one it stands under, `logged` whether an hour or a day of a log opened it.
    `station` is the broadcaster whose words are given; `aside` says that the passage tells how the document was made.
    """

    start: int
    end: int
    kind: PassageKind
    label: Label | None = None
    numbered: bool = False
    logged: bool = False
    station: Label | None = None
    aside: bool = False


def without_openings(text: str, passages: Sequence[Passage]) -> list[Opened]:
    """The passages of a document, each from where its words start."""
    numbers = [NUMBERED.match(text, p.start, p.end) for p in passages]
    starts = [number.end() if number is not None else p.start for number, p in zip(numbers, passages, strict=True)]
    stamps = _stamps(text, passages, starts)
    starts = [stamp.end() if stamp is not None else start for stamp, start in zip(stamps, starts, strict=True)]
    hours = [HOUR.match(text, start, p.end) or DAY.match(text, start, p.end) for start, p in zip(starts, passages, strict=True)]
    log = sum(hour is not None for hour in hours) >= FEWEST_HOURS
    starts = [hour.end() if log and hour is not None else start for hour, start in zip(hours, starts, strict=True)]
    labels = _without_head(text, passages, [label_at(text, start, p.end) for start, p in zip(starts, passages, strict=True)])
    chat = any(stamp is not None for stamp in stamps)
    labels = [_sender(stamp) for stamp in stamps] if chat else labels
    thread = sum(label is not None and label.is_handle for label in labels) >= FEWEST
    labels = [label if label is None or label.is_handle or not thread else None for label in labels]
    transcript = chat or (not log and _is_transcript(text, [label for label in labels if label is not None]))
    found: list[Opened] = []
    label: Label | None = None
    station: Label | None = None
    aside = False
    for i, passage in enumerate(passages):
        own = labels[i] if transcript or (log and _is_titled(labels[i])) else None
        label = own if log or stamps[i] is not None else own or label
        start = own.speech if own is not None else starts[i]
        logged = log and hours[i] is not None
        spoken = own is not None or logged or thread
        kind = PassageKind.PARAGRAPH if spoken and passage.kind in {PassageKind.HEADING, PassageKind.TITLE} else passage.kind
        if thread and label is None:
            kind = passage.kind
        heard = HEARD.match(text, start, passage.end)
        while (turn := NUMBERED.match(text, start, passage.end)) is not None and own is not None:
            start = turn.end()
        start = heard.end() if heard is not None else start
        heading = STATION.match(text, passage.start, passage.end)
        if heading is not None:
            station = Label(heading["name"], heading.start("name"), heading.end("name"), None, heading.end())
            start = heading.end()
        methodical = METHOD.match(text, start, min(passage.end, start + LONGEST_METHOD)) is not None
        if passage.kind is PassageKind.HEADING:
            aside = methodical
        noted = stamps[i] is not None and (own is None or LEFT_OUT.fullmatch(text, start, passage.end) is not None)
        if start < passage.end:
            label_here = None if noted else label
            found.append(
                Opened(start, passage.end, kind, label_here, numbers[i] is not None, logged, station, aside or methodical or noted)
            )
    return found


def _stamps(text: str, passages: Sequence[Passage], starts: Sequence[int]) -> list[re.Match[str] | None]:
    """The day, hour and name that open each passage of an exported chat; none at all where fewer than two passages have them."""
    stamps = [STAMPED.match(text, start, p.end) for start, p in zip(starts, passages, strict=True)]
    return stamps if sum(stamp is not None for stamp in stamps) >= FEWEST else [None] * len(stamps)


def _sender(stamp: re.Match[str] | None) -> Label | None:
    if stamp is None or stamp["name"] is None:
        return None
    return Label(stamp["name"], stamp.start("name"), stamp.end("name"), None, stamp.end())


def _without_head(text: str, passages: Sequence[Passage], labels: list[Label | None]) -> list[Label | None]:
    """The labels without those of a document's head ("Speaker: Anna Lind, director", "Source: ..."): lines without a full stop before any speech."""
    for i, label in enumerate(labels):
        if label is not None and (label.is_handle or TERMINAL.search(text, label.speech, passages[i].end) is not None):
            return [None] * i + labels[i:]
    return labels


def _is_transcript(text: str, labels: list[Label]) -> bool:
    """Whether labels are those of people who talk: somebody asks, returns or has a title, an account posts, an hour is given, or there are several that could be names.

    Points of a list under headings of their own ("The Long Wait for Water: ...") look alike, but none comes back and most are longer than a name.
    """
    names = [label.name for label in labels]
    told = any(label.asks or label.is_handle or _is_titled(label) or AT_HOUR.search(text[label.end : label.speech]) for label in labels)
    telling = told or len(set(names)) < len(names)
    headings = 2 * sum(len(name.split()) > LONGEST_NAME for name in names) >= len(names)
    return len(labels) >= FEWEST and (telling or (len(labels) > FEWEST and not headings))


def _is_titled(label: Label | None) -> bool:
    """Whether a label names a person by title, not what is told of ("Telephone:", "The Gap:")."""
    return label is not None and re.match(rf"(?!The\s(?!{_TITLE}\s)){_TITLE}\s", label.name) is not None


def label_at(text: str, start: int, end: int) -> Label | None:
    """The label that a passage starts with."""
    handle = HANDLE.match(text, start, end)
    if handle is not None:
        return Label(handle["name"], handle.start("name"), handle.end("name"), None, handle.end())
    match = LABEL.match(text, start, min(end, start + FARTHEST))
    return _label(text, match) if match is not None else None


def _label(text: str, match: re.Match[str]) -> Label:
    name_start, name_end = match.span("name")
    role = match["role"]
    inner = role.strip("()").strip() if role else None
    named_by_part = text[name_start:name_end].lower().split()[-1] in ROLES and inner is not None and len(inner.split()) > 1
    if role and inner and (re.match(rf"{_TITLE}\s", inner) or (named_by_part and inner[:1].isupper())):
        bracket = match.start("role") + 1 + len(role[1:]) - len(role[1:].lstrip())
        return Label(inner, bracket, bracket + len(inner), text[name_start:name_end], match.end())
    return Label(text[name_start:name_end], name_start, name_end, inner, match.end())
