"""Sets the paragraphs of a translation beside those of its original, by structure alone: no dictionary, no model, any two languages.

Every way through both texts has a probability, after Gale and Church (A Program for Aligning Sentences in Bilingual Corpora,
Computational Linguistics 19:1, 1993): that of these lengths, and of one paragraph made two, two made one, or one left out. Numbers, days
and quotations found on both sides, or on one only, are counted besides. What decides is not the best way but how sure each step of it is,
summed over all ways: a paragraph whose place is not sure is aligned with nothing, since a wrong original is worse than none.
"""

from __future__ import annotations

import math
import re
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from witnessmark.model.claim import OriginalSpan
from witnessmark.model.document import Aligned, Translation
from witnessmark.model.span import Span
from witnessmark.text.fold import folded
from witnessmark.text.numerals import numerals
from witnessmark.text.quotations import find_quotations
from witnessmark.text.segmentation import paragraph_bounds

METHOD = "align@1"

PRIORS = {(1, 1): 0.8, (1, 0): 0.04, (0, 1): 0.04, (1, 2): 0.06, (2, 1): 0.06}
"""How often so many paragraphs of an original become so many of its translation. Gale and Church counted 0.89, 0.01 and 0.09 in bank reports; with
more taken to be left out, a place is called sure less often and is wrong less often, which is what is wanted here (see SURE)."""
VARIANCE = 6.8
"""Variance of the letters of a translation for each letter of the original, theirs too. Ten translations of the Universal Declaration of
Human Rights (Arabic, Chinese, Kurdish, Persian, Russian, Turkish, ... against English) gave 0.7 to 7.3 for the shorter and the longer half of it."""
KEPT = 0.95
"""The chance that a translator kept the paragraphs, before anything is compared, where both texts have the same number of them."""
SURE = 0.99
LEAST_PLACED = 0.5
"""The probability from which a step is taken to be so; and where less than this share of the paragraphs have a place, the two texts differ too
much for any of it to be trusted. Measured by bench/aligning.py on those ten: as they are, all is placed and nothing wrongly. With 5 % of the
paragraphs dropped and 10 % joined at random in both texts, 54 % are placed, 0.2 % of them wrongly and 0.8 % with a part missing (without the
numbered headings 13 %, 1.4 % and 0.5 %); with 15 % and 15 %, 16 % are placed, 1.2 % wrongly (without the headings none).
Both limits were chosen on these texts, so other ones will come out somewhat worse.
"""
MOST_FOR_A_MARK = 4.0
AGAINST_A_MARK = 1.0
"""What a number or day on both sides speaks for a step at most (natural logarithm; less where many paragraphs have it), and one on a single side against it."""
AGAINST_A_QUOTATION = 0.5
MOST_COUNTED = 4
"""At most so many numbers or quotations of one step are held against it."""
MOST_CELLS = 100_000
"""Pairs of places looked at. Texts that need more (1,000 paragraphs with 20 more on one side need fewer) are left unaligned, which is said."""
BAND = 25
"""How far from the even course, in paragraphs, a way may stray besides what the texts differ in number of paragraphs."""

_FIGURES = re.compile(r"\d+")
_GROUPING = re.compile(r"(?<=\d)[,.٬'\xa0\u202f](?=\d{3}(?!\d))")


class TooLongError(ValueError):
    """The two texts have too many paragraphs to compare."""


class _Paragraph(NamedTuple):
    start: int
    end: int
    letters: int
    marks: frozenset[str]
    quotations: int


class _Step(NamedTuple):
    """From place `origin` to place `at` (paragraphs of the original, of the translation, behind it); `evidence` is the natural logarithm of
    how many times more probable the texts are if these paragraphs translate each other than if they have nothing to do with each other.
    """

    origin: tuple[int, int]
    at: tuple[int, int]
    evidence: float

    @property
    def shape(self) -> tuple[int, int]:
        return self.at[0] - self.origin[0], self.at[1] - self.origin[1]


def align(original: str, translation: str) -> tuple[Aligned, ...]:
    """The stretches of `translation` whose place in `original` is sure, in order, without overlap on either side.

    Raises TooLongError where the texts are too long to be compared.
    """
    before, after = _paragraphs(original), _paragraphs(translation)
    if not before or not after:
        return ()
    sure = _sure(list(_Comparison(before, after).steps()), (len(before), len(after)))
    if sum(step.shape[1] for step in sure) < LEAST_PLACED * len(after):
        return ()
    return tuple(
        Aligned(
            start=after[step.origin[1]].start,
            end=after[step.at[1] - 1].end,
            original_start=before[step.origin[0]].start,
            original_end=before[step.at[0] - 1].end,
        )
        for step in sure
    )


def original_of(aligned: Sequence[Aligned], start: int, end: int) -> tuple[int, int] | None:
    """Where in the original stands what the translation says from `start` to `end`; None unless both ends lie in aligned stretches with none left out between."""
    first = bisect_right(aligned, start, key=lambda one: one.start) - 1
    last = bisect_right(aligned, max(start, end - 1), key=lambda one: one.start) - 1
    if first < 0 or aligned[first].end <= start or aligned[last].end < end:
        return None
    return aligned[first].original_start, aligned[last].original_end


def original_span(translation: Translation | None, content: tuple[Span, ...]) -> OriginalSpan | None:
    """The stretch of the original that the paragraphs holding these words translate; None where no sure one is known."""
    if translation is None or translation.document is None or not content:
        return None
    found = original_of(translation.aligned, min(span.start for span in content), max(span.end for span in content))
    return OriginalSpan(translation.document, *found) if found else None


def _paragraphs(text: str) -> list[_Paragraph]:
    bounds = paragraph_bounds(text)
    starts = [start for start, _ in bounds]
    quotations = Counter(bisect_right(starts, quotation.start) - 1 for quotation in find_quotations(text))
    return [
        _Paragraph(start, end, max(1, sum(map(str.isalnum, folded(text[start:end])))), _marks(text[start:end]), quotations[index])
        for index, (start, end) in enumerate(bounds)
    ]


def _marks(text: str) -> frozenset[str]:
    """The figures, numbers in English words and days of a paragraph, in one notation whatever the script."""
    figures = {found.lstrip("0") or "0" for found in _FIGURES.findall(_GROUPING.sub("", folded(text)))}
    words = {str(int(numeral.value)) for numeral in numerals(text) if not numeral.in_digits and numeral.value >= 2}
    from witnessmark.text.dates import find_dates  # its rules take long to load, and whoever only looks up an alignment needs none

    days = {earliest for _, _, earliest, latest in find_dates(text) if earliest is not None and earliest == latest}
    return frozenset(figures | words | days)


class _Comparison:
    """Two texts, with what is usual in the second: how long its paragraphs are, and in how many of them a number stands."""

    def __init__(self, before: list[_Paragraph], after: list[_Paragraph]) -> None:
        self.before, self.after = before, after
        self.ratio = sum(one.letters for one in after) / sum(one.letters for one in before)
        logs = [math.log(one.letters) for one in after]
        self.usual, self.spread = statistics.fmean(logs), max(0.5, statistics.pstdev(logs))
        self.holding = Counter(mark for one in after for mark in one.marks)

    def steps(self) -> Iterator[_Step]:
        """Every step a way may take, in order of where it ends. Raises TooLongError."""
        rows, columns = len(self.before), len(self.after)
        width = BAND + abs(rows - columns)
        if min(rows * columns, rows * 2 * width) > MOST_CELLS:
            raise TooLongError(f"{rows} and {columns} paragraphs")
        for row in range(rows + 1):
            middle = row * columns // rows
            for column in range(max(0, middle - width), min(columns, middle + width) + 1):
                for taken, given in PRIORS:
                    if taken <= row and given <= column:
                        evidence = self._evidence(self.before[row - taken : row], self.after[column - given : column])
                        yield _Step((row - taken, column - given), (row, column), evidence)

    def _evidence(self, before: list[_Paragraph], after: list[_Paragraph]) -> float:
        if not before or not after:
            return 0.0
        held = frozenset[str]().union(*(one.marks for one in before)), frozenset[str]().union(*(one.marks for one in after))
        shared = sum(min(MOST_FOR_A_MARK, math.log(len(self.after) / self.holding[mark])) for mark in held[0] & held[1])
        missing = min(len(held[0] ^ held[1]), MOST_COUNTED)
        quotations = abs(sum(one.quotations for one in before) - sum(one.quotations for one in after))
        return (
            self._length_evidence(sum(one.letters for one in before), [one.letters for one in after])
            + shared
            - AGAINST_A_MARK * missing
            - AGAINST_A_QUOTATION * min(quotations, MOST_COUNTED)
        )

    def _length_evidence(self, before: int, after: list[int]) -> float:
        """The normal density of the translation's length around the expected one, over the log-normal one of its paragraphs' lengths as such.

        Where one paragraph became two, every place of the cut is as probable as any other.
        """
        total = sum(after)
        variance = VARIANCE * self.ratio * (before * self.ratio + total) / 2
        expected = -((total - before * self.ratio) ** 2) / (2 * variance) - math.log(2 * math.pi * variance) / 2
        unrelated = sum(
            -((math.log(letters) - self.usual) ** 2) / (2 * self.spread**2) - math.log(letters * self.spread * math.sqrt(2 * math.pi))
            for letters in after
        )
        return expected - math.log(total) * (len(after) - 1) - unrelated


def _sure(steps: list[_Step], goal: tuple[int, int]) -> list[_Step]:
    """The steps with both sides filled through which nearly all of the probability runs."""
    forward = _sums(steps, (0, 0))
    backward = _sums([step._replace(origin=step.at, at=step.origin) for step in reversed(steps)], goal)
    freely = forward[goal]
    evenly = _evenly(steps, goal)
    kept = 1 / (1 + math.exp(min(700.0, freely - evenly + math.log((1 - KEPT) / KEPT))))
    sure = []
    for step in steps:
        came, goes = forward.get(step.origin), backward.get(step.at)
        if 0 in step.shape or came is None or goes is None:
            continue
        through = math.exp(came + _weight(step) + goes - freely)
        if kept * (step.at[0] == step.at[1] and step.shape == (1, 1)) + (1 - kept) * through >= SURE:
            sure.append(step)
    return sure


def _sums(steps: Sequence[_Step], start: tuple[int, int]) -> dict[tuple[int, int], float]:
    """The logarithm of the summed probability of all ways from `start` to each place; steps come in the order of the ways."""
    sums = {start: 0.0}
    for step in steps:
        came = sums.get(step.origin)
        if came is not None:
            sums[step.at] = _log_sum(sums.get(step.at), came + _weight(step))
    return sums


def _weight(step: _Step) -> float:
    taken, given = step.shape
    return step.evidence + math.log(PRIORS[abs(taken), abs(given)])


def _evenly(steps: list[_Step], goal: tuple[int, int]) -> float:
    """The logarithm of the probability of the way that pairs the first with the first, the second with the second, ...; -inf where the numbers differ."""
    if goal[0] != goal[1]:
        return -math.inf
    return sum(step.evidence for step in steps if step.shape == (1, 1) and step.at[0] == step.at[1])


def _log_sum(one: float | None, other: float) -> float:
    if one is None:
        return other
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))
