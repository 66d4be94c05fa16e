"""Verification sheets in a case: written, replaced, checked by another key, taken back, rebuilt, masked and disposed of like all that people decide."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.disposing import dispose
from witnessmark.case.erasing import erase
from witnessmark.case.intake import Given
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import build
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.sealing import seal
from witnessmark.case.sheets import check_line, sheet_of, sheets_of, write_line
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import view_case
from witnessmark.case.waiting import waits_to_be_weighed
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.sheet import Asked, Basis, CheckVerdict, Moments, Placed, Seen, Shows, Timed
from witnessmark.model.sheet_words import summary
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import AsOf

PLACE = Placed(Shows.SUBJECT, 47.2861, -31.9418, 40)
BETTER = Placed(Shows.SUBJECT, 47.2863, -31.9421, 15)


def day(number: int) -> Moments:
    return Moments(dt.datetime(2031, 3, number, tzinfo=dt.UTC), dt.datetime(2031, 3, number + 1, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "evidence").mkdir()
    (folder / "evidence" / "one.txt").write_text("A photograph of the mill at Kessan.\n")
    (folder / "evidence" / "two.txt").write_text("A second photograph, said Dara Ilin.\n")
    build(folder / "evidence", folder / "case", Given())
    return folder / "case"


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "case"))


def run(*words: object) -> Result:
    return CliRunner().invoke(verbs, [str(word) for word in words])


def test_a_sheet_is_what_was_written_in_the_order_it_was(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", Seen(None, None, "three searches"))
        write_line(case, "I1", PLACE)
        write_line(case, "I2", Asked("the operator", "2031-03-09"))
        first, second = sheets_of(case)
    assert [type(line.body) for line in first.lines] == [Seen, Placed]
    assert [line.body for line in second.lines] == [Asked("the operator", "2031-03-09")]


def test_a_later_line_takes_the_place_of_an_earlier_one_with_a_reason_and_both_stay(root: Path) -> None:
    with open_case(root, write="watch") as case:
        one = write_line(case, "I1", PLACE)
        with pytest.raises(UsageError, match="Why"):
            write_line(case, "I1", BETTER, instead_of=one.id)
        other = write_line(case, "I1", BETTER, instead_of=one.id, why="a newer map")
        sheet = sheet_of(case, "I1")
        assert [line.replaced_by for line in sheet.lines] == [other.id, None]
        assert [line.body for line in sheet.standing(Placed)] == [BETTER]
        with pytest.raises(UsageError, match="replaced"):
            write_line(case, "I1", PLACE, instead_of=one.id, why="again")
        undo(case)
        assert [line.body for line in sheet_of(case, "I1").standing(Placed)] == [PLACE]


def test_positions_that_differ_stand_side_by_side_with_their_distance(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", PLACE)
        write_line(case, "I1", BETTER)
        sheet = sheet_of(case, "I1")
    assert len(sheet.standing(Placed)) == 2
    assert sheet.distance == pytest.approx(31.8, abs=0.5)


def test_a_line_takes_the_place_of_none_of_another_kind_or_item(root: Path) -> None:
    with open_case(root, write="watch") as case:
        one = write_line(case, "I1", PLACE)
        with pytest.raises(UsageError, match="something else"):
            write_line(case, "I1", Seen(None, None, "searched"), instead_of=one.id, why="mistaken")
        with pytest.raises(UsageError, match="not on the sheet of I2"):
            write_line(case, "I2", BETTER, instead_of=one.id, why="mistaken")


def test_nobody_checks_their_own_line(root: Path) -> None:
    with open_case(root, write="watch", member="ann") as case:
        one = write_line(case, "I1", PLACE)
        with pytest.raises(UsageError, match="second person"):
            check_line(case, "I1", one.id, CheckVerdict.AGREES, why="looked again")
    with open_case(root, write="watch", member="bob") as case:
        line = check_line(case, "I1", one.id, CheckVerdict.AGREES, why="placed it again from the picture")
        assert [(check.verdict, check.by == case.actor) for check in line.checks] == [(CheckVerdict.AGREES, True)]
        undo(case)
        assert sheet_of(case, "I1").lines[0].checks == ()


def test_checks_that_differ_stand_side_by_side(root: Path) -> None:
    with open_case(root, write="watch", member="ann") as case:
        one = write_line(case, "I1", PLACE)
    for member, verdict in (("bob", CheckVerdict.AGREES), ("cyd", CheckVerdict.DIFFERS)):
        with open_case(root, write="watch", member=member) as case:
            check_line(case, "I1", one.id, verdict, why="from the picture")
    with open_case(root) as case:
        sheet = sheet_of(case, "I1")
    assert [check.verdict for check in sheet.lines[0].checks] == [CheckVerdict.AGREES, CheckVerdict.DIFFERS]
    assert summary(sheet) == "1 line, 1 checked by a second person; on 1 of these a second person differs"


def test_the_check_of_a_line_is_not_one_of_the_line_that_takes_its_place(root: Path) -> None:
    with open_case(root, write="watch", member="ann") as case:
        one = write_line(case, "I1", PLACE)
    with open_case(root, write="watch", member="bob") as case:
        check_line(case, "I1", one.id, CheckVerdict.AGREES, why="from the picture")
    with open_case(root, write="watch", member="ann") as case:
        other = write_line(case, "I1", BETTER, instead_of=one.id, why="a newer map")
        assert other.checks == ()
        with pytest.raises(UsageError, match="replaced"):
            check_line(case, "I1", one.id, CheckVerdict.AGREES, why="from the picture")


def test_times_that_disagree_are_kept_and_said_to(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", Timed(Basis.METADATA, (day(4),), "DateTimeOriginal"))
        write_line(case, "I1", Timed(Basis.WEATHER, (day(9),), "snow"))
        sheet = sheet_of(case, "I1")
    assert [each.agree for each in sheet.compared] == [False]
    assert sheet.consistent == ()


def test_a_rebuilt_case_has_the_same_sheets(root: Path) -> None:
    with open_case(root, write="watch") as case:
        one = write_line(case, "I1", PLACE)
        write_line(case, "I1", BETTER, instead_of=one.id, why="a newer map")
        write_line(case, "I1", Timed(Basis.METADATA, (day(4),), "DateTimeOriginal"))
        before = sheets_of(case)
    rebuild_case(root)
    with open_case(root) as case:
        assert sheets_of(case) == before
    assert not [check for check in verify_case(root) if check.verdict is Verdict.FAIL]


def test_a_name_that_is_sealed_or_erased_is_covered_on_a_sheet_which_stays_readable(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", Seen("channel of Dara Ilin", None, "asked Shadow"))
        write_line(case, "I1", Timed(Basis.SHADOW, (day(4),), "measured by Shadow"))
        for name in ("Dara Ilin", "Shadow"):
            add_person(case, name)
        seal(case, "P1", (), why="asked for it")
        seal(case, "P2", (), why="asked for it")
    with open_case(root) as case:
        sealed = sheet_of(case, "I1")
    assert isinstance(sealed.lines[1].body, Timed)
    assert sealed.lines[1].body.basis is Basis.SHADOW
    assert "█" in sealed.lines[1].body.says
    assert not [word for word in ("Dara", "asked Shadow", "by Shadow") if word in str(sealed)]
    with open_case(root, write="erase") as case:
        erase(case, "P2", authority="the board", why="asked for it")
    with open_case(root) as case:
        erased = sheet_of(case, "I1")
    assert isinstance(erased.lines[1].body, Timed)
    assert (erased.lines[1].body.basis, "by Shadow" in str(erased)) == (Basis.SHADOW, False)


def test_a_sheet_goes_with_the_item_that_is_disposed_of(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I2", Seen("a channel", None, "searched"))
        dispose(case, ["I2"], why="received by mistake", authority="the board")
    with open_case(root) as case:
        assert sheets_of(case) == ()
        with pytest.raises(UsageError):
            sheet_of(case, "I2")


def test_a_line_has_nothing_weighed_again_and_the_draft_written_anew(root: Path) -> None:
    with open_case(root, write="watch") as case:
        publish_draft(case)
        write_line(case, "I1", PLACE)
        assert not waits_to_be_weighed(case)
        assert publish_draft(case).changed
        assert not publish_draft(case).changed
        undo(case)
        assert not waits_to_be_weighed(case)
        assert publish_draft(case).changed


def test_a_case_as_of_an_earlier_day_has_no_line_written_later(root: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", PLACE)
    with open_case(root) as case:
        assert len(view_case(case, AsOf("2100-01-01", known_to_us=True)).sheets) == 1
        assert view_case(case, AsOf("2001-01-01", known_to_us=True)).sheets == ()


def test_a_public_dossier_has_no_sheet_of_an_item_that_is_held_back(root: Path, tmp_path: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", Seen("channel of the harbour committee", None, "searched"))
        publish_public(case, tmp_path / "out")
    assert "harbour committee" not in (tmp_path / "out" / "index.html").read_text()
    assert "Verification sheets" not in (tmp_path / "out" / "index.html").read_text()


def test_provenance_that_leaves_the_case_does_not_tell_that_the_source_was_asked(root: Path, tmp_path: Path) -> None:
    with open_case(root, write="watch") as case:
        write_line(case, "I1", Seen(None, None, "searched"))
        write_line(case, "I1", Asked("the operator", "2031-03-09"))
        decide(case, "I1", "already_public", "yes", why="printed")
    assert run("export", root, "--to", "prov", tmp_path / "prov.json").exit_code == 0
    told = (tmp_path / "prov.json").read_text()
    assert "first_seen" in told
    assert "original_asked" not in told


@pytest.mark.parametrize("number", [float("nan"), float("inf")], ids=["nan", "inf"])
def test_a_number_that_cannot_be_written_down_is_refused(root: Path, number: float) -> None:
    with open_case(root, write="watch") as case:
        with pytest.raises(UsageError, match="nan or inf"):
            write_line(case, "I1", Placed(Shows.SUBJECT, 47.0, 8.0, number))
        assert sheets_of(case) == ()


# At the command line


def test_the_parts_write_and_show_a_sheet(root: Path) -> None:
    assert run("watch", "seen", root, "I1", "--none", "--means", "three searches", "--as", "ann").exit_code == 0
    place = run(
        "watch", "place", root, "I1", "--at", "47.2861,-31.9418", "--within", "40", "--point", "4,5=47.2863,-31.9421 a gate", "--as", "ann"
    )
    assert "by 1 pair of points, within 40 m as stated" in place.output
    assert run("watch", "checked", root, "I1", "2", "--verdict", "agrees", "--why", "again", "--as", "ann").exit_code != 0
    assert run("watch", "checked", root, "I1", "2", "--verdict", "agrees", "--why", "again", "--as", "bob").exit_code == 0
    shown = run("watch", "sheet", root, "I1").output
    assert "searched by three searches, none found" in shown
    assert "checked by k-" in shown
    (_, line) = json.loads(run("watch", "sheet", root, "I1", "--json").output)["lines"]
    assert line["body"]["kind"] == "placed"
    assert line["body"]["points"][0]["what"] == "a gate"


def test_on_a_terminal_what_is_missing_is_asked_for(root: Path) -> None:
    pty = pytest.importorskip("pty", reason="terminals of this kind are POSIX")
    here, there = pty.openpty()
    command = [sys.executable, "-m", "witnessmark", "watch", "seen", str(root), "I1"]
    with subprocess.Popen(command, stdin=there, stdout=there, stderr=subprocess.DEVNULL) as asking:
        os.write(here, b"channel of the harbour committee\nthree searches\n")
        assert asking.wait(timeout=60) == 0
    os.close(here)
    os.close(there)
    with open_case(root) as case:
        assert [line.body for line in sheet_of(case, "I1").lines] == [Seen("channel of the harbour committee", None, "three searches")]


def test_a_time_without_zone_is_widened_to_every_zone_and_says_so(root: Path) -> None:
    said = run("watch", "time", root, "I1", "--by", "caption", "--when", "2031-03-04", "--says", "this morning").output
    assert "2031-03-03 10:00 to 2031-03-05 12:00 UTC; no time zone stated, so every one is taken for possible" in said
    said = run("watch", "time", root, "I1", "--by", "caption", "--when", "2031-03-04", "--zone", "+02:00", "--says", "this morning").output
    assert "2031-03-03 22:00 to 2031-03-04 22:00 UTC." in said


def test_weather_without_its_source_is_refused(root: Path) -> None:
    refused = run("watch", "time", root, "I1", "--by", "weather", "--when", "2031-03-04", "--says", "snow")
    assert refused.exit_code != 0
    assert "--source" in refused.output


def test_what_is_missing_is_named_where_nobody_can_be_asked(root: Path) -> None:
    refused = run("watch", "place", root, "I1")
    assert refused.exit_code != 0
    assert "Add --at" in refused.output


SHADOW = ("--azimuth", "20", "--azimuth-error", "3", "--first", "2031-03-01", "--last", "2031-03-10")


def test_a_shadow_is_held_against_captions_without_a_case(tmp_path: Path) -> None:
    told = run(
        "watch",
        "shadows",
        *SHADOW,
        "--at",
        "47.29,-31.94",
        "--within",
        "500",
        "--claimed",
        "2031-03-04T15:30Z",
        "--claimed",
        "2031-03-04T10:00Z",
    )
    assert told.exit_code == 0
    assert "2031-03-04T10:00Z: does not fit" in told.output
    assert "2031-03-04T15:30Z: fits" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_shadow_is_kept_on_a_sheet_with_the_place_that_stands_on_it(root: Path) -> None:
    assert "No place" in run("watch", "shadows", root, "I1", *SHADOW).output
    run("watch", "place", root, "I1", "--at", "47.29,-31.94", "--within", "500")
    kept = json.loads(run("watch", "shadows", root, "I1", *SHADOW, "--json").output)
    assert kept["kept"]["body"]["shadow"]["within"] == 500
    assert len(kept["kept"]["body"]["moments"]) == 10


def test_a_shadow_measured_without_an_error_is_refused() -> None:
    told = run("watch", "shadows", "--azimuth", "20", "--at", "47,8", "--within", "50", "--first", "2031-03-01", "--last", "2031-03-02")
    assert told.exit_code != 0
    assert "--azimuth-error" in told.output


def test_a_shadow_in_a_frame_seen_from_above_is_measured_by_its_points() -> None:
    points = ("--foot", "100,100", "--tip", "150,20", "--reference", "50,900", "50,100", "0", "1")
    told = json.loads(
        run("watch", "shadows", *points, "--at", "47,8", "--within", "50", "--first", "2031-03-01", "--last", "2031-03-02", "--json").output
    )
    assert told["read"]["measured"]["azimuth"][0] == pytest.approx(32.0, abs=0.1)
    assert told["kept"] is None
