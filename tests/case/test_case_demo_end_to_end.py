"""The demo case from its folder to its dossier, held to what a careful reader of the documents wrote down in expected.toml.

Facts that the reader found and the program does not are named there under `not_yet`; they are left out here, and nothing else is.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from witnessmark.case.case import open_case
from witnessmark.case.viewing import view_case
from witnessmark.model.claim import PartyRole
from witnessmark.model.document import Document
from witnessmark.model.pledge import Bearing, Pledge
from witnessmark.model.view import CaseView
from witnessmark.store import queries
from witnessmark.store.members import names_of

FOLDER = Path(__file__).parents[2] / "examples" / "karvel-briefing"
EVIDENCE = FOLDER / "evidence"
EXPECTED: dict[str, list[dict[str, Any]]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
LEFT_OUT = {fact["fact"] for fact in EXPECTED["not_yet"] if "key" not in fact}
KEYS_LEFT_OUT = {(fact["fact"], fact["key"]) for fact in EXPECTED["not_yet"] if "key" in fact}

RECEIVED = list(csv.DictReader((FOLDER / "received.csv").read_text(encoding="utf-8").splitlines()))

PIECES = [piece for piece in EXPECTED["piece"] if not piece.get("unreadable")]


@dataclass(frozen=True)
class Demo:
    """The built demo case: documents by file name, all claims, also those that an export would keep back, and the files that each claim is tied to as an answer."""

    root: Path
    documents: dict[str, Document]
    claims: list[dict[str, Any]]
    answered: dict[str, set[str]]


def witnessmark(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, arguments)], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo case as `witnessmark demo` builds it."""
    folder = tmp_path_factory.mktemp("demo")
    built = witnessmark("demo", "--case", folder / "case")
    assert built.returncode == 0, built.stderr
    with open_case(folder / "case") as opened, opened.asking() as connection:
        names = {item: receipts[0].name for item, receipts in queries.receipts(connection).items()}
        documents = {names[stored.document.item]: stored.document for stored in queries.documents(connection)}
        answers = queries.answers(connection)
        claims = [{"file": names[each.item], **msgspec.to_builtins(each.claim)} for each in queries.claims(connection)]
    files = {claim["id"]: claim["file"] for claim in claims}
    answered: dict[str, set[str]] = {claim["id"]: {files[about] for about in claim["answers"]} for claim in claims}
    for answer in answers:
        answered[answer.claim].add(files[answer.about])
    return Demo(folder / "case", documents, claims, answered)


@pytest.fixture(scope="module")
def view(demo: Demo) -> CaseView:
    with open_case(demo.root) as opened:
        return view_case(opened)


def told(fact: dict[str, Any], key: str) -> Any:  # noqa: ANN401 -- a value of the table, whatever its type
    """The value that a fact states, None where the program is not held to it."""
    return None if (fact.get("id", fact["file"]), key) in KEYS_LEFT_OUT else fact.get(key)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def held_to(kind: str) -> list[Any]:
    """The facts of a kind that the program is held to, one test each."""
    return [pytest.param(fact, id=fact["id"]) for fact in EXPECTED[kind] if fact["id"] not in LEFT_OUT]


def claims_over(demo: Demo, file: str, words: str) -> list[dict[str, Any]]:
    """The claims of a file whose content shares characters with these words."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    place = re.search(pattern, demo.documents[file].text)
    assert place, f"{file} does not hold: {words}"
    return [
        claim
        for claim in demo.claims
        if claim["file"] == file and any(span["start"] < place.end() and place.start() < span["end"] for span in claim["content"])
    ]


def test_every_file_is_an_item_and_so_is_what_was_found_inside(demo: Demo) -> None:
    with open_case(demo.root) as opened, opened.asking() as connection:
        received = {receipts[0].name for receipts in queries.receipts(connection).values()}
    inside = {name for piece in PIECES for name in piece.get("holds", [])}
    assert received == {path.name for path in EVIDENCE.iterdir()} | inside


def test_the_damaged_file_is_kept_with_its_reason(demo: Demo) -> None:
    (broken,) = [piece["file"] for piece in EXPECTED["piece"] if piece.get("unreadable")]
    status = witnessmark("status", demo.root)
    assert broken not in demo.documents
    assert f"{broken}: The PDF is damaged" in status.stdout


@pytest.mark.parametrize("piece", [pytest.param(piece, id=piece["file"]) for piece in PIECES])
def test_each_piece_is_read_whole_in_its_language(demo: Demo, piece: dict[str, Any]) -> None:
    if piece.get("needs") and shutil.which(piece["needs"]) is None:
        pytest.skip(f"{piece['needs']} is not installed")
    document = demo.documents[piece["file"]]
    assert document.media_type == piece["media_type"]
    assert document.language == piece.get("language")
    assert set(piece.get("warns", [])) <= set(document.problems)
    wanted = [*piece.get("contains", []), told(piece, "footer") or ""]
    assert [words for words in wanted if squeezed(words) not in squeezed(document.text)] == []
    assert [words for words in piece.get("lacks", []) if words in document.text] == []
    assert piece.get("metadata", {}).items() <= document.metadata.items()


@pytest.mark.parametrize("piece", [pytest.param(piece, id=piece["file"]) for piece in PIECES])
def test_each_piece_has_the_day_and_the_publisher_that_it_states_or_was_received_with(demo: Demo, piece: dict[str, Any]) -> None:
    if piece.get("needs") and shutil.which(piece["needs"]) is None:
        pytest.skip(f"{piece['needs']} is not installed")
    document = demo.documents[piece["file"]]
    assert told(piece, "dated") in {None, document.published.value if document.published else ""}
    by = {document.publisher.value} if document.publisher else set()
    assert told(piece, "by") in {None, *by, (document.author or "").split(" <")[0]}


@pytest.mark.parametrize("row", RECEIVED, ids=lambda row: str(row["file"]))
def test_what_was_said_on_receipt_is_on_record(demo: Demo, row: dict[str, str]) -> None:
    with open_case(demo.root) as opened, opened.asking() as connection:
        received = queries.receipts(connection)
        decisions = queries.decisions(connection)
    items = {receipts[0].name: item for item, receipts in received.items()}
    (receipt,) = received[items[row["file"]]]
    said = (receipt.source or "", receipt.published or "", receipt.received_from or "", receipt.already_public)
    assert said == (row["source"], row["published"], row["received_from"], row["already_public"] == "yes")
    decided = {decision.field: decision for decision in decisions if decision.subject == items[row["file"]]}
    wanted = {field: row[field] for field in ("sensitivity", "protection", "consent") if row[field]}
    wanted |= {"translation_of": items[row["translation_of"]]} if row["translation_of"] else {}
    if row["translator"]:
        key = decided["translator"].value
        wanted |= {"translator": key}
        assert names_of(demo.root / "members.db", [key]) == {key: row["translator"]}
    assert {field: decision.value for field, decision in decided.items()} == wanted
    assert all(row["why"] in decision.why for decision in decided.values())


def test_plain_text_keeps_every_character_arabic_with_its_vowels_too(demo: Demo) -> None:
    for piece in PIECES:
        if piece["media_type"] == "text/plain":
            assert demo.documents[piece["file"]].text == (EVIDENCE / piece["file"]).read_bytes().decode()


@pytest.mark.parametrize("figure", held_to("figure"))
def test_a_figure_is_read_with_the_bounds_that_its_words_give(demo: Demo, figure: dict[str, Any]) -> None:
    read = [
        count
        for claim in claims_over(demo, figure["file"], figure["text"])
        for count in claim["victims"]
        if squeezed(figure["text"]) in squeezed(count["text"])
    ]
    assert read, "no figure was read here"
    for count in read:
        assert (count["min"], count["max"]) == (figure.get("min"), figure.get("max"))
        assert count["approximate"] == figure.get("approximate", False)
        assert told(figure, "per") in {None, count["per"]}


@pytest.mark.parametrize("saying", held_to("saying"))
def test_a_saying_keeps_its_speaker_its_stance_and_its_certainty(demo: Demo, saying: dict[str, Any]) -> None:
    wanted = {key: told(saying, key) for key in ("by", "stance", "certainty", "anonymous") if told(saying, key) is not None}
    assert wanted in [
        {key: value for key, value in said.items() if key in wanted}
        for said in map(as_saying, claims_over(demo, saying["file"], saying["quote"]))
    ]


@pytest.mark.parametrize("translated", held_to("translated"))
def test_a_claim_from_a_translation_points_at_the_paragraph_of_the_original(demo: Demo, translated: dict[str, Any]) -> None:
    claims = claims_over(demo, translated["file"], translated["quote"])
    original = demo.documents[translated["of"]]
    assert claims
    for claim in claims:
        place = claim["original"]
        assert place["document"] == original.id
        assert translated["words"] in original.text[place["start"] : place["end"]]


def as_saying(claim: dict[str, Any]) -> dict[str, Any]:
    speaker = claim["speaker"] or {}
    return {
        "by": speaker.get("name"),
        "stance": claim["stance"],
        "certainty": claim["certainty"],
        "anonymous": speaker.get("anonymous", False),
    }


@pytest.mark.parametrize("denial", held_to("denial"))
def test_a_denial_is_found_and_answers_what_it_is_about_and_nothing_else(demo: Demo, denial: dict[str, Any]) -> None:
    found = [claim for claim in claims_over(demo, denial["file"], denial["quote"]) if claim["stance"] == "denies"]
    assert found, "no denial was read here"
    speakers = [claim["speaker"] or {} for claim in found]
    assert any(told(denial, "by") in {None, speaker.get("name")} for speaker in speakers)
    assert any(told(denial, "via") in {None, *speaker.get("via", [])} for speaker in speakers)
    answered = set[str]().union(*(demo.answered[claim["id"]] for claim in found))
    assert not (of := told(denial, "of")) or answered & set(of), answered
    assert not answered & set(told(denial, "not_of") or []), answered


def test_what_is_denied_stands_beside_its_denial_in_the_dossier(demo: Demo) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (demo.root / "dossier").rglob("*.html"))
    assert "At least 40 detainees a day have been hanged" in pages
    assert "the story was fabricated" in pages


def test_nothing_is_claimed_from_a_language_that_is_not_read(demo: Demo) -> None:
    others = {piece["file"] for piece in PIECES if piece.get("language") not in {None, "en"}}
    assert others
    assert not [claim["file"] for claim in demo.claims if claim["file"] in others]


@pytest.mark.parametrize("fact", held_to("supporter"))
def test_who_is_said_to_support_the_government_is_shown_as_alleged_and_by_whom(view: CaseView, fact: dict[str, Any]) -> None:
    parts = [part for part in view.responsibility.parts if part.party == fact["party"].casefold() and part.role is PartyRole.SUPPORTER]
    reads = [read for read in view.claims for part in parts if read.claim.id in part.said]
    names = {held.item.id: held.item.name for held in view.items}
    assert {read.claim.speaker and read.claim.speaker.name for read in reads} == {fact["by"]}
    assert {names[read.item] for read in reads} == set(fact["files"])


@pytest.mark.parametrize("fact", held_to("pledge"))
def test_what_was_promised_is_tracked_with_the_doubt_about_it(view: CaseView, fact: dict[str, Any]) -> None:
    pledge = pledge_told_of_in(view, fact)
    reads = {read.claim.id: read for read in view.claims}
    doubts = [reads[claim].claim for claim in pledge.bearing(Bearing.DOUBTS)]
    assert pledge.kind.value == fact["kind"]
    assert (pledge.due[1] if pledge.due else None) == fact.get("due")
    assert all(any(words in doubt.quote for doubt in doubts) for words in fact.get("doubted", ()))
    assert {doubt.speaker.name for doubt in doubts if doubt.speaker} == ({fact["doubted_by"]} if doubts else set())
    broken = [squeezed(reads[claim].claim.quote) for claim in pledge.bearing(Bearing.SAYS_BROKEN)]
    assert broken == [words for words in broken if fact.get("broken", "none") in words]
    assert pledge.bearing(Bearing.SAYS_KEPT) == ()


def pledge_told_of_in(view: CaseView, fact: dict[str, Any]) -> Pledge:
    """The one pledge of that kind that just these pieces tell of, and which is no remark in passing."""
    names = {held.item.id: held.item.name for held in view.items}
    files = {read.claim.id: names[read.item] for read in view.claims}
    (found,) = [
        each for each in view.pledges if each.kind == fact["kind"] and {files[claim] for claim in each.claims} == set(fact["files"])
    ]
    return found


def test_the_pages_show_the_supporters_and_the_memorandum(demo: Demo) -> None:
    pages = " ".join(re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8")) for path in sorted((demo.root / "dossier").glob("*.html")))
    shown = squeezed(pages)
    assert "It is doubted by Ilse Marrant" in shown
    assert "Ruvenia to have supported regime Ilse Marrant" in shown
    assert "Corvane (it is not settled whether this is a body or a person;" in shown


def test_the_case_verifies_and_rebuilds_to_the_same_case(demo: Demo, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(demo.root, case)
    before = exported(case, tmp_path / "before")
    verified = witnessmark("verify", case)
    assert verified.returncode == 0, verified.stdout
    (case / "case.db").unlink()
    assert witnessmark("rebuild", case).returncode == 0
    assert exported(case, tmp_path / "after") == before
    assert witnessmark("verify", case).returncode == 0


def exported(case: Path, out: Path) -> tuple[bytes, bytes]:
    out.mkdir()
    for kind in ("claims-jsonl", "incidents-jsonl"):
        assert witnessmark("export", case, "--to", kind, out / kind).returncode == 0
    return (out / "claims-jsonl").read_bytes(), (out / "incidents-jsonl").read_bytes()
