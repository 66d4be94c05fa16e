"""The words of a telling, weighed by how rare they are, and how far two tellings share them.

How rare a word is comes from a fixed list (`data/common-words.tsv`: in how many of the annotated documents of `corpus/train` and `corpus/dev` it stands, made by
`scripts/make-common-words`) and never from the case at hand: one more document must not change what all others have in common. Shared words propose that
two tellings speak of one happening. They never decide whether they agree: a claim and its denial share nearly all of them.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib.resources import files

from witnessmark.text.fold import folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_LEAST_STEM = 3
LEAST_RARITY = 0.2
"""Words of four documents in ten and more say nothing about what a text tells of."""
FEW = 2
"""Documents of the list in which a word stands that is not on it."""

Weights = dict[str, float]


@cache
def _common() -> tuple[int, dict[str, int]]:
    lines = (files("witnessmark.corroborate") / "data" / "common-words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    counts = {word: int(count) for word, count in rows}
    return counts.pop("*"), counts


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word folded and without its ending: "burned", "burns" and "burning" are one here."""
    bare = folded(word).removesuffix("'s")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST_STEM:
            left = bare[: -len(ending)]
            return left + "y" if ending == "ies" else left[:-1] if left[-1] == left[-2] and ending != "s" else left
    return bare


@lru_cache(maxsize=65536)
def rarity(stemmed: str) -> float:
    """From 0 for a word that stands in every document to 1 for one that stands in hardly any."""
    documents, counts = _common()
    most = math.log(documents / FEW)
    return max(0.0, min(1.0, math.log(documents / counts.get(stemmed, FEW)) / most))


def words_of(text: str) -> Weights:
    """The words of a text by stem, each with its rarity; numbers, single letters and words that stand nearly everywhere are left out."""
    found: Weights = {}
    for match in _WORD.finditer(text):
        stemmed = stem(match.group())
        if len(stemmed) > 1 and not stemmed.isdigit() and (weight := rarity(stemmed)) > LEAST_RARITY:
            found[stemmed] = weight
    return found


def overlap(one: Weights, other: Weights) -> float:
    """The weight of shared words over that of the shorter telling, from 0 to 1."""
    least = min(sum(one.values()), sum(other.values()))
    return shared_weight(one, other) / least if least else 0.0


def cosine(one: Weights, other: Weights) -> float:
    """The cosine of the angle between two tellings as vectors of weights, from 0 to 1."""
    length = length_of(one) * length_of(other)
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(weight * large[word] for word, weight in small.items() if word in large) / length if length else 0.0


def shared_weight(one: Weights, other: Weights) -> float:
    """The weight of what both have."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(min(weight, large[word]) for word, weight in small.items() if word in large)


def rarest_shared(one: Weights, other: Weights) -> float:
    """The weight of the rarest word both have; 0 where they have none."""
    return max((min(weight, other[word]) for word, weight in one.items() if word in other), default=0.0)


def length_of(words: Weights) -> float:
    """The length of a telling as a vector of weights."""
    return math.sqrt(sum(weight * weight for weight in words.values()))
