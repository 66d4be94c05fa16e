"""Writing the analyst's bench of a site into a folder outside the case."""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.case import Case
from witnessmark.case.watching_sites import site_of
from witnessmark.errors import StorageError, UsageError
from witnessmark.publish.bench import INDEX, bench_pages


def write_bench(case: Case, number: str, out: Path) -> tuple[Path, int]:
    """Write the pages into `out`, which is made; the page to open and how many files there are. Raises UsageError where it is taken or lies in the case, StorageError."""
    site = site_of(case, number)
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the bench elsewhere, so that nothing in the case is ever overwritten.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already and is not empty. Name a folder that does not exist yet.")
    pages = bench_pages(site)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in pages.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise StorageError(
            f"The bench cannot be written to {out}: {error.strerror or error}. Free some space, then run the command again."
        ) from error
    return out / INDEX, len(pages)
