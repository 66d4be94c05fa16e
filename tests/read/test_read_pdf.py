from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.read.read_originals import BARE, anchored, document_of, outcome_of, pdf_with, picture_of, reading_of, reason_of, stored

from witnessmark.model.document import AnchorKind
from witnessmark.read import ReadParams

HERE = ReadParams()
needs_tesseract = pytest.mark.skipif(not HERE.can_ocr, reason="tesseract is not installed")


def scanned_pdf(pages: int = 1, first: list[str] | None = None) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer)
    if first:
        drawing.drawString(72, 700, first[0])
        drawing.showPage()
    for _ in range(pages):
        drawing.drawImage(
            ImageReader(io.BytesIO(picture_of(["Thirteen names were on the list", "found in the school at Tessel"]))), 40, 500, 500, 180
        )
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def test_pages_are_anchored_and_apart_by_a_blank_line(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.pdf", pdf_with([["Page one speaks."], ["Page two answers."]])))
    assert document.text == "Page one speaks.\n\nPage two answers."
    assert anchored(document) == [("1", "Page one speaks."), ("2", "Page two answers.")]
    assert {anchor.kind for anchor in document.anchors} == {AnchorKind.PAGE}


def test_a_wide_gap_between_lines_is_a_blank_line_and_a_line_end_is_none(tmp_path: Path) -> None:
    lines = ["The first paragraph has", "two lines of yo-yo type.", "", "The second paragraph follows."]
    text = document_of(stored(tmp_path, "a.pdf", pdf_with([lines]))).text
    assert text == "The first paragraph has\ntwo lines of yo-yo type.\n\nThe second paragraph follows."


def test_a_word_hyphenated_at_a_line_end_stays_hyphenated(tmp_path: Path) -> None:
    assert document_of(stored(tmp_path, "a.pdf", pdf_with([["They were exe-", "cuted at dawn."]]))).text == "They were exe-\ncuted at dawn."


def test_what_the_file_says_of_itself_is_metadata_and_its_creation_is_no_publication(tmp_path: Path) -> None:
    import reportlab.pdfgen.canvas as canvas_module

    buffer = io.BytesIO()
    drawing = canvas_module.Canvas(buffer)
    drawing.setTitle("Names on a list")
    drawing.setAuthor("The Collective")
    drawing.drawString(72, 700, "Text.")
    drawing.save()
    document = document_of(stored(tmp_path, "a.pdf", buffer.getvalue()))
    assert (document.title, document.author) == ("Names on a list", "The Collective")
    assert document.metadata["CreationDate"].startswith("D:")
    assert document.published is None


def test_an_encrypted_pdf_is_said_to_be_encrypted(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    content = pdf_with([["Secret."]], encrypt=StandardEncryption("open sesame", ownerPassword="owner"))
    assert reason_of(stored(tmp_path, "a.pdf", content)).startswith("The PDF is encrypted;")


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    content = pdf_with([["Open to read."]], encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert document_of(stored(tmp_path, "a.pdf", content)).text == "Open to read."


def test_a_cut_pdf_is_said_to_be_damaged(tmp_path: Path) -> None:
    assert "damaged" in reason_of(stored(tmp_path, "a.pdf", b"%PDF-1.7\nnothing follows"))


def test_without_ocr_a_scan_fails_with_the_command_that_installs_it(tmp_path: Path) -> None:
    reason = reason_of(stored(tmp_path, "a.pdf", scanned_pdf()), params=BARE)
    assert "No page of the PDF has a text layer" in reason
    assert "install" in reason


def test_without_ocr_the_pages_that_have_text_are_read_and_the_others_named(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.pdf", scanned_pdf(3, ["Typed page."])), params=BARE)
    assert document.text == "Typed page."
    assert any("page 2-4, not read" in problem for problem in document.problems)


def test_an_empty_page_is_no_problem(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.pdf", pdf_with([["Words."], [], ["More."]])))
    assert document.text == "Words.\n\nMore."
    assert document.problems == ()


@needs_tesseract
def test_a_page_without_a_text_layer_is_read_by_ocr_and_said_to_be(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.pdf", scanned_pdf(1, ["Typed page."])), params=HERE)
    assert "Thirteen names were on the list" in document.text
    assert [label for label, _ in anchored(document)] == ["1", "2"]
    assert any(problem.startswith("Page 2 was read by OCR (tesseract") for problem in document.problems)


@needs_tesseract
def test_ocr_stops_at_its_number_of_pages_and_says_so(tmp_path: Path) -> None:
    from msgspec.structs import replace

    document = document_of(stored(tmp_path, "a.pdf", scanned_pdf(3)), params=replace(HERE, ocr_pages=1))
    assert any("page 2-3, not read: only 1 pages" in problem for problem in document.problems)


def test_a_file_embedded_in_a_pdf_is_an_original_of_its_own(tmp_path: Path) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(pdf_with([["See the list."]]))
    pdf.new_attachment("list.csv").set_data(b"name,age\n")
    buffer = io.BytesIO()
    pdf.save(buffer)
    (child,) = reading_of(stored(tmp_path, "a.pdf", buffer.getvalue())).children
    assert (child.name, child.content) == ("list.csv", b"name,age\n")


def test_an_absurd_page_size_is_no_memory_bomb(tmp_path: Path) -> None:
    content = pdf_with([["Small words."]], pagesize=(14_000, 14_000))
    assert outcome_of(stored(tmp_path, "a.pdf", content)).reading is not None


def test_one_damaged_page_costs_only_itself(tmp_path: Path) -> None:
    content = pdf_with([["First page."], ["Second page."], ["Third page."]], pageCompression=0)
    broken = content.replace(b"4 0 obj\n<<", b"4 0 obj\n12", 1)  # the object that should be the second page becomes a number
    assert broken != content
    outcome = outcome_of(stored(tmp_path, "a.pdf", broken))
    assert outcome.reading is not None
    assert outcome.reading.document.text == "First page.\n\nThird page."
    assert any("Damaged and not read: page 2." in problem for problem in outcome.reading.document.problems)
