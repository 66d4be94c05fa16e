"""Documents for the reader's tests, put into a case as intake and reading record them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.labels import new_labels
from witnessmark.case.reading import read_items
from witnessmark.case.stages import step_of
from witnessmark.claims.by_hand import added
from witnessmark.model.claim import Claim, claim_id
from witnessmark.model.deed import ClaimsRead, DocumentRead
from witnessmark.model.document import Document
from witnessmark.model.span import Span
from witnessmark.store import queries

ARABIC = "قالت المبعوثة إن الحراس قتلوا أربعين محتجزًا في سجن كورين.\n\nنفت الوزارة ذلك."


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on its pages."""
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out, pageCompression=0, invariant=1)
    for lines in pages:
        for place, line in enumerate(lines):
            drawing.drawString(72, 760 - 16 * place, line)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def hold(root: Path, name: str, content: bytes | str) -> str:
    """Add a file to the case and read it; the item's short number."""
    file = root.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_case(root, write="test") as case:
        add(case, [file], Given())
        read_items(case)
        with case.asking() as connection:
            newest = queries.items(connection)[-1].id
            return queries.numbers_of(connection, [newest])[newest]


def claim_words(
    root: Path, number: str, words: Sequence[str], *, change: Callable[[Claim, int], Claim] = lambda claim, _: claim
) -> list[str]:
    """Let a machine have read claims with these words in an item, each after the one before; their short numbers."""
    with open_case(root, write="test") as case:
        with case.asking() as connection:
            item = queries.subject_of(connection, number)
            document = queries.document_of(connection, item or "")
        assert item is not None
        assert document is not None
        first, at, claims = added(item, words[0], document.text), 0, []
        for place, each in enumerate(words):
            at = document.text.index(each, at)
            content = (Span(at, at + len(each), each),)
            claims.append(change(msgspec.structs.replace(first, id=claim_id(item, content, (), None), content=content), place))
        return record_claims(case, document, claims)


def record_claims(case: Case, document: Document, claims: Sequence[Claim]) -> list[str]:
    """Record that a machine read these claims; their short numbers."""
    with case.asking() as connection:
        labels = new_labels(connection, "C", [claim.id for claim in claims])
    step = step_of("claims", "test", None, document.id)
    case.record([ClaimsRead(step, document.item, document.id, tuple(claims), labels, ())])
    return [label.number for label in labels]


def with_text(root: Path, number: str, **changes: object) -> None:
    """Let an item have been read into another document."""
    with open_case(root, write="test") as case:
        with case.asking() as connection:
            document = queries.document_of(connection, queries.subject_of(connection, number) or "")
        assert document is not None
        case.record([DocumentRead(step_of("read", "test", None, document.item), msgspec.structs.replace(document, **changes))])
