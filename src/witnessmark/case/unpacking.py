"""Taking in what a container holds, part by part: the members of each part are preserved before the next part is asked for.

So a large archive is never in memory whole, and one that was interrupted is gone through again, where what is in already stays as it is. What comes
out of one container and all containers in it is counted together, because bombs multiply by nesting.
"""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.intake import add_children
from witnessmark.model.document import Anchor, Child, Document, Failure, Reading
from witnessmark.read import ReadParams, ReadRequest, run
from witnessmark.store import queries
from witnessmark.store.database import Connection

MOST_INSIDE = 100_000
MOST_BYTES_INSIDE = 50_000_000_000
"""Members and bytes that may come out of one received file, nested containers included."""


class Taken(msgspec.Struct):
    """What this run took out below each outermost container: members and bytes."""

    members: int = 0
    bytes: int = 0


class Unpacked(msgspec.Struct, frozen=True):
    """The whole document of a container, and how many of its members were new to the case."""

    document: Document
    new: int


def take_out(case: Case, request: ReadRequest, reading: Reading, params: ReadParams, taken: dict[str, Taken]) -> Unpacked:
    """Preserve the members of a reading and of the parts that follow it; the document tells of all of them."""
    if not reading.children and reading.more is None:
        return Unpacked(reading.document, 0)
    with case.asking() as connection:
        number = queries.numbers_of(connection, [request.item])[request.item]
        inside = taken.setdefault(outermost(request.item, _parents(connection)), Taken())
    document, new, part = reading.document, 0, reading
    while True:
        allowed = _allowed(part.children, inside)
        new += add_children(case, request.item, number, allowed)
        if len(allowed) < len(part.children):
            return Unpacked(_with_problem(document, _enough(len(part.children) - len(allowed))), new)
        if part.more is None:
            return Unpacked(document, new)
        following = next(iter(run([msgspec.structs.replace(request, start=part.more)], params, workers=1)))
        if isinstance(following, Failure) or (following.more is not None and following.more <= part.more):
            reason = following.reason if isinstance(following, Failure) else "The next part did not come."
            return Unpacked(_with_problem(document, f"From member {part.more + 1} on it could not be unpacked. {reason}"), new)
        document, part = _joined(document, following.document), following


def outermost(item: str, parents: dict[str, str | None]) -> str:
    """The received file that an item came out of in the end; itself where it came in by itself."""
    seen = {item}
    while (parent := parents.get(item)) is not None and parent not in seen:
        seen.add(parent)
        item = parent
    return item


def depth_of(item: str, parents: dict[str, str | None]) -> int:
    """How many containers are around an item, one in the other."""
    seen = {item}
    while (parent := parents.get(item)) is not None and parent not in seen:
        seen.add(parent)
        item = parent
    return len(seen) - 1


def _parents(connection: Connection) -> dict[str, str | None]:
    return {item: said[0].parent for item, said in queries.receipts(connection).items()}


def _allowed(children: tuple[Child, ...], inside: Taken) -> list[Child]:
    allowed = []
    for child in children:
        if inside.members >= MOST_INSIDE or inside.bytes + len(child.content) > MOST_BYTES_INSIDE:
            break
        inside.members += 1
        inside.bytes += len(child.content)
        allowed.append(child)
    return allowed


def _enough(left: int) -> str:
    return (
        f"{left} of its members, and what follows them, were not taken in: more than {MOST_INSIDE:,} files or {MOST_BYTES_INSIDE / 1e9:.0f} GB came "
        "out of the file received. Unpack it and add what is needed."
    )


def _with_problem(document: Document, problem: str) -> Document:
    return msgspec.structs.replace(document, problems=(*document.problems, problem))


def _joined(first: Document, second: Document) -> Document:
    """One document of two parts of a container; a row each, so they are put together by a line end."""
    if not second.text:
        return msgspec.structs.replace(first, problems=(*first.problems, *second.problems))
    by = len(first.text) + 1 if first.text else 0
    moved = tuple(Anchor(a.start + by, a.end + by, a.kind, a.label, a.box) for a in second.anchors)
    return msgspec.structs.replace(
        first,
        text=f"{first.text}\n{second.text}" if first.text else second.text,
        anchors=(*first.anchors, *moved),
        problems=(*first.problems, *(problem for problem in second.problems if problem not in first.problems)),
        metadata=second.metadata | first.metadata,
    )
