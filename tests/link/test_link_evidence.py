"""From what comparisons say to probabilities: the prior, kin, and names of a region."""

import numpy as np
import pytest

from witnessmark.link.evidence import MOST_SAID, chances_of, with_names_of_regions

COMPARISONS = ("given", "father", "grandfather", "family", "mother", "died", "age", "place", "sex", "lists")


def said(**values: np.ndarray) -> dict[str, np.ndarray]:
    """What each comparison says; nothing where it is not named."""
    size = len(next(iter(values.values())))
    return {name: values.get(name, np.zeros(size)) for name in COMPARISONS}


def evidence(rng: np.random.Generator, one: np.ndarray, apart: float) -> np.ndarray:
    """Of two normal populations, `apart` from each other: their log likelihood ratio."""
    return apart * rng.normal(np.where(one, apart, 0.0)) - apart**2 / 2


def test_the_prior_is_the_share_of_matches_the_evidence_itself_expects() -> None:
    rng = np.random.default_rng(1)
    match = rng.random(200_000) < 0.02
    chances = chances_of(said(given=evidence(rng, match, 3.0)), size=633)
    assert chances.sum() == pytest.approx(match.sum(), rel=0.05)
    sure = chances > 0.5
    assert match[sure].mean() == pytest.approx(chances[sure].mean(), abs=0.02)


def test_a_prior_is_found_where_no_pair_matches() -> None:
    assert chances_of(said(given=np.array([-10.0, -10.0])), size=100).max() < 1e-3


def test_relatives_killed_together_are_told_from_one_person() -> None:
    """Their pairs share family, day and place; only given name and age speak against one person."""
    rng = np.random.default_rng(2)
    kind = rng.choice(3, p=[0.02, 0.04, 0.94], size=200_000)
    match, alike = kind == 0, kind < 2
    told = said(
        family=evidence(rng, alike, 3.0), died=evidence(rng, alike, 3.0), given=evidence(rng, match, 2.0), age=evidence(rng, match, 1.0)
    )
    chances = chances_of(told, size=633)
    assert chances.sum() == pytest.approx(match.sum(), rel=0.05)
    for low, high in ((0.2, 0.5), (0.5, 0.8), (0.8, 1.0)):
        some = (chances >= low) & (chances < high)
        assert match[some].mean() == pytest.approx(chances[some].mean(), abs=0.04)


def test_without_kin_nothing_is_taken_for_them() -> None:
    rng = np.random.default_rng(3)
    match = rng.random(200_000) < 0.02
    whole = chances_of(said(family=evidence(rng, match, 2.0), given=evidence(rng, match, 2.0)), size=633)
    assert whole.sum() == pytest.approx(match.sum(), rel=0.05)


def test_a_name_of_one_region_says_less_of_two_rows_of_that_region() -> None:
    here: list[str | None] = [*["Haddad"] * 60, *["Barakat"] * 40]
    there: list[str | None] = [*["Barakat"] * 100]
    columns: dict[str, list[str | None]] = {"region": [*["here"] * 100, *["there"] * 100]}
    for part in ("given", "father", "grandfather", "family", "mother"):
        columns |= {f"{part}_sound": [None] * 200, f"{part}_skeleton": [None] * 200}
    columns |= {"family_sound": here + there, "family_skeleton": here + there}
    ones, others = np.array([0, 60, 0, 60]), np.array([1, 61, 61, 150])
    heard = with_names_of_regions(said(family=np.full(4, 5.0)), columns, ones, others)["family"]
    assert heard[0] < 4.6  # Haddad is borne by 60 of 100 here, and by 60 of 200 in all
    assert heard[1] > 5.2  # Barakat by 40 of 100 here, and by 140 of 200
    assert heard[2:].tolist() == [5.0, 5.0]  # not the same name; not the same region


def test_what_a_comparison_says_is_bounded() -> None:
    columns = {"region": [None, None]} | {f"{part}_{key}": [None, None] for part in COMPARISONS for key in ("sound", "skeleton")}
    heard = with_names_of_regions(said(sex=np.array([-500.0])), columns, np.array([0]), np.array([1]))
    assert heard["sex"].tolist() == [-MOST_SAID]
