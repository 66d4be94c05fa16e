"""The full-text index of a case: FTS5 tables over the folded words of documents and claims, and a trigram index of the words themselves.

The projection calls it as documents are read and claims come and go. `text/words.py` has cut the words; the `ascii` tokenizer then
takes whatever stands between spaces, so no build of SQLite cuts them otherwise. A break that no query can hold parts stretches that are not
neighbours in the original, so that no phrase is found across them. What was indexed stays in the tables, for `verify` to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec
from sqlalchemy import Connection

from witnessmark.model.canonical import canonical_json
from witnessmark.model.claim import Claim
from witnessmark.model.document import Document
from witnessmark.model.item import Receipt
from witnessmark.text.words import words_by_block, words_in

LAYOUT = (
    "CREATE VIRTUAL TABLE document_text USING fts5(text, about, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE claim_text USING fts5(content, names, tokenize = 'ascii')",
    "CREATE TABLE document_about (number INTEGER PRIMARY KEY, item TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT, language TEXT, counts TEXT NOT NULL) STRICT",
    "CREATE TABLE vocabulary (number INTEGER PRIMARY KEY, padded TEXT NOT NULL UNIQUE) STRICT",
    "CREATE VIRTUAL TABLE vocabulary_trigram USING fts5(padded, content = 'vocabulary', content_rowid = 'number', tokenize = 'trigram', detail = none)",
    """CREATE TRIGGER vocabulary_grows AFTER INSERT ON vocabulary
    BEGIN INSERT INTO vocabulary_trigram (rowid, padded) VALUES (new.number, new.padded); END""",
    "CREATE INDEX claim_source ON claim (source)",
    "CREATE INDEX claim_place ON claim (place)",
    "CREATE INDEX claim_act ON claim (act, earliest, latest, status)",
    "CREATE INDEX decision_on_source ON decision (subject) WHERE field = 'source'",
    "CREATE INDEX decision_on_sensitivity ON decision (subject) WHERE field = 'sensitivity'",
)
"""Laid out after the other tables. A row of `document_text` has the number of its item (3 of I3), one of `claim_text` that of its claim."""

INDEXES = ("document_text", "claim_text", "vocabulary_trigram")
"""The FTS5 tables; each can compare itself with the texts it holds."""
TABLES = (*INDEXES, "document_about", "vocabulary")
"""All tables laid out here."""

BREAK = " … "
"""Parts what are no neighbours; no word of a query holds this character."""
SHORTEST_WORD, LONGEST_WORD = 3, 40
"""Letters of words that go into the vocabulary; a shorter one has no trigram of its own, a longer one is no word that somebody misspells."""


def index_document(connection: Connection, document: Document) -> None:
    """Take in a document in the place of any other reading of its item. Its item must have its number and its receipt.

    Only what stands whichever log is drawn first is indexed as text: later receipts change the publisher, never the words.
    """
    number = _item_number(connection, document.item)
    receipts = _receipts(connection, document.item)
    stated = document.publisher.value if document.publisher else None
    publisher = stated or next((receipt.source for receipt in receipts if receipt.source), None)
    about = [document.title, document.author, stated, receipts[0].name]
    by_block = words_by_block(document.text)
    words = list(chain.from_iterable(by_block))
    counts = canonical_json([len(block) for block in by_block]).decode()
    row = (number, " ".join(words), _joined(about))
    connection.exec_driver_sql("DELETE FROM document_text WHERE rowid = ?", (number,))
    connection.exec_driver_sql("DELETE FROM document_about WHERE number = ?", (number,))
    connection.exec_driver_sql("INSERT INTO document_text (rowid, text, about) VALUES (?, ?, ?)", row)
    described = (number, document.item, document.title, publisher, document.language, counts)
    connection.exec_driver_sql("INSERT INTO document_about VALUES (?, ?, ?, ?, ?, ?)", described)
    _learn(connection, {*words, *row[2].split()})


def index_receipt(connection: Connection, receipt: Receipt) -> None:
    """Take in who spoke or published in an item, said when it came in again after it was read. What the document states itself goes first."""
    if receipt.source:
        statement = "UPDATE document_about SET publisher = ? WHERE item = ? AND publisher IS NULL"
        connection.exec_driver_sql(statement, (receipt.source, receipt.item))


def index_claims(connection: Connection, rows: Iterable[tuple[int, Claim]]) -> None:
    """Take in claims as they stand, each with its number (12 of C12), none of which may be indexed already."""
    texts = [(number, _joined(span.text for span in claim.content), _joined(names_of(claim))) for number, claim in rows]
    if texts:
        connection.exec_driver_sql("INSERT INTO claim_text (rowid, content, names) VALUES (?, ?, ?)", texts)
        _learn(connection, {word for _, content, names in texts for text in (content, names) for word in text.split()})


def drop_claims(connection: Connection, numbers: Sequence[int]) -> None:
    """Forget claims by their numbers; one that is not indexed is no fault."""
    if numbers:
        connection.exec_driver_sql("DELETE FROM claim_text WHERE rowid = ?", [(number,) for number in numbers])


def names_of(claim: Claim) -> Iterable[str | None]:
    """Who and where: names as resolved and as written, so that a claim of "he" is found by the speaker's name."""
    if claim.speaker:
        mention = claim.speaker.mention.text if claim.speaker.mention else None
        yield from (claim.speaker.name, mention, claim.speaker.role, *claim.speaker.via)
    for party in (*claim.parties, claim.addressee, claim.where):
        if party:
            yield from (party.name, party.text)


def _joined(texts: Iterable[str | None]) -> str:
    """The words of several texts with breaks between them, each text once."""
    cut = (" ".join(words_in(text)) for text in texts if text)
    return BREAK.join(dict.fromkeys(words for words in cut if words))


def _learn(connection: Connection, words: Iterable[str]) -> None:
    """Enter words into the vocabulary, padded so that a first or last letter makes trigrams of its own. Sorted, for a rebuild numbers them alike."""
    worth = sorted(word for word in words if SHORTEST_WORD <= len(word) <= LONGEST_WORD and not word.isdigit())
    if worth:
        connection.exec_driver_sql("INSERT OR IGNORE INTO vocabulary (padded) VALUES (?)", [(f" {word} ",) for word in worth])


def _item_number(connection: Connection, item: str) -> int:
    number: str = connection.exec_driver_sql("SELECT number FROM label WHERE subject = ?", (item,)).scalar_one()
    return int(number[1:])


def _receipts(connection: Connection, item: str) -> list[Receipt]:
    bodies = connection.exec_driver_sql("SELECT body FROM receipt WHERE item = ? ORDER BY seq", (item,)).scalars()
    return [msgspec.json.decode(body, type=Receipt) for body in bodies]
