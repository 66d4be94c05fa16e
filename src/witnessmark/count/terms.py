"""Hierarchical log-linear models, written the way the field writes them: `[123,14,34]` holds the interactions of lists 1, 2 and 3, of 1 and 4, of 3 and 4, and all they contain.

A term is a set of lists as a bit mask: bit `j` is set where list `j` (from zero) belongs to it. The intercept is the empty set and never listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.errors import UsageError

Terms = tuple[int, ...]
"""The terms of one model, single lists first; every subset of a term is a term."""

DIGITS = 9
"""Up to so many lists each is one digit; beyond, numbers are parted by dots."""


def read_model(written: str, lists: int) -> Terms:
    """The terms of a model given by its generators, such as `[123,14,34]`; over nine lists, or wherever wished, `[1.2.10,3.4]`. Single lists are always in.

    Raises:
        UsageError: the text is no such list, or names a list there is not.
    """
    if written.strip().startswith("[") != written.strip().endswith("]"):
        raise UsageError(f"{written!r} is not a model of {lists} lists: a bracket is missing. {_example(lists)}")
    generators = [generator.strip() for generator in written.strip().removeprefix("[").removesuffix("]").split(",")]
    return closure((_generator(generator, lists, written) for generator in generators if generator), lists)


def closure(generators: Iterable[int], lists: int) -> Terms:
    """All that the generators contain, and every single list."""
    terms = {1 << j for j in range(lists)}
    for generator in generators:
        terms.update(subsets(generator))
    return tuple(sorted(terms, key=lambda term: (term.bit_count(), members(term))))


def subsets(term: int) -> Iterator[int]:
    """Every set within a term but the empty one."""
    within = term
    while within:
        yield within
        within = (within - 1) & term


def members(term: int) -> tuple[int, ...]:
    """The lists of a term, from zero, in order."""
    return tuple(j for j in range(term.bit_length()) if term >> j & 1)


def pairs(lists: int) -> Terms:
    """Every two lists."""
    return tuple(1 << i | 1 << j for i in range(lists) for j in range(i + 1, lists))


def write_model(terms: Iterable[int], lists: int) -> str:
    """The model by its largest terms, as `read_model` takes it."""
    held = set(terms)
    largest = sorted(members(term) for term in held if not any(term != other and term & other == term for other in held))
    dot = "." if lists > DIGITS else ""
    return f"[{','.join(dot.join(str(j + 1) for j in term) for term in largest)}]"


def _generator(generator: str, lists: int, written: str) -> int:
    numbers = generator.split(".") if "." in generator or lists > DIGITS else list(generator)
    term = 0
    for number in numbers:
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= lists):
            raise UsageError(f"{written!r} is not a model of {lists} lists: {generator!r} names {number!r}. {_example(lists)}")
        term |= 1 << int(number) - 1
    return term


def _example(lists: int) -> str:
    example = "[1.2,3.10]" if lists > DIGITS else "[12,13]"
    return f"Write the lists that depend on each other by number, 1 to {lists}, such as {example}."
