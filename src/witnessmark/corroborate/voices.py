"""Who puts a telling forward: a named person or body, a body in its own publication, a described person, or nobody who can be told apart.

A name is one source wherever it speaks, but for one that any state has ("the Ministry"), which is one source in each document; an officer of a body speaks for that body. Witnesses whom a report does not name are one source together, the
report's, since nothing tells how many of them there are. What the press says in its own voice is of unknown origin until something shows where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.naming import name_words
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.words import stem
from witnessmark.model.item import SourceKind
from witnessmark.text.fold import folded
from witnessmark.text.names import same_name


class VoiceKind(StrEnum):
    """How a source is known."""

    NAMED = "named"
    BODY = "body"
    PRESS = "press"
    DESCRIBED = "described"
    UNNAMED = "unnamed"


class Voice(NamedTuple):
    """One source: `key` tells it from others among the tellings compared, `name` is how it is called."""

    kind: VoiceKind
    key: str
    name: str

    @property
    def is_open(self) -> bool:
        """Whether who it is does not settle where its words come from, so that copying is looked for."""
        return self.kind not in {VoiceKind.NAMED, VoiceKind.BODY}


BODY_WORDS = re.compile(
    r"\b(?:ministry|hospital|clinic|commission|committee|council|association|collective|monitor|observatory|office|court|tribunal|prosecutor|police|army"
    r"|command|forces?|government|institute|foundation|union|centre|center|bureau|directorate|embassy|mission|rights|relief|surgeons|doctors|parish|diocese"
    r"|company|ltd|inc|university|team|watch|project|network of|families)\b",
    re.IGNORECASE,
)
"""Words in the name of a body that speaks for itself, for want of a person's word on what kind of source it is."""

PRESS_WORDS = re.compile(
    r"\b(?:news|wire|agency|press|post|times|today|herald|gazette|radio|tv|television|tribune|courier|mail|telegraph|daily|weekly|chronicle|star|sun"
    r"|journal|broadcasting|broadcaster|lanthorn|lantern|mirror|echo|dispatch|observer|messenger|voice)\b",
    re.IGNORECASE,
)

_MANY = re.compile(
    r"\b(?:residents?|witness(?:es)?|eyewitness(?:es)?|sources?|people|villagers?|locals?|activists?|neighbou?rs|survivors|relatives|families|refugees"
    r"|prisoners|detainees|some|several|others|many|officials?|spokes(?:man|woman|person)|media|reports?|they|we|it|one|who)\b",
    re.IGNORECASE,
)
"""What does not tell one person from another of the same place."""


def speaks_for_itself(document: PlacedDocument | None) -> bool:
    """Whether what a document says in its own voice is the word of whoever issued it; the press carries the words of others."""
    if document is None:
        return False
    if document.kind is not None:
        return document.kind is not SourceKind.PRESS
    name = document.publisher or ""
    return bool(name) and not PRESS_WORDS.search(name) and (bool(BODY_WORDS.search(name)) or "we " in document.text.casefold())


class Voices:
    """The sources of a set of tellings, names of one source brought together."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        names = {one.placed.speaker_name for one in tellings if _is_named(one) and name_words(one.placed.speaker_name)}
        names |= {one.document.publisher for one in tellings if one.document and one.document.publisher}
        posts = _posts(tellings)
        self._keys = _one_key_each(sorted(names), posts)
        self._posts = [(frozenset(map(stem, _plain(post))), name) for name, post in sorted(posts.items()) if name in self._keys]

    def of(self, telling: Telling) -> Voice:
        """The source of a telling as it stands, before anything is known of where it has it from."""
        if telling.placed.claim.speaker is None:
            return self._own_voice(telling)
        name = telling.placed.speaker_name
        if _is_named(telling):
            tells_apart = bool(name_words(name))
            return Voice(VoiceKind.NAMED, self._keys[name] if tells_apart else f"{name} in {telling.item}", name)
        words = sorted(name_words(name))
        if not name or not words or _MANY.search(name):
            return Voice(VoiceKind.UNNAMED, f"unnamed in {telling.item}", name or "a source that is not named")
        return self._described(name, frozenset(map(stem, words)))

    def _described(self, name: str, words: frozenset[str]) -> Voice:
        """A person told of by what they are: the one named person of that post ("the mayor"), or one for all who are described so."""
        meant = {self._keys[known] for post, known in self._posts if words <= post}
        if len(meant) == 1:
            return Voice(VoiceKind.NAMED, meant.pop(), name)
        return Voice(VoiceKind.DESCRIBED, f"the {' '.join(sorted(words))}", name)

    def key_of(self, name: str) -> str | None:
        """The key of a known name."""
        return self._keys.get(name)

    def known_names(self) -> Iterable[str]:
        """All names of sources, the longest first."""
        return self._keys

    def _own_voice(self, telling: Telling) -> Voice:
        document = telling.document
        name = document.publisher if document and document.publisher else ""
        if name and speaks_for_itself(document):
            return Voice(VoiceKind.BODY, self._keys[name], name)
        if name:
            return Voice(VoiceKind.PRESS, f"own words of {self._keys[name]}", name)
        return Voice(VoiceKind.UNNAMED, f"own words of {telling.item}", "a document of unknown origin")


def _is_named(telling: Telling) -> bool:
    speaker = telling.placed.claim.speaker
    return (
        speaker is not None
        and bool(speaker.name)
        and not speaker.anonymous
        and bool(name_words(speaker.name or "") or _capitals(speaker.name or ""))
    )


def _capitals(name: str) -> bool:
    """Whether a name of common words only ("Ministry of Defence") is written as a name."""
    return any(word[:1].isupper() for word in name.split())


def _posts(tellings: Sequence[Telling]) -> dict[str, str]:
    """By the name of a person, the words that say what they are."""
    posts: dict[str, str] = {}
    for one in tellings:
        speaker = one.placed.claim.speaker
        if speaker and speaker.name and (said := speaker.role or (speaker.mention.text if speaker.mention else "")):
            posts[speaker.name] = f"{posts.get(speaker.name, '')} {said}"
    return posts


def _one_key_each(names: Sequence[str], posts: dict[str, str]) -> dict[str, str]:
    """One key for all names of a source: equal or short forms of each other, or a body and the officer whose post names it."""
    keys: dict[str, str] = {}
    by_word: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda each: (-len(each), each)):
        words = [word for word in _plain(name) if word not in _LITTLE]
        near = dict.fromkeys(known for word in words for known in by_word.get(word, ()))
        same = next((known for known in near if _same_name(known, name) or known.split()[0] == name), None)
        if same is None:
            same = next((known for known in posts if known in keys and _speaks_for(posts[known], words)), None)
        keys[name] = keys[same] if same else name
        for word in words:
            by_word.setdefault(word, []).append(name)
    return keys


def _speaks_for(post: str, body: Sequence[str]) -> bool:
    """Whether a post is an office of a body: it has the words of its name, of a long name all but one."""
    told = set(_plain(post))
    missing = sum(word not in told for word in body)
    return bool(body) and _OFFICE.search(post) is not None and missing <= (1 if len(body) > 2 else 0)


_same_name = lru_cache(maxsize=65536)(same_name)
_LITTLE = frozenset({"the", "of", "and", "for", "in", "s"})
_OFFICE = re.compile(
    r"\b(?:spokes\w+|director|minister|secretary|head|chief|chair\w*|president|official|officer|commander|ambassador|representative|coordinator|leader)\b",
    re.IGNORECASE,
)
"""Posts whose holder speaks for the body; a nurse of a hospital speaks of what she saw."""


def _plain(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", folded(name)) if word]
