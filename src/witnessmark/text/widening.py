"""Widens a query by near spellings, and writes out what is then searched, so that a person sees it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import msgspec

from witnessmark.text.particles import with_particles
from witnessmark.text.query import Both, Either, Near, Node, Term

MOST_OF_A_PHRASE = 3
"""Spellings of each word of a phrase that are combined with those of the others, its own among them."""
MOST_READINGS = 27


def widened(node: Node, near: Mapping[str, list[str]]) -> Node:
    """The query with each word standing for its near words too. A word that is only begun (deten*) stands for itself."""
    return _mapped(node, lambda term: _widened_term(term, near))


def _widened_term(term: Term, near: Mapping[str, list[str]]) -> Term:
    if term.prefix:
        return term
    if len(term.words) == 1:
        others: list[tuple[str, ...]] = [(word,) for word in near.get(term.words[0], [])]
    else:
        spellings = ([word, *near.get(word, [])][:MOST_OF_A_PHRASE] for word in term.words)
        others = list(itertools.islice(itertools.product(*spellings), MOST_READINGS))
    return msgspec.structs.replace(term, readings=tuple(dict.fromkeys([*term.readings, *others])))


def _mapped(node: Node, change: Callable[[Term], Term]) -> Node:
    match node:
        case Term():
            return change(node)
        case Near(left, right, within):
            return Near(change(left), change(right), within)
        case Both(parts, without):
            return Both(tuple(_mapped(part, change) for part in parts), without)
        case Either(parts):
            return Either(tuple(_mapped(part, change) for part in parts))


def written(node: Node) -> str:
    """A query as it is searched: folded words, every operator spelt out. Typed again it means the same, unless it has grown too long to be read.

    An Arabic word stands there once, since its forms with particles go without saying.
    """
    match node:
        case Term():
            shown = _spellings(node)
            return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})"
        case Near(left, right, within):
            pairs = [f"{one} NEAR/{within} {other}" for one in _spellings(left) for other in _spellings(right)]
            return pairs[0] if len(pairs) == 1 else f"({' OR '.join(pairs)})"
        case Both(parts, without):
            asked = " AND ".join(map(written, parts))
            return f"({asked}{''.join(f' NOT {written(part)}' for part in without)})"
        case Either(parts):
            return f"({' OR '.join(map(written, parts))})"


def _spellings(term: Term) -> list[str]:
    """Each reading in words; those that a bare word has of itself are not spelt out."""
    forms = {(form,) for form in with_particles(term.words[0])} if len(term.words) == 1 else set()
    bare = bool(forms) and forms <= set(term.readings)
    return [
        _spelling(
            reading,
            quoted=len(reading) > 1 or (bool(with_particles(reading[0])) and not (bare and reading == term.words)),
            begun=term.prefix,
        )
        for reading in term.readings
        if not (bare and reading in forms)
    ]


def _spelling(reading: tuple[str, ...], *, quoted: bool, begun: bool) -> str:
    words = " ".join(reading) + ("*" if begun else "")
    return f'"{words}"' if quoted else words
