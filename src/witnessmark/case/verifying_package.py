"""Verifying a package on a machine that has never seen the case: what kind it is, then every file, entry, proof and opening in it.

Whatever comes in was made by somebody else: plain files only are opened, no link is followed, nothing is read that is longer than it is said to be,
and a foreign library looks only where every name is safe. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from witnessmark.case import bagging, ocfl
from witnessmark.case.handing_over_papers import PAPERS
from witnessmark.case.package_kind import Kind, kind_of_package, record_folder
from witnessmark.case.telling import Tell
from witnessmark.case.verifying_handover import check_record, read_package
from witnessmark.case.whole_bag import check_whole
from witnessmark.errors import CaseError
from witnessmark.ledger.notes import VerifierKey
from witnessmark.model.handover import Form
from witnessmark.model.verdict import Check, Verdict


def verify_package(root: Path, *, trust: Sequence[VerifierKey] = (), tell: Tell = lambda _: None) -> Iterator[Check]:
    """All checks of a package; `trust` are keys of whoever signs for the case, come by another way. Raises CaseError where `root` is none."""
    kind = kind_of_package(root)
    if kind is None:
        raise CaseError(
            f"{root} is neither a case nor a package of this program (it has no {bagging.DECLARATION} and no {ocfl.ROOT_DECLARATION})."
        )
    if kind is Kind.WHOLE_BAG:
        yield from check_whole(root, tell=tell)
        return
    package = read_package(root, record_folder(kind))
    sums = bagging.Sums()
    tell("Hashing every file of the package")
    faults = list(bagging.survey_folder(root, package.sizes, sums))
    yield from faults
    if kind is Kind.OCFL:
        yield from ocfl.check_ocfl(root, sums)
    else:
        yield from bagging.check_bag(root, sums, beside=PAPERS if package.about and package.about.form is Form.HANDOVER else ())
    library = ocfl.check_with_library if kind is Kind.OCFL else bagging.check_with_library
    yield _refused(kind) if faults else library(root)
    yield from check_record(package, sums, trust=trust)


def _refused(kind: Kind) -> Check:
    return Check(f"the {kind}, by its library", Verdict.NOT_CHECKED, "It holds what no package holds, so the library was not let near it.")
