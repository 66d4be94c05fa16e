"""Receiving evidence: files and folders walked in order, preserved in batches, each with its receipt.

Links met below a folder are never followed, so a loop of links cannot trap the walk and nothing outside the named folder is
taken in unseen. What is not received is refused on record, with the reason. A list of receipts says of each file what came with it.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

import msgspec

from witnessmark.case.case import Case, Tell
from witnessmark.case.clock import now
from witnessmark.case.folder import CASE_FILE
from witnessmark.case.labels import new_labels
from witnessmark.case.listed import Offered, Placed, decide_as_listed, place, refuse_unknown_originals
from witnessmark.case.received_list import ReceivedList, Row
from witnessmark.case.said_on_adding import SaidOfTranslation, checked, decide_as_said
from witnessmark.case.telling import BYTES, Standing
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.deed import IntakeRefused, ItemReceived
from witnessmark.model.document import Child
from witnessmark.model.item import Disposal, Receipt
from witnessmark.preserve.vault import Stored, hash_file
from witnessmark.read import media_type_of
from witnessmark.store import queries

BATCH_FILES = 256
BATCH_BYTES = 256 * 1024 * 1024
"""One commit of the log covers at most this many files or bytes, so that an interruption loses little."""


NO_FILE = "Neither a file nor a folder (a pipe, socket or device)."


class Given(msgspec.Struct, frozen=True):
    """What the person adding says of the evidence; each None where nothing was said."""

    received_from: str | None = None
    source: str | None = None
    published: str | None = None
    already_public: bool = False


class Received(msgspec.Struct):
    """What came of an intake: items new to the case, receipts of bytes held before, offers already on record, refusals, decisions made as listed or said."""

    new: int = 0
    repeated: int = 0
    unchanged: int = 0
    refused: list[IntakeRefused] = []
    decided: int = 0


class _UnreadableError(Exception):
    """Bytes offered could not be read; the fault lies with the offer, not with the case."""


class _Offer(msgspec.Struct, frozen=True):
    name: str
    how: str
    path: Path | None = None
    child: Child | None = None
    parent: str | None = None
    given: Given = Given()


def add(  # noqa: PLR0913 -- what may be said of an intake, each by its name
    case: Case,
    paths: Iterable[Path],
    given: Given,
    *,
    listed: ReceivedList | None = None,
    translation: SaidOfTranslation | None = None,
    again: bool = True,
    tell: Tell = lambda _: None,
) -> Received:
    """Preserve files and the files below folders. With `again` false, what is on record under the same name is left alone.

    What `listed` leaves open of a file is as `given`; `translation` is said of one file, and not beside a list. Raises UsageError for a list or a
    translation that does not fit, before anything is stored. Raises UsageError for a path that does not exist, StorageError where the case cannot be written (nothing of the
    batch at hand is acknowledged then; what went before is).
    """
    received, kept = Received(), dict[Path, str]()
    names = list(paths)
    offers, refusals = _walk(case.folder.root, names)
    said = checked(case, translation, _offered(offers), names) if translation else None
    placed = _placed(listed, offers) if listed else None
    if placed:
        refuse_unknown_originals(placed, case)
    offers = [msgspec.structs.replace(offer, given=_given(offer, placed, given)) for offer in offers]
    if not again:
        offers = list(_without_known(case, offers, kept, received))
        refusals = _without_recorded(case, refusals)
    if refusals:
        case.record(refusals)
        received.refused += refusals
    _preserve(case, offers, kept, received, tell)
    if placed:
        received.decided = decide_as_listed(case, placed, kept)
    if said:
        received.decided = decide_as_said(case, said, kept)
    return received


def refuse_unfit_list(case_root: Path, paths: Iterable[Path], listed: ReceivedList) -> None:
    """Raise UsageError where the list does not fit what is to be added to a case that is not there yet."""
    refuse_unknown_originals(_placed(listed, _walk(case_root, list(paths))[0]), None)


def _placed(listed: ReceivedList, offers: list[_Offer]) -> Placed:
    return place(listed, _offered(offers))


def _offered(offers: list[_Offer]) -> list[Offered]:
    return [Offered(offer.name, offer.path.resolve()) for offer in offers if offer.path is not None]


def _given(offer: _Offer, placed: Placed | None, given: Given) -> Given:
    """What is said of one file: by its row, else by the command."""
    row: Row | None = placed.rows.get(offer.path.resolve()) if placed and offer.path is not None else None
    if row is None:
        return given
    return Given(
        received_from=row.received_from or given.received_from,
        source=row.source or given.source,
        published=row.published or given.published,
        already_public=given.already_public if row.already_public is None else row.already_public,
    )


def add_children(case: Case, parent: str, number: str, children: Iterable[Child]) -> int:
    """Preserve what reading found inside an item, each as an item of its own, once; how many were new to the case."""
    with case.asking() as connection:
        known = {(r.parent, r.name, item) for item, rs in queries.receipts(connection).items() for r in rs}
    offers = [_Offer(child.name, f"attached to {number}", child=child, parent=parent) for child in children]
    fresh = [
        offer for offer in offers if offer.child and (parent, offer.name, hashlib.sha256(offer.child.content).hexdigest()) not in known
    ]
    received = Received()
    _preserve(case, fresh, {}, received, lambda _: None)
    return received.new


def _walk(root: Path, paths: list[Path]) -> tuple[list[_Offer], list[IntakeRefused]]:
    offers: list[_Offer] = []
    refusals: list[IntakeRefused] = []
    case_root = root.resolve()
    for path in paths:
        mode = _mode_of(path)
        if path.resolve().is_relative_to(case_root):
            raise UsageError(f"{path} is the case itself or lies inside it. Nothing was added; name evidence that lies elsewhere.")
        if stat.S_ISDIR(mode):
            for found in _files_below(path, case_root):
                if isinstance(found, IntakeRefused):
                    refusals.append(found)
                else:
                    offers.append(found)
        elif stat.S_ISREG(mode):
            offers.append(_Offer(_shown(Path(path.name)), "added as a file", path=path))
        else:
            refusals.append(IntakeRefused(_shown(Path(path.name)), NO_FILE))
    return offers, refusals


def files_offered(root: Path, paths: Iterable[Path]) -> tuple[list[tuple[str, Path]], list[IntakeRefused]]:
    """Each file at or below these paths with the name it would be received under, and what would be refused; nothing is stored.

    `root` is the case's folder. Raises UsageError for a path that does not exist or lies in the case.
    """
    offers, refusals = _walk(root, list(paths))
    return [(offer.name, offer.path) for offer in offers if offer.path is not None], refusals


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError as error:
        raise UsageError(f"{_shown(path)} cannot be added: {error.strerror or error}. Nothing was added.") from error


def _files_below(top: Path, case_root: Path) -> Iterator[_Offer | IntakeRefused]:
    """Everything below `top`, folder by folder in order of name; a stack of our own, since folders can be nested a thousand deep."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield IntakeRefused(_shown(folder.relative_to(top.parent)), f"The folder cannot be opened: {error.strerror}.")
            continue
        below = []
        for entry in entries:
            path = folder / entry.name
            name = _shown(path.relative_to(top))
            if entry.is_symlink():
                yield IntakeRefused(name, "A link, not a file; links are not followed. Add the file it points to by its own path.")
            elif entry.is_dir(follow_symlinks=False):
                if path.resolve() == case_root:
                    continue
                if (path / CASE_FILE).exists() and (path / "ledger").is_dir():
                    yield IntakeRefused(name, "A case, not evidence. Add the evidence itself, or export from that case.")
                else:
                    below.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield _Offer(name, "added from a folder", path=path)
            else:
                yield IntakeRefused(name, NO_FILE)
        waiting += reversed(below)


def _shown(path: Path) -> str:
    """A path with forward slashes; bytes that are no text are shown escaped."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _without_known(case: Case, offers: list[_Offer], kept: dict[Path, str], received: Received) -> Iterator[_Offer]:
    """The offers not on record under the same name with the same said of them; the bytes are hashed where they lie to tell."""
    with case.asking() as connection:
        known = {(r.name, _said(r), item) for item, rs in queries.receipts(connection).items() for r in rs}
    names = {(name, said) for name, said, _ in known}
    for offer in offers:
        item = _hash(offer.path) if (offer.name, offer.given) in names and offer.path is not None else None
        if item is not None and offer.path is not None and (offer.name, offer.given, item) in known:
            received.unchanged += 1
            kept[offer.path.resolve()] = item
        else:
            yield offer


def _said(receipt: Receipt) -> Given:
    return Given(receipt.received_from, receipt.source, receipt.published, receipt.already_public)


def _hash(path: Path) -> str | None:
    try:
        return hash_file(path)
    except OSError:
        return None


def _without_recorded(case: Case, refusals: list[IntakeRefused]) -> list[IntakeRefused]:
    with case.asking() as connection:
        recorded = set(queries.refusals(connection))
    return [refusal for refusal in refusals if refusal not in recorded]


def _preserve(case: Case, offers: Iterable[_Offer], kept: dict[Path, str], received: Received, tell: Tell) -> None:
    batch: list[tuple[_Offer, Stored]] = []
    offers = list(offers)
    total, done = sum(_size(offer) for offer in offers), 0
    with case.asking() as connection:
        gone = {one.item: one for one in queries.disposals(connection)}

    def told(size: int) -> None:
        nonlocal done
        done += size
        tell(Standing("preserved", done, total, unit=BYTES))

    for offer in offers:
        try:
            batch.append((offer, _unless_disposed(case, gone, _stage(case, offer, told))))
        except _UnreadableError as error:
            refusal = IntakeRefused(offer.name, str(error))
            with case.asking() as connection:
                on_record = refusal in queries.refusals(connection)
            if not on_record:
                case.record([refusal])
            received.refused.append(refusal)
        except OSError as error:
            case.vault.discard([stored for _, stored in batch if not stored.known])
            before = received.new + received.repeated
            safe = f"The {before} stored before it are safe; free" if before else "Nothing of this run was recorded; free"
            fault = error.strerror or error
            raise StorageError(
                f"{offer.name} could not be stored in {case.folder.vault}: {fault}. {safe} some space, then run the command again."
            ) from error
        if len(batch) == BATCH_FILES or sum(stored.size for _, stored in batch) > BATCH_BYTES:
            _commit(case, batch, kept, received)
            batch = []
    _commit(case, batch, kept, received)


def _size(offer: _Offer) -> int:
    """How many bytes are on offer, as far as can be told beforehand; only for saying how far the work is."""
    try:
        return offer.path.stat().st_size if offer.path is not None else 0
    except OSError:
        return 0


def _stage(case: Case, offer: _Offer, told: Callable[[int], None]) -> Stored:
    if offer.child is not None:
        return case.vault.stage(io.BytesIO(offer.child.content))
    assert offer.path is not None  # noqa: S101 -- an offer is a file or a child
    try:
        source = offer.path.open("rb")
    except OSError as error:
        raise _UnreadableError(f"The file cannot be opened: {error.strerror or error}.") from error
    with source:
        return case.vault.stage(_Reader(source, told))


def _unless_disposed(case: Case, gone: Mapping[str, Disposal], stored: Stored) -> Stored:
    """What was disposed of by decision does not come in again unnoticed."""
    if stored.sha256 not in gone:
        return stored
    case.vault.discard([stored])
    one = gone[stored.sha256]
    raise _UnreadableError(f"These bytes were {one.number}, disposed of on {one.at[:10]} by authority of {one.authority}.")


class _Reader:
    """A source whose reading errors are told from errors of writing the vault, and that tells how many bytes were read."""

    def __init__(self, source: IO[bytes], told: Callable[[int], None]) -> None:
        self._source = source
        self._told = told

    def read(self, size: int, /) -> bytes:
        try:
            block = self._source.read(size)
        except OSError as error:
            raise _UnreadableError(f"The file cannot be read to its end: {error.strerror or error}.") from error
        self._told(len(block))
        return block


def _commit(case: Case, batch: list[tuple[_Offer, Stored]], kept: dict[Path, str], received: Received) -> None:
    if not batch:
        return
    at = now()
    with case.asking() as connection:
        fresh = list(dict.fromkeys(s.sha256 for _, s in batch if not queries.is_held(connection, s.sha256)))
        labels = {label.subject: label for label in new_labels(connection, "I", fresh)}
    deeds = []
    for offer, stored in batch:
        receipt = Receipt(
            item=stored.sha256,
            at=at,
            name=offer.name,
            how=offer.how,
            received_from=offer.given.received_from,
            source=offer.given.source,
            published=offer.given.published,
            already_public=offer.given.already_public,
            parent=offer.parent,
            stated=offer.child.stated if offer.child is not None else {},
        )
        label = labels.pop(stored.sha256, None)
        deeds.append(ItemReceived(receipt, stored.size, media_type_of(case.vault.whereabouts(stored.sha256), offer.name), label))
    try:
        case.vault.keep([stored for _, stored in batch], witness=lambda: case.record(deeds))
    except OSError as error:
        raise StorageError(
            f"The vault {case.folder.vault} cannot be written: {error.strerror or error}. Free some space, then run the command again."
        ) from error
    kept.update((offer.path.resolve(), stored.sha256) for offer, stored in batch if offer.path is not None)
    received.new += sum(deed.label is not None for deed in deeds)
    received.repeated += sum(deed.label is None for deed in deeds)
