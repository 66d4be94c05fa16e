"""Handing over: what leaves, what is held back and said so, what the package betrays, and what the case records of it."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import handed_over as given
import msgspec
import pyrage
import pytest
from handed_over import CANARIES, FORMULA, LEAVING, handed_over
from openpyxl import load_workbook

from witnessmark.case import handing_over, receipting
from witnessmark.case.case import Case, create_case, open_case
from witnessmark.case.checkpointing import signed_checkpoint
from witnessmark.case.deciding import decide
from witnessmark.case.disposing import dispose
from witnessmark.case.exporting import export
from witnessmark.case.handing_over import Asked, hand_over
from witnessmark.case.handing_over_sheets import visible
from witnessmark.case.intake import Given, add
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import read
from witnessmark.case.recording_consent import Said, record_consent, withdraw_consent
from witnessmark.case.restoring import restore
from witnessmark.case.summary import summarise
from witnessmark.case.taking_in import take_in
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_package import verify_package
from witnessmark.case.viewing import held_items
from witnessmark.case.whole_bag import bag_whole
from witnessmark.errors import CustodyError, ProtectionError, UsageError
from witnessmark.model.consent import Consent, Purpose, consent_value
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DecisionMade, ItemReceived
from witnessmark.model.handover import Form, Rule
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import HeldItem
from witnessmark.store import queries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return given.make_case(tmp_path_factory.mktemp("handing-over"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "case"
    shutil.copytree(made, copy)
    return copy


def held_items_of(opened: Case) -> list[HeldItem]:
    with opened.asking() as connection:
        return list(held_items(connection))


def names_in(package: Path) -> set[str]:
    return {item["receipts"][0]["name"] for item in json.loads((package / "items.json").read_bytes())}


def every_byte(folder: Path) -> bytes:
    """All names and bytes below a folder, and what is inside its ZIPs."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            content = path.read_bytes()
            found.append(content)
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    found += [packed.read(member) for member in packed.infolist()]
    return b"\n".join(found)


def test_what_may_leave_leaves_and_the_rest_is_listed_with_its_rule(case: Path, tmp_path: Path) -> None:
    done = handed_over(case, tmp_path / "out")
    assert names_in(tmp_path / "out") == LEAVING
    assert done.held_back == {
        Rule.CONTAINS: 1,  # the mail whose bytes hold the sealed attachment
        Rule.SEALED: 2,
        Rule.UNDECIDED: 1,
        Rule.WITHHELD: 1,
    }
    held_back = json.loads((tmp_path / "out/held-back.json").read_bytes())
    assert len(held_back) == 5
    assert all(one["words"] for one in held_back)


def test_evidence_that_points_the_other_way_is_held_back_only_with_a_word_on_it(case: Path, tmp_path: Path) -> None:
    handed_over(case, tmp_path / "out")
    (denial,) = (one for one in json.loads((tmp_path / "out/held-back.json").read_bytes()) if one["rule"] == Rule.WITHHELD)
    assert "den" in denial["points_otherwise"]
    rows = load_workbook(tmp_path / "out/index.xlsx")["Held back"].iter_rows(min_row=2, values_only=True)
    assert denial["points_otherwise"] in {row[3] for row in rows}


@pytest.mark.parametrize("form", list(Form))
def test_no_name_hash_or_word_of_what_is_held_back_is_anywhere_in_a_package(case: Path, tmp_path: Path, form: Form) -> None:
    handed_over(case, tmp_path / "out", form=form, analysis="asked for by the commission")
    content = every_byte(tmp_path / "out")
    with open_case(case) as opened, opened.asking() as connection:
        held = {item.item.id: item for item in held_items(connection)}
    leaving = {item["sha256"] for item in json.loads(next((tmp_path / "out").rglob("items.json")).read_bytes())}
    for sha256, item in held.items():
        if sha256 not in leaving:
            digests = [hashlib.new(name, opened_bytes(case, sha256)).hexdigest() for name in ("sha256", "sha512", "sha1", "md5")]
            ids = [sha256, item.document.id if item.document else sha256]
            assert not [one for one in (*digests, *ids) if one.encode() in content], item.item.name
    assert not [word for word in CANARIES if word.encode() in content]
    assert leaving
    assert b"Korrin" in content  # the search finds what is there


def opened_bytes(case: Path, sha256: str) -> bytes:
    with open_case(case) as opened, opened.vault.open_original(sha256) as original:
        return original.read()


def test_who_gave_a_sensitive_item_is_told_only_by_an_explicit_decision(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, given.number_of(opened, "quarzfalke.txt"), "consent", "store,share", why="form 7")
    handed_over(case, tmp_path / "out", sealed="The commission's protection unit asked for it in writing.")
    assert b"Orsolya Venk" in every_byte(tmp_path / "out")
    assert "quarzfalke.txt" in names_in(tmp_path / "out")
    assert b"protection unit" in (tmp_path / "out/certificate.txt").read_bytes()


def test_what_lacks_consent_stays_whatever_was_decided(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, given.number_of(opened, "ledger-of-guards.csv"), "consent", "store,publish", why="form 4")
    done = handed_over(case, tmp_path / "out", sealed="asked for")
    assert done.held_back == {
        Rule.NO_CONSENT: 3,
        Rule.CONTAINS: 1,
    }  # the ledger, and two sealed accounts of whose givers nothing is on record
    assert "ledger-of-guards.csv" not in names_in(tmp_path / "out")


def test_a_giver_who_named_another_body_is_not_overruled(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        number = given.number_of(opened, "ledger-of-guards.csv")
        with opened.asking() as connection:
            ledger = queries.subject_of(connection, number)
        agreed = consent_value(Consent((Purpose.SHARE,), shared_with=("Some Other Court",)))
        opened.record([DecisionMade(Decision("d-1", str(ledger), "consent", agreed, "form 5", opened.actor, "2031-06-01T08:00:00Z"))])
    assert handed_over(case, tmp_path / "out").held_back[Rule.NO_CONSENT] == 1
    assert b"Some Other Court" not in every_byte(tmp_path / "out")


def test_what_names_a_person_stays_where_their_consent_does_not_allow_sharing_with_the_recipient(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        add_person(opened, "Ana Brecht", ["Brecht"])
        assert not hand_over(opened, Asked(given.RECIPIENT), tmp_path / "unasked").held_back.get(Rule.NAMES_UNWILLING)
        record_consent(opened, "P1", Said(("store", "share: Some Other Court")), why="form 7")
    done = handed_over(case, tmp_path / "out")
    assert done.held_back[Rule.NAMES_UNWILLING] == 1
    assert b"Brecht" not in every_byte(tmp_path / "out")
    with open_case(case, write="test") as opened:
        assert export(opened, "claims-jsonl", tmp_path / "lines", recipient=given.RECIPIENT).held_back[Rule.NAMES_UNWILLING]
        record_consent(opened, "P1", Said(("store", f"share: {given.RECIPIENT}")), why="asked again")
        assert not hand_over(opened, Asked(given.RECIPIENT), tmp_path / "agreed").held_back.get(Rule.NAMES_UNWILLING)
        withdraw_consent(opened, "P1", on=None, why="called")
        assert hand_over(opened, Asked(given.RECIPIENT), tmp_path / "withdrawn").held_back[Rule.NAMES_UNWILLING] == 1


def test_what_names_a_sealed_person_stays(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        person = add_person(opened, "Ana Brecht", ["Brecht"])
        decide(opened, person.number, "protection", "sealed", why="threatened")
    assert handed_over(case, tmp_path / "out").held_back[Rule.NAMES_SEALED] == 1
    assert b"Brecht" not in every_byte(tmp_path / "out")


def test_a_sealed_name_where_no_reader_looks_stops_the_package_and_leaves_nothing(case: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><!-- typed by Tove Harkin --><body><p>A page about a road.</p></body></html>")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "page.html"], Given())
        read(opened)
        number = given.number_of(opened, "page.html")
        decide(opened, number, "release", "released", why="a test")
        add_person(opened, "Tove Harkin")
        decide(opened, "P1", "protection", "sealed", why="asked for it")
        with pytest.raises(ProtectionError, match=f"{number} holds a name of P1"):
            hand_over(opened, Asked(given.RECIPIENT), tmp_path / "out")
        assert not summarise(opened).handovers
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]
    given.handed_over(case, tmp_path / "out", sealed="ordered by the court")


def test_a_sealed_name_in_an_original_too_large_to_be_taken_apart_stops_the_package_and_the_rest_is_said(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("witnessmark.case.handing_over_look.LARGEST_ORIGINAL", 2000)
    monkeypatch.setattr("witnessmark.case.handing_over_look._BLOCK", 1024)
    film = b"\x00\x00\x00\x18ftypmp42" + b"\xa7" * 3000 + "Tove Harkin".encode("utf-16-le") + b"\xa7" * 3000
    (tmp_path / "film.mp4").write_bytes(film)
    (tmp_path / "clean.mp4").write_bytes(film.replace("Tove".encode("utf-16-le"), b""))
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "film.mp4", tmp_path / "clean.mp4"], Given())
        read(opened)
        named, clean = given.number_of(opened, "film.mp4"), given.number_of(opened, "clean.mp4")
        for number in (named, clean):
            decide(opened, number, "release", "released", why="a test")
        add_person(opened, "Tove Harkin")
        decide(opened, "P1", "protection", "sealed", why="asked for it")
        with pytest.raises(ProtectionError, match=f"{named} holds a name of P1"):
            hand_over(opened, Asked(given.RECIPIENT), tmp_path / "out")
        decide(opened, named, "release", "withheld", why="it names her")
        done = hand_over(opened, Asked(given.RECIPIENT), tmp_path / "out")
    assert clean in done.unsearched


@pytest.mark.parametrize("planted", ["hash", "quarzfalke.txt"])
def test_a_hash_or_file_name_of_what_is_held_back_stops_the_package(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    with open_case(case) as opened, opened.asking() as connection:
        secret = next(item for item, receipts in queries.receipts(connection).items() if receipts[0].name == "quarzfalke.txt")
    words = secret.upper() if planted == "hash" else planted
    monkeypatch.setattr("witnessmark.case.handing_over.readme", lambda _: f"see {words}\n".encode())
    with pytest.raises(ProtectionError, match="Nothing was handed over"):
        given.handed_over(case, tmp_path / "out")
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


@pytest.mark.parametrize("where", ["author", "metadata", "stated"])
def test_what_names_a_sealed_person_in_what_it_says_of_itself_stays(case: Path, tmp_path: Path, where: str) -> None:
    page = tmp_path / "page.html"
    author = '<meta name="author" content="Mira Olt">' if where == "author" else ""
    keywords = '<meta name="keywords" content="Mira Olt, Korrin">' if where == "metadata" else ""
    page.write_text(f"<html><head><title>A page</title>{author}{keywords}</head><body><p>Nothing of her here.</p></body></html>")
    stated = {"page.html": {"title": "Mira Olt tells"}} if where == "stated" else {}
    with open_case(case, write="test") as opened:
        add(opened, [page], Given())
        read(opened)
        if where == "stated":
            with opened.asking() as connection:
                item = next(item for item, said in queries.receipts(connection).items() if said[0].name == "page.html")
                receipt = queries.receipts(connection)[item][0]
            (held,) = [one for one in held_items_of(opened) if one.item.id == item]
            again = msgspec.structs.replace(receipt, at="2031-06-01T08:00:00Z", stated=stated["page.html"])
            opened.record([ItemReceived(again, held.item.size, held.item.media_type, None)])
        decide(opened, given.number_of(opened, "page.html"), "release", "released", why="hers")
        person = add_person(opened, "Mira Olt")
        decide(opened, person.number, "protection", "sealed", why="threatened")
    assert handed_over(case, tmp_path / "out").held_back[Rule.NAMES_SEALED] == 1
    assert b"Mira" not in every_byte(tmp_path / "out")


def test_a_release_that_has_ended_lets_nothing_leave(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, given.number_of(opened, "briefing.txt"), "release", "released until 2020-12-31", why="embargo the other way round")
    assert handed_over(case, tmp_path / "out").held_back[Rule.RELEASE_ENDED] == 1
    assert "briefing.txt" not in names_in(tmp_path / "out")


def test_what_was_disposed_of_is_not_handed_over_and_the_rest_is(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        dispose(opened, [given.number_of(opened, "briefing.txt")], why="asked for", authority="the court")
    handed_over(case, tmp_path / "out")
    assert names_in(tmp_path / "out") == LEAVING - {"briefing.txt"}
    assert b"Northern Wire" not in every_byte(tmp_path / "out")
    assert not [check for check in verify_package(tmp_path / "out") if check.verdict is Verdict.FAIL]


def test_a_sealed_persons_papers_leave_by_decision_and_verify(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        person = add_person(opened, "Northern Wire")
        decide(opened, person.number, "protection", "sealed", why="threatened")
    handed_over(case, tmp_path / "out", sealed="asked for")
    assert "briefing.txt" in names_in(tmp_path / "out")
    assert not [check for check in verify_package(tmp_path / "out") if check.verdict is Verdict.FAIL]


def test_a_selection_lists_what_was_not_asked_for(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened:
        number = given.number_of(opened, "briefing.txt")
    done = handed_over(case, tmp_path / "out", numbers=(number,))
    assert names_in(tmp_path / "out") == {"briefing.txt"}
    assert done.held_back[Rule.NOT_SELECTED] == 5
    with pytest.raises(UsageError, match="no item 'I99'"):
        handed_over(case, tmp_path / "other", numbers=("I99",))


def test_nothing_leaves_where_nobody_decided_and_the_person_is_told_how(made: Path, tmp_path: Path) -> None:
    create_case(tmp_path / "fresh")
    with pytest.raises(UsageError, match="Nothing may be handed over"):
        handed_over(tmp_path / "fresh", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_lacks_consent_alone_is_told_with_the_command_that_records_one(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        number = given.number_of(opened, "ledger-of-guards.csv")
        decide(opened, number, "consent", "store,publish", why="form 4")
    with pytest.raises(UsageError, match=f"witnessmark consent .* {number} --purpose 'share: {given.RECIPIENT}' --why TEXT") as refused:
        handed_over(case, tmp_path / "out", sealed="asked for", numbers=(number,))
    assert "not selected" not in str(refused.value)
    assert "release=restricted" not in str(refused.value)


def test_nothing_out_of_evidence_becomes_a_formula_and_dates_are_dates(case: Path, tmp_path: Path) -> None:
    handed_over(case, tmp_path / "out")
    book = load_workbook(tmp_path / "out/index.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.value == FORMULA]
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@")
    items = book["Items"]
    assert items.freeze_panes == "B2"
    columns = {cell.value: cell.column for cell in items[1]}
    assert isinstance(items.cell(2, columns["Received (UTC)"]).value, datetime)
    with zipfile.ZipFile(tmp_path / "out/index.xlsx") as packed:
        assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]


def test_characters_that_turn_the_reading_direction_are_shown_as_what_they_are() -> None:
    assert visible("a\u202etxt.exe\x07") == "a�txt.exe�"
    assert visible("می‌رود") == "می‌رود"


def test_the_originals_are_byte_for_byte_under_neutral_names(case: Path, tmp_path: Path) -> None:
    handed_over(case, tmp_path / "out")
    for item in json.loads((tmp_path / "out/items.json").read_bytes()):
        assert hashlib.sha256((tmp_path / "out" / item["file"]).read_bytes()).hexdigest() == item["sha256"]
        assert item["file"].startswith(f"data/{item['place']:06d}.")


def test_analysis_stays_behind_unless_it_was_decided(case: Path, tmp_path: Path) -> None:
    handed_over(case, tmp_path / "without")
    assert not (tmp_path / "without/analysis").exists()
    handed_over(case, tmp_path / "with", analysis="asked for")
    claims = (tmp_path / "with/analysis/claims.jsonl").read_text(encoding="utf-8").splitlines()
    left = {item["sha256"] for item in json.loads((tmp_path / "with/items.json").read_bytes())}
    assert claims
    assert {json.loads(line)["item"] for line in claims} <= left
    assert json.loads((tmp_path / "with/analysis/left-out.json").read_bytes())["claims"] > 0


@pytest.mark.parametrize("form", list(Form))
def test_the_same_hand_over_is_the_same_bytes(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form) -> None:
    with open_case(case, write="test") as opened:
        signed_checkpoint(opened)
    shutil.copytree(case, tmp_path / "second")
    monkeypatch.setattr(handing_over, "now", lambda: "2031-06-01T08:00:00Z")
    monkeypatch.setattr(secrets, "token_hex", lambda size: "ab" * size)
    for root in ("case", "second"):
        handed_over(tmp_path / root, tmp_path / f"{root}-out", form=form)
    first, second = (every_byte(tmp_path / f"{root}-out") for root in ("case", "second"))
    assert first == second
    if form is Form.HANDOVER:  # two made within a second would agree by chance
        with zipfile.ZipFile(tmp_path / "case-out/index.xlsx") as packed:
            assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert packed.read("docProps/core.xml").count(b"2031-06-01T08:00:00Z") == 2


def test_a_hand_over_is_recorded_and_shown_until_its_receipt_is_back(case: Path, tmp_path: Path) -> None:
    done = handed_over(case, tmp_path / "out")
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]
    with open_case(case) as opened:
        (shown,) = summarise(opened).handovers
    assert (shown.recipient, shown.items, shown.held_back, shown.returned) == (given.RECIPIENT, 6, 5, None)
    blank = (tmp_path / "out/receipt.txt").read_text(encoding="utf-8")
    filled = blank.replace("Received by (name, office):", "Received by (name, office): J. Ott, registry").replace(
        "Received on (date):", "Received on (date): 2031-06-03"
    )
    file = tmp_path / "receipt.txt"
    with open_case(case, write="test") as opened:
        for text, fault in (
            (blank, "not filled in"),
            (filled.replace(done.root, "0" * 64), "states the root"),
            (filled.replace(done.id, "h-" + "0" * 16), "knows no hand-over"),
        ):
            file.write_text(text, encoding="utf-8")
            with pytest.raises(UsageError, match=fault):
                receipting.record_receipt(opened, file)
        file.write_text(filled, encoding="utf-8")
        assert receipting.record_receipt(opened, file).root_matches
        (shown,) = summarise(opened).handovers
        assert shown.returned is not None
        assert shown.handover == done.id
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_a_scanned_receipt_needs_the_hand_over_named(case: Path, tmp_path: Path) -> None:
    done = handed_over(case, tmp_path / "out")
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff not text")
    with open_case(case, write="test") as opened:
        with pytest.raises(UsageError, match="--handover ID"):
            receipting.record_receipt(opened, scan)
        assert receipting.record_receipt(opened, scan, handover=done.id).root_matches is None


def test_an_original_altered_in_the_vault_is_not_handed_over(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened:
        sha256 = hashlib.sha256(given.BRIEFING.encode()).hexdigest()
        place = opened.vault.path_of(sha256)
    place.chmod(0o600)
    place.write_bytes(b"something else")
    with pytest.raises(CustodyError, match="Nothing was handed over"):
        handed_over(case, tmp_path / "out")
    assert not list(tmp_path.glob("*out*"))
    with open_case(case) as opened:
        assert not summarise(opened).handovers


def test_nothing_is_overwritten_and_nothing_written_into_the_case(case: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for out in (tmp_path / "there", case / "out", tmp_path / "missing/out"):
        with pytest.raises(UsageError):
            handed_over(case, out)


def test_an_encrypted_hand_over_opens_with_the_recipients_key_alone(case: Path, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    handed_over(case, tmp_path / "out.age", encrypt_to=str(key.to_public()))
    content = (tmp_path / "out.age").read_bytes()
    assert b"Korrin" not in content
    assert b"Korrin" in pyrage.decrypt(content, [key])
    assert [path.name for path in tmp_path.iterdir() if "handing-over" in path.name] == []
    with pytest.raises(UsageError, match="no age recipient"):
        handed_over(case, tmp_path / "other", encrypt_to="age1nothing")


def test_an_encrypted_hand_over_is_never_in_the_clear_where_it_is_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    encrypt, seen = handing_over.encrypt_package, []

    def look(packed: Path, out: Path, key: str) -> None:
        seen.append((packed.is_file(), [path.name for path in (tmp_path / "disk").rglob("*")]))
        encrypt(packed, out, key)

    monkeypatch.setattr(handing_over, "encrypt_package", look)
    handed_over(case, tmp_path / "disk/out.age", encrypt_to=str(pyrage.x25519.Identity.generate().to_public()))
    assert seen == [(True, [])]
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["out.age"]


@pytest.mark.parametrize("form", list(Form))
def test_what_was_handed_over_comes_in_elsewhere_with_where_it_is_from(case: Path, tmp_path: Path, form: Form) -> None:
    done = handed_over(case, tmp_path / "out", form=form)
    create_case(tmp_path / "elsewhere")
    with open_case(tmp_path / "elsewhere", write="test") as opened:
        first = take_in(opened, tmp_path / "out")
        again = take_in(opened, tmp_path / "out")
        with opened.asking() as connection:
            here = {held.item.name: held for held in held_items(connection)}
    assert (first.new, again.new, again.unchanged) == (7, 0, 7)
    assert set(here) == {*LEAVING, f"record-of-{done.id}.zip"}
    with open_case(case) as opened, opened.asking() as connection:
        there = {held.item.name: held for held in held_items(connection) if held.item.name in LEAVING}
    assert {name: held.item.id for name, held in here.items() if name in LEAVING} == {name: held.item.id for name, held in there.items()}
    assert here["annex.txt"].item.parent == there["open.eml"].item.id
    assert first.origin in here["briefing.txt"].receipts[0].how
    assert done.id in here["briefing.txt"].receipts[0].how
    assert not here["briefing.txt"].item.release.by  # decided anew
    assert not [check for check in verify_case(tmp_path / "elsewhere") if check.verdict is Verdict.FAIL]


def test_an_altered_package_is_not_taken_in(case: Path, tmp_path: Path) -> None:
    handed_over(case, tmp_path / "out")
    next((tmp_path / "out/data").iterdir()).write_bytes(b"else")
    create_case(tmp_path / "elsewhere")
    with open_case(tmp_path / "elsewhere", write="test") as opened:
        with pytest.raises(CustodyError, match="nothing was taken in"):
            take_in(opened, tmp_path / "out")
        assert not summarise(opened).items


def test_a_whole_case_comes_back_from_its_bag_byte_for_byte(case: Path, tmp_path: Path) -> None:
    bag_whole(case, tmp_path / "bag")
    restore(tmp_path / "bag", tmp_path / "again")
    recorded = ("case.toml", "members.db", "vault", "ledger", "records", "dossier")

    def files(root: Path) -> dict[str, bytes]:
        return {
            p.relative_to(root).as_posix(): p.read_bytes()
            for p in root.rglob("*")
            if p.is_file() and p.relative_to(root).parts[0] in recorded
        }

    assert files(tmp_path / "again") == files(case)
    assert len(files(case)) > 20
    next((tmp_path / "bag/data/case/vault").rglob("??/*")).chmod(0o600)
    next((tmp_path / "bag/data/case/vault").rglob("??/*")).write_bytes(b"else")
    with pytest.raises(CustodyError, match="not what was bagged"):
        restore(tmp_path / "bag", tmp_path / "third")
    assert not (tmp_path / "third").exists()


def test_an_empty_case_hands_nothing_over_and_says_what_it_lacks(tmp_path: Path) -> None:
    create_case(tmp_path / "empty")
    with (
        open_case(tmp_path / "empty", write="test") as opened,
        pytest.raises(UsageError, match=r"The case is empty\. Add evidence: witnessmark add"),
    ):
        hand_over(opened, Asked(given.RECIPIENT), tmp_path / "out")
