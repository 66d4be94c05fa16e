"""Quotations without a cue of their own: they go on with the speaker of their paragraph, or of the paragraph before.

First the words around the quotation are tried: a verb of saying next to it that the parse tied to nothing. Then the last speaker quoted in the same
paragraph; then, where the quotation opens its paragraph, the last speaker quoted in the one before. A quotation that fits nowhere is nobody's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from witnessmark.claims.attributions import SPEECH, Attribution, Quotes
from witnessmark.claims.frames import source_of
from witnessmark.claims.lexicon import Cue, CueClass, cues
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import Extent, trimmed
from witnessmark.text.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

COLON = Cue(":", CueClass.SAY, frozenset({"colon"}))
NEAR = 80
"""Characters between a quotation and the verb that introduces it, names and titles included."""
SENTENCE_WORDS = 6


def with_continuations(text: str, passages: list[Parsed], found: list[Attribution], quotes: Quotes) -> list[Attribution]:
    """The attributions, with every quotation that had none given to its speaker."""
    by_passage: dict[int, list[Attribution]] = {}
    for attribution in found:
        by_passage.setdefault(attribution.parsed.base, []).append(attribution)
    last: Attribution | None = None
    pending = sorted(quotes.speech)
    place = 0
    result: list[Attribution] = []
    for parsed in passages:
        here = by_passage.get(parsed.base, [])
        end = parsed.base + len(parsed.doc.text)
        while place < len(pending) and pending[place].start < end:
            quotation = pending[place]
            place += 1
            if quotation.start >= parsed.base:
                last = _settle(text, parsed, here, quotation, last, result, quotes)
        quoted = [a for a in here if _quotes_someone(a, quotes) and quotes.holding(a.cue_extent[0][0]) is None]
        last = quoted[-1] if quoted else (None if here else last)
        result.extend(here)
    return result


def _settle(  # noqa: PLR0913, PLR0917 -- a quotation and all that stands around it
    text: str,
    parsed: Parsed,
    here: list[Attribution],
    quotation: Quotation,
    last: Attribution | None,
    before: list[Attribution],
    quotes: Quotes,
) -> Attribution | None:
    inner = trimmed(text, quotation.inner_start, quotation.inner_end)
    if (
        inner is None
        or any(s < inner[1] and inner[0] < e for a in _outside(here, quotation) for s, e in a.extents)
        or not _is_speech(text, quotation)
    ):
        return last
    verb = _verb_beside(parsed, quotation, here, quotes)
    if verb is not None:
        here.append(_introduced(parsed, verb, inner))
        return last
    named = _named_before(parsed, quotation)
    if named is not None:
        here.append(Attribution(parsed, named[1], COLON, "colon", (parsed.extent(named[1], named[1]),), named[0], (inner,)))
        return last
    earlier = [a for a in _outside(here, quotation) if _quotes_someone(a, quotes)]
    if earlier:
        nearest = min(earlier, key=lambda a: min(abs(s - inner[0]) for s, _ in a.extents))
        here[here.index(nearest)] = replace(nearest, extents=tuple(sorted((*nearest.extents, inner))))
    elif last is not None and quotation.start == parsed.base:
        place = next((i for i, a in enumerate(before) if a.anchor == last.anchor and a.parsed is last.parsed), None)
        if place is not None:
            before[place] = replace(before[place], extents=tuple(sorted((*before[place].extents, inner))))
            return before[place]
    return last


def _outside(here: list[Attribution], quotation: Quotation) -> list[Attribution]:
    """The attributions whose cue does not stand within the quotation itself."""
    return [a for a in here if not quotation.start <= a.cue_extent[0][0] < quotation.end]


def _is_speech(text: str, quotation: Quotation) -> bool:
    inner = text[quotation.inner_start : quotation.inner_end]
    opens = text[max(0, quotation.start - 2) : quotation.start]
    return ":" in opens or inner[:1].isupper() or len(inner.split()) >= SENTENCE_WORDS


def _quotes_someone(attribution: Attribution, quotes: Quotes) -> bool:
    return attribution.cue.meaning in SPEECH | {CueClass.BELIEVE, CueClass.JUDGE} and any(
        s < q.inner_end and q.inner_start < e for s, e in attribution.extents for q in quotes.speech
    )


def _verb_beside(parsed: Parsed, quotation: Quotation, here: list[Attribution], quotes: Quotes) -> Token | None:
    taken = {a.anchor.i for a in here}
    after = parsed.tokens_between(quotation.end, quotation.end + NEAR)
    before = parsed.tokens_between(max(parsed.base, quotation.start - NEAR), quotation.start)
    for token in [*after, *reversed(before)]:
        if token.is_punct and token.text in {".", "!", "?"} and token not in before:
            break
        if token.pos_ != "VERB" or token.i in taken or quotes.holding(parsed.start(token)) is not None:
            continue
        cue = cues().get(("verb", token.lemma_.lower()))
        if cue is not None and cue.meaning in SPEECH and "clause" in cue.constructions and source_of(token)[0] is not None:
            return token
    return None


def _named_before(parsed: Parsed, quotation: Quotation) -> tuple[Token, Token] | None:
    """The noun phrase and the colon that introduce a quotation: "the mayor, on the radio: ..."."""
    before = parsed.tokens_between(max(parsed.base, quotation.start - NEAR), quotation.start)
    if len(before) < 2 or before[-1].text != ":":
        return None
    head = before[-2]
    while head.head != head and head.head.i < before[-1].i and head.head.pos_ not in {"VERB", "AUX"}:
        head = head.head
    return (head, before[-1]) if head.pos_ in {"NOUN", "PROPN"} else None


def _introduced(parsed: Parsed, verb: Token, inner: Extent) -> Attribution:
    cue = cues()["verb", verb.lemma_.lower()]
    source, _ = source_of(verb)
    return Attribution(parsed, verb, cue, "quote", (parsed.extent(verb, verb),), source, (inner,))
