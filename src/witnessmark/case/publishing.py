"""Publishing the working draft into `dossier/`: written beside the old one and exchanged for it, then recorded with the hash of each file."""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.stages import PUBLISH, step_of
from witnessmark.case.viewing import view_case, warnings_of
from witnessmark.errors import StorageError
from witnessmark.model.deed import DossierPublished, Step
from witnessmark.publish import draft
from witnessmark.store import queries


class Published(msgspec.Struct, frozen=True):
    """Where the dossier is, and whether it had to be written."""

    index: Path
    changed: bool


def publish_draft(case: Case) -> Published:
    """Write the working draft where anything it shows has changed. Raises UncitedSentenceError, StorageError."""
    index = case.folder.dossier / "index.html"
    step = _step(case)
    with case.asking() as connection:
        if index.exists() and queries.step_is_done(connection, step):
            return Published(index, changed=False)
    pages = draft(view_case(case))
    try:
        _exchange(case.folder.dossier, pages)
    except OSError as error:
        raise StorageError(
            f"The dossier {case.folder.dossier} cannot be written: {error.strerror or error}. The old one is as it was."
        ) from error
    case.record([DossierPublished(step, {name: hashlib.sha256(content).hexdigest() for name, content in sorted(pages.items())})])
    return Published(index, changed=True)


def _step(case: Case) -> Step:
    """What the draft depends on: the state of the case, the methods that derived from it, and what this machine lacks."""
    with case.asking() as connection:
        parameters = {"warnings": warnings_of(connection), "weighed": queries.weighed_steps(connection)}
        return step_of(PUBLISH, version("witnessmark"), parameters, queries.state(connection))


def _exchange(dossier: Path, pages: dict[str, bytes]) -> None:
    fresh, old = dossier.with_name("dossier.new"), dossier.with_name("dossier.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for name, content in pages.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if dossier.exists():
        dossier.replace(old)
    fresh.replace(dossier)
    shutil.rmtree(old, ignore_errors=True)
