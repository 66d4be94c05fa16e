"""Composing: from a proposition in somebody's mouth to a claim with all its fields, every one of them read from the text or left empty."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from witnessmark.claims.acts import Found, find_act
from witnessmark.claims.answering import answers_for
from witnessmark.claims.attributions import Attribution, Quotes
from witnessmark.claims.basis import own_basis
from witnessmark.claims.certainty import read_certainty, relay_certainty
from witnessmark.claims.circumstances import Dated, time_of
from witnessmark.claims.lexicon import CueClass
from witnessmark.claims.parse import Parsed
from witnessmark.claims.parties import parties_of
from witnessmark.claims.phrases import Extent, noun_phrase, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.speaker_words import LEADING
from witnessmark.claims.speakers import Speakers
from witnessmark.claims.stance import Reading, class_of_phrase, read_stance
from witnessmark.claims.victims import find_victims
from witnessmark.claims.where import Located, find_place
from witnessmark.model.claim import Act, Addressee, Basis, Claim, Form, Interval, Kind, Speaker, Stance, attribution_id, claim_id
from witnessmark.model.span import Span
from witnessmark.text.dates import find_dates
from witnessmark.text.numbers import Count, find_counts
from witnessmark.text.places import find_places
from witnessmark.text.quotations import find_quotations

Positioned = TypeVar("Positioned")
_STANDS_AS_PLACE = re.compile(r"\b(?:in|at|near|from|of|city|town|village)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Who speaks, by which cue, and what holds for every proposition cut from one attribution."""

    attribution: Attribution | None
    speaker: Speaker | None
    mention: Extent | None
    extents: tuple[Extent, ...]
    said: Interval | None = None
    basis: tuple[Basis, ...] = ()
    personal: bool = False
    spoken: bool = False
    bare: bool = False
    """Whether only a thing is pointed to ("mentioned *the report*"): it is somebody's words, but states nothing that could be checked."""

    @property
    def cue(self) -> CueClass | None:
        """The class of the cue, None where there is none; to call something a name is to judge it, to call for something to demand it."""
        if self.attribution is None:
            return None
        meaning = self.attribution.cue.meaning
        if meaning is CueClass.CALL:
            return CueClass.JUDGE if self.attribution.construction.endswith(("object", "prep:as", "subject")) else CueClass.DEMAND
        return meaning

    @property
    def cue_lemma(self) -> str | None:
        """The lemma of the cue, None where there is none."""
        return self.attribution.cue.lemma if self.attribution is not None else None

    @property
    def cue_extents(self) -> tuple[Extent, ...]:
        """Where the cue stands."""
        return self.attribution.cue_extent if self.attribution is not None else ()


@dataclass(slots=True, eq=False)
class Facts:
    """What was found in a document's text before any claim was read."""

    text: str
    item: str
    quotes: Quotes
    speakers: Speakers
    dates: list[Dated] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    places: list[Located] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, item: str, published: str | None, parsed: Sequence[Parsed] = ()) -> Facts:
        """Everything that is read off the characters alone; which words of a text in capitals are names, `parsed` says."""
        quotes = Quotes(text, find_quotations(text))
        dates = [Dated(*found) for found in find_dates(text, published, open_ends=True)]
        places = without_plain_words(text, [Located(*found) for found in find_places(text, inside_names=False)], parsed)
        states = frozenset(p.start for p in places if p.place is not None and p.place.precision == "country")
        return cls(text, item, quotes, Speakers(text, states), dates, list(find_counts(text)), places)

    def dates_in(self, extents: Iterable[Extent]) -> list[Dated]:
        """The dates that stand within the extents."""
        return [d for start, end in extents for d in within(self.dates, start, end, lambda d: d.start) if d.end <= end]

    def places_in(self, extents: Iterable[Extent]) -> list[Located]:
        """The places that stand within the extents."""
        return [p for start, end in extents for p in within(self.places, start, end, lambda p: p.start) if p.end <= end]

    def counts_in(self, extents: tuple[Extent, ...]) -> list[Count]:
        """The counts whose number stands within the extents."""
        return [c for start, end in extents for c in within(self.counts, start, end, lambda c: c.number_start) if c.number_end <= end]

    def span(self, extent: Extent) -> Span:
        """The characters of an extent."""
        return Span.of(self.text, *extent)


def without_plain_words(text: str, places: list[Located], parsed: Sequence[Parsed]) -> list[Located]:
    """The places without those that, in a text in capitals, are plain words of the language: "THE CENTER", "AREA", "A MASSACRE" are towns somewhere, too.

    Such a word stays where it stands as a place does ("IN MOBILE"), or where the text names the same place so elsewhere; countries stay.
    """
    bases = [piece.base for piece in parsed]

    def is_plain(one: Located) -> bool:
        at = bisect_right(bases, one.start) - 1
        tokens = parsed[at].tokens_between(one.start, one.end) if at >= 0 and text[one.start : one.end].isupper() else []
        return (
            bool(tokens)
            and all(token.text.islower() for token in tokens)
            and _STANDS_AS_PLACE.search(text[max(0, one.start - 12) : one.start]) is None
        )

    plain = [one.place is not None and one.place.precision != "country" and is_plain(one) for one in places]
    named = {one.place.id for one, is_word in zip(places, plain, strict=True) if one.place is not None and not is_word}
    return [one for one, is_word in zip(places, plain, strict=True) if not is_word or (one.place is not None and one.place.id in named)]


def within(found: list[Positioned], start: int, end: int, position: Callable[[Positioned], int]) -> list[Positioned]:
    """What starts from `start` to before `end`, of a list in the order of its positions."""
    return found[bisect_left(found, start, key=position) : bisect_left(found, end, key=position)]


def compose(facts: Facts, voice: Voice, proposition: Proposition) -> Claim:
    """The claim a proposition makes in a voice."""
    text = facts.text
    content = tuple(Span.of(text, start, end) for start, end in proposition.extents)
    cue = tuple(Span.of(text, start, end) for start, end in voice.cue_extents)
    mention = Span.of(text, *voice.mention) if voice.mention is not None else None
    whole = tuple(Span.of(text, start, end) for start, end in voice.extents)
    found = find_act(proposition)
    reading = stance_of(voice, proposition)
    counts = facts.counts_in(proposition.extents)
    when, due = time_of(text, reading.stance, facts.dates_in(proposition.extents))
    return Claim(
        id=claim_id(facts.item, content, cue, mention),
        attribution=attribution_id(facts.item, whole, cue, mention),
        form=_form(facts, voice, proposition),
        kind=Kind.OPINION if voice.bare else _kind(reading.kind, found, reading.stance),
        polarity=reading.polarity,
        content=content,
        cue=cue,
        speaker=voice.speaker,
        stance=reading.stance,
        certainty=read_certainty(proposition, voice.cue, facts.quotes, voice.cue_lemma),
        relay_certainty=relay_certainty(voice.attribution, proposition, facts.quotes),
        act=found.act if found is not None else None,
        parties=parties_of(text, proposition, found, facts.speakers),
        addressee=_addressee(facts, voice, reading.stance),
        purpose=_purpose(text, proposition),
        victims=find_victims(text, proposition, counts),
        when=when,
        said=voice.said,
        due=due,
        where=find_place(text, proposition, facts.places_in(proposition.extents)),
        basis=(
            *own_basis(text, proposition, first_person=voice.personal or voice.spoken, attributed=voice.attribution is not None),
            *voice.basis,
        ),
        confidence=_rounded(voice.attribution.sure) if voice.attribution is not None else None,
    )


def stance_of(voice: Voice, proposition: Proposition) -> Reading:
    """How the voice puts the proposition forward, and why it is read so."""
    phrase = class_of_phrase(_cue_words(voice.attribution)) if voice.attribution is not None else None
    return read_stance(
        proposition,
        phrase or voice.cue,
        find_act(proposition),
        cue_negated=phrase is None and voice.attribution is not None and voice.attribution.negated,
        attributed=voice.speaker is not None or voice.personal,
        answering=voice.personal or answers_for(voice.speaker),
        cue_lemma=voice.cue_lemma,
    )


def _cue_words(attribution: Attribution) -> str:
    """The words of a cue as the document has them."""
    parsed = attribution.parsed
    return " ".join(parsed.doc.text[start - parsed.base : end - parsed.base] for start, end in attribution.cue_extent)


def _rounded(sure: float | None) -> float | None:
    return round(sure, 2) if sure is not None else None


def _form(facts: Facts, voice: Voice, proposition: Proposition) -> Form:
    if voice.attribution is None:
        return Form.DIRECT
    whole = quoted = 0
    for start, end in proposition.extents:
        whole += end - start
        quoted += sum(max(0, min(end, q.end) - max(start, q.start)) for q in facts.quotes.touching(start, end))
    if quoted == 0:
        return Form.INDIRECT
    return Form.DIRECT if quoted >= 0.9 * whole else Form.MIXED


def _kind(kind: Kind, found: Found | None, stance: Stance) -> Kind:
    if kind is Kind.OPINION and found is not None and found.act is not Act.OTHER and stance is Stance.ASSERTS:
        return Kind.FACTUAL
    return kind


def _addressee(facts: Facts, voice: Voice, stance: Stance) -> Addressee | None:
    if voice.attribution is None or voice.attribution.addressee is None or stance not in {Stance.DEMANDS, Stance.PLEDGES}:
        return None
    token = voice.attribution.addressee
    first, last = noun_phrase(token)
    extent = trimmed(facts.text, *voice.attribution.parsed.extent(first, last))
    if extent is None:
        return None
    words = facts.text[extent[0] : extent[1]]
    return Addressee(None if token.pos_ == "PRON" else LEADING.sub("", words), extent[0], extent[1], words)


def _purpose(text: str, proposition: Proposition) -> Span | None:
    """A stated aim: "in order to ...", "to cover up ...", "so that ..."."""
    for child in proposition.root.children:
        aux = [grand.lower_ for grand in child.children if grand.dep_ == "aux"]
        so_that = any(grand.dep_ == "mark" and grand.lower_ == "that" for grand in child.children) and any(
            grand.lower_ == "so" for grand in child.children
        )
        if child.dep_ == "advcl" and child.i > proposition.root.i and ((child.tag_ == "VB" and "to" in aux) or so_that):
            extent = trimmed(text, *proposition.parsed.extent(child.left_edge, child.right_edge))
            if extent is not None and any(start <= extent[0] and extent[1] <= end for start, end in proposition.extents):
                return Span.of(text, *extent)
    return None
