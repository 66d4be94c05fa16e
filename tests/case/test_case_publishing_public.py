"""The public dossier betrays no holdings and names nobody who must not be named; a stranger can check it."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyrage
import pytest
from blake3 import blake3
from tests.publish.publish_pdf import needs_weasyprint

from witnessmark.case.case import Case, open_case
from witnessmark.case.comparing_checkpoints import read_kept
from witnessmark.case.consenting import may
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_pdf import WORDS as PDF_WORDS
from witnessmark.case.publishing_pdf import read_back
from witnessmark.case.publishing_public import open_for, publish_public
from witnessmark.case.publishing_sealed import publish_sealed
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_public import verify_public
from witnessmark.case.viewing import view_case
from witnessmark.errors import ProtectionError, UsageError
from witnessmark.ledger.checkpoint import parse_checkpoint
from witnessmark.ledger.notes import parse_verifier
from witnessmark.model.consent import Allowed, Purpose, Refused
from witnessmark.model.entry import Stream
from witnessmark.model.public import PROOFS, DossierProofs
from witnessmark.model.verdict import Verdict
from witnessmark.protect.layers import layers_of
from witnessmark.protect.sealing import new_key
from witnessmark.publish.pdf import PDF, made_pdf
from witnessmark.publish.public import public_pages
from witnessmark.text.fold import folded

WITNESS = "Oren Tessaly"
SEALED = "محمد الدغيم"
WITHDRAWN = "Mirela Vosk"

WORDS = "correct horse"

MEMO = f"""KORRIN, 20 May 2031 -- {WITNESS} said that guards at Korrin prison killed at least 12 detainees in March 2031.

Tessaly said that the bodies were taken to 33.66512, 36.32941 at night. He was told so by {SEALED}.
"""
LETTER = f"KORRIN, 21 May 2031 -- {WITHDRAWN} said that guards at Korrin prison beat prisoners in April 2031.\n"
SECRET = f"KORRIN, 22 May 2031 -- {SEALED} said that a grave was dug at Korrin prison in May 2031.\n"
LEAKED = "KORRIN, 23 May 2031 -- The Ministry said that 9 prisoners were moved from Korrin in May 2031.\n"


@pytest.fixture
def mixed(mixed_once: Path, tmp_path: Path) -> Path:
    """A copy of the mixed case, to do with as a test likes."""
    shutil.copytree(mixed_once, tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture(scope="module")
def mixed_once(built_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built case (I1 to I3) with a released memo that holds hashes of others, a withdrawn letter, a sealed statement, a memo nobody released, all claims accepted."""
    root = tmp_path_factory.mktemp("mixed")
    case, folder = root / "case", root / "more"
    shutil.copytree(built_case, case)
    folder.mkdir()
    (folder / f"{WITHDRAWN}.txt").write_text(LETTER, encoding="utf-8")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "leaked.txt").write_text(LEAKED, encoding="utf-8")
    hashes = "\n".join(form for name in ("secret.txt", "leaked.txt") for form in forms_of((folder / name).read_bytes()))
    (folder / "memo.txt").write_text(f"{MEMO}\nFiles seen elsewhere:\n{hashes}\n", encoding="utf-8")
    with open_case(case, write="test") as opened:
        add(opened, [folder], Given(received_from="a clerk named Ada Quill"))
        read(opened)
        for number in ("I1", "I2"):
            decide(opened, number, "already_public", "yes", why="printed")
        by_name = {held.item.name.rpartition("/")[2]: held.item.number for held in view_case(opened).items}
        memo, letter, secret = by_name["memo.txt"], by_name[f"{WITHDRAWN}.txt"], by_name["secret.txt"]
        for number in (memo, letter, secret):
            decide(opened, number, "release", "released", why="board of 3 June")
            decide(opened, number, "consent", "publish", why="form 7")
        decide(opened, letter, "consent", "none", why="called to withdraw")
        decide(opened, secret, "protection", "sealed", why="would be killed")
        for read_claim in view_case(opened).claims:
            decide(opened, read_claim.number, "status", "accepted", why="compared")
        add_person(opened, WITNESS, ("Tessaly", "O. Tessaly"))
        add_person(opened, WITHDRAWN, ("Vosk",))
        sealed = add_person(opened, SEALED, ("الدغيم", "Mohammad al-Daghim", "al-Daghim"))
        decide(opened, sealed.number, "protection", "sealed", why="would be killed")
    return case


def forms_of(content: bytes) -> list[str]:
    """A file's digests in every form in which somebody may search for them."""
    digests = [
        *(hashlib.new(name, content, usedforsecurity=False).digest() for name in ("sha256", "sha1", "md5")),
        blake3(content).digest(),
        hashlib.sha512(content).digest(),
    ]
    return [
        form
        for digest in digests
        for form in (digest.hex(), digest.hex().upper(), base64.b64encode(digest).decode(), base64.b32encode(digest).decode())
    ]


def everything(out: Path) -> Iterator[tuple[str, str]]:
    """Each published file with its name and, of pages, the words without their tags."""
    for path in sorted(out.rglob("*")):
        content = path.read_bytes().decode()
        yield path.name, path.name + "\n" + html.unescape(content) + "\n" + html.unescape(re.sub(r"<[^>]*>", "", content))


def publish(case: Path, out: Path) -> Path:
    with open_case(case, write="test") as opened:
        publish_public(opened, out)
    return out


def test_no_hash_of_what_was_not_public_is_in_any_published_file(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    with open_case(mixed) as opened:
        private = [held.item.id for held in view_case(opened).items if not held.item.already_public]
        secrets = [form for item in private for form in forms_of(opened.vault.open_original(item).read())]
    assert len(private) == 5
    for name, words in everything(out):
        for secret in secrets:
            assert secret not in words, name
            assert secret[:10] not in words, name


def test_the_methods_of_a_public_dossier_assess_how_what_it_shows_is_preserved_and_nothing_else(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    (page,) = [path for path in out.glob("*.html") if 'id="section-limits"' in path.read_text(encoding="utf-8")]
    text = " ".join(re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8")).split())
    for name in ("authenticity", "availability", "identity", "persistence", "renderability", "understandability"):
        assert name in text
    assert "Of 3 items, hashed again when this was published, with the bytes that were recorded when they came in: 3." in text
    assert "Originals that could not be hashed again" not in text
    assert not [
        told for told in ("backup", "recovery", "share", "witnessmark decide", "encrypted") if told in text[text.index("Berkeley") :]
    ]


def test_an_original_that_was_altered_is_counted_in_the_assessment_as_one_that_is_not_whole(mixed: Path, tmp_path: Path) -> None:
    with open_case(mixed) as opened:
        item = next(held.item.id for held in view_case(opened).items if held.item.already_public)
        stored = opened.vault.whereabouts(item)
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes() + b" ")
    out = publish(mixed, tmp_path / "out")
    words = "".join(path.read_text(encoding="utf-8") for path in out.glob("*.html"))
    assert "Originals that could not be hashed again, or have other bytes: 1." in words


def test_a_plain_text_that_is_shown_whole_is_published_and_is_not_the_original_byte_for_byte(mixed: Path, tmp_path: Path) -> None:
    with open_case(mixed, write="test") as opened:
        plain = next(held.item for held in view_case(opened).items if held.item.name.endswith("leaked.txt"))
        decide(opened, plain.number, "release", "released", why="printed")
        decide(opened, plain.number, "consent", "publish", why="form 7")
    shown = [path.read_bytes() for path in publish(mixed, tmp_path / "out").glob("text-*")]
    assert any(text.startswith(LEAKED.strip().encode()) for text in shown)
    assert plain.id not in {hashlib.sha256(text).hexdigest() for text in shown}


def test_no_public_file_calls_itself_a_working_draft_and_the_draft_does_on_every_printed_page(mixed: Path, tmp_path: Path) -> None:
    assert not [name for name, words in everything(publish(mixed, tmp_path / "out")) if "Working draft" in words]
    assert "Public dossier" in (tmp_path / "out" / "dossier.css").read_text(encoding="utf-8")
    assert "Working draft" in (mixed / "dossier" / "dossier.css").read_text(encoding="utf-8")


def test_nobody_without_consent_or_under_seal_is_in_any_published_file(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    names = [WITNESS, "Tessaly", WITHDRAWN, "Vosk", SEALED, "الدغيم", "Daghim", "Ada Quill", "memo.txt", "leaked", "clerk"]
    for file, words in everything(out):
        for name in names:
            assert folded(name) not in folded(words), (file, name)
    assert any("at least 12 detainees" in words for _, words in everything(out)), "the memo itself is published"
    assert any("█████ said that guards" in words for _, words in everything(out))


def test_a_cover_does_not_tell_how_long_the_name_is(mixed: Path, tmp_path: Path) -> None:
    with open_case(mixed, write="test") as opened:
        publish_public(opened, tmp_path / "out")
    pages = [path for path in (tmp_path / "out").rglob("*") if path.suffix in {".html", ".txt", ".json"}]
    covers = {run for path in pages for run in re.findall("█+", path.read_text(encoding="utf-8"))}
    assert covers == {"█████"}
    assert {f"{check.subject}: {check.detail}" for check in verify_public(tmp_path / "out") if check.verdict is Verdict.FAIL} == set()


def test_only_what_is_released_and_consented_is_shown_and_only_claims_called_read_correctly(mixed: Path, tmp_path: Path) -> None:
    with open_case(mixed, write="test") as opened:
        first = view_case(opened).claims[0]
        decide(opened, first.number, "status", "unsure", why="hard to read")
        done = publish_public(opened, tmp_path / "out")
    texts = "".join(path.read_text() for path in (tmp_path / "out").glob("text-*"))
    assert "detainees" in texts
    assert "9 prisoners were moved" not in texts
    assert "beat prisoners" not in texts
    assert "a grave was dug" not in texts
    assert {each.rule.split(",")[0] for each in done.stripped} >= {"Items that people sealed", "Items that nobody has released"}
    proofs = msgspec.json.decode((tmp_path / "out" / PROOFS).read_bytes(), type=DossierProofs)
    said = "".join(path.read_text() for path in (tmp_path / "out").glob("claim-*.html"))
    assert "A person compared this reading" in said
    assert "Nobody has checked" not in said
    assert first.public_id not in {claim.public_id for claim in proofs.claims}
    assert done.claims == len(proofs.claims) > 0


def test_a_container_that_lists_what_is_held_back_is_held_back_and_a_text_shown_whole_has_another_hash(mixed: Path, tmp_path: Path) -> None:
    words = "Guards at Korrin prison killed 2 detainees, a spokesman told reporters.\n"
    with zipfile.ZipFile(tmp_path / "phone.zip", "w") as packed:
        packed.writestr("quorvane-list.txt", "Of a shelter.\n")
        packed.writestr("open.txt", words)
    with zipfile.ZipFile(tmp_path / "album.zip", "w") as packed:
        packed.writestr("street.txt", "A street.\n")
    with open_case(mixed, write="test") as opened:
        add(opened, [tmp_path / "phone.zip", tmp_path / "album.zip"], Given())
        read(opened)
        for held in view_case(opened).items:
            if held.item.name.endswith(("phone.zip", "album.zip", "open.txt", "street.txt")):
                decide(opened, held.item.number, "release", "released", why="board of 4 June")
                decide(opened, held.item.number, "consent", "publish", why="form 9")
            elif "quorvane" in held.item.name:
                decide(opened, held.item.number, "protection", "sealed", why="would endanger them")
        done = publish_public(opened, tmp_path / "out")
    assert any("names something held back" in each.rule and len(each.subjects) == 1 for each in done.stripped)
    published = dict(everything(tmp_path / "out"))
    assert not [name for name, content in published.items() if "quorvane" in content.lower()]
    assert [name for name, content in published.items() if "street.txt" in content]
    assert [name for name, content in published.items() if name.startswith("text-") and words in content]
    assert hashlib.sha256(words.encode()).hexdigest() not in "".join(published.values())
    assert not [check for check in verify_public(tmp_path / "out") if check.verdict is Verdict.FAIL]


def test_a_withdrawal_empties_the_next_build(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    assert "at least 12 detainees" in "".join(path.read_text() for path in out.glob("text-*"))
    with open_case(mixed, write="test") as opened:
        memo = next(held.item.number for held in view_case(opened).items if held.item.name.endswith("memo.txt"))
        decide(opened, memo, "consent", "none", why="withdrew by telephone")
        for number in ("I1", "I2"):
            decide(opened, number, "already_public", "no", why="a mistake")
    publish(mixed, out)
    assert not list(out.glob("text-*"))
    assert "no items and no claims" in re.sub(r"<[^>]*>", "", (out / "index.html").read_text())
    assert [check for check in verify_public(out) if check.verdict is Verdict.FAIL] == []


def test_the_same_case_gives_the_same_bytes_and_records_nothing_again(mixed: Path, tmp_path: Path) -> None:
    publish(mixed, tmp_path / "one")
    with open_case(mixed) as opened:
        before = {stream: log.size for stream, log in opened.logs.items()}
    publish(mixed, tmp_path / "two")
    with open_case(mixed) as opened:
        assert {stream: log.size for stream, log in opened.logs.items()} == before
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_numbers_and_counts_tell_nothing_of_what_is_held_back(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "one")
    before = {name: words for name, words in contents(out).items() if name != PROOFS}
    with open_case(mixed, write="test") as opened:
        (tmp_path / "late.txt").write_text("KORRIN, 24 May 2031 -- A cook said that he saw a pit.\n", encoding="utf-8")
        add(opened, [tmp_path / "late.txt"], Given())
        read(opened)
    after = {name: words for name, words in contents(publish(mixed, tmp_path / "two")).items() if name != PROOFS}
    assert before == after


def test_positions_are_coarse_on_pages_and_in_texts(mixed: Path, tmp_path: Path) -> None:
    for _, words in everything(publish(mixed, tmp_path / "out")):
        assert "33.66" not in words
        assert "36.32" not in words
    assert any("33.6█████, 36.3█████" in words for _, words in everything(tmp_path / "out"))


def test_a_stranger_finds_commitments_proofs_and_quotes_good_and_is_told_what_was_not_checked(mixed: Path, tmp_path: Path) -> None:
    checks = list(verify_public(publish(mixed, tmp_path / "out")))
    assert {check.verdict for check in checks} == {Verdict.PASS, Verdict.NOT_CHECKED}
    assert {check.subject for check in checks if check.verdict is Verdict.PASS} >= {"pages", "quotes", "checkpoint"}
    assert any(check.subject == "quotes, originals" and check.verdict is Verdict.NOT_CHECKED for check in checks)
    assert any("ask for the opening" in check.detail for check in checks)


def test_a_checkpoint_kept_elsewhere_confirms_the_dossier_or_exposes_another_history(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    proofs = msgspec.json.decode((out / PROOFS).read_bytes(), type=DossierProofs)
    (tmp_path / "kept.note").write_text(proofs.checkpoint)
    outside = read_kept([tmp_path / "kept.note"], [parse_verifier(proofs.signed_by)], None)
    checks = list(verify_public(out, outside=outside))
    assert not [check for check in checks if check.verdict is Verdict.FAIL]
    assert any(check.subject == "signature" and check.verdict is Verdict.PASS for check in checks)
    kept = parse_checkpoint(proofs.checkpoint.encode())
    forged = msgspec.structs.replace(kept, custody=msgspec.structs.replace(kept.custody, root="0" * 64))
    (tmp_path / "kept.note").write_text(forged.form)
    outside = read_kept([tmp_path / "kept.note"], [], None)
    assert any("is another there" in check.detail for check in verify_public(out, outside=outside) if check.verdict is Verdict.FAIL)


@pytest.mark.parametrize("broken", ["page", "quote", "commitment", "head", "proof", "additional", "missing", "salt"])
def test_a_dossier_that_was_altered_fails(mixed: Path, tmp_path: Path, broken: str) -> None:
    out = publish(mixed, tmp_path / "out")
    proofs = json.loads((out / PROOFS).read_bytes())
    match broken:
        case "page":
            (out / "index.html").write_bytes((out / "index.html").read_bytes() + b" ")
        case "additional":
            (out / "more.html").write_bytes(b"")
        case "missing":
            next(out.glob("text-*")).unlink()
        case "quote":
            proofs["claims"][0]["content"][0]["text"] = "x"
        case "commitment":
            entry = json.loads(proofs["items"][0]["committed"]["entry"])
            proofs["items"][0]["committed"]["entry"] = json.dumps({**entry, "commitment": "0" * 64}, sort_keys=True, separators=(",", ":"))
        case "head":
            lines = proofs["checkpoint"].split("\n")
            proofs["checkpoint"] = "\n".join([*lines[:2], "A" * 43 + "=", *lines[3:]])
        case "proof":
            proofs["items"][-1]["committed"]["proof"] = proofs["items"][-1]["committed"]["proof"][:-1]
        case "salt":
            proofs["released_opening"]["salt"] = "0" * 64
    if broken not in {"page", "additional", "missing"}:
        (out / PROOFS).write_text(json.dumps(proofs))
    assert any(check.verdict is Verdict.FAIL for check in verify_public(out))


def test_a_hash_in_the_proofs_that_stands_on_no_page_fails(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    proofs = json.loads((out / PROOFS).read_bytes())
    next(item for item in proofs["items"] if item["sha256"])["sha256"] = "0" * 64
    (out / PROOFS).write_text(json.dumps(proofs))
    assert any("stands on no page" in check.detail and check.verdict is Verdict.FAIL for check in verify_public(out))


def test_a_claim_that_quotes_nothing_is_no_pass(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    proofs = json.loads((out / PROOFS).read_bytes())
    proofs["claims"] = [{**claim, "content": []} for claim in proofs["claims"]]
    (out / PROOFS).write_text(json.dumps(proofs))
    said = {check.subject: check.verdict for check in verify_public(out)}
    assert "quotes" not in said
    assert said[f"claim {proofs['claims'][0]['public_id']}"] is Verdict.NOT_CHECKED


def test_openings_go_to_one_reader_apart_and_open_the_commitments(mixed: Path, tmp_path: Path) -> None:
    out = publish(mixed, tmp_path / "out")
    with open_case(mixed, write="test") as opened:
        assert open_for(opened, out, tmp_path / "for-court.json", "District Court") == 3
        with pytest.raises(UsageError, match="inside the dossier"):
            open_for(opened, out, out / "openings.json", "District Court")
        memo = next(held.item.id for held in view_case(opened).items if held.item.name.endswith("memo.txt"))
    assert (tmp_path / "for-court.json").stat().st_mode & 0o077 == 0
    checks = list(verify_public(out, tmp_path / "for-court.json"))
    assert not [check for check in checks if check.verdict is Verdict.FAIL]
    assert any(memo in check.detail for check in checks if check.verdict is Verdict.PASS)
    opening = json.loads((tmp_path / "for-court.json").read_bytes())
    opening["items"][0]["sha256"] = "0" * 64
    (tmp_path / "for-court.json").write_text(json.dumps(opening))
    assert any("of another original" in check.detail for check in verify_public(out, tmp_path / "for-court.json"))


def test_nothing_is_written_inside_the_case_or_over_a_folder_that_is_no_dossier(mixed: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "note").write_text("mine")
    with open_case(mixed, write="test") as opened:
        for out in (mixed / "public", tmp_path / "other"):
            with pytest.raises(UsageError):
                publish_public(opened, out)
    assert (tmp_path / "other" / "note").read_text() == "mine"


def test_the_last_look_stops_what_the_view_let_through(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.case.publishing_public.Covers", lambda *_: NoCover())
    with open_case(mixed, write="test") as opened, pytest.raises(ProtectionError, match="Nothing was written"):
        publish_public(opened, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("planted", ["Orentessalyan", "leaked.txt", "packed"])
def test_what_covering_cannot_see_stops_the_dossier_before_anything_is_recorded(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    """A name inside a longer word, a withheld file's name, a digest in base64 within base64: put into a page behind the covers."""
    with open_case(mixed, write="test") as opened:
        secret = next(held.item.id for held in view_case(opened).items if held.item.name.endswith("leaked.txt"))
        hidden = base64.b64encode(b"some words before it " + base64.b64encode(bytes.fromhex(secret)))
        words = hidden if planted == "packed" else planted.encode()
        monkeypatch.setattr(
            "witnessmark.case.publishing_public.public_pages",
            lambda *given, **named: {**public_pages(*given, **named), "map.html": b"<p>" + words + b"</p>"},
        )
        before = {stream: log.size for stream, log in opened.logs.items()}
        with pytest.raises(ProtectionError, match=r"map\.html holds"):
            publish_public(opened, tmp_path / "out")
        after = {stream: log.size for stream, log in opened.logs.items()}
    assert after[Stream.ANALYSIS] == before[Stream.ANALYSIS]
    assert not list(tmp_path.glob("out*"))


class NoCover:
    """A cover with a hole: what the last look is for."""

    def cover(self, text: str) -> str:
        """The text as it is."""
        return text


def test_consent_is_asked_of_the_record(mixed: Path) -> None:
    with open_case(mixed, write="test") as opened:
        by_name = {held.item.name.rpartition("/")[2]: held.item for held in view_case(opened).items}
        memo, leaked = by_name["memo.txt"], by_name["leaked.txt"]
        assert isinstance(may(opened, memo.id, Purpose.PUBLISH), Allowed)
        assert isinstance(may(opened, memo.id, Purpose.SHARE, "Commission of Inquiry"), Refused)
        assert isinstance(may(opened, leaked.id, Purpose.SHARE, "Commission of Inquiry"), Allowed)
        assert "nobody has said" in refusal(opened, leaked.id)
        decide(opened, leaked.number, "source_kind", "witness", why="it is her own letter")
        assert "no consent" in refusal(opened, leaked.id)
        decide(opened, leaked.number, "bound_by_consent", "no", why="written in office")
        assert isinstance(may(opened, leaked.id, Purpose.PUBLISH), Allowed)


def test_a_release_ends_on_its_last_day(mixed: Path, tmp_path: Path) -> None:
    with open_case(mixed, write="test") as opened:
        memo = next(held.item for held in view_case(opened).items if held.item.name.endswith("memo.txt"))
        decide(opened, memo.number, "release", "released until 2001-01-01", why="for the hearing only")
        publish_public(opened, tmp_path / "out")
        with pytest.raises(UsageError, match="not a date"):
            decide(opened, memo.number, "release", "released until soon", why="x")
    assert not any("at least 12 detainees" in path.read_text() for path in (tmp_path / "out").glob("text-*"))


def refusal(case: Case, item: str) -> str:
    answer = may(case, item, Purpose.PUBLISH)
    assert isinstance(answer, Refused)
    return answer.reason


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_sealed_dossier_holds_everything_and_shows_nothing_until_it_is_opened(mixed: Path, tmp_path: Path) -> None:
    recipient = new_key(tmp_path / "key")
    with open_case(mixed, write="test") as opened:
        publish_sealed(opened, tmp_path / "full.zip.age", recipient=recipient)
        publish_sealed(opened, tmp_path / "pass.zip.age", passphrase=WORDS)
        with pytest.raises(UsageError, match="there already"):
            publish_sealed(opened, tmp_path / "full.zip.age", recipient=recipient)
        with pytest.raises(UsageError, match="no age recipient"):
            publish_sealed(opened, tmp_path / "other", recipient="bob")
        with pytest.raises(UsageError, match="one of the two"):
            publish_sealed(opened, tmp_path / "other")
    assert WITNESS.encode() not in (tmp_path / "full.zip.age").read_bytes()
    identity = pyrage.x25519.Identity.from_str((tmp_path / "key").read_text().splitlines()[1])
    for packed in (
        pyrage.decrypt((tmp_path / "full.zip.age").read_bytes(), [identity]),
        pyrage.passphrase.decrypt((tmp_path / "pass.zip.age").read_bytes(), WORDS),
    ):
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            words = "".join(archive.read(name).decode() for name in archive.namelist())
        assert WITNESS in words
        assert SEALED not in words


@pytest.fixture(scope="module")
def printed(mixed_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the mixed case, and its public dossier with a PDF."""
    needs_weasyprint()
    root = tmp_path_factory.mktemp("printed")
    shutil.copytree(mixed_once, root / "case")
    with open_case(root / "case", write="test") as opened:
        publish_public(opened, root / "out", pdf=True)
    return root / "case", root / "out"


def test_the_pdf_of_a_public_dossier_has_no_hash_and_no_protected_name_in_text_streams_or_metadata(printed: tuple[Path, Path]) -> None:
    case, out = printed
    content = (out / PDF).read_bytes()
    told = [layer.content for layer in layers_of(content, lambda _: None)] + list(read_back(content).values())
    with open_case(case) as opened:
        private = [held.item.id for held in view_case(opened).items if not held.item.already_public]
        hashes = [form[:10] for item in private for form in forms_of(opened.vault.open_original(item).read())]
    words = [each.decode("utf-8", "replace") for each in told]
    for said in words:
        assert not [form for form in hashes if form in said]
        assert not [
            name
            for name in (WITNESS, "Tessaly", WITHDRAWN, SEALED, "الدغيم", "Daghim", "Ada Quill", "memo.txt")
            if folded(name) in folded(said)
        ]
    assert "at least 12 detainees" in " ".join(words[-2].split()), "the memo itself is in it"
    assert "█" * 5 in words[-2]


def test_the_pdf_is_a_page_of_the_dossier_that_verify_checks_and_a_second_publish_leaves_alone(
    printed: tuple[Path, Path], tmp_path: Path
) -> None:
    case, out = printed
    assert not [check for check in verify_public(out) if check.verdict is Verdict.FAIL]
    with open_case(case, write="test") as opened:
        assert not publish_public(opened, out, pdf=True).changed
    shutil.copytree(out, tmp_path / "out")
    (tmp_path / "out" / PDF).write_bytes((out / PDF).read_bytes() + b"\n")
    assert [check.subject for check in verify_public(tmp_path / "out") if check.verdict is Verdict.FAIL] == [PDF]


@pytest.mark.parametrize("name", [WITNESS, SEALED], ids=["Latin letters", "Arabic letters"])
def test_a_name_that_got_into_the_pdf_alone_stops_it_before_anything_is_recorded(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    needs_weasyprint()
    page = f'<html><head><title>x</title></head><body><main id="main" tabindex="-1"><p>so said {name} there</p></main></body></html>'
    slipped = made_pdf({"index.html": page.encode(), "dossier.css": b":root { } @media screen { }"})
    monkeypatch.setattr("witnessmark.case.publishing_pdf.made_pdf", lambda _: slipped)
    with open_case(mixed, write="test") as opened:
        before = opened.logs[Stream.ANALYSIS].size
        with pytest.raises(ProtectionError, match=r"dossier\.pdf"):
            publish_public(opened, tmp_path / "out", pdf=True)
        assert opened.logs[Stream.ANALYSIS].size == before
    assert not (tmp_path / "out").exists()


def test_the_draft_and_the_sealed_dossier_have_a_pdf_where_one_is_asked_for_and_a_new_draft_has_none(mixed: Path, tmp_path: Path) -> None:
    needs_weasyprint()
    recipient = new_key(tmp_path / "key")
    with open_case(mixed, write="test") as opened:
        assert publish_draft(opened, pdf=True).changed
        assert not publish_draft(opened).changed, "a PDF that is there stays while nothing changes"
        publish_sealed(opened, tmp_path / "full.zip.age", recipient=recipient, pdf=True)
    assert not [check for check in verify_case(mixed) if check.verdict is Verdict.FAIL]
    identity = pyrage.x25519.Identity.from_str((tmp_path / "key").read_text().splitlines()[1])
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt((tmp_path / "full.zip.age").read_bytes(), [identity]))) as archive:
        packed = read_back(archive.read(f"dossier/{PDF}"))[PDF_WORDS].decode()
    assert WITNESS in " ".join(packed.split())
    with open_case(mixed, write="test") as opened:
        decide(opened, "C1", "status", "unsure", why="the scan is bad")
        assert publish_draft(opened).changed
    assert not (mixed / "dossier" / PDF).exists(), "what is old is not left lying beside what is new"
