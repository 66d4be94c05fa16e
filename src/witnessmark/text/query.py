"""The language of a search: what a person types, read into a small tree that says nothing of any database.

    words             side by side: all of them, in any order
    "a phrase"        these words, one after the other
    AND  OR  NOT      in capitals; NOT binds tightest, then AND, then OR; parentheses as usual
    NEAR/5            at most five words between what stands left and right of it, in either order; NEAR alone is NEAR/10
    deten*            words that begin so

Anything that cannot be read is a UsageError that repeats the query with an arrow at the fault. Nothing else is ever raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from witnessmark.errors import UsageError
from witnessmark.text.particles import with_particles
from witnessmark.text.words import words_in

LONGEST_QUERY = 1000
MOST_TERMS = 40
DEEPEST = 12
"""Bounds on what is read: with them the largest query stays well inside what FTS5 takes (depth 256, a parser stack of 100)."""
NEAR_WORDS = 10
"""How far apart NEAR looks where no number is given, as in FTS5."""
WIDEST_NEAR = 1000
SHORTEST_PREFIX = 2
"""One letter before the asterisk would be most of the vocabulary."""


class Term(msgspec.Struct, frozen=True):
    """Words one after the other. `readings` are the folded words as typed, then other forms that count as the same.

    `typed` is how the person wrote it, `quoted` whether as a phrase. With `prefix` the last word need only begin so.
    """

    typed: str
    readings: tuple[tuple[str, ...], ...]
    quoted: bool = False
    prefix: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words as typed."""
        return self.readings[0]


class Near(msgspec.Struct, frozen=True):
    """Two terms with at most `within` words between them, in either order."""

    left: Term
    right: Term
    within: int


class Both(msgspec.Struct, frozen=True):
    """All of `parts`, and none of `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


class Either(msgspec.Struct, frozen=True):
    """At least one of `parts`."""

    parts: tuple[Node, ...]


Node = Term | Near | Both | Either


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


_QUOTED = r'"[^"]*"|“[^”"]*[”"]|„[^“”"]*[“”"]|«[^»]*»'
_TOKEN = re.compile(rf'(?P<phrase>{_QUOTED})|(?P<quote>["“”„«»])|(?P<bracket>[()])|(?P<word>[^\s()"“”„«»]+)')
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?\Z")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def parse_query(query: str) -> Node:
    """The tree of a query. Raises UsageError, with the place of the fault, where it cannot be read."""
    if len(query) > LONGEST_QUERY:
        raise UsageError(f"The query has {len(query)} characters; at most {LONGEST_QUERY} are read. Search for less at a time.")
    return _Parser(query).parse()


class _Parser:
    """Reads one query from left to right; each method reads one level of the language and leaves the rest."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = list(_tokens(query))
        self._next = 0
        self._depth = 0
        self._terms = 0

    def parse(self) -> Node:
        node = self._either()
        left_over = self._peek()
        if left_over is not None:
            raise self._fault("this closing parenthesis has no opening one", left_over)
        return node

    def _either(self) -> Node:
        parts = [self._both()]
        while self._take("OR"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        first = self._peek()
        parts: list[Node] = []
        without: list[Node] = []
        while True:
            negated = self._take("NOT")
            (without if negated else parts).append(self._near())
            if not self._take("AND") and not self._goes_on():
                break
        if not parts:
            raise self._fault(
                "NOT takes away from something, and nothing is asked for beside it; write for example: prison NOT hospital", first
            )
        return parts[0] if len(parts) == 1 and not without else Both(tuple(parts), tuple(without))

    def _goes_on(self) -> bool:
        """Whether another part follows that no operator leads in: side by side means all of them."""
        token = self._peek()
        return token is not None and token.text != ")" and token.kind != "OR"

    def _near(self) -> Node:
        node = self._single()
        pairs: list[Node] = []
        while (token := self._peek()) and token.kind == "NEAR":
            self._next += 1
            right = self._single()
            if not isinstance(node, Term) or not isinstance(right, Term):
                raise self._fault("NEAR stands between two words or phrases, not between parentheses", token)
            pairs.append(Near(_as_typed(node), _as_typed(right), self._distance(token)))
            node = right
        if not pairs:
            return node
        return pairs[0] if len(pairs) == 1 else Both(tuple(pairs))

    def _distance(self, token: _Token) -> int:
        number = token.text.partition("/")[2]
        within = int(number) if number else NEAR_WORDS
        if within > WIDEST_NEAR:
            raise self._fault(f"NEAR looks at most {WIDEST_NEAR} words far", token)
        return within

    def _single(self) -> Node:
        token = self._peek()
        if token is None or token.text == ")" or token.kind in _OPERATORS or token.kind == "NEAR":
            raise self._fault(self._what_is_missing(), token)
        self._next += 1
        return self._inside(token) if token.text == "(" else self._term(token)

    def _what_is_missing(self) -> str:
        before = self._tokens[self._next - 1] if self._next else None
        if before is None and self._next == len(self._tokens):
            return "it holds no word to look for"
        if before is not None and (before.kind in _OPERATORS or before.kind == "NEAR"):
            return f"{before.text} needs a word or phrase after it"
        return "a word or phrase is missing here"

    def _inside(self, opening: _Token) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(f"parentheses are nested more than {DEEPEST} deep", opening)
        node = self._either()
        closing = self._peek()
        if closing is None:
            raise self._fault("this parenthesis is never closed", opening)
        self._next += 1
        self._depth -= 1
        return node

    def _term(self, token: _Token) -> Term:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._fault(f"more than {MOST_TERMS} words or phrases", token)
        quoted = token.kind == "phrase"
        typed = token.text[1:-1].strip() if quoted else token.text
        stem = typed.removesuffix("*")
        prefix = stem != typed
        words = tuple(words_in(stem))
        if "*" in stem or (prefix and not words):
            raise self._fault("an asterisk stands at the end of a word that is begun, as in deten*", token)
        if prefix and len(words[-1]) < SHORTEST_PREFIX and words[-1].isascii():
            raise self._fault(f"an asterisk needs at least {SHORTEST_PREFIX} letters before it", token)
        if not words:
            raise self._fault("there is no word between these quotation marks", token)
        readings = with_particles(words[0]) if len(words) == 1 and not quoted and not prefix else ()
        return Term(typed, (words, *((form,) for form in readings)), quoted, prefix)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._peek()
        if token is None or token.kind != kind:
            return False
        self._next += 1
        return True

    def _fault(self, what: str, token: _Token | None) -> UsageError:
        return _fault(self._query, what, token.start if token else len(self._query))


def _as_typed(term: Term) -> Term:
    """The term without its other forms: NEAR measures between the very words."""
    return msgspec.structs.replace(term, readings=term.readings[:1])


def _tokens(query: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(query):
        kind, text, start = match.lastgroup or "", match.group(), match.start()
        if kind == "quote":
            raise _fault(query, "this quotation mark has no partner", start)
        if kind != "word":
            yield _Token(kind, text, start)
        elif text in _OPERATORS:
            yield _Token(text, text, start)
        elif _NEAR.match(text):
            yield _Token("NEAR", text, start)
        elif text.startswith("-") and words_in(text):
            raise _fault(query, f"a minus is not read as NOT; write NOT {text.lstrip('-')}, or leave it out", start)
        elif words_in(text) or "*" in text:
            yield _Token(kind, text, start)


def _fault(query: str, what: str, at: int) -> UsageError:
    shown = f"{query[:at]}▶{query[at:]}"
    return UsageError(f"The query cannot be read at the arrow: {what}. {shown.strip()}")
