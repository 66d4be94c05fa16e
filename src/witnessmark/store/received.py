"""Drawing received items, a run of them at a time: statements prepared once and given all rows, since an intake brings thousands."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import ItemReceived
from witnessmark.model.entry import Entry
from witnessmark.store.full_text import index_receipt
from witnessmark.store.sealing import masked_all

_ITEM = "INSERT INTO item (id, seq, size, media_type, address) VALUES (?, ?, ?, ?, ?)"
_STORED_ANEW = "UPDATE item SET address = ? WHERE id = ?"
_LABEL = "INSERT INTO label (subject, number, public_id) VALUES (?, ?, ?)"
_RECEIPT = "INSERT INTO receipt (seq, item, body) VALUES (?, ?, ?)"
_CUSTODY = "INSERT INTO custody (seq, item, entry) VALUES (?, ?, ?)"


def draw_received(connection: Connection, received: Sequence[tuple[Entry, ItemReceived]]) -> None:
    """Draw these entries: items and labels where they are new, receipts and custody of all."""
    first = [(entry, deed) for entry, deed in received if deed.label is not None]
    items = [(deed.receipt.item, entry.seq, deed.size, deed.media_type, deed.address) for entry, deed in first]
    labels = [(label.subject, label.number, label.public_id) for _, deed in first if (label := deed.label) is not None]
    anew = [(deed.address, deed.receipt.item) for _, deed in received if deed.label is None and deed.address is not None]
    shown = masked_all(connection, [deed.receipt for _, deed in received])
    receipts = [(entry.seq, receipt.item, canonical_json(receipt).decode()) for (entry, _), receipt in zip(received, shown, strict=True)]
    custody = [(entry.seq, deed.receipt.item, canonical_json(entry).decode()) for entry, deed in received]
    for statement, rows in ((_ITEM, items), (_STORED_ANEW, anew), (_LABEL, labels), (_RECEIPT, receipts), (_CUSTODY, custody)):
        if rows:
            connection.exec_driver_sql(statement, rows)
    for receipt in shown:
        index_receipt(connection, receipt)
