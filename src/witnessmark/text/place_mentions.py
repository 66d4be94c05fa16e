"""Which names in a text are names of places: not a person, a street, a government that speaks or an ordinary word.

A name counts that a place word stands before, that its document names so elsewhere, or that is well known. Of the small places, which share their names
with people and things, those count that lie where the rest of the document plays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from witnessmark.text import place_names, place_states
from witnessmark.text.fold import folded
from witnessmark.text.gazetteer import Entry, Gazetteer, Mark
from witnessmark.text.place_words import NOT_PLACES, ORDINARY

_LONGEST_NAME = 5
_KNOWN_SIZE = 15_000
"""A place named without a place word before it counts from this population up, unless the document names it with one elsewhere."""
_WORD = re.compile(r"(?<![\w'’.-])[a-z]{3,}(?![\w-])")
"""A word that the document also writes small is no name where it begins a sentence or a title: "Reading", "Council"."""
_WIDE_SIZE = 100_000
"""A province of fewer people is no better known than a town: the parishes of small islands bear the names of saints."""
_SHARE_OF_SCENE, _NAMES_OF_SCENE = 0.25, 2
"""A province is a scene of the document when this share of its names, and this many, lie in it."""


class Mention(NamedTuple):
    """A name that may be a place. `whole` where it is no part of a longer name, `last_name` where it ends one that is in no gazetteer."""

    start: int
    end: int
    key: str
    entries: list[Entry]
    cued: bool
    whole: bool
    last_name: bool


def find_mentions(text: str, *, inside_names: bool) -> list[Mention]:
    """Every name of the gazetteer in a text, longest names first, in the order of the text; names of peoples only where `inside_names`."""
    runs = place_names.capitalised_runs(text)
    states = place_states.short_states(text)
    spellings = {place_names.full_name(text[run.words[i][0] : run.words[j][1]]) for run in runs for i, j in _stretches(len(run.words))}
    parts = {text[start:end] for run in runs for word in run.words for start, end in _hyphened(text, *word)}
    known = Gazetteer.load().find(spellings | parts | {name for _, _, name in states})
    if not inside_names:
        known = {key: own for key, entries in known.items() if (own := [entry for entry in entries if entry.mark is not Mark.PEOPLE])}
    found = [
        Mention(start, end, key, known[key], cued=True, whole=True, last_name=False)
        for start, end, name in states
        if (key := folded(name)) in known
    ]
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    found += [
        mention for run in runs for mention in _read_run(text, run, known) if mention.start not in taken and mention.end - 1 not in taken
    ]
    return sorted(found, key=lambda mention: mention.start)


def plausible(
    text: str, mentions: Sequence[Mention], *, is_named: Callable[[Mention], bool], inside_names: bool
) -> tuple[list[Mention], list[Mention]]:
    """Those that are places, and those that are if their place lies in a scene of the document."""
    words = ORDINARY.union(_WORD.findall(text))
    standing = [m for m in mentions if (m.cued or m.key not in words) and not _is_something_else(text, m, inside_names=inside_names)]
    cued = {mention.key for mention in mentions if mention.whole and (mention.cued or place_states.qualifier(text, mention.end))}
    surnames = _surnames(mentions, inside_names=inside_names) - cued
    alone = {mention.key for mention in mentions if mention.whole}
    sure, small = [], []
    for mention in standing:
        stands_alone = mention.whole or (
            inside_names and not mention.last_name and not (mention.key not in alone and _is_first_name(text, mention))
        )
        told = mention.cued or mention.key in cued or (_is_well_known(mention) and mention.key not in surnames)
        if is_named(mention) or (stands_alone and told and (inside_names or not _is_bare_district(mention))):
            sure.append(mention)
        elif inside_names and mention.key not in surnames and _may_be_small(text, mention):
            small.append(mention)
    return sure, small


def _surnames(mentions: Sequence[Mention], *, inside_names: bool) -> set[str]:
    """Names that end a longer one that is in no gazetteer; of countries and their like, such as stand so more often than alone ("Michael Jordan", "United Russia")."""
    ends = Counter(mention.key for mention in mentions if mention.last_name and " " not in mention.key)
    alone = Counter(mention.key for mention in mentions if inside_names and not mention.last_name and _is_wide(mention))
    return {key for key, times in ends.items() if times > alone[key]}


def _is_wide(mention: Mention) -> bool:
    return any(
        entry.precision in {"region", "country"} and entry.mark is not Mark.OTHER and entry.population >= _WIDE_SIZE
        for entry in mention.entries
    )


def _is_bare_district(mention: Mention) -> bool:
    """Whether the name is only what is left of a district's without its kind: "Gulf" of Gulf County."""
    return all(entry.precision == "district" and entry.mark is Mark.OTHER for entry in mention.entries)


def _is_first_name(text: str, mention: Mention) -> bool:
    """Whether a town's name begins a longer name of no body: "Charlotte Graham", not "the Augusta Chronicle"."""
    if mention.whole or " " in mention.key or _is_wide(mention) or text[max(0, mention.start - 4) : mention.start] in {"the ", "The "}:
        return False
    return not place_names.names_institution(text, mention.end)


def in_scenes(small: Sequence[Mention], meant: Sequence[tuple[str, Entry]]) -> list[Mention]:
    """Of the small ones, those that have a place in a province where a good part of what the other names mean lies."""
    scenes = Counter((entry.country, entry.admin1) for _, entry in meant if entry.admin1)
    own = Counter((key, entry.country, entry.admin1) for key, entry in meant if entry.admin1)
    enough = max(_NAMES_OF_SCENE, _SHARE_OF_SCENE * len(meant))

    def is_scene(key: str, entry: Entry) -> bool:
        return entry.mark is Mark.MAIN and scenes[entry.country, entry.admin1] - own[key, entry.country, entry.admin1] >= enough

    return [mention for mention in small if any(is_scene(mention.key, entry) for entry in mention.entries)]


def _stretches(length: int) -> list[tuple[int, int]]:
    """First and last word of every stretch of a run, longest first."""
    sizes = range(min(_LONGEST_NAME, length), 0, -1)
    return [(first, first + size - 1) for size in sizes for first in range(length - size + 1)]


def _hyphened(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The capitalised parts of a hyphened word: "Lebanon-Syria", "Atlanta-based"."""
    parts = []
    for part in text[start:end].split("-") if "-" in text[start:end] else ():
        if part[:1].isupper():
            parts.append((start, start + len(part)))
        start += len(part) + 1
    return parts


def _read_run(text: str, run: place_names.Run, known: dict[str, list[Entry]]) -> Iterator[Mention]:
    taken: set[int] = set()
    for first, last in _stretches(len(run.words)):
        start, end = run.words[first][0], run.words[last][1]
        key = folded(place_names.full_name(text[start:end])).strip()
        if taken.intersection(range(first, last + 1)) or not _can_name(text[start:end], key, known):
            continue
        taken.update(range(first, last + 1))
        is_people = any(entry.mark is Mark.PEOPLE for entry in known[key])
        before_ok = (
            first == 0
            or place_names.stands_apart(text, run.words[first - 1])
            or (is_people and first == 1 and place_names.opens_sentence(text, run.words[0][0]))
        )
        after_ok = (
            last == len(run.words) - 1 or text[end : end + 1] in {"'", "’", "-"} or place_names.PLACE_NOUN.match(text, end) is not None
        )
        whole = _is_arabic(text[start]) or (before_ok and after_ok)
        yield Mention(
            start,
            end,
            key,
            known[key],
            _is_cued(text, start, end, key),
            whole,
            last_name=not before_ok and place_names.ends_name(text, run, last),
        )
    for number, word in enumerate(run.words):
        for start, end in _hyphened(text, *word) if number not in taken else ():
            key = folded(text[start:end])
            if _can_name(text[start:end], key, known):
                yield Mention(start, end, key, known[key], _is_cued(text, start, end, key), len(run.words) == 1, last_name=False)


def _can_name(words: str, key: str, known: dict[str, list[Entry]]) -> bool:
    return key in known and (key not in NOT_PLACES or words == "US") and (len(key) > 2 or words.isupper())


def _is_cued(text: str, start: int, end: int, key: str) -> bool:
    return (
        _is_arabic(text[start])
        or place_names.has_cue(text, start)
        or (key not in ORDINARY and place_names.has_inhabitant(text, end))
        or place_names.opens_dateline(text, start, end)
        or place_names.in_counties(text, end)
    )


def _is_arabic(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff"


def _is_something_else(text: str, mention: Mention, *, inside_names: bool) -> bool:
    """A street, a titled person, a government that speaks, or initials that no place word stands before; "U.S. troops" are named after a country."""
    if not mention.key.endswith((" county", " parish")) and place_names.is_street_or_person(text, mention.start, mention.end):
        return True
    if mention.cued:
        return False
    if place_names.speaks(text, mention.end):
        return True
    is_country = any(entry.precision == "country" for entry in mention.entries)
    return not (inside_names and is_country) and place_names.is_initials(text, mention.start, mention.end)


def _is_well_known(mention: Mention) -> bool:
    """Alternates of towns and districts do not count here: some are translations that are ordinary words ("White House" for Casablanca)."""
    return any(
        entry.precision in {"country", "facility", "point"}
        or (entry.mark is not Mark.OTHER and (entry.population >= _KNOWN_SIZE or " " in mention.key))
        for entry in mention.entries
    )


def _may_be_small(text: str, mention: Mention) -> bool:
    """Whether a name may be a small place: it stands alone within a sentence or in the name of a body."""
    if place_names.names_institution(text, mention.end):
        return not mention.last_name
    return mention.whole and not place_names.opens_sentence(text, mention.start)
