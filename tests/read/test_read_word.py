from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from tests.read.read_originals import anchored, document_of, reason_of, stored

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def report() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Report on Tessel"
    document.core_properties.author = "The Collective"
    document.add_heading("What happened", 1)
    document.add_paragraph("The market was hit at noon.\tTwice.")
    table = document.add_table(2, 2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells], ["Town", "Dead", "Tessel", "13"], strict=True):
        cell.text = text
    document.add_paragraph("النص بعد الجدول")
    return saved(document)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # docx.Document is a function; its type has another name
    return buffer.getvalue()


def with_body(markup: str) -> bytes:
    """A Word file whose body is the given markup, everything else as python-docx writes it."""
    return with_member("word/document.xml", f"<w:document {W}><w:body>{markup}</w:body></w:document>".encode())


def with_member(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, content if info.filename == name else source.read(info))
        if name not in source.namelist():
            target.writestr(name, content)
    return buffer.getvalue()


def test_paragraphs_and_tables_come_in_document_order(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.docx", report()))
    assert document.text == "What happened\n\nThe market was hit at noon.\tTwice.\n\nTown | Dead\nTessel | 13\n\nالنص بعد الجدول"
    assert [label for label, _ in anchored(document)] == ["1", "2", "3", "4"]
    assert (document.title, document.author) == ("Report on Tessel", "The Collective")
    assert document.metadata["revision"] == "1"
    assert document.published is None


def test_inserted_text_is_read_deleted_text_is_not_and_both_are_said(tmp_path: Path) -> None:
    markup = (
        "<w:p><w:r><w:t xml:space='preserve'>We saw </w:t></w:r><w:ins w:id='1'><w:r><w:t>thirteen</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>three</w:delText></w:r></w:del><w:r><w:t xml:space='preserve'> bodies.</w:t></w:r></w:p>"
    )
    document = document_of(stored(tmp_path, "a.docx", with_body(markup)))
    assert document.text == "We saw thirteen bodies."
    assert any("tracked changes" in problem for problem in document.problems)


def test_a_text_box_is_read_once_and_links_and_controls_are_looked_through(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed words.</w:t></w:r></w:p></w:txbxContent>"
    markup = (
        f"<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>Linked.</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    assert document_of(stored(tmp_path, "a.docx", with_body(markup))).text == "Before.\n\nBoxed words.\n\nLinked."


def test_a_zip_named_docx_is_said_to_be_none(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "words")
    assert "named .docx but is no Word document" in reason_of(stored(tmp_path, "a.docx", buffer.getvalue()))


def test_broken_markup_is_said_to_be_damaged(tmp_path: Path) -> None:
    assert "Word document is damaged" in reason_of(stored(tmp_path, "a.docx", with_member("word/document.xml", b"<w:document><w:body>")))


def test_a_word_file_cut_in_the_middle_is_said_to_be_damaged(tmp_path: Path) -> None:
    content = report()
    reason = reason_of(stored(tmp_path, "a.docx", content[: len(content) // 2]))
    assert "no Word document" in reason or "damaged" in reason


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    reason = reason_of(stored(tmp_path, "a.docx", with_member("word/media/bomb.bin", bytes(60_000_000))))
    assert "zip bomb" in reason
    assert "word/media/bomb.bin" in reason


def test_an_encrypted_word_file_is_said_to_be_encrypted(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert "encrypted" in reason_of(stored(tmp_path, "a.docx", content))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    markup = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {W}><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></w:document>'
    path = stored(tmp_path, "a.docx", with_member("word/document.xml", markup.encode()))
    assert "declares a document type" in reason_of(path)
