"""Times weighing a synthetic case, the peak memory it takes, and what one more document costs.

Run: .venv/bin/python bench/weigh.py [DOCUMENTS] [RUNS]
DOCUMENTS (10,000 by default) of ten claims each tell of one incident for every seven of them: a report, retellings of their own, and copies word for word (three documents in ten);
a tenth of the documents print one and the same article. One claim in ten denies. Vectors of words are made inside the measure, reading is not. Prints median and range over RUNS (1 by default), and of each step the
seconds this process had a core for, too: on a machine that is shared, these say more.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from witnessmark.corroborate import Corroboration, PlacedClaim, PlacedDocument
from witnessmark.model.claim import Act, Certainty, Claim, Form, Harm, Interval, Kind, Speaker, Stance, VictimCount, claim_id
from witnessmark.model.item import SourceKind
from witnessmark.model.span import Span

CLAIMS_EACH = 10
DENIES = 7
START = date(2031, 1, 1)
ACTS = (Act.KILLING, Act.ATTACK, Act.DETENTION, Act.TORTURE, Act.DESTRUCTION, None, None)
WORDS = [
    "the",
    "men",
    "of",
    "a",
    "patrol",
    "came",
    "to",
    "near",
    "and",
    "took",
    "away",
    "shot",
    "burned",
    "held",
    "beaten",
    "villagers",
    "workers",
    "houses",
    "road",
    "river",
    "school",
    "market",
    "night",
    "morning",
    "after",
    "before",
    "people",
    "said",
    "that",
    "they",
]
SYLLABLES = ["ka", "len", "dor", "mir", "tas", "vol", "hesh", "ner", "quo", "bri", "sal", "tun", "gor", "wem", "pai", "rud"]


def name(draw: random.Random) -> str:
    """An invented name."""
    return "".join(draw.choice(SYLLABLES) for _ in range(4)).capitalize()


def sentence(draw: random.Random, names: list[str]) -> str:
    """Some twenty words, two of them names."""
    words = [draw.choice(WORDS) for _ in range(18)]
    for each in draw.sample(names, 2):
        words.insert(draw.randrange(len(words)), each)
    return " ".join(words).capitalize()


def case_of(documents: int) -> Iterator[tuple[PlacedDocument, list[PlacedClaim]]]:
    """The documents of a case with their claims."""
    draw = random.Random(7)  # noqa: S311 -- a case to time, not a secret
    incidents = [[name(draw) for _ in range(8)] for _ in range(max(documents // 7, 1))]
    printed: dict[int, list[str]] = {}
    for n in range(documents):
        which = 0 if n % 10 == 9 else draw.randrange(len(incidents))
        if which in printed and (which == 0 or draw.random() < 0.3):
            sentences = printed[which]
        else:
            sentences = printed[which] = [sentence(draw, incidents[which]) for _ in range(CLAIMS_EACH)]
        published = (START + timedelta(days=which % 300 + draw.randrange(10))).isoformat()
        yield document_of(draw, n, sentences, published)


def document_of(draw: random.Random, n: int, sentences: list[str], published: str) -> tuple[PlacedDocument, list[PlacedClaim]]:
    """One document and its claims."""
    text = f"Paper {n}\n\n" + ".\n\n".join(sentences) + f".\n\nNumber {n}."
    document = PlacedDocument(
        f"item-{n:06}", text, published, f"Outlet {n % 500}", draw.choice([SourceKind.PRESS, SourceKind.PRESS, SourceKind.NGO])
    )
    claims, at = [], 0
    for k, words in enumerate(sentences):
        at = text.index(words, at)
        claims.append(PlacedClaim(claim_of(document, Span(at, at + len(words), words), k, published), document.item, published))
    return document, claims


def claim_of(document: PlacedDocument, span: Span, k: int, day: str) -> Claim:
    """One claim; every tenth denies, every third has a speaker, every fourth a figure."""
    return Claim(
        id=claim_id(document.item, (span,), (), None),
        attribution=f"a-{document.item}-{k}",
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=(span,),
        cue=(),
        speaker=Speaker(name="Colonel Denn Hosk" if k == DENIES else f"Ana Number{span.text[:7]}") if k % 3 == 0 or k == DENIES else None,
        stance=Stance.DENIES if k == DENIES else Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        act=ACTS[k % len(ACTS)],
        victims=(
            VictimCount(
                k + 3,
                k + 3,
                None,
                Harm.KILLED,
                None,
                None,
                approximate=False,
                derived=False,
                start=span.start,
                end=span.start + 1,
                text="x",
            ),
        )
        if k % 4 == 0
        else (),
        when=Interval(day, day, span.start, span.start + 1, "x") if k % 2 else None,
    )


def megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(documents: int) -> tuple[float, float]:
    """Seconds for the whole case, and for one document more."""
    made = list(case_of(documents + 1))
    last_document, last_claims = made.pop()
    before, started, core = megabytes(), time.perf_counter(), [time.process_time()]
    corroboration = Corroboration()
    corroboration.change([claim for _, claims in made for claim in claims], [document for document, _ in made])
    compared = time.perf_counter()
    core.append(time.process_time())
    found = corroboration.result()
    whole = time.perf_counter()
    core.append(time.process_time())
    corroboration.change(last_claims, [last_document])
    added = time.perf_counter()
    core.append(time.process_time())
    more = corroboration.result()
    done = time.perf_counter()
    core.append(time.process_time())
    on_core = ", ".join(f"{after - earlier:.2f}" for earlier, after in pairwise(core))
    print(
        f"{documents:,} documents, {documents * CLAIMS_EACH:,} claims: {len(found.incidents):,} incidents, {len(found.answers):,} answers; compared in "
        f"{compared - started:.1f} s, answered and weighed in {whole - compared:.1f} s; one document more in {added - whole:.2f} + {done - added:.2f} s "
        f"({len(more.incidents):,} incidents); on a core {on_core} s; peak {megabytes():,.0f} MB, {megabytes() - before:,.0f} above the claims",
        flush=True,
    )
    return whole - started, done - whole


if __name__ == "__main__":
    size, runs = (int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    wholes, ones = zip(*(measure(size) for _ in range(runs)), strict=True)
    print(
        f"whole: median {statistics.median(wholes):.1f} s ({min(wholes):.1f} to {max(wholes):.1f}); one more: {statistics.median(ones):.2f} s ({min(ones):.2f} to {max(ones):.2f})"
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
