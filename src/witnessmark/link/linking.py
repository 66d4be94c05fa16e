"""Links lists: trains the model on the rows themselves, scores the pairs that share a blocking key, and says which threshold the scores themselves expect to do best.

The threshold is not set by hand: were the probabilities right, linking all pairs above it would give the highest expected F1 (Lipton, Elkan and Naryanaswamy 2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.link.backend import MEMORY_LIMIT, in_duckdb
from witnessmark.link.blocking import pairs_of, rules_for
from witnessmark.link.features import COLUMNS, columns_of, feature_rows
from witnessmark.link.graph import Floats, Ints
from witnessmark.link.judgements import Judgement, verdicts_of
from witnessmark.link.learning import relearnt
from witnessmark.link.model import settings_of, sql_of
from witnessmark.link.records import ListRecord, ScoredPair

Columns = Mapping[str, Sequence[str | int | float | None]]
LEAST = 1e-4
"""Pairs less probable than this are not kept."""
FIRST_GUESS_MARGIN = 0.01
"""How far below LEAST pairs are asked for, since the prior they are scored with first is corrected afterwards."""
FIRST_GUESS = 1e-4
"""Splink's default for the share of all pairs that match."""
STILL = 1e-7
SAMPLED_PAIRS = 2e6
ROUNDS = (30, 8, 3, 1)
"""Rounds of training, the most first."""
TRAINING_RULES = (
    ("given_skeleton", "family_skeleton"),
    ("given_skeleton", "day", "last_day"),
    ("family_skeleton", "father_skeleton", "month"),
)


def score_pairs(records: Sequence[ListRecord], *, judgements: Sequence[Judgement] = (), seed: int = 1) -> list[ScoredPair]:
    """The pairs worth considering, in the order of the records, scored by what the judgements teach, too; the same records, judgements and seed give the same pairs."""
    columns = columns_of(feature_rows(records))
    rules = rules_for(columns)
    if not rules:
        return []
    try:
        chances, ones, others, said = _scored(columns, rules, seed, parts=bool(judgements))
    except Exception as error:
        if _told(error, "interrupt"):
            raise KeyboardInterrupt from None
        if _told(error, "out of memory"):
            raise UsageError(
                f"Comparing {len(records):,} records takes more than the {MEMORY_LIMIT} of memory linking may use. Link them in parts, by province or year."
            ) from error
        raise
    chances = with_prior_of_the_lists(chances, len(records))
    kept = np.flatnonzero(chances >= LEAST)
    order = kept[np.lexsort((others[kept], ones[kept]))]
    chances, ones, others = chances[order], ones[order], others[order]
    if judgements:
        chances = relearnt(chances, said[order], _numbered(judgements, records, ones, others))
    rows = zip(ones.tolist(), others.tolist(), chances.tolist(), strict=True)
    return [ScoredPair(records[one].id, records[other].id, chance) for one, other, chance in rows]


def _scored(columns: Columns, rules: Sequence[tuple[str, ...]], seed: int, *, parts: bool) -> tuple[Floats, Ints, Ints, Floats]:
    """Probabilities under Splink's default prior, the two records of each pair and, with `parts`, what each comparison says (pairs, comparisons; natural logarithm)."""
    linker = _trained(columns, rules, seed, parts=parts)
    scored = linker.inference.predict(threshold_match_probability=LEAST * FIRST_GUESS_MARGIN).as_pyarrow_table()
    chances, ones, others = (scored[name].to_numpy() for name in ("match_probability", "number_l", "number_r"))
    said: dict[str, Floats] = {}
    for name in scored.column_names if parts else ():
        comparison = name.removeprefix("mw_").removeprefix("tf_adj_")
        if name.startswith("mw_"):
            said[comparison] = said.get(comparison, 0.0) + scored[name].to_numpy() * np.log(2)
    return chances, ones, others, np.column_stack(list(said.values())) if said else np.empty((len(chances), 0))


def _numbered(judgements: Sequence[Judgement], records: Sequence[ListRecord], ones: Ints, others: Ints) -> dict[int, bool]:
    """The judgements that say yes or no to a scored pair, by the number of the pair."""
    verdicts = verdicts_of(judgements, [record.id for record in records])
    return {
        number: verdicts[pair] == "same"
        for number, pair in enumerate(zip(ones.tolist(), others.tolist(), strict=True))
        if verdicts.get(pair, "unsure") != "unsure"
    }


def _trained(columns: Columns, rules: Sequence[tuple[str, ...]], seed: int, *, parts: bool) -> Any:  # noqa: ANN401 -- Splink's Linker, typed only where installed
    """A linker trained by expectation maximisation.

    Where rows of one person agree in everything, a degree of disagreement sinks to a probability of nothing, which Splink refuses; training is then stopped after fewer rounds, before that.
    """
    for rounds in ROUNDS:
        linker = in_duckdb(columns, COLUMNS, settings_of(rules, rounds=rounds, parts=parts))
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed)
        try:
            for rule in filter(partial(pairs_of, columns), TRAINING_RULES):
                linker.training.estimate_parameters_using_expectation_maximisation(sql_of(rule))
        except ValueError:
            continue
        return linker
    raise UsageError(
        "Nothing can be learnt from these rows: those that could be one person agree in everything, or in nothing. Look at the lists and their mappings."
    )


def _told(error: BaseException | None, words: str) -> bool:
    """Whether an error of the database, or one it came from, says so; it tells of a person's Ctrl-C and of its memory in errors of its own."""
    while error is not None:
        if words in str(error).lower():
            return True
        error = error.__cause__ or error.__context__
    return False


def with_prior_of_the_lists(chances: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The same evidence under the share of matches that these lists have: the one at which as many pairs are expected to match as the probabilities add up to.

    `chances` (pairs) are probabilities under Splink's default share, FIRST_GUESS; `size` is the number of records. One step of expectation maximisation, repeated until it stands
    still. Left at the default, lists five times as long have a fifth of the share, and pairs look ten times too sure.
    """
    bounded = np.clip(chances, 1e-12, 1 - 1e-12)
    evidence = np.log(bounded / (1 - bounded)) - _log_odds(FIRST_GUESS)
    whole = max(size * (size - 1) / 2, 1.0)
    share, before = FIRST_GUESS, 0.0
    while abs(share - before) > STILL * share:
        before = share
        share = min(max(float(_chance(evidence + _log_odds(share)).sum()) / whole, 1 / whole / 10), 0.5)
    return _chance(evidence + _log_odds(share))


def _log_odds(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _chance(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-log_odds))


def calibrated_threshold(pairs: Sequence[ScoredPair]) -> float:
    """The probability from which on linking gives the highest expected F1: half of that F1 (Lipton and others, theorem 1). 1.0 where there is no pair."""
    if not pairs:
        return 1.0
    falling = np.sort(np.array([pair.probability for pair in pairs]))[::-1]
    expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    return float(expected.max()) / 2
