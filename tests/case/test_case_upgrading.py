"""A case of an older format, as the program of its day wrote it, comes to the current one with all that was decided."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from witnessmark.case.case import Case, open_case, rebuild_case
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder
from witnessmark.case.publishing import publish_draft
from witnessmark.case.upgrading import upgrade_case
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import CaseError, CustodyError
from witnessmark.model.deed import IntakeRefused
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries

FROZEN = {
    1: "a28d717eb0fefbe8e5214d55e8b723a68f174e37688ce23b72901abfa2388a87",
    2: "8ea90613bf0cc636d8d77591f6270f54a76e3d246c4ef1648250423e643c045e",
}
"""The SHA-256 of the frozen case of each older format."""

FOLDER = Path(__file__).parent / "frozen"


def archive_of(version: int) -> Path:
    return FOLDER / f"format-{version}.tar.gz"


@pytest.fixture(params=sorted(FROZEN))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A frozen case of each older format, unpacked."""
    with tarfile.open(archive_of(request.param)) as archive:
        archive.extractall(tmp_path / "frozen", filter="tar")
    return tmp_path / "frozen" / "case"


def format_of(case: Path) -> int:
    """The format that `case.toml` states."""
    return CaseFolder(case).settings().format_version


def old_rows(case: Path, query: str) -> set[tuple[object, ...]]:
    """Rows of the database as the old program left it."""
    with closing(sqlite3.connect(f"file:{case / 'case.db'}?mode=ro&immutable=1", uri=True)) as connection:
        return set(connection.execute(query).fetchall())


def failed(case: Path) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in verify_case(case) if check.verdict is Verdict.FAIL]


def old_counts(case: Path) -> tuple[int, tuple[int, int, int]]:
    """How many items the old program had, and how many claims were accepted, rejected and unsure by the decisions that stood."""
    ((items,),) = old_rows(case, "SELECT count(*) FROM item")
    decided = Counter(
        json.loads(str(body))["value"] if field == "status" else "accepted"  # a claim added by hand was read by its adder
        for field, body in old_rows(case, "SELECT field, body FROM decision WHERE field IN ('status', 'claim') AND NOT undone")
    )
    return int(str(items)), (decided["accepted"], decided["rejected"], decided["unsure"])


def bytes_below(case: Path, *tops: str) -> dict[str, bytes]:
    return {path.relative_to(case).as_posix(): path.read_bytes() for top in tops for path in (case / top).rglob("*") if path.is_file()}


def upgrades_on_record(case: Path) -> int:
    lines = (case / "ledger" / "custody" / "log.jsonl").read_bytes().splitlines()
    return sum(json.loads(line)["action"] == "case.upgraded" for line in lines)


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608 -- our own tables


def test_every_older_format_has_its_frozen_case() -> None:
    assert set(FROZEN) == set(range(1, FORMAT_VERSION))


@pytest.mark.parametrize("version", sorted(FROZEN))
def test_a_frozen_case_is_the_one_that_was_frozen(version: int) -> None:
    assert hashlib.sha256(archive_of(version).read_bytes()).hexdigest() == FROZEN[version]
    assert FROZEN[version] in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert archive_of(version).stat().st_size < 300_000


def test_an_old_case_is_opened_only_after_upgrading_and_says_how(old: Path) -> None:
    before, version = bytes_below(old, "."), format_of(old)
    for write in (None, "test"):
        with (
            pytest.raises(
                CaseError, match=rf"format {version}; this program writes \d+\. Run `witnessmark upgrade .*`; make a backup first"
            ),
            open_case(old, write=write),
        ):
            pass
    with pytest.raises(CaseError, match="witnessmark upgrade"):
        rebuild_case(old)
    assert bytes_below(old, ".") == before


def test_an_old_case_verifies_as_it_is(old: Path) -> None:
    checks = {check.subject: check for check in verify_case(old)}
    assert not failed(old)
    assert checks["dossier"].verdict is Verdict.PASS
    assert checks["case.db"].verdict is Verdict.NOT_CHECKED
    assert "witnessmark upgrade" in checks["case.db"].detail


def test_an_upgraded_case_keeps_every_decision_number_and_public_id(old: Path) -> None:
    labels = old_rows(old, "SELECT subject, number, public_id FROM label")
    decided = {(str(id_), undone) for id_, undone in old_rows(old, "SELECT id, undone FROM decision")}
    kept = bytes_below(old, "vault", "records", "dossier")
    entries = (old / "ledger" / "custody" / "log.jsonl").read_bytes()
    before, items, statuses_then = format_of(old), *old_counts(old)
    done = upgrade_case(old, member="ana")
    assert (done.before, done.after, done.changed) == (before, FORMAT_VERSION, True)
    assert not failed(old)
    with open_case(old) as case, case.asking() as connection:
        now = {(label.subject, label.number, label.public_id) for label in queries.labels(connection).values()}
        assert labels <= now
        assert {(d.id, int(d.undone)) for d in queries.decisions(connection)} == decided
        assert len(queries.items(connection)) == items
        statuses = Counter(stored.status.value for stored in queries.claims(connection))
    assert (statuses["accepted"], statuses["rejected"], statuses["unsure"]) == statuses_then
    assert kept.items() <= bytes_below(old, "vault", "records", "dossier").items()
    assert (old / "ledger" / "custody" / "log.jsonl").read_bytes().startswith(entries)
    assert upgrades_on_record(old) == 1


def test_an_upgraded_case_rebuilds_to_the_same_rows_twice(old: Path) -> None:
    upgrade_case(old)
    drawn = []
    for _ in range(2):
        rebuild_case(old)
        drawn.append(rows_of(old / "case.db"))
    assert drawn[0] == drawn[1]
    assert not failed(old)


def test_an_upgraded_case_is_worked_on_like_any_other(old: Path) -> None:
    upgrade_case(old)
    with open_case(old, write="test") as case:
        weigh(case)
        assert publish_draft(case).changed
        assert not publish_draft(case).changed
    assert not failed(old)


def test_upgrading_again_does_nothing(old: Path) -> None:
    upgrade_case(old)
    before = bytes_below(old, "ledger", "records", "vault")
    assert not upgrade_case(old).changed
    assert bytes_below(old, "ledger", "records", "vault") == before


def test_an_upgrade_interrupted_before_case_toml_is_finished_by_the_same_command(old: Path) -> None:
    settings = (old / "case.toml").read_bytes()
    upgrade_case(old)
    (old / "case.toml").write_bytes(settings)  # where a crash would have left it
    (check,) = [check for check in verify_case(old) if check.subject == "case.toml"]
    assert (check.verdict, "witnessmark upgrade" in check.detail) == (Verdict.NOT_CHECKED, True)
    assert upgrade_case(old).changed
    assert upgrades_on_record(old) == 1
    assert not failed(old)


def test_an_upgrade_interrupted_before_it_is_on_record_is_finished_by_the_same_command(old: Path) -> None:
    CaseFolder(old).drop_database()
    half = Case(CaseFolder(old), "ana")
    half.recover()
    half.close()
    upgrade_case(old)
    assert upgrades_on_record(old) == 1
    assert not failed(old)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of POSIX")
def test_an_upgrade_killed_at_random_moments_loses_nothing(old: Path, tmp_path: Path) -> None:
    moments = random.Random(11)  # noqa: S311 -- moments, not secrets
    labels = old_rows(old, "SELECT subject, number, public_id FROM label")
    command = (
        "import sys, witnessmark.case.case; from pathlib import Path; from witnessmark.case.upgrading import upgrade_case\n"
        f"print('ready', flush=True); upgrade_case(Path({str(tmp_path / 'case')!r}))"
    )
    killed = 0
    for _ in range(8):
        shutil.rmtree(tmp_path / "case", ignore_errors=True)
        shutil.copytree(old, tmp_path / "case")
        with subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, text=True) as upgrading:
            assert upgrading.stdout is not None
            assert upgrading.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.16))
            killed += upgrading.poll() is None
            upgrading.send_signal(signal.SIGKILL)
        assert not failed(tmp_path / "case")
        upgrade_case(tmp_path / "case")
        assert not failed(tmp_path / "case")
        assert upgrades_on_record(tmp_path / "case") == 1
        with open_case(tmp_path / "case") as case, case.asking() as connection:
            assert labels <= {(label.subject, label.number, label.public_id) for label in queries.labels(connection).values()}
    assert killed


def test_a_newer_case_is_not_touched(old: Path) -> None:
    settings = old / "case.toml"
    settings.write_text(settings.read_text().replace(f"format_version = {format_of(old)}", f"format_version = {FORMAT_VERSION + 1}"))
    before = bytes_below(old, ".")
    with pytest.raises(CaseError, match="newer witnessmark"):
        upgrade_case(old)
    assert bytes_below(old, ".") == before


def test_a_case_whose_log_was_altered_is_not_upgraded(old: Path) -> None:
    log = old / "ledger" / "analysis" / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    before = bytes_below(old, ".")
    with pytest.raises(CustodyError, match="not what was recorded"):
        upgrade_case(old)
    after = bytes_below(old, ".")
    assert {name: after[name] for name in before} == before


def test_a_format_put_back_by_hand_fails(old: Path) -> None:
    before = format_of(old)
    upgrade_case(old)
    with open_case(old, write="test") as case:
        case.record([IntakeRefused("pipe", "Neither a file nor a folder.")])
    CaseFolder(old).state_format(before)
    (problem,) = failed(old)
    assert problem.startswith(f"case.toml: format_version is {before}")


def test_settings_keep_their_other_lines_and_comments(old: Path) -> None:
    settings, version = old / "case.toml", format_of(old)
    settings.write_text('# ours\nlanguage = "ar"\n' + settings.read_text() + "# the end\n")
    upgrade_case(old)
    assert (
        settings.read_text()
        == f'# ours\nlanguage = "ar"\nformat_version = {FORMAT_VERSION}\ntitle = "Korrin, format {version}"\n# the end\n'
    )
