"""Claims read by a person: words selected in a document, in any script, found at their exact characters however they were typed."""

from __future__ import annotations

import re

import msgspec

from witnessmark.errors import UsageError
from witnessmark.model.claim import Certainty, Claim, Form, Kind, Stance, attribution_id, claim_id
from witnessmark.model.span import Span
from witnessmark.text import find_quotations
from witnessmark.text.fold import fold, folded


def added(item: str, words: str, text: str, *, near: int = 0) -> Claim:
    """A new claim whose content is `words` of `text`. What else it says is unknown until somebody enters it. Raises UsageError."""
    content = (locate(words, text, near),)
    return Claim(
        id=claim_id(item, content, (), None),
        attribution=attribution_id(item, content, (), None),
        form=_form(content[0], text),
        kind=Kind.FACTUAL,
        polarity=None,
        content=content,
        cue=(),
        speaker=None,
        stance=Stance.ASSERTS,
        certainty=Certainty.UNKNOWN,
    )


def with_other_words(item: str, claim: Claim, words: str, text: str, *, near: int | None = None) -> Claim:
    """The claim as it stands, but saying other words: another claim, by its identity."""
    content = (locate(words, text, claim.content[0].start if near is None else near),)
    mention = claim.speaker.mention if claim.speaker else None
    return msgspec.structs.replace(claim, id=claim_id(item, content, claim.cue, mention), content=content, form=_form(content[0], text))


def locate(words: str, text: str, near: int) -> Span:
    """The place of `words` in `text` that lies nearest to `near`; letters may be typed without marks, case or accents. Raises UsageError."""
    words = words.strip()
    if not words:
        raise UsageError("No words were given. Type them as they stand in the document.")
    if text.startswith(words, near):
        return Span(near, near + len(words), words)
    exact = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)]
    loose = [] if any(_is_whole(place, text) for place in exact) else _loosely(words, text)
    places = [place for place in (*exact, *loose) if _is_whole(place, text)] or exact or loose
    if not places:
        raise UsageError(
            f"{words!r} does not stand in the document. Type words exactly as they stand there; marks, case and line breaks may differ."
        )
    start, end = min(places, key=lambda place: abs(place[0] - near))
    return Span(start, end, text[start:end])


def _form(content: Span, text: str) -> Form:
    """Whether words are the speaker's own: only where quotation marks of the text hold all of them."""
    quoted = any(q.start <= content.start and content.end <= q.end for q in find_quotations(text))
    return Form.DIRECT if quoted else Form.INDIRECT


def _is_whole(place: tuple[int, int], text: str) -> bool:
    """Whether a stretch begins and ends where words do, so that "he" is not found inside "the"."""
    start, end = place
    inside_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    inside_after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not inside_before and not inside_after


def _loosely(words: str, text: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(part) for part in folded(words).split())
    if not pattern:
        return []
    whole = fold(text)
    return [whole.original(match.start(), match.end()) for match in re.finditer(pattern, whole.text)]
