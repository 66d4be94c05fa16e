"""Persons, seals, sealed fields, consent on record, and erasing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import Case, create_case, open_case, rebuild_case
from witnessmark.case.consenting import may
from witnessmark.case.deciding import decide, undo
from witnessmark.case.disposing import dispose
from witnessmark.case.erasing import erase
from witnessmark.case.exporting import export
from witnessmark.case.handing_over import Asked, hand_over
from witnessmark.case.intake import Given, add
from witnessmark.case.persons import add_person, persons_of
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.recording_consent import Said, Taken, record_account, record_consent, withdraw_consent
from witnessmark.case.sealed_fields import make_key, show_fields, use_key
from witnessmark.case.sealed_keys import KEY_FILE, make_key_file
from witnessmark.case.sealing import open_seal, open_unsealed, proposed_forms, seal
from witnessmark.case.searching import Question, search_case
from witnessmark.case.sources import add_source, sources_of
from witnessmark.case.summary import summarise
from witnessmark.case.verifying import verify_case
from witnessmark.errors import ProtectionError, UsageError
from witnessmark.ledger.erasing import STANDING_BY
from witnessmark.model.consent import Allowed, Purpose, Refused
from witnessmark.model.deed import ClaimsRead, Deed
from witnessmark.model.entry import Stream
from witnessmark.model.handover import Form
from witnessmark.model.span import Span
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.text.masking import COVER

NAME = "Ana Brecht"
"""Who speaks in the built case's briefing."""


def failed(case: Path) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in verify_case(case) if check.verdict is Verdict.FAIL]


def sealed(case: Path, *forms: str) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, NAME)
        seal(opened, "P1", forms or ("Brecht",), why="she asked for it")


def found(opened: Case, words: str) -> int:
    return len(search_case(opened, Question(query=words)).hits)


def test_a_sealed_name_is_nowhere_the_case_shows_anything(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        publish_draft(opened)
        assert found(opened, "Brecht") > 0
    assert b"Brecht" in (case / "dossier" / "index.html").read_bytes()
    sealed(case)
    with open_case(case) as opened:
        assert found(opened, "Brecht") == 0
        assert "Brecht" not in str(summarise(opened))
        export(opened, "claims-jsonl", tmp_path / "claims.jsonl")
        with opened.asking() as connection:
            assert "brecht" not in queries.vocabulary(connection)
            assert all(
                span.holds_in(stored.document.text)
                for stored in queries.documents(connection)
                for span in spans(connection, stored.document.item)
            )
    assert "Brecht" not in (tmp_path / "claims.jsonl").read_text()
    assert not [page for page in (case / "dossier").rglob("*") if page.is_file() and b"brecht" in page.read_bytes().lower()]
    assert failed(case) == []


def spans(connection: Connection, item: str) -> list[Span]:
    return [span for stored in queries.claims(connection) if stored.item == item for span in stored.claim.content]


def test_no_vector_is_kept_of_words_behind_a_mask_and_lifting_the_seal_brings_it_back(case: Path) -> None:
    def vectors() -> int:
        with open_case(case) as opened, opened.asking() as connection:
            return len(queries.meanings(connection))

    before = vectors()
    assert before > 0
    sealed(case)
    behind = vectors()
    with open_case(case, write="test") as opened:
        undo(opened)
    assert (behind < before, vectors()) == (True, before)


def test_what_is_read_after_a_seal_is_masked_too_and_a_rebuild_gives_the_same(case: Path, tmp_path: Path) -> None:
    sealed(case)
    (tmp_path / "Brecht-note.txt").write_text("KORRIN, 20 May 2031 -- Ana Brecht said that guards killed 3 men.\n", encoding="utf-8")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "Brecht-note.txt"], Given(received_from="Ana Brecht"))
        read(opened)
        assert "Brecht" not in str(summarise(opened))
        assert found(opened, "men") == 2  # the claim and its document
    assert failed(case) == []
    rebuild_case(case)
    assert failed(case) == []


def test_lifting_a_seal_brings_the_name_back_everywhere(case: Path) -> None:
    sealed(case)
    with open_case(case, write="test") as opened:
        undo(opened)
        assert found(opened, "Brecht") > 0
    assert failed(case) == []


def test_a_seal_opens_on_record_for_who_opened_it_and_for_no_longer(case: Path) -> None:
    sealed(case)
    with pytest.raises(ProtectionError, match="No seal is open"), open_unsealed(case, member="ana"):
        pass
    with open_case(case, write="test", member="ana") as opened:
        for minutes, why in ((10, " "), (0, "to call her"), (9999, "to call her")):
            with pytest.raises(UsageError):
                open_seal(opened, "P1", why=why, minutes=minutes)
        before = opened.logs[Stream.CUSTODY].size
        open_seal(opened, "P1", why="to call her", minutes=10)
        assert opened.logs[Stream.CUSTODY].size == before + 1
    with open_unsealed(case, member="ana") as opened:
        assert found(opened, "Brecht") > 0
    with pytest.raises(ProtectionError), open_unsealed(case, member="bo"):
        pass
    with open_case(case, member="ana") as opened:
        assert found(opened, "Brecht") == 0


def test_a_seal_whose_time_is_over_is_closed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(case)
    with open_case(case, write="test") as opened:
        open_seal(opened, "P1", why="to call her", minutes=10)
    monkeypatch.setattr("witnessmark.case.sealing.now", lambda: "2999-01-01T00:00:00Z")
    with pytest.raises(ProtectionError, match="No seal is open"), open_unsealed(case):
        pass


def test_forms_are_proposed_from_the_documents(case: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, NAME)
        assert [(each.form, each.documents) for each in proposed_forms(opened, "P1")] == [("Ana", 1), ("Brecht", 1)]


def test_names_are_sealed_to_a_key_that_is_not_in_the_case(case: Path, tmp_path: Path) -> None:
    key = tmp_path / "sealed.key"
    said = Said(("publish", "share: Commission of Inquiry"), giver="Ferro Malten", interpreter="Isolde Karsk", form="form 7")
    with open_case(case, write="test") as opened:
        with pytest.raises(UsageError, match="no key to seal to"):
            record_consent(opened, "I1", said, why="read out")
        with pytest.raises(UsageError, match="inside the case"):
            make_key(opened, case / "sealed.key")
        make_key(opened, key)
        record_consent(opened, "I1", said, why="read out")
        item = queries_item(opened, "I1")
        assert isinstance(may(opened, item, Purpose.PUBLISH), Allowed)
        assert isinstance(may(opened, item, Purpose.SHARE, "commission  of inquiry"), Allowed)
        assert isinstance(may(opened, item, Purpose.SHARE, "The Evening Post"), Refused)
        assert isinstance(may(opened, item, Purpose.SHARE), Refused)
        publish_draft(opened)
    assert key.stat().st_mode & 0o077 == 0
    for path in (path for path in case.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert b"Malten" not in content, path
        assert b"Karsk" not in content, path
        assert b"AGE-SECRET-KEY" not in content, path
    with open_case(case, write="test") as opened:
        before = opened.logs[Stream.CUSTODY].size
        shown = show_fields(opened, queries_item(opened, "I1"), key, why="to ask again")
        assert {each.field: each.words for each in shown} == {"giver": "Ferro Malten", "interpreter": "Isolde Karsk"}
        assert opened.logs[Stream.CUSTODY].size == before + 1
        with pytest.raises(UsageError, match="for a reason"):
            show_fields(opened, queries_item(opened, "I1"), key, why=" ")
    assert failed(case) == []


def test_another_key_opens_nothing_and_is_told_so(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        make_key(opened, tmp_path / "one.key")
        record_account(opened, "I1", Taken(interviewer="Ferro Malten", language="ar", read_back=True), why="our note")
        use_key(opened, make_key(opened, tmp_path / "two.key"))
        with pytest.raises(ProtectionError, match="does not open"):
            show_fields(opened, queries_item(opened, "I1"), tmp_path / "two.key", why="x")
        with pytest.raises(UsageError, match="no age recipient"):
            use_key(opened, "age1nonsense")


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_age_itself_opens_a_sealed_field(case: Path, tmp_path: Path) -> None:
    import base64

    with open_case(case, write="test") as opened:
        make_key(opened, tmp_path / "k")
        record_account(opened, "I1", Taken(interviewer="Ferro Malten"), why="our note")
        with opened.asking() as connection:
            (stored,) = queries.sealed_fields(connection)
    done = subprocess.run(["age", "-d", "-i", str(tmp_path / "k")], input=base64.b64decode(stored.sealed), capture_output=True, check=True)
    assert done.stdout == b"Ferro Malten"


def test_an_account_is_bound_and_a_withdrawal_takes_back_the_whole_consent(case: Path) -> None:
    with open_case(case, write="test") as opened:
        item = queries_item(opened, "I1")
        assert isinstance(may(opened, item, Purpose.SHARE, "anybody"), Allowed)
        record_account(opened, "I1", Taken(language="en"), why="our interview")
        assert isinstance(may(opened, item, Purpose.SHARE, "anybody"), Refused)
        with pytest.raises(UsageError, match="none is on record"):
            withdraw_consent(opened, "I1", on=None, why="x")
        record_consent(opened, "I1", Said(("publish_with_name",)), why="form 7")
        assert isinstance(may(opened, item, Purpose.PUBLISH), Allowed)
        withdraw_consent(opened, "I1", on="2031-06-03", why="called")
        assert "withdrawn on 2031-06-03" in str(may(opened, item, Purpose.PUBLISH))
        undo(opened)
        assert isinstance(may(opened, item, Purpose.PUBLISH), Allowed)
        for wrong in ((), ("sell",), ("share",)):
            with pytest.raises(UsageError):
                record_consent(opened, "I1", Said(wrong), why="form 7")


def test_erasing_leaves_no_name_in_records_database_or_dossier_and_the_log_provable(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        publish_draft(opened)
        make_key(opened, tmp_path / "k")
        add_person(opened, NAME, ("Brecht",))
        record_consent(opened, "P1", Said(("store",), giver="Ferro Malten"), why="form 7")
        decide(opened, "I1", "source", "office of Ana Brecht", why="as Brecht said")
        numbers = {stored.claim.id: stored.number for stored in stored_claims(opened)}
        lines = {stream: list(log.lines()) for stream, log in opened.logs.items()}
        for why, authority in (("x", ""), ("", "x"), ("Brecht asked", "x")):
            with pytest.raises(UsageError):
                erase(opened, "P1", why=why, authority=authority)
        erase(opened, "P1", why="asked for it", authority="data protection officer")
        assert {stored.claim.id: stored.number for stored in stored_claims(opened)} == numbers
        assert {stream: list(log.lines())[: len(lines[stream])] for stream, log in opened.logs.items()} == lines
        assert [person.erased for person in persons_of(opened)] == [True]
        with opened.asking() as connection:
            assert queries.sealed_fields(connection) == []
            named = {document.document.item for document in queries.documents(connection) if COVER in document.document.text}
            assert named
            of_them = {stored.claim.id for stored in queries.claims(connection) if stored.item in named}
            assert not of_them & queries.meanings(connection).keys()
        assert not [deed for deed in deeds_read(opened) if deed.item in named and deed.meanings], (
            "the records keep vectors made of the erased name"
        )
    for path in (path for path in case.rglob("*") if path.is_file() and "vault" not in path.parts):
        assert b"brecht" not in path.read_bytes().lower(), path
    assert failed(case) == []
    assert any("took the place of others" in check.detail and check.verdict is Verdict.NOT_CHECKED for check in verify_case(case))
    rebuild_case(case)
    assert failed(case) == []


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_an_erased_name_goes_from_the_title_the_sources_and_what_was_handed_over_too(tmp_path: Path, *, encrypted: bool) -> None:
    root = tmp_path / "named"
    create_case(root, title=f"The file of {NAME}", openers=[(KEY_FILE, make_key_file(tmp_path / "k.key", root))] if encrypted else [])
    with open_case(root, write="test") as opened:
        (tmp_path / "note.txt").write_text("Guards killed 3 men.\n", encoding="utf-8")
        add(opened, [tmp_path / "note.txt"], Given())
        add_source(opened, f"Office of {NAME}")
        decide(opened, "I1", "release", "released", why="x")
        hand_over(opened, Asked(NAME, Form.BAGIT), tmp_path / "out")
        add_person(opened, NAME)
        done = erase(opened, "P1", why="asked for it", authority="officer")
        assert done.still_named == ()
        assert summarise(opened).title == "The file of ██████████"
        assert [source.name for source in sources_of(opened)] == ["Office of ██████████"]
    assert b"Brecht" not in (root / "case.toml").read_bytes()
    assert failed(root) == []
    with open_case(root, write="test") as opened:
        assert opened.folder.settings().title == ("" if encrypted else "The file of ██████████")


def test_a_title_that_a_crash_left_as_it_was_is_mended_by_the_next_writer(tmp_path: Path) -> None:
    root = tmp_path / "named"
    create_case(root, title=f"The file of {NAME}")
    before = (root / "case.toml").read_bytes()
    with open_case(root, write="test") as opened:
        add_person(opened, NAME)
        erase(opened, "P1", why="asked for it", authority="officer")
    (root / "case.toml").write_bytes(before)
    assert ("case.toml", Verdict.NOT_CHECKED) in {(check.subject, check.verdict) for check in verify_case(root)}
    with open_case(root, write="test"):
        pass
    assert b"Brecht" not in (root / "case.toml").read_bytes()
    assert failed(root) == []


def test_what_still_names_an_erased_person_is_said(tmp_path: Path) -> None:
    create_case(tmp_path / "named")
    (tmp_path / "note.txt").write_text(f"{NAME} said that guards killed 3 men.\n", encoding="utf-8")
    with open_case(tmp_path / "named", write="test") as opened:
        add(opened, [tmp_path / "note.txt"], Given(received_from=NAME))
        read(opened, rules_only=True)
        dispose(opened, ["I1"], why=f"{NAME} asked for it", authority="officer")
        add_person(opened, NAME)
        done = erase(opened, "P1", why="asked for it", authority="officer")
    assert [named.partition(" (")[2] for named in done.still_named] == ["item.disposed)"]


def test_a_body_rewritten_without_an_erasure_on_record_fails(case: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, NAME, ("Brecht",))
        erase(opened, "P1", why="asked for it", authority="officer")
    (segment,) = [path for path in (case / "records" / "analysis").iterdir() if "█".encode() in path.read_bytes()][:1]
    segment.write_bytes(segment.read_bytes().replace("█".encode(), "▓".encode(), 1))
    assert any("not the one entry" in line for line in failed(case))


@pytest.mark.parametrize("crash", ["before the deed", "after the deed"])
def test_a_crash_while_erasing_leaves_the_old_or_the_new(case: Path, monkeypatch: pytest.MonkeyPatch, crash: str) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with open_case(case, write="test") as opened:
        add_person(opened, NAME, ("Brecht",))
        target = "record" if crash == "before the deed" else "finish_erasures"
        monkeypatch.setattr(opened, target, stop)
        with pytest.raises(KeyboardInterrupt):
            erase(opened, "P1", why="asked for it", authority="officer")
    monkeypatch.undo()
    assert list((case / "records").rglob(f"*{STANDING_BY}"))
    assert [line for line in failed(case) if not line.startswith("dossier")] == []
    with open_case(case, write="test") as opened:
        erased = persons_of(opened)[0].erased
        assert found(opened, "Brecht") == 0 if erased else found(opened, "Brecht") > 0
    assert erased is (crash == "after the deed")
    assert not list((case / "records").rglob(f"*{STANDING_BY}"))
    assert failed(case) == []


def test_a_persons_own_items_are_disposed_of(case: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, NAME, ("Brecht",))
        briefing = next(item for item in summarise(opened).all_items if item.name == "briefing.txt")
        done = erase(opened, "P1", why="asked for it", authority="officer", items=[briefing.number])
        assert done.disposed == (briefing.number,)
    for path in (path for path in case.rglob("*") if path.is_file()):
        assert b"brecht" not in path.read_bytes().lower(), path
    assert failed(case) == []


def queries_item(opened: Case, number: str) -> str:
    with opened.asking() as connection:
        subject = queries.subject_of(connection, number)
    assert subject is not None
    return subject


def deeds_read(opened: Case) -> list[ClaimsRead]:
    """The readings of claims as the records hold them."""
    decoder = msgspec.json.Decoder(Deed)
    deeds = (decoder.decode(record.body) for _, record in opened.logs[Stream.ANALYSIS].entries_with_records())
    return [deed for deed in deeds if isinstance(deed, ClaimsRead)]


def stored_claims(opened: Case) -> list[queries.StoredClaim]:
    with opened.asking() as connection:
        return queries.claims(connection)
