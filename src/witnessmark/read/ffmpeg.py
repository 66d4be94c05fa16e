"""Frames of a film by ffmpeg: one process, one thread, the film by an open file and never by its name, a limit of time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from witnessmark.engines.limits import die_with_parent
from witnessmark.read.extract import Original, UnreadableError


class Frames(NamedTuple):
    """What ffmpeg wrote, what it said of it, and whether it was stopped for taking too long (both are then of the part that was done)."""

    raw: bytes
    told: bytes
    late: bool


def frames_of(  # noqa: PLR0913 -- what is asked of the program, each by its name
    original: Original, *, select: str, most: int, form: Sequence[str], seconds: float, key_frames_only: bool
) -> Frames:
    """The frames that the filters `select` choose, `most` at the most, written in the format that the options `form` name. Raises UnreadableError where ffmpeg cannot be started."""
    command = [
        *(shutil.which("ffmpeg") or "ffmpeg", "-nostdin", "-hide_banner", "-v", "info", "-protocol_whitelist", "file", "-threads", "1"),
        *(("-skip_frame", "nokey") if key_frames_only else ()),
        *("-i", "file:/dev/stdin", "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", select, "-vsync", "vfr"),
        *("-frames:v", str(most), *form, "pipe:1"),
    ]
    with original.path.open("rb") as film:
        try:
            done = subprocess.run(  # noqa: S603 -- a program of a fixed name
                command,
                stdin=film,
                capture_output=True,
                check=False,
                timeout=seconds,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,  # safe: this process has one thread
            )
        except subprocess.TimeoutExpired as error:
            return Frames(error.stdout or b"", error.stderr or b"", late=True)
        except OSError as error:
            raise UnreadableError(f"ffmpeg could not be started ({error.strerror or error}).") from error
    return Frames(done.stdout, done.stderr, late=False)
