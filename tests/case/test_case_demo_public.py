"""The demo case published for everybody: with everything released and read that may be, no hash of what is not public and no protected name is in any file."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from blake3 import blake3

from witnessmark.case.case import open_case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import decide, record_decisions
from witnessmark.case.demo import demo_evidence, demo_list
from witnessmark.case.intake import Given
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import build
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.received_list import read_list
from witnessmark.case.sealing import seal
from witnessmark.case.verifying_public import verify_public
from witnessmark.case.viewing import view_case
from witnessmark.model.verdict import Verdict
from witnessmark.text.fold import folded

UNNAMED = ("Ilse Marrant", "Marrant", "مارانت")
SEALED = ("Tove Harkin", "Harkin")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], dict[str, str]]:
    """The originals that are not public, and what every published file says, its name first and its words once more without tags."""
    root = tmp_path_factory.mktemp("demo")
    receipts = demo_list()
    assert receipts is not None
    build(demo_evidence(), root / "case", Given(), listed=read_list(receipts))
    with open_case(root / "case", write="test") as case:
        view = view_case(case)
        every = [Prepared(read.claim.id, "status", "accepted") for read in view.claims]
        for held in view.items:
            every += [Prepared(held.item.id, "release", "released"), Prepared(held.item.id, "protection", "none")]
            if held.item.consent.recorded is not None:
                continue  # its giver was asked, and nobody of these agreed to publishing
            every.append(Prepared(held.item.id, "bound_by_consent", "no"))
        record_decisions(case, every, why="a test of the strictest kind: everything is let out that can be")
        add_person(case, UNNAMED[0], UNNAMED[1:])
        add_person(case, SEALED[0])
        seal(case, "P2", SEALED[1:], why="asked for it")
        decide(case, "P2", "consent", "publish_with_name", why="agreed before the seal")
        done = publish_public(case, root / "out")
        private = [case.vault.open_original(held.item.id).read() for held in view.items if not held.item.already_public]
    assert done.items > 20
    assert done.claims > 150
    assert not [check for check in verify_public(root / "out") if check.verdict is Verdict.FAIL]
    return private, {path.name: _said(path) for path in sorted((root / "out").rglob("*"))}


def _said(path: Path) -> str:
    content = path.read_bytes().decode()
    return "\n".join((path.name, content, html.unescape(content), html.unescape(re.sub(r"<[^>]*>", "", content))))


def test_no_published_file_holds_a_hash_of_an_original_that_is_not_public(published: tuple[list[bytes], dict[str, str]]) -> None:
    private, files = published
    assert len(private) > 10
    digests = [hashlib.new(name, each, usedforsecurity=False).digest() for each in private for name in ("sha256", "sha1", "md5")]
    digests += [blake3(each).digest() for each in private]
    forms = [form for digest in digests for form in (digest.hex()[:10], digest.hex()[:10].upper(), base64.b64encode(digest).decode()[:10])]
    for name, words in files.items():
        assert not [form for form in forms if form in words], name


@pytest.mark.parametrize("name", [*UNNAMED, *SEALED])
def test_no_published_file_names_who_did_not_agree_to_be_named_or_is_sealed(
    published: tuple[list[bytes], dict[str, str]], name: str
) -> None:
    for file, words in published[1].items():
        assert folded(name) not in folded(words), file


def test_what_a_witness_agreed_to_share_and_not_to_publish_is_in_no_published_file(published: tuple[list[bytes], dict[str, str]]) -> None:
    for file, words in published[1].items():
        assert "W-07" not in words, file


def test_a_party_of_whom_it_is_not_settled_that_it_is_a_body_is_withheld_where_responsibility_is_shown(
    published: tuple[list[bytes], dict[str, str]],
) -> None:
    (page,) = [
        words
        for name, words in published[1].items()
        if name == "responsibility.html" or ('id="section-responsibility" class="chapter responsibility"' in words)
    ]
    drawn = " ".join(re.findall(r"<title>(.*?)</title>", page))
    assert "Ruvenia is said to have supported" in drawn
    assert "a name withheld, of a person or a body is said to have supported" in drawn
    assert "Corvane is said" not in drawn
