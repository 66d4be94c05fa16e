"""The reader: a text with its claims in parts of bounded size, originals as pictures and inert pages, and nothing graphic or sealed that nobody asked for."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from reading_cases import ARABIC, claim_words, hold, pdf_of, with_text
from workbench import Browser

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.lit_text import MOST_CHARACTERS, MOST_CLAIMS, Layer, blocks_of, parts_of, runs_of
from witnessmark.case.persons import add_person
from witnessmark.case.sealing import seal
from witnessmark.model.document import Anchor, AnchorKind, Document, GuessedWord
from witnessmark.model.office import Role

SENTENCE = "The envoy said that guards took number {} away at dawn. "
ATTACK = '<script>alert(1)</script><img src=x onerror=alert(2)>"\u202eevil'


def reader_of(browser: Browser, path: str) -> Any:  # noqa: ANN401 -- any JSON value
    answer = browser.json(path)
    assert isinstance(answer, dict)
    return answer["reader"]


def test_a_text_is_shown_with_its_claims_in_the_order_they_stand_in_and_each_leads_to_the_other(enter: Enter) -> None:
    viewer = enter(Role.VIEWER)
    read = reader_of(viewer, "/items/I1.json")
    starts = [card["at"] for card in read["claims"]]
    assert starts == sorted(starts)
    assert len(starts) == read["in_all"] > 2
    page = viewer.get("/items/I1").text
    for card in read["claims"]:
        assert f'id="c-{card["number"]}"' in page
        assert f'id="t-{card["number"]}"' in page
        assert f'href="#t-{card["number"]}"' in page
        assert re.search(rf'href="#c-[^"]*" data-claims="[^"]*\b{card["number"]}\b', page)
    assert "nothing about whether it is true" in page


def test_the_values_of_a_page_hold_no_hash_of_an_original_nor_a_colleague_for_viewers(enter: Enter) -> None:
    reviewer, viewer = enter(Role.REVIEWER), enter(Role.VIEWER)
    seen = reviewer.json("/claims/C1.json")["seen"]  # type: ignore[index]
    reviewer.post("/claims/C1/status", status="unsure", why="two speakers", seen=seen)
    for path in ("/items/I1.json", "/claims/C1.json", "/claims.json"):
        assert not re.search(r"[0-9a-f]{20,}", re.sub(r'"seen":"[^"]*"', "", viewer.get(path).text))
    assert "Tam Ledo" in reviewer.get("/claims/C1").text
    page = viewer.get("/claims/C1").text
    assert "two speakers" in page
    assert "Tam Ledo" not in page
    assert '"k-' not in viewer.get("/claims/C1.json").text
    assert "data-key=" in page
    assert 'action="/claims/C1/status"' not in page


def test_a_long_document_is_read_in_parts_and_no_page_is_large(case: Path, enter: Enter) -> None:
    text = "".join(SENTENCE.format(n) + ("Nothing else was heard of them. " * 6) + "\n" for n in range(1000))
    number = hold(case, "long.txt", text)
    claim_words(case, number, [f"that guards took number {n} away at dawn" for n in range(1000)])
    viewer = enter(Role.VIEWER)
    read = reader_of(viewer, f"/items/{number}.json")
    assert read["in_all"] == 1000
    assert read["of"] >= 1000 / MOST_CLAIMS
    shown: set[str] = set()
    for part in range(1, read["of"] + 1):
        answer = viewer.get(f"/items/{number}?part={part}")
        assert len(answer.content) < 500_000
        shown |= set(re.findall(r'id="c-(C\d+)"', answer.text))
    assert len(shown) == 1000
    there = reader_of(viewer, f"/items/{number}.json?claim={max(shown, key=lambda one: int(one[1:]))}")
    assert there["part"]["number"] == read["of"]


def test_the_parts_of_any_text_put_together_are_the_text_and_none_is_long() -> None:
    text = ("word " * 3000 + "\n") * 3 + "x" * 30_000
    pages = tuple(Anchor(start, start + 9_000, AnchorKind.PAGE, str(place + 1)) for place, start in enumerate(range(0, 27_000, 9_000)))
    for anchors in ((), pages):
        document = Document("d", "i", "r", "text/plain", text, anchors=anchors)
        parts = parts_of(document, list(range(0, len(text), 50)))
        assert [parts[0].start, parts[-1].end] == [0, len(text)]
        assert all(one.end == after.start for one, after in pairwise(parts))
        assert all(0 < part.end - part.start <= MOST_CHARACTERS for part in parts)
        assert all((part.end - part.start) / 50 <= MOST_CLAIMS + 1 for part in parts)


def test_runs_hold_every_character_once_and_say_which_claims_stand_on_each() -> None:
    text = "He said that A and B fell; C fell."
    layers = [
        Layer(8, 24, "content", "C1", first=True),
        Layer(13, 30, "content", "C2", first=True),
        Layer(0, 2, "speaker"),
        Layer(3, 7, "cue"),
    ]
    runs = list(runs_of(text, 0, len(text), layers))
    assert "".join(run.text for run in runs) == text
    assert [run.text for run in runs if set(run.claims) == {"C1", "C2"}] == [text[13:24]]
    assert [(run.text, run.begins) for run in runs if run.begins] == [(text[8:13], ("C1",)), (text[13:24], ("C2",))]
    assert [run.text for run in runs if run.speaker] == ["He"]


def test_a_table_keeps_its_rows_and_cells_and_a_chat_says_who_wrote_when() -> None:
    rows = Document(
        "d", "i", "table@1", "text/csv", "a | b\n1 | ", anchors=(Anchor(0, 5, AnchorKind.ROW, "1"), Anchor(6, 10, AnchorKind.ROW, "2"))
    )
    cells = [[[run.text for run in cell] for cell in block.cells] for block in blocks_of(rows, 0, 10, ())]
    assert cells == [[["a"], ["b"]], [["1"], []]]
    chat = Document("d", "i", "chat@1", "text/plain", "hello", anchors=(Anchor(0, 5, AnchorKind.PARAGRAPH, "message 1, Nadja"),))
    assert [block.label for block in blocks_of(chat, 0, 5, ())] == ["message 1, Nadja"]


def test_a_pdf_is_read_page_by_page_with_the_words_of_each_claim_marked_on_the_page(case: Path, enter: Enter) -> None:
    number = hold(case, "report.pdf", pdf_of([["Envoy: first page."], ["A heading", "The guards burned the bodies at Korrin."]]))
    (claim,) = claim_words(case, number, ["The guards burned the bodies at Korrin"])
    viewer = enter(Role.VIEWER)
    read = reader_of(viewer, f"/items/{number}.json?claim={claim}")
    assert (read["part"]["page"], read["of"], read["look"]) == (2, 2, "pages")
    page = viewer.json(f"/items/{number}/pages/2.json")
    (mark,) = page["marks"]  # type: ignore[index]
    assert mark["claim"] == claim
    ((left, top, width, height),) = mark["boxes"]
    assert abs(left / page["width"] - 72 / 595.28) < 0.02  # type: ignore[index]
    assert abs((top + height) / page["height"] - (841.89 - 744) / 841.89) < 0.02  # type: ignore[index]
    assert 0.2 < width / page["width"] < 0.6  # type: ignore[index]
    assert viewer.json(f"/items/{number}/pages/1.json")["marks"] == []  # type: ignore[index]
    picture = viewer.get(f"/items/{number}/pages/2/picture")
    assert (picture.content[:2], picture.headers["content-type"]) == (b"\xff\xd8", "image/jpeg")
    assert viewer.get(f"/items/{number}/pages/3").status_code == 400
    assert viewer.get(f"/items/{number}/pages/0").status_code == 404
    assert f'data-claims="{claim}"' in viewer.get(f"/items/{number}/pages/2").text


def test_a_web_page_is_shown_inert(case: Path, enter: Enter) -> None:
    markup = (
        '<html><head><title>Korrin</title><meta http-equiv=refresh content="0;url=//evil.example"><base href="//evil.example/">'
        '<link rel=preconnect href="//evil.example"><script>alert(1)</script><style>@import "//evil.example";</style></head>'
        '<body onload="alert(1)"><p style="background:url(//evil.example)">The envoy said guards burned bodies at Korrin prison in the spring.</p>'
        '<a href="javascript:alert(1)">a</a><a href="//evil.example" ping="//evil.example">b</a><img src="//evil.example/x"><form action="//evil.example"><input></form>'
        '<iframe src="//evil.example"></iframe><svg><image href="//evil.example"/></svg><object data="//evil.example"></object></body></html>'
    )
    number = hold(case, "page.html", markup)
    answer = enter(Role.VIEWER).get(f"/items/{number}/snapshot")
    assert "guards burned bodies" in answer.text
    assert not re.search(r"evil|alert|<script|<form|<iframe|onload|javascript", answer.text)
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= {part.strip() for part in policy.split(";")}
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_what_is_written_in_the_evidence_is_text_and_nothing_else(case: Path, enter: Enter) -> None:
    number = hold(case, "attack.txt", f"{ATTACK} said the envoy.")
    (claim,) = claim_words(case, number, ["said the envoy"])
    reviewer = enter(Role.REVIEWER)
    for path in (f"/items/{number}", f"/claims/{claim}", f"/claims?item={number}"):
        page = reviewer.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
    for path in (f"/claims?source={ATTACK}", f"/items/I1?claim={ATTACK}", f"/claims/C1?source={ATTACK}&show={ATTACK}"):
        assert "<script>alert" not in reviewer.get(path).text


def test_nothing_of_a_graphic_item_is_shown_until_somebody_asks_and_it_comes_last(case: Path, enter: Enter) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "sensitivity", "graphic", why="describes the bodies")
    reviewer = enter(Role.REVIEWER)
    words = "burned the bodies"
    of_item = [one["number"] for one in reviewer.json("/claims.json?item=I1")["lines"]]  # type: ignore[index]
    in_order = [line["item"] for line in reviewer.json("/claims.json")["lines"]]  # type: ignore[index]
    assert in_order == sorted(in_order, key=lambda item: item == "I1")
    for number in of_item:
        page = reviewer.get(f"/claims/{number}").text
        assert "marked graphic" in page
        assert 'data-key="y"' not in page
    for path in ("/items/I1", "/items/I1.json", "/claims", "/claims.json", *(f"/claims/{number}.json" for number in of_item)):
        assert words not in reviewer.get(path).text, path
    assert words in reviewer.get("/items/I1?show=yes").text
    assert 'data-key="y"' in reviewer.get(f"/claims/{of_item[0]}").text
    assert words not in enter(Role.VIEWER).get("/items/I1").text


def test_a_picture_nobody_graded_is_blurred_until_somebody_asks(case: Path, enter: Enter, tmp_path: Path) -> None:
    from PIL import Image

    Image.effect_noise((640, 480), 90).save(tmp_path / "photo.png")
    number = hold(case, "photo.png", (tmp_path / "photo.png").read_bytes())
    viewer = enter(Role.VIEWER)
    assert reader_of(viewer, f"/items/{number}.json")["veiled"] is True
    blurred = viewer.get(f"/items/{number}/picture").content
    assert reader_of(viewer, f"/items/{number}.json?show=yes")["veiled"] is False
    sharp = viewer.get(f"/items/{number}/picture").content
    assert len(sharp) > 5 * len(blurred)
    with open_case(case, write="test") as opened:
        decide(opened, number, "sensitivity", "ordinary", why="a wall")
    assert enter(Role.REVIEWER).get(f"/items/{number}/picture").content == sharp


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_of_a_film_the_first_frame_is_shown(case: Path, enter: Enter, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=5:duration=1", "-pix_fmt", "yuv420p", str(film)]
    subprocess.run(command, check=True)
    number = hold(case, "film.mp4", film.read_bytes())
    viewer = enter(Role.VIEWER)
    assert reader_of(viewer, f"/items/{number}.json?show=yes")["look"] == "picture"
    assert viewer.get(f"/items/{number}/picture").content[:2] == b"\xff\xd8"


def test_no_picture_shows_who_is_sealed(case: Path, enter: Enter) -> None:
    named = hold(case, "named.pdf", pdf_of([["Statement by Brecht of 3 March 2031."]]))
    other = hold(case, "other.pdf", pdf_of([["Weather report of 3 March 2031."]]))
    web = hold(case, "web.html", "<html><body><p>A page about the weather in Korrin in March 2031.</p></body></html>")
    viewer = enter(Role.VIEWER)
    assert viewer.get(f"/items/{named}/pages/1/picture").status_code == 200
    with open_case(case, write="test") as opened:
        add_person(opened, "Ana Brecht")
        seal(opened, "P1", ("Brecht",), why="she asked for it")
    for role in Role:
        browser = enter(role)
        for path in (
            f"/items/{named}/pages/1/picture",
            f"/items/{named}/pages/1",
            f"/items/{named}/pages/1.json",
            f"/items/{web}/snapshot",
        ):
            assert browser.get(path).status_code == 403, path
        assert browser.get(f"/items/{other}/pages/1/picture").status_code == 200
        assert "a picture cannot be masked" in browser.get(f"/items/{named}").text
        assert "Brecht" not in browser.get(f"/items/{named}").text + browser.get("/items/I1").text + browser.get("/claims/C1.json").text


def test_only_reviewers_see_the_original_of_a_sealed_item(case: Path, enter: Enter) -> None:
    number = hold(case, "sealed.pdf", pdf_of([["A letter."]]))
    with open_case(case, write="test") as opened:
        decide(opened, number, "protection", "sealed", why="from a clerk")
    assert enter(Role.VIEWER).get(f"/items/{number}/pages/1/picture").status_code == 403
    assert enter(Role.REVIEWER).get(f"/items/{number}/pages/1/picture").status_code == 200


def test_a_name_that_ocr_read_is_to_be_compared_with_the_picture(case: Path, enter: Enter) -> None:
    text = "Capt Brask said the oven works."
    number = hold(case, "scan.txt", text)
    with_text(case, number, guesses=(GuessedWord(0, 4, 91.0), GuessedWord(5, 10, 43.2)))

    def by_brask(claim: object, _: int) -> object:
        from witnessmark.claims.by_hand import locate
        from witnessmark.model.claim import Speaker

        return msgspec.structs.replace(claim, speaker=Speaker("Brask", locate("Capt Brask", text, 0)))  # type: ignore[type-var]

    (claim,) = claim_words(case, number, ["the oven works"], change=by_brask)  # type: ignore[arg-type]
    page = enter(Role.VIEWER).get(f"/claims/{claim}").text
    assert "a machine read this name off a picture" in page
    assert "43" in page


def test_a_translation_stands_beside_its_original_and_right_to_left_text_reads_so(case: Path, enter: Enter) -> None:
    from witnessmark.case.translating import align_translations

    original = hold(case, "ar.txt", ARABIC)
    translation = hold(case, "en.txt", "The envoy said guards killed forty detainees at Korrin prison.\n\nThe ministry denied that.")
    with_text(case, original, language="ar")
    with open_case(case, write="test") as opened:
        decide(opened, translation, "translation_of", original, why="so its head says")
        align_translations(opened)
    viewer = enter(Role.VIEWER)
    read = reader_of(viewer, f"/items/{original}.json")
    assert read["beside"]["number"] == translation
    assert "".join(run["text"] for run in read["blocks"][0]["beside"]).startswith("The envoy said")
    back = reader_of(viewer, f"/items/{translation}.json")
    assert (back["beside"]["number"], back["beside"]["is_original"]) == (original, True)
    assert re.search(r'<p class="written block" lang="ar" dir="rtl">', viewer.get(f"/items/{original}").text)


@pytest.mark.parametrize(
    "path",
    ["/items/I99", "/items/C1", "/items/..%2f..%2fcase.toml", "/items/I1/pages/1", "/items/I1/snapshot", "/claims/I1", "/claims/C999"],
)
def test_what_is_not_there_is_not_guessed(enter: Enter, path: str) -> None:
    assert enter(Role.OWNER).get(path).status_code == 404
