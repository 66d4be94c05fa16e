"""The page on formats names each format there was, what its upgrading does, and the files that keep it true."""

from __future__ import annotations

import re
from pathlib import Path

from witnessmark.case.folder import FORMAT_VERSION
from witnessmark.case.upgrading import OLDEST_FORMAT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "internals" / "formats.md").read_text(encoding="utf-8")
STORAGE = (ROOT / "docs" / "internals" / "storage.md").read_text(encoding="utf-8")


def test_every_format_is_described_with_the_way_to_the_next() -> None:
    described = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    assert described == list(range(OLDEST_FORMAT, FORMAT_VERSION + 1))
    assert re.findall(r"^## From (\d+) to (\d+)$", PAGE, re.MULTILINE) == [
        (str(n), str(n + 1)) for n in range(OLDEST_FORMAT, FORMAT_VERSION)
    ]


def test_the_storage_page_describes_the_current_format() -> None:
    assert f"Format version {FORMAT_VERSION}\n" in STORAGE
    assert f"format_version = {FORMAT_VERSION}\n" in STORAGE


def test_each_older_format_has_its_frozen_case_where_the_page_says() -> None:
    assert "tests/case/frozen/" in PAGE
    for version in range(OLDEST_FORMAT, FORMAT_VERSION):
        assert (ROOT / "tests" / "case" / "frozen" / f"format-{version}.tar.gz").is_file()
