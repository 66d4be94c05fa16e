"""A page that shows both pictures of every match beside each other, written outside the case: small copies made in the limited child, with nothing that the files say of themselves."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.comparing_pictures import evidence_words
from witnessmark.case.looking_at_pictures import open_looker
from witnessmark.case.looking_child import Looked, LookJob
from witnessmark.case.telling import Tell
from witnessmark.case.work_folder import work_place
from witnessmark.durable import write_durably
from witnessmark.engines.child import ChildError, LimitedChild
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.matching import PicturesCompared
from witnessmark.publish.picture_pairs import ShownPair, ShownPicture, pairs_page
from witnessmark.store import queries

MOST_SHOWN = 200
"""Matches on one page; a page of more is too heavy for a browser."""


def refuse_place(case: Case, out: Path) -> None:
    """Raises UsageError where the page would lie in the case, take another file's place, or has no folder to lie in."""
    if out.suffix.lower() != ".html":
        raise UsageError(f"{out.name} does not end in .html.")
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the page elsewhere, so that nothing of the case is ever overwritten.")
    if out.exists():
        raise UsageError(f"{out} exists already and is not overwritten. Choose another name.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it first.")


def write_page(case: Case, found: PicturesCompared, out: Path, *, tell: Tell = lambda _: None) -> None:
    """Write the page of these matches. Raises StorageError where it cannot be written."""
    tell("Drawing both pictures of each match")
    with case.asking() as connection:
        types = {item.id: item.media_type for item in queries.items(connection)}
        title = queries.title(connection)
    shown: dict[tuple[str, float | None], bytes] = {}
    pairs = []
    with open_looker(work_place(case.access)) as child:
        for one in found.matches[:MOST_SHOWN]:
            sides = []
            for item, at, number, name in zip((one.match.one, one.match.other), one.match.seconds, one.numbers, one.names, strict=True):
                if (item, at) not in shown:
                    shown[item, at] = jpeg_of(case, child, item, types[item], at)
                sides.append(ShownPicture(number, name, at, shown[item, at]))
            said = None if one.confirmed is None else ("one picture" if one.confirmed else "not one picture") + f": {one.why}"
            pairs.append(ShownPair(sides[0], sides[1], evidence_words(one.match), one.match, said))
    try:
        write_durably(out, pairs_page(title, pairs, left_out=max(0, len(found.matches) - MOST_SHOWN)))
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error


def jpeg_of(case: Case, child: LimitedChild, item: str, media_type: str, at: float | None) -> bytes:
    """The picture to show, small and with nothing but its pixels; nothing where it can no longer be drawn."""
    with case.vault.as_file(item) as path:
        job = LookJob(os.fsencode(path.absolute()), media_type, shown=True, seconds=at)
        try:
            return msgspec.msgpack.decode(child.call(msgspec.msgpack.encode(job), file=path), type=Looked).jpeg
        except (ChildError, msgspec.DecodeError):
            return b""
