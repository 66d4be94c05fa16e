"""What the full-text index finds is what the query means, and nothing that can be typed reaches it as anything but words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.model.claim import Certainty, Claim, ClaimPlace, Form, Kind, Speaker, Stance
from witnessmark.model.deed import DocumentRead, ItemReceived, Label, Step
from witnessmark.model.document import Document
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.item import Receipt
from witnessmark.model.span import Span
from witnessmark.store.database import Connection, Database
from witnessmark.store.full_text import LAYOUT, drop_claims, index_claims
from witnessmark.store.projection import apply
from witnessmark.store.search import find_documents, publishers, to_fts5
from witnessmark.store.vocabulary import near_words
from witnessmark.text.finding import occurrences
from witnessmark.text.passages import best_passages
from witnessmark.text.query import DEEPEST, LONGEST_QUERY, MOST_TERMS, Both, Either, Near, Node, Term, parse_query
from witnessmark.text.widening import written
from witnessmark.text.words import FoldedText, words_in

ITEM = "ab" * 32


def entry(stream: Stream, seq: int) -> Entry:
    return Entry(stream, seq, f"2031-05-15T08:00:0{seq}Z", "k-0", "x", f"{seq:064x}")


def receive(connection: Connection, seq: int, *, source: str | None = None) -> None:
    receipt = Receipt(ITEM, "2031-05-15T08:00:00Z", "harbour note.txt", "added as a file", source=source)
    apply(connection, entry(Stream.CUSTODY, seq), ItemReceived(receipt, 3, "text/plain", None if seq else Label(ITEM, "I1", "0011")))


def read(connection: Connection, words: str, *, seq: int = 0) -> None:
    document = Document("d-1", ITEM, "plain-text@1", "text/plain", words, title="The morning after")
    apply(connection, entry(Stream.ANALYSIS, seq), DocumentRead(Step("read", "1", "p", ITEM), document))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "case.db")) as opened:
        yield opened


def is_found(connection: Connection, typed: str) -> bool:
    return bool(find_documents(connection, parse_query(typed), None).numbers)


@pytest.mark.parametrize(
    "typed", ["محمد", '"مُحَمَّد"', "القريـــة", "قرية", "emile", '"ÉMILE saw"', "京大", "harbour", "morning", "saw NEAR/1 it"]
)
def test_a_document_is_found_however_its_words_are_typed(database: Database, typed: str) -> None:
    with database.transaction() as connection:
        receive(connection, 0)
        read(connection, "قال مُحَمَّد إنّ الجنود أحرقوا القرية. Émile saw it. 北京大学")
    with database.reading() as connection:
        assert is_found(connection, typed)
        assert not is_found(connection, f"({typed}) AND nobody")


def test_a_later_reading_takes_the_place_of_the_earlier(database: Database) -> None:
    with database.transaction() as connection:
        receive(connection, 0)
        read(connection, "first words")
        read(connection, "second words", seq=1)
    with database.reading() as connection:
        assert not is_found(connection, "first")
        assert is_found(connection, "second")


def test_the_publisher_is_the_same_whichever_log_is_drawn_first(tmp_path: Path) -> None:
    found = []
    for name, order in (("live", (0, "read", 1)), ("rebuilt", (0, 1, "read"))):
        with closing(Database(tmp_path / f"{name}.db")) as database, database.transaction() as connection:
            for step in order:
                if isinstance(step, int):
                    receive(connection, step, source="Northern Wire" if step else None)
                else:
                    read(connection, "words")
            found.append(publishers(connection))
    assert found == [{ITEM: "Northern Wire"}] * 2


def claim(*content: str, speaker: str | None = None, place: str | None = None) -> Claim:
    return Claim(
        id="c-1",
        attribution="a-1",
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=tuple(Span(0, len(words), words) for words in content),
        cue=(),
        speaker=Speaker(speaker, Span(0, 2, "he")) if speaker else None,
        stance=Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        where=ClaimPlace(place, None, None, None, None, 0, 5, "there") if place else None,
    )


def claims_holding(connection: Connection, typed: str) -> list[int]:
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM claim_text WHERE claim_text MATCH ? ORDER BY rowid", (to_fts5(parse_query(typed)),)
    )
    return list(rows.scalars())


def test_a_claim_is_found_by_its_words_and_its_names_together_but_no_phrase_spans_a_gap(database: Database) -> None:
    with database.transaction() as connection:
        index_claims(
            connection, [(4, claim("ten men", "were taken", speaker="Ana Brecht", place="Korrin prison")), (7, claim("men were taken"))]
        )
    with database.reading() as connection:
        assert claims_holding(connection, "taken men") == [4, 7]
        assert claims_holding(connection, "taken brecht korrin") == [4]
        assert claims_holding(connection, '"men were"') == [7]
        assert claims_holding(connection, '"brecht korrin"') == []
    with database.transaction() as connection:
        drop_claims(connection, [7, 99])
    with database.reading() as connection:
        assert claims_holding(connection, "men") == [4]


def test_near_spellings_come_from_the_words_of_the_case(database: Database) -> None:
    with database.transaction() as connection:
        index_claims(connection, [(1, claim("Sednaya and Saydnaya, مُحَمَّد")), (2, claim("Sidney"))])
    with database.reading() as connection:
        assert near_words(connection, "seydnaya") == ["sednaya", "saydnaya"] or near_words(connection, "seydnaya") == [
            "saydnaya",
            "sednaya",
        ]
        assert near_words(connection, "محمود") == ["محمد"]
        assert near_words(connection, '"x" OR y') == []


INDEX = sqlite3.connect(":memory:")
INDEX.execute(LAYOUT[1])


def index_finds(query: Node, content: str) -> bool:
    INDEX.execute("DELETE FROM claim_text")
    INDEX.execute("INSERT INTO claim_text (content, names) VALUES (?, '')", (" ".join(words_in(content)),))
    return bool(INDEX.execute("SELECT 1 FROM claim_text WHERE claim_text MATCH ?", (to_fts5(query),)).fetchall())


def means(query: Node, content: str) -> bool:
    """Whether a text holds a query, by the definition of each of its parts."""
    match query:
        case Term() | Near():
            return bool(occurrences(query, FoldedText(content)))
        case Both(parts, without):
            return all(means(part, content) for part in parts) and not any(means(part, content) for part in without)
        case Either(parts):
            return any(means(part, content) for part in parts)


WORD = st.sampled_from(["ab", "abc", "b", "Ábd", "محمد", "ومحمد", "京", "京大", "o'b", "2"])
TEXTS = st.lists(WORD, max_size=12).map(" ".join)
TERMS = (
    st.builds(
        lambda words, begun: f'"{" ".join(words)}{"*" if begun and len(words[-1]) > 1 else ""}"',
        st.lists(WORD, min_size=1, max_size=3),
        st.booleans(),
    )
    | WORD
)
NEARS = st.builds(lambda one, within, other: f"{one} NEAR/{within} {other}", TERMS, st.integers(0, 4), TERMS)
QUERIES = st.recursive(
    TERMS | NEARS,
    lambda inner: st.builds(
        lambda one, operator, other: f"({one}) {operator} ({other})", inner, st.sampled_from(["AND", "OR", "NOT", ""]), inner
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(QUERIES, TEXTS)
def test_the_index_finds_a_text_exactly_where_the_query_means_it(typed: str, content: str) -> None:
    query = parse_query(typed)
    assert index_finds(query, content) == means(query, content) == means(parse_query(written(query)), content)


PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "NEAR(",
        "(",
        ")",
        '"',
        "'",
        "“",
        "”",
        "*",
        "-",
        "+",
        "^",
        ":",
        "{",
        "content",
        "a",
        "bc*",
        "محمد",
        "京",
        "\x00",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=15).map(" ".join) | st.lists(PIECES, max_size=15).map("".join))
def test_whatever_is_typed_never_becomes_an_error_of_the_database(typed: str) -> None:
    try:
        query = parse_query(typed)
    except UsageError:
        return
    assert index_finds(query, "a bc") == means(query, "a bc")


@pytest.mark.parametrize(
    "typed",
    [
        "(" * DEEPEST + "a" + " b)" * DEEPEST,
        "(a NOT " * DEEPEST + "b" + ")" * DEEPEST,
        " ".join(["محمد"] * MOST_TERMS),
        " OR ".join(["محمد"] * MOST_TERMS),
        " NEAR ".join(["a"] * MOST_TERMS),
        "京" * LONGEST_QUERY,
        "a" + " NOT b" * (MOST_TERMS - 1),
    ],
)
def test_the_largest_queries_that_are_read_are_still_answered(typed: str) -> None:
    query = parse_query(typed)
    assert index_finds(query, "nothing of it") is False


def test_the_best_passages_hold_most_of_the_query_and_light_exact_characters() -> None:
    text = "The prison. " + "Nothing here. " * 40 + "In the prison\nthe Guards’ graves were found. " + "Nothing here. " * 40 + "Graves."
    passages, places = best_passages(parse_query("prison graves"), text, FoldedText(text))
    assert places == 4
    assert [[span.text for span in passage.lit] for passage in passages] == [["prison"], ["prison", "graves"], ["Graves"]]
    for passage in passages:
        assert passage.text == text[passage.start : passage.end]
        assert all(span.holds_in(text) and passage.start <= span.start < span.end <= passage.end for span in passage.lit)


@settings(deadline=None)
@given(st.text(alphabet="ab \ńمح京", max_size=300))
def test_whatever_is_lit_is_what_stands_there(text: str) -> None:
    for typed in ("a", "ab*", '"a b"', "b NEAR/2 a", "م", "京"):
        passages, _ = best_passages(parse_query(typed), text, FoldedText(text))
        for passage in passages:
            assert passage.text == text[passage.start : passage.end]
            assert passage.lit
            assert all(span.holds_in(text) for span in passage.lit)
