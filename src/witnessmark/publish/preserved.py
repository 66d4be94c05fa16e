"""The Berkeley self-assessment of what a public dossier shows: what supports each property of its items, what is missing, and what cannot be known from here.

Every number counts items that are shown. How the case is kept (where, by whom, with which copies) is left out: it would help whoever wants it gone. There is no
score, as there is none in the assessment of the whole case (`witnessmark assess`): six numbers added up would claim more than any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.model.preservation import Preserved
from witnessmark.model.view import HeldItem, Method
from witnessmark.publish.block import Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_method
from witnessmark.publish.prose import Given, Inline, joined
from witnessmark.publish.words import counted

BERKELEY = Method(
    "self-assessment",
    "1",
    "Asks of the items shown what the Berkeley Protocol on Digital Open Source Investigations (OHCHR and UC Berkeley, HR/PUB/20/2) asks of preservation."
    " It gives no score, and the Protocol certifies nobody.",
)
NOTHING = "nothing that is seen from here"


def self_assessment(casebook: Casebook, whole: frozenset[str]) -> Table:
    """The six properties; `whole` are the items whose original was hashed again on publishing and has the bytes that were recorded."""
    rows = tuple(
        Row(
            (
                (prop.value,),
                (prop.asks,),
                _some(_supports(prop, casebook, whole)),
                _some(_missing(prop, casebook, whole)),
                (_NOT_KNOWN[prop],),
            ),
            (of_method(BERKELEY),),
        )
        for prop in Preserved
    )
    columns = ("Property", "What it asks", "What supports it", "Missing", "Not known from here", "Rule")
    return Table("How the items shown are preserved: a self-assessment by the Berkeley Protocol", columns, rows)


def _some(lines: Iterator[str]) -> Inline:
    """Sentences after each other, or that there are none."""
    said = list(lines)
    return joined([(Given(each),) for each in said], " ") if said else (NOTHING,)


def _supports(prop: Preserved, casebook: Casebook, whole: frozenset[str]) -> Iterator[str]:
    items = casebook.view.items
    of = counted(len(items), "item")
    intact = sum(held.item.id in whole for held in items)
    match prop:
        case Preserved.AUTHENTICITY:
            yield f"Of {of}, hashed again when this was published, with the bytes that were recorded when they came in: {intact:,}."
            yield "Each was hashed before anything read it, and has a commitment in the custody log that `witnessmark verify` leads to its root."
        case Preserved.AVAILABILITY:
            yield f"Of {of}, there to be got out: {intact:,}. Each was released for publishing by a person, on record."
        case Preserved.IDENTITY:
            yield f"Each of {of} has a random id and, of its bytes, a hash or a salted commitment of its own."
            yield f"Items that name who speaks or publishes in them: {len(_sourced(items)):,}."
        case Preserved.PERSISTENCE:
            kinds = Counter(held.item.media_type for held in items)
            yield f"Originals are kept as they came in, unconverted: {', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items())) or 'none'}."
        case Preserved.RENDERABILITY:
            yield f"Of {of}, opened and read by a reader of a named version: {sum(held.document is not None for held in items):,}."
        case Preserved.UNDERSTANDABILITY:
            languages = Counter(held.document.language or "not determined" for held in items if held.document)
            yield f"Languages: {', '.join(f'{name} {number}' for name, number in sorted(languages.items())) or 'nothing was read'}."
            yield f"Items with a date of publication: {len(_dated(items)):,}. Claims shown, each compared with its original by a person: {len(casebook.view.claims):,}."


def _missing(prop: Preserved, casebook: Casebook, whole: frozenset[str]) -> Iterator[str]:
    items = casebook.view.items
    lacking: list[tuple[str, int]] = []
    match prop:
        case Preserved.AUTHENTICITY | Preserved.AVAILABILITY | Preserved.PERSISTENCE:
            lacking = [("Originals that could not be hashed again, or have other bytes", sum(held.item.id not in whole for held in items))]
        case Preserved.IDENTITY:
            lacking = [("Items without a source", len(items) - len(_sourced(items)))]
        case Preserved.RENDERABILITY:
            lacking = [
                ("Items that were not read", sum(held.document is None for held in items)),
                ("Items read with doubt in places", sum(bool(held.document and held.document.problems) for held in items)),
            ]
        case Preserved.UNDERSTANDABILITY:
            foreign = [held for held in items if _is_foreign(held) and not casebook.translations_of(held)]
            lacking = [
                ("Items that are not in English and of which no translation is shown", len(foreign)),
                ("Items without a date of publication", len(items) - len(_dated(items))),
            ]
    yield from (f"{what}: {number:,}." for what, number in lacking if number)


_NOT_KNOWN = {
    Preserved.AUTHENTICITY: "Whether the logs are those that stood there earlier: compare a checkpoint that came another way. What happened to an item before it was received.",
    Preserved.AVAILABILITY: "How many copies there are, and where: that is not told.",
    Preserved.IDENTITY: "Who handed an item over: that is not told.",
    Preserved.PERSISTENCE: "How long the storage lasts.",
    Preserved.RENDERABILITY: "Whether a reader got everything out of an item: its original would show it.",
    Preserved.UNDERSTANDABILITY: "Whether readers know the background (idiom, units, local names): that is for people to judge.",
}


def _sourced(items: tuple[HeldItem, ...]) -> list[HeldItem]:
    return [held for held in items if held.item.source or (held.document and held.document.publisher)]


def _dated(items: tuple[HeldItem, ...]) -> list[HeldItem]:
    return [held for held in items if held.item.published or (held.document and held.document.published)]


def _is_foreign(held: HeldItem) -> bool:
    language = held.document.language if held.document else None
    return language is not None and language.partition("-")[0] != "en"
