"""Packages of others in a case: what names other files finds them among what was received below the same folder or in the same container."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from witnessmark.case.case import create_case, open_case
from witnessmark.case.claiming import documents_waiting
from witnessmark.case.intake import Given, add
from witnessmark.case.reading import read_items
from witnessmark.case.summary import summarise
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import held_items
from witnessmark.cli.main import verbs
from witnessmark.model.document import Document
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import HeldItem

CHAT = (
    "13/03/2031, 09:05 - Dara Ilin: IMG-20310313-WA0001.jpg (file attached)\n"
    "13/03/2031, 09:06 - Dara Ilin: PTT-20310313-WA0002.opus (file attached)\n13/03/2031, 09:07 - Ana: Who?\n"
)
PAGE = b"<html><body><p>Guards at Korrin prison burned letters, envoy Ana Brecht said on Monday at the harbour.</p></body></html>"


def received(case: Path, *paths: Path) -> dict[str, HeldItem]:
    if not case.exists():
        create_case(case)
    with open_case(case, write="add") as opened:
        add(opened, list(paths), Given())
        read_items(opened)
        with opened.asking() as connection:
            items = {held.item.name: held for held in held_items(connection)}
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]
    return items


def document(held: HeldItem) -> Document:
    assert held.document is not None, held.failures
    return held.document


def phone(folder: Path) -> Path:
    (folder / "WhatsApp").mkdir(parents=True)
    (folder / "WhatsApp" / "WhatsApp Chat with Dara.txt").write_text(CHAT, encoding="utf-8")
    (folder / "WhatsApp" / "IMG-20310313-WA0001.jpg").write_bytes(b"\xff\xd8\xff not much of a picture")
    (folder / "elsewhere.jpg").write_bytes(b"\xff\xd8\xff another")
    return folder


def packed(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return target


@pytest.mark.parametrize("zipped", [False, True])
def test_a_chat_of_a_phone_finds_its_pictures_in_a_folder_and_in_a_zip(tmp_path: Path, zipped: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    folder = phone(tmp_path / "phone")
    items = received(tmp_path / "case", packed(folder, tmp_path / "phone.zip") if zipped else folder)
    chat, picture = document(items["WhatsApp/WhatsApp Chat with Dara.txt"]), items["WhatsApp/IMG-20310313-WA0001.jpg"]
    assert chat.metadata["file IMG-20310313-WA0001.jpg"] == picture.item.number
    assert chat.anchors[0].label == "message 1, 2031-03-13 09:05, Dara Ilin"
    assert "Files that the chat names and that did not come with it: 1 (PTT-20310313-WA0002.opus)." in chat.problems


@pytest.mark.parametrize("zipped", [False, True])
def test_a_bag_is_held_against_its_manifests(tmp_path: Path, zipped: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    folder = tmp_path / "bag"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "one.txt").write_text("One letter about Korrin.", encoding="utf-8")
    (folder / "two.txt").write_text("Another letter about Korrin.", encoding="utf-8")
    bagit.make_bag(str(folder), {"Contact-Name": "Ana Brecht"}, checksums=["sha256", "md5"])
    items = received(tmp_path / "case", packed(folder, tmp_path / "bag.zip") if zipped else folder)
    for name in ("manifest-sha256.txt", "manifest-md5.txt", "tagmanifest-sha256.txt"):
        assert document(items[name]).problems == (), name
    assert document(items["manifest-md5.txt"]).metadata["digests"] == "2 of 2 files have the digest given"
    assert "Contact-Name: Ana Brecht" in document(items["bag-info.txt"]).text
    (folder / "data" / "two.txt").write_text("A changed letter.", encoding="utf-8")
    (folder / "manifest-md5.txt").write_text((folder / "manifest-md5.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = document(received(tmp_path / "changed", folder)["manifest-md5.txt"])
    assert changed.problems == ("1 of 2 files do not have the digest that is given for them: data/two.txt.",)


def test_a_package_that_is_not_what_it_says_of_itself_is_told_by_status_and_its_digests_are_not_read_for_claims(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "one.txt").write_text("One letter about Korrin.", encoding="utf-8")
    bagit.make_bag(str(folder), checksums=["sha256"])
    whole, altered = tmp_path / "whole", tmp_path / "altered"
    received(whole, folder)
    (folder / "data" / "one.txt").write_text("A changed letter.", encoding="utf-8")
    items = received(altered, folder)
    number = items["manifest-sha256.txt"].item.number
    for case, told in (
        (whole, ()),
        (altered, (f"{number} manifest-sha256.txt: 1 of 1 files do not have the digest that is given for them: data/one.txt.",)),
    ):
        with open_case(case) as opened:
            assert summarise(opened).doubted == told
            assert not documents_waiting(opened) & {held.item.id for name, held in items.items() if "manifest" in name}
        shown = CliRunner().invoke(verbs, ["status", str(case)]).output
        assert ("Not as it says of itself: 1" in shown) == bool(told)
        assert all(sentence in shown for sentence in told)


def test_a_wacz_gives_its_pages_and_its_digests_are_checked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    record = writer.create_warc_record("https://news.example/korrin", "response", payload=io.BytesIO(PAGE), http_headers=http)
    writer.write_record(record)
    pages = json.dumps({"url": "https://news.example/korrin", "title": "Korrin"}).encode()
    files = {"archive/data.warc.gz": buffer.getvalue(), "pages/pages.jsonl": pages}
    resources = [{"path": name, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"} for name, content in files.items()]
    files["datapackage.json"] = json.dumps({"profile": "data-package", "resources": resources}).encode()
    target = tmp_path / "site.wacz"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    items = received(tmp_path / "case", target)
    page = items["news.example/korrin"]
    assert document(page).reader.startswith("web-page@")
    assert "burned letters" in document(page).text
    assert page.receipts[0].stated["address"] == "https://news.example/korrin"
    assert page.item.parent == items["archive/data.warc.gz"].item.id
    assert document(items["datapackage.json"]).metadata["digests"] == "2 of 2 files have the digest given"


def test_rows_of_an_uwazi_export_name_the_items_that_came_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "uwazi"
    folder.mkdir()
    (folder / "import.csv").write_text("title,file,attachments\nLetter,1.txt,2.txt|3.txt\n", encoding="utf-8")
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(f"Letter {n} about Korrin.", encoding="utf-8")
    items = received(tmp_path / "case", packed(folder, tmp_path / "uwazi.zip"))
    table = document(items["import.csv"])
    assert table.metadata["row 2: 1.txt"] == items["1.txt"].item.number
    assert table.metadata["row 2: 3.txt"] == "not received with it"


def test_files_added_one_by_one_are_no_company(tmp_path: Path) -> None:
    folder = phone(tmp_path / "phone") / "WhatsApp"
    items = received(tmp_path / "case", *sorted(folder.iterdir()))
    chat = document(items["WhatsApp Chat with Dara.txt"])
    assert "file IMG-20310313-WA0001.jpg" not in chat.metadata
