"""E-mail: the main headers and the body as text, and each attachment as an original of its own.

Headers are claims like any other: anybody can write any sender and date into a file.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import functools
import itertools
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import cast

from witnessmark.model.document import AnchorKind, Child, Origin, Stated
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, bare_name, described
from witnessmark.read.held_pictures import HeldPictures, keep_of_markup
from witnessmark.read.plain import read_bytes
from witnessmark.read.request import ReadParams
from witnessmark.text.encoding import NotTextError, decode_text

MAX_MAIL_BYTES = 200_000_000
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_KEPT = ("Message-ID", "From", "Sender", "Reply-To", "Return-Path", "To", "Cc", "Date", "Subject", "In-Reply-To", "User-Agent", "X-Mailer")
_LONGEST_PARSED = 20_000
"""Characters of a header that is taken apart; the library's time grows with the square, to ten seconds for 200,000. Longer ones are kept as written."""
MOST_PARTS = 2_000
"""Parts of an e-mail that are looked at; the largest of a mailbox have a few dozen."""
_HEADER_FAULTS = (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError, LookupError)
"""What the standard library raises on malformed headers and parts: its parser of structured headers fails in many ways."""


class _Headers(EmailPolicy):
    """The library's modern policy, with each header taken apart once, and kept as written where that fails or would take long."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header `name` as the library understands it, else its own words."""
        if hasattr(value, "name"):
            return value
        if len(value) > _LONGEST_PARSED:
            return " ".join(value.split())
        return _taken_apart(name, value)


@functools.lru_cache(maxsize=1024)
def _taken_apart(name: str, value: str) -> str:
    try:
        parsed: str = email.policy.default.header_fetch_parse(name, value)
    except (*_HEADER_FAULTS, RecursionError):
        return " ".join(value.split())
    return parsed


def read_mail(original: Original, _: ReadParams) -> Extract:
    """Headers From, To, Cc, Date, Subject as lines, then the body: the plain text if there is one, else the text of its HTML; attachments, and pictures written into the HTML, as children."""
    data = read_bytes(original.path, MAX_MAIL_BYTES, "e-mail")
    message = cast("EmailMessage", email.message_from_bytes(data, policy=_Headers()))
    headers = {name: value for name in _SHOWN if (value := _header(message, name))}
    if not headers:
        raise UnreadableError("The file is no e-mail: it states no sender, recipient, date or subject.")
    problems: list[str] = []
    body_part = _body_of(message)
    body = _body_text(body_part, problems)
    passages = Passages()
    passages.add("\n".join(f"{name}: {value}" for name, value in headers.items()), AnchorKind.PART, "headers")
    passages.add(body.strip("\r\n"), AnchorKind.PART, "body")
    line_end = "\r\n" if b"\r\n" in data[:4096] else "\n"
    pictures = _written_into(message, body_part)
    children = (*_attachments(message, body_part, line_end), *pictures.children)
    problems += [*_defects(message), *pictures.problems()]
    if next(itertools.islice(_leaves(message), MOST_PARTS, None), None) is not None:
        problems.append(f"The e-mail has more than {MOST_PARTS:,} parts; only so many were looked at.")
    if body_part is None:
        problems.append("The e-mail has no text of its own.")
    day = _day(headers.get("Date"))
    received = "\n".join(str(value) for value in message.get_all("Received", []))
    return Extract(
        passages.text,
        title=headers.get("Subject"),
        author=headers.get("From"),
        published=Stated(day, Origin.METADATA) if day else None,
        anchors=tuple(passages.anchors),
        problems=tuple(problems),
        metadata=described({**{name: _header(message, name) for name in _KEPT}, "Received": received, **pictures.told()}),
        children=children,
        dates_itself=False,
    )


def _header(message: Message, name: str) -> str | None:
    """A header as one line; as its raw text where the library cannot take it apart, or would take long."""
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _day(written: str | None) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(written).date().isoformat() if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body_of(message: EmailMessage) -> EmailMessage | None:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except _HEADER_FAULTS:
        body = None
    return body if isinstance(body, EmailMessage) else None


def _body_text(part: EmailMessage | None, problems: list[str]) -> str:
    if part is None:
        return ""
    content = _decoded(part)
    if not isinstance(content, bytes):
        return ""
    try:
        text, doubts = decode_text(content, _charset(part))
    except NotTextError as error:
        problems.append(f"The body of the e-mail is not text: {error}.")
        return ""
    problems += doubts
    if part.get_content_type() != "text/html":
        return text.replace("\r\n", "\n")
    return _html_text(text, problems)


def _decoded(part: Message) -> object:
    try:
        return part.get_payload(decode=True)
    except _HEADER_FAULTS:
        return None


def _html_text(markup: str, problems: list[str]) -> str:
    from witnessmark.read.web import whole_text

    problems.append("The e-mail has no plain text; the text of its HTML was taken.")
    try:
        return whole_text(markup)
    except UnreadableError as error:
        problems.append(str(error))
        return ""


def _written_into(message: Message, body: Message | None) -> HeldPictures:
    """The pictures that the HTML of the mail holds in itself; those that it names are parts, and come out as attachments."""
    pictures = HeldPictures()
    for _, part, attached in _parts(message, body):
        content = _decoded(part) if not attached and part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            keep_of_markup(pictures, content.decode("ascii", errors="ignore"), "the HTML of the e-mail")
    return pictures


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _HEADER_FAULTS:
        return None


def _attachments(message: Message, body: Message | None, line_end: str) -> Iterator[Child]:
    for number, part, attached in _parts(message, body):
        content = _content(part, line_end) if attached else b""
        if content:
            yield Child(_file_name(part, number), part.get_content_type(), content)


def _parts(message: Message, body: Message | None) -> Iterator[tuple[int, Message, bool]]:
    """Each part with its number, and whether it is attached, or the text of the mail in one form or another."""
    alternatives = {id(leaf) for holder in _holders_of_alternatives(message) for leaf in _leaves(holder)}
    for number, part in enumerate(itertools.islice(_leaves(message), MOST_PARTS), 1):
        yield number, part, part is not body and not _is_alternative_body(part, message, alternatives)


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something themselves; a forwarded message is one part, to be read as an original of its own."""
    payload = message.get_payload() if message.is_multipart() else None
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _is_alternative_body(part: Message, message: Message, alternatives: set[int]) -> bool:
    """The HTML twin of a plain body (or the body itself when it could not be chosen): not named, not marked as attached."""
    try:
        attached = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    except _HEADER_FAULTS:
        attached = True
    if part is message:
        return not attached and part.get_content_maintype() in {"text", "multipart"}
    return not attached and part.get_content_type() in {"text/plain", "text/html"} and id(part) in alternatives


def _holders_of_alternatives(message: Message) -> Iterator[Message]:
    """The outermost groups of alternatives: what lies in one that lies in another is among the leaves of both."""
    if message.get_content_type() == "multipart/alternative":
        yield message
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _holders_of_alternatives(part)


def _content(part: Message, line_end: str) -> bytes:
    payload = part.get_payload() if part.is_multipart() else None
    if part.get_content_maintype() == "message" and isinstance(payload, list):
        policy = email.policy.default.clone(refold_source="none", linesep=line_end, max_line_length=None)
        return b"".join(inner.as_bytes(policy=policy) for inner in payload if isinstance(inner, Message))
    decoded = _decoded(part)
    return decoded if isinstance(decoded, bytes) else b""


def _file_name(part: Message, number: int) -> str:
    try:
        name = part.get_filename()
    except _HEADER_FAULTS:
        name = None
    if name is None and part.get_content_type() == "message/rfc822":
        name = f"message {number}.eml"
    return bare_name(name) or f"attachment {number}"


def _defects(message: Message) -> list[str]:
    kinds = sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})
    return [f"The e-mail is not well formed ({', '.join(kinds)}); parts of it may be missing or cut."] if kinds else []


READER = Reader("e-mail", "2", read_mail)
