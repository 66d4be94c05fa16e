"""A dated image of a site: its pixels, where they lie, what is known of it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError
from witnessmark.model.watching import ControlPoint, SceneFacts
from witnessmark.watch.control_points import fit_control_points, read_control_points
from witnessmark.watch.facts import combine
from witnessmark.watch.georeference import Georeference
from witnessmark.watch.needed import require_imagery

NO_GEOREFERENCE = "{name} has no georeference: where it lies is not known. Set control points by hand."


class Scene(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One scene.

    `pixels` is `(bands, rows, columns)` in the numbers of the file, `valid` is `(rows, columns)` and False where there is no data. `bands` names the bands and
    `wavelengths` are their middles in micrometres, None where the file does not say. `problems` are sentences for the reader.
    """

    name: str
    pixels: NDArray[np.float32]
    valid: NDArray[np.bool_]
    bands: tuple[str, ...]
    wavelengths: tuple[float, ...] | None = None
    georeference: Georeference | None = None
    facts: SceneFacts = SceneFacts()
    problems: tuple[str, ...] = ()

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        control_points: Path | str | tuple[ControlPoint, ...] | None = None,
        facts: SceneFacts | None = None,
        name: str | None = None,
    ) -> Scene:
        """The scene in a file: raw bands with an ENVI header beside them, GeoTIFF, PNG or JPEG.

        Args:
            path: of the scene. No other file is opened, but an ENVI header.
            control_points: points set by hand, or a CSV file of them; they take the place of the file's own georeference.
            facts: what a person states of the scene; completed by what the file says, and each disagreement is a problem.
            name: what the scene is called in every sentence; the file's own name if not given.

        Raises:
            SceneError: the file is none of these, is damaged, or holds more than is decoded.
            UsageError: the control points give no georeference.
            MissingPartError: the libraries for imagery are not installed.
        """
        require_imagery()
        from witnessmark.watch.opening import read_scene

        scene = read_scene(Path(path), name)
        if control_points is not None:
            points = control_points if isinstance(control_points, tuple) else read_control_points(control_points)
            scene = _referenced(scene, fit_control_points(points))
        if scene.georeference is None:
            scene = scene.with_problems(NO_GEOREFERENCE.format(name=scene.name))
        return _stated(scene, facts or SceneFacts())

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.valid.shape
        return rows, columns

    def with_problems(self, *problems: str) -> Scene:
        """The same scene with more said of it."""
        return msgspec.structs.replace(self, problems=self.problems + problems)

    def without(self, covered: NDArray[np.bool_]) -> Scene:
        """The same scene with pixels left out, such as cloud, its shadow, or snow: a mask of `shape`, True where they are to be left out.

        Raises:
            SceneError: the mask has another shape.
        """
        if covered.shape != self.valid.shape:
            raise SceneError(f"The mask for {self.name} has {covered.shape} rows and columns; the scene has {self.valid.shape}.")
        return msgspec.structs.replace(self, valid=self.valid & ~covered)


def _referenced(scene: Scene, georeference: Georeference) -> Scene:
    error = georeference.error
    told = (
        "fit exactly, so that their error is not known; set more"
        if error is None
        else f"leave an error of {error:.2f} pixels at a new point"
    )
    return msgspec.structs.replace(scene, georeference=georeference).with_problems(f"{scene.name}: control points set by hand {told}.")


def _stated(scene: Scene, stated: SceneFacts) -> Scene:
    read = scene.facts
    if scene.georeference is not None:
        read = msgspec.structs.replace(read, ground_sampling_distance=scene.georeference.sampling_distance())
    facts, disagreements = combine(stated, read)
    return msgspec.structs.replace(scene, facts=facts).with_problems(*disagreements)
