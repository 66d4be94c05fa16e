"""What the limited child runs for a watched site: it opens scenes, which are hostile files, reads, compares and draws them, and gives back numbers and pictures it made."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec

from witnessmark.engines.handover import handed_over
from witnessmark.errors import RegistrationError, SceneError, UsageError
from witnessmark.model.watching import ChangeFound, PlaceboTest, Ring, SceneFound, SceneSaid, Site


class SceneFile(msgspec.Struct, frozen=True):
    """A scene to open: where it is (the system's own bytes) unless it is handed over, what sentences call it, the file name it came under, and what was said of it; `header` describes raw bands."""

    path: bytes
    number: str
    name: str
    said: SceneSaid
    header: bytes = b""


class ReadJob(msgspec.Struct, frozen=True, tag="read"):
    """Read a scene of a site."""

    site: Site
    scene: SceneFile


class CompareJob(msgspec.Struct, frozen=True, tag="compare"):
    """Compare two scenes over a site."""

    site: Site
    before: SceneFile
    after: SceneFile
    alpha: float
    by_hand: bool


class TestJob(msgspec.Struct, frozen=True, tag="test"):
    """Put a footprint, drawn in these outlines, to the placebo test between two scenes."""

    site: Site
    before: SceneFile
    after: SceneFile
    by_hand: bool
    outlines: tuple[Ring, ...]
    looks: int


class StatisticJob(msgspec.Struct, frozen=True, tag="statistic"):
    """Measure a footprint between two scenes."""

    site: Site
    before: SceneFile
    after: SceneFile
    by_hand: bool
    outlines: tuple[Ring, ...]


Job = ReadJob | CompareJob | TestJob | StatisticJob


class Answer(msgspec.Struct, frozen=True):
    """What came of it, or the sentence with which it was refused; `registration` says that the scenes could not be laid over each other."""

    read: SceneFound | None = None
    change: ChangeFound | None = None
    test: PlaceboTest | None = None
    statistic: float | None = None
    refused: str | None = None
    registration: bool = False


def work(payload: bytes) -> bytes:
    """An encoded job in, an encoded Answer out."""
    job = msgspec.msgpack.decode(payload, type=Job)
    try:
        answer = _answer(job)
    except (SceneError, UsageError) as error:
        answer = Answer(refused=str(error), registration=isinstance(error, RegistrationError))
    return msgspec.msgpack.encode(answer)


def _answer(job: Job) -> Answer:
    from witnessmark.watch.observing import compare_over, open_scene, probe, read_scene_of, statistic_of

    files = [job.scene] if isinstance(job, ReadJob) else [job.before, job.after]
    scenes = [
        open_scene(_laid_out(handed_over(place) or Path(os.fsdecode(file.path)), file, place), file.number, file.said, file.name)
        for place, file in enumerate(files)
    ]
    match job:
        case ReadJob():
            return Answer(read=read_scene_of(scenes[0], job.scene.said, job.site))
        case CompareJob():
            return Answer(change=compare_over(scenes[0], scenes[1], job.site, job.alpha, by_hand=job.by_hand))
        case TestJob():
            return Answer(test=probe(scenes[0], scenes[1], job.site, job.outlines, looks=job.looks, by_hand=job.by_hand))
        case StatisticJob():
            return Answer(statistic=statistic_of(scenes[0], scenes[1], job.site, job.outlines, by_hand=job.by_hand))


def _laid_out(path: Path, file: SceneFile, place: int) -> Path:
    """Raw bands with their header beside them, as GDAL looks for it; any other file where it is."""
    if not file.header:
        return path
    folder = Path.cwd() / f"scene-{place}"
    folder.mkdir()
    bands = folder / "bands"
    bands.with_suffix(".hdr").write_bytes(file.header)
    try:
        bands.symlink_to(path.absolute())
    except OSError:  # where links need rights
        shutil.copyfile(path, bands)
    return bands
