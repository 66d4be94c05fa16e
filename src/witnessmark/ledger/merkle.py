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
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash: as many merges as the size has trailing one bits."""
        merges, node = self.size, leaf
        while merges & 1:
            node = node_hash(self._subtrees.pop(), node)
            merges >>= 1
        self._subtrees.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root hash of the log at this size."""
        if not self._subtrees:
            return EMPTY_ROOT
        root = self._subtrees[-1]
        for subtree in reversed(self._subtrees[:-1]):
            root = node_hash(subtree, root)
        return root
