"""Chats exported from a phone: told from other files by their content, and put down as messages with who speaks and when.

Each message is a paragraph: day, hour, name, words; a text file stays as it is, for every offset counts from it. Files that a message carries are looked for among what came with the chat. A time is given
as the export has it; where the export does not say which zone it is in, or which number is the month, that is said and not guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from witnessmark.model.document import Anchor, AnchorKind
from witnessmark.read.beside import Neighbours, link_words
from witnessmark.read.extract import Extract, Original, Passages, described

MOST_LINKS = 5000
_HEAD = 65536
_MOST_NAMED = 10
_MOST_SPEAKERS = 60
_TELEGRAM_JSON = re.compile(rb'"messages"\s*:\s*\[')
_TELEGRAM_MARKS = (b'"date_unixtime"', b'"text_entities"', b'"from_id"')


class Message(msgspec.Struct, frozen=True):
    """One message: `when` as it is to be shown (empty: not stated), `speaker` None for a message of the program itself, `files` as it names them."""

    when: str
    speaker: str | None
    text: str
    files: tuple[str, ...] = ()


def chat_reader(original: Original) -> str | None:
    """The reader of a chat ("module:NAME"), None where the file is none."""
    with original.path.open("rb") as file:
        head = file.read(_HEAD)
    if original.media_type == "text/html":
        return "chats_telegram:PAGE" if b'class="from_name"' in head and b'class="history"' in head else None
    if _TELEGRAM_JSON.search(head) and any(mark in head for mark in _TELEGRAM_MARKS):
        return "chats_telegram:JSON"
    from witnessmark.read.chats_whatsapp import looks_like_a_chat

    return "chats_whatsapp:READER" if looks_like_a_chat(head, PurePosixPath(original.name).name) else None


def put_down(messages: Sequence[Message]) -> tuple[str, list[Anchor]]:
    """The messages as a text, for a chat that is not one itself, with an anchor for each."""
    passages = Passages()
    for number, message in enumerate(messages, 1):
        passages.add(_words(message), AnchorKind.PARAGRAPH, f"message {number}")
    return passages.text, passages.anchors


def described_message(number: int, message: Message) -> str:
    """The label of a message in a text that stays as it is: its number, when, and by whom."""
    return ", ".join(part for part in (f"message {number}", message.when, message.speaker or "") if part)


def conversation(  # noqa: PLR0913 -- what a chat is made of, each by its name
    text: str,
    anchors: Sequence[Anchor],
    messages: Sequence[Message],
    original: Original,
    *,
    kind: str,
    title: str | None,
    facts: dict[str, object],
    problems: Sequence[str],
    omitted: int = 0,
) -> Extract:
    """The messages as a document, with who speaks how often and which items the files are."""
    speakers = Counter(message.speaker for message in messages if message.speaker)
    links, missing = _links(messages, Neighbours(original.beside))
    found = list(problems)
    if missing:
        found.append(f"Files that the chat names and that did not come with it: {len(missing)} ({_some(missing)}).")
    if omitted:
        found.append(f"Messages whose picture, sound or other file the export left out: {omitted}.")
    stated = {
        "chat": kind,
        "messages": len(messages),
        "speakers": ", ".join(f"{name} ({number})" for name, number in speakers.most_common(_MOST_SPEAKERS)),
        "first message": next((message.when for message in messages if message.when), None),
        "last message": next((message.when for message in reversed(messages) if message.when), None),
        **facts,
    }
    return Extract(
        text,
        title=title,
        anchors=tuple(anchors),
        problems=tuple(found),
        metadata=described(stated) | links,
        dates_itself=False,
    )


def _words(message: Message) -> str:
    opening = f"{message.when} " if message.when else ""
    said = message.text or ("" if not message.files else "(no words)")
    files = "".join(f" <file: {name}>" for name in message.files if name not in message.text)
    return f"{opening}{message.speaker}: {said}{files}" if message.speaker else f"{opening}(note by the program) {said}{files}"


def _links(messages: Sequence[Message], beside: Neighbours) -> tuple[dict[str, str], list[str]]:
    """Which item each named file is, and the names of those that did not come with the chat."""
    names = dict.fromkeys(name for message in messages for name in message.files)
    found = {name: beside.called(name) for name in names}
    links = {f"file {name}": link_words(found[name]) for name in list(names)[:MOST_LINKS] if found[name]}
    return links, [name for name in names if not found[name]]


def _some(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")
