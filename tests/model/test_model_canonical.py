from __future__ import annotations

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream

KEYS = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
COORDINATES = st.integers(-18_000_000, 18_000_000).map(lambda n: n / 100_000)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS | COORDINATES.filter(lambda x: x == 0 or abs(x) >= 1e-5)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


@given(VALUES)
def test_canonical_json_is_that_of_rfc_8785_but_for_whole_number_floats(value: object) -> None:
    assert canonical_json(_without_negative_zero(value)) == rfc8785.dumps(_without_negative_zero(value))  # type: ignore[arg-type]  # rfc8785 names the JSON types, hypothesis gives object


def _without_negative_zero(value: object) -> object:
    """Whole-number floats are written 1.0 by one and 1 by the other; coordinates are stored with decimals or as integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_without_negative_zero(v) for v in value]
    if isinstance(value, dict):
        return {k: _without_negative_zero(v) for k, v in value.items()}
    return value


def test_the_order_in_which_keys_were_set_changes_nothing() -> None:
    assert canonical_json({"b": 1, "a": [True, None]}) == canonical_json({"a": [True, None], "b": 1}) == b'{"a":[true,null],"b":1}'


def test_the_fields_of_a_struct_are_sorted_too() -> None:
    entry = Entry(Stream.CUSTODY, 3, "2031-05-15T08:00:00Z", "k-0", "item.received", "ab")
    assert canonical_json(entry) == rfc8785.dumps(
        {"stream": "custody", "seq": 3, "at": "2031-05-15T08:00:00Z", "actor": "k-0", "action": "item.received", "commitment": "ab"}
    )
