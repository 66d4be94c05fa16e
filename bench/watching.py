"""How well change is found, scenes are laid over each other and footprints are judged.

    .venv/bin/python bench/watching.py LANDSAT [--tiles TILES]

LANDSAT is a folder with two scenes as raw bands with ENVI headers, change.bmp and unchanged.bmp (white where a person marked change, or none). TILES is a folder of pairs of pictures, A and B,
of one ground at building scale. Prints F1 at the default rule, false alarms held out over several spatial splits, errors of registration for known shifts and rotations (of one scene, of the cross-date pair,
of pieces of it, and of the tiles), type-I error and power of the footprint test, coverage of the area interval, and the error of the sun's position on NREL's published case.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import stats
from scipy.ndimage import affine_transform

from witnessmark.watch import Change, Scene, compare
from witnessmark.watch.outlines import Seen, measure_area
from witnessmark.watch.placebo import footprint_statistic, placebo_test, placebos_in_space
from witnessmark.watch.registration import Registration, register
from witnessmark.watch.sun import Air, Place, sun_at
from witnessmark.watch.warping import Motion, middle_of

Mask = NDArray[np.bool_]
ALPHAS = (0.01, 0.05)
PIECES = 40
FOOTPRINTS = 400
REDRAWS = 2000
PLOTS = (5, 5)
"""Rows and columns of a test footprint: 150 m on Landsat."""


def main() -> None:
    """Run the bench as the command line says."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("landsat", type=Path)
    options.add_argument("--tiles", type=Path)
    given = options.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    before, after = (Scene.open(header.with_suffix("")) for header in sorted(given.landsat.glob("*.HDR")))
    changed, unchanged = (np.asarray(Image.open(given.landsat / f"{name}.bmp").convert("L")) > 127 for name in ("change", "unchanged"))
    change = change_figures(before, after, changed, unchanged)
    registration_figures(before, after)
    if given.tiles:
        tile_figures(given.tiles)
    footprint_figures(change, changed, unchanged)
    area_figures()
    sun_figures()


def change_figures(before: Scene, after: Scene, changed: Mask, unchanged: Mask) -> Change:
    """F1 and false alarms, with nothing marked and with one side of a split marked as stable and the other counted."""
    began = time.process_time()
    first = compare(before, after)
    print(
        f"compare: {time.process_time() - began:.1f} CPU-s for {len(before.pixels)} bands of {before.shape[1]} x {before.shape[0]}; residual {first.residual:.2f} px"
    )
    for alpha in ALPHAS:
        change = first if alpha == first.alpha else compare(before, after, None, alpha)
        print(
            f"nothing marked, alpha {alpha:.0%}: F1 {f1(change.mask, changed, unchanged):.3f}, false alarms {change.mask[unchanged].mean():.2%} of marked unchanged ground, told {change.false_alarm_rate:.2%}"
        )
    for alpha in ALPHAS:
        ratios, scores = [], []
        for side in splits(before.shape):
            change = compare(before, after, unchanged & side, alpha)
            ratios.append(float(change.mask[unchanged & ~side].mean()) / alpha)
            scores.append(f1(change.mask, changed, unchanged & ~side))
        print(
            f"half of unchanged ground marked, alpha {alpha:.0%}: false alarms on the other half {told(ratios)} times nominal; F1 {told(scores, 3)} over {len(ratios)} splits"
        )
    return first


def splits(shape: tuple[int, int]) -> Iterator[Mask]:
    """Halves, and chessboards of several sizes, each with either side marked."""
    rows, columns = np.indices(shape)
    halves = [columns < shape[1] // 2, rows < shape[0] // 2, *((rows // side + columns // side) % 2 == 0 for side in (40, 80, 100, 133))]
    for half in halves:
        yield half
        yield ~half


def f1(mask: Mask, changed: Mask, unchanged: Mask) -> float:
    """Of the pixels that a person marked as changed or unchanged."""
    hits = int((mask & changed).sum())
    return 2 * hits / (hits + int((mask & unchanged).sum()) + int(changed.sum()))


def registration_figures(before: Scene, after: Scene) -> None:
    """Known motions: of the same scene, and of the other date, where the two scenes' own offset from each other is part of the error."""
    rng = np.random.default_rng(1)
    motions = [Motion(tuple(rng.uniform(-12, 12, 2).tolist()), float(rng.uniform(-15, 15))) for _ in range(10)]
    own = errors(before.pixels, before.pixels, motions)
    print(f"known shift and rotation, same scene: largest error in the scene {told(own, 3)} px, {len(own)} of {len(motions)} accepted")
    cross = errors(before.pixels, after.pixels, motions)
    print(f"known shift and rotation, other date: {told(cross, 3)} px, {len(cross)} of {len(motions)} accepted")
    accepted = []
    for _ in range(PIECES):
        side = int(rng.choice([128, 160, 200, 256]))
        top, left = (int(rng.integers(0, length - side)) for length in before.shape)
        piece = np.s_[:, top : top + side, left : left + side]
        accepted += errors(
            before.pixels[piece], after.pixels[piece], [Motion(tuple(rng.uniform(-8, 8, 2).tolist()), float(rng.uniform(-5, 5)))]
        )
    within = sum(error < 2 for error in accepted) / max(len(accepted), 1)
    print(f"pieces of the cross-date pair: {len(accepted)} of {PIECES} accepted, {within:.0%} of them within 2 px; {told(accepted)} px")


def tile_figures(folder: Path) -> None:
    """Pairs at building scale, moved by a known motion."""
    rng, accepted, count = np.random.default_rng(2), [], 0
    for path in sorted((folder / "A").glob("*.png")):
        if not (folder / "B" / path.name).is_file():
            continue
        one, other = Scene.open(path).pixels, Scene.open(folder / "B" / path.name).pixels
        rows, columns = np.minimum(one.shape[1:], other.shape[1:])
        motion = Motion(tuple(rng.uniform(-8, 8, 2).tolist()), float(rng.uniform(-3, 3)))
        accepted += errors(one[:, :rows, :columns], other[:, :rows, :columns], [motion])
        count += 1
    print(
        f"tiles at building scale: {len(accepted)} of {count} accepted"
        + (f", {sum(error < 2 for error in accepted)} within 2 px" if accepted else "")
    )


def errors(before: NDArray[np.float32], after: NDArray[np.float32], motions: list[Motion]) -> list[float]:
    """The largest error within the scene, in pixels, of each registration that was not refused."""
    seen = np.ones(before.shape[1:], dtype=bool)
    found = [(register(before, moved(after, motion), seen, seen), motion) for motion in motions]
    return [error_of(registration, motion, before.shape[1:]) for registration, motion in found if registration.refused is None]


def moved(pixels: NDArray[np.float32], motion: Motion) -> NDArray[np.float32]:
    """The scene as a sensor off by `motion` would take it, by splines of order 5."""
    matrix, middle = motion.matrix(), middle_of((pixels.shape[1], pixels.shape[2]))
    offset = middle - matrix.T @ (middle + np.array(motion.shift))
    return np.stack([affine_transform(band.astype(np.float64), matrix.T, offset, order=5, mode="reflect") for band in pixels]).astype(
        np.float32
    )


def error_of(found: Registration, truth: Motion, shape: tuple[int, ...]) -> float:
    """At the worst of 25 places, a tenth of the side away from the border."""
    rows, columns = (np.linspace(0.1 * length, 0.9 * length, 5) for length in shape)
    places = np.stack(np.meshgrid(rows, columns, indexing="ij"), -1).reshape(-1, 2)
    size = shape[0], shape[1]
    return float(np.hypot(*(found.motion.places(places, size) - truth.places(places, size)).T).max())


def footprint_figures(change: Change, changed: Mask, unchanged: Mask) -> None:
    """The test on footprints of marked unchanged ground drawn at random, and on footprints that a person marked as wholly changed."""
    rng = np.random.default_rng(4)
    still, altered = (plots(mask, rng) for mask in (unchanged, changed))
    p_still = [test(change, plot, unchanged) for plot in still]
    called = sum(p <= 0.05 for p in p_still)
    low, high = stats.binom.interval(0.95, len(p_still), 0.05)
    print(
        f"footprint test, unchanged: {called} of {len(p_still)} at p <= .05 ({called / len(p_still):.1%}); binomial interval {low:.0f} to {high:.0f}"
    )
    p_altered = [test(change, plot, unchanged) for plot in altered]
    if p_altered:
        print(f"footprint test, changed: power {sum(p <= 0.05 for p in p_altered) / len(p_altered):.1%} of {len(p_altered)} at p <= .05")


def plots(mask: Mask, rng: np.random.Generator) -> list[Mask]:
    """Footprints that lie wholly within a mask."""
    rows, columns = PLOTS
    fits = [
        (top, left)
        for top in range(mask.shape[0] - rows)
        for left in range(mask.shape[1] - columns)
        if mask[top : top + rows, left : left + columns].all()
    ]
    chosen: list[int] = rng.permutation(len(fits))[:FOOTPRINTS].tolist()
    found = []
    for place in chosen:
        top, left = fits[place]
        plot = np.zeros_like(mask)
        plot[top : top + rows, left : left + columns] = True
        found.append(plot)
    return found


def test(change: Change, footprint: Mask, ground: Mask) -> float:
    """The p of one footprint."""
    return placebo_test(footprint_statistic(change.statistic, footprint), placebos_in_space(change.statistic, footprint, ground)).p


def area_figures() -> None:
    """How often the interval of an area holds the truth: edges off by up to half a pixel for everybody, corners redrawn with an error of their own."""
    rng = np.random.default_rng(7)
    corners = np.array(((10.0, 10.0), (40.0, 14.0), (38.0, 32.0), (24.0, 30.0), (23.0, 38.0), (8.0, 36.0)))
    true = shoelace(corners) / 4
    for drawings in (3, 5, 8):
        held, widths = 0, []
        for _ in range(REDRAWS):
            shown = as_shown(corners, rng)
            area = measure_area(
                [(shown + rng.normal(scale=0.6, size=shown.shape)).tolist() for _ in range(drawings)], Seen(sampling_distance=0.5)
            )
            low, high = area.interval or (0.0, 0.0)
            held += low <= true <= high
            widths.append((high - low) / true)
        print(
            f"area drawn {drawings} times: interval holds the truth in {held / REDRAWS:.1%} of {REDRAWS} redraws; median width {statistics.median(widths):.0%} of the area"
        )


def as_shown(corners: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """The outline with each edge moved by up to half a pixel."""
    edges = np.roll(corners, -1, axis=0) - corners
    outward = np.column_stack([edges[:, 1], -edges[:, 0]]) / np.hypot(*edges.T)[:, None]
    level = (outward * corners).sum(axis=1) + rng.uniform(-0.5, 0.5, len(corners))
    matrices = np.stack([np.roll(outward, 1, axis=0), outward], axis=1)
    shown: NDArray[np.float64] = np.linalg.solve(matrices, np.column_stack([np.roll(level, 1), level])[..., None])[..., 0]
    return shown


def shoelace(corners: NDArray[np.float64]) -> float:
    """The area of a polygon."""
    x, y = corners.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def sun_figures() -> None:
    """NREL's published case: zenith 50.11162, azimuth 194.34024."""
    moment = dt.datetime(2003, 10, 17, 12, 30, 30, tzinfo=dt.timezone(dt.timedelta(hours=-7)))
    sun = sun_at([moment], Place(39.742476, -105.1786, 1830.14), Air(82_000, 11), delta_t=67)
    print(
        f"sun, NREL's case: zenith off by {abs(90 - sun.elevation[0] - 50.11162):.1e}, azimuth by {abs(sun.azimuth[0] - 194.34024):.1e} degrees"
    )


def told(values: list[float], digits: int = 2) -> str:
    """Median and range."""
    return f"median {statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})" if values else "none"


if __name__ == "__main__":
    main()
