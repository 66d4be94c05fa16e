"""A planted secret is absent from a redacted copy, in every layer; and each assertion fails against a copy that only covers."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, PngImagePlugin
from reportlab.pdfgen import canvas

from witnessmark.case.redacting import read_out
from witnessmark.protect.leaks import Extracted, Extractor, Leak, Secret, find_leaks
from witnessmark.protect.metadata import encoded
from witnessmark.protect.redaction import Box, Form, Target, derives_from
from witnessmark.protect.redaction_boxes import grown, line_height
from witnessmark.protect.redaction_drawing import DrawJob, UndrawableError, Word, draw
from witnessmark.protect.redaction_text import MARK, cuts_of, merged, written
from witnessmark.read.ocr import read_words
from witnessmark.read.request import ReadParams

PLANTED = "Maren Vosk"
KEPT = "hospital"


def statement_pdf(path: Path) -> None:
    """Two pages: the name in the text layer, kerned and in capitals, in the title, a link and a bookmark, and one page that is a picture of it."""
    page = canvas.Canvas(str(path), pageCompression=1)
    page.setTitle(f"Statement of {PLANTED}")
    page.setAuthor(PLANTED)
    page.bookmarkPage("here")
    page.addOutlineEntry(PLANTED, "here")
    page.setFont("Helvetica", 14)
    page.drawString(72, 700, f"The nurse {PLANTED} told us that guards killed forty")
    page.drawString(72, 675, "detainees at Korrin. M A R E N  VOSK saw it herself.")
    page.linkURL(f"https://example.org/{PLANTED.replace(' ', '%20')}", (72, 700, 200, 715))
    page.showPage()
    page.drawInlineImage(picture_of(f"Ward list: {PLANTED}", "Korrin hospital"), 72, 500, 450, 150)
    page.save()


def picture_of(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (900, 300), "white")
    draw = ImageDraw.Draw(picture)
    for place, line in enumerate(lines):
        draw.text((40, 60 + 100 * place), line, fill="black", font_size=56)
    return picture


def ward_photo(path: Path) -> None:
    """A JPEG with the name in its pixels, EXIF, comment, XMP and a thumbnail."""
    photo, small = picture_of(f"Patient {PLANTED}", "Korrin hospital"), io.BytesIO()
    photo.save(small, "JPEG")
    exif = Image.Exif()
    exif[0x010E] = f"{PLANTED} in the ward"
    exif[0x9286] = b"UNICODE\0" + PLANTED.encode("utf-16-le")
    written = exif.tobytes() + small.getvalue()
    photo.save(path, "JPEG", exif=written, comment=PLANTED, xmp=f"<x:xmpmeta>{PLANTED}</x:xmpmeta>".encode(), quality=92)


def ward_png(path: Path) -> None:
    """A PNG with the name in its pixels, in compressed text and in colours beneath full transparency."""
    photo, info = picture_of(f"Patient {PLANTED}", "Korrin hospital").convert("RGBA"), PngImagePlugin.PngInfo()
    info.add_itxt("Description", PLANTED, zip=True)
    photo.save(path, "PNG", pnginfo=info)


def thorough(folder: Path) -> Extractor:
    """Reads every document and picture found at any layer, with OCR where it is installed; `folder` is for working files."""
    marks = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")

    def read(content: bytes, _: str) -> list[Extracted]:
        if not content.startswith(marks):
            return []
        file = folder / "layer"
        file.write_bytes(content)
        return [Extracted(each.method, each.text) for each in [read_out(file)]]

    return read


needs_ocr = pytest.mark.skipif(not ReadParams().can_ocr, reason="tesseract is not installed: words in pictures cannot be looked for")


def words_of(picture: Image.Image, dots: int) -> tuple[list[Word], str | None]:
    words, problem = read_words(picture, ReadParams(), dots)
    return [Word(text, box) for text, box in words], problem


def blind(picture: Image.Image, dots: int) -> tuple[list[Word], str | None]:
    return [], None


def drawn(path: Path, media_type: str, form: Form, *boxes: Box, terms: tuple[str, ...] = (PLANTED,)) -> bytes:
    job = DrawJob(bytes(path), media_type, form, tuple(Target(term) for term in terms), boxes)
    return draw(job, words_of).content


def leaks_in(content: bytes, name: str, tmp_path: Path) -> list[Leak]:
    folder, work = tmp_path / "out", tmp_path / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    work.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return list(find_leaks(folder, [Secret("name", PLANTED)], extractors=[thorough(work)]))


def text_of(content: bytes, tmp_path: Path) -> str:
    (extracted,) = list(thorough(tmp_path)(content, ""))
    return extracted.text


@needs_ocr
def test_a_redacted_pdf_holds_the_secret_nowhere_and_the_rest_still(tmp_path: Path) -> None:
    statement_pdf(tmp_path / "in.pdf")
    assert leaks_in((tmp_path / "in.pdf").read_bytes(), "a.pdf", tmp_path)
    copy = drawn(tmp_path / "in.pdf", "application/pdf", Form.PDF)
    assert leaks_in(copy, "a.pdf", tmp_path) == []
    pdf = pypdfium2.PdfDocument(copy, autoclose=True)
    assert (len(pdf), "".join(page.get_textpage().get_text_range() for page in pdf)) == (2, "")
    assert not any(pdf.get_metadata_dict().values())
    assert not any(word in copy for word in (b"/Info", b"/ID", b"/Annot", b"/Outlines", b"/Font", b"/Metadata"))
    assert all(words in text_of(copy, tmp_path) for words in ("guards killed forty", KEPT))
    assert copy == drawn(tmp_path / "in.pdf", "application/pdf", Form.PDF)


def test_a_black_bar_over_a_text_layer_is_found_out(tmp_path: Path) -> None:
    """The broken variant: what a word processor's highlighter does."""
    statement_pdf(tmp_path / "in.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "in.pdf")
    bar = pypdfium2.raw.FPDFPageObj_CreateNewRect(0, 500, 600, 300)
    pypdfium2.raw.FPDFPath_SetDrawMode(bar, pypdfium2.raw.FPDF_FILLMODE_ALTERNATE, 0)
    pypdfium2.raw.FPDFPageObj_SetFillColor(bar, 0, 0, 0, 255)
    pypdfium2.raw.FPDFPage_InsertObject(pdf[0], bar)
    pdf[0].gen_content()
    covered = io.BytesIO()
    pdf.save(covered)
    forms = {leak.form for leak in leaks_in(covered.getvalue(), "a.pdf", tmp_path)}
    assert "in strings that a PDF shows" in forms
    assert "in its text and page pictures as read" in forms


@needs_ocr
@pytest.mark.parametrize(
    ("make", "kind", "form"),
    [(ward_photo, "image/jpeg", Form.PNG), (ward_photo, "image/jpeg", Form.PDF), (ward_png, "image/png", Form.JPEG)],
)
def test_a_redacted_image_holds_the_secret_nowhere(make: Callable[[Path], None], kind: str, form: Form, tmp_path: Path) -> None:
    make(tmp_path / "in")
    assert leaks_in((tmp_path / "in").read_bytes(), "a", tmp_path)
    copy = drawn(tmp_path / "in", kind, form)
    assert leaks_in(copy, "a", tmp_path) == []
    assert KEPT in text_of(copy, tmp_path)


@needs_ocr
def test_a_kept_thumbnail_and_kept_exif_are_found_out(tmp_path: Path) -> None:
    """The broken variant: the pixels are blacked out, the file's metadata are kept."""
    ward_photo(tmp_path / "in.jpg")
    with Image.open(tmp_path / "in.jpg") as photo:
        exif = photo.info["exif"]
        ImageDraw.Draw(photo).rectangle((0, 0, 900, 150), fill="black")
        kept = io.BytesIO()
        photo.save(kept, "JPEG", exif=exif)
    leaks = leaks_in(kept.getvalue(), "a.jpg", tmp_path)
    assert any(leak.where.startswith("JPEG at") and "as read" in leak.form for leak in leaks)
    assert any(leak.form == "in utf-16-le" for leak in leaks)


@needs_ocr
def test_a_box_beside_the_name_is_found_out_by_ocr(tmp_path: Path) -> None:
    ward_photo(tmp_path / "in.jpg")
    job = DrawJob(bytes(tmp_path / "in.jpg"), "image/jpeg", Form.PNG, (), (Box(1, 0, 200, 100, 50),))
    assert leaks_in(draw(job, blind).content, "a.png", tmp_path)


def test_boxes_by_hand_are_blacked_out_to_the_pixel_and_one_beyond_the_file_is_refused(tmp_path: Path) -> None:
    picture_of("x").save(tmp_path / "in.png")
    copy = Image.open(io.BytesIO(drawn(tmp_path / "in.png", "image/png", Form.PNG, Box(1, 100, 50, 200, 100), terms=()))).convert("RGB")
    assert copy.crop((100, 50, 300, 150)).getcolors() == [(20_000, (0, 0, 0))]
    with pytest.raises(UndrawableError, match="no page 2"):
        drawn(tmp_path / "in.png", "image/png", Form.PNG, Box(2, 0, 0, 9, 9), terms=())
    with pytest.raises(UndrawableError, match="outside page 1"):
        drawn(tmp_path / "in.png", "image/png", Form.PNG, Box(1, 5000, 0, 9, 9), terms=())


def test_names_of_different_length_and_height_get_boxes_of_one_size() -> None:
    line = line_height([(0, 0, 9, 20), (0, 0, 9, 16), (0, 0, 9, 15)])
    short, longer = grown((100, 54, 130, 70), (1000, 500), line), grown((100, 50, 160, 70), (1000, 500), line)
    assert [short[2] - short[0], short[3] - short[1]] == [longer[2] - longer[0], longer[3] - longer[1]]
    assert longer[0] <= 95
    assert longer[2] >= 165
    assert longer[1] < 50
    assert longer[3] > 70


def test_what_lies_beneath_transparency_is_gone() -> None:
    hidden = picture_of(PLANTED).convert("RGBA")
    hidden.putalpha(0)
    copy = Image.open(io.BytesIO(encoded(hidden, "PNG"))).convert("RGB")
    assert copy.getcolors() == [(900 * 300, (255, 255, 255))]


def test_an_image_is_turned_upright_and_its_orientation_is_not_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture_of("x").save(tmp_path / "in.jpg", exif=exif)
    copy = Image.open(io.BytesIO(drawn(tmp_path / "in.jpg", "image/jpeg", Form.PNG, Box(1, 0, 0, 9, 9), terms=())))
    assert copy.size == (300, 900)
    assert (dict(copy.getexif()), copy.info) == ({}, {})


TEXT = "Maren Vosk and Ali came. MÁREN\n  VOSK fled; Vosk's brother, in reality Alim, stayed. ماري فوسك"


def test_text_is_cut_in_every_spelling_with_a_mark_that_does_not_tell_its_length() -> None:
    cuts, found = cuts_of(TEXT, [Target(PLANTED), Target("Ali", shown="Person Q"), Target("مَارِي")])
    assert (
        written(TEXT, merged(TEXT, cuts))
        == f"{MARK} and [Person Q] came. {MARK} fled; Vosk's brother, in reality Alim, stayed. {MARK} فوسك"
    )
    assert found == [2, 1, 1]


def test_two_marks_side_by_side_become_one() -> None:
    text = "Maren Vosk Ilin"
    cuts, _ = cuts_of(text, [Target("Maren"), Target("Vosk"), Target("Ilin")])
    assert written(text, merged(text, cuts)) == MARK


@pytest.mark.parametrize(
    ("pseudonym", "derived"), [("M. V.", True), ("Marenka", True), ("Mr Vosk", True), ("mar", True), ("Person K", False), ("Orla", False)]
)
def test_a_pseudonym_that_gives_the_name_away_is_known(pseudonym: str, *, derived: bool) -> None:
    assert derives_from(PLANTED, pseudonym) is derived
