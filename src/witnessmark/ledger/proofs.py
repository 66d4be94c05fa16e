"""Inclusion and consistency proofs: that an entry is in a log, and that a later log begins with all of an earlier one.

A proof is the hashes that a verifier needs besides what it holds, at most two for each doubling of the log. Proofs are made
from perfect subtrees by height and number, so that a log's leaves, a list of them and the tile files all serve. The shapes and the checks are
those of RFC 6962, section 2.1, and RFC 9162, sections 2.1.3 and 2.1.4; a leaf here is always a leaf's hash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from witnessmark.ledger.merkle import EMPTY_ROOT, node_hash

Perfect = Callable[[int, int], bytes]
"""(height, number) -> the hash over leaves `number << height` up to `number + 1 << height`; height 0 is a leaf hash."""


class Tree:
    """The perfect subtrees of a list of leaf hashes, hashed once however many proofs are made from them."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """Hash everything that a proof can need."""
        self.size = len(leaves)
        self._heights = [list(leaves)]
        while len(below := self._heights[-1]) > 1:
            self._heights.append([node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)])

    def perfect(self, height: int, number: int) -> bytes:
        """The hash of one perfect subtree."""
        return self._heights[height][number]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the log of just these leaves. Raises IndexError where there is no such leaf."""
    return prove_inclusion(Tree(leaves).perfect, index, len(leaves))


def consistency_proof(leaves: Sequence[bytes], first: int, second: int) -> tuple[bytes, ...]:
    """The proof that the log of the first `second` leaves begins with the log of the first `first`. Raises IndexError where these are no two sizes of it."""
    if second > len(leaves):
        raise IndexError(f"the log holds {len(leaves)} leaves, not {second}")
    return prove_consistency(Tree(leaves[:second]).perfect, first, second)


def root_of(perfect: Perfect, size: int) -> bytes:
    """The root of a log of `size` leaves."""
    return _hash_over(perfect, 0, size) if size else EMPTY_ROOT


def prove_inclusion(perfect: Perfect, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the log of `size` leaves, nearest sibling first. Raises IndexError where there is no such leaf."""
    if not 0 <= index < size:
        raise IndexError(f"there is no leaf {index} in a log of {size}")
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_hash_over(perfect, middle, end))
            end = middle
        else:
            path.append(_hash_over(perfect, start, middle))
            start = middle
    return tuple(reversed(path))


def prove_consistency(perfect: Perfect, first: int, second: int) -> tuple[bytes, ...]:
    """The proof that the log of `second` leaves begins with that of `first`; empty where they are equal or `first` is 0. Raises IndexError."""
    if not 0 <= first <= second:
        raise IndexError(f"a log of {second} leaves has no earlier size {first}")
    if first in {0, second}:
        return ()
    start, end, whole = 0, second, True
    path: list[bytes] = []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_hash_over(perfect, middle, end))
            end = middle
        else:
            path.append(_hash_over(perfect, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(_hash_over(perfect, start, end))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` is number `index` in the log of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            zeros = _trailing_zeros(place)
            place, last = place >> zeros, last >> zeros
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Whether `proof` shows that the log of `second` leaves begins with that of `first` (RFC 9162, 2.1.4.2).

    The RFC leaves out the empty log: every log begins with that, and nothing need be proved but that its root is the empty one.
    """
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    return _consistent(first, second, proof, first_root, second_root)


def _consistent(first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    hashes = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not hashes:
        return False
    ones = _trailing_zeros(first)  # as many as `first - 1` has one bits at its end
    place, last = first - 1 >> ones, second - 1 >> ones
    earlier = later = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            zeros = _trailing_zeros(place)
            place, last = place >> zeros, last >> zeros
        else:
            later = node_hash(later, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and earlier == first_root and later == second_root


def _hash_over(perfect: Perfect, start: int, end: int) -> bytes:
    """The hash over leaves `start` up to `end`, where `start` is a multiple of the next power of two from their number on."""
    pieces: list[bytes] = []
    while start < end:
        height = (end - start).bit_length() - 1
        pieces.append(perfect(height, start >> height))
        start += 1 << height
    node = pieces.pop()
    while pieces:
        node = node_hash(pieces.pop(), node)
    return node


def _split(width: int) -> int:
    """The largest power of two below `width`, which is 2 or more."""
    return 1 << (width - 1).bit_length() - 1


def _trailing_zeros(number: int) -> int:
    """How many zero bits a number ends with; 0 for 0, where there is nothing to shift away."""
    return (number & -number).bit_length() - 1 if number else 0
