"""The read stage: requests in, readings or failures out, one by one and in the order of the requests.

Every original is decoded in a limited child process, so that one hostile file costs itself and nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from witnessmark.engines.child import ChildError, JobFailedError, LimitedChild, NotHandedOverError
from witnessmark.engines.limits import MEBIBYTE, Enforcement, Limits
from witnessmark.engines.local import Job, run_ordered
from witnessmark.model.document import Failure, Reading
from witnessmark.read.request import DecodeJob, Outcome, ReadParams, ReadRequest

STAGE = "read@1"
LIMITS = Limits(
    cpu_seconds=300, file_size=MEBIBYTE, folder_size=16 * MEBIBYTE, folder_files=200, programs=("tesseract", "exiftool", "ffprobe")
)
"""Sixty scanned pages cost 20 s to draw here, four times that on an old laptop; decoders have no reason to write files."""

_SECONDS_WITH_OCR = 1800.0
"""For what may need OCR: sixty pages at the half minute each that an old laptop takes."""


def run(
    batch: Iterable[ReadRequest], params: ReadParams, *, workers: int | None = None, within: Path | None = None
) -> Iterator[Reading | Failure]:
    """Read each request. What cannot be read gives a Failure whose reason is one plain sentence.

    `batch` is taken only as far as needed; `workers` is the number of children (that of processors if not given); they work in
    folders below `within`, the system's temporary folder if not given.
    """
    waiting: deque[ReadRequest] = deque()
    for answer in run_ordered(_jobs(batch, params, waiting), partial(open_child, within), workers):
        request = waiting.popleft()
        if isinstance(answer, ChildError):
            yield Failure(request.item, STAGE, _reason(request, answer))
        else:
            yield _outcome(request, answer)


def safeguards() -> Enforcement:
    """Sentences for `status`: what this system holds decoders to, and what it cannot. Starts and ends one child."""
    with open_child() as child:
        return Enforcement(child.enforced(), child.not_enforced())


def open_child(within: Path | None = None) -> LimitedChild:
    """A child that decodes, in a folder of its own below `within`."""
    return LimitedChild("witnessmark.read.decode:decode", LIMITS, within=within)


def _jobs(batch: Iterable[ReadRequest], params: ReadParams, waiting: deque[ReadRequest]) -> Iterator[Job]:
    for request in batch:
        waiting.append(request)
        may_need_ocr = request.media_type == "application/pdf" or request.media_type.startswith("image/")
        yield Job(msgspec.msgpack.encode(DecodeJob.of(request, params)), _SECONDS_WITH_OCR if may_need_ocr else None, request.path)


def _outcome(request: ReadRequest, answer: bytes) -> Reading | Failure:
    """The child's answer, checked: a child that was taken over could answer anything."""
    try:
        outcome = msgspec.msgpack.decode(answer, type=Outcome)
    except msgspec.DecodeError as error:
        return Failure(request.item, STAGE, f"The decoding process gave an answer that makes no sense ({error}).")
    if outcome.reading is None:
        return Failure(request.item, STAGE, outcome.unreadable or "No reason was given.")
    if outcome.reading.document.item != request.item:
        return Failure(request.item, STAGE, "The decoding process answered for another item.")
    return outcome.reading


def _reason(request: ReadRequest, error: ChildError) -> str:
    if isinstance(error, NotHandedOverError):
        return str(error)
    if isinstance(error, JobFailedError):
        return f"The file could not be read as {request.media_type} ({error})."
    return f"The file could not be read as {request.media_type}. {error}"
