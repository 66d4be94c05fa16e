"""Documents of an invented country and claims cut from them, as short as a test needs them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.corroborate import Corroborated, Judged, PlacedClaim, PlacedDocument, corroborate
from witnessmark.model.claim import (
    Act,
    Basis,
    BasisKind,
    Certainty,
    Claim,
    Form,
    Harm,
    Kind,
    Speaker,
    Stance,
    VictimCount,
    claim_id,
)
from witnessmark.model.incident import Incident
from witnessmark.model.item import SourceKind
from witnessmark.model.span import Span

MILL = "Gunmen shot nine workers at the Kessan mill near Dorvo on Sunday evening"


def document(
    item: str, text: str, *, published: str | None = "2031-03-04", publisher: str | None = None, kind: SourceKind | None = SourceKind.PRESS
) -> PlacedDocument:
    return PlacedDocument(item, text, published, publisher or item.title(), kind)


def claim(
    of: PlacedDocument,
    quote: str,
    *,
    speaker: str | None = None,
    anonymous: bool = False,
    stance: Stance = Stance.ASSERTS,
    act: Act | None = Act.KILLING,
    **more: object,
) -> PlacedClaim:
    """A claim whose content is the first place in the document where `quote` stands."""
    at = of.text.index(quote)
    span = Span.of(of.text, at, at + len(quote))
    made = Claim(
        id=claim_id(of.item, (span,), (), None), attribution=f"a-{of.item}-{at}", form=Form.INDIRECT, kind=Kind.FACTUAL, polarity=None,
        content=(span,), cue=(), speaker=Speaker(name=speaker, mention=_mention(of, speaker), anonymous=anonymous) if speaker else None,
        stance=stance, certainty=Certainty.CERTAIN, act=act,
    )  # fmt: skip
    return PlacedClaim(msgspec.structs.replace(made, **more), of.item, of.published)


def _mention(of: PlacedDocument, speaker: str) -> Span | None:
    at = of.text.find(speaker)
    return Span(at, at + len(speaker), speaker) if at >= 0 else None


def count(low: int | None, high: int | None, text: str = "x", harm: Harm = Harm.KILLED, *, includes: int | None = None) -> VictimCount:
    return VictimCount(low, high, None, harm, None, includes, approximate=False, derived=False, start=0, end=1, text=text)


def basis(of: PlacedDocument, text: str, kind: BasisKind, held: str | None = None) -> tuple[Basis, ...]:
    at = of.text.index(text)
    return (Basis(kind, held, at, at + len(text), text),)


def only(found: Corroborated) -> Incident:
    (incident,) = found.incidents
    return incident


def weighed(documents: Sequence[PlacedDocument], claims: Sequence[PlacedClaim], judged: Judged | None = None) -> Corroborated:
    return corroborate(claims, documents, judged)
