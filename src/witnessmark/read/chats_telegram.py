"""Telegram's export: `result.json` of one chat or of all, or pages (`messages.html`), as Telegram Desktop writes them.

The JSON gives each time twice, as the clock of the computer showed it and in seconds since 1970, which tells the zone. The pages write the zone
beside the time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from witnessmark.read.chats import Message, conversation, put_down
from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.plain import MAX_TEXT_BYTES, read_bytes
from witnessmark.read.request import ReadParams
from witnessmark.text.encoding import NotTextError, decode_text

_FILES = ("photo", "file", "thumbnail", "contact_vcard")
_NOT_INCLUDED = "(File not included"
_DETAILS = ("forwarded_from", "action", "title", "media_type", "duration_seconds", "place_name", "location_information", "poll", "edited")
_TITLE_TIME = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2})(?::\d{2})?(?: (UTC[+-]\d{2}:\d{2}))?")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What lxml reads in a page (written as `&#1;`) and does not let be written; XML 1.0, 2.2."""
_NO_SUCH = "none that a clock has"
_AT_ODDS = "Of some messages the two times that the export gives do not go together: they lie apart by what no time zone is. The export was altered, or a clock was wrong."
_NO_ZONE = "The export does not say which time zone its times are in; they are those of the computer that made it."


def read_export(original: Original, _: ReadParams) -> Extract:
    """The messages of `result.json`, chat after chat."""
    value = _json(original)
    chats = list(_chats(value))
    if not chats:
        raise UnreadableError("The file holds no chat that can be read.")
    messages: list[Message] = []
    omitted, zones = 0, set[str]()
    for chat in chats:
        found = [one for one in chat.get("messages", ()) if isinstance(one, dict)]
        if len(chats) > 1 and found:
            messages.append(Message("", None, f"Chat: {_line(chat.get('name')) or 'without a name'} ({_line(chat.get('type'))})"))
        for one in found:
            omitted += sum(str(one.get(key, "")).startswith(_NOT_INCLUDED) for key in _FILES[:2])
            messages.append(_message(one))
            zones |= {_zone(one)}
    at_odds = _NO_SUCH in zones
    zones.discard(_NO_SUCH)
    zone = zones.pop() if len(zones) == 1 else (None if not zones - {""} else ", ".join(sorted(zones - {""})))
    name = _line(chats[0].get("name")) if len(chats) == 1 else None
    facts: dict[str, object] = {"chats": len(chats), "time zone": zone or "not stated"}
    return conversation(
        *put_down(messages),
        messages,
        original,
        kind="Telegram export (JSON)",
        title=name or None,
        facts=facts,
        problems=[*(() if zone else (_NO_ZONE,)), *((_AT_ODDS,) if at_odds else ())],
        omitted=omitted,
    )


def read_pages(original: Original, _: ReadParams) -> Extract:
    """The messages of one exported page."""
    from lxml import etree, html

    data = read_bytes(original.path, MAX_TEXT_BYTES, "chat")
    try:
        text, doubts = decode_text(data, "utf-8")
        tree: Any = html.document_fromstring(text)
    except (NotTextError, etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"The exported page cannot be read ({error}).") from error
    for line_break in tree.iter("br"):
        line_break.tail = "\n" + _NOT_IN_XML.sub("\ufffd", line_break.tail or "")
    zones: set[str] = set()
    messages = list(_page_messages(tree, zones))
    heading = tree.xpath("//div[contains(@class,'page_header')]//div[contains(@class,'text')]")
    return conversation(
        *put_down(messages),
        messages,
        original,
        kind="Telegram export (pages)",
        title=_text(heading[0]) or None if heading else None,
        facts={"time zone": ", ".join(sorted(zones)) or "not stated"},
        problems=[*doubts, *(() if zones else (_NO_ZONE,))],
    )


def _json(original: Original) -> Any:  # noqa: ANN401 -- whatever JSON the file holds
    try:
        return json.loads(decode_text(read_bytes(original.path, MAX_TEXT_BYTES, "chat"))[0])
    except (NotTextError, ValueError, RecursionError) as error:
        raise UnreadableError(f"The exported chat is damaged: it is no JSON ({error}).") from error


def _chats(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- whatever JSON the file holds
    if not isinstance(value, dict):
        return
    if isinstance(value.get("messages"), list):
        yield value
    for group in ("chats", "left_chats"):
        inside = value.get(group)
        listed = inside.get("list") if isinstance(inside, dict) else None
        yield from (chat for chat in listed or () if isinstance(chat, dict) and isinstance(chat.get("messages"), list))


def _message(one: dict[str, Any]) -> Message:
    files = tuple(name for key in _FILES if isinstance(name := one.get(key), str) and name and not name.startswith("("))
    speaker = None if one.get("type") == "service" else _line(one.get("from")) or "a deleted account"
    details = "; ".join(f"{key.replace('_', ' ')}: {_line(one[key])}" for key in _DETAILS if one.get(key))
    who = f"{_line(one.get('actor'))} " if one.get("type") == "service" and one.get("actor") else ""
    text = " ".join(part for part in (who.strip(), _words(one.get("text")), f"({details})" if details else "") if part)
    return Message(str(one.get("date", "")).replace("T", " ")[:16], speaker, text, files)


def _words(text: Any) -> str:  # noqa: ANN401 -- a string, or a list of strings and of objects that have one
    if isinstance(text, list):
        return "".join(
            part if isinstance(part, str) else str(part.get("text", "")) for part in text if isinstance(part, str | dict)
        ).strip()
    return text.strip() if isinstance(text, str) else ""


def _zone(one: dict[str, Any]) -> str:
    """The zone in which `date` was written, by the seconds beside it; empty where it cannot be told, and said where the two cannot both be right."""
    try:
        shown = datetime.fromisoformat(str(one["date"])).replace(tzinfo=UTC)
        minutes = round((shown.timestamp() - int(one["date_unixtime"])) / 60)
    except (KeyError, ValueError, TypeError, OverflowError):
        return ""
    if minutes % 15 or not -12 * 60 <= minutes <= 14 * 60:
        return _NO_SUCH
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _page_messages(tree: Any, zones: set[str]) -> Iterator[Message]:  # noqa: ANN401 -- what XPath gives has no one type
    speaker: str | None = None
    for one in tree.xpath("//div[contains(concat(' ',@class,' '),' message ')]"):
        classes = (one.get("class") or "").split()
        if "service" in classes:
            yield Message("", None, _text(one))
            continue
        names = one.xpath("./div[contains(@class,'body')]/div[contains(@class,'from_name')]")
        speaker = _text(names[0]) if names else speaker
        times = one.xpath(".//div[contains(@class,'date')]/@title")
        found = _TITLE_TIME.match(str(times[0])) if times else None
        if found and found[5]:
            zones.add(found[5])
        words = "\n".join(_text(each) for each in one.xpath(".//div[contains(concat(' ',@class,' '),' text ')]"))
        files = tuple(
            dict.fromkeys(
                str(href) for href in one.xpath(".//a[contains(@class,'media') or contains(@class,'_wrap')]/@href") if "://" not in href
            )
        )
        yield Message(f"{found[3]}-{found[2]}-{found[1]} {found[4]}" if found else "", speaker or "not named", words, files)


def _text(element: Any) -> str:  # noqa: ANN401 -- what XPath gives has no one type
    return " ".join("".join(element.itertext()).split())


def _line(value: object) -> str:
    return " ".join(str(value).split())[:500] if value not in (None, "") else ""


JSON = Reader("telegram-export", "1", read_export)
PAGE = Reader("telegram-page", "1", read_pages)
