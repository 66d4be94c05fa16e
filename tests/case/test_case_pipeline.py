from __future__ import annotations

import json
from pathlib import Path

import pytest

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.exporting import export
from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build, read
from witnessmark.case.summary import summarise
from witnessmark.case.verifying import verify_case
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries


def exported(case: Path, kind: str, out: Path) -> bytes:
    with open_case(case) as opened:
        export(opened, kind, out)
    return out.read_bytes()


def test_a_folder_of_evidence_becomes_a_case_with_a_dossier(evidence: Path, tmp_path: Path) -> None:
    built = build(evidence, tmp_path / "case", Given())
    summary = built.summary
    assert summary.items == 4
    assert summary.documents == 3
    assert [unread.name for unread in summary.unread] == ["broken.pdf"]
    assert any("Brecht" in voice.name for voice in summary.says)
    assert any("Ministry" in voice.name for voice in summary.denies)
    assert built.published.index.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not [check for check in verify_case(tmp_path / "case") if check.verdict is Verdict.FAIL]


def test_a_second_run_does_nothing_and_says_so(evidence: Path, tmp_path: Path) -> None:
    assert not build(evidence, tmp_path / "case", Given()).nothing_to_do
    before = {path: path.read_bytes() for path in (tmp_path / "case" / "ledger").rglob("*.json*")}
    again = build(evidence, tmp_path / "case", Given())
    assert again.nothing_to_do
    assert {path: path.read_bytes() for path in (tmp_path / "case" / "ledger").rglob("*.json*")} == before


def test_a_new_file_is_taken_in_and_the_rest_left_alone(evidence: Path, tmp_path: Path) -> None:
    build(evidence, tmp_path / "case", Given())
    (evidence / "later.txt").write_text("A witness said that soldiers burned the village of Ilm on 3 June 2031.", encoding="utf-8")
    again = build(evidence, tmp_path / "case", Given())
    assert (again.received.new, again.received.unchanged, again.documents.done) == (1, 4, 1)


def test_deleting_the_database_and_rebuilding_gives_the_same_case_byte_for_byte(case: Path, tmp_path: Path) -> None:
    claims, incidents = (exported(case, kind, tmp_path / kind) for kind in ("claims-jsonl", "incidents-jsonl"))
    assert claims.count(b"\n") > 3
    assert incidents.count(b"\n") >= 1
    for path in case.glob("case.db*"):
        path.unlink()
    rebuild_case(case)
    assert exported(case, "claims-jsonl", tmp_path / "again-c") == claims
    assert exported(case, "incidents-jsonl", tmp_path / "again-i") == incidents
    with open_case(case, write="test") as opened:
        from witnessmark.case.publishing import publish_draft

        assert not publish_draft(opened).changed


def test_a_case_whose_database_is_missing_opens_all_the_same(case: Path) -> None:
    with open_case(case) as opened:
        before = summarise(opened)
    for path in case.glob("case.db*"):
        path.unlink()
    with open_case(case) as opened:
        assert summarise(opened) == before


def test_reading_again_keeps_claims_their_numbers_and_decisions(case: Path, tmp_path: Path) -> None:
    from witnessmark.case.deciding import decide

    with open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "accepted", why="compared with the original")
    before = exported(case, "claims-jsonl", tmp_path / "before")
    with open_case(case, write="test") as opened:
        documents, claims = read(opened, again=True)
    assert documents.done == 2
    assert claims.done == 2
    assert exported(case, "claims-jsonl", tmp_path / "after") == before
    assert json.loads(before.splitlines()[0])["status"] == "accepted"


def test_every_exported_span_is_the_documents_own_text(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened, opened.asking() as connection:
        texts = {stored.document.item: stored.document.text for stored in queries.documents(connection)}
    for line in exported(case, "claims-jsonl", tmp_path / "claims").splitlines():
        claim = json.loads(line)
        spans = [
            *claim["content"],
            *claim["cue"],
            *claim["victims"],
            *claim["parties"],
            *(s for s in (claim["when"], claim["where"], claim["said"]) if s),
        ]
        for span in spans:
            assert texts[claim["item"]][span["start"] : span["end"]] == span["text"]


def test_the_denial_in_another_document_answers_the_allegation(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened, opened.asking() as connection:
        claims = {stored.claim.id: stored for stored in queries.claims(connection)}
        across = [a for a in queries.answers(connection) if claims[a.claim].item != claims[a.about].item]
    assert across
    assert all(claims[answer.about].claim.stance == "asserts" for answer in across)


def test_an_attachment_is_an_item_of_its_own_with_its_parent(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = "a@example.org", "b@example.org", "List", "Mon, 05 May 2031 10:00:00 +0000"
    mail.set_content("The list is attached.")
    mail.add_attachment(b"name,age\nDara Ilin,29\n", maintype="text", subtype="csv", filename="list.csv")
    (folder / "mail.eml").write_bytes(bytes(mail))
    summary = build(folder, tmp_path / "case", Given()).summary
    assert (summary.items, summary.documents) == (2, 2)
    with open_case(tmp_path / "case") as opened, opened.asking() as connection:
        receipts = [rs[0] for rs in queries.receipts(connection).values()]
    assert [(r.name, r.how, r.parent) for r in receipts] == [
        ("mail.eml", "added from a folder", None),
        ("list.csv", "attached to I1", receipts[0].item),
    ]


@pytest.mark.parametrize("published", ["2031-05-15", None])
def test_where_a_date_comes_from_is_kept(tmp_path: Path, published: str | None) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "note.txt").write_text("Ana Brecht said on Monday that guards killed ten men.", encoding="utf-8")
    build(folder, tmp_path / "case", Given(published=published))
    with open_case(tmp_path / "case") as opened, opened.asking() as connection:
        stated = queries.documents(connection)[0].document.published
    assert (stated and stated.value, stated and stated.origin) == ((published, "given") if published else (None, None))


def test_a_date_given_later_dates_what_was_read_before(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "note.txt").write_text("Ana Brecht said on Monday that guards killed ten men.", encoding="utf-8")
    build(folder, tmp_path / "case", Given())
    again = build(folder, tmp_path / "case", Given(published="2031-05-14"))
    assert (again.received.repeated, again.documents.done, again.claims.done) == (1, 0, 1)
    with open_case(tmp_path / "case") as opened, opened.asking() as connection:
        (claim,) = [stored.claim for stored in queries.claims(connection)]
    assert (claim.said and claim.said.earliest) == "2031-05-12"
    assert build(folder, tmp_path / "case", Given(published="2031-05-14")).nothing_to_do
