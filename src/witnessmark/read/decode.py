"""The child's one job: pick the reader for an original, read it, and put the document together.

Readers load on first use, so a child that only meets text never imports a PDF library.
"""

from __future__ import annotations

import importlib
import os
import re
from pathlib import Path, PurePath

import msgspec

from witnessmark.engines.handover import handed_over
from witnessmark.model.document import Document, Origin, Reading, Stated, document_id
from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.given import with_given
from witnessmark.read.kinds import DOCX, TEXT_SUFFIXES, UNKNOWN, XLSX
from witnessmark.read.language import language_of
from witnessmark.read.request import DecodeJob, Outcome, ReadParams
from witnessmark.text.datelines import find_dateline, stated_date

_READERS = {
    "text/plain": "plain:PLAIN",
    "application/json": "plain:PLAIN",
    "text/markdown": "plain:MARKDOWN",
    "text/html": "web:READER",
    "application/pdf": "pdf:READER",
    DOCX: "word:READER",
    "message/rfc822": "mail:READER",
    "text/csv": "table:DELIMITED",
    "text/tab-separated-values": "table:DELIMITED",
    XLSX: "table:WORKBOOK",
    "image/png": "image:READER",
    "image/jpeg": "image:READER",
    "image/tiff": "image:READER",
    "image/gif": "image:READER",
    "image/webp": "image:READER",
    "image/bmp": "image:READER",
    "image/heic": "image:READER",
    "image/avif": "image:READER",
    "application/zip": "containers:ZIP",
    "application/x-tar": "containers:TAR",
    **dict.fromkeys(("application/gzip", "application/x-bzip2", "application/x-xz"), "containers:COMPRESSED"),
    "application/warc": "webarchive:READER",
    **dict.fromkeys(
        (
            "audio/ogg",
            "application/ogg",
            "audio/amr",
            "audio/mp4",
            "audio/mpeg",
            "audio/x-wav",
            "video/mp4",
            "video/3gpp",
            "video/quicktime",
            "video/x-matroska",
            "video/x-msvideo",
        ),
        "media:READER",
    ),
}
_NOT_UNICODE = re.compile("[\x00\ud800-\udfff]")
ARCHIVES = frozenset({"application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed"})
"""Containers that no reader opens; the person is told to."""

_PLAIN_KINDS = frozenset({"text/plain", "application/json", "text/html"})
_OFFICE_NAMES = {".docx": "Word document", ".xlsx": "Excel workbook"}


def decode(payload: bytes) -> bytes:
    """An encoded DecodeJob in, an encoded Outcome out; what a reader raises beyond UnreadableError is the child's to report."""
    job = msgspec.msgpack.decode(payload, type=DecodeJob)
    try:
        outcome = Outcome(reading=read(job))
    except UnreadableError as error:
        outcome = Outcome(unreadable=_whole(str(error)))
    return msgspec.msgpack.encode(outcome)


def read(job: DecodeJob) -> Reading:
    """The reading of one original. Raises UnreadableError with the reason where there is none."""
    original = Original(handed_over() or Path(os.fsdecode(job.path)), job.name, job.media_type, job.depth, job.start, job.beside)
    _check_readable(original.path)
    reader = _reader_for(original)
    extract = _cleaned(with_given(_read_with(reader, original, job.params), original))
    published, publisher = _stated(extract)
    document = Document(
        id=document_id(job.item, reader.name),
        item=job.item,
        reader=f"{reader.name}@{reader.version}",
        media_type=job.media_type,
        text=extract.text,
        language=language_of(extract.text),
        title=extract.title,
        author=extract.author,
        publisher=publisher,
        published=published,
        anchors=extract.anchors,
        guesses=extract.guesses,
        problems=extract.problems,
        metadata=extract.metadata,
    )
    return Reading(document, extract.children, extract.more)


def _check_readable(path: Path) -> None:
    """Before any decoder, so that what goes wrong in one later is never taken for a file that is missing or forbidden."""
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise UnreadableError(f"The stored original could not be opened ({error.strerror or error}).") from error
    if empty:
        raise UnreadableError("The file is empty (0 bytes).")


def _reader_for(original: Original) -> Reader:
    where = _READERS.get(original.media_type)
    if original.media_type in _PLAIN_KINDS:
        where = _by_content(original) or where
    if original.media_type == "application/zip" and _suffix(original) in _OFFICE_NAMES:
        where = None
    if where is None:
        raise UnreadableError(_no_reader(original))
    module, _, name = where.partition(":")
    reader: Reader = getattr(importlib.import_module(f"witnessmark.read.{module}"), name)
    return reader


def _read_with(reader: Reader, original: Original, params: ReadParams) -> Extract:
    try:
        return reader.read(original, params)
    except RecursionError as error:
        raise UnreadableError("The file is nested too deeply to be read: parts in parts, further than any honest file goes.") from error


def _by_content(original: Original) -> str | None:
    """The reader of a plain text, JSON file or page that is a list of digests or a chat; None where it is neither."""
    from witnessmark.read.chats import chat_reader
    from witnessmark.read.manifests import is_manifest

    return "manifests:READER" if is_manifest(original.name) else chat_reader(original)


def _no_reader(original: Original) -> str:
    suffix = _suffix(original)
    if original.media_type == "application/zip" and suffix in _OFFICE_NAMES:
        return f"The file is named {suffix} but is no {_OFFICE_NAMES[suffix]}: it is some other zip archive."
    if original.media_type == "application/x-ole-storage" and _is_encrypted_office(original.path):
        return "The Office file is encrypted; save it without a password and add that file as well."
    if original.media_type == UNKNOWN and suffix in TEXT_SUFFIXES:
        return f"The file is named {suffix} but is not text: its bytes are binary data."
    advice = " Unpack it and add the files in it." if original.media_type in ARCHIVES else ""
    return f"No reader for {original.media_type}.{advice}"


def _suffix(original: Original) -> str:
    return PurePath(original.name.replace("\\", "/")).suffix.lower()


def _is_encrypted_office(path: Path) -> bool:
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(1_000_000)


def _stated(extract: Extract) -> tuple[Stated | None, Stated | None]:
    """Publication date and publisher: as the metadata state them, otherwise as the text states them of itself."""
    published, publisher = extract.published, extract.publisher
    if extract.dates_itself and (published is None or publisher is None):
        day = stated_date(extract.text)
        published = published or (Stated(day[2], Origin.DATELINE) if day else None)
        dateline = find_dateline(extract.text, published.value if published else None)
        publisher = publisher or (Stated(dateline.agency, Origin.DATELINE) if dateline and dateline.agency else None)
    return published, publisher


def _cleaned(extract: Extract) -> Extract:
    """The same with what is no Unicode character (NUL, half a surrogate pair) shown as \ufffd, one for one, so that offsets stay."""
    return msgspec.structs.replace(
        extract,
        text=_whole(extract.text),
        title=_whole(extract.title) if extract.title else None,
        author=_whole(extract.author) if extract.author else None,
        metadata={_whole(key): _whole(value) for key, value in extract.metadata.items()},
    )


def _whole(text: str) -> str:
    return _NOT_UNICODE.sub("\ufffd", text)
