"""Files made to do harm, through the same stage and child as any evidence."""

from __future__ import annotations

import hashlib
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.read.hostile_files import BOMBS, CATALOG, ONE_PAGE, PAGE, declared, payloads, pdf, repacked, stream
from tests.read.read_originals import BARE, document_of, reason_of, request_for, stored

from witnessmark.engines.limits import Enforcement
from witnessmark.model.document import Failure, Reading
from witnessmark.read import run, safeguards
from witnessmark.text.prolog import has_plain_beginning

HIDDEN = "the-secret-words-of-another-file"
XML = "<?xml version='1.0' encoding='UTF-8'?>"
PLAIN_XML = {
    "drawing.svg": XML + "<svg xmlns='http://www.w3.org/2000/svg'><text>words</text></svg>",
    "places.kml": XML + "<kml xmlns='http://www.opengis.net/kml/2.2'><name>words</name></kml>",
    "page.xhtml": XML + f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>words</p>{'<p>more of it here</p>' * 5}</body></html>",
    "page.html": f"<html><body><p>words</p>{'<p>more of it here</p>' * 5}</body></html>",
    "feed.xml": XML + "<feed><entry>words</entry></feed>",
}


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """Payloads that reach for a listener, which must hear nothing, and for a secret file."""
    secret = stored(tmp_path, "secret.txt", HIDDEN)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield payloads(listener.getsockname()[1], str(secret))
        with pytest.raises(BlockingIOError):
            listener.accept()


def read(folder: Path, files: dict[str, bytes]) -> dict[str, Reading | Failure]:
    """What the stage gives for each, by name; each original is then what it was."""
    requests = [request_for(stored(folder, name, content)) for name, content in files.items()]
    results = dict(zip(files, run(requests, BARE, workers=2), strict=True))
    for request, content in zip(requests, files.values(), strict=True):
        assert request.path.read_bytes() == content
    return results


def words_of(result: Reading | Failure) -> str:
    return result.reason if isinstance(result, Failure) else f"{result.document.text} {result.document.title} {result.document.metadata}"


def word_file() -> bytes:
    from bench.fuzz.seeds import seeds

    return seeds()["report.docx"]


def sheet_file() -> bytes:
    from bench.fuzz.seeds import seeds

    return seeds()["table.xlsx"]


@pytest.mark.parametrize(
    "kind", [*PLAIN_XML, "docx body", "docx properties", "docx relations", "xlsx sheet", "xlsx workbook", "xlsx types"]
)
def test_no_xml_unfolds_reads_another_file_or_asks_the_network(tmp_path: Path, canary: dict[str, tuple[str, str]], kind: str) -> None:
    files: dict[str, bytes] = {}
    for name, (declaration, words) in canary.items():
        label = name.replace(" ", "-")
        if kind in PLAIN_XML:
            files[f"{label}-{kind}"] = declared(PLAIN_XML[kind], declaration, words, "words").encode()
        else:
            archive, member, place = OFFICE[kind]
            files[f"{label}.{kind[:4]}"] = repacked(
                word_file() if archive == "docx" else sheet_file(),
                member,
                partial(declared, declaration=declaration, words=words, place=place),
            )
    for name, result in read(tmp_path, files).items():
        assert HIDDEN not in words_of(result), name
        assert len(words_of(result)) < 3_000_000, name
        if kind not in PLAIN_XML and "XInclude" not in name:
            assert isinstance(result, Failure)
            assert "declares a document type" in result.reason


OFFICE = {
    "docx body": ("docx", "word/document.xml", "Korrin"),
    "docx properties": ("docx", "docProps/core.xml", "A. Brecht"),
    "docx relations": ("docx", "word/_rels/document.xml.rels", "styles.xml"),
    "xlsx sheet": ("xlsx", "xl/worksheets/sheet1.xml", "<v>0</v>"),
    "xlsx workbook": ("xlsx", "xl/workbook.xml", "Note"),
    "xlsx types": ("xlsx", "[Content_Types].xml", "xml"),
}


def test_a_parser_that_resolves_entities_and_one_that_asks_are_found_out(tmp_path: Path) -> None:
    """The words and the listener that the test above looks for are there to be found."""
    from lxml import etree

    secret = stored(tmp_path, "secret.txt", HIDDEN)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        given = payloads(listener.getsockname()[1], str(secret))
        willing = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
        declaration, words = given["external file"]
        content = declared(PLAIN_XML["feed.xml"], declaration, words, "words").encode()
        assert HIDDEN in "".join(map(str, etree.fromstring(content, willing).itertext()))
        address = re.search("http://([0-9.]+):([0-9]+)/", given["external address"][0])
        assert address is not None
        with socket.create_connection((address[1], int(address[2]))):
            listener.accept()[0].close()


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b"<a/>", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <!DOCTYPE a> --><a/>", True),
        ("\ufeff<?xml version='1.0'?><a/>".encode("utf-16-le"), True),
        (b"<?xml version='1.0'?><!DOCTYPE a><a/>", False),
        ("\ufeff<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16-be"), False),
        (b"<!--" + b"x" * 70_000, False),
        (b"<!---->" * 9_000, False),
        ("<a/>".encode("cp500"), False),
        (b"", False),
    ],
)
def test_a_document_type_is_seen_in_every_disguise(head: bytes, plain: bool) -> None:  # noqa: FBT001 -- the expected answer of the table
    assert has_plain_beginning(head) is plain


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading | Failure]:
    return read(tmp_path_factory.mktemp("bombs"), {name: make() for name, make in BOMBS.items()})


@pytest.mark.parametrize("name", list(BOMBS))
def test_each_bomb_ends_in_a_reading_or_in_a_sentence(outcomes: dict[str, Reading | Failure], name: str) -> None:
    result = outcomes[name]
    if isinstance(result, Failure):
        assert result.reason.endswith(".")
        assert not result.reason.endswith("..")
        assert "Error" not in result.reason


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wide.png", "claims more than the 200 million pixels"),
        ("huge.bmp", "claims more than the 200 million pixels"),
        ("huge.gif", "claims more than the 200 million pixels"),
        ("unfolding.pdf", "more than the 2 GiB of memory allowed"),
        ("circle of pages.pdf", "none of its pages can be read"),
        ("attributes.html", "a tag with 100,000 attributes"),
        ("deep.eml", "nested too deeply"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory differ from system to system")
def test_the_reason_says_what_was_the_matter(outcomes: dict[str, Reading | Failure], name: str, words: str) -> None:
    result = outcomes[name]
    assert isinstance(result, Failure)
    assert words in result.reason


@pytest.mark.parametrize(
    ("name", "words"),
    [("deep.html", "nested more than 250 elements"), ("parts.eml", "more than 2,000 parts"), ("script.pdf", "holds text or a picture")],
)
def test_what_was_left_out_is_said(outcomes: dict[str, Reading | Failure], name: str, words: str) -> None:
    result = outcomes[name]
    assert isinstance(result, Reading)
    assert any(words in problem for problem in result.document.problems)


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))
    read(tmp_path, {name: BOMBS[name]() for name in ("unfolding.pdf", "deep.eml", "words.png")})
    assert list((tmp_path / "work").iterdir()) == []


def test_a_sheet_that_claims_every_cell_is_read_as_far_as_it_is_filled(tmp_path: Path) -> None:
    sheet = repacked(sheet_file(), "xl/worksheets/sheet1.xml", lambda xml: re.sub('ref="A1:[^"]*"', 'ref="A1:XFD1048576"', xml, count=1))
    assert "Person 3 | 23 | Korrin" in document_of(stored(tmp_path, "claims.xlsx", sheet)).text


def test_a_value_in_the_last_cell_of_many_rows_is_given_up_in_words(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 3_000))
    sheet = repacked(
        sheet_file(), "xl/worksheets/sheet1.xml", lambda xml: f"{xml.partition('<sheetData>')[0]}<sheetData>{rows}</sheetData></worksheet>"
    )
    assert any("Only the first 20,000,000 cells" in problem for problem in document_of(stored(tmp_path, "last.xlsx", sheet)).problems)


def test_a_text_that_unfolds_past_any_document_is_given_up_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.read.extract.MOST_CHARACTERS", 100)
    assert "million characters of text" in reason_of(stored(tmp_path, "a.csv", "name,age\n" * 100))


def test_a_pdf_of_many_pages_is_read_up_to_a_number_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.read.pdf.MOST_PAGES", 2)
    from tests.read.read_originals import pdf_with

    document = document_of(stored(tmp_path, "a.pdf", pdf_with([["one"], ["two"], ["three"]])))
    assert "three" not in document.text
    assert "Only the first 2 of 3 pages that the PDF claims to have were read." in document.problems


def test_a_pdf_made_by_hand_is_read_at_all(tmp_path: Path) -> None:
    """Else what the bombs above are refused for would not be what is bad about them."""
    font = PAGE.replace(b"/Resources << >>", b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>")
    made = pdf(CATALOG, ONE_PAGE, font, stream(b"BT /F 12 Tf 72 700 Td (Korrin) Tj ET"))
    assert document_of(stored(tmp_path, "a.pdf", made)).text == "Korrin"


def test_safeguards_are_told_in_sentences() -> None:
    held = safeguards()
    assert isinstance(held, Enforcement)
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in held.enforced + held.not_enforced)


def test_the_hash_of_an_original_is_that_of_what_was_read(tmp_path: Path) -> None:
    path = stored(tmp_path, "a.txt", "Korrin, words of a witness.")
    (result,) = run([request_for(path)], BARE, workers=1)
    assert isinstance(result, Reading)
    assert result.document.item == hashlib.sha256(path.read_bytes()).hexdigest()
