"""Examples: annotated texts as windows of features with their labels, through the same code that reads."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from witnessmark.claims.attributions import Quotes
from witnessmark.claims.learned.decoding import CONTENT, SOURCE
from witnessmark.claims.learned.features import Window, cue_features, token_features, windows_of
from witnessmark.claims.learned.network import pieces_of
from witnessmark.claims.parse import Parser
from witnessmark.claims.reader import PROSE
from witnessmark.evaluate.annotated import read_annotated
from witnessmark.text.quotations import find_quotations

NEAR = 8
"""Characters between two claims of one attribution that are joined into one content ("and", a comma)."""
FRAMING = re.compile(r"\b(that|whether|if)\s+\Z", re.IGNORECASE)
"""What PolNeAR's annotators take into a content and the corpus's leave before it."""
MOST_LOOKALIKES = 3
"""Words that look like cues and are none, taken from a window each time it is seen."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One cue as seen from every token, and what each token is to it."""

    seen: Any
    roles: Any


@dataclass(slots=True)
class Example:
    """A window: word pieces, features of tokens, labels of cues, and the window as each of its cues sees it."""

    pieces: Any
    first: Any
    features: Any
    words: Any
    cues: Any
    roles: Any
    linked: list[Linked] = field(default_factory=list)
    lookalikes: list[Any] = field(default_factory=list)


def polnear(path: Path) -> Iterator[dict[str, Any]]:
    """Documents of JSON lines."""
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def corpus(folder: Path) -> Iterator[dict[str, Any]]:
    """Annotated documents in the same form: the claims under one cue are one attribution."""
    for path in sorted(folder.glob("*.ann")):
        document = read_annotated(path)
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for marked in document.marked.values():
            if marked.cue:
                one = found.setdefault(tuple(marked.cue), {"source": set(), "cue": marked.cue, "content": []})
                one["source"] |= set(marked.who)
                one["content"] += marked.says
        attributions = [{**one, "content": _joined(document.text, one["content"])} for one in found.values()]
        yield {"id": path.stem, "text": document.text, "attributions": attributions}


def _joined(text: str, extents: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for bare, end in sorted(set(extents)):
        before = FRAMING.search(text, 0, bare)
        start = before.start(1) if before is not None else bare
        if joined and (start < joined[-1][1] or (start - joined[-1][1] < NEAR and "\n" not in text[joined[-1][1] : start])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def cue_words(documents: Iterable[dict[str, Any]], parser: Parser, least: int = 5) -> frozenset[str]:
    """The lemmas that stand in cues at least so often; where they are no cue, they teach the linker to find nothing."""
    counted: dict[str, int] = {}
    cues = [" ".join(d["text"][s:e] for s, e in a["cue"]) for d in documents for a in d["attributions"]]
    for doc in parser.pipeline.pipe(cues):
        for token in doc:
            if token.is_alpha:
                counted[token.lemma_.lower()] = counted.get(token.lemma_.lower(), 0) + 1
    return frozenset(lemma for lemma, n in counted.items() if n >= least) - {"be", "have", "do", "in", "by", "on", "to"}


def examples_of(
    documents: Iterable[dict[str, Any]], parser: Parser, tokenizer: Tokenizer, lookalikes: frozenset[str]
) -> Iterator[list[Example]]:
    """The examples of each document, in order."""
    documents = list(documents)
    for document, parsed in zip(documents, parser.parse_all(d["text"] for d in documents), strict=True):
        text = document["text"]
        quotes = Quotes(text, find_quotations(text))
        windows = windows_of(p for p in parsed if p.kind in PROSE)
        yield [_example(document, window, quotes, tokenizer, lookalikes) for window in windows]


def _example(document: dict[str, Any], window: Window, quotes: Quotes, tokenizer: Tokenizer, lookalikes: frozenset[str]) -> Example:
    starts = np.array([p.start(t) for t, p in zip(window.tokens, window.passages, strict=True)])
    ends = np.array([p.end(t) for t, p in zip(window.tokens, window.passages, strict=True)])
    words = np.array([any(c.isalnum() for c in t.text) for t in window.tokens])
    pieces, first = pieces_of(tokenizer, [t.text for t in window.tokens])
    size = len(window.tokens)
    example = Example(pieces, first, token_features(window, quotes), words, np.zeros(size, np.int64), np.zeros(size, np.int64))
    for attribution in document["attributions"]:
        cue, source, content = (_within(starts, ends, attribution[role]) for role in ("cue", "source", "content"))
        places = [i for i in np.flatnonzero(cue) if words[i]] or list(np.flatnonzero(cue))
        if not places:
            continue
        roles = np.where(source, SOURCE, np.where(content, CONTENT, 0))
        example.cues[places[0]], example.cues[places[0] + 1 : places[-1] + 1] = 1, 2
        example.roles = np.where(roles > 0, roles, example.roles)
        example.linked.append(Linked(cue_features(window, range(places[0], places[-1] + 1)), roles))
    for i, token in enumerate(window.tokens):
        if example.cues[i] == 0 and token.lemma_.lower() in lookalikes:
            example.lookalikes.append(cue_features(window, range(i, i + 1)))
    return example


def _within(starts: Any, ends: Any, extents: Iterable[tuple[int, int]]) -> Any:  # noqa: ANN401 -- arrays of the parser's tokens
    inside = np.zeros(len(starts), bool)
    for start, end in extents:
        inside |= (starts < end) & (ends > start)
    return inside
