"""The derivation graph of one incident: what shows that a telling comes from another telling or from a source.

Every tie carries its evidence (item, span, kind) and an id by which a person can reject it; what is rejected is handed in and looked past. Looked for, in
this order: what a document is a translation of; a passage older documents have word for word; the source a speaker cites; the publisher who is the speaker;
what the same document attributes, for its headlines; an agency credited; a picture that an older document shows; an older telling in other words; an older document that the whole account most likely goes back to (`retelling`). Ties are proposals from spelling alone. That none was found does not show that two tellings are
independent, so the lines count both what is established and what is possible.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from witnessmark.corroborate.access import DIRECT, accesses_of
from witnessmark.corroborate.passages import SharedPassage
from witnessmark.corroborate.retelling import Retold
from witnessmark.corroborate.telling import Telling, words_in_common
from witnessmark.corroborate.voices import Voice, VoiceKind, Voices
from witnessmark.corroborate.words import shared_weight
from witnessmark.model.claim import BasisKind
from witnessmark.model.incident import Tie, TieKind
from witnessmark.model.span import Span
from witnessmark.text.names import acronym

COVERED = 0.5
"""Share of a telling's characters that must stand in a shared passage."""
REWORDED = 0.55
"""Overlap of rare words from which an account of unknown origin is taken for an older one told again; with one figure in common `REWORDED_FIGURE` is enough."""
REWORDED_FIGURE = 0.35
LEAST_SHARED = 2.0
"""Rare words, by weight, that must be shared: two short sentences share half their words by chance."""
CREDIT_HEAD = 500
"""Characters at the top of a document in which an agency is credited; a byline stands there, or in the last `CREDIT_TAIL`."""
CREDIT_TAIL = 200
MOST_COMPARED = 60
"""Older tellings, no two of the same words, that one is compared with."""


class Ties:
    """Finds the ties among the tellings of one incident, which come oldest first."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        voices: Voices,
        passages: Mapping[str, Sequence[SharedPassage]],
        rejected: Collection[str],
        retold: Mapping[str, Retold],
    ) -> None:
        self._voices = voices
        self._retold = retold
        self._passages = passages
        self._rejected = rejected
        self._by_item: dict[str, list[Telling]] = defaultdict(list)
        self._by_publisher: dict[str, list[Telling]] = defaultdict(list)
        for one in tellings:
            self._by_item[one.item].append(one)
            if one.document and one.document.publisher and (key := voices.key_of(one.document.publisher)):
                self._by_publisher[key].append(one)
        self._seen: dict[frozenset[str], Telling] = {}

    def of(self, telling: Telling) -> Tie | None:
        """The first tie found that nobody rejected. Ask for tellings oldest first: each is compared with those asked for before."""
        voice = self._voices.of(telling)
        found = next((tie for tie in self._candidates(telling, voice) if tie.id not in self._rejected), None)
        if len(self._seen) < MOST_COMPARED:
            self._seen.setdefault(frozenset(telling.words), telling)
        return found

    def _candidates(self, telling: Telling, voice: Voice) -> Iterator[Tie]:
        yield from self._translated(telling)
        if voice.is_open:
            yield from self._copied(telling)
        yield from self._cited(telling, voice)
        if voice.kind is VoiceKind.NAMED:
            yield from self._relayed(telling, voice)
        if voice.kind is VoiceKind.PRESS:
            yield from self._attributed(telling)
        if voice.is_open:
            yield from self._credited(telling)
        yield from self._pictured(telling, voice)
        if voice.is_open:
            yield from self._reworded(telling, voice)
        if voice.is_open or (voice.kind is VoiceKind.BODY and not accesses_of([telling], own_voice=True)):
            yield from self._retells(telling)

    def _translated(self, telling: Telling) -> Iterator[Tie]:
        made_from = telling.document.translates if telling.document else None
        if made_from is not None:
            found = closest(telling, self._by_item.get(made_from, ()))
            if found is not None:
                yield _tie(TieKind.TRANSLATION, telling, _span(telling), found, "The document is a translation of that one.")

    def _copied(self, telling: Telling) -> Iterator[Tie]:
        claim, size = telling.placed.claim, max(sum(span.end - span.start for span in telling.placed.claim.content), 1)
        for passage in self._passages.get(telling.item, ()):
            shared = sum(max(0, min(span.end, passage.span.end) - max(span.start, passage.span.start)) for span in claim.content)
            if shared < COVERED * size:
                continue
            older = self._by_item.get(passage.of, ())
            inside = [one for one in older if one.start < passage.of_span.end and one.sentence[1] > passage.of_span.start]
            found = closest(telling, inside) or closest(telling, older)
            why = f"{passage.words} words stand in the older document as they stand here."
            if found is not None:
                yield msgspec.structs.replace(_tie(TieKind.PASSAGE, telling, passage.span, found, why), of_span=passage.of_span)

    def _cited(self, telling: Telling, voice: Voice) -> Iterator[Tie]:
        for basis in telling.placed.claim.basis:
            if basis.kind not in {BasisKind.WAS_TOLD, BasisKind.DOCUMENT}:
                continue
            name = self._named_in(basis.text, voice.key)
            if name is not None:
                why = f"{voice.name} cites {name}."
                yield _tie(TieKind.CITED, telling, Span(basis.start, basis.end, basis.text), name, why)

    def _relayed(self, telling: Telling, voice: Voice) -> Iterator[Tie]:
        """The speaker publishes itself: what it is quoted for is what its own document tells."""
        own = [one for one in self._by_publisher.get(voice.key, ()) if one.item != telling.item]
        found = closest(telling, own)
        speaker = telling.placed.claim.speaker
        if found is not None and speaker is not None:
            yield _tie(TieKind.RELAY, telling, speaker.mention or _span(telling), found, f"It is told as {voice.name} told it.")

    def _attributed(self, telling: Telling) -> Iterator[Tie]:
        """What the press asserts and attributes in the same document."""
        beside = [one for one in self._by_item[telling.item] if one.placed.claim.speaker is not None]
        found = closest(telling, beside, least=REWORDED_FIGURE)
        if found is not None:
            yield _tie(TieKind.HEADLINE, telling, _span(telling), found, "The same document attributes what it asserts here.")

    def _credited(self, telling: Telling) -> Iterator[Tie]:
        document = telling.document
        if document is None:
            return
        own = self._voices.key_of(document.publisher) if document.publisher else None
        for key, published in self._by_publisher.items():
            if key == own or not (where := _credit(document.text, key)):
                continue
            older = [one for one in published if one.age[0] <= telling.age[0]]
            found = closest(telling, older)
            if found is not None:
                yield _tie(TieKind.CREDIT, telling, where, found, f"The document credits {key}.")

    def _pictured(self, telling: Telling, voice: Voice) -> Iterator[Tie]:
        """An account of unknown origin, or one that rests on an image, in a document that shows a picture which an older document shows: one picture, one line, however many print it.

        What a named source says beside a picture that others print as well is that source's own.
        """
        image = next((basis for basis in telling.placed.claim.basis if basis.kind is BasisKind.IMAGE), None)
        if telling.document is None or (image is None and not voice.is_open):
            return
        for shared in telling.document.pictures:
            older = [one for one in self._by_item.get(shared.of, ()) if one.age < telling.age]
            if image is not None and not voice.is_open:
                older = [one for one in older if any(basis.kind is BasisKind.IMAGE for basis in one.placed.claim.basis)]
            found = closest(telling, older)
            if found is not None:
                span = Span(image.start, image.end, image.text) if image else _span(telling)
                why = f"The document shows a picture that the older one shows, too ({shared.evidence})."
                yield _tie(TieKind.PICTURE, telling, span, found, why)

    def _reworded(self, telling: Telling, voice: Voice) -> Iterator[Tie]:
        best, most = None, 0.0
        for older in self._seen.values():
            if older.item == telling.item or older.age >= telling.age:
                continue
            if voice.kind is VoiceKind.DESCRIBED and self._voices.of(older).kind is not VoiceKind.DESCRIBED:
                continue
            share = words_in_common(telling, older)
            least = REWORDED_FIGURE if telling.figures & older.figures else REWORDED
            if share >= least and share > most and shared_weight(telling.words, older.words) >= LEAST_SHARED:
                best, most = older, share
        if best is not None:
            why = f"An account of unknown origin that tells in other words what was told before ({most:.0%} of the rare words)."
            yield _tie(TieKind.REWORDED, telling, _span(telling), best, why)

    def _retells(self, telling: Telling) -> Iterator[Tie]:
        retold = self._retold.get(telling.item)
        found = closest(telling, self._by_item.get(retold.of, ())) if retold else None
        if retold is not None and found is not None:
            why = f"What both documents tell of it makes it likely ({retold.likely:.0%}) that they have it from one source, though no words are copied."
            yield _tie(TieKind.RETOLD, telling, _span(telling), found, why)

    def _named_in(self, text: str, own: str) -> str | None:
        """The source of this incident that a text names, longest name first."""
        for name in self._voices.known_names():
            if len(name) > 3 and name in text and self._voices.key_of(name) != own:
                return name
        return None


def closest(telling: Telling, others: Sequence[Telling], *, least: float = 0.0) -> Telling | None:
    """The telling that has most in common with this one, figures before words; None where none has as much as `least`."""
    best, most = None, -1.0
    for other in others:
        if other.id == telling.id:
            continue
        share = words_in_common(telling, other)
        likeness = share + bool(telling.figures & other.figures)
        if likeness > most and likeness >= least:
            best, most = other, likeness
    return best


def is_direct(telling: Telling) -> bool:
    """Whether the claim itself names a basis at first hand."""
    return any(basis.kind in DIRECT and basis.kind is not BasisKind.DOCUMENT for basis in telling.placed.claim.basis)


def _credit(text: str, name: str) -> Span | None:
    """Where the top or the end of a text names a publisher, in full or by its capitals."""
    short = acronym(name)
    for start, part in (
        (0, text[:CREDIT_HEAD]),
        (max(CREDIT_HEAD, len(text) - CREDIT_TAIL), text[max(CREDIT_HEAD, len(text) - CREDIT_TAIL) :]),
    ):
        for form in (name, *((f"({short})",) if short else ())):
            at = part.find(form)
            if at >= 0:
                return Span(start + at, start + at + len(form), form)
    return None


def _span(telling: Telling) -> Span:
    return telling.placed.claim.content[0]


def _tie(kind: TieKind, telling: Telling, span: Span, of: Telling | str, why: str) -> Tie:
    """A tie to another telling, or to a source by its name."""
    told = of if isinstance(of, Telling) else None
    name = of if isinstance(of, str) else None
    key = msgspec.json.encode([kind, telling.id, told.id if told else None, name, span.start, span.end])
    return Tie(
        "e-" + hashlib.sha256(key).hexdigest()[:20],
        kind,
        telling.id,
        told.id if told else None,
        name,
        telling.item,
        span,
        told.item if told else None,
        _span(told) if told else None,
        why,
    )
