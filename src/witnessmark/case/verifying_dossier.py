"""Checking the dossier: each file as it was published, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from witnessmark.case.verifying_deeds import Recorded
from witnessmark.errors import CustodyError
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, hash_plain, shown, verdict_on, walk_plain
from witnessmark.model.deed import DossierPublished
from witnessmark.model.verdict import Check, Verdict

DOSSIER, STANDING_BY = "dossier", "dossier.new"


def check_dossier(case: Path, recorded: Recorded, analysis: Survey, *, busy: bool) -> Iterator[Check]:
    """Compare `dossier/` with what was published last."""
    seq, published = recorded.published or (-1, None)
    if recorded.misses(analysis, str(DossierPublished.__struct_config__.tag), after=seq):
        yield Check(DOSSIER, Verdict.NOT_CHECKED, "The analysis log or its records are damaged, so what was published last is not known.")
        return
    if published and seq < recorded.drafts_disposed:
        yield from _check_gone(case)
        return
    files = published.files if published else {}
    checks = [*_check_pages(case, files), *_check_others(case, files)]
    wrong = any(check.verdict is Verdict.FAIL for check in checks)
    if wrong and busy:
        yield Check(DOSSIER, Verdict.NOT_CHECKED, "Not as published last; another process may be exchanging it just now.")
    elif wrong and files and not any(_check_pages(case, files, folder=STANDING_BY)):
        yield Check(
            DOSSIER,
            Verdict.NOT_CHECKED,
            f"An interrupted publish: what was published last lies in {STANDING_BY}; the next command that writes puts it in its place.",
        )
    elif checks:
        yield from checks
    elif published is None:
        yield Check(DOSSIER, Verdict.NOT_CHECKED, "Nothing has been published yet.")
    else:
        yield Check(DOSSIER, Verdict.PASS, f"{len(files)} files as they were published.")


def _check_gone(case: Path) -> Iterator[Check]:
    """The dossier published last may show what was disposed of since, so it has to be gone."""
    met, faults = walk_plain(case, DOSSIER)
    yield from faults
    files = [found for found in met if found.kind != FOLDER]
    if files:
        yield Check(
            DOSSIER, Verdict.FAIL, "It was published before something was disposed of, and is still there. Run `witnessmark publish`."
        )
    elif not faults:
        yield Check(DOSSIER, Verdict.NOT_CHECKED, "The dossier went with what was disposed of. Write a new one with `witnessmark publish`.")


def _check_pages(case: Path, files: Mapping[str, str], *, folder: str = DOSSIER) -> Iterator[Check]:
    for name, sha256 in files.items():
        subject = f"{folder}/{shown(name)}"
        try:
            found, _ = hash_plain(case, f"{folder}/{name}")
        except FileNotFoundError:
            yield Check(subject, Verdict.FAIL, "The page is missing. Write it again with `witnessmark publish`.")
        except (OSError, CustodyError) as error:
            yield Check(subject, *verdict_on(error))
        else:
            if found != sha256:
                yield Check(
                    subject, Verdict.FAIL, "The page was altered after it was published. Write it again with `witnessmark publish`."
                )


def _check_others(case: Path, files: Mapping[str, str]) -> Iterator[Check]:
    met, faults = walk_plain(case, DOSSIER)
    yield from faults
    pages = {f"{DOSSIER}/{name}" for name in files}
    folders = {str(parent) for page in pages for parent in Path(page).parents}
    for found in met:
        if found.name not in pages and not (found.kind == FOLDER and found.name in folders):
            what = "A file" if found.kind == FILE else f"A {found.kind}"
            yield Check(shown(found.name), Verdict.FAIL, f"{what} that was not published with the dossier.")
