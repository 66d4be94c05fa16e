"""Invented evidence at scale, the same every time: what `bench/weigh.py` and `bench/weigh_case.py` weigh.

Words follow Zipf's and Mandelbrot's law over 40,000 invented ones behind the common English stems the package ships, 400 places, four years. For every seven
documents there is a happening with its place, day, act, figure, three names and five words of its own. A document is a report of it in its own words (half), a wire copy word for word but for its first and last
paragraphs (a third), or a retelling of half the sentences (the rest); each has ten claims, one of them an answer (denial, doubt or concession), and two paragraphs that nobody claims anything in. A fifth of the
documents tell of an older happening, too. One happening in forty is told by twenty times as many.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import NamedTuple

import msgspec

from witnessmark.corroborate import PlacedClaim, PlacedDocument
from witnessmark.model.claim import (
    Act,
    Basis,
    BasisKind,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Precision,
    Speaker,
    Stance,
    VictimCount,
    claim_id,
)
from witnessmark.model.item import SourceKind
from witnessmark.model.span import Span

CLAIMS_EACH = 10
DENIES = 7
TOLD_BY = 7
START = date(2028, 1, 1)
DAYS = 1460
PLACES = 400
RARE = 40_000
SYLLABLES = [
    "ka",
    "len",
    "dor",
    "mir",
    "tas",
    "vol",
    "hesh",
    "ner",
    "quo",
    "bri",
    "sal",
    "tun",
    "gor",
    "wem",
    "pai",
    "rud",
    "zan",
    "fe",
    "lo",
    "shu",
]
ACTS = (Act.KILLING, Act.ATTACK, Act.DETENTION, Act.TORTURE, Act.DESTRUCTION, Act.DISPLACEMENT, Act.ENFORCED_DISAPPEARANCE)
STANCES = (Stance.DENIES, Stance.DENIES, Stance.DENIES, Stance.DOUBTS, Stance.CONCEDES)
KINDS = (SourceKind.PRESS, SourceKind.PRESS, SourceKind.PRESS, SourceKind.NGO, None)
ARMIES = ("Karvelian army", "government of Orland", "Red Scarf militia", "Northern Front", "Tessel police")

Told = tuple[PlacedDocument, list[PlacedClaim]]


class Happening(NamedTuple):
    """What documents tell of."""

    place: ClaimPlace
    day: date
    act: Act
    dead: int
    names: list[str]
    words: list[str]
    by: str


class Sentence(NamedTuple):
    """One sentence and what a reader would take from it."""

    text: str
    of: Happening
    n: int
    speaker: str | None


class World:
    """Happenings and the words to tell them in."""

    def __init__(self, documents: int) -> None:
        """Draw it."""
        self.draw = random.Random(7)  # noqa: S311 -- evidence to time, not a secret
        common = (files("witnessmark.corroborate") / "data" / "common-words.tsv").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in common if line and not line.startswith(("#", "*"))]
        head = [word for word, _ in sorted(rows, key=lambda row: -int(row[1])) if word.isalpha()]
        self.words = [*head, *dict.fromkeys(self.name().casefold() for _ in range(RARE))]
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self._places = [
            ClaimPlace(f"Town {self.name()}", f"geonames:{n}", self.draw.uniform(-40, 40), self.draw.uniform(-40, 40), Precision.LOCALITY, 0, 1, "x")
            for n in range(PLACES)
        ]  # fmt: skip
        happenings = [self._happening() for _ in range(max(documents // TOLD_BY, 1))]
        self._happenings = [*happenings, *(each for each in happenings[::40] for _ in range(19))]
        self._printed: dict[int, list[list[Sentence]]] = {}

    def name(self) -> str:
        """An invented name."""
        return "".join(self.draw.choices(SYLLABLES, k=self.draw.randint(2, 4))).capitalize()

    def _happening(self) -> Happening:
        draw = self.draw
        day = START + timedelta(days=draw.randrange(DAYS))
        names, words = [self.name() for _ in range(3)], [draw.choice(self.words[2000:]) for _ in range(5)]
        return Happening(draw.choice(self._places), day, draw.choice(ACTS), draw.randint(1, 90), names, words, draw.choice(ARMIES))

    def _sentence(self, of: Happening, n: int) -> Sentence:
        draw, words = self.draw, self.draw.choices(self.words, cum_weights=self._weights, k=self.draw.randint(10, 26))
        for each in (*draw.sample(of.names, 1), *draw.sample(of.words, 2), *([of.place.name or ""] if n % 3 == 0 else [])):
            words.insert(draw.randrange(len(words)), each)
        text = f"{of.dead} {' '.join(words)}" if n % 4 == 0 else " ".join(words).capitalize()
        speaker = of.by if n == DENIES else f"{draw.choice(of.names)} {of.names[0]}" if n % 3 == 0 else None
        return Sentence(text, of, n, speaker)

    def documents(self, count: int) -> Iterator[Told]:
        """So many documents with their claims, in no order of time."""
        for n in range(count):
            which = self.draw.randrange(len(self._happenings))
            of = self._happenings[which]
            older = self.draw.choice(self._happenings) if self.draw.random() < 0.2 else of
            printed, way = self._printed.setdefault(id(of), []), self.draw.random()
            sentences = [self._sentence(of if k < 8 or older.day > of.day else older, k) for k in range(CLAIMS_EACH)]
            if printed and way < 0.5:
                taken = self.draw.choice(printed[:3])
                sentences = (
                    taken if way < 0.33 else [old if self.draw.random() < 0.5 else new for old, new in zip(taken, sentences, strict=True)]
                )
            printed.append(sentences)
            yield self._document(n, of, sentences)

    def _document(self, n: int, of: Happening, sentences: list[Sentence]) -> Told:
        draw = self.draw
        plain = [" ".join(draw.choices(self.words, cum_weights=self._weights, k=25)).capitalize() for _ in range(2)]
        head, tail = f"{of.place.name}, {plain[0]}.", f"{plain[1]}. Number {n}."
        body = [f"{one.text}. {other.text}." for one, other in zip(sentences[::2], sentences[1::2], strict=True)]
        text = "\n\n".join([head, *body, tail])
        published = (of.day + timedelta(days=draw.randrange(6))).isoformat()
        made = PlacedDocument(f"{n:064x}", text, published, f"Outlet {n % 500} {'News' if n % 3 else 'Committee'}", KINDS[n % len(KINDS)])
        claims, at = [], 0
        for sentence in sentences:
            at = text.index(sentence.text, at)
            claims.append(
                PlacedClaim(claim_of(draw, made, Span(at, at + len(sentence.text), sentence.text), sentence), made.item, published)
            )
        return made, claims


def claim_of(draw: random.Random, document: PlacedDocument, span: Span, told: Sentence) -> Claim:
    """One claim; the eighth answers, every third has a speaker, every fourth a figure, every third a place, every second a day and two in three an act."""
    of, n = told.of, told.n
    start, end = span.start, span.start + 1
    word = span.text[:1]
    counted = VictimCount(
        of.dead, of.dead, None, Harm.KILLED, None, None, approximate=False, derived=False, start=start, end=end, text=word
    )
    answers = n == DENIES
    return Claim(
        id=claim_id(document.item, (span,), (), None),
        attribution=f"a-{document.item[-8:]}-{n}",
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=(span,),
        cue=(),
        speaker=Speaker(name=told.speaker) if told.speaker else None,
        stance=STANCES[len(span.text) % len(STANCES)] if answers else Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        act=None if n % 3 == 1 else of.act,
        parties=(ClaimParty(of.by, PartyRole.PERPETRATOR, start, end, word),) if n % 5 == 2 else (),
        victims=(counted,) if n % 4 == 0 else (),
        when=Interval(of.day.isoformat(), of.day.isoformat(), start, end, word) if n % 2 else None,
        where=msgspec.structs.replace(of.place, start=start, end=end, text=word) if n % 3 == 0 else None,
        basis=(Basis(BasisKind.SAW, None, start, start + 9, span.text[:9]),) if n % 10 == 3 and draw.random() < 0.5 else (),
    )


def evidence(documents: int, more: int = 1) -> Iterator[Told]:
    """Documents of a world made for `documents`, and `more` besides."""
    return World(documents).documents(documents + more)
