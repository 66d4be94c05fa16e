"""A footprint tested against itself between other dates, and raw bands whose header is an item of its own."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.watch.made_scenes import block, changed_there, ground, seen_again, write_tiff
from tests.watched_site import BLOCK, SIDE, outline, the_site

from witnessmark.case.case import Case, create_case, open_case, rebuild_case
from witnessmark.case.intake import Given, add
from witnessmark.case.viewing import view_case
from witnessmark.case.watching_run import compare_scenes, say_scene
from witnessmark.case.watching_said import draw_outlines
from witnessmark.case.watching_sites import draw_site, site_of, sites_of
from witnessmark.case.watching_tests import probe_footprint
from witnessmark.errors import SceneError, UsageError
from witnessmark.model.watching import Acquired, Drawing, SceneFacts, SceneSaid

pytest.importorskip("rasterio")

BEFORE, AFTER = 4, 3
HEADER = f"""ENVI
samples = {SIDE}
lines = {SIDE}
bands = 4
header offset = 0
file type = ENVI Standard
data type = 12
interleave = bsq
byte order = 0
map info = {{UTM, 1.000, 1.000, 300000.000, 3700000.000, 30.0, 30.0, 37, North, WGS-84, units=Meters}}
"""


def said(day: int, **more: object) -> SceneSaid:
    return SceneSaid(site="", facts=SceneFacts(acquired=Acquired.on(dt.date(2031, 1, day), "catalogue"), **more))  # type: ignore[arg-type]


def whole(pixels: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.clip(pixels * 8, 0, 60_000).astype(np.uint16)
    return found


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven scenes, one a day; between the fourth (I4) and the fifth (I5) a block changed."""
    folder = tmp_path_factory.mktemp("in-time")
    base = ground(3, side=SIDE)
    later = changed_there(base, block(SIDE, *BLOCK))
    for day in range(1, BEFORE + AFTER + 1):
        pixels = seen_again(base if day <= BEFORE else later, 20 + day, noise=0.8)
        write_tiff(folder / f"day-{day}.tif", whole(pixels))
    create_case(folder / "case")
    with open_case(folder / "case", write="add") as case:
        add(case, sorted(folder.glob("*.tif")), Given())
        draw_site(case, the_site())
        for day in range(1, BEFORE + AFTER + 1):
            say_scene(case, "W1", f"I{day}", said(day), why="stated")
        draw_outlines(case, "W1", [Drawing(footprint="store", scene="I5", ring=outline(0.2))], why="drawn")
    return folder / "case"


@pytest.fixture
def case(watched: Path, tmp_path: Path) -> Iterator[Case]:
    root = Path(shutil.copytree(watched, tmp_path / "case"))
    with open_case(root, write="watch") as opened:
        yield opened


def test_in_time_a_change_stands_out_from_pairs_of_other_dates_none_of_them_used_twice(case: Case) -> None:
    site = probe_footprint(case, "W1", "store", ("I4", "I5"), in_time=True).site
    (made,) = (each.what for each in site.tested)
    numbers = {scene.item: scene.number for scene in site.scenes}
    assert [(numbers[pair.before], numbers[pair.after]) for pair in made.pairs] == [("I2", "I3"), ("I6", "I7")]
    assert made.test is not None
    assert made.test.p == made.test.smallest_p == pytest.approx(1 / 3)
    assert made.test.observed > 2 * max(made.test.placebos)
    assert "p cannot go under 0.333" in made.test.sentence
    assert site.looks == 1
    assert len(site.only(frozenset(numbers)).tested) == 1
    assert site.only(frozenset(item for item, number in numbers.items() if number != "I2")).tested == (), "it rests on I2"


def test_in_time_nothing_stands_out_where_nothing_happened(case: Case) -> None:
    (made,) = (each.what for each in probe_footprint(case, "W1", "store", ("I1", "I2"), in_time=True).site.tested)
    assert made.test is not None
    assert made.test.observed < 2 * max(min(made.test.placebos), 0.1)


def test_a_pair_that_cannot_be_compared_is_left_out_with_its_reason(case: Case) -> None:
    say_scene(case, "W1", "I6", SceneSaid(site="", facts=SceneFacts(cloud=1.0)), why="seen")
    (made,) = (each.what for each in probe_footprint(case, "W1", "store", ("I4", "I5"), in_time=True).site.tested)
    assert made.test is not None
    assert len(made.test.placebos) == 1
    assert [pair.left_out for pair in made.pairs if pair.statistic is None] == [
        "I6 is stated to be 100% cloud: it shows nothing of the ground. Choose another date."
    ]


def test_a_test_in_time_needs_other_dates_and_the_right_order(case: Case) -> None:
    with pytest.raises(UsageError, match="I4 was not taken before I2"):
        probe_footprint(case, "W1", "store", ("I4", "I2"), in_time=True)
    with pytest.raises(UsageError, match="W1 has 1 readable scenes before I2 and 1 after I6"):
        probe_footprint(case, "W1", "store", ("I2", "I6"), in_time=True)
    assert site_of(case, "W1").tested == ()


def added(case: Case, folder: Path, **files: bytes) -> dict[str, str]:
    """Files added from one folder, by their names with _ for the full stop: their numbers."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    add(case, [folder], Given())
    return {held.item.name.rpartition("/")[2].replace(".", "_"): held.item.number for held in view_case(case).items}


def bands() -> bytes:
    return whole(seen_again(ground(3, side=SIDE), 40, noise=0.8)).tobytes()


def test_raw_bands_are_read_with_the_header_that_came_beside_them(case: Case, tmp_path: Path) -> None:
    numbers = added(case, tmp_path / "bands", scene_img=bands(), scene_hdr=HEADER.encode())
    made = say_scene(case, "W1", numbers["scene_img"], said(9), why="stated")
    found = next(scene for scene in made.scenes if scene.number == numbers["scene_img"]).found
    assert found is not None
    assert (found.rows, found.columns, len(found.bands)) == (SIDE, SIDE, 4)
    compared = compare_scenes(case, "W1", ("I4", numbers["scene_img"])).site.compared[-1].what
    assert compared.found is not None
    again = Path(shutil.copytree(case.folder.root, tmp_path / "again"))
    rebuild_case(again)
    with open_case(again) as rebuilt:
        assert sites_of(rebuilt) == sites_of(case)


def test_a_header_that_came_apart_is_named_and_stays_with_the_scene(case: Case, tmp_path: Path) -> None:
    numbers = added(case, tmp_path / "bands", raw_bin=bands())
    numbers |= added(case, tmp_path / "letter", described_hdr=HEADER.encode(), words_txt=b"The bands are in the other parcel.")
    with pytest.raises(UsageError, match="or raw bands with the ENVI header that came beside them"):
        say_scene(case, "W1", numbers["raw_bin"], said(9), why="stated")
    with pytest.raises(UsageError, match=f"{numbers['words_txt']} is no ENVI header"):
        say_scene(case, "W1", numbers["raw_bin"], SceneSaid(site="", header=numbers["words_txt"]), why="stated")
    say_scene(case, "W1", numbers["raw_bin"], SceneSaid(site="", header=numbers["described_hdr"]), why="stated")
    made = say_scene(case, "W1", numbers["raw_bin"], said(9), why="its day was found")
    assert next(scene for scene in made.scenes if scene.number == numbers["raw_bin"]).found is not None


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (HEADER.replace("bands = 4", "bands = 9"), r"I\d+ holds 204,800 bytes; its header promises"),
        (HEADER.replace(f"lines = {SIDE}", "lines = 600000"), "at most 200 million values are decoded"),
        (HEADER[: HEADER.index("map info")], "has no georeference"),
        ("ENVI\nnothing follows\n", "cannot be read as bands with an ENVI header"),
    ],
    ids=["another's", "too large", "no place", "empty"],
)
def test_bands_that_do_not_fit_their_header_are_refused_in_one_sentence(case: Case, tmp_path: Path, header: str, reason: str) -> None:
    numbers = added(case, tmp_path / "bands", scene_img=bands(), scene_hdr=header.encode())
    with pytest.raises(SceneError, match=reason):
        say_scene(case, "W1", numbers["scene_img"], said(9), why="stated")
