"""Synthetic victim lists: repeatable, and true to their truth."""

from witnessmark.evaluate.victim_lists import generate


def test_the_same_seed_gives_the_same_lists_and_another_seed_others() -> None:
    assert generate(300, 1) == generate(300, 1)
    assert generate(300, 1) != generate(300, 2)


def test_a_persons_pattern_is_the_lists_that_hold_a_record_of_them() -> None:
    records, people = generate(2000, 3)
    held = {(record.pid, record.source) for record in records}
    assert held == {(p.pid, f"list{j + 1}") for p in people for j in range(5) if p.pattern[j] == "1"}
    assert [p.pid for p in people] == list(range(2000))
