"""Stretches of text cut from a parse: the pieces of a clause without its frame, a whole noun phrase, a trimmed edge.

Spans lose the quotation marks, commas and complementisers at their edges, since those frame a proposition and say nothing
of it. An extent is a pair of code points of the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile
from typing import TYPE_CHECKING, TypeAlias

from witnessmark.claims.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

Extent: TypeAlias = tuple[int, int]

MARKS = "\"“”„«»‹›`'‘’"
EDGE = MARKS + " \t\r\n\f\v\u00a0\u2028\u200b\ufeff,;:.!?–—-•*…·"
FRONT = EDGE.replace("-", "") + ")]"
HYPHENS = frozenset("-‐‑")
OPENING = {")": "(", "]": "["}
POSSESSIVE = "’'"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
FOOTNOTE = re.compile(r"(?<=[\w.,;:!?”\"’'])\[\d{1,4}\]?\Z")
"""The mark of a footnote at the end of a stretch ("hearings.[41"); it is no word of whoever speaks."""
OBJECTS = frozenset({"dobj", "pobj", "attr", "dative"})


def trimmed(text: str, start: int, end: int) -> Extent | None:
    """`start` to `end` without space, quotation marks, punctuation and a footnote's number at the edges; None where nothing is left."""
    while start < end and text[start] in FRONT:
        start += 1
    note = FOOTNOTE.search(text, start, end)
    if note is not None:
        end = note.start()
    while end > start and (text[end - 1] in EDGE and not _ends_word(text, start, end)):
        end -= 1
    return (start, end) if start < end else None


def _ends_word(text: str, start: int, end: int) -> bool:
    """Whether the last mark belongs to the last word: "U.S.", "the detainees’"."""
    last = text[end - 1]
    if last in POSSESSIVE and end - start >= 2 and text[end - 2] in "sS":
        return not any(mark in text[start : end - 1] for mark in ("‘" if last == "’" else "'"))
    return last == "." and end - start >= 3 and text[end - 3] == "." and text[end - 2].isupper()


def pieces_of(root: Token, without: Iterable[Token] = ()) -> list[tuple[Token, Token]]:
    """The subtree of `root` as runs of neighbouring tokens, leaving out the subtrees of `without`."""
    dropped = {token.i for head in without for token in head.subtree}
    runs: list[list[Token]] = []
    for token in root.subtree:
        if token.i in dropped or token.is_space:
            continue
        if runs and (runs[-1][-1].i + 1 == token.i or all(root.doc[i].is_space for i in range(runs[-1][-1].i + 1, token.i))):
            runs[-1].append(token)
        else:
            runs.append([token])
    return [(run[0], run[-1]) for run in runs]


def extents_of(text: str, parsed: Parsed, root: Token, without: Iterable[Token] = ()) -> list[Extent]:
    """The subtree of `root` as trimmed extents of the document, without leading "that" and "and"."""
    found = []
    for first, last in pieces_of(root, without):
        words = [token for token in root.doc[first.i : last.i + 1] if not token.is_space]
        kept = list(dropwhile(lambda token: token.is_punct or is_framing(token), words))
        extent = trimmed(text, *parsed.extent(kept[0], last)) if kept else None
        if extent is not None:
            found.append(extent)
    return found


def is_framing(token: Token) -> bool:
    """Whether this is the "that", "if" or "and" which ties a proposition to its frame."""
    return (
        (token.dep_ == "mark" and token.lower_ in {"that", "whether", "if"})
        or token.dep_ == "cc"
        or (token.lower_ == "that" and token.tag_ == "IN")
    )


def noun_phrase(head: Token) -> tuple[Token, Token]:
    """The whole noun phrase of `head`: titles, apposition and "of" phrases, but no relative clause and no list partner."""
    left, right = head, head
    for child in head.children:
        if child.i < head.i and child.dep_ in PHRASE_LEFT:
            left = min(left, child.left_edge, key=lambda token: token.i)
        elif child.i > head.i and (child.dep_ in {"prep", "case", "nummod"} or _is_apposition(child)):
            edge = _right_of(child)
            right = max(right, edge, key=lambda token: token.i)
    while starts_inside_word(left):
        left = left.nbor(-1)
    return left, right


def starts_inside_word(token: Token) -> bool:
    """Whether the token is a later part of a hyphenated word: the "-" or the "run" of "state-run"."""
    before = token.nbor(-1) if token.i > 0 else None
    return before is not None and not before.whitespace_ and (token.text in HYPHENS or before.text in HYPHENS)


PHRASE_LEFT = frozenset(["det", "compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "predet"])


def _is_apposition(child: Token) -> bool:
    return child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}


def _right_of(child: Token) -> Token:
    if child.dep_ == "case":
        return child
    edge: Token = child.right_edge
    for inner in child.subtree:
        if inner.dep_ in {"relcl", "advcl"} or (inner.dep_ == "punct" and inner.text in {"—", "–", "--"}):
            return child.doc[inner.left_edge.i - 1] if inner.left_edge.i > child.i else child
    while edge.is_punct and edge.i > child.i:
        edge = edge.nbor(-1)
    return edge


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject; of a kind and a name that the parser made two subjects of ("the news agency *ORNA*"), the name."""
    subject: Token | None = None
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and (subject is None or (child.pos_ == "PROPN" and child.i == subject.i + 1)):
            subject = child
    return subject


def child_of(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    for child in token.children:
        if child.dep_ in deps:
            return child
    return None


def in_list_with(head: Token) -> list[Token]:
    """`head` and what is joined to it by "and", in order."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj":
            found.extend(in_list_with(child))
    return found
