"""Taking in a package that a case of this program handed over: its items with where they come from, and the other case's record beside them.

A package is verified first, and one of which anything fails is refused whole. What the other case decided (protection, release, consent) is in its
record and is not taken over: whoever holds a thing decides anew, and until then it is not released here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.bagging import is_safe_name
from witnessmark.case.case import Case
from witnessmark.case.handing_over import CHECKPOINT
from witnessmark.case.intake import Given, Packed, add_packed
from witnessmark.case.package_kind import Kind, kind_of_package, record_folder
from witnessmark.case.telling import Tell, typed
from witnessmark.case.verifying_handover import Package, content_or_nothing, read_package, record_of
from witnessmark.case.verifying_package import verify_package
from witnessmark.errors import CaseError, CustodyError, UsageError
from witnessmark.ledger.checkpoint import parse_checkpoint
from witnessmark.ledger.notes import VerifierKey
from witnessmark.model.handover import About, HandedItem
from witnessmark.model.verdict import Verdict

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class TakenIn(msgspec.Struct, frozen=True):
    """What came of it: the hand-over, the public name of the case it is from, items new here, held here already, and on record from this package already."""

    handover: str
    origin: str
    new: int
    repeated: int
    unchanged: int
    not_checked: tuple[str, ...]


def take_in(case: Case, root: Path, *, trust: Sequence[VerifierKey] = (), tell: Tell = lambda _: None) -> TakenIn:
    """Take the items of the package at `root` into a case that is open for writing.

    Raises CaseError where it is no package, UsageError for the bag of a whole case, CustodyError where anything in it fails, with nothing taken in.
    """
    kind = refuse_unfit(root)
    open_questions = []
    for check in verify_package(root, trust=trust, tell=tell):
        if check.verdict is Verdict.FAIL:
            raise CustodyError(f"{root} does not verify, so nothing was taken in: {check.subject}: {check.detail}")
        if check.verdict is Verdict.NOT_CHECKED:
            open_questions.append(f"{check.subject}: {check.detail}")
    package = read_package(root, record_folder(kind))
    assert package.about is not None  # noqa: S101 -- verified just now
    origin = parse_checkpoint(content_or_nothing(package, CHECKPOINT) or b"").origin
    received = add_packed(case, _packed(package, package.about, origin), tell=tell)
    return TakenIn(package.about.id, origin, received.new, received.repeated, received.unchanged, tuple(open_questions))


def refuse_unfit(root: Path) -> Kind:
    """What kind of package `root` is. Raises CaseError where it is none, UsageError for the bag of a whole case."""
    kind = kind_of_package(root)
    if kind is None:
        raise CaseError(f"{root} is no package that this program made. Other evidence is added with `witnessmark add`.")
    if kind is Kind.WHOLE_BAG:
        raise UsageError(f"{root} is the bag of a whole case. Bring it back with `witnessmark restore {typed(root)} CASE`.")
    return kind


def _packed(package: Package, about: About, origin: str) -> Iterator[Packed]:
    head = about.head
    how = f"from hand-over {about.id} of the case {origin}, custody log of {head.size} entries, root {head.root}"
    keepers = f"the keepers of the case “{about.case}” ({origin})"
    by_place = {item.place: item for item in package.items or ()}
    for item in by_place.values():
        yield Packed(
            name=item.receipts[0].name,
            how=how,
            path=_path_of(package, item),
            parent=by_place[item.parent].sha256 if item.parent in by_place else None,
            given=Given(keepers, item.source, item.published, item.already_public),
        )
    yield Packed(
        name=f"record-of-{about.id}.zip", how=f"the record of {how.removeprefix('from ')}", content=_zipped(package), given=Given(keepers)
    )


def _path_of(package: Package, item: HandedItem) -> Path:
    if not is_safe_name(item.file):
        raise CustodyError(f"Item {item.place} of {package.root} is no file of a package.")
    return package.root / item.file


def _zipped(package: Package) -> bytes:
    """The record's files in one ZIP, not compressed, the same for the same package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(record_of(package).items()):
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return packed.getvalue()
