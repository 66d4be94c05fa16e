"""A telling: one claim that puts a happening forward, with everything that grouping, lines and drift compare of it, worked out once.

What a claim leaves out stands around it: "there", "that evening", "both men". So a telling carries the words of its own content, those of its
paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from witnessmark.corroborate.compared import Compared
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.placed import HAPPENINGS, PlacedClaim
from witnessmark.corroborate.words import Weights, overlap, words_of
from witnessmark.model.claim import Harm, Kind, Stance
from witnessmark.text.paragraphs import paragraph_of

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n[ \t]*\n")
HURT = frozenset(Harm) - {Harm.AFFECTED, Harm.OTHER}


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One claim (`id`, in `item`) and what is compared of it. `figures` are the harms and bounds it states; `start` is where it begins in its document."""

    id: str
    item: str
    compared: Compared
    document: PlacedDocument | None
    words: Weights
    around: Weights
    figures: frozenset[tuple[Harm | None, int]]
    start: int
    sentence: tuple[int, int]

    @property
    def placed(self) -> PlacedClaim:
        """The claim in its place."""
        return self.compared.placed

    @property
    def age(self) -> tuple[int, bool, int, str, int]:
        """Sorts the older telling first; in one document by place."""
        day = self.compared.days.first
        if self.document is None:
            return 10**9 if day is None else day, True, 0, self.item, self.start
        return (*self.document.age, self.start)

    @property
    def is_allegation(self) -> bool:
        """Whether it puts forward that something of the domain was done, so that an incident can begin with it."""
        return self.placed.is_allegation

    @property
    def supports(self) -> bool:
        """Whether it says that the happening took place: by its act, or by counting who was hurt."""
        return self.is_allegation or (self.is_factual and any(count.harm in HURT for count in self.placed.claim.victims))

    @property
    def is_factual(self) -> bool:
        """Whether it asserts something as fact."""
        claim = self.placed.claim
        return claim.stance is Stance.ASSERTS and claim.kind is Kind.FACTUAL and (claim.act is None or claim.act in HAPPENINGS)


@lru_cache(maxsize=1 << 16)
def words_in_common(one: Telling, other: Telling) -> float:
    """The overlap of the words of two tellings; remembered, since a finding is weighed again without each of its items."""
    return overlap(one.words, other.words)


def telling_of(compared: Compared, document: PlacedDocument | None) -> Telling:
    """Work out what is compared of a claim. Without a document only its own words are known."""
    claim = compared.placed.claim
    start, end = claim.content[0].start, claim.content[-1].end
    quote = claim.quote
    around, sentence = quote, (start, end)
    if document is not None and document.text:
        first, last = paragraph_of(document.text, start)
        around, sentence = document.text[first:last], sentence_of(document.text, start, end)
    figures = frozenset((count.harm, bound) for count in claim.victims for bound in (count.min, count.max) if bound is not None)
    return Telling(compared.id, compared.item, compared, document, words_of(quote), _paragraph_words(around), figures, start, sentence)


_paragraph_words = lru_cache(maxsize=1024)(words_of)


@lru_cache(maxsize=256)
def _ends(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _SENTENCE_END.finditer(text))


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences begin and end that hold these characters."""
    ends = _ends(text)
    before, after = bisect_right(ends, start), bisect_right(ends, max(start, end - 1))
    return (ends[before - 1] if before else 0), (ends[after] if after < len(ends) else len(text))
