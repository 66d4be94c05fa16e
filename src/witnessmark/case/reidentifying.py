"""The warning before a dossier leaves: who can be told apart in what it shows, though no name is. For whoever publishes, never for the dossier.

Three things are counted: the rows of tables, the victims of claims where they are few and a place, a day or a description goes with them, and unnamed sources by the words
that describe them. Running text is not counted, and silence is no clearance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.model.claim import Claim, VictimCount
from witnessmark.model.view import CaseView
from witnessmark.protect.reidentification import FEW, FEWEST, rare_combinations, rows_of_table, small_counts
from witnessmark.text.masking import COVER

_MOST_TOLD = 5
"""Small counts that are told one by one."""
_FEWEST_SAID = 2
"""Attributes from which a small count points at somebody: a place and a day, a day and a trade."""


def who_can_be_told(shown: CaseView, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences about what a public view shows. `numbers` are those by which the case knows items and claims, by id."""
    return (*_in_tables(shown, numbers), *_small_numbers(shown, numbers), *_unnamed_sources(shown))


def _in_tables(shown: CaseView, numbers: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each table: whether its rows are people is for a person to say."""
    for held in shown.items:
        if held.document is None or not held.document.reader.startswith("table@"):
            continue
        rare = rare_combinations(rows_of_table(held.document.text))
        columns = list(dict.fromkeys(" with ".join(name for name, _ in one.attributes) for one in rare))
        if columns:
            more = f" and {len(columns) - FEW} more" if len(columns) > FEW else ""
            told = ", ".join(columns[:FEW]) + more
            yield f"{numbers[held.item.id]} is a table whose rows can be told apart by {told}: fewer than {FEWEST} share a value. Where rows are people, publish a redacted copy instead."


def _small_numbers(shown: CaseView, numbers: Mapping[str, str]) -> list[str]:
    counts = {
        f"{numbers[read.claim.id]} ({said})": victims.max
        for read in shown.claims
        for victims in read.claim.victims
        if victims.max is not None and (said := _said_of(read.claim, victims))
    }
    rare = small_counts(counts)
    more = len(rare) - _MOST_TOLD
    told = [one.sentence for one in rare[:_MOST_TOLD]]
    return [*told, f"{more} more counts of fewer than {FEWEST} people, each with a place, a day or a description."] if more > 0 else told


def _said_of(claim: Claim, victims: VictimCount) -> str:
    """What goes with a count; empty where it is too little to point at anybody."""
    said = [
        victims.text,
        claim.where.name or claim.where.text if claim.where else None,
        claim.when.text if claim.when else None,
    ]
    shown = [" ".join(each.split()) for each in said if each and COVER not in each]
    described = victims.group is not None
    return ", ".join(shown) if len(shown) - 1 + described >= _FEWEST_SAID else ""


def _unnamed_sources(shown: CaseView) -> Iterator[str]:
    rows: dict[tuple[str, int], dict[str, str | None]] = {}
    for read in shown.claims:
        speaker = read.claim.speaker
        if speaker is not None and speaker.anonymous and speaker.mention is not None and COVER not in speaker.mention.text:
            rows[read.item, speaker.mention.start] = {"a source described as": " ".join(speaker.mention.text.split())}
    rare = rare_combinations(list(rows.values()))
    if len(rare) <= FEW:
        yield from (one.sentence for one in rare)
    else:
        such = ", ".join(repr(one.attributes[0][1]) for one in rare[:FEW])
        yield f"{len(rare)} descriptions of unnamed sources fit fewer than {FEWEST} of them, such as {such}. Whoever knows the place may know who that is."
