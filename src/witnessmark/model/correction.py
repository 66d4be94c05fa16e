"""Corrections: what a person put in the place of what a machine read of a claim, and claims a person read by hand.

Both are decisions, so they carry who, when and why and can be undone; the machine's reading stays on record beside them.
A decision's value is a word where the field's values are words ("denies", "none"), canonical JSON in the claim's own
shapes where they are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, get_args

import msgspec

from witnessmark.model.canonical import canonical_json
from witnessmark.model.claim import (
    Act,
    Addressee,
    Basis,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Interval,
    Kind,
    Polarity,
    Speaker,
    Stance,
    VictimCount,
)
from witnessmark.model.decision import Decision, Status
from witnessmark.model.span import Span

ADDED = "claim"
"""The field of a decision by which a person adds a claim; its value is an `AddedClaim`."""

NONE = "none"
"""How a decision says that a field has no value."""

CORRECTABLE: dict[str, Any] = {
    "speaker": Speaker | None,
    "stance": Stance,
    "polarity": Polarity | None,
    "certainty": Certainty,
    "relay_certainty": Certainty | None,
    "kind": Kind,
    "form": Form,
    "act": Act | None,
    "parties": tuple[ClaimParty, ...],
    "victims": tuple[VictimCount, ...],
    "when": Interval | None,
    "where": ClaimPlace | None,
    "said": Interval | None,
    "due": Interval | None,
    "addressee": Addressee | None,
    "purpose": Span | None,
    "basis": tuple[Basis, ...],
    "answers": tuple[str, ...],
}
"""The fields of a claim that a person may correct, with the shape of each. What it says, and by which words, is its identity: other words are another claim."""


class AddedClaim(msgspec.Struct, frozen=True):
    """A claim read by a person in `document` of `item`, as first entered; later corrections are decisions of their own.

    `supersedes` is the claim whose words it corrects: what answered that one answers this.
    """

    item: str
    document: str
    claim: Claim
    supersedes: str | None = None


def words_of(field: str) -> type[StrEnum] | None:
    """The words a field chooses among, None where it is no such field."""
    shape = CORRECTABLE[field]
    return next((each for each in (shape, *get_args(shape)) if isinstance(each, type) and issubclass(each, StrEnum)), None)


def is_optional(field: str) -> bool:
    """Whether a field may have no value."""
    return CORRECTABLE[field] not in {Stance, Certainty, Kind, Form}


def encode(value: object) -> str:
    """A field's value as a decision keeps it."""
    if value is None:
        return NONE
    return value.value if isinstance(value, StrEnum) else canonical_json(value).decode()


def decode(field: str, value: str) -> Any:  # noqa: ANN401 -- the shape differs by field; CORRECTABLE says which
    """The value a decision kept. Raises ValueError where it is none of this field."""
    if value == NONE:
        return None
    words = words_of(field)
    return words(value) if words is not None else msgspec.json.decode(value, type=CORRECTABLE[field])


def value_in_words(field: str, value: str) -> str:
    """A correction's value in short words for a list: the names and words it holds, not its shape."""
    if value == NONE or words_of(field) is not None:
        return value
    return "; ".join(_in_words(each) for each in _each(msgspec.to_builtins(decode(field, value)))) or NONE


def _each(value: Any) -> list[Any]:  # noqa: ANN401 -- any JSON value
    return value if isinstance(value, list) else [value]


def _in_words(value: Any) -> str:  # noqa: ANN401 -- any JSON value
    if not isinstance(value, dict):
        return str(value)
    words = (value.get("mention") or {}).get("text") or value.get("text") or ""
    ends = [value.get(key) for key in (("earliest", "latest") if "earliest" in value else ("min", "max")) if key in value]
    span = "" if not ends or ends == [None, None] else "..".join("" if end is None else str(end) for end in ends)
    meant = [
        value.get("name"),
        span,
        value.get("role"),
        value.get("kind"),
        value.get("harm"),
        "anonymous" if value.get("anonymous") else None,
    ]
    said = ", ".join(str(part) for part in meant if part and part != words)
    return f"{words} = {said}" if said else str(words)


def standing_corrections(decisions: Iterable[Decision], text: str) -> dict[str, Decision]:
    """The corrections in force, by field: the latest of each, left out where it points at characters that `text` does not have there.

    Such a one was made in another reading of the original.
    """
    return {field: decision for field, decision in _latest(decisions).items() if holds(decode(field, decision.value), text)}


def corrected(claim: Claim, decisions: Iterable[Decision], text: str) -> Claim:
    """The claim with every correction in force in its place."""
    values = {field: decode(field, decision.value) for field, decision in standing_corrections(decisions, text).items()}
    found = msgspec.structs.replace(claim, **values)
    return found if found.stance is Stance.DENIES else msgspec.structs.replace(found, polarity=None)


def is_out_of_place(decisions: Iterable[Decision], text: str) -> bool:
    """Whether a correction that was not taken back is left out, so that what people said of the reading needs a second look."""
    made = list(decisions)
    return _latest(made).keys() != standing_corrections(made, text).keys()


def as_far_as_it_holds(claim: Claim, text: str) -> Claim:
    """The claim without the fields that point at characters the text does not have there; its own words must stand."""
    empty = {
        field: () if isinstance(getattr(claim, field), tuple) else None for field in CORRECTABLE if not holds(getattr(claim, field), text)
    }
    return msgspec.structs.replace(claim, **empty) if empty else claim


def _latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    return {decision.field: decision for decision in decisions if decision.field in CORRECTABLE and not decision.undone}


def status_of(decisions: Iterable[Decision]) -> Status:
    """What people said of a reading: the latest that stands; a claim added by hand was read by who added it."""
    status = Status.PROPOSED
    for decision in decisions:
        if not decision.undone and decision.field == "status":
            status = Status(decision.value)
        elif not decision.undone and decision.field == ADDED:
            status = Status.ACCEPTED
    return status


def holds(value: object, text: str) -> bool:
    """Whether every span inside a value is what `text` has at that place."""
    return all(text[start:end] == words for start, end, words in _spans(msgspec.to_builtins(value)))


def _spans(value: Any) -> Iterator[tuple[int, int, str]]:  # noqa: ANN401 -- any JSON value
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            yield value["start"], value["end"], value["text"]
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _spans(inner)
