"""Proofs against an independent implementation at every size up to 256, and proofs that were tampered with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]
from pymerkle import verify_consistency as oracles_verdict

from witnessmark.ledger.merkle import EMPTY_ROOT, leaf_hash, node_hash
from witnessmark.ledger.proofs import (
    Tree,
    consistency_proof,
    inclusion_proof,
    prove_consistency,
    prove_inclusion,
    root_of,
    verify_consistency,
    verify_inclusion,
)

SIZE = 256
ENTRIES = [f"entry {n}".encode() for n in range(SIZE)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
TREE = Tree(LEAVES)
ROOTS = [root_of(TREE.perfect, size) for size in range(SIZE + 1)]


@pytest.fixture(scope="module")
def oracle() -> InmemoryTree:
    """The same entries in pymerkle, which counts leaves from one and puts a proof's own leaf first."""
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


def pairs(least: int) -> Iterator[tuple[int, int]]:
    return ((first, second) for second in range(1, SIZE + 1) for first in range(least, second + 1))


def test_the_oracle_hashes_as_rfc_6962_does(oracle: InmemoryTree) -> None:
    assert oracle.get_leaf(1) == hashlib.sha256(b"\x00entry 0").digest()
    assert oracle.get_root(2) == hashlib.sha256(b"\x01" + oracle.get_leaf(1) + oracle.get_leaf(2)).digest()


def test_roots_of_every_size_are_those_of_an_independent_implementation(oracle: InmemoryTree) -> None:
    assert ROOTS[1:] == [oracle.get_root(size) for size in range(1, SIZE + 1)]


def test_all_inclusion_proofs_up_to_256_are_those_of_an_independent_implementation_and_hold(oracle: InmemoryTree) -> None:
    for index, size in ((first - 1, second) for first, second in pairs(1)):
        proof = prove_inclusion(TREE.perfect, index, size)
        assert [LEAVES[index], *proof] == list(oracle.prove_inclusion(index + 1, size).path), (index, size)
        assert verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size]), (index, size)


def test_all_consistency_proofs_up_to_256_hold_between_the_roots_of_an_independent_implementation(oracle: InmemoryTree) -> None:
    """Pymerkle cuts its proofs otherwise than the RFC, so each checks its own, between the other's roots."""
    for first, second in pairs(1):
        proof = prove_consistency(TREE.perfect, first, second)
        assert list(proof) == subproof(first, 0, second, whole=True), (first, second)
        assert verify_consistency(first, second, proof, oracle.get_root(first), oracle.get_root(second)), (first, second)
        oracles_verdict(ROOTS[first], ROOTS[second], oracle.prove_consistency(first, second))


def subproof(first: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF as it stands in RFC 6962, 2.1.2, where `first` is m, the leaves from `start` to `end` are D[n], and `whole` is b."""
    width = end - start
    if first == width:
        return [] if whole else [hashed(start, end)]
    split = 1 << (width - 1).bit_length() - 1
    if first <= split:
        return [*subproof(first, start, start + split, whole=whole), hashed(start + split, end)]
    return [*subproof(first - split, start + split, end, whole=False), hashed(start, start + split)]


@cache
def hashed(start: int, end: int) -> bytes:
    """MTH(D[start:end]) as it stands in RFC 6962, 2.1."""
    if end - start == 1:
        return LEAVES[start]
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    return node_hash(hashed(start, middle), hashed(middle, end))


def test_proofs_over_a_plain_list_of_leaves_are_the_same() -> None:
    for size in (1, 2, 3, 7, 8, 100):
        assert inclusion_proof(LEAVES[:size], size // 2) == prove_inclusion(TREE.perfect, size // 2, size)
        assert consistency_proof(LEAVES, size // 2, size) == prove_consistency(TREE.perfect, size // 2, size)


def test_every_log_begins_with_the_empty_one() -> None:
    assert consistency_proof(LEAVES, 0, 5) == ()
    assert verify_consistency(0, 5, (), EMPTY_ROOT, ROOTS[5])
    assert not verify_consistency(0, 5, (), ROOTS[1], ROOTS[5])
    assert not verify_consistency(0, 5, (LEAVES[0],), EMPTY_ROOT, ROOTS[5])


def test_what_is_not_there_cannot_be_proved() -> None:
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(IndexError):
            inclusion_proof(LEAVES[:size], index)
        assert not verify_inclusion(LEAVES[0], index, size, (), LEAVES[0])
    for first, second in ((6, 5), (-1, 5), (1, SIZE + 1)):
        with pytest.raises(IndexError):
            consistency_proof(LEAVES, first, second)
    assert not verify_consistency(6, 5, (), ROOTS[5], ROOTS[5])
    assert not verify_consistency(5, 5, (), ROOTS[5], ROOTS[4])
    assert not verify_consistency(5, 6, (), ROOTS[5], ROOTS[6])


sizes = st.integers(1, SIZE)


def flipped(hash_: bytes, bit: int) -> bytes:
    return (int.from_bytes(hash_, "big") ^ 1 << bit).to_bytes(32, "big")


@st.composite
def spoiled(draw: st.DrawFn, proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The proof with a bit flipped, a hash dropped, doubled or put in, or two exchanged."""
    hashes = list(proof)
    at = draw(st.integers(0, len(hashes)))
    kind = draw(st.sampled_from(("flip", "drop", "double", "put in", "exchange")))
    if kind == "put in" or not hashes:
        hashes.insert(at, draw(st.sampled_from(LEAVES)))
    elif kind == "double":
        hashes.insert(at, hashes[at - 1])
    elif kind == "drop":
        hashes.pop(at - 1)
    elif kind == "exchange" and len(set(hashes)) > 1:
        hashes[at - 1], hashes[at - 2] = hashes[at - 2], hashes[at - 1]
    else:
        hashes[at - 1] = flipped(hashes[at - 1], draw(st.integers(0, 255)))
    return tuple(hashes)


@given(st.data(), sizes)
def test_a_spoiled_inclusion_proof_fails(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = data.draw(spoiled(prove_inclusion(TREE.perfect, index, size)))
    assert not verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


@given(st.data(), sizes)
def test_a_spoiled_consistency_proof_fails(data: st.DataObject, second: int) -> None:
    first = data.draw(st.integers(1, second))
    proof = data.draw(spoiled(prove_consistency(TREE.perfect, first, second)))
    assert not verify_consistency(first, second, proof, ROOTS[first], ROOTS[second])


@given(st.data(), sizes, st.integers(0, 255))
def test_a_proof_holds_for_its_own_leaf_place_and_roots_alone(data: st.DataObject, size: int, bit: int) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, SIZE - 1))
    proof = prove_inclusion(TREE.perfect, index, size)
    assert not verify_inclusion(flipped(LEAVES[index], bit), index, size, proof, ROOTS[size])
    assert not verify_inclusion(LEAVES[index], index, size, proof, flipped(ROOTS[size], bit))
    assert other == index or not verify_inclusion(LEAVES[index], other, size, proof, ROOTS[size])
    first = data.draw(st.integers(1, size))
    proof = prove_consistency(TREE.perfect, first, size)
    assert not verify_consistency(first, size, proof, flipped(ROOTS[first], bit), ROOTS[size])
    assert not verify_consistency(first, size, proof, ROOTS[first], flipped(ROOTS[size], bit))


def believes_everything(*_: object) -> bool:
    return True


def does_not_miss_what_is_gone(leaf: bytes, index: int, size: int, proof: tuple[bytes, ...], root: bytes) -> bool:
    """A verifier that is content where a proof is the beginning of the true one."""
    return prove_inclusion(TREE.perfect, index, size)[: len(proof)] == proof and root == ROOTS[size] and leaf == LEAVES[index]


def does_not_mind_what_is_too_much(leaf: bytes, index: int, size: int, proof: tuple[bytes, ...], root: bytes) -> bool:
    """A verifier that stops reading once it has arrived at the root."""
    return verify_inclusion(leaf, index, size, proof[: len(prove_inclusion(TREE.perfect, index, size))], root)


def does_not_look_at_the_leaf(_: bytes, index: int, size: int, proof: tuple[bytes, ...], root: bytes) -> bool:
    return verify_inclusion(LEAVES[index], index, size, proof, root)


@pytest.mark.parametrize(
    "verdict", [believes_everything, does_not_miss_what_is_gone, does_not_mind_what_is_too_much, does_not_look_at_the_leaf]
)
def test_a_verifier_that_leaves_something_out_is_found_out(verdict: Callable[[bytes, int, int, tuple[bytes, ...], bytes], bool]) -> None:
    index, size = 70, 200
    proof = prove_inclusion(TREE.perfect, index, size)
    spoiled_ones = [(LEAVES[index], each) for each in (proof[:-1], (*proof, proof[-1]), (flipped(proof[0], 3), *proof[1:]))]
    spoiled_ones.append((flipped(LEAVES[index], 0), proof))
    assert verdict(LEAVES[index], index, size, proof, ROOTS[size])
    assert any(verdict(leaf, index, size, each, ROOTS[size]) for leaf, each in spoiled_ones)
    assert not any(verify_inclusion(leaf, index, size, each, ROOTS[size]) for leaf, each in spoiled_ones)
