"""Clusters, draws of linkages, and what becomes of them."""

import itertools
import math

import numpy as np
import pytest

from witnessmark.errors import UsageError
from witnessmark.link.clusters import clustered
from witnessmark.link.draws import capture_histories, draw_linkages, named_by_lowest
from witnessmark.link.graph import UNSCORED, PairGraph, graph_of
from witnessmark.link.records import ListRecord, ScoredPair


def rows(lists: str) -> list[ListRecord]:
    return [ListRecord(id=str(number), list=name) for number, name in enumerate(lists)]


def pair(one: int, other: int, probability: float) -> ScoredPair:
    return ScoredPair(str(one), str(other), probability)


def test_a_group_held_by_one_sure_pair_against_unlikely_ones_is_not_joined() -> None:
    # 0-1 and 2-3 are sure; 1-2 likely; 0-2, 0-3 and 1-3 were compared and speak against it.
    pairs = [pair(0, 1, 0.999), pair(2, 3, 0.999), pair(1, 2, 0.7), pair(0, 2, 0.01), pair(0, 3, 0.01), pair(1, 3, 0.01)]
    assert clustered(graph_of(rows("abab"), pairs), 0.5).tolist() == [0, 0, 2, 2]


def test_records_that_all_agree_are_one_person() -> None:
    pairs = [pair(*two, 0.9) for two in itertools.combinations(range(4), 2)]
    assert clustered(graph_of(rows("abcd"), pairs), 0.5).tolist() == [0, 0, 0, 0]


def test_a_pair_at_the_threshold_is_linked_and_one_under_it_is_not() -> None:
    graph = graph_of(rows("abcd"), [pair(0, 1, 0.6), pair(2, 3, 0.59)])
    assert clustered(graph, 0.6).tolist() == [0, 0, 2, 3]


def test_on_a_list_that_names_everyone_once_two_rows_are_never_one_person() -> None:
    pairs = [pair(0, 1, 0.999), pair(0, 2, 0.99), pair(1, 2, 0.98)]
    assert clustered(graph_of(rows("aab"), pairs), 0.5).tolist() == [0, 0, 0]
    graph = graph_of(rows("aab"), pairs, once={"a"})
    assert clustered(graph, 0.5).tolist() == [0, 1, 0]
    for drawn in draw_linkages(graph, np.arange(3), draws=50):
        assert drawn[0] != drawn[1]


def test_a_list_that_is_not_there_cannot_be_said_to_name_everyone_once() -> None:
    with pytest.raises(UsageError, match="No record stands on the list 'c'; the lists are a, b"):
        graph_of(rows("aab"), [], once={"c"})


def test_a_pair_of_unknown_records_is_refused() -> None:
    with pytest.raises(UsageError, match="names record '7'"):
        graph_of(rows("ab"), [pair(0, 7, 0.5)])


def test_a_lone_pair_is_linked_in_as_many_draws_as_it_is_likely() -> None:
    graph = graph_of(rows("ab" * 400), [pair(2 * number, 2 * number + 1, 0.3) for number in range(400)])
    drawn = draw_linkages(graph, np.arange(800), draws=20)
    linked = np.array([draw[1::2] == draw[::2] for draw in drawn])
    assert abs(linked.mean() - 0.3) < 4 * math.sqrt(0.3 * 0.7 / linked.size)
    assert linked.std(axis=0).min() > 0


def test_the_sampler_draws_each_division_as_often_as_its_weight_says() -> None:
    """All divisions of four records, written out, against 40,000 draws."""
    from witnessmark.link.sampler import sweep

    scored = {(0, 1): 1.5, (0, 2): 0.4, (1, 2): -0.6, (2, 3): 0.8, (1, 3): -1.0}
    pairs = [pair(*two, 1 / (1 + math.exp(-weight))) for two, weight in scored.items()]
    graph, cohesion = graph_of(rows("abcd"), pairs), 0.7
    weights = {}
    for labels in itertools.product(range(4), repeat=4):
        division = tuple(named_by_lowest(np.array(labels, dtype=np.int64)).tolist())
        energy = 0.0
        for held in set(division):
            inside = [number for number in range(4) if division[number] == held]
            energy += sum(scored.get(two, UNSCORED) for two in itertools.combinations(inside, 2))
            energy += cohesion * (len(inside) - 1) * (len(inside) - 2) / 2
        weights[division] = math.exp(energy)
    rng, group, sizes = np.random.default_rng(5), np.arange(4), np.ones(4, dtype=np.int64)
    seen: dict[tuple[int, ...], int] = {}
    for _ in range(40_000):
        sweep(rng, *graph, cohesion, group, sizes, 1)
        division = tuple(named_by_lowest(group).tolist())
        seen[division] = seen.get(division, 0) + 1
    whole = sum(weights.values())
    assert len(weights) == 15
    for division, weight in weights.items():
        assert abs(seen.get(division, 0) / 40_000 - weight / whole) < 0.012, division


def test_the_draws_link_as_many_pairs_as_the_scores_expect() -> None:
    rng = np.random.default_rng(3)
    triples = (itertools.combinations(range(3 * person, 3 * person + 3), 2) for person in range(300))
    pairs = [pair(*two, float(rng.uniform(0.5, 0.99))) for triple in triples for two in triple]
    graph = graph_of(rows("abc" * 300), pairs)
    drawn = draw_linkages(graph, np.arange(900))
    linked = np.mean([sum(size * (size - 1) / 2 for size in np.bincount(draw)) for draw in drawn])
    assert linked == pytest.approx(graph.expected_links, rel=0.05)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    graph = graph_of(rows("ab" * 50), [pair(2 * number, 2 * number + 1, 0.5) for number in range(50)])
    first, again, other = (draw_linkages(graph, np.arange(100), draws=3, seed=seed) for seed in (1, 1, 2))
    assert all((one == two).all() for one, two in zip(first, again, strict=True))
    assert any((one != two).any() for one, two in zip(first, other, strict=True))


def test_without_pairs_everyone_is_someone_else() -> None:
    graph: PairGraph = graph_of(rows("abc"), [])
    assert clustered(graph, 0.5).tolist() == [0, 1, 2]
    assert draw_linkages(graph, np.arange(3), draws=1)[0].tolist() == [0, 1, 2]


def test_people_are_counted_by_the_lists_they_are_on_and_twice_on_one_list_is_once() -> None:
    counts = capture_histories(rows("aabb"), np.array([0, 0, 0, 3]), ["a", "b"])
    assert counts == [(2, 1), (3, 1)]
