"""Web archives (WARC, ISO 28500): what each response or resource record holds becomes an original of its own, with its address and time of capture.

The content is given as a browser would have it, transfer and content coding undone; the record as it was sent stays in the archive. Digests that
the archive gives are held against the bytes as sent. When a page was captured is not when it was published, and is not taken for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import urlsplit

from witnessmark.read.containers import Watched, opened
from witnessmark.read.doubts import OTHER_BYTES
from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.request import ReadParams
from witnessmark.read.unpacking import BLOCK, FAULTS, QuietError, RefusedError, Unpacking, visible

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

HOLDS_CONTENT = frozenset({"response", "resource", "conversion"})
_NOT_SENT = frozenset({"204", "205", "304"})


def read_warc(original: Original, params: ReadParams) -> Extract:
    """Every record that holds content, with what its headers say; the other records are counted."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    unpacking, kinds = Unpacking(original, params.caps, "web archive"), Counter[str]()
    about: dict[str, object] = {}
    with opened(original) as (raw, plain):
        try:
            for record in ArchiveIterator(cast("IO[bytes]", Watched(raw, plain, params.caps)), check_digests=True):
                kinds[record.rec_type or "of no kind"] += 1
                if record.rec_type == "warcinfo" and not about:
                    about = _about(record)
                elif record.rec_type in HOLDS_CONTENT and not _take(unpacking, record):
                    break
        except (ArchiveLoadFailed, RefusedError, *FAULTS, AttributeError, KeyError, TypeError) as error:
            if not kinds:
                raise UnreadableError(f"The web archive is damaged and cannot be read ({visible(str(error))[:200]}).") from error
            unpacking.say(f"The web archive was not read to its end ({visible(str(error))[:200]}); what came before was taken out.")
        if getattr(plain, "cut", False):  # the library takes that for the end
            unpacking.say("The web archive is cut short: it ends before its last record does. What came before was taken out.")
    if kinds["revisit"]:
        unpacking.say(f"Records that say only that a page was as before, and hold no content of their own: {kinds['revisit']}.")
    counted = {"records": ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))} if unpacking.more is None else {}
    return unpacking.extract({"container": "web archive (WARC)", **about, **counted})


def _about(record: ArcWarcRecord) -> dict[str, object]:
    lines = record.content_stream().read(4000).decode("utf-8", errors="replace").splitlines()
    pairs = [(name.strip(), value.strip()) for name, mark, value in (line.partition(":") for line in lines) if mark]
    return {f"warcinfo {visible(name)[:40]}": visible(value)[:300] for name, value in pairs[:20]}


def _take(unpacking: Unpacking, record: ArcWarcRecord) -> bool:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    status = record.http_headers.statusline if record.http_headers else None
    given = record.rec_headers.get_header("WARC-Payload-Digest") or record.rec_headers.get_header("WARC-Block-Digest")
    media_type = (
        record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    ) or "application/octet-stream"
    facts = {
        "address": address,
        "captured": record.rec_headers.get_header("WARC-Date"),
        "status": status,
        "type": media_type,
        "digest": given,
        "record": record.rec_headers.get_header("WARC-Record-ID"),
    }
    stated = {key: visible(value)[:1000] for key, value in facts.items() if value}
    return unpacking.take(
        _name(address),
        lambda: _blocks(record, status),
        packed=_length(record),
        media_type=visible(media_type)[:200],
        stated=stated,
        doubts=lambda: _doubts(record, stated, given),
    )


def _blocks(record: ArcWarcRecord, status: str | None) -> Iterator[bytes]:
    stream, size = record.content_stream(), 0
    while block := stream.read(BLOCK):
        size += len(block)
        yield block
    while record.raw_stream.read(BLOCK):  # what is left of the record counts for its digest
        pass
    code = (status or "").partition(" ")[0]
    if not size and (code.startswith("3") or code in _NOT_SENT):
        raise QuietError(f"it holds no content (status {code})")


def _doubts(record: ArcWarcRecord, stated: dict[str, str], given: str | None) -> Iterable[str]:
    """Sentences about the digest, and in `stated` what came of holding it against the bytes."""
    passed = record.digest_checker.passed
    if given:
        stated["digest"] += {True: " (matches)", False: " (DOES NOT MATCH)"}.get(passed, " (not checked)")
    if passed is False:
        words = "; ".join(visible(problem)[:200] for problem in record.digest_checker.problems)
        return (f"{OTHER_BYTES} ({words}); it was kept",)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return ("its record ends before the length it states, so it is cut; it was kept",)
    return ()


def _length(record: ArcWarcRecord) -> int | None:
    value = record.rec_headers.get_header("Content-Length") or ""
    return int(value) if value.isascii() and value.isdigit() else None


def _name(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return visible(address)[:300]
    path = parts.path if parts.path.strip("/") else "/index"
    return visible(f"{parts.netloc}{path}{'?' + parts.query if parts.query else ''}".lstrip("/"))[:300] or "record"


READER = Reader("web-archive", "1", read_warc)
