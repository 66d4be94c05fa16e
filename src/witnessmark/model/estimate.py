"""An estimate of how many people there were, recorded or not; or a refusal with its reason."""

from __future__ import annotations

import msgspec


class Interval(msgspec.Struct, frozen=True, array_like=True):
    """The ends of an interval, in people; `low` is never under what is documented."""

    low: float
    high: float


class Diagnostic(msgspec.Struct, frozen=True):
    """One check of an estimate: its name in the field's terms, its value, the limit it has to keep (None where it is for information), whether it does, and a sentence about it."""

    name: str
    value: float | None
    limit: float | None
    kept: bool
    detail: str


class Estimate(msgspec.Struct, frozen=True):
    """What one method says of one capture table.

    `documented` is the number of people on at least one list: the minimum, whatever the method. `total` is the posterior median or the point estimate of all,
    recorded or not; `interval` holds it with probability or confidence `level`. Where `refused` holds a reason, `total` and `interval` are None and `diagnostics` say what
    was seen. `method` is `name/version`; `assumption` is the one sentence it rests on; `parameters` and `seed` are all it takes to get the same again; `draws`, where
    the method makes them, are draws of the total: of its posterior, or of the distribution its interval is made of (docs/counting.md says which). Where `lower_bound`
    is set, `total`, `interval` and `draws` are of a number the truth is at least, and may lie far above.
    """

    documented: int
    total: float | None
    interval: Interval | None
    level: float
    method: str
    assumption: str
    diagnostics: tuple[Diagnostic, ...] = ()
    refused: str | None = None
    parameters: dict[str, float | int | str | bool] = {}
    seed: int | None = None
    draws: tuple[float, ...] = ()
    standard_error: float | None = None
    lower_bound: bool = False
