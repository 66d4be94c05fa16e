"""Times searching a case of many claims: queries drawn from every tenth of the vocabulary by document frequency, first page of 20 with facets.

Run: .venv/bin/python bench/search.py [CLAIMS] [QUERIES]
The case is synthetic and the same every time (seeded): words after Zipf's law from an invented vocabulary in Latin, Arabic, Cyrillic and Chinese
script, written into a `case.db` by the store's own functions. It is kept in the system's folder for temporary files, to be measured again.
Prints the milliseconds of a search inside one warm process by tenths and by kinds of query, and the seconds of the command as a whole process.
"""

from __future__ import annotations

import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import insert

from witnessmark.case.case import Case, create_case, open_case
from witnessmark.case.searching import Question, search_case
from witnessmark.model.canonical import canonical_json
from witnessmark.model.claim import (
    Act,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Interval,
    Kind,
    PartyRole,
    Speaker,
    Stance,
    claim_id,
)
from witnessmark.model.document import Document
from witnessmark.model.item import Receipt
from witnessmark.model.span import Span
from witnessmark.store import schema
from witnessmark.store.batches import batches
from witnessmark.store.claims import parties_of, source_of
from witnessmark.store.database import Connection
from witnessmark.store.full_text import index_claims, index_document

SEED = 20310515
VOCABULARY = 60_000
EXPONENT, SHIFT = 1.0, 2.7
"""Zipf and Mandelbrot's law: a word of rank r comes up in proportion to 1 / (r + SHIFT) ** EXPONENT."""
CLAIMS_OF_A_DOCUMENT = 30
SYLLABLES = {
    "latin": ("ba de ki lo mu na re si to vu sha kor bre tal min dor vas hes lin gar", 6),
    "arabic": ("با دي كو لم مر نا رس سي تو وح شا قر بر طل من در", 2),
    "cyrillic": ("ба де ки ло му на ре си то ву ша кор бре тал мин дор", 1),
    "chinese": ("京 大 学 生 活 山 水 人 口 天 地 日 月 火 木 金", 1),
}
"""Syllables of each script, and in how many of ten words it is used."""


def make_words(random_: random.Random) -> list[str]:
    """The vocabulary, most frequent first."""
    scripts = [script for script, (_, share) in SYLLABLES.items() for _ in range(share)]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = SYLLABLES[random_.choice(scripts)][0].split()
        words["".join(random_.choices(syllables, k=random_.randint(1, 4)))] = None
    return list(words)


class World:
    """What claims are made of: words by frequency, names and places."""

    def __init__(self) -> None:
        """Draw it."""
        self.random = random.Random(SEED)  # noqa: S311 -- reproducible test data
        self.words = make_words(self.random)
        self._weights = list(itertools.accumulate(1 / (rank + SHIFT) ** EXPONENT for rank in range(len(self.words))))
        self._speakers = [" ".join(self.random.choices(self.words[1000:9000], k=2)).title() for _ in range(3000)]
        self._places = [self.random.choice(self.words[1000:9000]).title() for _ in range(2000)]

    def sentence(self) -> str:
        """Six to thirty words."""
        return " ".join(self.random.choices(self.words, cum_weights=self._weights, k=self.random.randint(6, 30)))

    def claim(self, item: str, text: str, start: int) -> Claim:
        """A claim whose content is `text`, at `start` of its document."""
        draw = self.random
        content = (Span(start, start + len(text), text),)
        day = f"20{draw.randint(11, 31)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        speaker, place = self._chosen(self._speakers), self._chosen(self._places)
        return Claim(
            id=claim_id(item, content, (), None),
            attribution="a-0",
            form=Form.INDIRECT,
            kind=Kind.FACTUAL,
            polarity=None,
            content=content,
            cue=(),
            speaker=Speaker(speaker) if draw.random() < 0.8 else None,
            stance=Stance.ASSERTS if draw.random() < 0.8 else draw.choice(list(Stance)),
            certainty=Certainty.CERTAIN,
            act=draw.choice([*Act, None, None]),
            when=Interval(day, day if draw.random() < 0.9 else None, 0, 1, "x") if draw.random() < 0.5 else None,
            parties=(ClaimParty(self._chosen(self._speakers), PartyRole.PERPETRATOR, 0, 1, "x"),) if draw.random() < 0.5 else (),
            where=ClaimPlace(place, None, None, None, None, 0, 1, "x") if draw.random() < 0.6 else None,
        )

    def _chosen(self, names: Sequence[str]) -> str:
        return names[min(int(self.random.paretovariate(0.7)) - 1, len(names) - 1)]


def fill(case: Case, claims: int) -> None:
    """Draw documents and claims into the database of a case, through the functions a reading goes through."""
    world = World()
    numbers = itertools.count(1)
    for documents in batches(range(1, claims // CLAIMS_OF_A_DOCUMENT + 1)):
        with case.database.transaction() as connection:
            for document in documents:
                _draw_document(connection, world, document, numbers)


def _draw_document(connection: Connection, world: World, number: int, numbers: Iterator[int]) -> None:
    item = f"{number:064x}"
    sentences = [world.sentence() for _ in range(CLAIMS_OF_A_DOCUMENT)]
    document = Document(
        f"d-{number}", item, "plain-text@1", "text/plain", ". ".join(sentences), language=("en", "ar", "fr", None)[number % 4]
    )
    receipt = Receipt(item, "2031-05-15T08:00:00Z", f"{number}.txt", "added as a file", source=f"Wire {number % 40}")
    connection.execute(insert(schema.item).values(id=item, seq=number, size=1, media_type="text/plain"))
    connection.execute(insert(schema.label).values(subject=item, number=f"I{number}", public_id=f"i{number}"))
    connection.execute(insert(schema.receipt).values(seq=number, item=item, body=canonical_json(receipt).decode()))
    connection.execute(insert(schema.document).values(id=document.id, item=item, seq=number, body=canonical_json(document).decode()))
    index_document(connection, document)
    starts = itertools.accumulate((len(sentence) + 2 for sentence in sentences), initial=0)
    claims = [(next(numbers), world.claim(item, text, start)) for text, start in zip(sentences, starts, strict=False)]
    connection.execute(insert(schema.claim), [_row(n, claim, item, document.id) for n, claim in claims])
    connection.execute(insert(schema.claim_body), [{"number": n, "body": canonical_json(claim).decode()} for n, claim in claims])
    parties = [{"number": n, "party": party} for n, claim in claims for party in parties_of(claim)]
    if parties:
        connection.execute(insert(schema.claim_party), parties)
    index_claims(connection, claims)


def _row(number: int, claim: Claim, item: str, document: str) -> dict[str, object]:
    return {
        "number": number,
        "id": claim.id,
        "item": item,
        "document": document,
        "reader": "claims@1",
        "status": "rejected" if number % 50 == 0 else "accepted" if number % 7 == 0 else "proposed",
        "stance": claim.stance.value,
        "act": claim.act.value if claim.act else None,
        "source": source_of(claim),
        "place": claim.where.name if claim.where else None,
        "earliest": claim.when.earliest if claim.when else None,
        "latest": claim.when.latest if claim.when else None,
    }


def frequencies(case: Case) -> list[tuple[str, int]]:
    """Each word of claims with the number of claims that hold it, the rarest first."""
    with case.asking() as connection:
        held: Counter[str] = Counter()
        for (content,) in connection.exec_driver_sql("SELECT content FROM claim_text"):
            held.update(set(content.split()))
    return sorted(held.items(), key=lambda pair: (pair[1], pair[0]))


class Took(NamedTuple):
    """Milliseconds of a search on the clock and of the processor, which others at work on the machine do not lengthen; and how many claims it found."""

    wall: float
    processor: float
    hits: int | str


def timed(case: Case, question: Question) -> Took:
    """Search once."""
    started, processor = time.perf_counter(), time.process_time()
    found = search_case(case, question)
    return Took((time.perf_counter() - started) * 1000, (time.process_time() - processor) * 1000, found.totals["claims"])


def line(name: str, asked: Sequence[Took]) -> None:
    """Print the percentiles of a set of searches."""
    counted = [one.hits for one in asked if isinstance(one.hits, int)]
    largest = "over 10,000" if len(counted) < len(asked) else f"{max(counted):,}"
    walls, processors = _percentiles([one.wall for one in asked]), _percentiles([one.processor for one in asked])
    print(f"{name:42} {len(asked):5} searches  clock {walls} ms  processor {processors} ms  hits up to {largest}")


def _percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):6.1f}  p95 {ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]:6.1f}  max {ordered[-1]:6.1f}"


def kinds(words: list[list[str]], draw: random.Random) -> Iterator[tuple[str, list[Question]]]:
    """Kinds of query beside single words, each drawn from tenths chosen at random."""

    def word() -> str:
        return draw.choice(draw.choice(words))

    many, often = 100, words[-1][-50:]
    yield "two words", [Question(query=f'"{word()}" "{draw.choice(words[-1])}"') for _ in range(many)]
    yield "one of two words", [Question(query=f'"{word()}" OR "{word()}"') for _ in range(many)]
    yield "two of the 50 commonest words", [Question(query=f"{draw.choice(often)} {draw.choice(often)}") for _ in range(many)]
    yield "a phrase of two of the 50 commonest", [Question(query=f'"{draw.choice(often)} {draw.choice(often)}"') for _ in range(many)]
    yield "near, of the 50 commonest", [Question(query=f"{draw.choice(often)} NEAR/3 {draw.choice(often)}") for _ in range(many)]
    yield "beginning of a word, three letters", [Question(query=f"{word()[:3]}*") for _ in range(many) if len(word()) > 2]
    yield (
        "one of the 50 commonest, one act, 2015",
        [Question(query=draw.choice(often), acts=("killing",), earliest="2015-01-01", latest="2015-12-31") for _ in range(many)],
    )
    yield "no words, one act, 2015", [Question(acts=("killing",), earliest="2015-01-01", latest="2015-12-31") for _ in range(20)]
    yield "a word, of one publisher", [Question(query=word(), sources=("Wire 7",)) for _ in range(many)]
    yield "a word, in one language", [Question(query=word(), languages=("ar",)) for _ in range(many)]
    yield "a word misspelt, fuzzy", [Question(query=f'"{word()}x"', fuzzy=True) for _ in range(many)]


def main(claims: int, queries: int) -> None:
    """Make the case where it is not there yet, and measure."""
    root = Path(tempfile.gettempdir()) / f"witnessmark-bench-search-{claims}"
    if not (root / "filled").exists():
        started = time.perf_counter()
        create_case(root)
        with open_case(root, write="bench") as case:
            fill(case, claims)
        (root / "filled").touch()
        print(f"made {root} in {time.perf_counter() - started:.0f} s, case.db {(root / 'case.db').stat().st_size / 1e6:.0f} MB")
    draw = random.Random(SEED)  # noqa: S311 -- reproducible test data
    with open_case(root) as case:
        ordered = [word for word, _ in frequencies(case)]
        tenths = [ordered[len(ordered) * n // 10 : len(ordered) * (n + 1) // 10] for n in range(10)]
        timed(case, Question(query=ordered[-1]))
        every: list[Took] = []
        for n, tenth in enumerate(tenths, 1):
            asked = [timed(case, Question(query=f'"{draw.choice(tenth)}"')) for _ in range(queries)]
            line(f"tenth {n} of words by claims that hold them", asked)
            every += asked
        line("all tenths", every)
        line("the 100 commonest words", [timed(case, Question(query=f'"{word}"')) for word in ordered[-100:]])
        for name, questions in kinds(tenths, draw):
            line(name, [timed(case, question) for question in questions])
    program = str(Path(sys.executable).with_name("witnessmark"))
    walls = []
    for word in (ordered[-1], ordered[-100], ordered[-5000], ordered[0], ordered[len(ordered) // 2]) * 2:
        started = time.perf_counter()
        subprocess.run([program, "search", str(root), f'"{word}"'], check=True, capture_output=True)
        walls.append(time.perf_counter() - started)
    print(
        f"the command as a process: median {statistics.median(walls):.2f} s, range {min(walls):.2f}-{max(walls):.2f} s over {len(walls)} runs"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000, int(sys.argv[2]) if len(sys.argv) > 2 else 50)
