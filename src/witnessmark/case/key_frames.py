"""A sheet of a film's key frames, written outside the case; what stays in it is a record of the sheet."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.checking_media import media_of
from witnessmark.case.work_folder import work_place
from witnessmark.durable import write_durably
from witnessmark.engines.child import ChildError
from witnessmark.errors import MissingPartError, StorageError, UsageError
from witnessmark.model.deed import FramesDrawn
from witnessmark.model.media import FrameSheet
from witnessmark.read.key_frames import Frames, FramesJob, open_drawer
from witnessmark.read.tools import ffmpeg_version, install_command
from witnessmark.store.queries import StoredItem


def draw_frames(case: Case, number: str, out: Path, *, every: float, most: int) -> FrameSheet:
    """Draw the sheet of item `number` at `out`, and record it. Times in seconds.

    Raises UsageError where the item is no film or no frame of it can be decoded, MissingPartError, StorageError.
    """
    (item,) = media_of(case, [number])
    if not item.media_type.startswith("video/"):
        raise UsageError(f"{number} is of type {item.media_type}: no film, so it has no frames.")
    _refuse_place(case, out)
    version = ffmpeg_version()
    if version is None or shutil.which("ffprobe") is None:
        raise MissingPartError(f"Drawing frames needs ffmpeg, which is not installed. Install it with: {install_command('ffprobe')}")
    if not case.vault.holds(item.id):
        raise UsageError(f"The original of {number} is missing or was altered, so no sheet was drawn. `witnessmark verify` tells more.")
    drawn = _drawn(case, number, item, every, most)
    try:
        write_durably(out, drawn.png)
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
    sheet = FrameSheet(item.id, hashlib.sha256(drawn.png).hexdigest(), drawn.seconds, drawn.every, f"ffmpeg {version}", drawn.problems)
    case.record([FramesDrawn(sheet)])
    return sheet


def _refuse_place(case: Case, out: Path) -> None:
    if out.suffix.lower() != ".png":
        raise UsageError(f"{out.name} does not end in .png, and the sheet is a PNG.")
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the sheet elsewhere, so that nothing of the case is ever overwritten.")
    if out.exists():
        raise UsageError(f"{out} exists already and is not overwritten. Choose another name.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it first.")


def _drawn(case: Case, number: str, item: StoredItem, every: float, most: int) -> Frames:
    with case.vault.as_file(item.id) as path, open_drawer(work_place(case.access)) as child:
        job = FramesJob(os.fsencode(path.absolute()), item.media_type, every, most)
        try:
            found = msgspec.msgpack.decode(child.call(msgspec.msgpack.encode(job), file=path), type=Frames)
        except (ChildError, msgspec.DecodeError) as error:
            raise UsageError(f"No sheet could be drawn of {number} ({error}). Nothing was written.") from error
    if found.refused is not None:
        raise UsageError(f"No sheet was drawn of {number}. {found.refused}")
    return found
