"""Features: what the learned reader sees of a text, in the parser's own tokens.

A window is a run of passages short enough to be read at once. Each token carries what the parse says of it; each cue adds how every other token
stands to it in the tree. Training and reading both go through here, so that a model never sees at work what it was not taught on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from witnessmark.claims.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from witnessmark.claims.attributions import Quotes

LONGEST_WINDOW = 180
"""Tokens read at once, about 220 word pieces: the longest passage of nine in ten news articles."""

DEPENDENCIES = (
    *("ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc", "ccomp", "compound"),
    *("conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj"),
    *("nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod"),
    *("relcl", "xcomp"),
)
TAGS = (
    *("$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR", "JJS", "LS"),
    *("MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD"),
    *("VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``"),
)
DEPENDENCY = {label: n for n, label in enumerate(DEPENDENCIES, 1)}
TAG = {label: n for n, label in enumerate(TAGS, 1)}
SHAPES = 4
"""0 small letters, 1 capital first, 2 all capitals, 3 no letters."""
N_DEPENDENCIES, N_TAGS = len(DEPENDENCIES) + 1, len(TAGS) + 1

ABOVE, SAME, ELSEWHERE_BEFORE, ELSEWHERE_AFTER, BESIDE_BEFORE, BESIDE_AFTER = range(6)
FIRST_BRANCH = 6
"""Branches: how a token stands to a cue. The first six are places in the tree; the rest say by which dependency, and on which side, it hangs below the cue."""
N_BRANCHES = FIRST_BRANCH + 2 * N_DEPENDENCIES
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
N_DISTANCES = 2 * len(DISTANCES) + 1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Tokens read at once, with the passage each comes from."""

    tokens: list[Token]
    passages: list[Parsed]

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """The document's code points from the token at `first` to that at `last`, both included; they must be of one passage."""
        return self.passages[first].start(self.tokens[first]), self.passages[last].end(self.tokens[last])


def windows_of(passages: Iterable[Parsed]) -> Iterator[Window]:
    """The passages in order, as many to a window as fit; a longer passage is cut between sentences where it can be."""
    window = Window([], [])
    for parsed in passages:
        for tokens in _portions(parsed):
            if len(window.tokens) + len(tokens) > LONGEST_WINDOW and window.tokens:
                yield window
                window = Window([], [])
            window.tokens.extend(tokens)
            window.passages.extend([parsed] * len(tokens))
    if window.tokens:
        yield window


def _portions(parsed: Parsed) -> Iterator[list[Token]]:
    portion: list[Token] = []
    for sentence in parsed.doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        for start in range(0, len(tokens), LONGEST_WINDOW):
            piece = tokens[start : start + LONGEST_WINDOW]
            if portion and len(portion) + len(piece) > LONGEST_WINDOW:
                yield portion
                portion = []
            portion += piece
    if portion:
        yield portion


def token_features(window: Window, quotes: Quotes) -> Ints:
    """An array (tokens, 6): dependency, tag, shape, in a quotation, starts a sentence, starts a passage."""
    rows = np.zeros((len(window.tokens), 6), dtype=np.int64)
    previous: Parsed | None = None
    for i, (token, parsed) in enumerate(zip(window.tokens, window.passages, strict=True)):
        quoted = quotes.holding(parsed.start(token)) is not None
        rows[i] = (
            DEPENDENCY.get(token.dep_, 0),
            TAG.get(token.tag_, 0),
            _shape(token.text),
            quoted,
            bool(token.is_sent_start),
            parsed is not previous,
        )
        previous = parsed
    return rows


def _shape(word: str) -> int:
    if not any(c.isalpha() for c in word):
        return 3
    if word.isupper() and len(word) > 1:
        return 2
    return int(word[0].isupper())


def head_of(window: Window, cue: range) -> int:
    """The place of the token that heads a cue: the first whose own head stands outside it."""
    inside = {(id(window.passages[i]), window.tokens[i].i) for i in cue}
    for i in cue:
        token = window.tokens[i]
        if not token.is_punct and (token.head == token or (id(window.passages[i]), token.head.i) not in inside):
            return i
    return cue[0]


def cue_features(window: Window, cue: range) -> Ints:
    """An array (tokens, 3): branch and distance of every token as seen from the cue, and whether it is part of it."""
    head = head_of(window, cue)
    anchor, parsed = window.tokens[head], window.passages[head]
    branches = _branches(anchor)
    sentence = anchor.sent
    rows = np.zeros((len(window.tokens), 3), dtype=np.int64)
    for i, token in enumerate(window.tokens):
        if window.passages[i] is not parsed or not sentence.start <= token.i < sentence.end:
            branch = ELSEWHERE_BEFORE if i < head else ELSEWHERE_AFTER
        else:
            branch = branches.get(token.i, BESIDE_BEFORE if i < head else BESIDE_AFTER)
        rows[i] = branch, _distance(i - head), cue[0] <= i <= cue[-1]
    return rows


def _branches(anchor: Token) -> dict[int, int]:
    found = {ancestor.i: ABOVE for ancestor in anchor.ancestors}
    for child in anchor.children:
        label = FIRST_BRANCH + DEPENDENCY.get(child.dep_, 0) + (N_DEPENDENCIES if child.i > anchor.i else 0)
        found.update(dict.fromkeys((token.i for token in child.subtree), label))
    found[anchor.i] = SAME
    return found


def _distance(offset: int) -> int:
    size = abs(offset)
    step = sum(size >= bound for bound in DISTANCES)
    return len(DISTANCES) + (step if offset > 0 else -step)
