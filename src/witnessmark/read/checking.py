"""Checking photographs, film and sound: what the file says of itself, whether its content credentials hold, and words that OCR proposes.

The child's job and the stage around it. One file costs itself and no other; what could not be looked at is a sentence, never a silence.
"""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from witnessmark.engines.child import ChildError, LimitedChild
from witnessmark.engines.handover import handed_over
from witnessmark.engines.limits import MEBIBYTE, Limits
from witnessmark.engines.local import Job, run_ordered
from witnessmark.model.document import Failure
from witnessmark.model.media import MediaCheck, TrustList
from witnessmark.read.bands import bands_in
from witnessmark.read.camera import FAULTS
from witnessmark.read.credentials import c2pa_version, credentials_of
from witnessmark.read.extract import Original
from witnessmark.read.gps_track import track_of
from witnessmark.read.image import MOST_PIXELS, open_picture
from witnessmark.read.media_metadata import Printed, length_of, probe_of, tags_of
from witnessmark.read.request import ReadParams, ReadRequest
from witnessmark.read.seen_words import words_in, words_in_film
from witnessmark.read.thumbnail import compare_thumbnail
from witnessmark.read.tools import ffmpeg_version, install_command
from witnessmark.read.warm_exiftool import WarmExiftool

STAGE = "check-media@2"
LIMITS = Limits(
    cpu_seconds=300,
    file_size=MEBIBYTE,
    folder_size=16 * MEBIBYTE,
    folder_files=200,
    programs=("tesseract", "exiftool", "ffprobe", "ffmpeg"),
)
_WALL_SECONDS = 600.0
_EXIFTOOL = WarmExiftool()
"""Of the child that this module is loaded in; it starts nothing before it is asked."""


class CheckParams(msgspec.Struct, frozen=True):
    """Everything outside the original that influences a check; a changed value means it is checked anew. `signs` looks for words in pictures."""

    exiftool: str | None
    ffprobe: str | None
    c2pa: str | None
    tesseract: str | None
    ocr_languages: tuple[str, ...] = ()
    signs: bool = True
    ffmpeg: str | None = None

    @property
    def looks_for_words(self) -> bool:
        """Whether words in pictures are wanted, and can be looked for here."""
        return self.signs and self.tesseract is not None and bool(self.ocr_languages)

    @classmethod
    def here(cls, *, signs: bool = True) -> CheckParams:
        """The programs and languages of this machine."""
        params = ReadParams()
        return cls(params.exiftool, params.ffprobe, c2pa_version(), params.tesseract, params.ocr_languages, signs, ffmpeg_version())


class CheckJob(msgspec.Struct, frozen=True):
    """One original as it travels to the child; the path as the system's own bytes."""

    item: str
    path: bytes
    media_type: str
    params: CheckParams
    trust: tuple[TrustList, ...]


def check(payload: bytes) -> bytes:
    """The child's job: an encoded CheckJob in, an encoded MediaCheck out."""
    job = msgspec.msgpack.decode(payload, type=CheckJob)
    return msgspec.msgpack.encode(_check(job, Original(handed_over() or Path(os.fsdecode(job.path)), "", job.media_type)))


def run_checks(
    batch: Iterable[ReadRequest],
    params: CheckParams,
    trust: Sequence[TrustList] = (),
    *,
    workers: int | None = None,
    within: Path | None = None,
) -> Iterator[MediaCheck | Failure]:
    """Check each request, in their order; `batch` is taken only as far as needed. What gives no answer is a Failure with one plain sentence."""
    waiting: deque[ReadRequest] = deque()

    def jobs() -> Iterator[Job]:
        for request in batch:
            waiting.append(request)
            job = CheckJob(request.item, os.fsencode(request.path.absolute()), request.media_type, params, tuple(trust))
            yield Job(msgspec.msgpack.encode(job), _WALL_SECONDS, request.path)

    for answer in run_ordered(jobs(), partial(open_checker, within), workers):
        yield _outcome(waiting.popleft(), answer)


def open_checker(within: Path | None = None) -> LimitedChild:
    """A child that checks, in a folder of its own below `within`."""
    return LimitedChild("witnessmark.read.checking:check", LIMITS, within=within)


def _outcome(request: ReadRequest, answer: bytes | ChildError) -> MediaCheck | Failure:
    """The child's answer, looked at: a child that was taken over could answer anything."""
    if isinstance(answer, ChildError):
        return Failure(request.item, STAGE, f"The file could not be checked as {request.media_type} ({answer}).")
    try:
        found = msgspec.msgpack.decode(answer, type=MediaCheck)
    except msgspec.DecodeError as error:
        return Failure(request.item, STAGE, f"The checking process gave an answer that makes no sense ({error}).")
    if found.item != request.item:
        return Failure(request.item, STAGE, "The checking process answered for another item.")
    return found


def _check(job: CheckJob, original: Original) -> MediaCheck:
    params, problems = job.params, list[str]()
    tags = tags_of(original, _EXIFTOOL) if params.exiftool is not None else _missing("exiftool", "its metadata were not read")
    probe = Printed()
    if not job.media_type.startswith("image/"):
        probe = probe_of(original) if params.ffprobe is not None else _missing("ffprobe", "its streams were not looked at")
    track = track_of(original, _EXIFTOOL, problems) if params.exiftool is not None and job.media_type.startswith("video/") else ()
    problems += [one.problem for one in (tags, probe) if one.problem]
    found = MediaCheck(
        item=job.item,
        tags=tags.values,
        probe=probe.values,
        bytes_printed=tags.size + probe.size,
        head=tags.head or probe.head,
        track=track,
        credentials=credentials_of(original, job.trust),
        programs=_programs(params),
    )
    if job.media_type.startswith("image/"):
        found = _with_pixels(found, original, params, problems)
    elif job.media_type.startswith("video/") and params.looks_for_words:
        found = msgspec.structs.replace(found, words=words_in_film(original, length_of(probe.values), params.ocr_languages, problems))
    return msgspec.structs.replace(found, problems=tuple(problems))


def _missing(program: str, what: str) -> Printed:
    return Printed(problem=f"{program} is not installed, so {what}. Install it with: {install_command(program)}")


def _programs(params: CheckParams) -> dict[str, str]:
    said = {
        "exiftool": params.exiftool,
        "ffprobe": params.ffprobe,
        "c2pa-python": params.c2pa,
        "tesseract": params.tesseract,
        "ffmpeg": params.ffmpeg,
    }
    return {name: version for name, version in said.items() if version is not None}


def _with_pixels(found: MediaCheck, original: Original, params: CheckParams, problems: list[str]) -> MediaCheck:
    """The same with what can be told only by decoding the picture."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with open_picture(original) as image:
                found = msgspec.structs.replace(found, width=image.width, height=image.height)
                found = msgspec.structs.replace(found, thumbnail=compare_thumbnail(image))
            if params.looks_for_words:
                with open_picture(original) as image:
                    found = msgspec.structs.replace(found, words=words_in(image, params.ocr_languages, problems))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        problems.append(
            f"It claims more than the {MOST_PIXELS // 1_000_000} million pixels that are decoded, so its picture was not looked at."
        )
    except FAULTS as error:
        damaged = f"Its picture could not be decoded whole ({type(error).__name__}): it is damaged or cut short."
        problems.append(bands_in(original.path) or damaged)
    return found
