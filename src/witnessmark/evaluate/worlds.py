"""Worlds: folders of invented documents with the incidents they tell of, as the gold.toml of each describes them.

A gold quote and a claim that was read are the same claim where their words overlap enough (`pairing`); what no claim was read for is not measured here, since
the reading is measured on its own.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from witnessmark.claims import ClaimReader
from witnessmark.claims.stage import meanings_of
from witnessmark.corroborate import PlacedClaim, PlacedDocument
from witnessmark.errors import NothingReadError
from witnessmark.evaluate.pairing import WordPlaces, pairs
from witnessmark.model.claim import Claim
from witnessmark.model.item import SourceKind

GOLD = "gold.toml"
_KINDS = {kind.value: kind for kind in SourceKind}

Quote = tuple[str, str, int]
"""A document, words of it, and which of their occurrences is meant (from 1)."""


@dataclass(slots=True)
class World:
    """One world as it was read. `claim_of` gives the id of the claim read for a gold quote, `quotes` the gold claims read."""

    name: str
    gold: Mapping[str, Any]
    documents: list[PlacedDocument]
    claims: list[PlacedClaim]
    claim_of: dict[Quote, str] = field(default_factory=dict)

    @property
    def incidents(self) -> Sequence[Mapping[str, Any]]:
        """The gold incidents."""
        found: Sequence[Mapping[str, Any]] = self.gold.get("incident", ())
        return found

    def claim(self, entry: Mapping[str, Any]) -> str | None:
        """The claim read for a gold entry, None where none was."""
        return self.claim_of.get(quote_of(entry))


def quote_of(entry: Mapping[str, Any]) -> Quote:
    """The place a gold entry points at."""
    return entry["document"], entry["quote"], entry.get("nth", 1)


def worlds_in(folder: Path) -> list[Path]:
    """The worlds of a part of the corpus. Raises NothingReadError where there is none."""
    found = sorted(path.parent for path in folder.glob(f"*/{GOLD}"))
    if not found and (folder / GOLD).is_file():
        found = [folder]
    if not found:
        raise NothingReadError(f"{folder} holds no world (a folder with {GOLD}).")
    return found


def read_world(folder: Path, reader: ClaimReader) -> World:
    """Read the documents of a world and find the claims of its gold. Raises NothingReadError where the gold is not well formed."""
    try:
        gold = tomllib.loads((folder / GOLD).read_text(encoding="utf-8"))
        documents = [_document(folder, entry) for entry in gold["document"]]
    except (tomllib.TOMLDecodeError, KeyError, OSError) as error:
        raise NothingReadError(f"{folder / GOLD} is no gold of incidents: {error}") from error
    read = reader.read_all((document.text, document.published, None) for document in documents)
    claims = [placed for document, found in zip(documents, read, strict=True) for placed in _placed(document, found)]
    return matched(World(folder.name, gold, documents, claims))


def _placed(document: PlacedDocument, claims: Sequence[Claim]) -> Iterator[PlacedClaim]:
    vectors = {claim: meaning.vector for meaning in meanings_of(document.text, claims) for claim in meaning.claims}
    for claim in claims:
        yield PlacedClaim(claim, document.item, document.published, meaning=vectors[claim.id])


def matched(world: World) -> World:
    """The world with the claims of its gold found among those read."""
    wanted: dict[str, set[Quote]] = defaultdict(set)
    entries = [claim for incident in world.incidents for claim in incident.get("claim", ())]
    for denial in world.gold.get("denial", ()):
        entries += [denial, *denial.get("about", ())]
    for entry in entries:
        wanted[entry["document"]].add(quote_of(entry))
    for document in world.documents:
        quotes = sorted(quote for quote in wanted[document.item] if _found(document.text, quote) >= 0)
        words = WordPlaces(document.text)
        read = [placed for placed in world.claims if placed.item == document.item]
        starts = [_found(document.text, quote) for quote in quotes]
        of_gold = [words.of([(start, start + len(quote[1]))]) for start, quote in zip(starts, quotes, strict=True)]
        of_read = [words.of((span.start, span.end) for span in placed.claim.content) for placed in read]
        world.claim_of |= {quotes[i]: read[j].claim.id for i, j in pairs(of_gold, of_read).items()}
    return world


def _document(folder: Path, entry: Mapping[str, Any]) -> PlacedDocument:
    published = entry.get("published")
    return PlacedDocument(
        entry["file"],
        (folder / entry["file"]).read_text(encoding="utf-8"),
        str(published) if published else None,
        entry.get("publisher"),
        _KINDS.get(entry.get("kind", ""), SourceKind.OTHER),
    )


def _found(text: str, quote: Quote) -> int:
    at = -1
    for _ in range(quote[2]):
        at = text.find(quote[1], at + 1)
        if at < 0:
            return -1
    return at
