"""Propositions: content cut so that each piece puts forward one thing.

Sentences of a quotation are separate, joined verbs ("shot thirteen men *and burned the bodies*") are separate, and so is an adjunct that states
a happening of its own ("*with as many as 50 a day killed*"). Pieces keep their place: what a proposition leaves out in the middle (a cue, another
proposition) makes it discontinuous, never rewritten. Of a content that was read whole no word is lost: the "that" and "and" before a proposition are its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import SUBJECTS, Extent, is_framing, subject_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

THAT = re.compile(r"that\b", re.IGNORECASE)
AND_THAT = re.compile(r",?\s+and\s+that\s+(?!(?:is|was|are|were|will|would|has|had)\b)")
OPENING_MARKS = ' “"‘'
PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})


@dataclass(frozen=True, slots=True, eq=False)
class Proposition:
    """The head word of one proposition, its tokens, and where they stand."""

    parsed: Parsed
    root: Token
    tokens: tuple[Token, ...]
    extents: tuple[Extent, ...]

    @property
    def start(self) -> int:
        """Where it starts in the document."""
        return self.extents[0][0]

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.extents[-1][1]

    def subject(self) -> Token | None:
        """The subject of its head, its own or that of the verb it is joined to."""
        verb = self.root
        for _ in range(4):
            subject = subject_of(verb)
            if subject is not None:
                return subject
            if verb.dep_ not in {"conj", "xcomp"}:
                return None
            verb = verb.head
        return None


def propositions_in(text: str, passages: list[Parsed], extents: tuple[Extent, ...], *, whole: bool = False) -> list[Proposition]:
    """The propositions of a content, in the order of the text; with `whole` every word of the content is in one of them."""
    found: list[Proposition] = []
    parts = split_at_that(text, extents, whole=whole)
    if len(parts) > 1:
        return [proposition for part in parts for proposition in propositions_in(text, passages, part, whole=whole)]
    for parsed in passages:
        inside = [token for start, end in extents for token in parsed.tokens_between(start, end)]
        for tokens in _by_sentence(inside):
            found.extend(_of_sentence(text, parsed, tokens, extents, whole=whole))
    return found


def _by_sentence(tokens: list[Token]) -> list[list[Token]]:
    """Tokens in the order of the text, grouped by sentence."""
    groups: list[list[Token]] = []
    end = -1
    for token in tokens:
        if token.i >= end:
            groups.append([])
            end = token.sent.end
        groups[-1].append(token)
    return groups


def split_at_that(text: str, extents: tuple[Extent, ...], *, whole: bool = False) -> list[tuple[Extent, ...]]:
    """A content "A *and that* B" as two contents, where the content itself was introduced by "that"."""
    if len(extents) != 1:
        return [extents]
    start, end = extents[0]
    if not (text[:start].rstrip(OPENING_MARKS).endswith("that") or (whole and THAT.match(text, start, end))):
        return [extents]
    cuts = [
        match
        for match in AND_THAT.finditer(text, start, end)
        if text[start : match.start()].count("“") == text[start : match.start()].count("”")
    ]
    parts = []
    for match in cuts:
        parts.append((start, match.start()))
        start = match.start() if whole else match.end()
    trimmed_parts = [part for low, high in (*parts, (start, end)) if (part := trimmed(text, low, high)) is not None]
    return [(part,) for part in trimmed_parts] if len(trimmed_parts) > 1 else [extents]


def _of_sentence(text: str, parsed: Parsed, tokens: list[Token], extents: tuple[Extent, ...], *, whole: bool) -> list[Proposition]:
    inside = {token.i for token in tokens}
    heads = {head.i: head for token in tokens for head in _heads(token, inside)}
    owner = _owners(tokens, heads, inside)
    if whole:
        owner.update(_introduced(tokens, heads, owner))
    found = []
    for i, head in sorted(heads.items()):
        own = [token for token in tokens if owner[token.i] == i]
        pieces = _runs(text, parsed, own, extents, whole=whole)
        if pieces and any(token.is_alpha or token.like_num for token in own):
            found.append(Proposition(parsed, head, tuple(own), tuple(pieces)))
    return _with_fragments_joined(text, found)


def _heads(token: Token, inside: set[int]) -> list[Token]:
    """`token` where it heads a proposition within the tokens `inside`."""
    if token.is_punct:
        return []
    if token.head == token or token.head.i not in inside:
        return [token]
    if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and _is_separate(token):
        return [token]
    if token.dep_ in {"ccomp", "parataxis"} and _is_run_on(token):
        return [token]
    if token.dep_ in {"acl", "pcomp"} and _is_absolute(token):
        return [token]
    return []


def _is_separate(verb: Token) -> bool:
    first = verb.head
    if first.pos_ not in {"VERB", "AUX"} or first.dep_ in {"relcl", "advcl", "acl", "xcomp", "pcomp"}:
        return False
    if any(child.dep_ == "cc" and child.lower_ == "or" for child in first.children):
        return False
    passive = any(child.dep_ == "auxpass" for child in first.children)
    if verb.tag_ == "VBN" and passive and not any(child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return False
    return subject_of(verb) is not None or verb.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VB"}


def _is_run_on(verb: Token) -> bool:
    """Whether a clause is only set beside another ("It was dark; we hid"), by semicolon or dash."""
    left = verb.left_edge
    before = left.nbor(-1) if left.i > 0 else None
    after = verb.right_edge.nbor(1) if verb.right_edge.i + 1 < len(verb.doc) else None
    return subject_of(verb) is not None and any(t is not None and t.text in {";", "—", "–", "--", ":"} for t in (before, after))


def _is_absolute(verb: Token) -> bool:
    """Whether this is the participle of "with fifty people a day killed", a happening of its own."""
    if verb.tag_ not in PARTICIPLES or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
        return False
    chain = verb.head
    for _ in range(4):
        if chain.dep_ == "pobj" and chain.head.lower_ == "with" and chain.head.head.pos_ in {"VERB", "AUX"}:
            return any(t.like_num or t.pos_ == "NUM" for t in chain.subtree if t.i < verb.i)
        chain = chain.head
    return False


def _owners(tokens: list[Token], heads: dict[int, Token], inside: set[int]) -> dict[int, int]:
    """For each token the head of the proposition it belongs to; every way up the parse is gone once."""
    taken = {i: absolute.i for absolute in reversed(heads.values()) if absolute.dep_ in {"acl", "pcomp"} for i in _with_phrase(absolute)}
    owner = {i: i for i in heads}
    found = {}
    for token in tokens:
        path, current = [], token
        while current.i not in owner and current.head != current and current.head.i in inside:
            path.append(current.i)
            current = current.head
        top = owner[current.i] if current.i in owner else min(heads, key=lambda i: abs(i - token.i), default=token.i)
        owner.update(dict.fromkeys(path, top))
        found[token.i] = taken.get(token.i, top)
    return found


def _with_phrase(verb: Token) -> range:
    """Where the "with" phrase of an absolute participle stands, after its "with"; empty where this is no such participle."""
    if not _is_absolute(verb):
        return range(0)
    top = verb.head
    while not (top.dep_ == "prep" and top.lower_ == "with") and top.head != top:
        top = top.head
    return range(top.left_edge.i + 1, top.right_edge.i + 1)


def _introduced(tokens: list[Token], heads: dict[int, Token], owner: dict[int, int]) -> dict[int, int]:
    """The "and", and the marks and "with" beside it, before a proposition, with that proposition as their owner."""
    found = {}
    following: int | None = None
    for token in reversed(tokens):
        if token.is_punct or token.dep_ == "cc" or token.lower_ == "with":
            if following is not None and following in heads and owner[token.i] != following:
                found[token.i] = following
        else:
            following = owner[token.i]
    return found


def _runs(text: str, parsed: Parsed, tokens: list[Token], extents: tuple[Extent, ...], *, whole: bool) -> list[Extent]:
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and _adjacent(groups[-1][-1], token):
            groups[-1].append(token)
        else:
            groups.append([token])
    found: list[Extent] = []
    for group in groups:
        words = list(dropwhile(lambda token: token.is_punct or (not whole and is_framing(token)), group))
        words = list(dropwhile(lambda token: token.is_punct if whole else _is_loose_end(token), reversed(words)))[::-1]
        if not words:
            continue
        start, end = parsed.extent(words[0], words[-1])
        low, high = _bounds(start, extents)
        extent = trimmed(text, max(start, low), min(end, high))
        if extent is not None:
            found.append(extent)
    return found


def _is_loose_end(token: Token) -> bool:
    """Whether a last word says nothing there: a mark, an "and", or a preposition whose object was cut off into a claim of its own."""
    if token.dep_ == "prep" and any(child.i > token.i for child in token.children):
        return True
    return (token.is_punct and token.text not in {")", "]"}) or token.dep_ == "cc"


def _adjacent(before: Token, after: Token) -> bool:
    doc = before.doc
    return all(doc[i].is_space or doc[i].is_punct for i in range(before.i + 1, after.i))


def _bounds(position: int, extents: tuple[Extent, ...]) -> Extent:
    return next(((start, end) for start, end in extents if start <= position < end), (position, 10**12))


def _with_fragments_joined(text: str, found: list[Proposition]) -> list[Proposition]:
    """Pieces without a verb of their own join the proposition before them, or after the first."""
    whole: list[Proposition] = []
    for proposition in found:
        if whole and not _stands_alone(proposition):
            whole[-1] = joined(text, whole[-1], proposition)
        elif whole and not _stands_alone(whole[-1]):
            whole[-1] = joined(text, proposition, whole[-1])
        else:
            whole.append(proposition)
    return whole


def _stands_alone(proposition: Proposition) -> bool:
    if proposition.root.pos_ in {"VERB", "AUX"}:
        return True
    return any(child.dep_ in SUBJECTS for child in proposition.root.children)


def joined(text: str, main: Proposition, other: Proposition) -> Proposition:
    """Two pieces as one proposition, of which `main` is the head."""
    tokens = tuple(sorted((*main.tokens, *other.tokens), key=lambda token: token.i))
    extents = sorted((*main.extents, *other.extents))
    merged: list[Extent] = []
    for start, end in extents:
        if merged and not any(c.isalnum() for c in text[merged[-1][1] : start]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Proposition(main.parsed, main.root, tokens, tuple(merged))
