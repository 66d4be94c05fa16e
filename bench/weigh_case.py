"""Times `witnessmark weigh` as a whole process on a case of many claims, the peak memory it takes, and what it costs when nothing or one more document has come.

Run: .venv/bin/python bench/weigh_case.py [DOCUMENTS] [MORE]
DOCUMENTS (10,000 by default) of ten claims each (`evidence.py`) are recorded in a new case in the system's folder for temporary files as intake and reading record them; MORE (2 by default) follow one by one.
Publishes the case once after and once more with nothing changed where DOCUMENTS is 1,000 or less.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from evidence import CLAIMS_EACH, Told, evidence

from witnessmark.case.case import Case, create_case, open_case
from witnessmark.case.claiming import CLAIMS
from witnessmark.case.claiming import VERSION as CLAIMS_VERSION
from witnessmark.case.labels import new_labels
from witnessmark.case.reading import READ
from witnessmark.case.reading import VERSION as READ_VERSION
from witnessmark.case.stages import step_of
from witnessmark.corroborate import PlacedDocument
from witnessmark.model.deed import ClaimsRead, Deed, DocumentRead, ItemReceived, Label
from witnessmark.model.document import Document, Origin, Stated, document_id
from witnessmark.model.item import Receipt

A_BATCH = 500
READER = "plain-text"
MOST_PUBLISHED = 1000


def record(case: Case, told: Sequence[Told]) -> None:
    """Record that these documents came in and were read; no original is stored."""
    for first in range(0, len(told), A_BATCH):
        batch = told[first : first + A_BATCH]
        with case.asking() as connection:
            items = new_labels(connection, "I", [made.item for made, _ in batch])
            claims = new_labels(connection, "C", [placed.claim.id for _, found in batch for placed in found])
        case.record([received(made, label) for (made, _), label in zip(batch, items, strict=True)])
        by_claim = {label.subject: label for label in claims}
        deeds: list[Deed] = []
        for made, found in batch:
            document = document_of(made)
            labels = tuple(by_claim[placed.claim.id] for placed in found)
            deeds.append(DocumentRead(step_of(READ, READ_VERSION, None, made.item), document))
            step = step_of(CLAIMS, CLAIMS_VERSION, None, document.id)
            deeds.append(ClaimsRead(step, made.item, document.id, tuple(placed.claim for placed in found), labels, ()))
        case.record(deeds)


def received(made: PlacedDocument, label: Label) -> ItemReceived:
    """That the document came in."""
    receipt = Receipt(made.item, "2032-01-01T08:00:00Z", f"{label.number}.txt", "added from a folder", source=made.publisher)
    return ItemReceived(receipt, len(made.text.encode()), "text/plain", label)


def document_of(made: PlacedDocument) -> Document:
    """The document as a reader leaves it."""
    return Document(
        document_id(made.item, READER),
        made.item,
        f"{READER}@1",
        "text/plain",
        made.text,
        language="en",
        published=Stated(made.published, Origin.GIVEN) if made.published else None,
        publisher=Stated(made.publisher, Origin.GIVEN) if made.publisher else None,
    )


def run(verb: str, root: Path) -> None:
    """Run a verb on the case as a process of its own and print what it took."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "witnessmark", verb, str(root)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        said = process.stdout.read().decode() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - started
    first = said.splitlines()[0] if said else ""
    print(
        f"{verb}: {took:.1f} s, on a core {used.ru_utime + used.ru_stime:.1f}, peak {used.ru_maxrss / 1024:,.0f} MB, exit {process.returncode}. {first}",
        flush=True,
    )


def main(documents: int, more: int) -> None:
    """Record, weigh, and weigh again."""
    told = list(evidence(documents, more))
    with tempfile.TemporaryDirectory(prefix="weigh-case-") as folder:
        root = Path(folder) / "case"
        create_case(root)
        with open_case(root, write="bench") as case:
            record(case, told[:documents])
        print(
            f"{documents:,} documents, {documents * CLAIMS_EACH:,} claims; case.db {(root / 'case.db').stat().st_size / 1e6:,.0f} MB",
            flush=True,
        )
        run("weigh", root)
        print(f"case.db {(root / 'case.db').stat().st_size / 1e6:,.0f} MB", flush=True)
        run("weigh", root)
        for each in told[documents:]:
            with open_case(root, write="bench") as case:
                record(case, [each])
            run("weigh", root)
        if documents <= MOST_PUBLISHED:
            run("publish", root)
            run("publish", root)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("10000", "2")[len(sys.argv) - 1 :]]))
