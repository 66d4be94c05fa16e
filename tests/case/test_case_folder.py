from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.folder import FORMAT_VERSION
from witnessmark.case.intake import Given, add
from witnessmark.case.lock import write_lock, writer_of
from witnessmark.errors import CaseBusyError, CaseError


def test_a_title_in_any_script_survives_case_toml(tmp_path: Path) -> None:
    create_case(tmp_path / "case", title='سجن "كورين" \\ 2031\n\x7f')
    with open_case(tmp_path / "case") as case:
        assert case.settings.title == 'سجن "كورين" \\ 2031\n\x7f'


def test_an_unknown_key_in_case_toml_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    settings = tmp_path / "case" / "case.toml"
    settings.write_text(settings.read_text() + 'langauge = "ar"\n')
    with pytest.raises(CaseError, match="Did you mean 'language'"), open_case(tmp_path / "case"):
        pass


def test_a_case_of_a_newer_format_is_not_touched(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    settings = tmp_path / "case" / "case.toml"
    settings.write_text(settings.read_text().replace(f"format_version = {FORMAT_VERSION}", "format_version = 7"))
    with pytest.raises(CaseError, match="newer witnessmark"), open_case(tmp_path / "case", write="test"):
        pass


def test_what_is_no_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="witnessmark new"), open_case(tmp_path):
        pass


def test_a_folder_with_something_in_it_never_becomes_a_case(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CaseError, match="not empty"):
        create_case(tmp_path)


def test_a_second_writer_waits_and_says_for_whom(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    lock = tmp_path / "case" / "write.lock"
    code = (
        "import sys, time; from pathlib import Path; from witnessmark.case.lock import write_lock\n"
        f"with write_lock(Path({str(lock)!r}), 'read'):\n    print('held', flush=True); time.sleep(2)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        told: list[str] = []
        with (
            pytest.raises(CaseBusyError, match=r"read \(process \d+\) is still writing"),
            write_lock(lock, "add", patience=0.2, tell=told.append),
        ):
            pass
        assert told[0].startswith("Waiting for read (process ")
        started = time.monotonic()
        with write_lock(lock, "add", patience=30):
            assert time.monotonic() - started > 0.1


def test_a_case_is_never_made_inside_another_nor_taken_for_evidence(tmp_path: Path) -> None:
    create_case(tmp_path / "outer")
    with pytest.raises(CaseError, match="inside the case"):
        create_case(tmp_path / "outer" / "vault" / "inner")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "note.txt").write_text("a note")
    create_case(folder / "old")
    with open_case(tmp_path / "outer", write="test") as case:
        received = add(case, [folder], Given())
    assert received.new == 1
    assert [refusal.name for refusal in received.refused] == ["old"]


def test_status_knows_who_is_writing(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    lock = tmp_path / "case" / "write.lock"
    assert writer_of(lock) is None
    code = (
        "import sys; from pathlib import Path; from witnessmark.case.lock import write_lock\n"
        f"with write_lock(Path({str(lock)!r}), 'read'):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert writer_of(lock) == f"read (process {other.pid})"
    assert writer_of(lock) is None
