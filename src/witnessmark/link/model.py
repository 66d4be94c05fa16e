"""The linkage model in Splink's terms: what is compared, in which degrees of agreement, and which values are adjusted for how common they are.

After Fellegi and Sunter (1969), A theory for record linkage; degrees weighed by expectation maximisation as in Winkler (1988) and term frequencies as in Linacre et al. (2022).
The settings are plain values, the same for every backend; functions named here are known to DuckDB and Spark alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Settings = dict[str, Any]

NEAR, FAR = 0.9, 0.8
"""Jaro-Winkler likeness of two sounds above which spelling alone may part them, and above which they share at least a root."""


def settings_of(rules: Sequence[Sequence[str]], *, rounds: int, parts: bool = False) -> Settings:
    """Splink's settings for these blocking rules; `rounds` of expectation maximisation at the most. With `parts`, what each comparison says of a pair is kept, too."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "number",
        "blocking_rules_to_generate_predictions": [sql_of(rule) for rule in rules],
        "comparisons": [_given(), _name("father"), _name("family"), _mother(), _died(), _age(), _place(), _same("sex"), _lists()],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": parts,
        "max_iterations": rounds,
    }


def sql_of(rule: Sequence[str]) -> str:
    """A blocking rule as SQL: all these keys equal."""
    return " AND ".join(f'l."{name}" = r."{name}"' for name in rule)


def _level(condition: str, label: str, **more: object) -> Settings:
    return {"sql_condition": condition, "label_for_charts": label, **more}


def _null(condition: str) -> Settings:
    return _level(condition, "not stated", is_null_level=True)


def _comparison(name: str, levels: list[Settings]) -> Settings:
    return {"output_column_name": name, "comparison_levels": [*levels, _level("ELSE", "all other")]}


def _name_levels(part: str) -> list[Settings]:
    sound, bones = f"{part}_sound", f"{part}_skeleton"
    like = f"jaro_winkler_similarity({sound}_l, {sound}_r)"
    return [
        _level(f"{sound}_l = {sound}_r", "same sound", tf_adjustment_column=sound, tf_adjustment_weight=1.0),
        _level(f"{bones}_l = {bones}_r", "same consonants", tf_adjustment_column=bones, tf_adjustment_weight=1.0),
        _level(f"{like} >= {NEAR} OR damerau_levenshtein({sound}_l, {sound}_r) <= 1", "near in spelling"),
    ]


def _name(part: str) -> Settings:
    sound, initial = f"{part}_sound", f"{part}_initial"
    unstated = " OR ".join(f"({sound}_{side} IS NULL AND {initial}_{side} IS NULL)" for side in "lr")
    first = f"coalesce({initial}_l, left({part}_skeleton_l, 1)) = coalesce({initial}_r, left({part}_skeleton_r, 1))"
    return _comparison(
        part,
        [
            _null(unstated),
            *_name_levels(part),
            _level(f"({initial}_l IS NOT NULL OR {initial}_r IS NOT NULL) AND {first}", "initial fits"),
            _level(f"jaro_winkler_similarity({sound}_l, {sound}_r) >= {FAR}", "like in spelling"),
        ],
    )


def _given() -> Settings:
    """The given name, with a degree for two parts of the name written in each other's place.

    That degree asks columns of its own: Splink leaves a comparison out of every training round whose rule names one of its columns, and would never train this one.
    """
    comparison = _name("given")
    swapped = " OR ".join(f"given_{other}_l = {other}_given_r" for other in ("family", "father"))
    comparison["comparison_levels"].insert(3, _level(swapped, "parts swapped"))
    return comparison


def _mother() -> Settings:
    return _comparison("mother", [_null("mother_sound_l IS NULL OR mother_sound_r IS NULL"), *_name_levels("mother")])


def _died() -> Settings:
    exact = "day_l = last_day_l AND day_r = last_day_r"
    gap = "greatest(day_l - last_day_r, day_r - last_day_l, 0)"
    narrow = "greatest(last_day_l - day_l, last_day_r - day_r) <= 31"
    return _comparison(
        "died",
        [
            _null("day_l IS NULL OR day_r IS NULL"),
            _level(f"{exact} AND day_l = day_r", "same day"),
            _level(f"{exact} AND {gap} <= 3", "within three days"),
            _level(f"{exact} AND {gap} <= 8", "within about a week"),
            _level(f"{narrow} AND {gap} = 0", "same month as far as stated"),
            _level(f"{gap} = 0", "same year as far as stated"),
            _level(f"{gap} <= 31", "within a month"),
            _level("year_l = year_r", "same year"),
        ],
    )


def _age() -> Settings:
    gap = "coalesce(abs(age_l - age_r), abs(born_l - born_r))"
    return _comparison(
        "age",
        [_null(f"{gap} IS NULL"), *(_level(f"{gap} <= {most}", f"within {most} years") for most in (0.5, 1.5, 2.5, 5.5, 10.5))],
    )


def _place() -> Settings:
    return _comparison(
        "place",
        [
            _null("region_l IS NULL OR region_r IS NULL"),
            _level("place_l = place_r", "same place", tf_adjustment_column="place", tf_adjustment_weight=1.0),
            _level("region_l = region_r OR region_l = place_r OR place_l = region_r", "same larger place"),
        ],
    )


def _same(column: str) -> Settings:
    return _comparison(column, [_null(f"{column}_l IS NULL OR {column}_r IS NULL"), _level(f"{column}_l = {column}_r", "same")])


def _lists() -> Settings:
    """Whether both rows stand on one list: a list repeats a person less often than two lists share one, and how much less is learned."""
    return _comparison("lists", [_level('"list_l" = "list_r"', "two rows of one list")])
