"""The demo case is what its script makes and what its README says: invented, complete, and in one place broken."""

from __future__ import annotations

import email.policy
import subprocess
import sys
from email.parser import BytesParser
from pathlib import Path

import pypdfium2
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
CASE = EXAMPLES / "karvel-briefing"
EVIDENCE = CASE / "evidence"
MADE = ("collective-report.pdf", "annex-letters.pdf", "family-list.eml")


def test_the_committed_files_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLES / "make_demo.py"), str(tmp_path)], check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(MADE)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (EVIDENCE / name).read_bytes(), name


def test_the_folder_describes_every_file_and_no_other() -> None:
    described = {line.split("`")[1] for line in (CASE / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")}
    assert described == {path.name for path in EVIDENCE.iterdir()}


def test_the_folder_says_that_everything_is_invented() -> None:
    assert "All people, places and events here are invented" in (CASE / "README.md").read_text(encoding="utf-8")


def test_the_report_has_a_text_layer_on_three_pages() -> None:
    with pypdfium2.PdfDocument(EVIDENCE / "collective-report.pdf") as report:
        pages = [page.get_textpage().get_text_bounded() for page in report]
    assert len(pages) == 3
    assert "How we worked" in pages[1]
    assert all(len(page.split()) > 80 for page in pages)


def test_the_damaged_file_cannot_be_opened() -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(EVIDENCE / "annex-letters.pdf")


def test_the_mail_carries_a_list_of_twelve_people() -> None:
    with (EVIDENCE / "family-list.eml").open("rb") as stream:
        mail = BytesParser(policy=email.policy.default).parse(stream)
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content_type() == "text/csv"
    assert len(attachment.get_content().splitlines()) == 13
