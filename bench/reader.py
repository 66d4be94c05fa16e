"""Times the pages of the workbench's reader: a PDF of 500 pages, a document of 1,000 claims, and the queue and single claims of a case of 10,000.

Run: .venv/bin/python bench/reader.py [PAGES] [CLAIMS]
Makes a case in the system's folder for temporary files: a PDF of PAGES (500) pages and a text with 1,000 claims, added and read as any other, and
CLAIMS (10,000) claims in documents of ten (`evidence.py`), recorded as intake and reading record them. Prints, for each page, the bytes of the answer and
the milliseconds until it is whole (first, then median and range of 20), all in one process without a network.
"""

from __future__ import annotations

import io
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from evidence import CLAIMS_EACH, evidence
from starlette.testclient import TestClient
from weigh_case import record

from witnessmark.case.case import create_case, open_case
from witnessmark.case.claiming import CLAIMS, VERSION
from witnessmark.case.intake import Given, add
from witnessmark.case.labels import new_labels
from witnessmark.case.reading import read_items
from witnessmark.case.signing_in import invite, sign_up
from witnessmark.case.stages import step_of
from witnessmark.claims.by_hand import added
from witnessmark.model.claim import claim_id
from witnessmark.model.deed import ClaimsRead
from witnessmark.model.office import Role
from witnessmark.model.span import Span
from witnessmark.serve.app import build_app
from witnessmark.serve.office import Office
from witnessmark.serve.sessions import COOKIE
from witnessmark.store import queries

HOST = "127.0.0.1:8642"
IN_ONE = 1000
AGAIN = 20
SENTENCE = "The envoy said that guards took number {} away at dawn, and that nobody has heard of them since the spring of that year. "


def pdf(pages: int) -> bytes:
    """A PDF of so many full pages."""
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out, pageCompression=1, invariant=1)
    for page in range(pages):
        for line in range(44):
            drawing.drawString(
                60, 790 - 16 * line, f"Page {page + 1}, line {line + 1}: the commission heard what witnesses saw that spring."
            )
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def make(root: Path, pages: int, claims: int) -> None:
    """The case: I1 the PDF, I2 the text with many claims, then the rest."""
    create_case(root)
    files = (root.parent / "pages.pdf", root.parent / "zlong.txt")
    files[0].write_bytes(pdf(pages))
    files[1].write_text("".join(SENTENCE.format(n) + "\n" * (n % 3 == 0) for n in range(IN_ONE)))
    with open_case(root, write="bench") as case:
        add(case, files, Given())
        read_items(case)
        with case.asking() as connection:
            item = queries.subject_of(connection, "I2")
            document = queries.document_of(connection, item or "")
        if document is None:
            raise SystemExit("The text was not read.")
        first, at, found = added(document.item, "guards took number 0 away at dawn", document.text), 0, []
        for n in range(IN_ONE):
            words = f"guards took number {n} away at dawn"
            at = document.text.index(words, at)
            content = (Span(at, at + len(words), words),)
            found.append(msgspec.structs.replace(first, id=claim_id(document.item, content, (), None), content=content))
        with case.asking() as connection:
            labels = new_labels(connection, "C", [claim.id for claim in found])
        case.record([ClaimsRead(step_of(CLAIMS, VERSION, None, document.id), document.item, document.id, tuple(found), labels, ())])
        record(case, list(evidence(claims // CLAIMS_EACH, 0)))


def main(pages: int, claims: int) -> None:
    """Make the case and time its pages."""
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        root = Path(folder) / "case"
        make(root, pages, claims)
        office = Office(root, hosts=(HOST,))
        client = TestClient(build_app(office), base_url=f"http://{HOST}", follow_redirects=False)
        who = sign_up(office.folder, invite(office.folder, "Mira Osk", Role.OWNER).token, "velvet harbour ninety lanterns")
        client.cookies.set(COOKIE, office.sessions.begin(who))
        print(f"{pages} pages, {claims + IN_ONE:,} claims")
        for path in (
            "/items/I1",
            f"/items/I1?page={pages // 2}",
            f"/items/I1/pages/{pages // 2}",
            f"/items/I1/pages/{pages // 2}/picture",
            "/items/I2",
            "/items/I2?part=9",
            "/claims",
            "/claims/C400",
            f"/claims/C{IN_ONE + claims // 2}",
            "/claims?doubt=any",
        ):
            took = []
            size = 0
            for _ in range(AGAIN + 1):
                started = time.perf_counter()
                answer = client.get(path)
                took.append(1000 * (time.perf_counter() - started))
                if answer.status_code != 200:
                    raise SystemExit(answer.text)
                size = len(answer.content)
            first, *rest = took
            print(
                f"{path}: {size / 1000:.0f} kB; first {first:.0f} ms, then {statistics.median(rest):.0f} ({min(rest):.0f}-{max(rest):.0f})",
                flush=True,
            )
        office.close()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("500", "10000")[len(sys.argv) - 1 :]]))
