"""Media checked in a case: on record, held against the claims of the case, rebuilt byte for byte, disposed of with their item, and quiet in public."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageDraw, ImageFont
from tests.signed_photos import Signer, altered, jpeg, make_signer, picture, signed

from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.checking_media import check_media
from witnessmark.case.deciding import decide
from witnessmark.case.disposing import dispose
from witnessmark.case.intake import Given, add
from witnessmark.case.key_frames import draw_frames
from witnessmark.case.media_report import MediaReport, report_media
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.reviewing import show_claim
from witnessmark.case.summary import summarise
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import view_case
from witnessmark.case.weighing import is_due, weigh
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.media import CheckedMedia, Topic, TrustList
from witnessmark.model.verdict import Verdict
from witnessmark.read.tools import exiftool_version, ffmpeg_version, ocr_languages

pytest.importorskip("c2pa")
pytestmark = pytest.mark.skipif(exiftool_version() is None, reason="exiftool is not installed")

STORY = """ALEPPO, 6 April 2021 (Northern Wire) -- Soldiers shelled a hospital in Damascus on 5 April 2021, photographer Ana Brecht said.
"""
SERIAL, AUTHOR, CAPTION = "SN-778812", "Oren Tessaly", "The hospital in Damascus, 5 April 2021, by Oren Tessaly"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


def located(model: str, day: str = "2021:04:01") -> bytes:
    """A photograph with everything a camera writes that points at who held it: taken at Aleppo."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131], exif[0x013B], exif[0x010E] = "Orvan", model, "Paintwork 3", AUTHOR, CAPTION
    exif.get_ifd(0x8769).update({0x9003: f"{day} 10:11:12", 0xA431: SERIAL})
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 7.41), 3: "E", 4: (37.0, 9.0, 36.53)})
    return jpeg(picture(4), exif=exif)


def film(path: Path, seconds: int = 6) -> None:
    """Three scenes of two seconds."""
    parts = "color=red:d=2:s=160x120:r=10[a];testsrc=d=2:s=160x120:r=10[b];color=blue:d=2:s=160x120:r=10[c];[a][b][c]concat=n=3"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", parts, "-t", str(seconds), str(path)], check=True)


@pytest.fixture(scope="module")
def signer() -> Signer:
    return make_signer()


@pytest.fixture(scope="module")
def checked_once(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> Path:
    """A case of a story (I1), two located photographs from one giver (I2, I3), a signed (I4) and an altered one (I5), all checked; the story rests on I2."""
    root = tmp_path_factory.mktemp("checked")
    files = {"0-story.txt": STORY.encode(), "1-a.jpg": located("Orvan 5"), "2-b.jpg": located("Lumo 3", "2021:04:05")}
    whole = signed(signer, jpeg(picture(7)))
    files |= {"3-signed.jpg": whole, "4-altered.jpg": altered(whole)}
    (root / "evidence").mkdir()
    for name, content in files.items():
        (root / "evidence" / name).write_bytes(content)
    create_case(root / "case")
    with open_case(root / "case", write="test") as case:
        for name in sorted(files):
            add(case, [root / "evidence" / name], Given(received_from="a clerk" if name < "3" else None))
        read(case)
        weigh(case)
        (claim,) = view_case(case).claims
        decide(case, claim.number, "basis", "photographer = image, I2", why="she took it")
        weigh(case)
        check_media(case, trust=[TrustList("press cameras", signer.root)], signs=False)
    return root / "case"


@pytest.fixture
def checked(checked_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(checked_once, tmp_path / "case")
    return tmp_path / "case"


def reports(case: Path, *numbers: str) -> dict[str, MediaReport]:
    with open_case(case) as opened:
        return {one.number: one for one in report_media(opened, numbers)}


def media(report: MediaReport) -> CheckedMedia:
    assert report.checked is not None
    return report.checked


def test_a_photograph_is_held_against_the_claim_that_rests_on_it(checked_once: Path) -> None:
    found = media(reports(checked_once)["I2"])
    of_claim = [each for each in found.differences if each.claim is not None]
    assert [each.topic for each in of_claim] == [Topic.TIME, Topic.PLACE]
    assert "2021:04:01 10:11:12" in of_claim[0].sentence
    assert "2021-04-05" in of_claim[0].sentence
    assert re.search(r"lies 3\d\d\.\d km from Damascus", of_claim[1].sentence)
    assert "claim C1 (Ana Brecht)" in of_claim[1].sentence


def test_its_own_caption_and_the_other_devices_of_the_set_are_held_against_it_too(checked_once: Path) -> None:
    found = reports(checked_once)
    two, three = media(found["I2"]), media(found["I3"])
    assert any("its own caption" in each.sentence for each in two.differences)
    assert [each.sentence for each in three.differences if each.topic is Topic.DEVICE] == [
        "I3 names the device Orvan Lumo 3; others received from the same giver name Orvan 5 (I2). One set, several devices: ask who took which."
    ]
    assert any("can be 2021-04-05" in sentence for sentence in three.agreements)
    assert three.facts.device_ids == (f"ExifIFD:SerialNumber: {SERIAL}",)


def test_the_words_on_credentials_are_those_and_no_others(checked_once: Path) -> None:
    words = {number: media(one).check.credentials.words for number, one in reports(checked_once).items()}
    assert words == {"I2": "none", "I3": "none", "I4": "intact, signer trusted by press cameras", "I5": "altered"}


def test_checking_again_does_nothing_until_it_is_asked_for_or_another_list_counts(checked: Path, signer: Signer) -> None:
    lists = [TrustList("press cameras", signer.root)]
    with open_case(checked, write="test") as case:
        unchanged = check_media(case, trust=lists, signs=False)
        assert (unchanged.done, len(unchanged.unchanged)) == ((), 4)
        assert len(check_media(case, ["I4"], trust=lists, signs=False, again=True).done) == 1
        assert len(check_media(case, ["I4"], signs=False).done) == 1
        (found,) = report_media(case, ["I4"])
        assert media(found).check.credentials.words == "intact, signer unknown"


def test_a_check_changes_nothing_that_is_weighed_and_the_dossier_waits_to_be_made_anew(checked: Path) -> None:
    with open_case(checked, write="test") as case:
        with case.asking() as connection:
            assert not is_due(connection)
        assert publish_draft(case).changed
        assert not publish_draft(case).changed
        check_media(case, ["I4"], signs=False)
        assert publish_draft(case).changed


def test_a_rebuilt_case_shows_the_same_and_verifies(checked: Path) -> None:
    before = reports(checked)
    rebuild_case(checked)
    assert reports(checked) == before
    assert not [check for check in verify_case(checked) if check.verdict is Verdict.FAIL]


def test_the_draft_shows_every_check_in_plain_words_with_both_values(checked: Path) -> None:
    with open_case(checked, write="test") as case:
        publish_draft(case)
    page = html.unescape(
        re.sub(r"<[^>]*>", "", "\n".join(path.read_text(encoding="utf-8") for path in (checked / "dossier").rglob("*.html")))
    )
    assert "intact, signer trusted by press cameras" in page
    assert "altered; the file or its credentials are not what was signed" in page
    assert "The file says it was taken at 2021:04:01 10:11:12" in page
    assert "Names the device" in page
    assert not any(word in page.lower() for word in ("authentic photo", "is fake", "is real"))


def test_the_public_dossier_has_the_state_of_the_credentials_and_nothing_that_points_at_who_took_it(checked: Path, tmp_path: Path) -> None:
    with open_case(checked, write="test") as case:
        for number in ("I1", "I2", "I3", "I4", "I5"):
            decide(case, number, "release", "released", why="board of 3 June")
            decide(case, number, "consent", "publish", why="form 7")
            decide(case, number, "protection", "none", why="all public figures")
        decide(case, "C1", "status", "accepted", why="compared")
        publish_public(case, tmp_path / "out")
    whole = "\n".join(
        html.unescape(path.read_bytes().decode(errors="replace")) for path in sorted((tmp_path / "out").rglob("*")) if path.is_file()
    )
    plain = re.sub(r"<[^>]*>", "", whole)
    assert "none; most files have none" in plain
    assert "intact, signer trusted by press cameras" in plain
    for secret in (
        SERIAL,
        AUTHOR,
        CAPTION,
        "Orvan",
        "Lumo",
        "Paintwork",
        "36.2",
        "37.16",
        "2021:04:01",
        "10:11:12",
        "Camera of Karvel",
        "c2pa.created",
        "dataHash",
    ):
        assert secret not in whole, secret


def test_what_a_sealed_person_is_called_in_metadata_is_masked(checked: Path) -> None:
    with open_case(checked, write="test") as case:
        person = add_person(case, AUTHOR, ())
        decide(case, person.number, "protection", "sealed", why="would be killed")
        found = media(report_media(case, ["I2"])[0])
        assert AUTHOR not in json.dumps(found.check.tags)
        assert found.check.tags["IFD0:Artist"] == "█" * len(AUTHOR)


def test_the_check_goes_with_its_item(checked: Path) -> None:
    def recorded() -> bytes:
        return b"".join(path.read_bytes() for path in (checked / "records").rglob("*") if path.is_file())

    assert recorded().count(b"Orvan 5") > 1
    with open_case(checked, write="test") as case:
        dispose(case, ["I2"], authority="court order 7", why="ordered")
        with pytest.raises(UsageError, match="disposed of"):
            report_media(case, ["I2"])
    assert b"Orvan 5" not in recorded()
    assert not [check for check in verify_case(checked) if check.verdict is Verdict.FAIL]


def test_status_tells_what_was_not_checked_and_what_differs(checked: Path, tmp_path: Path) -> None:
    (tmp_path / "new.jpg").write_bytes(jpeg(picture(11)))
    with open_case(checked, write="test") as case:
        add(case, [tmp_path / "new.jpg"], Given())
        read(case)
        summary = summarise(case)
    waiting = {one.what: one for one in summary.person}
    assert waiting["media file not checked"].of == ("I6",)
    assert waiting["files differ from what is said"].of == ("I2", "I3")
    listed = {item.number: item.media for item in summary.all_items}
    assert listed["I5"] == "content credentials altered; no difference found"
    assert listed["I1"] is None
    printed = run("status", checked, "--all").output
    assert "content credentials intact, signer trusted by press cameras" in printed


def test_the_commands_print_and_give_json(checked: Path, tmp_path: Path, signer: Signer) -> None:
    (tmp_path / "press.pem").write_bytes(signer.root)
    done = run("watch", "check", checked, "I4", "--again", "--trust", f"press cameras={tmp_path / 'press.pem'}")
    assert done.exit_code == 0, done.output
    assert "Checked: 1." in done.output
    assert "content credentials: intact, signer trusted by press cameras" in done.output
    shown = run("watch", "media", checked, "I2")
    assert "DIFFERS (place)" in shown.output
    (found,) = json.loads(run("watch", "media", checked, "I2", "--json").output)
    assert found["checked"]["facts"]["positions"][0]["latitude"] == pytest.approx(36.202, abs=0.001)
    assert "IFD0:Software = Paintwork 3" in run("watch", "media", checked, "I2", "--all").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "CASE", "I99"), "There is no item I99"),
        (("check", "CASE", "I1"), "no photograph, film or recording"),
        (("check", "CASE", "--trust", "press"), "Write NAME=FILE"),
        (("check", "CASE", "--trust", "press=nowhere.pem"), "cannot be read"),
        (("check", "CASE", "--trust", "press=STORY"), "holds no certificate"),
        (("frames", "CASE", "I2", "out.png"), "no film"),
        (("media", "CASE", "I1"), "no photograph, film or recording"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(checked_once: Path, arguments: tuple[str, ...], words: str) -> None:
    story = checked_once.with_name("evidence") / "0-story.txt"
    typed = [each.replace("CASE", str(checked_once)).replace("STORY", str(story)) for each in arguments]
    done = run("watch", *typed)
    assert (done.exit_code, words in done.output) == (2, True), done.output


@pytest.mark.skipif(ffmpeg_version() is None, reason="ffmpeg is not installed")
def test_key_frames_are_drawn_where_scenes_change_and_at_an_interval(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    film(tmp_path / "-a\nb.mp4")
    with open_case(tmp_path / "case", write="test") as case:
        add(case, [tmp_path / "-a\nb.mp4"], Given())
        scenes = draw_frames(case, "I1", tmp_path / "scenes.png", every=60, most=48)
        often = draw_frames(case, "I1", tmp_path / "often.png", every=1, most=48)
        few = draw_frames(case, "I1", tmp_path / "few.png", every=0.5, most=3)
        with pytest.raises(UsageError, match="exists already"):
            draw_frames(case, "I1", tmp_path / "few.png", every=1, most=3)
        with pytest.raises(UsageError, match="inside the case"):
            draw_frames(case, "I1", tmp_path / "case" / "few.png", every=1, most=3)
        check_media(case)
        assert media(report_media(case)[0]).sheets == (scenes, often, few)
    assert scenes.seconds == (0.0, 2.0, 4.0)
    assert often.seconds == (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
    assert len(few.seconds) == 3
    assert "frames are up to 2.0 s apart" in few.problems[0]
    content = (tmp_path / "scenes.png").read_bytes()
    assert hashlib.sha256(content).hexdigest() == scenes.sha256
    with Image.open(io.BytesIO(content)) as sheet:
        assert sheet.size == (960, 260)
        assert sheet.getpixel((100, 150))[0] > 200  # type: ignore[index]
        assert sheet.getpixel((740, 150))[2] > 200  # type: ignore[index]


@pytest.mark.skipif(ffmpeg_version() is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize(
    ("kept", "words"),
    [(0.4, "its index is missing or broken"), (0.0, "its index is missing or broken"), (1.0, "")],
    ids=["cut", "head", "whole"],
)
def test_a_film_whose_index_is_broken_gives_a_sentence_and_no_sheet(tmp_path: Path, kept: float, words: str) -> None:
    create_case(tmp_path / "case")
    film(tmp_path / "whole.mp4")
    content = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "a.mp4").write_bytes(content[: max(40, round(kept * len(content)))])
    with open_case(tmp_path / "case", write="test") as case:
        add(case, [tmp_path / "a.mp4"], Given())
        if not words:
            assert draw_frames(case, "I1", tmp_path / "sheet.png", every=10, most=48).seconds
            return
        with pytest.raises(UsageError, match=words):
            draw_frames(case, "I1", tmp_path / "sheet.png", every=10, most=48)
    assert not (tmp_path / "sheet.png").exists()


@pytest.mark.skipif("eng" not in ocr_languages(), reason="tesseract is not installed")
def test_a_name_that_ocr_read_is_marked_until_a_person_compared_it(tmp_path: Path) -> None:
    page = Image.new("L", (1500, 330), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(40)
    pen.text((40, 40), "Soldiers of Tolvaria killed 12 prisoners at Korrin", fill="black", font=font)
    pen.text((40, 110), "prison in March 2031, General Ana Brecht said.", fill="black", font=font)
    page.save(tmp_path / "page.png")
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case", write="test") as case:
        add(case, [tmp_path / "page.png"], Given())
        read(case)
        weigh(case)
        view = view_case(case)
        (document,) = [held.document for held in view.items if held.document is not None]
        assert [document.text[word.start : word.end] for word in document.guesses] == document.text.split()
        assert view.claims, document.text
        shown = show_claim(case, view.claims[0].claim.id)
        assert any("Brecht" in name.text and name.confidence > 50 for name in shown.by_ocr)
        publish_draft(case)
        assert "not compared with the picture yet" in _pages(tmp_path / "case" / "dossier")
        decide(case, view.claims[0].number, "status", "accepted", why="compared with the page")
        for other in view.claims[1:]:
            decide(case, other.number, "status", "accepted", why="compared with the page")
        weigh(case)
        publish_draft(case)
        assert "not compared with the picture yet" not in _pages(tmp_path / "case" / "dossier")


def _pages(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))


def test_what_is_noted_of_a_photograph_is_held_against_it(checked: Path) -> None:
    with open_case(checked, write="test") as case:
        before = len(media(report_media(case, ["I3"])[0]).differences)
        decide(case, "I3", "taken_on", "2021-04-10 to 2021-04-12", why="as the giver told us")
        decide(case, "I3", "taken_at", "36.202, 37.160", why="as the giver told us")
        decide(case, "I3", "taken_with", "Aldane DX-20", why="as the giver told us")
        found = media(report_media(case, ["I3"])[0])
        assert [each.topic for each in found.differences if "as the giver told us" in each.sentence] == [Topic.TIME, Topic.DEVICE]
        assert any("0.0 km from 36.202, 37.160 (point)" in sentence for sentence in found.agreements)
        for field in ("taken_on", "taken_with"):
            decide(case, "I3", field, "none", why="a mistake")
        assert len(media(report_media(case, ["I3"])[0]).differences) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("taken_on", "yesterday"), ("taken_on", "2031-04-03 to 2031-04-01"), ("taken_at", "95.0, 12.0"), ("taken_at", "Nowhere at all")],
)
def test_what_is_noted_has_to_be_a_day_or_a_place(checked_once: Path, field: str, value: str) -> None:
    done = run("decide", checked_once, "I2", f"{field}={value}", "--why", "said so")
    assert (done.exit_code, "or none" in done.output) == (2, True), done.output
