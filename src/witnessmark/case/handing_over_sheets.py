"""The numbered index of a hand-over as a workbook that a registry can open, sort and print.

Every text is stored as a text, whatever it begins with, so that nothing out of hostile evidence becomes a formula; control characters and characters
that turn the reading direction are shown as what they are. The file is the same for the same hand-over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from witnessmark.model.handover import RULE_WORDS, About, HandedItem, HeldBack, ProvenEntry, Rule
from witnessmark.publish.exports.workbook import Sheet, Value, workbook

ITEMS = (
    ("Number", 9),
    ("Public id", 15),
    ("Number in the case", 11),
    ("Kind", 14),
    ("Media type", 22),
    ("Language", 10),
    ("Received (UTC)", 18),
    ("Received from", 24),
    ("How received", 24),
    ("Name outside", 34),
    ("Source", 24),
    ("Published", 12),
    ("Already public", 10),
    ("Found inside number", 11),
    ("SHA-256", 68),
    ("Bytes", 12),
    ("File in this package", 28),
    ("Release", 40),
    ("Consent", 40),
    ("Protection", 34),
    ("Sensitivity", 24),
    ("Who can testify to it", 60),
)
HELD_BACK = (("Public id", 15), ("Rule", 20), ("In words", 66), ("What it says against the rest", 80))
CUSTODY = (
    ("Entry", 8),
    ("At (UTC)", 18),
    ("Act", 20),
    ("By (pseudonymous key)", 24),
    ("Commitment (SHA-256)", 68),
    ("Hashes of the proof", 10),
    ("Body", 70),
)
CODES = (("Word", 26), ("What it means", 110))


def index_workbook(about: About, items: Sequence[HandedItem], held_back: Sequence[HeldBack], custody: Sequence[ProvenEntry]) -> bytes:
    """The workbook's bytes."""
    sheets = (
        Sheet("Items", ITEMS, _shown(map(_item_row, items))),
        Sheet("Held back", HELD_BACK, _shown((h.public_id, h.rule.value, h.words, h.points_otherwise) for h in held_back)),
        Sheet("Custody", CUSTODY, _shown(map(_custody_row, custody))),
        Sheet("Codes", CODES, _shown(_codes(about))),
    )
    return workbook(sheets, creator=about.program, made=_moment(about.made_at))


def _shown(rows: Iterable[Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """Rows whose texts show every character that a spreadsheet would not."""
    return (tuple(visible(value) if isinstance(value, str) else value for value in row) for row in rows)


def _item_row(item: HandedItem) -> tuple[Value, ...]:
    first = item.receipts[0]
    return (
        item.place,
        item.public_id,
        item.number,
        item.kind,
        item.media_type,
        item.language or "not stated",
        _moment(first.at),
        _told(first.received_from, "received_from" in first.not_told),
        "; ".join(dict.fromkeys(receipt.how for receipt in item.receipts)),
        "; ".join(dict.fromkeys(receipt.name for receipt in item.receipts)),
        _told(item.source, "source" in first.not_told),
        _day(item.published),
        "yes" if item.already_public else "no",
        item.parent,
        item.sha256,
        item.size,
        item.file,
        item.release,
        item.consent,
        item.protection,
        item.sensitivity,
        "; ".join(f"{testifier.key} {testifier.role}" for testifier in item.testifiers),
    )


def _told(value: str | None, hidden: object) -> str:
    return "not told: the item is sensitive" if hidden else value or "not stated"


def _custody_row(proven: ProvenEntry) -> tuple[Value, ...]:
    import msgspec

    from witnessmark.model.entry import Entry

    entry = msgspec.json.decode(proven.line, type=Entry)
    body = "opened in custody.jsonl" if proven.opening else proven.closed
    return (entry.seq, _moment(entry.at), entry.action, entry.actor, entry.commitment, len(proven.proof), body)


def _codes(about: About) -> Iterable[tuple[Value, ...]]:
    yield ("hand-over", f"{about.id}, made {about.made_at} for {about.recipient}, from the case “{about.case}”")
    yield ("public id", "random, drawn once, the same in every hand-over from that case; it says nothing of the content")
    yield ("not stated", "nobody said so and the document does not; never a guess")
    yield ("SHA-256", "of the bytes as they were received; the file in this package has it too")
    yield ("pseudonymous key", "a person who works on the case; who it is, the case's keepers can say when testimony is asked for")
    yield ("commitment", "SHA-256 of 32 random bytes and the body of the entry; custody.jsonl has what opens it")
    for rule in Rule:
        yield (rule.value, RULE_WORDS[rule])
    yield ("analysis", about.analysis or "not in this package: it holds what happened to the evidence, not what was thought of it")


def visible(text: str) -> str:
    """A text whose control, direction and broken characters are shown as the replacement character; joiners of Persian and Arabic stay."""
    return "".join(c if c in "\t\n‌‍" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn", "Co"} else "�" for c in text)


def _moment(at: str) -> datetime:
    """UTC without saying so, since a spreadsheet's times know no zone; the column says it."""
    return datetime.fromisoformat(at).replace(tzinfo=None)


def _day(published: str | None) -> Value:
    """A date as a date; what is no whole date (a year, a month) as it was written."""
    if published is None:
        return "not stated"
    try:
        return datetime.fromisoformat(published).replace(tzinfo=None)
    except ValueError:
        return published
