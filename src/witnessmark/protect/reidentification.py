"""The re-identification warning: who can be told apart in what is shown, though no name is.

"The nurse, 34, from the upper quarter" is a name to everybody who lives there. Rows of what is shown of people are counted by every pair and triple
of their attributes; a combination that fewer than k people share is named. This is k-anonymity (Sweeney 2002) read as a warning: it knows nothing of what
neighbours know, so its silence is no clearance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from witnessmark.protect.spellings import spaced

FEWEST = 5
"""The smallest group a person should be hidden in; statistics offices use 3 to 10 for published tables."""
FEW = 3
"""Rare combinations of the same attributes that are told one by one."""
CELL_JOIN = " | "
"""Parts the cells of a row in the text of a table."""
_COVER = "█"
_WIDEST = 3
_MOST_ATTRIBUTES = 12


class Rare(msgspec.Struct, frozen=True):
    """`people` rows (fewer than asked for) share these attributes as shown; `sentence` says so to a person."""

    attributes: tuple[tuple[str, str], ...]
    people: int
    sentence: str


def rare_combinations(rows: Sequence[Mapping[str, str | None]], k: int = FEWEST) -> list[Rare]:
    """Every smallest combination of up to three attributes that fewer than `k` of `rows` share, the rarest first.

    A row is one person: attribute to value as shown, None or empty where nothing is. A combination is left out where a part of it is rare already.
    """
    names = list(dict.fromkeys(name for row in rows for name, value in row.items() if value and spaced(value)))[:_MOST_ATTRIBUTES]
    rare: dict[frozenset[tuple[str, str]], Rare] = {}
    for width in range(1, _WIDEST + 1):
        for chosen in combinations(names, width):
            for shared, people in _counted(rows, chosen).items():
                key = frozenset(zip(chosen, shared, strict=True))
                if people < k and not any(part < key for part in rare):
                    rare[key] = _warning(rows, chosen, shared, people)
    return sorted(rare.values(), key=lambda warning: (warning.people, len(warning.attributes), warning.attributes))


def small_counts(counts: Mapping[str, int], k: int = FEWEST) -> list[Rare]:
    """A warning for each published count of people from 1 to `k` - 1: a cell of a table that points at persons."""
    return [
        Rare(
            ((name, str(count)),),
            count,
            f"{name}: {count}. A count of fewer than {k} people can point at them; give a range or join it with another.",
        )
        for name, count in sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))
        if 0 < count < k
    ]


def rows_of_table(text: str) -> list[dict[str, str | None]]:
    """The rows of a table's text as it is shown, by the names in its first row; a cell with something covered in it shows nothing."""
    head, *body = [line.split(CELL_JOIN) for line in text.splitlines()] or [[]]
    return [{name: cell for name, cell in zip(head, row, strict=False) if _COVER not in cell} for row in body]


def in_short(found: Sequence[Rare]) -> Iterator[str]:
    """A few combinations of the same attributes one by one, many of them as one sentence."""
    by_names: dict[tuple[str, ...], list[Rare]] = defaultdict(list)
    for warning in found:
        by_names[tuple(name for name, _ in warning.attributes)].append(warning)
    for names, warnings in by_names.items():
        if len(warnings) <= FEW:
            yield from (warning.sentence for warning in warnings)
        else:
            yield f"{' with '.join(names)}: {len(warnings)} values are each shared by fewer than {FEWEST} people, who can be told by them. Leave that out, or give ranges."


def _counted(rows: Sequence[Mapping[str, str | None]], chosen: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    values = (tuple(spaced(row.get(name) or "") for name in chosen) for row in rows)
    return Counter(value for value in values if all(value))


def _warning(rows: Sequence[Mapping[str, str | None]], chosen: tuple[str, ...], shared: tuple[str, ...], people: int) -> Rare:
    row = next(row for row in rows if tuple(spaced(row.get(name) or "") for name in chosen) == shared)
    attributes = tuple((name, str(row[name])) for name in chosen)
    who = "Only one person is" if people == 1 else f"Only {people} people are"
    described = ", ".join(f"{name} {value}" for name, value in attributes)
    return Rare(attributes, people, f"{who} shown with {described}. Whoever knows the place may know who that is.")
