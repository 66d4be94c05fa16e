"""Looking at the pictures of a case once each, and keeping how they look: hashes and keypoints are on record, what matches is worked out from them whenever it is asked for.

An original is looked at again only where somebody asks for it or the program that looks has changed; one that could not be looked at is tried again then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.committing import in_commits
from witnessmark.case.looking_child import Looked, LookJob
from witnessmark.case.stages import step_of
from witnessmark.case.telling import Tell, told
from witnessmark.case.work_folder import work_place
from witnessmark.engines.child import ChildError, JobFailedError, LimitedChild
from witnessmark.engines.limits import MEBIBYTE, Limits
from witnessmark.engines.local import Job, run_ordered
from witnessmark.model.deed import PictureLookedAt, StageFailed, Step
from witnessmark.model.document import Failure
from witnessmark.model.matching import Looks
from witnessmark.store import queries
from witnessmark.watch.media.keypoints import require_keypoints
from witnessmark.watch.media.looking import method

LOOK, VERSION = "look", "1"
LIMITS = Limits(cpu_seconds=300, wall_seconds=900.0, file_size=MEBIBYTE, folder_size=16 * MEBIBYTE, folder_files=200, programs=("ffmpeg",))
_AT_MOST = 900.0
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/gif", "image/webp", "image/bmp", "image/heic", "image/avif")
ALTERED = "The original in the vault is missing or was altered, so it was not looked at. `witnessmark verify` tells more."


class LookedAt(msgspec.Struct):
    """What came of a run: how many were looked at now, how many before, and the failures."""

    done: int = 0
    before: int = 0
    failed: list[Failure] = []


def is_picture(media_type: str) -> bool:
    """Whether items of this type are compared: photographs and films."""
    return media_type in PICTURES or media_type.startswith("video/")


def open_looker(within: Path | None = None) -> LimitedChild:
    """A child that looks at originals, in a folder of its own below `within`."""
    return LimitedChild("witnessmark.case.looking_child:look", LIMITS, within=within)


def look_at_pictures(case: Case, *, again: bool = False, workers: int | None = None, tell: Tell = lambda _: None) -> LookedAt:
    """Look at all pictures and films that were not looked at yet, or at all once more. Raises MissingPartError where OpenCV is missing."""
    require_keypoints()
    with case.asking() as connection:
        items = [item for item in queries.items(connection) if is_picture(item.media_type)]
        settled = queries.steps_taken(connection, LOOK, VERSION, _step("").parameters)
    pending = [item for item in items if again or item.id not in settled]
    found = LookedAt(before=len(items) - len(pending))
    for batch in in_commits(told(_look(case, pending, workers), "pictures looked at", len(pending), tell), _weight):
        deeds: list[PictureLookedAt | StageFailed] = []
        for result in batch:
            if isinstance(result, Failure):
                found.failed.append(result)
                deeds.append(StageFailed(_step(result.item), result))
            else:
                found.done += 1
                deeds.append(PictureLookedAt(_step(result.item), result))
        case.record(deeds)
    return found


def _look(case: Case, pending: Sequence[queries.StoredItem], workers: int | None) -> Iterator[Looks | Failure]:
    """Each laid out as a file only while it is looked at."""
    sound = [item for item in pending if case.vault.holds(item.id)]
    held = {item.id for item in sound}
    yield from (Failure(item.id, f"{LOOK}@{VERSION}", ALTERED) for item in pending if item.id not in held)
    laid_out: list[ExitStack] = []

    def jobs() -> Iterator[Job]:
        for item in sound:
            laid_out.append(ExitStack())
            path = laid_out[-1].enter_context(case.vault.as_file(item.id))
            yield Job(msgspec.msgpack.encode(LookJob(os.fsencode(path.absolute()), item.media_type)), _AT_MOST, path)

    waiting = iter(sound)
    try:
        for answer in run_ordered(jobs(), partial(open_looker, work_place(case.access)), workers):
            laid_out.pop(0).close()
            yield _outcome(next(waiting), answer)
    finally:
        for stack in laid_out:
            stack.close()


def _outcome(item: queries.StoredItem, answer: bytes | ChildError) -> Looks | Failure:
    """The child's answer, checked: a child that was taken over could answer anything."""
    stage = f"{LOOK}@{VERSION}"
    if isinstance(answer, ChildError):
        cause = f"({answer})" if isinstance(answer, JobFailedError) else str(answer)
        return Failure(item.id, stage, f"The picture could not be looked at. {cause}")
    try:
        looked = msgspec.msgpack.decode(answer, type=Looked)
    except msgspec.DecodeError as error:
        return Failure(item.id, stage, f"The looking process gave an answer that makes no sense ({error}).")
    if looked.refused is not None or not looked.looks:
        return Failure(item.id, stage, looked.refused or "No reason was given.")
    return Looks(item.id, looked.looks, method(), looked.problems)


def _step(item: str) -> Step:
    return step_of(LOOK, VERSION, method(), item)


def _weight(result: Looks | Failure) -> int:
    return sum(len(look.keypoints) for look in result.looks) if isinstance(result, Looks) else 0
