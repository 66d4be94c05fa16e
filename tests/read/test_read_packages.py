"""Web archives, manifests and tables that speak of other files: what they hold, and what came of their digests."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from tests.read.read_originals import BARE, document_of, reading_of, reason_of, request_for, stored
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from witnessmark.model.document import Document
from witnessmark.read.decode import decode
from witnessmark.read.request import Beside, DecodeJob, Outcome

PAGE = b"<html><head><title>Korrin</title></head><body><p>Guards at Korrin prison burned letters, envoy Ana Brecht said.</p></body></html>"


def warc(records: list[tuple[str, bytes, list[tuple[str, str]], str]], *, packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test/1"}))
    for address, body, headers, status in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": "2031-03-01T14:22:00Z"}
            )
        )
    return buffer.getvalue()


HTML = [("Content-Type", "text/html; charset=utf-8")]


def beside_of(name: str, content: bytes, number: int, *algorithms: str) -> Beside:
    return Beside(
        name, f"I{number}", hashlib.sha256(content).hexdigest(), {kind: hashlib.new(kind, content).hexdigest() for kind in algorithms}
    )


def with_beside(path: Path, *beside: Beside) -> Document:
    job = msgspec.structs.replace(DecodeJob.of(request_for(path), BARE), beside=beside)
    outcome = msgspec.msgpack.decode(decode(msgspec.msgpack.encode(job)), type=Outcome)
    assert outcome.reading is not None, outcome.unreadable
    return outcome.reading.document


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False)])
def test_pages_of_a_web_archive_come_out_with_address_time_and_a_checked_digest(tmp_path: Path, name: str, packed: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    zipped = gzip.compress(PAGE + b"<!-- zipped -->")
    records = [
        ("https://news.example/korrin/", PAGE, HTML, "200 OK"),
        ("https://news.example/zipped", zipped, [*HTML, ("Content-Encoding", "gzip")], "200 OK"),
        ("https://news.example/gone", b"", HTML, "301 Moved"),
    ]
    reading = reading_of(stored(tmp_path, name, warc(records, packed=packed)))
    first, second = reading.children
    assert (first.name, first.content) == ("news.example/korrin", PAGE)
    assert second.content == PAGE + b"<!-- zipped -->"
    assert first.stated["address"] == "https://news.example/korrin/"
    assert first.stated["captured"] == "2031-03-01T14:22:00Z"
    assert first.stated["status"] == "200 OK"
    assert first.stated["digest"].endswith("(matches)")
    assert reading.document.problems == ()
    assert "nothing to take out: it holds no content (status 301)" in reading.document.text
    assert reading.document.metadata["warcinfo software"] == "test/1"


def test_a_record_whose_bytes_were_changed_is_kept_and_said_not_to_match(tmp_path: Path) -> None:
    altered = warc([("https://news.example/a", PAGE, HTML, "200 OK")], packed=False).replace(b"burned letters", b"buried letters")
    reading = reading_of(stored(tmp_path, "a.warc", altered))
    assert reading.children[0].stated["digest"].endswith("(DOES NOT MATCH)")
    assert "the digest its record gives is not that of its bytes" in reading.document.problems[0]


def test_a_web_archive_cut_short_or_no_such_thing_is_said_to_be(tmp_path: Path) -> None:
    for packed, name in ((True, "a.warc.gz"), (False, "a.warc")):
        whole = warc([(f"https://news.example/{n}", PAGE * 20, HTML, "200 OK") for n in range(3)], packed=packed)
        reading = reading_of(stored(tmp_path, name, whole[:-200]))
        assert [child.content == PAGE * 20 for child in reading.children][:2] == [True, True]
        assert "cut" in "\n".join(reading.document.problems) or "not that of its bytes" in "\n".join(reading.document.problems)
    assert "damaged" in reason_of(stored(tmp_path, "b.warc", b"WARC/9\r\nnonsense"))


def test_a_page_that_unpacks_to_a_thousand_times_its_record_is_not_taken_out(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(60_000_000))
    reading = reading_of(
        stored(tmp_path, "a.warc", warc([("https://x.example/", bomb, [*HTML, ("Content-Encoding", "gzip")], "200 OK")], packed=False))
    )
    assert reading.children == ()
    assert "as bombs do" in reading.document.problems[0]


def test_a_bag_manifest_says_which_files_fit_which_differ_and_which_are_missing(tmp_path: Path) -> None:
    good, other = b"good", b"other"
    for kind in ("sha256", "sha512", "md5", "sha1"):
        lines = [
            f"{hashlib.new(kind, good).hexdigest()}  data/good.txt",
            f"{hashlib.new(kind, b'was else').hexdigest()}  data/other%0A.txt",
            f"{hashlib.new(kind, b'x').hexdigest()} *data/gone.txt",
        ]
        path = stored(tmp_path, f"manifest-{kind}.txt", "\n".join(lines) + "\n")
        files = [
            beside_of("data/good.txt", good, 2, kind),
            beside_of("data/other\n.txt", other, 3, kind),
            beside_of("data/more.txt", b"more", 4, kind),
        ]
        document = with_beside(path, *files)
        assert document.metadata["digests"] == "1 of 3 files have the digest given"
        told = "\n".join(document.problems)
        assert "1 of 3 files do not have the digest that is given for them: data/other" in told
        assert "1 of 3 files are named and did not come with it: data/gone.txt" in told
        assert "Files in data/ that the manifest does not name: 1 (data/more.txt)." in told
        assert document.text == path.read_text(encoding="utf-8")


def test_a_manifest_alone_is_not_checked_and_a_whole_bag_has_no_problem(tmp_path: Path) -> None:
    path = stored(tmp_path, "manifest-sha256.txt", f"{hashlib.sha256(b'a').hexdigest()}  data/a\n")
    assert "not checked" in document_of(path).problems[0]
    assert with_beside(path, beside_of("data/a", b"a", 2)).problems == ()
    unknown = stored(tmp_path, "manifest-sha512.txt", f"{hashlib.sha512(b'a').hexdigest()}  data/a\n")
    assert "could not be checked" in with_beside(unknown, beside_of("data/a", b"a", 2)).problems[0]


def signed(package: bytes, key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> dict[str, object]:
    given = f"sha256:{hashlib.sha256(package).hexdigest()}"
    if isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = decode_dss_signature(key.sign(given.encode(), ec.ECDSA(hashes.SHA256())))
        half = (key.key_size + 7) // 8
        signature = r.to_bytes(half) + s.to_bytes(half)
    else:
        signature = key.sign(given.encode())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    data = {
        "hash": given,
        "signature": base64.b64encode(signature).decode(),
        "publicKey": base64.b64encode(public).decode(),
        "software": "test",
    }
    return {"path": "datapackage.json", "hash": given, "signedData": data}


def test_the_signature_of_a_data_package_is_checked_as_far_as_it_can_be(tmp_path: Path) -> None:
    package = json.dumps({"resources": [{"path": "archive/a.warc", "hash": f"sha256:{hashlib.sha256(b'w').hexdigest()}"}]}).encode()
    beside = beside_of("datapackage.json", package, 2)
    for key in (ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()):
        digest = signed(package, key)
        document = with_beside(stored(tmp_path, "datapackage-digest.json", json.dumps(digest)), beside)
        assert document.metadata["signature"].startswith("It fits the key it carries")
        assert document.problems == ()
        another = (
            ec.generate_private_key(key.curve) if isinstance(key, ec.EllipticCurvePrivateKey) else ed25519.Ed25519PrivateKey.generate()
        )
        other = signed(package, another)
        mixed = {**digest, "signedData": {**digest["signedData"], "signature": other["signedData"]["signature"]}}  # type: ignore[dict-item,index]
        document = with_beside(stored(tmp_path, "datapackage-digest.json", json.dumps(mixed)), beside)
        assert document.problems == ("The signature of the data package: It does not fit the key it carries.",)
    domain = {**signed(package, ed25519.Ed25519PrivateKey.generate())}
    domain["signedData"] = {**domain["signedData"], "domain": "x.example", "domainCert": "..."}  # type: ignore[dict-item]
    assert "Not checked" in with_beside(stored(tmp_path, "datapackage-digest.json", json.dumps(domain)), beside).problems[0]
    files = with_beside(stored(tmp_path, "datapackage.json", package), beside_of("archive/a.warc", b"w", 3))
    assert files.metadata["digests"] == "1 of 1 files have the digest given"


def test_rows_of_an_uwazi_export_are_linked_to_the_files_they_name(tmp_path: Path) -> None:
    table = "Title__en , file__en , attachments,\nLetter, 1.pdf, a.doc|b.jpg,\nNote,,,\n"
    document = with_beside(stored(tmp_path, "import.csv", table), beside_of("1.pdf", b"1", 2), beside_of("b.jpg", b"b", 3))
    assert document.metadata["row 2: 1.pdf"] == "I2"
    assert document.metadata["row 2: b.jpg"] == "I3"
    assert document.problems == ("Files that its rows name and that did not come with it: 1 (a.doc).",)
    assert "Letter | 1.pdf | a.doc|b.jpg" in document.text


def test_hashes_in_an_auto_archiver_report_are_held_against_what_came_with_it(tmp_path: Path) -> None:
    media, gone = b"media", hashlib.sha256(b"gone").hexdigest()
    page = (
        f"<html><body><h2>Archived media for https://x.example/post</h2><p>hash: SHA-256:{hashlib.sha256(media).hexdigest()}</p>"
        f"<p>SHA-256:{gone}</p><p>Made with bellingcat/auto-archiver v1</p></body></html>"
    )
    document = with_beside(stored(tmp_path, "report.html", page), beside_of("x/clip.mp4", media, 7))
    assert document.metadata[f"sha256 given: {hashlib.sha256(media).hexdigest()}"] == "that of I7 (x/clip.mp4)"
    assert document.metadata["hashes given"].startswith("1 of 2")
    assert any(problem.startswith("SHA-256 hashes that it gives and no file that came with it has: 1 (") for problem in document.problems)
