"""Answers tie a denial, doubt or concession to the claims it is about; an incident groups claims about one happening and says how well it is supported.

The incident struct is an outward contract (`export --to incidents-jsonl`): fields may be added, never changed. `docs/weighing.md` explains the rule.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.claim import Act, BasisKind, Harm, Per
from witnessmark.model.span import Span


class Role(StrEnum):
    """What a claim does in an incident."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    CONTEXT = "context"


class Answer(msgspec.Struct, frozen=True):
    """`claim` (a denial, doubt, concession, correction or retraction, or an assertion that likely answers) is about `about`; `general` where it names no particular one.

    `why` says in words what tied them together.
    """

    claim: str
    about: str
    general: bool
    why: str


class IncidentClaim(msgspec.Struct, frozen=True):
    """A claim's part in an incident."""

    id: str
    role: Role


class IncidentPlace(msgspec.Struct, frozen=True):
    """The place shared by the claims of an incident."""

    name: str | None
    id: str | None


class IncidentTime(msgspec.Struct, frozen=True):
    """The hull of the stated dates, ISO, both included; None where open or not stated."""

    earliest: str | None
    latest: str | None


class VictimRange(msgspec.Struct, frozen=True):
    """The victims of one harm as the roots count them; `rule` names how their figures were combined ("as stated": not at all; "min-max": from the lowest to the highest)."""

    min: int | None
    max: int | None
    per: Per | None
    harm: Harm | None
    rule: str


class TieKind(StrEnum):
    """What shows that one telling comes from another."""

    PASSAGE = "passage"
    CREDIT = "credit"
    RELAY = "relay"
    CITED = "cited"
    SPEAKER = "speaker"
    REWORDED = "reworded"
    TRANSLATION = "translation"
    HEADLINE = "headline"
    RETOLD = "retold"
    PICTURE = "picture"


class Tie(msgspec.Struct, frozen=True):
    """That `claim` comes from `of` (a claim, None where that telling is not held) or from the source called `name`; `why` says it in a sentence.

    `span` of `item` is the evidence, `of_span` of `of_item` what it was taken from where that is held. A person can reject a tie by its id.
    """

    id: str
    kind: TieKind
    claim: str
    of: str | None
    name: str | None
    item: str
    span: Span
    of_item: str | None
    of_span: Span | None
    why: str


class Change(StrEnum):
    """What a relay changed of its root's words."""

    FIGURE = "figure"
    UNIT = "unit"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    TIME = "time"


class Drift(msgspec.Struct, frozen=True):
    """That `claim` says `became` where `of`, which it goes back to, says `was`. It is shown and is no value of its own."""

    claim: str
    of: str
    what: Change
    was: str
    became: str


class Line(msgspec.Struct, frozen=True):
    """One line of origin: its root claim, the claims that repeat it, and those of them that changed it (all by id).

    `name` is whose line it is. It is `established` where that source is identified and says how it has access to the facts (`access`); `held` is the
    item of this case on which that rests, None where it is only asserted. `ties` are the evidence that the members go back to the root.
    """

    root: str
    members: tuple[str, ...]
    drift: tuple[str, ...]
    name: str | None = None
    identified: bool = False
    access: BasisKind | None = None
    held: str | None = None
    established: bool = False
    ties: tuple[Tie, ...] = ()
    changes: tuple[Drift, ...] = ()


class Use(StrEnum):
    """What became of a stated value."""

    COUNTED = "counted"
    SUBTOTAL = "subtotal"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Stated(msgspec.Struct, frozen=True):
    """A value of one field as one root states it: its words and the claim they stand in, and whether it is counted."""

    field: str
    value: str
    claim: str
    line: str
    use: Use


class Pivot(msgspec.Struct, frozen=True):
    """One item without which the finding would be another: the level and the words it would have."""

    item: str
    level: int
    support: str


class Incident(msgspec.Struct, frozen=True):
    """Claims about one happening. The id is that of its oldest claim.

    `support` says in words how well it is supported by `rule`, `level` the same from 1 to 6; None where nothing of it is weighed. `denied_by` denied it, `disputed_by` did so
    and said on what basis. `stated` are the values of the roots side by side, `pivots` the single items without which the finding would be another.
    """

    id: str
    act: Act | None
    where: IncidentPlace | None
    when: IncidentTime | None
    claims: tuple[IncidentClaim, ...]
    independent_lines: int | None
    independent_lines_max: int | None
    lines: tuple[Line, ...]
    victims: tuple[VictimRange, ...]
    support: str | None
    reasons: tuple[str, ...]
    denied_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    asked_for: tuple[str, ...]
    rule: str | None = None
    level: int | None = None
    stated: tuple[Stated, ...] = ()
    pivots: tuple[Pivot, ...] = ()
