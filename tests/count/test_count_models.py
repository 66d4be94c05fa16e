import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.count.graphs import decomposable_graphs
from witnessmark.count.terms import closure, read_model, write_model
from witnessmark.errors import UsageError


def test_a_model_holds_its_generators_all_within_them_and_every_single_list() -> None:
    assert read_model("[123,34]", 5) == (0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b00011, 0b00101, 0b00110, 0b01100, 0b00111)


@pytest.mark.parametrize("written", ["[134, 12]", "12,134", "[4.3.1,2.1]", "[12,134,13,3]"])
def test_spaces_brackets_dots_order_and_repetition_change_no_model(written: str) -> None:
    assert read_model(written, 4) == read_model("[12,134]", 4)


def test_beyond_nine_lists_numbers_are_parted_by_dots() -> None:
    model = read_model("[1.10,2.3]", 10)

    assert 1 << 9 | 1 in model
    assert write_model(model, 10) == "[1.10,2.3,4,5,6,7,8,9]"


@pytest.mark.parametrize("written", ["[15]", "[10]", "[12", "12]", "[1a]", "[1;2]", "[1-2]", "[²]"])
def test_a_model_of_lists_there_are_not_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UsageError, match=r"1 to 4, such as \[12,13\]"):
        read_model(written, 4)


@given(st.integers(3, 11).flatmap(lambda lists: st.tuples(st.just(lists), st.sets(st.integers(1, (1 << lists) - 1), max_size=5))))
def test_a_model_written_and_read_again_is_the_same(model: tuple[int, set[int]]) -> None:
    lists, generators = model
    if lists > 8:
        generators = {generator & 0b11000010101 for generator in generators} - {0}
    terms = closure(generators, lists)

    assert read_model(write_model(terms, lists), lists) == terms


@pytest.mark.parametrize(("lists", "number"), [(3, 8), (4, 61), (5, 822)])
def test_there_are_as_many_decomposable_graphs_as_the_literature_counts(lists: int, number: int) -> None:
    assert len(decomposable_graphs(lists)) == number


def test_a_ring_of_four_lists_is_no_decomposable_graph_until_a_chord_joins_it() -> None:
    ring = (0b0011, 0b0110, 0b1001, 0b1100)
    found = {tuple(sorted(graph.edges)) for graph in decomposable_graphs(4)}

    assert ring not in found
    assert tuple(sorted((*ring, 0b0101))) in found


def test_families_less_separators_hold_every_list_once() -> None:
    for graph in decomposable_graphs(5):
        assert sum(family.bit_count() for family in graph.families) - sum(separator.bit_count() for separator in graph.separators) == 5
