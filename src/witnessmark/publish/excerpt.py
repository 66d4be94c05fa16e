"""Cuts a document's text into runs with the same spans on them: a claim in its surroundings, or a whole document lit.

Works on offsets in code points of the document's text and never changes a character of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from witnessmark.model.document import Anchor
from witnessmark.model.span import Span
from witnessmark.model.view import ReadClaim
from witnessmark.publish.block import Run, Start
from witnessmark.publish.casebook import stands

CONTEXT = 160
"""Characters shown on either side of a quoted span."""

LONGEST_SPAN = 900
"""Characters of one span shown in an excerpt; the rest is in the document."""

MOST_PIECES = 6

CHUNK = 6_000
"""Characters of one passage of a whole document: even written out as code points they stay well under a page."""

_WORD = 24
"""How far to look for the edge of a word; scripts without spaces are cut where they are."""


class Layer(msgspec.Struct, frozen=True):
    """A span to light: `kind` is "content", "cue" or "speaker"; `start_of` where a claim begins with it."""

    start: int
    end: int
    kind: str
    start_of: Start | None = None


def layers_of(read: ReadClaim, document_text: str, start: Start | None = None) -> list[Layer]:
    """The spans of a claim that stand in the document; its first content span carries `start`."""
    claim = read.claim
    if not stands(read, document_text):
        return []
    layers = [Layer(span.start, span.end, "content", start if place == 0 else None) for place, span in enumerate(claim.content)]
    layers += [Layer(span.start, span.end, "cue") for span in claim.cue if span.holds_in(document_text)]
    if claim.speaker and claim.speaker.mention and claim.speaker.mention.holds_in(document_text):
        layers.append(Layer(claim.speaker.mention.start, claim.speaker.mention.end, "speaker"))
    return layers


def in_context(text: str, read: ReadClaim, layers: list[Layer], context: int = CONTEXT) -> tuple[Run, ...]:
    """The claim's content with about `context` characters either side; gaps are marked. A short context never crosses a blank line."""
    windows = _merged([_window(text, span, context) for span in read.claim.content[:MOST_PIECES]])
    runs: list[Run] = []
    for start, end in windows:
        if start > 0:
            runs.append(Run("… "))
        runs.extend(lit(text, start, end, layers))
        if end < len(text):
            runs.append(Run(" …"))
    return tuple(runs)


def lit(text: str, start: int, end: int, layers: Iterable[Layer], labels: Iterable[Anchor] = ()) -> Iterator[Run]:
    """The text from `start` to `end` as runs, cut wherever a span begins or ends, or a labelled part (a page) begins."""
    inside = [layer for layer in layers if layer.start < end and layer.end > start]
    named = {anchor.start: f"{anchor.kind} {anchor.label}" for anchor in labels if start <= anchor.start < end}
    opens: dict[int, list[Layer]] = {}
    closes: dict[int, list[Layer]] = {}
    for layer in inside:
        opens.setdefault(max(layer.start, start), []).append(layer)
        closes.setdefault(min(layer.end, end), []).append(layer)
    on: Counter[str] = Counter()
    edges = sorted({start, end, *opens, *closes, *named})
    for at, following in pairwise(edges):
        on.subtract(layer.kind for layer in closes.get(at, ()))
        on.update(layer.kind for layer in opens.get(at, ()))
        starts = tuple(layer.start_of for layer in opens.get(at, ()) if layer.start_of and layer.start == at)
        yield Run(text[at:following], on["content"] > 0, on["cue"] > 0, on["speaker"] > 0, starts, named.get(at))


def chunks(text: str, start: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches in which the text from `start` to `last` is shown, each cut at the last line end within its length, else at its length."""
    while start < last:
        end = min(start + CHUNK, last)
        line = text.rfind("\n", start + CHUNK // 2, end) if end < last else -1
        end = end if line < 0 else line + 1
        yield start, end
        start = end


def _window(text: str, span: Span, context: int) -> tuple[int, int]:
    end = min(span.end, span.start + LONGEST_SPAN)
    return _left_edge(text, span.start, context), _right_edge(text, end, context)


def _left_edge(text: str, start: int, context: int) -> int:
    low = max(0, start - context)
    blank = text.rfind("\n\n", low, start) if context <= CONTEXT else text.find("\n\n", low, start) if low else -1
    if blank >= 0:
        return blank + 2
    if low == 0:
        return 0
    space = next((at for at in range(low, min(low + _WORD, start)) if text[at].isspace()), None)
    return low if space is None else space + 1


def _right_edge(text: str, end: int, context: int) -> int:
    high = min(len(text), end + context)
    blank = text.find("\n\n", end, high) if context <= CONTEXT else text.rfind("\n\n", end, high) if high < len(text) else -1
    if blank >= 0:
        return blank
    if high == len(text):
        return high
    return next((at for at in range(high, max(high - _WORD, end), -1) if text[at].isspace()), high)


def _merged(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
