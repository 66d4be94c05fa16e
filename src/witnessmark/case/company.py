"""What came with an item: the files received below the same folder, or held by the same container.

A chat names its pictures, a manifest its files with their digests; what they name is looked for among these. Names are compared as they were
received. Several items under one name are all handed on, so that a reader can say that it cannot tell them apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from witnessmark.model.item import Receipt
from witnessmark.preserve.vault import BUFFER_BYTES, Vault
from witnessmark.read import Beside, digests_wanted, is_named_for_it, wants_beside

UNLESS_MANY = frozenset({"text/html", "application/json"})
MOST_ASKED = 500
"""Pages and JSON files of any name are shown what came with them only in companies up to this size: a saved site of ten thousand pages asks nothing."""

FROM_FOLDER = "added from a folder"


class Company:
    """The receipts of a case by the container they came in (None: a folder of this computer)."""

    def __init__(self, receipts: Mapping[str, Sequence[Receipt]], numbers: Mapping[str, str], vault: Vault) -> None:
        """`numbers` gives the short number of each item; the vault is asked only for digests other than SHA-256."""
        self._numbers, self._vault = numbers, vault
        self._within: dict[str | None, list[Receipt]] = defaultdict(list)
        for said in receipts.values():
            for receipt in said:
                if receipt.parent is not None or receipt.how == FROM_FOLDER:
                    self._within[receipt.parent].append(receipt)

    def beside(self, receipt: Receipt, media_type: str) -> tuple[Beside, ...]:
        """What came with the item of this receipt, for those readers that ask for it."""
        if not wants_beside(receipt.name, media_type) or (receipt.parent is None and receipt.how != FROM_FOLDER):
            return ()
        if media_type in UNLESS_MANY and len(self._within[receipt.parent]) > MOST_ASKED and not is_named_for_it(receipt.name):
            return ()
        folder = receipt.name.rpartition("/")[0]
        inside = f"{folder}/" if folder else ""
        wanted = digests_wanted(receipt.name)
        found = {(other.name, other.item) for other in self._within[receipt.parent] if other.name.startswith(inside)}
        return tuple(
            Beside(name.removeprefix(inside), self._numbers[item], item, self._digests(item, wanted)) for name, item in sorted(found)
        )

    def _digests(self, item: str, wanted: tuple[str, ...]) -> dict[str, str]:
        if not wanted:
            return {}
        digests = {name: hashlib.new(name, usedforsecurity=False) for name in wanted}
        try:
            with self._vault.open_original(item) as original:
                while block := original.read(BUFFER_BYTES):
                    for digest in digests.values():
                        digest.update(block)
        except OSError:  # missing or altered originals are for `verify`; here the digest is not known
            return {}
        return {name: digest.hexdigest() for name, digest in digests.items()}
