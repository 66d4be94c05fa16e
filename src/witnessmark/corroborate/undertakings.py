"""Undertakings: promises, demands and agreements as claims tell of them, the tellings of one put together.

Two tellings of an agreement are one where they call it by the same noun and share its day or its place and differ in neither. Two promises or demands are one where the same
speaker makes them in mostly the same words and no date differs. Whatever shares less stands by itself: a wrong union would pass one party's promise off as another's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from witnessmark.corroborate.days import Days, days_of_interval
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Act, Kind, Stance
from witnessmark.model.pledge import PledgeKind
from witnessmark.text.fold import folded
from witnessmark.text.names import same_name

AGREEMENT_NOUNS = re.compile(
    r"\b(memorandum|memoranda|truce|cease-?fire|armistice|agreement|accord|treaty|pact|deal|protocol|convention|settlement|communique|roadmap|understanding)s?\b"
)
"""What an agreement is called; the plural speaks of several."""

SAME_WORDS = 0.6
"""Share of the fewer words that two tellings of one promise must have in common: a paraphrase keeps its nouns, another promise of the same speaker does not."""

SHARED_AT_LEAST = 2
"""Words that the shorter of two tellings must have at all: one word alone tells no promise from another."""

LEAST_WORD = 4
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+")
_WORD = re.compile(r"[^\W\d_]+")
_IDLE = frozenset(
    [
        "that",
        "this",
        "these",
        "those",
        "with",
        "from",
        "have",
        "been",
        "will",
        "would",
        "should",
        "could",
        "shall",
        "their",
        "there",
        "which",
        "what",
        "when",
        "where",
        "they",
        "them",
        "then",
        "than",
        "into",
        "over",
        "about",
        "also",
        "must",
        "does",
        "done",
        "make",
        "made",
        "such",
        "only",
        "some",
        "more",
        "most",
        "upon",
        "very",
        "said",
        "says",
    ]
)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One promise, demand or agreement with its tellings, oldest first. `nouns` are what an agreement is called; `words` those that tell it from others.

    `day` is the first day (ordinal) on which it can have been there: the agreement's own, else that of its oldest telling. `places`, `items` and capitalised `names` are those of its tellings.
    """

    kind: PledgeKind
    tellings: tuple[PlacedClaim, ...]
    nouns: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    items: frozenset[str]
    day: int | None

    @classmethod
    def of(cls, kind: PledgeKind, tellings: tuple[PlacedClaim, ...]) -> Undertaking:
        """Work out what is compared of an undertaking."""
        quotes = [told.claim.quote for told in tellings]
        stated = [when.first for told in tellings if (when := days_of_interval(told.claim.when)).first is not None]
        said = [told.days.first for told in tellings if told.days.first is not None]
        return cls(
            kind,
            tellings,
            nouns=frozenset(noun for quote in quotes for noun in nouns_of(quote)),
            words=frozenset(word for quote in quotes for word in words_of(quote)),
            names=frozenset(name for quote in quotes for name in capitalised(quote)),
            places=frozenset(place for told in tellings if (place := told.place_key) is not None),
            items=frozenset(told.item for told in tellings),
            day=min((stated if kind is PledgeKind.AGREEMENT else []) or said, default=None),
        )

    @property
    def id(self) -> str:
        """The id of its oldest claim."""
        return self.tellings[0].claim.id


@lru_cache(maxsize=65536)
def capitalised(text: str) -> frozenset[str]:
    """The capitalised words of a text, folded: its names, and what begins a sentence."""
    return frozenset(folded(word) for word in _CAPITALISED.findall(text))


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell one undertaking from another, folded."""
    return frozenset(word for word in _WORD.findall(folded(text)) if len(word) >= LEAST_WORD and word not in _IDLE)


@lru_cache(maxsize=65536)
def nouns_of(text: str) -> frozenset[str]:
    """What a text calls an agreement."""
    return frozenset(noun.replace("-", "") for noun in AGREEMENT_NOUNS.findall(folded(text)))


def find_undertakings(claims: Sequence[PlacedClaim]) -> list[Undertaking]:
    """All undertakings in the order of their oldest claim. An agreement that no claim states as fact is none: remarks on "truces" in general are many."""
    place = {placed.claim.id: at for at, placed in enumerate(claims)}
    found = [
        Undertaking.of(kind, tuple(sorted(group, key=lambda told: (told.days.first is None, told.days.first or 0, place[told.claim.id]))))
        for kind in PledgeKind
        for group in _grouped(kind, [placed for placed in claims if _kind(placed) is kind])
        if kind is not PledgeKind.AGREEMENT or any(told.claim.kind is Kind.FACTUAL for told in group)
    ]
    return sorted(found, key=lambda undertaking: place[undertaking.id])


def _kind(placed: PlacedClaim) -> PledgeKind | None:
    claim = placed.claim
    if claim.stance is Stance.PLEDGES:
        return PledgeKind.COMMITMENT
    if claim.stance is Stance.DEMANDS:
        return PledgeKind.DEMAND
    told = claim.stance is Stance.ASSERTS and claim.act is Act.AGREEMENT and nouns_of(claim.quote)
    return PledgeKind.AGREEMENT if told else None


def _grouped(kind: PledgeKind, told: Sequence[PlacedClaim]) -> list[list[PlacedClaim]]:
    """Tellings of one undertaking together: the connected components of the pairs that are one."""
    group_of = list(range(len(told)))

    def root(n: int) -> int:
        while group_of[n] != n:
            n = group_of[n]
        return n

    for one, other in _pairs(kind, told):
        first, second = sorted((root(one), root(other)))
        group_of[second] = first
    groups: dict[int, list[PlacedClaim]] = defaultdict(list)
    for n, placed in enumerate(told):
        groups[root(n)].append(placed)
    return list(groups.values())


def _pairs(kind: PledgeKind, told: Sequence[PlacedClaim]) -> Iterable[tuple[int, int]]:
    """Pairs that are one, looked for only among those that share a noun and its place or day, or a word of the speaker's name."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for n, placed in enumerate(told):
        for key in _agreement_keys(placed) if kind is PledgeKind.AGREEMENT else placed.speaker_words:
            blocks[key].append(n)
    same = _same_agreement if kind is PledgeKind.AGREEMENT else _same_promise
    for block in blocks.values():
        firsts: dict[object, int] = {}
        for n in block:
            first = firsts.setdefault(_copied(kind, told[n]), n)
            if first != n:
                yield first, n
        unlike = list(firsts.values())
        yield from ((one, other) for at, other in enumerate(unlike) for one in unlike[:at] if same(told[one], told[other]))


def _copied(kind: PledgeKind, placed: PlacedClaim) -> object:
    """Equal for tellings in a block that are one without being compared: a thousand copies of an article cost no more than one."""
    claim = placed.claim
    if kind is PledgeKind.AGREEMENT:
        return placed.place_key, days_of_interval(claim.when)
    words = words_of(claim.quote)
    return (placed.speaker_words, words, days_of_interval(claim.due)) if len(words) >= SHARED_AT_LEAST else claim.id


def _agreement_keys(placed: PlacedClaim) -> Iterable[object]:
    day = days_of_interval(placed.claim.when).day
    for noun in nouns_of(placed.claim.quote):
        if placed.place_key is not None:
            yield noun, placed.place_key
        if day is not None:
            yield noun, day


def _same_agreement(one: PlacedClaim, other: PlacedClaim) -> bool:
    """They share a noun and a place or day already; neither place nor time may differ."""
    if one.place_key is not None and other.place_key is not None and one.place_key != other.place_key:
        return False
    return days_of_interval(one.claim.when).overlaps(days_of_interval(other.claim.when))


def _same_promise(one: PlacedClaim, other: PlacedClaim) -> bool:
    first, second = words_of(one.claim.quote), words_of(other.claim.quote)
    fewer = min(len(first), len(second))
    if fewer < SHARED_AT_LEAST or len(first & second) < SAME_WORDS * fewer:
        return False
    if not _dates_agree(days_of_interval(one.claim.due), days_of_interval(other.claim.due)):
        return False
    return one.speaker_words == other.speaker_words or same_name(one.speaker_name, other.speaker_name)


def _dates_agree(one: Days, other: Days) -> bool:
    return one.last is None or other.last is None or one.last == other.last
