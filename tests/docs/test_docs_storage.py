"""The storage page says what is on disk: every file, log action, table and setting, and the form of a log line."""

from __future__ import annotations

import json
import re
import sqlite3
import typing
from pathlib import Path

import msgspec
import pytest
import rfc8785

from witnessmark.case.case import create_case, open_case
from witnessmark.case.folder import CaseFile
from witnessmark.case.intake import Given, add
from witnessmark.model.deed import CustodyDeed, Deed
from witnessmark.model.entry import Entry
from witnessmark.store.full_text import INDEXES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "internals" / "storage.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that holds the demo evidence, not read yet."""
    root = tmp_path_factory.mktemp("storage") / "case"
    create_case(root, member="somebody")
    with open_case(root, write="add", member="somebody") as opened:
        add(opened, [ROOT / "examples" / "karvel-briefing" / "evidence"], Given())
    return root


def test_every_name_at_the_top_of_a_case_is_in_the_tree(case: Path) -> None:
    tree = re.findall(r"^  ([\w.]+)/?(?:[ ,][^\n]*)?$|, (write\.holder) ", PAGE.split("```")[1], re.MULTILINE)
    shown = {name for pair in tree for name in pair if name} | {"dossier"}
    assert {path.name for path in case.iterdir()} <= shown


def test_file_names_can_be_carried_between_systems(case: Path) -> None:
    assert all(re.fullmatch(r"[a-z0-9.-]+", path.name) for path in case.rglob("*"))


def test_a_log_line_is_canonical_json_of_the_fields_described(case: Path) -> None:
    described = set(re.findall(r"^\| `(\w+)` \|", PAGE.split("## `ledger/`")[1].split("The leaf hash")[0], re.MULTILINE))
    assert described == {field.name for field in msgspec.structs.fields(Entry)}
    for line in (case / "ledger" / "custody" / "log.jsonl").read_bytes().splitlines():
        assert rfc8785.dumps(json.loads(line)) == line


def test_the_log_line_shown_is_canonical_json() -> None:
    (shown,) = re.findall(r"^(\{\"action\".*\})$", PAGE, re.MULTILINE)
    assert rfc8785.dumps(json.loads(shown)).decode() == shown


def test_every_action_is_described_under_its_log() -> None:
    described = set(re.findall(r"^\| (custody|analysis) \| `([\w.]+)` \|", PAGE, re.MULTILINE))
    custody = typing.get_args(CustodyDeed)
    deeds = typing.get_args(Deed)
    assert described == {("custody" if deed in custody else "analysis", deed.__struct_config__.tag) for deed in deeds}


def test_every_table_of_the_database_is_described(case: Path) -> None:
    with sqlite3.connect(case / "case.db") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    section = PAGE.split("## `case.db`")[1].split("## `members.db`")[0]
    described = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))))
    assert {name for name in tables if not name.startswith(("sqlite_", *(f"{index}_" for index in INDEXES)))} == described


def test_every_setting_is_named() -> None:
    section = PAGE.split("## `case.toml`")[1].split("## `vault/`")[0]
    assert all(field.name in section for field in msgspec.structs.fields(CaseFile))
