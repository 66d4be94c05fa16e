"""How a source has access to the facts, as stated: it suffered or saw it, was told, or rests on a document, an image or a sensor.

The claim reader names a basis where the words of the claim do. A witness says "I was under the second axle" once and goes on telling; a report says in its
first paragraph whom it met. So the sentence, the speaker's other claims in the document and what the speaker is called are looked at as well.
Access that nobody states is not access: it stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from witnessmark.corroborate.telling import Telling
from witnessmark.model.claim import BasisKind
from witnessmark.model.item import SourceKind
from witnessmark.model.span import Span
from witnessmark.text.paragraphs import paragraph_of

DIRECT = frozenset({BasisKind.SUFFERED, BasisKind.SAW, BasisKind.DOCUMENT, BasisKind.IMAGE, BasisKind.SENSOR})
"""Access at first hand: to the happening itself, or to a trace of it."""
ACCESS = DIRECT | {BasisKind.WAS_TOLD}

FIRST_HAND = frozenset({SourceKind.WITNESS, SourceKind.HOSPITAL, SourceKind.COURT, SourceKind.SENSOR})
"""Kinds of source whose own document, held here, is itself the basis of what it says."""

OF_A_KIND = {SourceKind.HOSPITAL: BasisKind.DOCUMENT, SourceKind.COURT: BasisKind.DOCUMENT, SourceKind.SENSOR: BasisKind.SENSOR}
"""What a body that keeps records or instruments rests on in its own document, where it says nothing else."""

_CUES: tuple[tuple[BasisKind, re.Pattern[str]], ...] = (
    (
        BasisKind.SUFFERED,
        re.compile(
            r"\b(?:I|we|he|she|who) (?:was|were|had been) (?:beaten|shot|hit|wounded|tortured|held|detained|burned|raped|buried alive|struck|dragged|thrown)\b"
            r"|\bmy (?:own )?(?:hand|leg|arm|back|wound)s?\b|\bwho (?:survived|lost (?:a|an|his|her))\b|\bI lost (?:a|my)\b|\bsurvivors?\b",
            re.IGNORECASE,
        ),
    ),
    (
        BasisKind.SAW,
        re.compile(
            r"\b(?:I|we|he|she|they|who|team|researchers?|staff|delegates|observers|correspondent|reporter|desk) (?:had |have |has |also |then |themselves |himself |herself )?"
            r"(?:saw|seen|watched|witnessed|counted|heard|found|treated|operated|examined|washed|buried|carried|pulled|dug|measured|visited|photographed|filmed|hid|"
            r"looked on|stood|recogni[sz]ed|received)\b"
            r"|\beye-?witness(?:es)?\b|\bwho was (?:there|present)\b|\bwith (?:my|his|her) own eyes\b|\bI was (?:under|behind|in|on|at|there|standing|hiding|lying)\b",
            re.IGNORECASE,
        ),
    ),
    (
        BasisKind.DOCUMENT,
        re.compile(
            r"\b(?:registers?|ledger|log ?book|logs?|records?|death certificates?|certificates?|burial book|night book|admission (?:book|sheet)|payroll|rota|memorandum|minutes|case file"
            r"|lists? of names|inventory|autops(?:y|ies)|post-mortem)\b",
            re.IGNORECASE,
        ),
    ),
    (
        BasisKind.IMAGE,
        re.compile(r"\b(?:satellite (?:images?|imagery|pictures?)|photographs?|photos?|video|footage|film(?:ed)?|images)\b", re.IGNORECASE),
    ),
    (
        BasisKind.SENSOR,
        re.compile(r"\b(?:seismograph|seismometer|radar|acoustic sensors?|intercepts?|flight[- ]tracking)\b", re.IGNORECASE),
    ),
    (
        BasisKind.WAS_TOLD,
        re.compile(
            r"\b(?:interview(?:s|ed)?|testimon(?:y|ies)|spoke (?:to|with)|told (?:us|me|the (?:team|desk|commission|mission))|statements? (?:of|from|by)|accounts? (?:of|from|by|given))\b",
            re.IGNORECASE,
        ),
    ),
)


class Access(NamedTuple):
    """How a source has access, the words that say so, and the item of this case on which it rests; None where it is only asserted."""

    kind: BasisKind
    words: Span
    held: str | None

    @property
    def rank(self) -> tuple[bool, bool]:
        """First hand before hearsay, held before asserted."""
        return self.kind in DIRECT, self.held is not None


def accesses_of(tellings: Iterable[Telling], *, own_voice: bool) -> list[Access]:
    """The accesses that these tellings of one source state, the best first; none where none does."""
    found = dict.fromkeys(access for telling in tellings for access in _accesses(telling, own_voice))
    return sorted(found, key=lambda access: access.rank, reverse=True)


@lru_cache(maxsize=16384)
def _accesses(telling: Telling, own_voice: bool) -> tuple[Access, ...]:  # noqa: FBT001 -- what is kept is known by its position
    return tuple(_found(telling, own_voice=own_voice))


def _found(telling: Telling, *, own_voice: bool) -> Iterator[Access]:
    held = telling.item if telling.document is not None and telling.document.kind in FIRST_HAND and own_voice else None
    for basis in telling.placed.claim.basis:
        if basis.kind in ACCESS:
            yield Access(basis.kind, Span(basis.start, basis.end, basis.text), basis.held or held)
    speaker = telling.placed.claim.speaker
    if speaker is not None and speaker.mention is not None:
        yield from _cued(speaker.mention.text, speaker.mention.start, held)
    if telling.document is not None and telling.document.text:
        first, last = paragraph_of(telling.document.text, telling.start) if own_voice else telling.sentence
        yield from _cued(telling.document.text[first:last], first, held)
        if own_voice and telling.document.kind in OF_A_KIND:
            yield Access(OF_A_KIND[telling.document.kind], telling.placed.claim.content[0], held)


def _cued(text: str, start: int, held: str | None) -> Iterator[Access]:
    for kind, cue in _CUES:
        if (match := cue.search(text)) is not None:
            yield Access(kind, Span(start + match.start(), start + match.end(), match.group()), held)
            return
