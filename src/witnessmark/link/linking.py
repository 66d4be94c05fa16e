"""Links lists: trains the model on the rows themselves, scores the pairs that share a blocking key, and says which threshold the scores themselves expect to do best.

The threshold is not set by hand: were the probabilities right, linking all pairs above it would give the highest expected F1 (Lipton, Elkan and Naryanaswamy 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from witnessmark.errors import UsageError
from witnessmark.link.backend import MEMORY_LIMIT, in_duckdb
from witnessmark.link.blocking import Blocks, Columns, blocks_of, pairs_of
from witnessmark.link.commonness import DEGREES, shares_of
from witnessmark.link.evidence import chances_of, with_names_of_regions
from witnessmark.link.features import COLUMNS, columns_of, feature_rows
from witnessmark.link.graph import Floats, Ints
from witnessmark.link.judgements import Judgement, verdicts_of
from witnessmark.link.learning import relearnt
from witnessmark.link.model import settings_of, sql_of
from witnessmark.link.records import ListRecord, ScoredPair

LEAST = 1e-4
"""Pairs less probable than this are not kept."""
FIRST_GUESS_MARGIN = 0.01
"""How far below LEAST pairs are asked for, since the prior they are scored with first is corrected afterwards."""
SAMPLED_PAIRS = 2e6
ROUNDS = (30, 8, 3, 1)
"""Rounds of training, the most first."""
TRAINING_RULES = (
    (("given_skeleton", "family_skeleton"), ("given_skeleton", "family_skeleton", "year")),
    (("given_skeleton", "years", "region"), ("given_skeleton", "exact_day")),
    (("family_skeleton", "years", "region"), ("family_skeleton", "father_skeleton", "year")),
)
"""What pairs must share to be learnt from, each rule in the forms to try in turn.

The comparisons that a rule names a column of learn nothing from it: what its pairs share by choice is no sign of anything. That is so only where the rule names the comparison's own
column. And what is learnt of given names must not come from pairs that siblings killed together fill: people of one family, region and age seldom are siblings.
"""
FEWEST_TRAINING, MOST_TRAINING = 200, 5e6
"""Pairs that a form of a training rule gives at the least, for there to be something to learn, and at the most, for it to end."""


class Scores(NamedTuple):
    """Pairs worth considering, in the order of the records, and how many rows were compared with no one for being alike to too many."""

    pairs: list[ScoredPair]
    uncompared: int = 0


def score_pairs(records: Sequence[ListRecord], *, judgements: Sequence[Judgement] = (), seed: int = 1) -> Scores:
    """Score the pairs that some blocking rule brings together, having learnt from the judgements; the same records, judgements and seed give the same pairs."""
    columns = columns_of(feature_rows(records))
    blocks = blocks_of(columns)
    if not blocks.groups:
        return Scores([], blocks.uncompared)
    try:
        ones, others, said = _scored(columns, blocks, seed)
    except Exception as error:
        if _told(error, "interrupt"):
            raise KeyboardInterrupt from None
        if _told(error, "out of memory"):
            raise UsageError(
                f"Comparing {len(records):,} records takes more than the {MEMORY_LIMIT} of memory linking may use. Link them in parts, by province or year."
            ) from error
        raise
    said = with_names_of_regions(said, columns, ones, others)
    chances = chances_of(said, len(records)) if len(ones) else np.empty(0)
    kept = np.flatnonzero(chances >= LEAST)
    order = kept[np.lexsort((others[kept], ones[kept]))]
    chances, ones, others = chances[order], ones[order], others[order]
    if judgements:
        told = np.column_stack([values[order] for values in said.values()])
        chances = relearnt(chances, told, _numbered(judgements, records, ones, others))
    rows = zip(ones.tolist(), others.tolist(), chances.tolist(), strict=True)
    return Scores([ScoredPair(records[one].id, records[other].id, chance) for one, other, chance in rows], blocks.uncompared)


def _scored(columns: Columns, blocks: Blocks, seed: int) -> tuple[Ints, Ints, dict[str, Floats]]:
    """The two records of each pair, and what each comparison says of it (pairs, natural logarithm)."""
    linker = _trained(columns, blocks, seed)
    scored = linker.inference.predict(threshold_match_probability=LEAST * FIRST_GUESS_MARGIN)
    sums: dict[str, list[str]] = {}
    for column in scored.columns:
        name = column.unquote().name
        if name.startswith("mw_"):
            sums.setdefault(name.removeprefix("mw_").removeprefix("tf_adj_"), []).append(f'"{name}"')
    told = ", ".join(f'({" + ".join(parts)}) * ln(2) AS "{name}"' for name, parts in sums.items())
    table = linker.misc.query_sql(f"SELECT number_l, number_r, {told} FROM {scored.physical_name}").as_pyarrow_table()  # noqa: S608 -- the names are those of our own comparisons
    return table["number_l"].to_numpy(), table["number_r"].to_numpy(), {name: table[name].to_numpy() for name in sums}


def _numbered(judgements: Sequence[Judgement], records: Sequence[ListRecord], ones: Ints, others: Ints) -> dict[int, bool]:
    """The judgements that say yes or no to a scored pair, by the number of the pair."""
    verdicts = verdicts_of(judgements, [record.id for record in records])
    return {
        number: verdicts[pair] == "same"
        for number, pair in enumerate(zip(ones.tolist(), others.tolist(), strict=True))
        if verdicts.get(pair, "unsure") != "unsure"
    }


def _trained(columns: Columns, blocks: Blocks, seed: int) -> Any:  # noqa: ANN401 -- Splink's Linker, typed only where installed
    """A linker trained by expectation maximisation.

    Where rows of one person agree in everything, a degree of disagreement sinks to a probability of nothing, which Splink refuses; training is then stopped after fewer rounds, before that.
    """
    rules = list(_training_rules(columns))
    kinds = COLUMNS | dict.fromkeys(blocks.groups, "int64")
    shares = {degree.value: shares_of(columns, degree) for degree in DEGREES}
    for rounds in ROUNDS:
        linker = in_duckdb({**columns, **blocks.groups}, kinds, settings_of([(name,) for name in blocks.groups], rounds=rounds), shares)
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed)
        try:
            for rule in rules:
                linker.training.estimate_parameters_using_expectation_maximisation(sql_of(rule))
        except ValueError:
            continue
        return linker
    raise UsageError(
        "Nothing can be learnt from these rows: those that could be one person agree in everything, or in nothing. Look at the lists and their mappings."
    )


def _training_rules(columns: Columns) -> Iterator[tuple[str, ...]]:
    """Of each training rule the first form with enough pairs but not too many, else the one with most that is not too many."""
    for forms in TRAINING_RULES:
        counted = [(pairs, form) for form in forms if 0 < (pairs := pairs_of(columns, form)) <= MOST_TRAINING]
        if counted:
            yield next((form for pairs, form in counted if pairs >= FEWEST_TRAINING), max(counted, key=itemgetter(0))[1])


def _told(error: BaseException | None, words: str) -> bool:
    """Whether an error of the database, or one it came from, says so; it tells of a person's Ctrl-C and of its memory in errors of its own."""
    while error is not None:
        if words in str(error).lower():
            return True
        error = error.__cause__ or error.__context__
    return False


def calibrated_threshold(pairs: Sequence[ScoredPair]) -> float:
    """The probability from which on linking gives the highest expected F1: half of that F1 (Lipton and others, theorem 1). 1.0 where there is no pair."""
    if not pairs:
        return 1.0
    falling = np.sort(np.array([pair.probability for pair in pairs]))[::-1]
    expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    return float(expected.max()) / 2
