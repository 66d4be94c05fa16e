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


class Chains(msgspec.Struct, frozen=True):
    """What the chains of a sampler drew, thinned to what can be drawn: enough to see whether they came to one place, too little to count by.

    `traces` (chains, values) are totals in people, `apart` sweeps from one to the next, from where each chain began; the first `dropped` of each had no part in the estimate.
    `rhat`, `effective` (the smaller of the effective sample sizes of middle and tails) and `between` (how many standard errors the medians of two chains are apart at most) are
    of all the draws that had, None where one is not finite.
    """

    traces: tuple[tuple[int, ...], ...]
    apart: int
    dropped: int
    rhat: float | None
    effective: float | None
    between: float | None


class Estimate(msgspec.Struct, frozen=True):
    """What one method says of one capture table.

    `documented` is the number of people on at least one list: the minimum, whatever the method. `total` is the posterior median or the point estimate of all,
    recorded or not; `interval` holds it with probability or confidence `level`. Where `refused` holds a reason, `total` and `interval` are None and `diagnostics` say what
    was seen. `method` is `name/version`; `assumption` is the one sentence it rests on; `parameters` and `seed` are all it takes to get the same again; `draws`, where
    the method makes them, are draws of the total: of its posterior, or of the distribution its interval is made of (docs/counting.md says which). Where `lower_bound`
    is set, `total`, `interval` and `draws` are of a number the truth is at least, and may lie far above. `chains` are those of a sampler, kept where it refuses, too; of several estimates
    pooled, those of the one whose chains agree least.
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
    chains: Chains | None = None

    def without_draws(self) -> Estimate:
        """The same to be kept where nothing shows what it was drawn from."""
        return msgspec.structs.replace(self, draws=(), chains=None)
