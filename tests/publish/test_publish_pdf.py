"""The dossier as one PDF: every page and link of it inside the file, letters of every script whole, nothing fetched, nothing of clock or machine in it."""

from __future__ import annotations

import builtins
import re
import zlib
from collections.abc import Mapping

import lxml.html
import pypdfium2
import pytest
from tests.publish.publish_pdf import needs_weasyprint

from witnessmark.errors import MissingPartError, ProtectionError, UsageError
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.book import bound_pages, drawing_rules
from witnessmark.publish.pdf import made_pdf

FRAME = '<html><head><title>Aud</title></head><body><main id="main" tabindex="-1">{}</main></body></html>'
STYLE = b":root { --ink: #111; } svg .span { fill: var(--ink); } @media screen {} @media print { :root { --ink: #000; } }"


def pages(**bodies: str) -> dict[str, bytes]:
    """Pages with these bodies by name."""
    return {f"{name}.html": FRAME.format(body).encode() for name, body in bodies.items()} | {"dossier.css": STYLE}


def words(pdf: bytes) -> str:
    """The words of a PDF as a reader's program gives them."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def unpacked(pdf: bytes) -> bytes:
    """The file with every stream in it unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x")


@pytest.fixture(scope="module")
def made(case: CaseView) -> tuple[Mapping[str, bytes], bytes]:
    """The pages of Darrow Mill and their PDF."""
    needs_weasyprint()
    files = draft(case)
    return files, made_pdf(files)


def test_every_link_of_the_bound_pages_leads_to_a_place_in_them(case: CaseView) -> None:
    book = lxml.html.document_fromstring(bound_pages(draft(case)))
    ids = [str(each.get("id")) for each in book.iter() if each.get("id") is not None]
    assert len(ids) == len(set(ids))
    targets = [str(link.get("href")) for link in book.iter("a")]
    assert len(targets) > 100
    assert not [target for target in targets if target.removeprefix("#") not in ids]


def test_a_long_dossier_is_bound_without_the_pages_of_claims_whose_numbers_lead_to_their_words_in_the_original(
    case: CaseView, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = draft(case)
    rest = sum(len(content) for name, content in files.items() if name.endswith(".html") and not name.startswith("claim-"))
    monkeypatch.setattr("witnessmark.publish.book.MOST", rest)
    text = bound_pages(files)
    book = lxml.html.document_fromstring(text)
    ids = [str(each.get("id")) for each in book.iter() if each.get("id") is not None]
    assert not [name for name in ids if name.startswith("page-claim-")]
    targets = [str(link.get("href")).removeprefix("#") for link in book.iter("a") if link.get("href") is not None]
    assert set(targets) <= set(ids)
    assert len([target for target in targets if target.startswith("mark-")]) > 20
    assert "The pages of single claims are not in this PDF" in text


def test_a_dossier_too_long_for_one_file_is_refused_with_what_to_do_instead(case: CaseView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.publish.book.MOST", 10_000)
    with pytest.raises(UsageError, match="Hand over its pages"):
        bound_pages(draft(case))


def test_every_page_of_the_dossier_is_in_the_book_once_and_what_leads_through_it_on_screen_is_not(case: CaseView) -> None:
    files = draft(case)
    book = bound_pages(files)
    for name in files:
        if name.endswith(".html"):
            assert book.count(f'<div id="page-{name.removesuffix(".html")}">') == 1
    assert "Next claim" not in book
    assert '<svg class="narrow"' not in book


def test_a_drawing_carries_its_rules_with_the_colours_of_print() -> None:
    assert "svg .span { fill: #000; }" in drawing_rules(STYLE.decode())
    book = bound_pages(pages(index='<figure class="chart"><svg viewBox="0 0 10 10"><rect class="span"/></svg></figure>'))
    assert "<style>svg { font-family" in book


def test_words_of_a_drawing_in_a_script_that_joins_letters_are_set_as_words_of_the_page() -> None:
    drawn = (
        '<svg viewBox="0 0 100 50"><text class="about" x="50" y="34" text-anchor="middle">لينا</text><text x="1" y="1">Lena</text></svg>'
    )
    book = lxml.html.document_fromstring(bound_pages(pages(index=f'<figure class="chart">{drawn}</figure>')))
    assert [each.text for each in book.iter("text")] == ["Lena"]
    (over,) = book.iter("span")
    assert over.text == "لينا"
    assert "left: 50.00%; top: 40.00%" in str(over.get("style"))


def test_the_pdf_holds_the_words_of_the_pages_and_its_watermark_on_every_sheet(made: tuple[Mapping[str, bytes], bytes]) -> None:
    document = pypdfium2.PdfDocument(made[1])
    said = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    assert all("not for publication" in each for each in said)
    assert "as many as 40 detainees a day" in "".join(said).replace("\r\n", " ")
    assert "Findings" in [bookmark.get_title() for bookmark in document.get_toc()]


def test_the_pdf_is_tagged_titled_and_in_a_stated_language(made: tuple[Mapping[str, bytes], bytes]) -> None:
    content = unpacked(made[1])
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/Lang \(en\)", content)
    assert pypdfium2.PdfDocument(made[1]).get_metadata_dict()["Title"] == "Darrow Mill (working draft)"


def test_nothing_of_the_clock_or_the_machine_is_in_the_pdf(made: tuple[Mapping[str, bytes], bytes]) -> None:
    content = unpacked(made[1])
    said = pypdfium2.PdfDocument(made[1]).get_metadata_dict()
    assert {key: value for key, value in said.items() if value} == {"Title": said["Title"], "Producer": said["Producer"]}
    assert re.fullmatch(r"WeasyPrint [\d.]+", said["Producer"])
    for trace in (b"CreateDate", b"ModifyDate", b"file:", b"/tmp", b"/home", b"/usr/", b"dossier:/"):
        assert trace not in content, trace


def test_the_same_pages_give_the_same_bytes() -> None:
    needs_weasyprint()
    given = pages(index='<h2>قالت لينا</h2><p><b>that</b> <a href="claim.html#c">C1</a></p>', claim='<h2 id="c">C1</h2>')
    assert made_pdf(given) == made_pdf(dict(given))


def test_a_link_to_a_file_besides_the_pages_leads_nowhere_in_the_book() -> None:
    book = bound_pages(pages(index='<figure><a href="seen.png"><img src="seen.png" alt="a shed"></a></figure>'))
    assert "href=" not in book


def test_every_link_inside_the_pdf_leads_to_a_place_in_it_and_none_out_of_it(made: tuple[Mapping[str, bytes], bytes]) -> None:
    content = unpacked(made[1])
    assert content.count(b"/Subtype /Link") > 100
    assert b"/URI" not in content


def test_arabic_words_come_out_in_the_order_they_are_read(made: tuple[Mapping[str, bytes], bytes]) -> None:
    assert "الحراس قتلوا" in words(made[1])


@pytest.mark.parametrize("source", ["https://example.org/x.png", "file:///etc/passwd", "../outside.png", "data:image/png;base64,AAAA"])
def test_a_page_that_asks_for_anything_but_a_picture_of_the_dossier_stops_it(source: str) -> None:
    needs_weasyprint()
    with pytest.raises(ProtectionError, match="no file of the dossier"):
        made_pdf(pages(index=f'<p><img src="{source}" alt=""></p>'))


def test_a_stylesheet_that_asks_for_something_stops_it() -> None:
    needs_weasyprint()
    with pytest.raises(ProtectionError):
        made_pdf({**pages(index="<p>words</p>"), "dossier.css": STYLE + b" p { background: url(https://example.org/x.png) }"})


@pytest.mark.parametrize(
    ("fault", "said"),
    [(ImportError("no module"), r"pip install 'witnessmark\[pdf\]'"), (OSError("no libpango"), "Install Pango")],
    ids=["without WeasyPrint", "without Pango"],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str) -> None:
    ordinary = builtins.__import__

    def importing(name: str, *rest: object) -> object:
        if name == "weasyprint":
            raise fault
        return ordinary(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(MissingPartError, match=said):
        made_pdf(pages(index="<p>words</p>"))
