"""A claim on a terminal: the text it was read from with its words lit, and below it what was read of each field."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.case.reviewing import Shown
from witnessmark.claims.doubts import DOUBT_WORDS
from witnessmark.cli.printing import plain, styled
from witnessmark.cli.screen import Lit, lit_lines
from witnessmark.model.claim import Claim, ClaimPlace, Speaker
from witnessmark.model.correction import ADDED, CORRECTABLE, value_in_words
from witnessmark.model.decision import STATUS_WORDS, Decision
from witnessmark.publish.words import BASIS_WORDS, CERTAINTY_WORDS, act_words, count_words, interval_words

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
    before = dict(_values(shown.as_read)) if shown.as_read else {}
    for label, value in _values(shown.claim):
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


def _values(claim: Claim) -> Iterator[tuple[str, str]]:
    """Each field that says something, in words."""
    yield "words", f"“{' '.join(claim.quote.split())}”"
    yield "speaker", _speaker(claim.speaker)
    polarity = f", and the words are what is {claim.polarity}" if claim.polarity else ""
    relay = f"; hedged by the relay: {claim.relay_certainty}" if claim.relay_certainty else ""
    yield "stance", f"{claim.stance}{polarity}; {claim.kind}, {claim.form}; certainty {CERTAINTY_WORDS[claim.certainty]}{relay}"
    yield "act", act_words(claim.act)
    if claim.parties:
        yield "parties", "; ".join(f"{party.name or party.text} ({party.role})" for party in claim.parties)
    if claim.victims:
        yield "victims", "; ".join(f"{count_words(each)} [“{each.text}”]" for each in claim.victims)
    for label, interval in (("when", claim.when), ("said", claim.said), ("due", claim.due)):
        if interval is not None:
            yield label, f"{interval_words(interval)} [“{interval.text}”]"
    if claim.where is not None:
        yield "where", _place(claim.where)
    if claim.basis:
        yield "basis", "; ".join(f"{BASIS_WORDS[each.kind]} [“{each.text}”]{', held here' if each.held else ''}" for each in claim.basis)
    if claim.addressee is not None:
        yield "addressee", claim.addressee.name or claim.addressee.text
    if claim.purpose is not None:
        yield "purpose", claim.purpose.text


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return "the document itself"
    name = speaker.name or ("anonymous" if speaker.anonymous else "not known who")
    mention = f" [“{speaker.mention.text}”]" if speaker.mention else ""
    role = f", {speaker.role}" if speaker.role else ""
    via = f", by way of {', '.join(speaker.via)}" if speaker.via else ""
    return f"{name}{role}{mention}{via}"


def _place(place: ClaimPlace) -> str:
    known = f", {place.id}, known as a {place.precision}" if place.id and place.precision else ", not in the gazetteer"
    return f"{place.name or place.text}{known} [“{place.text}”]"


def _decided(decision: Decision) -> str:
    value = (
        value_in_words(decision.field, decision.value)
        if decision.field in CORRECTABLE
        else ""
        if decision.field == ADDED
        else decision.value
    )
    what = "added this claim" if decision.field == ADDED else f"decided {decision.field} = {_short(value, 60)}"
    return f"{decision.at[:10]}  {decision.by} {what}: {_short(decision.why, 120)}"


def _short(value: str, longest: int = LONGEST_VALUE) -> str:
    line = " ".join(value.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
