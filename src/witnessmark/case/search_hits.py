"""A hit as it is shown: what a claim or document is, and the stretches of the original that made it one."""

from __future__ import annotations

import msgspec

from witnessmark.case.voices import called
from witnessmark.model.decision import Status
from witnessmark.store.claims import source_of
from witnessmark.store.full_text import names_of
from witnessmark.store.search import NamedItem, StoredDocument, StoredHit
from witnessmark.text.passages import Passage, best_passages, is_found_in, passages_of_spans
from witnessmark.text.query import Node


class ClaimHit(msgspec.Struct, frozen=True, tag_field="kind", tag="claim"):
    """A claim that was found. `passages` are its content, lit where the query is found in it.

    `names` are those of its names (who speaks, who did it, where) that the query was found in. `name` is that of the item's file, `opens` the
    page of the dossier that shows it (as a path inside the case), None where it was not published yet; `graphic` whether a person called the item so.
    """

    number: str
    id: str
    item: str
    name: str
    title: str | None
    source: str
    stance: str
    act: str | None
    place: str | None
    earliest: str | None
    latest: str | None
    status: Status
    passages: tuple[Passage, ...]
    names: tuple[str, ...]
    opens: str | None
    graphic: bool


class DocumentHit(msgspec.Struct, frozen=True, tag_field="kind", tag="document"):
    """A document that was found, under the number of its item. `places` is how often the words stand in its text; `passages` the best of them.

    `opens` is the page of the dossier that shows it, None where there is none yet.
    """

    number: str
    id: str
    item: str
    name: str
    title: str | None
    publisher: str | None
    places: int
    passages: tuple[Passage, ...]
    opens: str | None
    graphic: bool


def claim_hit(query: Node | None, hit: StoredHit, item: NamedItem, opens: str | None, *, graphic: bool) -> ClaimHit:
    """A claim to be shown; `query` None where it was found by filters alone."""
    claim = hit.claim
    names = dict.fromkeys(name for name in names_of(claim) if name)
    return ClaimHit(
        number=f"C{hit.number}",
        id=claim.id,
        item=item.number,
        name=item.name,
        title=item.title,
        source=called(source_of(claim)),
        stance=claim.stance,
        act=claim.act,
        place=(claim.where.name or claim.where.text) if claim.where else None,
        earliest=claim.when.earliest if claim.when else None,
        latest=claim.when.latest if claim.when else None,
        status=Status(hit.status),
        passages=passages_of_spans(query, claim.content),
        names=tuple(name for name in names if query is not None and is_found_in(query, name)),
        opens=opens,
        graphic=graphic,
    )


def document_hit(query: Node, hit: StoredDocument, item: NamedItem, opens: str | None, *, graphic: bool) -> DocumentHit:
    """A document to be shown."""
    passages, places = best_passages(query, hit.document.text, hit.cut)
    return DocumentHit(item.number, hit.document.id, item.number, item.name, item.title, hit.publisher, places, passages, opens, graphic)
