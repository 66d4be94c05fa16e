from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.read.read_originals import BARE, document_of, reason_of, sentence, stored

from witnessmark.model.document import Origin
from witnessmark.read import ReadRequest, run


def test_plain_text_is_unchanged_but_for_its_byte_order_mark(tmp_path: Path) -> None:
    text = "First line.\r\n\r\nالسطر الثاني 🌍 e\u0301\rthird\n\n"
    document = document_of(stored(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert document.text == text
    assert document.reader == "plain-text@1"
    assert document.problems == ()


def test_markdown_is_unchanged_and_titled_by_its_first_heading(tmp_path: Path) -> None:
    text = "```\n# not this\n```\nIntro.\n\n## What *happened* at `Tessel` ##\n\nText.\n"
    document = document_of(stored(tmp_path, "a.md", text))
    assert document.text == text
    assert document.title == "What happened at Tessel"


def test_an_underlined_heading_is_a_title_too(tmp_path: Path) -> None:
    assert document_of(stored(tmp_path, "a.md", "The report\r\n==========\r\n\r\nText.")).title == "The report"


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    assert reason_of(stored(tmp_path, "a.txt", b"")) == "The file is empty (0 bytes)."


def test_binary_data_named_txt_is_said_to_be_no_text(tmp_path: Path) -> None:
    assert "named .txt but is not text" in reason_of(stored(tmp_path, "a.txt", os.urandom(4000)))


def test_text_that_turns_binary_after_its_beginning_is_no_text(tmp_path: Path) -> None:
    assert "not text: it holds 20 NUL bytes" in reason_of(stored(tmp_path, "a.txt", b"words " * 20_000 + bytes(20)))


def test_a_text_of_200_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = stored(tmp_path, "a.txt", "words\n" * 20_000)
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    assert reason_of(path).startswith("The text has 200 MB; at most 50 MB are read.")


def test_a_dateline_gives_the_day_and_the_agency_and_where_they_came_from(tmp_path: Path) -> None:
    text = "LIMA, 20 AUG 88 (EFE) -- The ministry said that no police had fired.\n"
    document = document_of(stored(tmp_path, "a.txt", text))
    assert document.published is not None
    assert document.publisher is not None
    assert (document.published.value, document.published.origin) == ("1988-08-20", Origin.DATELINE)
    assert (document.publisher.value, document.publisher.origin) == ("EFE", Origin.DATELINE)


def test_a_text_that_states_no_day_has_none(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.txt", "The ministry said that no police had fired.\n"))
    assert document.published is None
    assert document.publisher is None


def test_a_kind_no_reader_knows_is_named(tmp_path: Path) -> None:
    assert reason_of(stored(tmp_path, "a.db", b"SQLite format 3\x00" + bytes(20))) == "No reader for application/vnd.sqlite3."


@pytest.mark.parametrize("name", ["a file with spaces.txt", "شهادة.txt"])
def test_paths_with_spaces_and_arabic_are_read(tmp_path: Path, name: str) -> None:
    assert document_of(stored(tmp_path, name, "Some words.")).text == "Some words."


def test_a_file_that_is_gone_is_a_reason_and_no_traceback(tmp_path: Path) -> None:

    (result,) = run([ReadRequest("0" * 64, tmp_path / "gone", "gone.txt", "text/plain")], BARE, workers=1)
    assert sentence(result) == "The stored original could not be opened (No such file or directory)."


def test_a_file_without_permission_is_a_reason_and_no_traceback(tmp_path: Path) -> None:
    path = stored(tmp_path, "a.txt", "Words.")
    request = ReadRequest("0" * 64, path, "a.txt", "text/plain")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        (result,) = run([request], BARE, workers=1)
        assert sentence(result) == "The stored original could not be opened (Permission denied)."
    else:
        pytest.skip("this user may read anything")
    finally:
        path.chmod(0o600)
