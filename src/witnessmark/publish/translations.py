"""A translation beside its original: paragraph by paragraph where the two were aligned, and by whom it was made.

Both texts are shown whole and as they stand; a paragraph whose partner is not sure stands alone and says so. Of a person who translated only the
key is shown, as of everybody who works on the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from witnessmark.model.document import Aligned, Anchor
from witnessmark.model.item import Item
from witnessmark.model.translator import by_whom
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, short_name
from witnessmark.publish.block import Pair, Parallel, Run
from witnessmark.publish.casebook import Casebook, stands
from witnessmark.publish.citation import of_claim, of_item
from witnessmark.publish.excerpt import Layer, chunks, layers_of, lit
from witnessmark.publish.prose import Given, Inline, Ref, clip
from witnessmark.text.segmentation import paragraph_bounds

LONGEST_SHOWN = 4_000
"""Characters shown on a claim's page of the paragraphs it stands in, and of those they were translated from."""

NO_TRANSLATION = "Nothing in the translation has a sure place beside this."
NO_ORIGINAL = "Its place in the original is not sure."

_Stretch = tuple[int, int]


def translator_line(item: Item) -> Inline:
    """By whom a translation was made."""
    if item.translator is None:
        return ("nobody has said who translated it",)
    before, who, after = by_whom(item.translator)
    return (before, Given(clip(who, LONGEST_PHRASE)), after) if who else (before,)


def translation_line(held: HeldItem | None, casebook: Casebook) -> Inline:
    """Of a translation, what it translates and by whom it was made: "of I1 statement.txt, translated by ..."; empty of anything else."""
    made = held.document.translates if held is not None and held.document is not None else None
    original = casebook.items.get(made.item) if made is not None else None
    if held is None or original is None:
        return ()
    return ("of ", Ref(of_item(original)), " ", short_name(original.item), ", ", *translator_line(held.item))


def read_in_translation(read: ReadClaim, casebook: Casebook) -> Inline:
    """Of a claim read in a translation, that it was and by whom that was made; empty of any other."""
    line = translation_line(casebook.item_of(read), casebook)
    return ("read in a translation ", *line) if line else ()


def made_of(translation: HeldItem) -> Inline:
    """That an item was translated, and by whom."""
    return (
        "A translation of it is held as ",
        Ref(of_item(translation)),
        " ",
        short_name(translation.item),
        ", ",
        *translator_line(translation.item),
        ".",
    )


def capitalised(line: Inline) -> Inline:
    """A line that opens with words of ours, as the beginning of a sentence."""
    first, *rest = line
    return (first[:1].upper() + first[1:] if isinstance(first, str) else first, *rest)


def original_beside(held: HeldItem, casebook: Casebook) -> HeldItem | None:
    """The original whose text, as it is held now, the paragraphs of a translation were aligned with; None where there is none."""
    made = held.document.translates if held.document is not None else None
    original = casebook.items.get(made.item) if made is not None else None
    if made is None or not made.aligned or original is None or original.document is None:
        return None
    text = hashlib.sha256(original.document.text.encode()).hexdigest()
    return original if (original.document.id, text) == (made.document, made.text) else None


def side_by_side(held: HeldItem, original: HeldItem, casebook: Casebook, layers: list[Layer], labels: tuple[Anchor, ...] = ()) -> Parallel:
    """The whole of a translation beside the whole of its original, with what is claimed in it lit."""
    text, before = casebook.text(held), casebook.text(original)
    aligned = held.document.translates.aligned if held.document and held.document.translates else ()
    claimed = {layer.start for layer in layers if layer.start_of}
    kept = claimed | {anchor.start for anchor in labels}
    rows: list[Pair] = []
    for there, here in _stretches(before, text, aligned, claimed):
        left = [(Run(before[start:end]),) for start, end in chunks(before, *_trimmed(before, there))] if there else []
        right = [tuple(lit(text, start, end, layers, labels)) for start, end in chunks(text, *_trimmed(text, here, kept))] if here else []
        note = NO_ORIGINAL if there is None else NO_TRANSLATION if here is None else ""
        rows += (Pair(*sides, note) for sides in zip_longest(left, right, fillvalue=()))
    caption = "The original and its translation, set beside each other by the structure of the two alone"
    return Parallel(caption, tuple(rows), _languages(held, original), (of_item(original), of_item(held)))


def claim_beside_original(read: ReadClaim, held: HeldItem, casebook: Casebook) -> Parallel | None:
    """The paragraphs a claim stands in, its words lit, beside those they were translated from; None where these are not sure."""
    original, place = original_beside(held, casebook), read.claim.original
    made = held.document.translates if held.document else None
    if original is None or place is None or made is None or place.document != made.document:
        return None
    text, before = casebook.text(held), casebook.text(original)
    if held.document is None or not stands(read, held.document.text):
        return None
    first, last = min(span.start for span in read.claim.content), max(span.end for span in read.claim.content)
    around = [one for one in made.aligned if one.start < last and one.end > first]
    if not around:
        return None
    here, there = (around[0].start, around[-1].end), (place.start, place.end)
    row = Pair(_shown(before, there, there[0], []), _shown(text, here, first, layers_of(read, held.document.text)))
    caption = "The paragraphs of the original, and the claim in those that translate them"
    return Parallel(caption, (row,), _languages(held, original), (of_claim(read), of_item(original), of_item(held)))


def _languages(held: HeldItem, original: HeldItem) -> tuple[str | None, str | None]:
    return (original.document.language if original.document else None, held.document.language if held.document else None)


def _shown(text: str, stretch: _Stretch, first: int, layers: list[Layer]) -> tuple[Run, ...]:
    """A stretch, cut around what begins at `first` where it is too long."""
    start, end = stretch
    if end - start > LONGEST_SHOWN:
        start = max(start, min(first - LONGEST_SHOWN // 4, end - LONGEST_SHOWN))
        end = min(end, start + LONGEST_SHOWN)
    before, after = ((Run("[…] "),) if start > stretch[0] else ()), ((Run(" […]"),) if end < stretch[1] else ())
    return (*before, *lit(text, start, end, layers), *after)


def _stretches(before: str, text: str, aligned: Iterable[Aligned], claimed: set[int]) -> Iterator[tuple[_Stretch | None, _Stretch | None]]:
    """Everything in the original and in the translation, in order: aligned stretches as pairs, each paragraph between them alone."""
    ends = (0, 0)
    bounds = paragraph_bounds(before), paragraph_bounds(text)
    for one in (*aligned, Aligned(len(text), len(text), len(before), len(before))):
        yield from ((alone, None) for alone in _alone(before, (ends[0], one.original_start), bounds[0], set()))
        yield from ((None, alone) for alone in _alone(text, (ends[1], one.start), bounds[1], claimed))
        if one.end > one.start:
            yield (one.original_start, one.original_end), (one.start, one.end)
        ends = one.original_end, one.end


def _alone(text: str, gap: _Stretch, bounds: Iterable[_Stretch], claimed: set[int]) -> Iterator[_Stretch]:
    """What stands between two aligned stretches, cut before each paragraph; left out where it is blank and no claim begins in it."""
    cuts = [start for start, _ in bounds if gap[0] < start < gap[1]]
    for start, end in pairwise((gap[0], *cuts, gap[1])):
        if text[start:end].strip() or any(start <= at < end for at in claimed):
            yield start, end


def _trimmed(text: str, stretch: _Stretch, kept: Iterable[int] = ()) -> _Stretch:
    """A stretch without the white space around it, but for what is `kept` because something leads there."""
    start, end = stretch
    held = {at for at in kept if start <= at < end}
    while start < end and text[start].isspace() and start not in held:
        start += 1
    while end > start and text[end - 1].isspace() and end - 1 not in held:
        end -= 1
    return start, end
