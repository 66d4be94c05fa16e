"""Each source under one name: what people said of other names is applied to what corroboration compares, never to what was read."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from witnessmark.corroborate import PlacedClaim, PlacedDocument
from witnessmark.model.claim import Claim
from witnessmark.model.document import Document
from witnessmark.model.item import SourceKind
from witnessmark.model.source import Source
from witnessmark.store.sources import canonical_names, grades_of


class OneName:
    """The sources of a case as corroboration is to know them."""

    def __init__(self, entered: list[Source]) -> None:
        self._names = canonical_names(entered)
        self._kinds = {source.name: source.kind for source in entered}
        self.grades: Mapping[str, str] = grades_of(entered)

    def claim(self, placed: PlacedClaim) -> PlacedClaim:
        """The claim with speaker, relays and parties under the names that stand for them."""
        return msgspec.structs.replace(placed, claim=self._renamed(placed.claim)) if self._names else placed

    def document(self, document: Document, kind: SourceKind | None) -> PlacedDocument:
        """What corroboration looks at of a document; `kind` is what a person said of the item's source."""
        publisher = self._names.get(document.publisher.value, document.publisher.value) if document.publisher else None
        return PlacedDocument(
            document.item,
            document.text,
            document.published.value if document.published else None,
            publisher,
            kind or self._kinds.get(publisher or ""),
            document.translates.item if document.translates else None,
        )

    def _renamed(self, claim: Claim) -> Claim:
        speaker = claim.speaker
        if speaker is not None:
            via = tuple(self._names.get(name, name) for name in speaker.via)
            speaker = msgspec.structs.replace(speaker, name=self._names.get(speaker.name or "", speaker.name), via=via)
        parties = tuple(msgspec.structs.replace(party, name=self._names.get(party.name or "", party.name)) for party in claim.parties)
        return msgspec.structs.replace(claim, speaker=speaker, parties=parties)
