"""What kind of file an original is: by its content first, since names are given by people, then by its name."""

from __future__ import annotations

import re
from pathlib import Path

from witnessmark.text.encoding import not_text_reason, unicode_by_shape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN = "application/octet-stream"

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"WARC/", "application/warc"),
    (b"#!AMR", "audio/amr"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_ANY_SIGNATURE = tuple(signature for signature, _ in _SIGNATURES)
_ISO_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "image/heic"),
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    **{f"3gp{n}".encode(): "video/3gpp" for n in range(1, 10)},
}
_OGG_SOUND = (b"OpusHead", b"\x01vorbis")
_TAR_MARK, _TAR_AT = b"ustar", 257
_RIFF_FORMS = {b"WEBP": "image/webp", b"WAVE": "audio/x-wav", b"AVI ": "video/x-msvideo"}
_TEXT_NAMES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/json",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".eml": "message/rfc822",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
}
TEXT_SUFFIXES = frozenset(_TEXT_NAMES) | {".txt", ".text", ".log"}
"""Endings of names that promise text."""

HEAD = 65536
TAIL = 262144
_HTML = re.compile(  # what was matched of comments is never tried again otherwise: a row of them has more ways than there is time
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAIL_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:)")
_ONLY_IN_MAIL = re.compile(rb"^(?:message-id|mime-version|received|return-path|delivered-to|dkim-signature):", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)


def media_type_of(path: Path, name: str) -> str:
    """The media type of the file stored at `path` and received as `name`; `application/octet-stream` where nothing is recognised.

    Looks at the first 64 KiB (of a zip also at the last 256 KiB, where its list of members is) and parses nothing.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        if has_tail(head):
            file.seek(max(0, path.stat().st_size - TAIL))
        return media_type_in(head, file.read(TAIL) if has_tail(head) else b"", name)


def is_media(media_type: str) -> bool:
    """Whether an original is a picture, film or sound."""
    return media_type.startswith(("image/", "video/", "audio/")) and media_type != "image/svg+xml"


def has_tail(head: bytes) -> bool:
    """Whether a file that begins so has to be looked at from its end, too."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def media_type_in(head: bytes, tail: bytes, name: str) -> str:
    """The media type of a file with these first `HEAD` bytes and, where it `has_tail`, these last `TAIL` bytes; like `media_type_of`."""
    suffix = _suffix_of(name)
    if has_tail(head):
        return _zip_kind(head + tail)
    if not head:
        return _TEXT_NAMES.get(suffix, "text/plain" if suffix in TEXT_SUFFIXES else UNKNOWN)
    return _by_signature(head) or _text_kind(head, suffix)


def _suffix_of(name: str) -> str:
    """As `PurePath.suffix`, in lower case; a path made for each of thousands of names costs more than all else here."""
    last = name.replace("\\", "/").rpartition("/")[2]
    at = last.rfind(".")
    return last[at:].lower() if 0 < at < len(last) - 1 else ""


def _by_signature(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], "video/mp4")
    if head[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK:
        return "application/x-tar"
    if head.startswith(b"RIFF"):
        return _RIFF_FORMS.get(head[8:12])
    found = None
    if head.startswith(_ANY_SIGNATURE):
        found = next(kind for signature, kind in _SIGNATURES if head.startswith(signature))
    if found == "image/bmp" and not_text_reason(head) is None:  # a text may well begin with "BM"
        return None
    if found == "application/ogg" and any(mark in head[:200] for mark in _OGG_SOUND):
        found = "audio/ogg"
    if found is None and b"%PDF-" in head[:1024] and not _HTML.match(head):  # readers of PDF allow junk before its mark
        return "application/pdf"
    return found


def _zip_kind(content: bytes) -> str:
    if b"word/document.xml" in content:
        return DOCX
    if b"xl/workbook.xml" in content:
        return XLSX
    return "application/zip"


def _text_kind(head: bytes, suffix: str) -> str:
    if suffix == ".eml" and _is_mail(head, suffix):  # before anything else, since mail may carry attachments as bare bytes
        return "message/rfc822"
    encoding, mark = unicode_by_shape(head)
    if encoding is None and not_text_reason(head) is not None:
        return UNKNOWN
    plain = head[mark:] if encoding in {None, "utf-8"} else head[mark:].decode(encoding, errors="ignore").encode()
    if _HTML.match(plain):
        return "text/html"
    if _is_mail(plain, suffix):
        return "message/rfc822"
    return _TEXT_NAMES.get(suffix, "text/plain") if suffix != ".eml" else "text/plain"


def _is_mail(head: bytes, suffix: str) -> bool:
    """A memorandum also begins with From, To and Subject; what no memorandum has decides, or a name that says mail."""
    if not _MAIL_HEADER.match(head):
        return False
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return suffix == ".eml" or (_ONLY_IN_MAIL.search(headers) is not None and _SENDER.search(headers) is not None)
