"""Pictures inside PDF, Word, Excel, HTML and e-mail come out as originals of their own."""

from __future__ import annotations

import base64
import io
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
from tests.pictures_of_nowhere import as_jpeg, scene
from tests.read.read_originals import BARE, picture_of, reading_of, stored

from witnessmark.model.document import Child
from witnessmark.read import ReadParams
from witnessmark.read import held_pictures as held

HERE = ReadParams()
needs_tesseract = pytest.mark.skipif(not HERE.can_ocr, reason="tesseract is not installed")
PHOTO = as_jpeg(scene(11))
OTHER = as_jpeg(scene(12))


def pixels(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def pdf(*placed: bytes, words: str = "The report speaks.", hidden: bool = False, whole_page: bool = False, pages: int = 1) -> bytes:
    """Pages that each show the pictures below some words, which may be there unseen."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    content = io.BytesIO()
    drawing = canvas.Canvas(content, pagesize=(600, 800))
    for _ in range(pages):
        for place, picture in enumerate(placed):
            box = (0, 0, 600, 800) if whole_page else (50, 40 + 180 * place, 240, 160)
            drawing.drawImage(ImageReader(io.BytesIO(picture)), *box)
        text = drawing.beginText(60, 760)
        text.setTextRenderMode(3 if hidden else 0)
        text.textLine(words)
        drawing.drawText(text)
        drawing.showPage()
    drawing.save()
    return content.getvalue()


def children(tmp_path: Path, name: str, content: bytes, params: ReadParams = BARE) -> tuple[Child, ...]:
    return reading_of(stored(tmp_path, name, content), params=params).children


def data_address(content: bytes, kind: str = "image/jpeg") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def test_a_jpeg_comes_out_of_a_pdf_byte_for_byte_with_its_page(tmp_path: Path) -> None:
    (child,) = children(tmp_path, "a.pdf", pdf(PHOTO))
    assert child.content == PHOTO
    assert (child.name, child.media_type) == ("picture 1.jpg", "image/jpeg")
    assert child.stated == {"stands on": "page 1", "size": "640 x 480", "taken out": held.AS_IT_LIES}


def test_pixels_in_a_pdf_come_out_as_they_were_and_are_said_to_be_decoded(tmp_path: Path) -> None:
    (child,) = children(tmp_path, "a.pdf", pdf(pixels(scene(11))))
    assert child.stated["taken out"] == held.AS_PIXELS
    assert Image.open(io.BytesIO(child.content)).convert("RGB").tobytes() == scene(11).tobytes()


def test_a_letterhead_on_every_page_comes_out_once(tmp_path: Path) -> None:
    assert len(children(tmp_path, "a.pdf", pdf(PHOTO, pixels(scene(12)), pages=3))) == 2


def test_a_scan_with_words_laid_under_it_is_the_page_and_a_photograph_over_all_of_it_is_not(tmp_path: Path) -> None:
    assert children(tmp_path, "scan.pdf", pdf(PHOTO, hidden=True, whole_page=True)) == ()
    assert [child.content for child in children(tmp_path, "cover.pdf", pdf(PHOTO, whole_page=True))] == [PHOTO]


@needs_tesseract
def test_of_pages_without_text_those_in_which_ocr_finds_none_are_pictures(tmp_path: Path) -> None:
    scan = pdf(picture_of(["Thirteen names were on the list", "found in the school at Tessel"]), words="")
    assert children(tmp_path, "scan.pdf", scan, HERE) == ()
    assert len(children(tmp_path, "photo.pdf", pdf(as_jpeg(scene(11).resize((320, 240))), words=""), HERE)) == 1


def test_icons_stay_where_they_are_and_are_counted(tmp_path: Path) -> None:
    reading = reading_of(stored(tmp_path, "a.pdf", pdf(as_jpeg(scene(1, (48, 48))), pixels(scene(2, (40, 90))), PHOTO)))
    assert len(reading.children) == 1
    assert reading.document.metadata["pictures taken out"] == "1"
    assert reading.document.metadata["pictures under 64 pixels, not taken out"] == "2"
    assert reading.document.problems == ()


def test_no_more_than_the_cap_comes_out_and_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST_PICTURES", 1)
    reading = reading_of(stored(tmp_path, "a.pdf", pdf(PHOTO, OTHER)))
    assert len(reading.children) == 1
    assert any(problem.startswith("Pictures not taken out: 1. At most 1 ") for problem in reading.document.problems)


def test_pictures_of_word_files_come_out_under_their_names(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The photograph shows the yard.")
    document.add_picture(io.BytesIO(PHOTO))
    content = io.BytesIO()
    document.save(content)
    (child,) = children(tmp_path, "a.docx", content.getvalue())
    assert (child.content, child.name) == (PHOTO, "image1.jpg")
    assert child.stated["stands on"] == "word/media/image1.jpg"


def test_pictures_of_workbooks_come_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Tessel"
    book.active.add_image(SheetImage(io.BytesIO(PHOTO)), "C3")
    content = io.BytesIO()
    book.save(content)
    (child,) = children(tmp_path, "a.xlsx", content.getvalue())
    assert Image.open(io.BytesIO(child.content)).size == (640, 480)


def test_pictures_written_into_a_page_or_its_style_sheet_come_out(tmp_path: Path) -> None:
    page = (
        f"<html><head><style>body {{background: url('{data_address(OTHER)}')}}</style></head><body><p>Guards stood in the yard all day, "
        f"neighbours said.</p><img src='{data_address(PHOTO)}'><img src='{data_address(b'<svg/>', 'image/svg+xml')}'><img src='a.jpg'></body></html>"
    )
    reading = reading_of(stored(tmp_path, "a.html", page))
    assert [child.content for child in reading.children] == [OTHER, PHOTO]
    assert any("not taken out: 1." in problem for problem in reading.document.problems)


def test_a_picture_that_no_decoder_takes_stays_and_is_counted(tmp_path: Path) -> None:
    page = f"<html><body><p>Guards stood in the yard all day, neighbours said.</p><img src='{data_address(b'BM' + bytes(90), 'image/bmp')}'></body></html>"
    reading = reading_of(stored(tmp_path, "a.html", page))
    assert reading.children == ()
    assert any("not taken out: 1." in problem for problem in reading.document.problems)


def test_pictures_written_into_the_html_of_a_mail_come_out_once(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "nadja@families.example", "The yard"
    message.set_content("See the photograph.")
    message.add_alternative(f"<p>See <img src='{data_address(PHOTO)}'></p>", subtype="html")
    message.add_attachment(f"<p><img src='{data_address(OTHER)}'></p>".encode(), maintype="text", subtype="html", filename="page.html")
    found = children(tmp_path, "a.eml", message.as_bytes())
    assert [child.content for child in found if child.media_type == "image/jpeg"] == [PHOTO]
    assert [child.name for child in found] == ["page.html", "picture 1.jpg"]
