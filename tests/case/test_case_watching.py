"""Watching a site in a case: every run on record, looks counted from the log, what people say undoable, and hostile scenes refused in one sentence."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from tests.watch.made_scenes import UTM, ground, write_tiff
from tests.watched_site import TRUTH, outline, ring, the_site, write_scenes

from witnessmark.case import watching_run
from witnessmark.case.case import Case, create_case, open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.disposing import dispose
from witnessmark.case.intake import Given, add
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import view_case
from witnessmark.case.watching_run import compare_scenes, say_scene
from witnessmark.case.watching_said import draw_outlines, say_bears_on, say_evidence, say_seen
from witnessmark.case.watching_sites import draw_site, site_of, sites_of
from witnessmark.case.watching_tests import probe_footprint
from witnessmark.case.weighing import is_due, weigh
from witnessmark.engines.limits import Limits
from witnessmark.errors import SceneError, UsageError
from witnessmark.model.verdict import Verdict
from witnessmark.model.watching import Acquired, CaptionSaid, Drawing, Evidence, SceneFacts, SceneSaid, State

pytest.importorskip("rasterio")

DAYS = {"I1": dt.date(2031, 1, 8), "I2": dt.date(2031, 2, 3), "I3": dt.date(2031, 2, 20)}
WHY = "looked at on the bench"


def said(number: str, **more: object) -> SceneSaid:
    return SceneSaid(site="", facts=SceneFacts(acquired=Acquired.on(DAYS[number], "catalogue")), **more)  # type: ignore[arg-type]


def drawings(*off: float, height: float | None = None) -> list[Drawing]:
    return [Drawing(footprint="store", scene="i3", ring=outline(each), height=height) for each in off]


def received(case: Case, path: Path) -> str:
    """The number of a file that is added."""
    before = len(view_case(case).items)
    add(case, [path], Given())
    return f"I{before + 1}"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a site, its three scenes, two comparisons and an outline drawn three times."""
    folder = tmp_path_factory.mktemp("watched")
    create_case(folder / "case")
    with open_case(folder / "case", write="add") as case:
        add(case, write_scenes(folder), Given())
        order = {item.item.name: item.item.number for item in view_case(case).items}
        assert order == {"before.tif": "I1", "between.tif": "I2", "after.tif": "I3"}
        draw_site(case, the_site())
        for number in DAYS:
            say_scene(case, "W1", number, said(number), why="stated")
        compare_scenes(case, "w1", ("i1", "i3"))
        draw_outlines(case, "W1", drawings(-0.6, 0.2, 0.5), why=WHY)
    return folder / "case"


@pytest.fixture
def case(watched: Path, tmp_path: Path) -> Iterator[Case]:
    root = Path(shutil.copytree(watched, tmp_path / "case"))
    with open_case(root, write="watch") as opened:
        yield opened


def test_a_comparison_is_on_record_with_its_error_its_controls_and_its_pictures(case: Case) -> None:
    site = site_of(case, "W1")
    (made,) = site.compared
    found = made.what.found
    assert found is not None
    assert found.false_alarm_rate == pytest.approx(0.01, abs=0.02)
    assert found.residual is not None
    assert found.residual < 0.5
    assert {control.name for control in found.controls} >= {"date swap", "time reversal", "gamma copy", "shift of 1 pixel"}
    yard, *comparisons = found.grounds
    assert yard.ground == "The yard"
    assert all(yard.changed > 4 * each.changed for each in comparisons)
    assert all(picture.startswith(b"\x89PNG") for picture in (found.before, found.after, found.where, found.figure))
    assert site.seq < made.seq


def test_a_rebuilt_case_has_the_same_sites_and_verifies(watched: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(watched, tmp_path / "case"))
    with open_case(root) as case:
        before = sites_of(case)
    rebuild_case(root)
    with open_case(root) as case:
        assert sites_of(case) == before
        assert not [check for check in verify_case(root) if check.verdict is Verdict.FAIL]


def test_every_test_is_a_look_counted_from_the_log_and_a_refused_one_is_none(case: Case) -> None:
    first = probe_footprint(case, "W1", "store", ("I1", "I3")).site
    again = probe_footprint(case, "W1", "store", ("I1", "I2")).site
    one, other = (each.what.test for each in again.tested)
    assert one is not None
    assert other is not None
    assert (first.looks, one.looks, other.looks, again.looks) == (1, 1, 2, 2)
    assert one.p == one.smallest_p
    assert other.p > one.p
    assert other.p_looks == min(1.0, 2 * other.p)
    say_scene(case, "W1", "I2", SceneSaid(site="", facts=SceneFacts(cloud=1.0)), why="seen")
    with pytest.raises(SceneError, match="I2 is stated to be 100% cloud"):
        probe_footprint(case, "W1", "store", ("I1", "I2"))
    after = site_of(case, "W1")
    assert after.tested[-1].what.refused is not None
    assert after.looks == 2


def test_a_look_on_an_earlier_drawing_of_the_site_still_counts_and_scenes_go_with_the_new_one(case: Case) -> None:
    probe_footprint(case, "W1", "store", ("I1", "I3"))
    with pytest.raises(UsageError, match="needs its reason"):
        draw_site(case, replace(the_site(), instead_of="W1"))
    later = draw_site(case, replace(the_site(), instead_of="W1", why="the wall was found on a plan"))
    assert (later.number, later.takes_place_of, later.looks) == ("W2", "W1", 1)
    assert [scene.number for scene in later.scenes] == ["I1", "I2", "I3"]
    made = compare_scenes(case, "W2", ("I1", "I2")).site
    assert made.compared[0].what.found is not None
    assert [bool(scene.found) for scene in made.scenes] == [True, True, True]
    assert [scene.number for scene in site_of(case, "W1").scenes] == ["I1", "I2", "I3"]


def test_what_was_seen_leaves_a_bracket_and_undoing_takes_it_back(case: Case) -> None:
    say_seen(case, "W1", " the  store ", {"I1": State.ABSENT, "I2": State.ABSENT, "I3": State.PRESENT}, why=WHY)
    (thing,) = site_of(case, "W1").watched
    assert thing.thing == "the store"
    assert thing.bracket is not None
    assert thing.bracket.sentence == "Not present on or before 2031-02-03, present on or after 2031-02-20."
    undo(case)
    (left,) = site_of(case, "W1").watched
    assert [each.scene for each in left.seen] == ["I1", "I2"]
    assert left.bracket is not None
    assert not left.bracket.found


def test_three_drawings_give_an_area_with_an_interval_and_two_give_none(case: Case) -> None:
    (footprint,) = site_of(case, "W1").footprints
    assert footprint.area is not None
    assert footprint.area.interval is not None
    low, high = footprint.area.interval
    assert low < TRUTH < high
    assert footprint.area.place_error is not None
    undo(case)
    (left,) = site_of(case, "W1").footprints
    assert left.area is not None
    assert left.area.interval is None


def test_a_rival_stays_open_until_somebody_says_what_speaks_for_or_against_it(case: Case) -> None:
    say_evidence(case, "W1", [Evidence("snow age", speaks_for=False, words="frost on all days")], why="weather records")
    answered = {each.rival.key: each for each in site_of(case, "W1").rivals}
    assert not answered["snow age"].open
    assert answered["use"].open
    with pytest.raises(UsageError, match="Did you mean 'snow age'"):
        say_evidence(case, "W1", [Evidence("snow-age", speaks_for=True, words="x")], why=WHY)


def test_all_that_follow_each_other_are_compared_in_order_of_time(case: Case) -> None:
    ran = compare_scenes(case, "W1", ())
    numbers = {scene.item: scene.number for scene in ran.site.scenes}
    made = [each for each in ran.site.compared if each.seq in ran.entries]
    assert [(numbers[each.what.before], numbers[each.what.after]) for each in made] == [("I1", "I2"), ("I2", "I3")]
    assert len(ran.site.compared) == 3


def test_watching_leaves_what_was_weighed_as_it_was(case: Case) -> None:
    weigh(case)
    compare_scenes(case, "W1", ("I1", "I2"))
    with case.asking() as connection:
        assert not is_due(connection)


def test_facts_said_later_complete_those_said_before_and_what_nobody_said_is_missing(case: Case) -> None:
    say_scene(case, "W1", "I1", SceneSaid(site="", facts=SceneFacts(provider="Tolvar Imaging"), rights="a letter"), why="stated")
    scene = site_of(case, "W1").scenes[0]
    assert scene.facts.acquired == Acquired.on(DAYS["I1"], "catalogue")
    assert scene.facts.provider == "Tolvar Imaging"
    assert scene.facts.ground_sampling_distance == pytest.approx(30)
    assert "sun elevation" in scene.facts.missing
    assert scene.said.rights == "a letter"


def test_a_caption_that_the_scene_does_not_bear_out_is_told(case: Case) -> None:
    caption = CaptionSaid("The yard on 27 February 2031", latitude=33.0, longitude=37.0)
    say_scene(case, "W1", "I3", SceneSaid(site="", caption=caption), why="as it was handed out")
    found = site_of(case, "W1").scenes[-1].found
    assert found is not None
    place, time = found.contradictions
    assert "lie outside I3" in place
    assert "dated 2031-02-27, but I3 was taken on 2031-02-20" in time


def test_disposing_of_a_scene_takes_its_readings_and_comparisons_with_it(case: Case) -> None:
    dispose(case, ["I1"], why="asked for", authority="the owner")
    site = site_of(case, "W1")
    assert [scene.number for scene in site.scenes] == ["I2", "I3"]
    assert not site.compared


def test_a_site_bears_on_claims_that_the_case_holds_and_on_no_others(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="C9 is no claim"):
        say_bears_on(case, "W1", ["C9"], why=WHY)
    with pytest.raises(UsageError, match="cannot be 'somewhere'"):
        decide(case, "W1", "coordinates", "somewhere", why=WHY)
    decide(case, "W1", "release", "released", why=WHY)
    assert site_of(case, "W1").released


def test_one_scene_compared_with_itself_and_a_site_with_one_scene_are_refused(case: Case) -> None:
    with pytest.raises(UsageError, match="I1 is one scene"):
        compare_scenes(case, "W1", ("I1", "I1"))
    draw_site(case, replace(the_site(), name="Elsewhere"))
    with pytest.raises(UsageError, match="W2 has 0 scenes"):
        compare_scenes(case, "W2", ())


def test_scenes_of_other_bands_are_refused_and_the_refusal_is_on_record(case: Case, tmp_path: Path) -> None:
    grey = received(case, write_tiff(tmp_path / "grey.tif", ground(3, side=160, bands=1).astype(np.float32)))
    say_scene(case, "W1", grey, SceneSaid(site=""), why="stated")
    with pytest.raises(SceneError, match="I1 has 4 bands, I4 has 1"):
        compare_scenes(case, "W1", ("I1", grey))
    last = site_of(case, "W1").compared[-1].what
    assert last.found is None
    assert last.refused is not None
    assert last.refused.startswith("I1 has 4 bands")


def test_scenes_whose_fit_cannot_be_measured_are_compared_on_the_word_of_their_georeferences_and_that_is_told(
    case: Case, tmp_path: Path
) -> None:
    other = received(case, write_tiff(tmp_path / "other.tif", ground(77, side=160).astype(np.float32)))
    say_scene(case, "W1", other, SceneSaid(site=""), why="stated")
    found = compare_scenes(case, "W1", ("I1", other)).site.compared[-1].what.found
    assert found is not None
    assert found.residual is None
    assert any("could not be measured" in problem for problem in found.problems)


def enormous_png(path: Path) -> Path:
    """48 kB that claim 400 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes(2501 * 20_000), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def test_a_bad_scene_is_refused_in_one_sentence_and_stands_as_a_failure_of_its_item(case: Case, tmp_path: Path) -> None:
    bare = received(case, write_tiff(tmp_path / "bare.tif", ground(3, side=160).astype(np.float32), None))
    bomb = received(case, enormous_png(tmp_path / "bomb.png"))
    elsewhere = replace(UTM, crs="EPSG:32640")
    far = received(case, write_tiff(tmp_path / "far.tif", ground(3, side=160).astype(np.float32), elsewhere))
    for number, reason in (
        (bare, "has no georeference: where it lies is not known. Set control points by hand."),
        (bomb, "claims to hold more pixels than are decoded|claims 20,000 x 20,000 pixels"),
        (far, "does not show the site: the middle of one lies 1,"),
    ):
        with pytest.raises(SceneError, match=reason):
            say_scene(case, "W1", number, SceneSaid(site=""), why="stated")
        held = next(each for each in view_case(case).items if each.item.number == number)
        assert [failure.stage for failure in held.failures] == ["watch@1"]
        assert held.failures[0].reason.startswith(number)
    assert [scene.number for scene in site_of(case, "W1").scenes if scene.found] == ["I1", "I2", "I3"]


def test_a_child_that_is_stopped_is_a_failure_with_its_reason(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching_run, "LIMITS", Limits(wall_seconds=0.01))
    with pytest.raises(SceneError, match=r"took more than 0\.01 s and was stopped"):
        say_scene(case, "W1", "I1", SceneSaid(site=""), why="again")
    held = next(each for each in view_case(case).items if each.item.number == "I1")
    assert "was stopped" in held.failures[0].reason


def test_a_scene_that_names_an_address_makes_nothing_phone_there(case: Case, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/scene.tif"
        path = tmp_path / "scene.tif"
        source = f"<SimpleSource><SourceFilename>/vsicurl/{address}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>"
        vrt = f'<VRTDataset rasterXSize="64" rasterYSize="64"><VRTRasterBand dataType="Byte" band="1">{source}</VRTRasterBand></VRTDataset>'
        path.write_bytes(b"II*\0" + vrt.encode())
        number = received(case, path)
        with pytest.raises(SceneError):
            say_scene(case, "W1", number, SceneSaid(site=""), why="stated")
        with pytest.raises(TimeoutError):
            canary.accept()


def test_an_item_that_is_no_picture_and_a_scene_of_another_site_are_refused(case: Case, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A note.", encoding="utf-8")
    note = received(case, tmp_path / "note.txt")
    with pytest.raises(UsageError, match="is text/plain"):
        say_scene(case, "W1", note, SceneSaid(site=""), why="stated")
    draw_site(case, replace(the_site(), name="Elsewhere", ring=ring(10, 10, 40, 40)))
    with pytest.raises(UsageError, match="I1 is a scene of W1 already"):
        say_scene(case, "W2", "I1", SceneSaid(site=""), why="stated")
