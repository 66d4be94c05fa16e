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
    quoted = any(q.start <= content[0].start and content[0].end <= q.end for q in find_quotations(text))
    return Claim(
        id=claim_id(item, content, (), None),
        attribution=attribution_id(item, content, (), None),
        form=Form.DIRECT if quoted else Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=content,
        cue=(),
        speaker=None,
        stance=Stance.ASSERTS,
        certainty=Certainty.UNKNOWN,
    )


def with_other_words(item: str, claim: Claim, words: str, text: str) -> Claim:
    """The claim as it stands, but saying other words: another claim, by its identity."""
    content = (locate(words, text, claim.content[0].start),)
    mention = claim.speaker.mention if claim.speaker else None
    return msgspec.structs.replace(claim, id=claim_id(item, content, claim.cue, mention), content=content)


def locate(words: str, text: str, near: int) -> Span:
    """The place of `words` in `text` that lies nearest to `near`; letters may be typed without marks, case or accents. Raises UsageError."""
    words = words.strip()
    if not words:
        raise UsageError("No words were given. Type them as they stand in the document.")
    exact = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)]
    places = exact or _loosely(words, text)
    if not places:
        raise UsageError(
            f"{words!r} does not stand in the document. Type words exactly as they stand there; marks, case and line breaks may differ."
        )
    start, end = min(places, key=lambda place: abs(place[0] - near))
    return Span(start, end, text[start:end])


def _loosely(words: str, text: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(part) for part in folded(words).split())
    if not pattern:
        return []
    whole = fold(text)
    return [whole.original(match.start(), match.end()) for match in re.finditer(pattern, whole.text)]
