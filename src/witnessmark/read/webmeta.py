"""What a web page states of itself: title, author, publisher, day of publication.

Only explicit statements count (JSON-LD, Open Graph, meta tags, marked-up time). A date guessed from the text or the
address would pass for one the publisher stated.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from witnessmark.model.document import Origin, Stated
from witnessmark.read.extract import described

if TYPE_CHECKING:
    from lxml.etree import _Element

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publication_date",
    "pubdate",
    "date",
)
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_ALSO = ("description", "article:modified_time", "og:url", "og:type", "generator", "keywords")
_ARTICLE_TYPES = ("article", "posting", "report", "webpage", "creativework")
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class PageStates(msgspec.Struct, frozen=True):
    """What was stated, None where nothing was; `metadata` has the values as written."""

    title: str | None
    author: str | None
    publisher: Stated | None
    published: Stated | None
    problems: tuple[str, ...]
    metadata: dict[str, str]


def page_metadata(tree: _Element) -> PageStates:
    """Read the page's own statements from its tree."""
    meta = _meta_tags(tree)
    linked = [thing for thing in _linked_data(tree) if _is_article(thing)]
    title = _first([meta.get("og:title"), _text_of(tree, "//h1"), _text_of(tree, "//title")])
    author = _first([*(_name_of(thing.get("author")) for thing in linked), *(_not_address(meta.get(key)) for key in _AUTHORS)])
    publisher = _first([*(_name_of(thing.get("publisher")) for thing in linked), *(meta.get(key) for key in _PUBLISHERS)])
    written = [text for text in _dates_written(tree, meta, linked) if day_of(text)]
    days = list(dict.fromkeys(day for text in written if (day := day_of(text))))
    problem = f"The page states more than one date of publication ({', '.join(days)}); the first was taken." if len(days) > 1 else None
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
    extra = {key: meta[key] for key in _ALSO if key in meta}
    return PageStates(
        title=title,
        author=author,
        publisher=Stated(publisher, Origin.METADATA) if publisher else None,
        published=Stated(days[0], Origin.METADATA) if days else None,
        problems=(problem,) if problem else (),
        metadata=described({"published as written": written[0] if written else None, "address": str(canonical) or None, **extra}),
    )


def day_of(written: str) -> str | None:
    """The ISO day of a date and time as pages write them (ISO 8601, RFC 2822), in the zone it is written in; None for anything else."""
    found = _ISO_DAY.match(written.strip())
    try:
        if found:
            return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        return email.utils.parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _dates_written(tree: _Element, meta: dict[str, str], linked: list[dict[str, Any]]) -> Iterator[str]:
    for thing in linked:
        if isinstance(thing.get("datePublished"), str):
            yield thing["datePublished"]
    for key in _DATES:
        if key in meta:
            yield meta[key]
            break  # the tags that follow are weaker words for the same, often the day the page was built
    for stated in _strings(tree, "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"):
        yield stated
    for stated in _strings(tree, "//time[@pubdate]/@datetime | //article//header//time/@datetime")[:1]:
        yield stated


def _meta_tags(tree: _Element) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        value = " ".join((tag.get("content") or "").split())
        if key and value:
            tags.setdefault(key, value)
    return tags


def _linked_data(tree: _Element) -> Iterator[dict[str, Any]]:
    for source in _strings(tree, "//script[@type='application/ld+json']/text()"):
        try:
            pending = deque([json.loads(source)])
        except (ValueError, RecursionError):
            continue  # scripts are often broken; the tags may still state the same
        while pending:
            thing = pending.popleft()
            if isinstance(thing, list):
                pending.extend(thing)
            elif isinstance(thing, dict):
                pending.extend([thing["@graph"]] if "@graph" in thing else [])
                yield thing


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(str(kind).lower().endswith(_ARTICLE_TYPES) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _name_of(value: object) -> str | None:
    """The name in a JSON-LD person or organisation, or several joined by commas."""
    if isinstance(value, list):
        return ", ".join(name for part in value if (name := _name_of(part))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return _not_address(" ".join(value.split())) if isinstance(value, str) else None


def _not_address(value: str | None) -> str | None:
    return None if value is None or _ADDRESS.match(value) else value


def _text_of(tree: _Element, path: str) -> str | None:
    return " ".join(str(tree.xpath(f"string({path})")).split()) or None


def _strings(tree: _Element, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(value) for value in found] if isinstance(found, list) else []


def _first(values: list[str | None]) -> str | None:
    return next((value for value in values if value), None)
