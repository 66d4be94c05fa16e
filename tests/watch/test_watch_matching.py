"""Matching pictures: hashes that agree with the published ones, a search that misses nothing, keypoints that lie as in the other picture, and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from tests.pictures_of_nowhere import as_jpeg, cropped, scene, with_banner

from witnessmark.model.matching import Looks, MatchStage
from witnessmark.watch.media.geometry import placement
from witnessmark.watch.media.hamming import HashIndex, distances
from witnessmark.watch.media.keypoints import LONG_SIDE, Keypoints, keypoints_of
from witnessmark.watch.media.looking import look_of
from witnessmark.watch.media.matching import LEAST_COVERED, is_comparable, matches_among
from witnessmark.watch.media.perceptual import hashes_of

pytest.importorskip("cv2")

PUBLISHED, PUBLISHED_QUALITY = "01fffe0001fffe0001fffe0001fffe0001fffe0201a701fffe0001fffe0001ff", 100

VARIANTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "re-encoded": lambda picture: picture,
    "half size": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "5 % off each edge": lambda picture: cropped(picture, 0.05),
    "25 % off each edge": lambda picture: cropped(picture, 0.25),
    "banner": with_banner,
    "3 degrees": lambda picture: picture.rotate(3),
    "upside down": lambda picture: picture.rotate(180),
    "mirror": lambda picture: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "cropped mirror": lambda picture: cropped(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), 0.15),
}


def grey(picture: Image.Image, long_side: int = 512) -> npt.NDArray[np.uint8]:
    small = picture.convert("L")
    small.thumbnail((long_side, long_side))
    return np.asarray(small)


def looks(item: str, picture: Image.Image) -> Looks:
    with Image.open(io.BytesIO(as_jpeg(picture, 70))) as stored:
        return Looks(item, (look_of(grey(stored), grey(stored, LONG_SIDE), size=stored.size),), "")


@pytest.fixture(scope="module")
def scenes() -> list[Looks]:
    """Ten pictures that have nothing in common."""
    return [looks(f"scene {number}", scene(number)) for number in range(10)]


def test_a_hash_is_the_one_that_the_published_program_gives() -> None:
    """Values of pdqhash 0.2.8 on the same grey values."""
    across, down = np.meshgrid(np.arange(512), np.arange(384))
    waves = (127 + 60 * np.sin(across / 17) * np.cos(down / 23) + 40 * np.sin((across + 2 * down) / 41)).astype(np.uint8)
    made = hashes_of(waves)
    assert made.fine.hex() == PUBLISHED
    assert made.quality == PUBLISHED_QUALITY


def test_the_mirrored_hash_is_the_hash_of_the_mirror_image() -> None:
    picture = grey(scene(3))
    made, turned = hashes_of(picture), hashes_of(picture[:, ::-1])
    assert (made.fine_mirrored, made.coarse_mirrored) == (turned.fine, turned.coarse)


@pytest.mark.parametrize(("width", "radius"), [(32, 47), (8, 11)], ids=["256 bits", "64 bits"])
def test_a_search_finds_every_hash_within_the_radius_and_no_other(width: int, radius: int) -> None:
    numbers = np.random.default_rng(7)
    wanted = numbers.integers(0, 256, width, dtype=np.uint8)
    hashes = numbers.integers(0, 256, (3000, width), dtype=np.uint8)
    for row in range(400):
        flipped = np.zeros(width * 8, dtype=np.uint8)
        flipped[numbers.permutation(width * 8)[: row % (2 * radius)]] = 1
        hashes[row] = wanted ^ np.packbits(flipped)
    rows, differing = HashIndex(hashes).near(wanted, radius)
    far = distances(wanted, hashes)
    assert rows.tolist() == np.flatnonzero(far <= radius).tolist()
    assert differing.tolist() == far[rows].tolist()


def test_a_search_in_nothing_finds_nothing() -> None:
    assert HashIndex(np.zeros((0, 32), dtype=np.uint8)).near(np.zeros(32, dtype=np.uint8), 47)[0].tolist() == []


def test_keypoints_are_the_same_once_packed_and_unpacked() -> None:
    found = keypoints_of(grey(scene(1), LONG_SIDE))
    again = Keypoints.unpacked(found.packed(), found.size)
    assert len(again) == len(found) > 100
    assert np.array_equal(again.bits, found.bits)
    assert np.abs(again.places - found.places).max() <= 1 / 32
    with pytest.raises(ValueError, match="no whole number"):
        Keypoints.unpacked(found.packed()[:-1], found.size)


def test_mirrored_keypoints_are_those_of_the_mirror_image() -> None:
    picture = grey(scene(2), LONG_SIDE)
    mirrored = keypoints_of(picture).mirrored()
    placed = placement(mirrored, keypoints_of(np.ascontiguousarray(picture[:, ::-1])))
    assert placed is not None
    assert placed.inliers > 100
    assert placed.matrix[0] == pytest.approx((1, 0, 0), abs=0.5)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_picture_printed_otherwise_is_found_and_no_other_with_it(name: str, scenes: list[Looks]) -> None:
    found = matches_among([*scenes, looks("printed", VARIANTS[name](scene(4)))])
    assert [(one.one, one.other) for one in found] == [("printed", "scene 4")]
    assert found[0].mirrored == ("mirror" in name)


def on_dark(number: int) -> Image.Image:
    """A small bright thing on a dark ground, as a galaxy: all that is in the picture spans a fiftieth of it."""
    picture = Image.new("RGB", (640, 480), (9, 9, 12))
    picture.paste(scene(number, (160, 120)), (240, 180))
    return picture


def test_a_small_thing_on_a_dark_ground_is_found_again_and_taken_for_no_other() -> None:
    found = matches_among([looks("one", on_dark(21)), looks("other", on_dark(22)), looks("cut", cropped(on_dark(21), 0.08))])
    assert [{match.one, match.other} for match in found] == [{"one", "cut"}]
    assert found[0].covers is not None
    assert max(found[0].covers) < LEAST_COVERED


def test_a_match_says_how_one_picture_lies_in_the_other(scenes: list[Looks]) -> None:
    (match,) = matches_among([scenes[5], looks("a cut", cropped(scene(5), 0.25))])
    assert match.stage is MatchStage.KEYPOINTS
    assert match.agreeing is not None
    assert match.agreeing >= 20
    assert match.scale == pytest.approx(1, rel=0.02)
    assert np.array(match.outline) == pytest.approx(np.array([[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]]), abs=0.02)


def test_pictures_that_share_only_a_logo_are_no_match() -> None:
    logo = scene(99, (120, 60))
    first, second = scene(11), scene(12)
    for picture in (first, second):
        picture.paste(logo, (500, 400))
    assert matches_among([looks("a", first), looks("b", second)]) == []


def test_pictures_that_share_only_a_bar_of_words_are_no_match() -> None:
    bar = scene(98, (640, 40))
    first, second = scene(13), scene(14)
    for picture in (first, second):
        picture.paste(bar, (0, 440))
    assert matches_among([looks("a", first), looks("b", second)]) == []


@pytest.mark.parametrize("shade", ["white", "black"])
def test_a_blank_page_is_too_plain_to_be_compared(shade: str) -> None:
    blank = looks("a", Image.new("RGB", (640, 480), shade))
    assert not is_comparable(blank.looks[0])
    assert matches_among([blank, looks("b", Image.new("RGB", (640, 480), shade))]) == []


def test_two_frames_of_one_film_do_not_match_each_other(scenes: list[Looks]) -> None:
    film = Looks("film", (scenes[1].looks[0], scenes[1].looks[0], scenes[2].looks[0]), "")
    assert matches_among([film]) == []
    found = matches_among([film, scenes[1]])
    assert [(one.one, one.other, one.frames) for one in found] == [("film", "scene 1", 2)]


def test_the_order_of_the_pictures_changes_nothing(scenes: list[Looks]) -> None:
    printed = [looks("x", cropped(scene(4), 0.2)), looks("y", with_banner(scene(4)))]
    assert matches_among([*scenes, *printed]) == matches_among([*reversed(printed), *reversed(scenes)])


def test_nothing_matches_nothing() -> None:
    assert matches_among([]) == []
