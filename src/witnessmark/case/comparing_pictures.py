"""Which pictures of a case match, with what people decided of each pair, and in which documents they stand: worked out from how the pictures look, and never kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from witnessmark.case.company import FROM_FOLDER
from witnessmark.case.looking_at_pictures import LOOK, is_picture
from witnessmark.case.watching_sites import watched_sites
from witnessmark.corroborate.pictures import SharedPicture
from witnessmark.model.decision import Decision
from witnessmark.model.document import Failure
from witnessmark.model.item import Receipt
from witnessmark.model.matching import NOT, SAME_PICTURE, Match, MatchedPictures, MatchStage, NotCompared, PicturesCompared
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.pictures import looked_at, looks
from witnessmark.watch.media.matching import is_comparable, matches_among

PLAIN = "It is too plain to be compared: pictures with as little in them match each other."
UNSEEN = "It was not looked at yet."
_SAVED_PAGE = "_files"
"""What browsers put behind the name of a page for the folder of its pictures."""


def pictures_compared(connection: Connection) -> PicturesCompared:
    """All that comparing the pictures of a case shows now."""
    items = [item for item in queries.items(connection) if is_picture(item.media_type)]
    if not items:
        return PicturesCompared()
    receipts, labels = queries.receipts(connection), queries.labels(connection)
    held = looks(connection)
    found = {one.item: one for one in held}
    failures = {one.item: one.reason for one in _failures(connection)}
    comparable = {one.item for one in held if any(is_comparable(look) for look in one.looks)}
    said = decided_pictures(queries.decisions(connection))
    documents = _documents(receipts)
    apart = _scenes_apart(connection)
    numbers = {item: labels[item].number for item in receipts if item in labels}
    return PicturesCompared(
        compared=tuple(item.id for item in items if item.id in comparable),
        not_compared=tuple(
            NotCompared(item.id, numbers[item.id], failures.get(item.id, PLAIN if item.id in found else UNSEEN))
            for item in items
            if item.id not in comparable
        ),
        matches=tuple(
            msgspec.structs.replace(
                _described(match, numbers, receipts, documents, said.get(frozenset((match.one, match.other)))),
                told_apart=apart.get(frozenset((match.one, match.other))),
            )
            for match in matches_among(held)
        ),
        problems=tuple((one.item, problem) for one in held for problem in one.problems),
    )


def not_looked_at(connection: Connection) -> tuple[str, ...]:
    """The pictures and films that nothing is on record of, neither how they look nor why that could not be told; none where there is one picture alone."""
    known = looked_at(connection) | {one.item for one in _failures(connection)}
    pictures = [item.id for item in queries.items(connection) if is_picture(item.media_type)]
    return tuple(item for item in pictures if item not in known) if len(pictures) > 1 else ()


def decided_pictures(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """The last word on each pair of pictures that a person decided about."""
    return {
        frozenset((made.subject, made.value.removeprefix(NOT))): made
        for made in decisions
        if made.field == SAME_PICTURE and not made.undone
    }


def shared_pictures(
    connection: Connection, compared: PicturesCompared, without: Collection[str] = ()
) -> dict[str, tuple[SharedPicture, ...]]:
    """By item, the pictures that a document has in common with another; what a person said is not one picture is left out (of the pair, or of both as scenes), and everything of the items `without`.

    A picture that came inside a document, or in the folder that a browser saved beside a page, counts for that document. The same bytes received in two places count as a match; a document has nothing in common with what came out of it.
    """
    documents = _documents(queries.receipts(connection))
    pairs = [(one.match.one, one.match.other, evidence_words(one.match)) for one in compared.matches if one.ties]
    pairs += [(item.id, item.id, MatchStage.SAME_BYTES.value) for item in queries.items(connection) if is_picture(item.media_type)]
    found: dict[str, dict[SharedPicture, None]] = defaultdict(dict)
    for one, other, words in pairs:
        if one in without or other in without:
            continue
        for mine in documents.get(one, ()):
            for theirs in documents.get(other, ()):
                if mine not in documents[theirs] and theirs not in documents[mine]:
                    found[mine][SharedPicture(theirs, words)] = None
                    found[theirs][SharedPicture(mine, words)] = None
    return {item: tuple(shared) for item, shared in found.items()}


def evidence_words(match: Match) -> str:
    """What shows that two pictures are one, in words."""
    parts = [match.stage.value if match.differing is None else f"{match.stage.value}, {match.differing} bits differ"]
    if match.agreeing is not None:
        parts.append(f"{match.agreeing} keypoints agree")
    if match.scale is not None and not 0.95 <= match.scale <= 1.05:
        parts.append(f"scaled {match.scale:.2f}")
    if match.turned is not None and abs(match.turned) >= 1:
        parts.append(f"turned {match.turned:.0f} degrees")
    if match.mirrored:
        parts.append("mirrored")
    if match.frames > 1:
        parts.append(f"{match.frames} pairs of frames")
    return ", ".join(parts)


def _scenes_apart(connection: Connection) -> dict[frozenset[str], str]:
    """Pairs of scenes of one watched site that people said were taken at different times: the same place from above, and never one picture."""
    found = {}
    for site in watched_sites(connection):
        for one, other in combinations(site.scenes, 2):
            times = one.facts.acquired, other.facts.acquired
            if times[0] is not None and times[1] is not None and not times[0].meets(times[1]):
                days = " and ".join(time.earliest.date().isoformat() for time in times if time is not None)
                found[frozenset((one.item, other.item))] = f"not one picture: scenes of {site.number}, taken on {days}"
    return found


def _described(
    match: Match,
    numbers: Mapping[str, str],
    receipts: Mapping[str, Sequence[Receipt]],
    documents: Mapping[str, Sequence[str]],
    said: Decision | None,
) -> MatchedPictures:
    both = (match.one, match.other)
    inside = [tuple(numbers[each] for each in documents.get(item, ()) if each != item) for item in both]
    return MatchedPictures(
        match,
        numbers=(numbers[both[0]], numbers[both[1]]),
        names=(receipts[both[0]][0].name, receipts[both[1]][0].name),
        documents=(inside[0], inside[1]),
        confirmed=None if said is None else not said.value.startswith(NOT),
        why=said.why if said else None,
    )


def _failures(connection: Connection) -> list[Failure]:
    return [one for found in queries.failures(connection).values() for one in found if one.stage.startswith(f"{LOOK}@")]


def _documents(receipts: Mapping[str, Sequence[Receipt]]) -> dict[str, tuple[str, ...]]:
    """For each item, itself and the documents that hold it: what it came out of, however deep, and the saved page beside whose folder it lay."""
    pages = {(said.parent, said.name): item for item, all_said in receipts.items() for said in all_said if _is_page(said.name)}
    holders: dict[str, set[str]] = defaultdict(set)
    for item, all_said in receipts.items():
        for said in all_said:
            if said.parent is not None:
                holders[item].add(said.parent)
            page = _page_of(said, pages)
            if page is not None and page != item:
                holders[item].add(page)
    return {item: (item, *_above(item, holders)) for item in receipts}


def _is_page(name: str) -> bool:
    return name.lower().endswith((".html", ".htm"))


def _page_of(said: Receipt, pages: Mapping[tuple[str | None, str], str]) -> str | None:
    """The page that a browser saved together with this picture: "a.html" of "a_files/b.jpg"."""
    folder, _, _ = said.name.rpartition("/")
    if not folder.endswith(_SAVED_PAGE) or (said.parent is None and said.how != FROM_FOLDER):
        return None
    stem = folder.removesuffix(_SAVED_PAGE)
    return next((pages[said.parent, stem + end] for end in (".html", ".htm") if (said.parent, stem + end) in pages), None)


def _above(item: str, holders: Mapping[str, set[str]]) -> list[str]:
    found: dict[str, None] = {}
    waiting = sorted(holders.get(item, ()))
    while waiting:
        holder = waiting.pop(0)
        if holder != item and holder not in found:
            found[holder] = None
            waiting += sorted(holders.get(holder, ()))
    return list(found)
