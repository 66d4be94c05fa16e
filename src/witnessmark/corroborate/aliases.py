"""Names that may be of one body or person, each proposal with what it rests on. People decide; sharing a word never makes two one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from witnessmark.text.fold import folded
from witnessmark.text.names import acronym, strip_titles

_IN_BRACKETS = re.compile(
    r"(?P<full>(?:[A-Z][\w'\u2019-]+|of|for|the|and|al-\w+)(?:\s+(?:[A-Z][\w'\u2019-]+|of|for|the|and|al-\w+)){1,9})\s+\((?:the\s+)?(?P<short>[A-Z][\w.&-]{1,14})\)"
)
_SMALL = frozenset({"the", "of", "for", "and", "a", "an", "in", "on"})


class AliasProposal(msgspec.Struct, frozen=True):
    """That `alias` may be another name of `name`, and why. Where a text says so, `item` and the code points from `start` to `end` are where; else they are None."""

    name: str
    alias: str
    why: str
    item: str | None = None
    start: int | None = None
    end: int | None = None


def propose_aliases(names: Iterable[str], texts: Mapping[str, str]) -> list[AliasProposal]:
    """Proposals for pairs of the names in use, those that a text states first; `texts` are documents by item."""
    known = sorted(set(names))
    found: dict[frozenset[str], AliasProposal] = {}
    for proposal in (*_stated(known, texts), *_initials(known), *_same_words(known)):
        found.setdefault(frozenset((proposal.name, proposal.alias)), proposal)
    return list(found.values())


def _stated(known: list[str], texts: Mapping[str, str]) -> Iterator[AliasProposal]:
    """A name with a short one in brackets behind it, where both are in use."""
    by_key = {_key(name): name for name in known}
    for item in sorted(texts):
        for met in _IN_BRACKETS.finditer(texts[item]):
            words = met["full"].split()
            tails = (" ".join(words[at:]) for at in range(len(words) - 1))
            full = next((by_key[_key(tail)] for tail in tails if _key(tail) in by_key), None)
            short = by_key.get(_key(met["short"]))
            if full and short and full != short:
                yield AliasProposal(full, short, "a text gives the one in brackets behind the other", item, met.start(), met.end())


def _initials(known: list[str]) -> Iterator[AliasProposal]:
    """A name of capitals, and one whose words begin with them."""
    shorts = defaultdict(list)
    for name in known:
        plain = re.sub(r"[.\s]", "", name)
        if plain.isupper() and len(plain) > 2:
            shorts[plain].append(name)
    for name in known:
        for short in shorts.get(acronym(strip_titles(name)) or "", ()):
            if short != name:
                yield AliasProposal(name, short, "its words begin with these letters")


def _same_words(known: list[str]) -> Iterator[AliasProposal]:
    """Two names of the same words in another order, or but for small ones."""
    groups = defaultdict(list)
    for name in known:
        words = frozenset(_key(name).split()) - _SMALL
        if len(words) > 1:
            groups[words].append(name)
    for same in groups.values():
        longest = max(same, key=lambda name: (len(name), name))
        for other in same:
            if other != longest:
                yield AliasProposal(longest, other, "both are made of the same words")


def _key(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in folded(name)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
