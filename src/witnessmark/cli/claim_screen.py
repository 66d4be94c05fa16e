"""A claim on a terminal: the text it was read from with its words lit, and below it what was read of each field."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.case.reviewing import Shown
from witnessmark.claims.doubts import DOUBT_WORDS
from witnessmark.cli.printing import plain, styled
from witnessmark.cli.screen import Lit, lit_lines
from witnessmark.model.claim import Claim
from witnessmark.model.correction import ADDED
from witnessmark.model.decision import STATUS_WORDS, Decision
from witnessmark.publish.claim_fields import decided_words, field_values

LABEL = 11
"""Columns of the names of fields."""

LONGEST_VALUE = 300


def claim_lines(shown: Shown, *, place: str, width: int) -> Iterator[str]:
    """The lines to show, each made plain and dressed. `place` says which of how many this is."""
    claim = shown.claim
    where = " · ".join(part for part in (shown.item, shown.name, shown.publisher, shown.published, shown.part) if part)
    yield styled(shown.number, "title") + plain(f" · {place} · ") + styled(STATUS_WORDS[shown.status], "soft")
    yield styled(where[: 3 * width], "soft")
    if shown.graphic:
        yield styled("This item is marked graphic.", "warning")
    yield ""
    yield from lit_lines(shown.text, *shown.context, _lit(claim), width)
    yield ""
    yield from _fields(shown, width)
    for doubt in shown.doubts:
        yield from _labelled("in doubt", DOUBT_WORDS[doubt], width, role="warning")
    for name in shown.by_ocr:
        words = f"OCR read the name “{_short(name.text, 60)}”, sure of {name.confidence:.0f} in 100: compare it with the picture before you accept it"
        yield from _labelled("name?", words, width, role="warning")
    for decision in shown.decisions:
        said = _decided(decision)
        yield from (styled(line, "soft") for line in lit_lines(said, 0, len(said), (), width))
    yield ""


def _lit(claim: Claim) -> list[Lit]:
    lit = [Lit(span.start, span.end, "lit") for span in claim.content] + [Lit(span.start, span.end, "cue") for span in claim.cue]
    if claim.speaker and claim.speaker.mention:
        lit.append(Lit(claim.speaker.mention.start, claim.speaker.mention.end, "key"))
    return lit


def _fields(shown: Shown, width: int) -> Iterator[str]:
    before = dict(field_values(shown.as_read)) if shown.as_read else {}
    for label, value in field_values(shown.claim):
        yield from _labelled(label, _short(value), width)
        if shown.as_read is not None and before.get(label) != value:
            yield from _labelled("", f"(the program read: {_short(before.get(label, 'nothing'))})", width)
    if shown.answers:
        yield from _labelled("answers", ", ".join(shown.answers), width)
    if shown.as_read is None:
        yield styled("This claim was added by hand; no program read it.", "soft")


def _labelled(label: str, value: str, width: int, *, role: str = "soft") -> Iterator[str]:
    """A field's name and its value, further lines of which stand under the first."""
    for place, line in enumerate(lit_lines(value, 0, len(value), (), width - LABEL)):
        yield (styled(label.ljust(LABEL), role) if place == 0 else " " * LABEL) + line


def _decided(decision: Decision) -> str:
    what = "added this claim" if decision.field == ADDED else f"decided {decision.field} = {_short(decided_words(decision), 60)}"
    return f"{decision.at[:10]}  {decision.by} {what}: {_short(decision.why, 120)}"


def _short(value: str, longest: int = LONGEST_VALUE) -> str:
    line = " ".join(value.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
