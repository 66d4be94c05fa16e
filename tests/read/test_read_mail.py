from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from tests.read.read_originals import anchored, document_of, reading_of, reason_of, stored

from witnessmark.model.document import Origin


def letter(body: str = "Dear friends,\n\nthe list follows.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Nadja <nadja@families.example>"
    message["To"] = "records@prison.example"
    message["Date"] = "Thu, 14 Mar 2030 23:17:44 +0200"
    message["Subject"] = "القائمة and the list"
    message["Message-ID"] = "<1@families.example>"
    message.set_content(body)
    return message


def test_headers_then_body_are_the_text_and_the_date_is_stated(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.eml", letter().as_bytes()))
    assert document.text == (
        "From: Nadja <nadja@families.example>\nTo: records@prison.example\nDate: Thu, 14 Mar 2030 23:17:44 +0200\n"
        "Subject: القائمة and the list\n\nDear friends,\n\nthe list follows."
    )
    assert [label for label, _ in anchored(document)] == ["headers", "body"]
    assert document.published is not None
    assert (document.published.value, document.published.origin) == ("2030-03-14", Origin.METADATA)
    assert document.title == "القائمة and the list"
    assert document.publisher is None
    assert document.problems == ()


def test_attachments_are_originals_of_their_own_byte_for_byte(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"name\r\nA\r\n", maintype="text", subtype="csv", filename="قائمة.csv")
    message.add_attachment(bytes(range(256)), maintype="image", subtype="jpeg", filename="../../photo.jpg")
    reading = reading_of(stored(tmp_path, "a.eml", message.as_bytes()))
    assert [(child.name, child.media_type, child.content) for child in reading.children] == [
        ("قائمة.csv", "text/csv", b"name\r\nA\r\n"),
        ("photo.jpg", "image/jpeg", bytes(range(256))),
    ]
    assert "the list follows" in reading.document.text


def test_a_forwarded_message_is_an_original_of_its_own_unchanged(tmp_path: Path) -> None:
    inner = b"Message-ID: <0@x.example>\r\nFrom: a@x.example\r\nX-Long: " + b"word " * 60 + b"\r\nSubject: first\r\n\r\nInner words.\r\n"
    outer = (
        b"From: b@x.example\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n"
        b"Content-Type: text/plain\r\n\r\nSee below.\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--q--\r\n"
    )
    reading = reading_of(stored(tmp_path, "a.eml", outer))
    (child,) = reading.children
    assert (child.name, child.media_type, child.content) == ("message 2.eml", "message/rfc822", inner)
    assert reading.document.text.endswith("See below.")


def test_plain_text_is_preferred_and_its_html_twin_is_no_attachment(tmp_path: Path) -> None:
    message = letter("Plain words.")
    message.add_alternative("<p>Rich words.</p>", subtype="html")
    reading = reading_of(stored(tmp_path, "a.eml", message.as_bytes()))
    assert reading.document.text.endswith("Plain words.")
    assert reading.children == ()


def test_html_alone_is_read_as_text(tmp_path: Path) -> None:
    message = letter()
    message.set_content("<html><body><p>First.</p><p>Second<br>line.</p><script>x()</script></body></html>", subtype="html")
    document = document_of(stored(tmp_path, "a.eml", message.as_bytes()))
    assert document.text.endswith("First.\n\nSecond\nline.")
    assert any("no plain text" in problem for problem in document.problems)


def test_broken_mime_is_read_as_far_as_it_goes_and_said_to_be_broken(tmp_path: Path) -> None:
    content = (
        b"From: a@x.example\r\nSubject: =?utf-8?b?not base64?=\r\nDate: no date at all\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n"
        b"Content-Type: text/plain; charset=no-such\r\n\r\nSome words.\r\n--q\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n"
    )
    document = document_of(stored(tmp_path, "a.eml", content))
    assert "Some words." in document.text
    assert document.published is None
    assert any("not well formed" in problem for problem in document.problems)


def test_an_address_line_that_no_parser_takes_apart_is_kept_as_written(tmp_path: Path) -> None:
    content = b'From: "Unclosed <a@x.example\r\nTo: undisclosed:;, <<>>\r\nSubject: s\r\n\r\nWords.\r\n'
    document = document_of(stored(tmp_path, "a.eml", content))
    assert "Unclosed" in document.text
    assert document.text.endswith("Words.")


def test_an_old_charset_is_decoded_as_declared(tmp_path: Path) -> None:
    body = "قالت الوزارة إن التحقيق بدأ."
    content = b"From: a@x.example\r\nSubject: s\r\nContent-Type: text/plain; charset=windows-1256\r\n\r\n" + body.encode("cp1256")
    document = document_of(stored(tmp_path, "a.eml", content))
    assert document.text.endswith(body)
    assert document.problems == ()


def test_a_mail_that_is_only_an_attachment_has_a_child_and_no_body(tmp_path: Path) -> None:
    message = letter()
    message.clear_content()
    message.set_content(b"%PDF-1.4", maintype="application", subtype="pdf", disposition="attachment", filename="a.pdf")
    reading = reading_of(stored(tmp_path, "a.eml", message.as_bytes()))
    assert [child.name for child in reading.children] == ["a.pdf"]
    assert any("no text of its own" in problem for problem in reading.document.problems)


def test_a_file_with_headers_that_are_no_mail_is_refused(tmp_path: Path) -> None:
    assert reason_of(stored(tmp_path, "a.eml", b"Colour: red\r\n\r\nx")).startswith("The file is no e-mail")


def test_endless_nesting_is_a_reason_and_no_crash(tmp_path: Path) -> None:
    content = b"From: a@x.example\r\nSubject: s\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"x"
    from tests.read.read_originals import BARE, request_for

    from witnessmark.read import run

    (result,) = run([request_for(stored(tmp_path, "a.eml", content))], BARE, workers=1)
    assert result is not None
