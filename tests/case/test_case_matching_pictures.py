"""Pictures of a case: looked at once in a child, matched from what is on record, decided by people, and one line when they are one picture."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from tests.pictures_of_nowhere import as_jpeg, cropped, scene, with_banner

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.comparing_pictures import PLAIN, UNSEEN, pictures_compared, shared_pictures
from witnessmark.case.deciding import decide, undo
from witnessmark.case.disposing import dispose
from witnessmark.case.intake import Given, add
from witnessmark.case.looking_at_pictures import look_at_pictures
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.reading import read_items
from witnessmark.case.summary import summarise
from witnessmark.case.verifying_public import verify_public
from witnessmark.case.viewing import view_case
from witnessmark.case.watching_run import say_scene
from witnessmark.case.watching_sites import draw_site
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.matching import PicturesCompared
from witnessmark.model.verdict import Verdict
from witnessmark.model.watching import Acquired, ControlPoint, SceneFacts, SceneSaid, Site
from witnessmark.store import queries

pytest.importorskip("cv2")

PAGE = (
    "<html><head><title>{0}</title></head><body><article><p>{0}: guards killed 40 detainees at Korrin prison.</p></article></body></html>"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """I1 is a blank page, I2 a file cut short, I3 and I5 one picture beside two saved pages (I4, I6), I7 another picture."""
    folder = tmp_path_factory.mktemp("pictures")
    evidence = folder / "evidence"
    for name in ("herald_files", "post_files"):
        (evidence / name).mkdir(parents=True)
    Image.new("RGB", (640, 480), "white").save(evidence / "a-blank.png")
    (evidence / "b-cut.jpg").write_bytes(as_jpeg(scene(3))[:5000])
    (evidence / "herald.html").write_text(PAGE.format("Herald"), encoding="utf-8")
    (evidence / "herald_files" / "photo.jpg").write_bytes(as_jpeg(scene(1)))
    (evidence / "post.html").write_text(PAGE.format("Post"), encoding="utf-8")
    (evidence / "post_files" / "image.jpg").write_bytes(as_jpeg(with_banner(cropped(scene(1), 0.1)), 60))
    (evidence / "z-other.jpg").write_bytes(as_jpeg(scene(2)))
    assert run("new", folder / "case").exit_code == 0
    with open_case(folder / "case", write="add") as case:
        add(case, [evidence], Given())
        look_at_pictures(case, workers=1)
    return folder / "case"


@pytest.fixture
def case(looked: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    shutil.copytree(looked, tmp_path / "case")
    return tmp_path / "case"


def compared(root: Path) -> PicturesCompared:
    with open_case(root) as opened, opened.asking() as connection:
        return pictures_compared(connection)


def by_name(root: Path) -> dict[str, str]:
    """The short number of each item by the name it was received under."""
    with open_case(root) as opened:
        return {held.item.name.rpartition("/")[2]: held.item.number for held in view_case(opened).items}


def test_what_matches_is_found_and_what_was_not_compared_is_said(looked: Path) -> None:
    found, numbers = compared(looked), by_name(looked)
    (match,) = found.matches
    assert set(match.numbers) == {numbers["photo.jpg"], numbers["image.jpg"]}
    assert match.match.agreeing is not None
    assert match.match.agreeing >= 7
    assert match.confirmed is None
    reasons = {one.number: one.reason for one in found.not_compared}
    assert reasons[numbers["a-blank.png"]] == PLAIN
    assert "damaged or cut short" in reasons[numbers["b-cut.jpg"]]
    assert len(found.compared) == 3


def test_a_picture_counts_for_the_page_it_was_saved_with(looked: Path) -> None:
    with open_case(looked) as opened, opened.asking() as connection:
        found = shared_pictures(connection, pictures_compared(connection))
        numbers = {label.number: subject for subject, label in queries.labels(connection).items()}
    named = by_name(looked)
    herald, post = numbers[named["herald.html"]], numbers[named["post.html"]]
    assert post in {shared.of for shared in found[herald]}
    assert herald in {shared.of for shared in found[post]}
    with open_case(looked) as opened, opened.asking() as connection:
        without = shared_pictures(connection, pictures_compared(connection), {numbers[named["photo.jpg"]]})
    assert without == {}


def test_scenes_of_one_site_on_two_days_match_and_are_told_apart_until_a_person_says_otherwise(case: Path) -> None:
    pytest.importorskip("rasterio")
    numbers, corners = by_name(case), [(0, 0), (560, 10), (20, 470), (600, 440), (300, 200), (100, 300)]
    points = tuple(ControlPoint(column, row, 33.7 - row / 9000, 36.3 + column / 7500) for column, row in corners)
    ring = tuple((36.3 + column / 7500, 33.7 - row / 9000) for column, row in ((100, 100), (400, 100), (400, 350), (100, 350)))
    with open_case(case, write="watch") as opened:
        draw_site(opened, Site(name="The yard", ring=ring))
        for name, day in (("photo.jpg", 8), ("image.jpg", 20)):
            facts = SceneFacts(acquired=Acquired.on(date(2031, 1, day), "catalogue"))
            say_scene(opened, "W1", numbers[name], SceneSaid(site="", facts=facts, control_points=points), why="stated")
    (match,) = compared(case).matches
    assert match.told_apart in {
        "not one picture: scenes of W1, taken on 2031-01-08 and 2031-01-20",
        "not one picture: scenes of W1, taken on 2031-01-20 and 2031-01-08",
    }
    assert not match.ties
    with open_case(case) as opened, opened.asking() as connection:
        assert shared_pictures(connection, pictures_compared(connection)) == {}
    with open_case(case, write="decide") as opened:
        decide(opened, numbers["photo.jpg"], "same_picture", numbers["image.jpg"], why="the catalogue was wrong")
    assert compared(case).matches[0].ties


def test_a_picture_is_looked_at_once(case: Path) -> None:
    with open_case(case, write="watch matches") as opened:
        again = look_at_pictures(opened, workers=1)
    assert (again.done, again.before, again.failed) == (0, 5, [])


def test_a_person_can_reject_a_match_and_take_that_back(case: Path) -> None:
    numbers = by_name(case)
    with open_case(case, write="decide") as opened:
        decide(opened, numbers["photo.jpg"], "same_picture", f"not {numbers['image.jpg']}", why="two frames of one burst")
    (match,) = compared(case).matches
    assert (match.confirmed, match.why) == (False, "two frames of one burst")
    with open_case(case) as opened, opened.asking() as connection:
        assert shared_pictures(connection, pictures_compared(connection)) == {}
    with open_case(case, write="undo") as opened:
        undo(opened)
    with open_case(case, write="decide") as opened:
        decide(opened, numbers["image.jpg"], "same_picture", numbers["photo.jpg"], why="looked at both")
    assert compared(case).matches[0].confirmed is True


@pytest.mark.parametrize("value", ["I99", "not I99", "itself", "a page"], ids=["unknown", "not unknown", "itself", "no picture"])
def test_only_pictures_of_the_case_can_be_one_picture(value: str, case: Path) -> None:
    numbers = by_name(case)
    named = {"itself": numbers["photo.jpg"], "a page": numbers["post.html"]}
    with open_case(case, write="decide") as opened, pytest.raises(UsageError):
        decide(opened, numbers["photo.jpg"], "same_picture", named.get(value, value), why="a test")


def test_a_rebuild_finds_the_same(case: Path) -> None:
    before = compared(case)
    rebuild_case(case)
    assert compared(case) == before


def test_what_is_disposed_of_is_no_longer_on_record(case: Path) -> None:
    number = by_name(case)["image.jpg"]
    with open_case(case, write="dispose") as opened:
        dispose(opened, [number], why="asked by the giver", authority="Tana Vell")
    rebuild_case(case)
    found = compared(case)
    assert (found.matches, len(found.compared)) == ((), 2)


def test_the_dossier_says_what_was_checked_and_what_was_not(case: Path) -> None:
    with open_case(case, write="publish") as opened:
        index = publish_draft(opened).index
    told = "".join(page.read_text(encoding="utf-8") for page in index.parent.glob("*.html"))
    assert "Checked: 3 pictures" in told
    assert "1 pair match" in told
    assert "Not checked: 2 pictures" in told


def test_a_case_in_which_nothing_was_looked_at_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(as_jpeg(scene(1)))
    assert run("new", tmp_path / "case").exit_code == 0
    with open_case(tmp_path / "case", write="add") as opened:
        add(opened, [tmp_path / "a.jpg"], Given())
        index = publish_draft(opened).index
    assert [one.reason for one in compared(tmp_path / "case").not_compared] == [UNSEEN]
    told = "".join(page.read_text(encoding="utf-8") for page in index.parent.glob("*.html"))
    assert "was not checked: none was compared" in told


def released(root: Path, *numbers: str) -> None:
    with open_case(root, write="decide") as opened:
        for number in numbers:
            for field, value in (("release", "released"), ("protection", "none"), ("bound_by_consent", "no")):
                decide(opened, number, field, value, why="a test")


def published(root: Path, out: Path) -> tuple[str, set[str]]:
    """All that the pages of the public dossier say, and the names of its pictures."""
    with open_case(root, write="publish") as opened:
        publish_public(opened, out)
    assert not [check for check in verify_public(out) if check.verdict is Verdict.FAIL]
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(out.glob("*.html")))
    return pages, {page.name for page in out.glob("*.jpg")}


def test_in_public_a_match_is_shown_when_both_sides_are_and_a_person_confirmed_it(case: Path, tmp_path: Path) -> None:
    numbers = by_name(case)
    photo, image = numbers["photo.jpg"], numbers["image.jpg"]
    released(case, photo, image, numbers["z-other.jpg"])
    told, pictures = published(case, tmp_path / "unconfirmed")
    assert "Pictures that recur" not in told
    assert not pictures
    with open_case(case, write="decide") as opened:
        decide(opened, photo, "same_picture", image, why="looked at both, in the archive of Tana Vell")
    told, pictures = published(case, tmp_path / "out")
    assert len(pictures) == 2
    assert all(f'src="{name}"' in told for name in pictures)
    assert "<polygon" in told
    assert "Tana Vell" not in told
    assert all(Image.open(tmp_path / "out" / name).getexif() == {} for name in pictures)
    assert hashlib.sha256(as_jpeg(scene(1))).hexdigest() not in told


def test_in_public_a_match_with_what_is_not_shown_is_not_there(case: Path, tmp_path: Path) -> None:
    numbers = by_name(case)
    released(case, numbers["photo.jpg"])
    with open_case(case, write="decide") as opened:
        decide(opened, numbers["photo.jpg"], "same_picture", numbers["image.jpg"], why="looked at both")
    told, pictures = published(case, tmp_path / "out")
    assert "Pictures that recur" not in told
    assert not pictures


def test_in_public_a_picture_that_nobody_called_harmless_is_withheld_and_said_to_be(case: Path, tmp_path: Path) -> None:
    numbers = by_name(case)
    released(case, numbers["photo.jpg"], numbers["image.jpg"])
    with open_case(case, write="decide") as opened:
        decide(opened, numbers["image.jpg"], "protection", "unset", why="think again")
        decide(opened, numbers["photo.jpg"], "same_picture", numbers["image.jpg"], why="looked at both")
    told, pictures = published(case, tmp_path / "out")
    assert len(pictures) == 1
    assert told.count("The picture itself is withheld") == 1
    assert "<polygon" not in told


def test_status_tells_how_many_pictures_were_not_compared(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened:
        assert not [one for one in summarise(opened).person if "compared" in one.what]
    (tmp_path / "new.jpg").write_bytes(as_jpeg(scene(5)))
    with open_case(case, write="add") as opened:
        add(opened, [tmp_path / "new.jpg"], Given())
        (waiting,) = [one for one in summarise(opened).person if "compared" in one.what]
    assert (waiting.number, waiting.what) == (1, "picture not compared with others")
    assert waiting.next.startswith("witnessmark watch matches ")


def test_a_photograph_inside_a_report_and_on_a_page_ties_both_documents(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    report = docx.Document()
    report.add_paragraph("Guards killed 40 detainees at Korrin prison, the photograph shows.")
    report.add_picture(io.BytesIO(as_jpeg(scene(1))))
    report.save(str(evidence / "report.docx"))
    photo = base64.b64encode(as_jpeg(cropped(scene(1), 0.05), 60)).decode()
    page = PAGE.format("Post").replace("</article>", f"<img src='data:image/jpeg;base64,{photo}'></article>")
    (evidence / "post.html").write_text(page, encoding="utf-8")
    assert run("new", tmp_path / "case").exit_code == 0
    with open_case(tmp_path / "case", write="add") as opened:
        add(opened, [evidence], Given())
        read_items(opened)
        look_at_pictures(opened, workers=1)
        with opened.asking() as connection:
            found = pictures_compared(connection)
            shared = shared_pictures(connection, found)
            numbers = {label.number: subject for subject, label in queries.labels(connection).items()}
    named = by_name(tmp_path / "case")
    (match,) = found.matches
    assert sorted(match.documents) == sorted([(named["report.docx"],), (named["post.html"],)])
    assert {one.of for one in shared[numbers[named["report.docx"]]]} >= {numbers[named["post.html"]]}


def test_the_command_lists_each_match_and_draws_both_pictures_on_a_page(case: Path, tmp_path: Path) -> None:
    page = tmp_path / "matches.html"
    done = run("watch", "matches", case, "--page", page)
    assert done.exit_code == 0, done.output
    assert "3 pictures compared with each other; 1 match." in done.output
    told = page.read_text(encoding="utf-8")
    assert told.count("data:image/jpeg;base64,") == 2
    assert "<polygon" in told
    assert "<script" not in told
    refused = run("watch", "matches", case, "--page", case / "matches.html")
    assert refused.exit_code != 0
    assert "inside the case" in refused.output
