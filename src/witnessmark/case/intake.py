"""Receiving evidence: files and folders walked in order, preserved in batches, each with its receipt.

Links met below a folder are never followed, so a loop of links cannot trap the walk and nothing outside the named folder is
taken in unseen. What is not received is refused on record, with the reason. A list of receipts says of each file what came with it.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.folder import CASE_FILE
from witnessmark.case.labels import new_labels
from witnessmark.case.listed import Offered, Placed, decide_as_listed, place, refuse_unknown_originals
from witnessmark.case.received_list import ReceivedList, Row
from witnessmark.case.telling import BYTES, Standing, Tell
from witnessmark.case.watched import UnreadableError, Watched
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.deed import IntakeRefused, ItemReceived, Label
from witnessmark.model.document import Child
from witnessmark.model.item import Disposal, Receipt
from witnessmark.preserve.cipher import Bytes
from witnessmark.preserve.hashing import hash_file
from witnessmark.preserve.vault import Stored
from witnessmark.read.kinds import UNKNOWN
from witnessmark.store import queries

if TYPE_CHECKING:
    from witnessmark.case.said_on_adding import SaidOfTranslation

BATCH_FILES = 1000
BATCH_BYTES = 256 * 1024 * 1024
"""One commit of the log covers a group of this many files, or is closed by the file that goes over these bytes; an interruption loses two groups at most."""
_MOST_BATCHES = 4
"""So many times `BATCH_FILES` a group grows to while the one before is still on its way to disk."""

_TOLD_BYTES = 256 * 1024
"""How often it is told how far the work is; saying so for each of thousands of small files would cost more than hashing them."""

NO_FILE = "Neither a file nor a folder (a pipe, socket or device)."


class Given(msgspec.Struct, frozen=True, gc=False):
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


class _Offer(msgspec.Struct, frozen=True, gc=False):
    name: str
    how: str
    place: str | None = None
    child: Child | None = None
    parent: str | None = None
    given: Given = Given()
    content: IO[bytes] | None = None

    @property
    def path(self) -> Path | None:
        """Where the file lies; a Path made for each of thousands of files costs more than opening it."""
        return Path(self.place) if self.place is not None else None


class _Staged(msgspec.Struct, frozen=True, gc=False):
    offer: _Offer
    stored: Stored
    media_type: str


def add(  # noqa: PLR0913 -- what may be said of an intake, each by its name
    case: Case,
    paths: Iterable[Path],
    given: Given,
    *,
    listed: ReceivedList | None = None,
    translation: SaidOfTranslation | None = None,
    again: bool = True,
    blake3: bool = False,
    how: str | None = None,
    tell: Tell = lambda _: None,
) -> Received:
    """Preserve files and the files below folders. With `again` false, what is on record under the same name is left alone; `blake3` records a second digest.

    `how` is what the receipts say of how the files came, where they do not simply lie on this machine. What `listed` leaves open of a file is as `given`; `translation` is said of one file, and not beside a list. Raises UsageError for a list or a
    translation that does not fit, before anything is stored. Raises UsageError for a path that does not exist, StorageError where the case cannot be written (nothing of the
    batch at hand is acknowledged then; what went before is).
    """
    received, kept = Received(), dict[Path, str]()
    names = list(paths)
    offers, refusals = _walk(case.folder.root, names)
    said = None
    if translation:
        from witnessmark.case.said_on_adding import checked  # with all that decisions take, which few intakes need

        said = checked(case, translation, _offered(offers), names)
    placed = _placed(listed, offers) if listed else None
    if placed:
        refuse_unknown_originals(placed, case)
    offers = [msgspec.structs.replace(offer, given=_given(offer, placed, given), how=how or offer.how) for offer in offers]
    if not again:
        offers = list(_without_known(case, offers, kept, received))
        refusals = _without_recorded(case, refusals)
    if refusals:
        case.record(refusals)
        received.refused += refusals
    _preserve(case, offers, kept if placed or said else None, received, tell, blake3=blake3)
    if placed:
        received.decided = decide_as_listed(case, placed, kept)
    if said:
        from witnessmark.case.said_on_adding import decide_as_said

        received.decided = decide_as_said(case, said, kept)
    return received


def refuse_unfit_list(case_root: Path, paths: Iterable[Path], listed: ReceivedList) -> None:
    """Raise UsageError where the list does not fit what is to be added to a case that is not there yet."""
    refuse_unknown_originals(_placed(listed, _walk(case_root, list(paths))[0]), None)


def _placed(listed: ReceivedList, offers: list[_Offer]) -> Placed:
    return place(listed, _offered(offers))


def _offered(offers: list[_Offer]) -> list[Offered]:
    return [Offered(offer.name, path.resolve()) for offer in offers if (path := offer.path) is not None]


def _given(offer: _Offer, placed: Placed | None, given: Given) -> Given:
    """What is said of one file: by its row, else by the command."""
    row: Row | None = placed.rows.get(path.resolve()) if placed and (path := offer.path) is not None else None
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
    _preserve(case, fresh, None, received, lambda _: None)
    return received.new


class Packed(msgspec.Struct, frozen=True):
    """A file out of a package, with the name it had outside, how it came, and what it was found in; `path` or `content` has its bytes."""

    name: str
    how: str
    path: Path | None = None
    content: bytes = b""
    parent: str | None = None
    given: Given = Given()


def add_packed(case: Case, files: Iterable[Packed], *, tell: Tell = lambda _: None) -> Received:
    """Preserve files of a package; those on record under the same name from the same package are left alone."""
    with case.asking() as connection:
        known = {(r.name, r.how) for rs in queries.receipts(connection).values() for r in rs}
    received = Received()
    fresh: list[_Offer] = []
    for file in files:
        if (file.name, file.how) in known:
            received.unchanged += 1
        else:
            child = Child(file.name, UNKNOWN, file.content) if file.path is None else None
            fresh.append(
                _Offer(
                    file.name,
                    file.how,
                    place=str(file.path) if file.path is not None else None,
                    child=child,
                    parent=file.parent,
                    given=file.given,
                )
            )
    _preserve(case, fresh, {}, received, tell)
    return received


class SentFile(msgspec.Struct, frozen=True):
    """A file that was sent: the name it is received under, its content, which can be read again from its beginning, and the sha256 of that."""

    name: str
    content: IO[bytes]
    sha256: str


def add_sent(case: Case, files: Iterable[SentFile], given: Given, *, how: str) -> Received:
    """Preserve files that were sent, not found on this machine's disk; `how` says so on the receipts.

    One that is on record under the same name with the same said of it is left alone, so that sending a form again adds nothing. Raises StorageError.
    """
    received = Received()
    fresh: list[_Offer] = []
    for file in files:
        with case.asking() as connection:
            known = queries.receipts(connection, file.sha256).get(file.sha256, ())
        if any((receipt.name, _said(receipt)) == (file.name, given) for receipt in known):
            received.unchanged += 1
        else:
            fresh.append(_Offer(file.name, how, content=file.content, given=given))
    _preserve(case, fresh, None, received, lambda _: None)
    return received


def hash_of_content(content: IO[bytes]) -> str:
    """The sha256 of a file from its beginning to its end."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


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
            offers.append(_Offer(_shown(Path(path.name)), "added as a file", place=str(path)))
        else:
            refusals.append(IntakeRefused(_shown(Path(path.name)), NO_FILE))
    return offers, refusals


def files_offered(root: Path, paths: Iterable[Path]) -> tuple[list[tuple[str, Path]], list[IntakeRefused]]:
    """Each file at or below these paths with the name it would be received under, and what would be refused; nothing is stored.

    `root` is the case's folder. Raises UsageError for a path that does not exist or lies in the case.
    """
    offers, refusals = _walk(root, list(paths))
    return [(offer.name, path) for offer in offers if (path := offer.path) is not None], refusals


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError as error:
        raise UsageError(f"{_shown(path)} cannot be added: {error.strerror or error}. Nothing was added.") from error


def _files_below(top: Path, case_root: Path) -> Iterator[_Offer | IntakeRefused]:
    """Everything below `top`, folder by folder in order of name; a stack of our own, since folders can be nested a thousand deep."""
    waiting = [(top, "")]  # names are put together as text: a path taken apart for each of thousands of files costs more than opening it
    while waiting:
        folder, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield IntakeRefused(_shown(folder.relative_to(top.parent)), f"The folder cannot be opened: {error.strerror}.")
            continue
        below = []
        for entry in entries:
            name = f"{prefix}{_readable(entry.name)}"
            if entry.is_symlink():
                yield IntakeRefused(name, "A link, not a file; links are not followed. Add the file it points to by its own path.")
            elif entry.is_dir(follow_symlinks=False):
                path = folder / entry.name
                if path.resolve() == case_root:
                    continue
                if (path / CASE_FILE).exists() and (path / "ledger").is_dir():
                    yield IntakeRefused(name, "A case, not evidence. Add the evidence itself, or export from that case.")
                else:
                    below.append((path, f"{name}/"))
            elif entry.is_file(follow_symlinks=False):
                yield _Offer(name, "added from a folder", place=entry.path)
            else:
                yield IntakeRefused(name, NO_FILE)
        waiting += reversed(below)


def _shown(path: Path) -> str:
    """A path with forward slashes; bytes that are no text are shown escaped."""
    return _readable(path.as_posix())


def _readable(name: str) -> str:
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _without_known(case: Case, offers: list[_Offer], kept: dict[Path, str], received: Received) -> Iterator[_Offer]:
    """The offers not on record under the same name with the same said of them; the bytes are hashed where they lie to tell."""
    with case.asking() as connection:
        known = {(r.name, _said(r), item) for item, rs in queries.receipts(connection).items() for r in rs}
    names = {(name, said) for name, said, _ in known}
    for offer in offers:
        path = offer.path if (offer.name, offer.given) in names else None
        item = _hash(path) if path is not None else None
        if path is not None and item is not None and (offer.name, offer.given, item) in known:
            received.unchanged += 1
            kept[path.resolve()] = item
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


def _preserve(  # noqa: PLR0913 -- what an intake works on and with
    case: Case, offers: Iterable[_Offer], kept: dict[Path, str] | None, received: Received, tell: Tell, *, blake3: bool = False
) -> None:
    """Stage the offers in groups; while one is brought to disk the next is staged, and each is recorded before the next but one begins."""
    offers, group, syncing, held = list(offers), list[_Staged](), list[_Staged](), 0
    total, done, said = sum(_size(offer) for offer in offers), 0, -_TOLD_BYTES
    with case.asking() as connection:
        gone = {one.item: one for one in queries.disposals(connection)}

    def is_on_disk(staged: list[_Staged]) -> bool:
        return case.vault.is_on_disk([one.stored for one in staged[-1:]])

    def told(size: int) -> None:
        nonlocal done, said
        done += size
        if done - said >= _TOLD_BYTES or done >= total:
            said = done
            tell(Standing("preserved", done, total, unit=BYTES))

    try:
        for offer in offers:
            try:
                group.append(_unless_disposed(case, gone, _stage(case, offer, told, blake3=blake3)))
            except UnreadableError as error:
                _refuse(case, IntakeRefused(offer.name, str(error)), received)
                continue
            except OSError as error:
                case.vault.discard([one.stored for one in group])
                _commit(case, syncing, kept, received)
                raise StorageError(_not_stored(case, offer, received, error)) from error
            held += group[-1].stored.size
            if held > BATCH_BYTES or len(group) >= _MOST_BATCHES * BATCH_FILES or (len(group) >= BATCH_FILES and is_on_disk(syncing)):
                _commit(case, syncing, kept, received)  # before the next is sent to disk: the log would wait for all of that, too
                case.vault.sync_soon([one.stored for one in group])
                group, syncing, held = [], group, 0
        _commit(case, syncing, kept, received)
    except BaseException:  # nothing of this group was witnessed
        case.vault.discard([one.stored for one in group])
        raise
    _commit(case, group, kept, received)
    _finish(case)


def _finish(case: Case) -> None:
    try:
        case.vault.sync_places()
    except OSError as error:
        raise StorageError(
            f"All is recorded and stored, but {case.folder.vault} cannot be synced: {error.strerror or error}. {_way_on(error)}"
        ) from error


def _refuse(case: Case, refusal: IntakeRefused, received: Received) -> None:
    with case.asking() as connection:
        on_record = refusal in queries.refusals(connection)
    if not on_record:
        case.record([refusal])
    received.refused.append(refusal)


def _not_stored(case: Case, offer: _Offer, received: Received, error: OSError) -> str:
    before = received.new + received.repeated
    safe = f"The {before} stored before it are safe." if before else "Nothing of this run was recorded."
    return f"{offer.name} could not be stored in {case.folder.vault}: {error.strerror or error}. {safe} {_way_on(error)}"


def _way_on(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Free some space, then run the command again."
    return "Look after the disk that the case is on, then run the command again."


def _size(offer: _Offer) -> int:
    """How many bytes are on offer, as far as can be told beforehand; only for saying how far the work is."""
    try:
        return os.stat(offer.place).st_size if offer.place is not None else 0  # noqa: PTH116 -- for each of thousands of files
    except OSError:
        return 0


def _stage(case: Case, offer: _Offer, told: Callable[[int], None], *, blake3: bool) -> _Staged:
    if offer.child is not None:
        return _watched(case, offer, io.BytesIO(offer.child.content), told, blake3=blake3)
    if offer.content is not None:
        offer.content.seek(0)
        return _watched(case, offer, offer.content, told, blake3=blake3)
    assert offer.place is not None  # noqa: S101 -- an offer is a file, what was sent or a child
    try:
        source = open(offer.place, "rb", buffering=0)  # noqa: PTH123, SIM115 -- for each of thousands of files
    except OSError as error:
        raise UnreadableError(f"The file cannot be opened: {error.strerror or error}.") from error
    with source:
        return _watched(case, offer, source, told, blake3=blake3)


def _watched(case: Case, offer: _Offer, source: Bytes, told: Callable[[int], None], *, blake3: bool) -> _Staged:
    watched = Watched(source, told)
    stored = case.vault.stage(watched, blake3=blake3)
    return _Staged(offer, stored, watched.media_type(offer.name))


def _unless_disposed(case: Case, gone: Mapping[str, Disposal], staged: _Staged) -> _Staged:
    """What was disposed of by decision does not come in again unnoticed."""
    one = gone.get(staged.stored.sha256)
    if one is None:
        return staged
    case.vault.discard([staged.stored])
    raise UnreadableError(f"These bytes were {one.number}, disposed of on {one.at[:10]} by authority of {one.authority}.")


def _commit(case: Case, group: list[_Staged], kept: dict[Path, str] | None, received: Received) -> None:
    """Bring a group to disk, record it and put it in its place; only then is it acknowledged."""
    if not group:
        return
    at = now()
    with case.asking() as connection:
        labels = {label.subject: label for label in new_labels(connection, "I", [one.stored.sha256 for one in group])}
    deeds = [_deed(one, at, labels.pop(one.stored.sha256, None)) for one in group]
    try:
        case.vault.keep([one.stored for one in group], witness=lambda: case.record(deeds))
    except OSError as error:
        before = received.new + received.repeated
        safe = f"The {before} acknowledged before are safe." if before else "Nothing was acknowledged."
        raise StorageError(
            f"The vault {case.folder.vault} cannot be written: {error.strerror or error}. {safe} {_way_on(error)}"
        ) from error
    if kept is not None:
        kept.update((path.resolve(), one.stored.sha256) for one in group if (path := one.offer.path) is not None)
    received.new += sum(deed.label is not None for deed in deeds)
    received.repeated += sum(deed.label is None for deed in deeds)


def _deed(staged: _Staged, at: str, label: Label | None) -> ItemReceived:
    offer, stored = staged.offer, staged.stored
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
    address = stored.address if not stored.known and stored.address != stored.sha256 else None
    return ItemReceived(receipt, stored.size, staged.media_type, label, blake3=stored.blake3, address=address)
