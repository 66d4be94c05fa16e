"""An annotated document as the claims a reader would give, so that two annotators can be measured against each other like a reader."""

from __future__ import annotations

from typing import Any

from witnessmark.evaluate.annotated import Annotated, Extent, Marked
from witnessmark.evaluate.corpus import as_list
from witnessmark.model.claim import (
    Act,
    Basis,
    BasisKind,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Per,
    Polarity,
    Speaker,
    Stance,
    VictimCount,
    attribution_id,
    claim_id,
)
from witnessmark.model.span import Span


def claims_of(document: Annotated) -> list[Claim]:
    """The claims in the order they are described; of several readings of a field the first."""
    ids = {id_: _claim_id(document, document.marked[id_]) for id_ in document.fields}
    return [_claim(document, document.marked[id_], fields, ids) for id_, fields in document.fields.items()]


def _spans(document: Annotated, extents: list[Extent]) -> tuple[Span, ...]:
    return tuple(Span.of(document.text, start, end) for start, end in extents)


def _claim_id(document: Annotated, marked: Marked) -> str:
    who = _spans(document, marked.who[:1])
    return claim_id("", _spans(document, marked.says), _spans(document, marked.cue), who[0] if who else None)


def _claim(document: Annotated, marked: Marked, fields: dict[str, Any], ids: dict[str, str]) -> Claim:
    content, cue, who = (_spans(document, extents) for extents in (marked.says, marked.cue, marked.who[:1]))
    mention = who[0] if who else None
    act, relay, polarity = _first(fields, "act"), _first(fields, "relay_certainty"), _first(fields, "polarity")
    return Claim(
        id=claim_id("", content, cue, mention),
        attribution=attribution_id("", content, cue, mention),
        form=Form(_first(fields, "form") or "direct"),
        kind=Kind(_first(fields, "kind")),
        polarity=Polarity(polarity) if polarity else None,
        content=content,
        cue=cue,
        speaker=_speaker(fields, mention),
        stance=Stance(_first(fields, "stance")),
        certainty=Certainty(_first(fields, "certainty")),
        relay_certainty=Certainty(relay) if relay else None,
        act=Act(act) if act and act != "none" else None,
        parties=tuple(ClaimParty(name, PartyRole.PERPETRATOR, 0, 0, name) for name in as_list(fields.get("perpetrators"))),
        victims=tuple(map(_count, fields.get("victims", []))),
        when=_interval(fields, "when"),
        said=_interval(fields, "said"),
        due=_interval(fields, "due"),
        where=ClaimPlace(place, None, None, None, None, 0, 0, place) if (place := _first(fields, "place")) else None,
        basis=tuple(Basis(BasisKind(b["kind"]), None, 0, 0, b["text"]) for b in fields.get("basis", [])),
        answers=tuple(ids[answered] for answered in as_list(fields.get("answers"))),
    )


def _first(fields: dict[str, Any], name: str) -> Any:  # noqa: ANN401 -- whatever the annotator wrote
    return next(iter(as_list(fields.get(name))), None)


def _speaker(fields: dict[str, Any], mention: Span | None) -> Speaker | None:
    name = _first(fields, "speaker")
    if name == "document":
        return None
    return Speaker(None if name == "unnamed" else name, mention, None, bool(fields.get("anonymous")), tuple(as_list(fields.get("via"))))


def _count(count: dict[str, Any]) -> VictimCount:
    per = count.get("per")
    return VictimCount(
        count.get("min"),
        count.get("max"),
        Per(per) if per else None,
        Harm(count["harm"]),
        count.get("group"),
        None,
        bool(count.get("approximate")),
        derived=False,
        start=0,
        end=0,
        text=count["text"],
    )


def _interval(fields: dict[str, Any], name: str) -> Interval | None:
    dates = fields.get(name)
    return Interval(dates[0] or None, dates[1] or None, 0, 0, "") if dates else None
