"""What a later claim says of an undertaking: kept, broken, doubted, denied, or only that it speaks of it; and what ties it to that one.

Kept and broken need a word that says so ("honoured", "violated"), in a claim asserted as fact, with its negation read; anything else is no more than spoken of. What ties is an
answer already found, the same sentence, the same noun with place, day or document, the same parties with the same words, or, for a doubt, that it stands close after a telling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from witnessmark.corroborate.days import days_of_interval
from witnessmark.corroborate.naming import name_keys
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.corroborate.undertakings import Undertaking, capitalised, nouns_of, words_of
from witnessmark.model.claim import ANSWERING, Act, Kind, Stance
from witnessmark.model.incident import Answer
from witnessmark.model.pledge import Bearing, PledgeKind
from witnessmark.text.fold import folded

CLOSE = 600
"""Code points after a telling within which a doubt that names nothing may be about it: about one paragraph."""

SHARED = 2
"""Words of an undertaking, besides names, that a later claim about the same party must share."""

_KEPT = re.compile(
    r"\b(?:kept|keeps|keeping|honou?r(?:ed|s|ing)?|fulfil(?:l?ed|s|ling)?|carried out|compl(?:ied|ies|y|ying) with|implement(?:ed|s|ing)?|respect(?:ed|s|ing)?|abid(?:ed?|es|ing) by|upheld|observed|is holding|has held|was met|were met|made good)\b"
)
_BROKEN = re.compile(
    r"\b(?:violat(?:ed|es|ing|ions?)|br(?:oke|oken|eaks|each(?:ed|es|ing)?)|reneg(?:ed|es|ing)|collaps(?:ed|es)|flout(?:ed|s|ing)|disregard(?:ed|s|ing)?|abandon(?:ed|s|ing)|torn up|tore up|fell apart|went back on|unfulfilled|unmet|refused)\b"
)
_NOT = re.compile(
    r"(?:\b(?:not|never|no|nor|without|neither|nobody|none|failed to|failing to|refused to|refuses to|yet to)|n[’']t)\W+(?:\w+\W+){0,3}$"
)
_HOLDS = re.compile(r"\b(?:last|hold|holds|work|works|survive|succeed|outlive|outlived|stick|endure|come to anything)\b")


class Tied(NamedTuple):
    """That a claim bears on an undertaking, how, and why it is taken to be about that one."""

    undertaking: Undertaking
    bearing: Bearing
    why: str


def says(text: str) -> Bearing:
    """What words say of a thing promised: kept, broken, or neither. Words for both say neither."""
    plain = folded(text)
    kept = broken = False
    for pattern, keeps in ((_KEPT, True), (_BROKEN, False)):
        for found in pattern.finditer(plain):
            if (_NOT.search(plain[: found.start()]) is None) is keeps:
                kept = True
            else:
                broken = True
    if kept == broken:
        return Bearing.SPEAKS_OF
    return Bearing.SAYS_KEPT if kept else Bearing.SAYS_BROKEN


def bearing_of(placed: PlacedClaim) -> Bearing:
    """How a claim bears on an undertaking that it is about."""
    claim = placed.claim
    if claim.stance is Stance.DOUBTS:
        return Bearing.DOUBTS
    if claim.stance is Stance.DENIES:
        return says(claim.quote) if claim.polarity == "negated" and says(claim.quote) is not Bearing.SPEAKS_OF else Bearing.DENIES
    factual = claim.kind is Kind.FACTUAL and claim.stance in {Stance.ASSERTS, Stance.CONCEDES, Stance.CORRECTS}
    return says(claim.quote) if factual else Bearing.SPEAKS_OF


class Ties:
    """Finds the undertakings a claim bears on."""

    def __init__(self, undertakings: Sequence[Undertaking], answers: Sequence[Answer]) -> None:
        self._by_claim = {told.claim.id: each for each in undertakings for told in each.tellings}
        self._by_attribution = {told.claim.attribution: each for each in undertakings for told in each.tellings}
        self._by_noun: dict[str, list[Undertaking]] = defaultdict(list)
        self._by_party: dict[str, list[Undertaking]] = defaultdict(list)
        self._in_item: dict[str, list[tuple[int, Undertaking]]] = defaultdict(list)
        self._answers: dict[str, list[str]] = defaultdict(list)
        for each in undertakings:
            for noun in each.nouns if each.kind is PledgeKind.AGREEMENT else ():
                self._by_noun[noun].append(each)
            for key in parties_of(each) if each.kind is not PledgeKind.AGREEMENT else ():
                self._by_party[key].append(each)
            for told in each.tellings:
                self._in_item[told.item].append((_end(told), each))
        for answer in answers:
            self._answers[answer.claim].append(answer.about)

    def of(self, placed: PlacedClaim) -> Iterator[Tied]:
        """Each undertaking the claim bears on once, by the first of the ties that holds."""
        claim = placed.claim
        if claim.id in self._by_claim or claim.stance in {Stance.PLEDGES, Stance.DEMANDS}:
            return
        bearing = bearing_of(placed)
        seen: set[str] = set()
        for undertaking, why in (
            *self._answered(placed),
            *self._same_sentence(placed, bearing),
            *self._by_words(placed),
            *self._close(placed),
        ):
            if undertaking.id not in seen:
                seen.add(undertaking.id)
                yield Tied(undertaking, bearing, why)

    def _answered(self, placed: PlacedClaim) -> Iterator[tuple[Undertaking, str]]:
        for about in self._answers.get(placed.claim.id, ()):
            if about in self._by_claim:
                yield self._by_claim[about], "It answers a claim that tells of it."

    def _same_sentence(self, placed: PlacedClaim, bearing: Bearing) -> Iterator[tuple[Undertaking, str]]:
        told = self._by_attribution.get(placed.claim.attribution)
        if told is not None and bearing in {Bearing.SAYS_KEPT, Bearing.SAYS_BROKEN}:
            yield told, "The same speaker says it in the same sentence as a claim that tells of it."

    def _by_words(self, placed: PlacedClaim) -> Iterator[tuple[Undertaking, str]]:
        for noun in nouns_of(placed.claim.quote):
            for each in self._by_noun.get(noun, ()):
                if not _is_earlier(placed, each) and (shared := _shared_of_agreement(placed, each)):
                    yield each, f"It speaks of the {noun}, and {shared}."
        mentioned = _keys_named(placed)
        for key in mentioned:
            for each in self._by_party.get(key, ()):
                common = (words_of(placed.claim.quote) & each.words) - mentioned
                if _is_later(placed, each) and len(common) >= SHARED:
                    yield each, f"It speaks later of the same party, in the same words ({', '.join(sorted(common)[:4])})."

    def _close(self, placed: PlacedClaim) -> Iterator[tuple[Undertaking, str]]:
        claim = placed.claim
        if claim.stance not in ANSWERING or not (
            claim.act is Act.AGREEMENT or (claim.stance is Stance.DOUBTS and _HOLDS.search(folded(claim.quote)))
        ):
            return
        before = [(at, each) for at, each in self._in_item.get(placed.item, ()) if 0 <= _start(placed) - at <= CLOSE]
        agreements = [(at, each) for at, each in before if each.kind is PledgeKind.AGREEMENT]
        if agreements:
            yield (
                max(agreements, key=lambda pair: pair[0])[1],
                "It stands close after a claim that tells of it, in the same document, and names no other agreement.",
            )


def parties_of(undertaking: Undertaking) -> frozenset[str]:
    """Name keys of who promised or demanded, and to whom or of whom."""
    names = [told.speaker_name for told in undertaking.tellings]
    names += [told.claim.addressee.name or told.claim.addressee.text for told in undertaking.tellings if told.claim.addressee]
    return frozenset(key for name in names for key in name_keys(name))


def _keys_named(placed: PlacedClaim) -> frozenset[str]:
    """Name keys of everybody a claim names in its parties or, capitalised, its words; not of who says it, unless they name themselves."""
    named = {key for party in placed.claim.parties for key in name_keys(party.name or party.text)}
    return frozenset(named | {key for word in capitalised(placed.claim.quote) for key in name_keys(word)})


def _shared_of_agreement(placed: PlacedClaim, each: Undertaking) -> str:
    day = days_of_interval(placed.claim.when).day
    if placed.place_key is not None and placed.place_key in each.places:
        return "names the same place"
    if day is not None and day == each.day:
        return "of the same day"
    if placed.item in each.items:
        return "stands in a document that tells of it"
    common = sorted(each.names & capitalised(placed.claim.quote))
    return f"names {' and '.join(common[:3])} too" if len(common) >= SHARED else ""


def _is_later(placed: PlacedClaim, each: Undertaking) -> bool:
    return placed.days.first is not None and each.day is not None and placed.days.first > each.day


def _is_earlier(placed: PlacedClaim, each: Undertaking) -> bool:
    return placed.days.last is not None and each.day is not None and placed.days.last < each.day


def _start(placed: PlacedClaim) -> int:
    return min((span.start for span in placed.claim.content), default=0)


def _end(placed: PlacedClaim) -> int:
    return max((span.end for span in placed.claim.content), default=0)
