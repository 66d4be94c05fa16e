"""What kind of package a folder is, by what lies at its top: asked of everything that is verified, so it imports next to nothing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from witnessmark.case.archive import ABOUT
from witnessmark.case.bagging import DECLARATION, PAYLOAD
from witnessmark.case.ocfl import RECORD_CONTENT, ROOT_DECLARATION
from witnessmark.ledger.untrusted import FILE, kind_of

ABOUT_BACKUP = f"{PAYLOAD}{ABOUT}"
"""In the bag of a whole case."""


class Kind(StrEnum):
    """What a folder is by what lies at its top."""

    BAG = "bag"
    WHOLE_BAG = "bag of a whole case"
    OCFL = "OCFL storage root"


def kind_of_package(root: Path) -> Kind | None:
    """Which kind of package lies at `root`; None where it is none of ours, a case for one."""
    if kind_of(root / DECLARATION) == FILE:
        return Kind.WHOLE_BAG if is_whole_bag(root) else Kind.BAG
    if kind_of(root / ROOT_DECLARATION) == FILE:
        return Kind.OCFL
    return None


def is_whole_bag(root: Path) -> bool:
    """Whether the bag of a whole case lies at `root`."""
    return kind_of(root / DECLARATION) == FILE and kind_of(root / ABOUT_BACKUP) == FILE


def record_folder(kind: Kind) -> str:
    """The path of the record's files below the package's root, ending in a slash; empty where they lie at the top."""
    return RECORD_CONTENT if kind is Kind.OCFL else ""
