"""RFC 6962 hashing: leaves, nodes and the root of a log, kept as the compact range of its full subtrees.

A compact range is the list of roots of the perfect subtrees that make up a log of a given size, largest first; adding a
leaf merges equal neighbours, so a log is appended to without reading it again. Source: RFC 6962, section 2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a log with no entries (RFC 6962, 2.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry): the hash of one log entry, 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): the hash of an inner node, 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The perfect subtrees of a log that only grows: `size` leaves so far."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """Start from leaf hashes, none by default."""
        self.size = 0
        self._subtrees: list[bytes] = []
        self.extend(leaves)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes, each with as many merges as the size before it has trailing one bits."""
        size, subtrees, sha256 = self.size, self._subtrees, hashlib.sha256  # looked up once: this is the inner loop of every append
        for leaf in leaves:
            merges, node = size, leaf
            while merges & 1:
                node = sha256(b"\x01" + subtrees.pop() + node).digest()
                merges >>= 1
            subtrees.append(node)
            size += 1
        self.size = size

    @property
    def root(self) -> bytes:
        """The root hash of the log at this size."""
        if not self._subtrees:
            return EMPTY_ROOT
        root = self._subtrees[-1]
        for subtree in reversed(self._subtrees[:-1]):
            root = node_hash(subtree, root)
        return root
