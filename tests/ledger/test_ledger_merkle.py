from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from witnessmark.ledger.merkle import CompactRange, leaf_hash, node_hash

# Test vectors of the Certificate Transparency project for RFC 6962 trees: eight leaves and the root after each.
LEAVES = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def recursive_root(leaves: Sequence[bytes]) -> bytes:
    """The definition in RFC 6962, 2.1, written down as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_published_test_vectors(size: int) -> None:
    assert CompactRange(leaf_hash(leaf) for leaf in LEAVES[:size]).root.hex() == ROOTS[size - 1]


def test_the_compact_range_gives_the_root_of_the_definition_at_every_size() -> None:
    leaves = [leaf_hash(str(n).encode()) for n in range(130)]
    grown = CompactRange()
    for size, leaf in enumerate(leaves):
        assert grown.root == recursive_root(leaves[:size])
        grown.append(leaf)
