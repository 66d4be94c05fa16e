"""Which readers look at what came with an original, and how they find a file there by the name that is written of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from witnessmark.read.request import Beside

_MANIFEST = re.compile(r"(?:tag)?manifest-(md5|sha1|sha256|sha512)\.txt\Z", re.IGNORECASE)
_LOOK = frozenset({"text/plain", "text/csv", "text/html", "application/json", "text/tab-separated-values"})


def wants_beside(name: str, media_type: str) -> bool:
    """Whether a reader of this file may look at what came with it: chats, manifests, tables and reports that name files."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if media_type not in _LOOK:
        return False
    return media_type != "text/plain" or (base.endswith(".txt") and ("chat" in base or "manifest-" in base or "whatsapp" in base))


def is_named_for_it(name: str) -> bool:
    """Whether the name alone says that the file speaks of others: a chat, a data package."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    return base in {"result.json", "datapackage.json", "datapackage-digest.json"} or base.startswith(("messages", "chat"))


def digests_wanted(name: str) -> tuple[str, ...]:
    """The algorithms besides SHA-256 by which a manifest of this name lists its files."""
    found = _MANIFEST.search(name)
    return (found[1].lower(),) if found and found[1].lower() != "sha256" else ()


class Neighbours:
    """The files that came with an original, to be asked for by name."""

    def __init__(self, beside: Iterable[Beside]) -> None:
        """Names are compared in composed form (NFC), since systems differ in how they write letters with marks."""
        self.all = tuple(beside)
        self._by_name: dict[str, list[Beside]] = {}
        for one in self.all:
            self._by_name.setdefault(_plain(one.name), []).append(one)

    def named(self, name: str) -> list[Beside]:
        """The files that lie under this very name; more than one where items cannot be told apart by it."""
        return self._by_name.get(_plain(name), [])

    def called(self, name: str) -> list[Beside]:
        """The files of this name in any folder below, where none lies under the name itself."""
        wanted = _plain(name).rpartition("/")[2]
        return self.named(name) or [one for one in self.all if _plain(one.name).rpartition("/")[2] == wanted]


def link_words(found: list[Beside]) -> str:
    """How the item, or the items, behind a name are called."""
    if not found:
        return "not received with it"
    return found[0].number if len(found) == 1 else f"one of {', '.join(one.number for one in found)} (same name)"


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).removeprefix("./")
