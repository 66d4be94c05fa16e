"""The protocol by which a section plugs into the dossier, and the check that everything it says rests on evidence.

A later section (estimates, a watched site) is one more class with a slug, a title and `blocks`; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, get_args

from witnessmark.errors import UncitedSentenceError
from witnessmark.publish.block import Block, cited_units
from witnessmark.publish.casebook import Casebook

_BLOCKS = get_args(Block)


class Section(Protocol):
    """A part of the dossier. `slug` names its pages and anchor; each page it has beyond its own is a `noun`."""

    slug: str
    title: str
    noun: str

    def blocks(self, casebook: Casebook) -> Iterable[Block]:
        """What the section says of the case, in order."""

    def digest(self, casebook: Casebook) -> Iterable[Block]:
        """What the front page says where the section does not fit on it: a few blocks, or none."""


def cited_blocks(section: Section, blocks: Iterable[Block], casebook: Casebook) -> Iterator[Block]:
    """The section's blocks, each checked. Raises UncitedSentenceError naming the section and the words that rest on nothing."""
    for block in blocks:
        if not isinstance(block, _BLOCKS):
            raise UncitedSentenceError(f'the section "{section.title}" yields {block!r}, which is no block and cannot carry a citation')
        for words, citations in cited_units(block):
            if not citations:
                raise UncitedSentenceError(f'the section "{section.title}" says "{words}" and cites nothing')
            for citation in citations:
                if casebook.target(citation) is None:
                    raise UncitedSentenceError(
                        f'the section "{section.title}" says "{words}" and cites a {citation.kind} that this case does not hold'
                    )
        yield block
